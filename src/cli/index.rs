//! Not yet.
use super::output::Output;
use super::plan::IndexPlan;
pub(crate) fn run(_plan: &IndexPlan, _output: &mut Output) -> anyhow::Result<super::Ending> {
    anyhow::bail!("not yet")
}
