//! Not yet.
use super::output::Output;
use super::plan::ShowPlan;
pub(crate) fn run(_plan: &ShowPlan, _output: &mut Output) -> anyhow::Result<super::Ending> {
    anyhow::bail!("not yet")
}
