//! Hits on their way to stdout: some that are all there, or any number of them one after another.

use crate::index::Error;
use crate::render::sheet::{Carded, Sheet};

use super::output::Output;

/// So many hits are read before something is done with all of them together.
const TOGETHER: usize = 256;

/// What is done with hits before they are written.
pub(super) type Prepare<'a, H> = &'a mut dyn FnMut(&mut Vec<H>, &mut Output) -> anyhow::Result<()>;

/// Writes these hits.
pub(super) fn write_all<F: Carded>(hits: &[F::Hit], sheet: &Sheet<F>, output: &mut Output) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    sheet.begin(&mut bytes);
    for (n, hit) in (0..).zip(hits) {
        sheet.hit(&mut bytes, n, hit, output.look())?;
        output.data(&bytes)?;
        bytes.clear();
    }
    output.data(&bytes)
}

/// Writes each hit as it comes, and gives how many there were.
pub(super) fn write_each<F: Carded>(
    hits: impl Iterator<Item = Result<F::Hit, Error>>,
    sheet: &Sheet<F>,
    mut prepare: Option<Prepare<'_, F::Hit>>,
    output: &mut Output,
) -> anyhow::Result<u64> {
    let mut bytes = Vec::new();
    sheet.begin(&mut bytes);
    let (mut written, mut hits) = (0, hits.fuse());
    let mut some = Vec::new();
    loop {
        let together = if prepare.is_some() { TOGETHER } else { 1 };
        some.extend(hits.by_ref().take(together).collect::<Result<Vec<_>, _>>()?);
        if some.is_empty() {
            output.data(&bytes)?;
            return Ok(written);
        }
        if let Some(prepare) = &mut prepare {
            prepare(&mut some, output)?;
        }
        for hit in some.drain(..) {
            sheet.hit(&mut bytes, written, &hit, output.look())?;
            output.data(&bytes)?;
            bytes.clear();
            written += 1;
        }
    }
}
