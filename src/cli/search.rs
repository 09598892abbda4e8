//! Not yet.
use super::output::Output;
use super::plan::SearchPlan;
pub(crate) fn run(_plan: &SearchPlan, _output: &mut Output) -> anyhow::Result<super::Ending> {
    anyhow::bail!("not yet")
}
