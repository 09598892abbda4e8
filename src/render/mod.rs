//! The render layer.
