//! Files that were moved: what is new here has the content of what is missing there, and takes its ids with it.
//!
//! A file that is still where it was has lost nothing: two copies are two files. Where another file lies in its place by
//! now, it has moved only if the time of its last change moved with it; otherwise it was copied, and then edited. What may
//! have lost its content is known from the manifest; whether it has is looked up on the disk, once it matters.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;

use crate::archive::content::{Content, content_of};
use crate::archive::manifest::{Kind, Records, Row, Rows};

use super::super::place::Namer;
use super::lockstep::{Lockstep, Side};
use super::sheaf::{Item, Verdict};
use super::survey::{Survey, hash};
use super::{Failure, Order};

/// What may have been moved, and what has been.
#[derive(Default)]
pub(super) struct Moves {
    /// Rows of files that are gone, or that lie outside of what was looked at: sorted by content, then as they came.
    by_content: Vec<(Content, usize)>,
    /// Their sizes, sorted: a file of another size was none of them.
    sizes: Vec<u64>,
    known: Vec<Known>,
    /// The ids of files in whose places others lie now, by the names of the files that bring them.
    given: BTreeMap<String, Claim>,
    /// The files that have given their ids away, with those that took them.
    givers: BTreeMap<String, String>,
    /// Hashes of the paths that ids are made of, of files that lie elsewhere by now.
    foreign: HashSet<u64>,
}

/// A row, small: there may be as many as the archive has files.
struct Known {
    /// Name, origin where it is another, and records, as one text.
    text: Box<str>,
    name: u32,
    origin: u32,
    container: bool,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its file is gone.
    Gone,
    /// Nobody has looked.
    Outside,
    /// Its file is there, or has been found elsewhere.
    Settled,
}

/// The ids that a file brings with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The file that had them.
    pub(super) name: String,
    /// What they are made of.
    pub(super) origin: String,
    /// Of which records there were articles; those of entries stand in the manifest.
    pub(super) records: Records,
    /// Whether it had entries.
    pub(super) container: bool,
}

impl Moves {
    /// The rows whose content may be found again in one of the files that are due.
    pub(super) fn find(
        order: &Order,
        namer: &Namer,
        survey: &mut Survey,
        open: &dyn Fn() -> Result<Rows, Failure>,
    ) -> Result<Self, Failure> {
        let mut moves = Self { foreign: std::mem::take(&mut survey.foreign), ..Self::default() };
        if survey.due.is_empty() {
            return Ok(moves);
        }
        let mut altered = Vec::new();
        let mut steps = Lockstep::new(&survey.sheaf, open()?);
        while let Some(side) = steps.next().map_err(|damage| Failure::damaged(order, damage))? {
            match side {
                Side::Found(_) => {}
                Side::Both(item, row) => altered.extend(replaced(survey, item, row)),
                Side::Known(row) => {
                    let state = if survey.covers(&row.path) { State::Gone } else { State::Outside };
                    if let Some(content) = row.content
                        && may_move(&row)
                        && survey.is_due(row.size)
                        && let Some(known) = Known::new(&row, state)
                    {
                        moves.by_content.push((content, moves.known.len()));
                        moves.sizes.push(row.size);
                        moves.known.push(known);
                    }
                }
            }
        }
        moves.by_content.sort_unstable();
        moves.sizes.sort_unstable();
        moves.sizes.dedup();
        if !altered.is_empty() {
            // Those that hold what they held neither give ids away nor have need of others'; nor do containers, of which
            // single entries may be as they were.
            let like: BTreeSet<_> = altered.iter().map(|row| (row.size, row.modified)).collect();
            let paths: BTreeSet<&str> = altered.iter().map(|row| row.path.as_str()).collect();
            let mut same = BTreeSet::new();
            let mut steps = Lockstep::new(&survey.sheaf, open()?);
            while let Some(side) = steps.next().map_err(|damage| Failure::damaged(order, damage))? {
                if let Side::Both(item, row) = side
                    && item.is_due()
                    && (like.contains(&(item.size, item.modified)) || paths.contains(item.name.as_str()))
                    && (row.entries > 0 || (row.content.is_some() && row.content == content(namer, &item.name)))
                {
                    same.insert(item.name.clone());
                }
            }
            moves.give(namer, survey, altered, &same);
        }
        Ok(moves)
    }

    /// Finds the files that were moved away before others took their places.
    fn give(&mut self, namer: &Namer, survey: &Survey, altered: Vec<Row>, same: &BTreeSet<String>) {
        let mut altered: BTreeMap<(u64, Option<i64>), Vec<Row>> =
            altered.into_iter().fold(BTreeMap::new(), |mut by, row| {
                by.entry((row.size, row.modified)).or_insert_with(Vec::new).push(row);
                by
            });
        let mut items = survey.sheaf.items();
        while let Some(item) = items.next() {
            let Some(rows) = altered.get_mut(&(item.size, item.modified)).filter(|_| item.is_due()) else { continue };
            if same.contains(&item.name) {
                continue;
            }
            let Some(now) = content(namer, &item.name) else { continue };
            let moved = rows.iter().position(|row| row.content == Some(now) && !same.contains(&row.path));
            let Some(row) = moved.map(|at| rows.remove(at)) else { continue };
            let origin = row.origin().to_owned();
            self.foreign.insert(hash(&origin));
            self.givers.insert(row.path.clone(), item.name.clone());
            let claim = Claim { name: row.path, origin, records: row.records, container: false };
            self.given.insert(item.name.clone(), claim);
        }
    }

    /// Sizes of the files that may be found again, sorted.
    pub(super) fn sizes(&self) -> &[u64] {
        &self.sizes
    }

    /// The file that took the ids of the file of this name.
    pub(super) fn taker(&self, name: &str) -> Option<&str> {
        self.givers.get(name).map(String::as_str)
    }

    /// The ids that the file called `name` brings with it; `content`, where that is known, may show that it was another. Of
    /// several others it was the one with the same own name, or else the first.
    pub(super) fn claim(&mut self, content: Option<Content>, name: &str, namer: &Namer) -> Option<Claim> {
        let claim = match self.given.remove(name) {
            Some(claim) => claim,
            None => self.find_lost(content?, name, namer)?,
        };
        if claim.origin == name {
            self.foreign.remove(&hash(name));
        } else {
            self.foreign.insert(hash(&claim.origin));
        }
        Some(claim)
    }

    fn find_lost(&mut self, content: Content, name: &str, namer: &Namer) -> Option<Claim> {
        let from = self.by_content.partition_point(|(known, _)| *known < content);
        let same = self.by_content.iter().skip(from).take_while(|(known, _)| *known == content).map(|(_, at)| *at);
        let own = |path: &str| path.rsplit('/').next().map(str::to_owned);
        let (alike, others): (Vec<usize>, Vec<usize>) =
            same.partition(|at| self.known.get(*at).is_some_and(|known| own(known.name()) == own(name)));
        let at = alike.into_iter().chain(others).find(|at| self.is_lost(*at, content, namer))?;
        let known = self.known.get_mut(at)?;
        known.state = State::Settled;
        known.claim()
    }

    fn is_lost(&mut self, at: usize, content: Content, namer: &Namer) -> bool {
        let Some(known) = self.known.get_mut(at) else { return false };
        match known.state {
            State::Gone => true,
            State::Settled => false,
            State::Outside => {
                let lost = match content_of(&namer.path(known.name())) {
                    Ok((now, _)) => now != content,
                    // What cannot be read may well be there.
                    Err(error) => error.kind() == io::ErrorKind::NotFound,
                };
                if !lost {
                    known.state = State::Settled;
                }
                lost
            }
        }
    }

    /// Whether ids made of the path `name` belong to a file that lies elsewhere.
    pub(super) fn is_foreign(&self, name: &str) -> bool {
        self.foreign.contains(&hash(name))
    }

    /// A path for ids, for the file called `name`, that nothing else has: no file's name holds a line's end.
    pub(super) fn fresh_origin(&mut self, name: &str) -> String {
        let fresh = (2..).map(|number| format!("{name}\n{number}")).find(|origin| !self.is_foreign(origin));
        let fresh = fresh.unwrap_or_else(|| name.to_owned());
        self.foreign.insert(hash(&fresh));
        fresh
    }
}

fn content(namer: &Namer, name: &str) -> Option<Content> {
    content_of(&namer.path(name)).ok().map(|(content, _)| content)
}

/// The row of a file that may have been moved away, so that another lies in its place: where some other file that is due
/// looks like it.
fn replaced(survey: &Survey, item: &Item, row: Row) -> Option<Row> {
    let altered = matches!(item.verdict, Verdict::Altered | Verdict::Unsure | Verdict::Unfinished);
    let itself = usize::from(row.size == item.size && row.modified == item.modified);
    let like = survey.due_like(row.size, row.modified);
    (altered && may_move(&row) && row.entries == 0 && row.modified.is_some() && like > itself).then_some(row)
}

fn may_move(row: &Row) -> bool {
    row.kind == Kind::File && row.content.is_some() && row.articles > 0
}

impl Known {
    fn new(row: &Row, state: State) -> Option<Self> {
        let origin = row.origin.as_deref().unwrap_or_default();
        let text = format!("{}{origin}{}", row.path, row.records).into_boxed_str();
        let length = |text: &str| u32::try_from(text.len()).ok();
        Some(Self { name: length(&row.path)?, origin: length(origin)?, text, container: row.entries > 0, state })
    }

    fn name(&self) -> &str {
        self.text.get(..self.name as usize).unwrap_or_default()
    }

    fn claim(&self) -> Option<Claim> {
        let end = (self.name + self.origin) as usize;
        let origin = match self.origin {
            0 => self.name(),
            _ => self.text.get(self.name as usize..end)?,
        };
        let records = Records::parse(self.text.get(end..)?)?;
        let container = self.container;
        Some(Claim { name: self.name().to_owned(), origin: origin.to_owned(), records, container })
    }
}
