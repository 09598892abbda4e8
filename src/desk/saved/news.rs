//! What a saved query finds that it had not seen; and of what it had, what has changed and what has gone.
//!
//! New is what lies in a batch after the last run and has an id that was not seen. Of words that were edited, the old have gone and
//! the new are new; where they stand in one article and are mostly the same, that is one change. It reads states and makes the
//! next one; whether that is kept is for others to say.

use std::collections::{BTreeMap, BTreeSet};

use crate::archive::speakers::Speakers;
use crate::desk::question::{Question, Wish};
use crate::desk::stream::Asked;
use crate::index::hit::QuoteHit;
use crate::index::{self, Reader};
use crate::text::analysis;
use crate::text::id::Id;

use super::state::{Seen, State};

/// Words that are edited stay the same quotation where at least this share of them is the same.
const SAME: f64 = 0.5;

/// What the index is, compared with the last run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// There was none.
    Never,
    /// The same index, which has gone on since.
    Batch(u64),
    /// Another index, or an older state of this one: batches say nothing, and ids alone decide.
    Ids,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Look {
    /// What the last run saw can be compared by.
    pub since: Since,
    /// Also what has changed and what has gone.
    pub diff: bool,
    /// Also what was new on this day or later.
    pub again: Option<String>,
}

/// A run's day, moment and question, for the next state.
#[derive(Clone, Debug)]
pub struct Run {
    /// The day.
    pub today: String,
    /// The moment.
    pub now: String,
    /// The question as text.
    pub query: String,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// Those that are new.
    pub new: BTreeSet<Id>,
    /// Those that were new before, and are wanted again.
    pub again: BTreeSet<Id>,
    /// Those that are other than they were, with what they were.
    pub changed: BTreeMap<Id, String>,
    /// Those that are not in the index any more, as they were, newest first.
    pub gone: Vec<QuoteHit>,
}

/// Compares what the question finds with what was seen, and makes the state of which the next run begins.
///
/// # Errors
/// Where the index cannot be read.
pub fn compare(
    (question, speakers): (&Question, &Speakers),
    (reader, wish): (&Reader, Wish),
    before: Option<State>,
    look: &Look,
    run: &Run,
) -> Result<(News, State), index::Error> {
    let mut seen = before.map(|before| before.seen).unwrap_or_default();
    let mut news = News::default();
    if let Some(day) = &look.again {
        news.again = seen.iter().filter(|(_, seen)| seen.first >= *day).map(|(id, _)| *id).collect();
    }
    let recent = recent(question, look.since);
    let recent = Asked { question: Some(&recent), speakers };
    let mut fresh: BTreeMap<Id, Seen> = BTreeMap::new();
    for hit in recent.quotes(reader, wish, 0)? {
        let hit = hit?;
        if !seen.contains_key(&hit.id) {
            fresh.insert(hit.id, Seen::of(&hit, run.today.clone()));
        }
    }
    if look.diff {
        let all = Asked { question: Some(question), speakers };
        let mut matching = BTreeSet::new();
        for hit in all.quotes(reader, wish, 0)? {
            let hit = hit?;
            matching.insert(hit.id);
            follow(&mut seen, &mut news, &hit);
            if !fresh.contains_key(&hit.id) {
                // It matches for another reason than that it is new; from now on it is watched.
                seen.entry(hit.id).or_insert_with(|| Seen::of(&hit, String::new()));
            }
        }
        let missing: Vec<Id> = seen.keys().filter(|id| !matching.contains(id)).copied().collect();
        let mut there = BTreeSet::new();
        for hit in all.quotes_of(reader, wish, &missing)? {
            let hit = hit?;
            there.insert(hit.id);
            follow(&mut seen, &mut news, &hit);
        }
        let gone = missing.into_iter().filter(|id| !there.contains(id));
        let gone: Vec<(Id, Seen)> = gone.filter_map(|id| Some((id, seen.remove(&id)?))).collect();
        for (id, was) in gone {
            match edited(&was, &fresh) {
                Some(now) => {
                    if let Some(mut entry) = fresh.remove(&now) {
                        entry.first.clone_from(&was.first);
                        seen.insert(now, entry);
                    }
                    news.changed.insert(now, format!("quote: {}", was.quote()));
                }
                None => news.gone.push(was.hit(id)),
            }
        }
        let day = |hit: &QuoteHit| hit.date.map(|date| date.first_day());
        news.gone.sort_by(|one, other| day(other).cmp(&day(one)).then(one.id.cmp(&other.id)));
    }
    news.new = fresh.keys().copied().collect();
    seen.append(&mut fresh);
    let state = State { ran: run.now.clone(), batch: reader.generation(), query: run.query.clone(), seen };
    Ok((news, state))
}

/// The question of what can be new.
pub fn recent(question: &Question, since: Since) -> Question {
    match since {
        Since::Batch(batch) => question.after_batch(batch),
        Since::Never | Since::Ids => question.clone(),
    }
}

/// Notes what has changed of a quotation that was seen.
fn follow(seen: &mut BTreeMap<Id, Seen>, news: &mut News, hit: &QuoteHit) {
    let Some(entry) = seen.get_mut(&hit.id) else { return };
    if let Some(was) = entry.other_than(hit) {
        news.changed.insert(hit.id, was);
    }
    *entry = Seen::of(hit, entry.first.clone());
}

/// The new quotation that another one has become.
fn edited(was: &Seen, fresh: &BTreeMap<Id, Seen>) -> Option<Id> {
    let likely = fresh.iter().filter(|(_, now)| now.article() == was.article());
    let shared = likely.map(|(id, now)| (share(was.quote(), now.quote()), *id)).filter(|(share, _)| *share >= SAME);
    let best = shared.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
    best.map(|(_, id)| id)
}

/// How much of two texts' words is the same, 0 to 1.
fn share(one: &str, other: &str) -> f64 {
    let words = |text: &str| {
        let mut counts: BTreeMap<String, i32> = BTreeMap::new();
        analysis::asked(text).into_iter().for_each(|(_, word)| *counts.entry(word).or_default() += 1);
        counts
    };
    let (one, other) = (words(one), words(other));
    let both: i32 = one.iter().map(|(word, count)| *count.min(other.get(word).unwrap_or(&0))).sum();
    let all: i32 = one.values().sum::<i32>() + other.values().sum::<i32>();
    if all == 0 { 0.0 } else { f64::from(2 * both) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edited_words_are_mostly_the_same() {
        assert!(share("We will dredge in April", "We will dredge in May") >= SAME);
        assert!(share("We will dredge in April", "The ferry is late") < SAME);
        assert!(share("", "") < SAME);
    }
}
