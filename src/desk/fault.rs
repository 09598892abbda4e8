//! A fault of the program on one article is that article's problem and not the end of a run of thousands.
//!
//! No input should make a reader or an extractor panic; where one does all the same, what was being read is
//! reported as skipped, with the fault named, and the run goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::text::problem::{Place, Problem};

/// What `work` gives, or the problem that it panicked.
pub(super) fn contain<T>(work: impl FnOnce() -> T) -> Result<T, Problem> {
    // What the work had in its hands is dropped with it: nothing half-done is seen again.
    catch_unwind(AssertUnwindSafe(work)).map_err(|fault| {
        let said = fault.downcast_ref::<&str>().map(|said| (*said).to_owned());
        let said = said.or_else(|| fault.downcast_ref::<String>().cloned()).unwrap_or_default();
        Problem::new(Place::Whole, format!("a fault in onrecord, please report it: {said}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_problem() {
        assert_eq!(contain(|| 7), Ok(7));
        let problem = contain(|| -> u8 { panic!("no such {}", "luck") }).expect_err("it panicked");
        assert_eq!(problem.message, "a fault in onrecord, please report it: no such luck");
    }
}
