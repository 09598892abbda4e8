//! The tests of onrecord.
