//! Saved queries: their files, their parameters, what is new since the last run, and what is done about it.

mod generations;
mod killed;
mod newsdesk;
mod sessions;
mod values;
