//! What a run would do, without doing any of it: files are looked at, and read where only their content can tell, and
//! nothing is written.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering::Relaxed;

use crate::archive::content::content_of;
use crate::archive::manifest::{Kind, Row, Rows};
use crate::index::{Notes, Reader};

use super::super::place::Namer;
use super::lockstep::{Lockstep, Side};
use super::moves::Moves;
use super::sheaf::{Item, Verdict};
use super::survey::{Survey, survey};
use super::{Failure, Order, Tally, known, roots};

/// What a run would make of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It would be read for the first time.
    New,
    /// It would be read, and its articles replaced.
    Changed,
    /// It would be read again, as it would be read otherwise now.
    Reread,
    /// Only its time would be noted.
    Touched,
    /// It would be read, and its articles keep the ids that they had in another place.
    Moved,
    /// It is not there any more.
    Gone,
}

/// What a run would do, in files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Read for the first time.
    pub new: u64,
    /// Read, and their articles replaced.
    pub changed: u64,
    /// Read again with other options or by another version.
    pub reread: u64,
    /// Touched, and no more.
    pub touched: u64,
    /// Found again in other places.
    pub moved: u64,
    /// Not there any more.
    pub gone: u64,
    /// As they were.
    pub unchanged: u64,
    /// What else a look at the archive came to.
    pub tally: Tally,
    /// Whether it was told to stop before its end.
    pub interrupted: bool,
}

/// Finds out; `told` hears of each file that is not as it was, with the place that it was moved from.
///
/// # Errors
/// Where a root cannot be read at all, or there is an index and it cannot be read.
pub fn preview(
    order: &Order,
    list: Option<&mut dyn Iterator<Item = io::Result<PathBuf>>>,
    told: &mut dyn FnMut(What, &str, Option<&str>),
) -> Result<Outlook, Failure> {
    let roots = roots(order)?;
    let namer = Namer::new(&order.index);
    let namer = namer.map_err(|source| Failure::Folder { path: order.index.clone(), source })?;
    let reader = known(order)?;
    let notes = reader.as_ref().map_or_else(|| Ok(Notes::default()), Reader::notes)?;
    let Some(mut survey) = survey(order, &namer, (roots, list), &notes.roots, &mut |_| {})? else {
        return Ok(Outlook { interrupted: true, ..Outlook::default() });
    };
    survey.compare(order, &namer, rows(order, reader.as_ref())?)?;
    let moves = Moves::find(order, &namer, &mut survey, &|| rows(order, reader.as_ref()))?;
    let mut outlook =
        Outlook { tally: survey.counts.clone(), unchanged: survey.counts.unchanged, ..Outlook::default() };
    let mut look = Look { namer: &namer, moves, moved: BTreeMap::new() };
    let mut gone = Vec::new();
    let mut steps = Lockstep::new(&survey.sheaf, rows(order, reader.as_ref())?);
    while let Some(side) = steps.next().map_err(|damage| Failure::damaged(order, damage))? {
        if order.stop.load(Relaxed) {
            outlook.interrupted = true;
            return Ok(outlook);
        }
        let (item, what) = match side {
            Side::Found(item) if item.is_due() => (item, look.of(item, None)),
            Side::Both(item, row) if item.is_due() => (item, look.of(item, Some(&row))),
            Side::Known(row) if is_gone(&survey, &row) => {
                gone.push(row.path);
                continue;
            }
            _ => continue,
        };
        *match what {
            None => &mut outlook.unchanged,
            Some(What::New) => &mut outlook.new,
            Some(What::Changed) => &mut outlook.changed,
            Some(What::Reread) => &mut outlook.reread,
            Some(What::Touched) => &mut outlook.touched,
            Some(What::Moved | What::Gone) => &mut outlook.moved,
        } += 1;
        if let Some(what) = what {
            told(what, &item.name, look.moved.get(&item.name).map(String::as_str));
        }
    }
    let moved: std::collections::BTreeSet<&String> = look.moved.values().collect();
    for name in gone.iter().filter(|name| !moved.contains(name)) {
        outlook.gone += 1;
        told(What::Gone, name, None);
    }
    Ok(outlook)
}

fn is_gone(survey: &Survey, row: &Row) -> bool {
    row.kind == Kind::File && row.articles > 0 && survey.covers(&row.path)
}

fn rows(order: &Order, reader: Option<&Reader>) -> Result<Rows, Failure> {
    let Some(manifest) = reader.map(Reader::manifest).transpose()?.flatten() else { return Ok(Rows::none()) };
    Rows::open(manifest).map_err(|damage| Failure::damaged(order, damage))
}

struct Look<'a> {
    namer: &'a Namer,
    moves: Moves,
    /// Where the files that were moved lay, by where they are.
    moved: BTreeMap<String, String>,
}

impl Look<'_> {
    /// What would be made of a file that is due; nothing where it is as it was after all.
    fn of(&mut self, item: &Item, row: Option<&Row>) -> Option<What> {
        let held = row.filter(|row| row.size == item.size && !row.partial && !row.again).and_then(|row| row.content);
        let movable = self.moves.sizes().binary_search(&item.size).is_ok();
        let content = if held.is_some() || movable {
            content_of(&self.namer.path(&item.name)).ok().map(|(content, _)| content)
        } else {
            None
        };
        let same = held.is_some() && held == content;
        if same && item.verdict != Verdict::Reread {
            return (item.verdict != Verdict::Unsure).then_some(What::Touched);
        }
        if let Some(claim) = self.moves.claim(content.filter(|_| !same), &item.name, self.namer) {
            self.moved.insert(item.name.clone(), claim.name);
            return Some(What::Moved);
        }
        Some(match (row, item.verdict) {
            (_, Verdict::Reread) => What::Reread,
            (None, _) | (_, Verdict::New) => What::New,
            (Some(_), _) => What::Changed,
        })
    }
}
