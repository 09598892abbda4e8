//! Search against a linear scan over the same clippings, by random questions. The scan knows words as runs of
//! letters and nothing of how the index works.
