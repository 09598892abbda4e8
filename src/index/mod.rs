//! Layer 3: the index. The only layer that names tantivy.

pub mod hit;
