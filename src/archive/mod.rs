//! The archive layer.
