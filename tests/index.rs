//! Tests: index.
