//! The tests of onrecord. This list is their table of contents; `tests/README.md` says what each part is for.

mod again;
mod cli;
mod counts;
mod dates;
mod duplicates;
mod evaluate;
mod forms;
mod fuzz;
mod generate;
mod golden;
mod growth;
mod house;
mod index;
mod indirect;
mod languages;
mod oracle;
mod query;
mod readers;
mod resolution;
mod saved;
mod silence;
mod speakers;
mod support;
mod upkeep;
mod why;
