//! Not yet.
use super::output::Output;
use super::plan::StatusPlan;
pub(crate) fn run(_plan: &StatusPlan, _output: &mut Output) -> anyhow::Result<super::Ending> {
    anyhow::bail!("not yet")
}
