//! The desk layer.
