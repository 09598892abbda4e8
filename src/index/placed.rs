//! A query of the engine that asks for words at places: rows, distances, counts, and the lead of a text.
//!
//! The engine has none for distances between rows of words. Records that hold the words are found first, and then looked
//! into, one by one, by the rules of [`crate::query::places`].

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyQuery, EnableScoring, Explanation, PhraseQuery, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use crate::query::ast::Reach;
use crate::query::places::{Places, stands, stretches};
use crate::query::unit::Unit;

use super::budget::Budget;
use super::plain::Numbers;
use super::postings::{Listed, Union, ordinal_of};
use super::scored::explained;
use super::spelled::{BODY, PARAGRAPH, SENTENCE};
use super::tally::Tally;
use super::terms::Expanded;

/// What it costs to find all stretches of a record, beside their places.
const STRETCHES: usize = 24;

/// Of each list of a phrase so many records cost a step.
const PHRASE_SHARE: u64 = 4;

/// Records in whose field a unit stands.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) field: Field,
    pub(super) unit: Unit<Expanded>,
    /// At how many places it must stand.
    pub(super) least: u32,
    /// Whether it must stand in the lead.
    pub(super) lead: bool,
    /// Whether records differ in rank by it.
    pub(super) ranked: bool,
    pub(super) budget: Budget,
}

impl Query for Placed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if let Some(phrase) = self.phrase(&scoring)? {
            return phrase.weight(scoring);
        }
        let (EnableScoring::Enabled { searcher, .. } | EnableScoring::Disabled { searcher_opt: Some(searcher), .. }) =
            scoring
        else {
            return Err(TantivyError::InvalidArgument("words are looked for without an index".to_owned()));
        };
        let words = self.unit.try_map(&mut |word: &Expanded| word.listed(searcher, self.field))?;
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } if self.ranked => {
                self.bm25(&words, statistics_provider)?
            }
            _ => None,
        };
        Ok(Box::new(PlacedWeight { query: self.clone(), searcher: searcher.clone(), words, bm25 }))
    }
}

impl Placed {
    /// The same as a phrase of the engine, where each of its words is one term of the index at most.
    fn phrase(&self, scoring: &EnableScoring<'_>) -> tantivy::Result<Option<Box<dyn Query>>> {
        let Unit::Row(row, 0) = &self.unit else { return Ok(None) };
        let (EnableScoring::Enabled { searcher, .. } | EnableScoring::Disabled { searcher_opt: Some(searcher), .. }) =
            scoring
        else {
            return Ok(None);
        };
        if self.least > 1 || self.lead || row.len() < 2 || (scoring.is_scoring_enabled() && !self.ranked) {
            return Ok(None);
        }
        let mut phrase = Vec::new();
        for (offset, word) in row {
            let mut known = Vec::new();
            for term in &word.terms {
                match searcher.doc_freq(term)? {
                    0 => {}
                    records => known.push((term, records)),
                }
            }
            match known.as_slice() {
                [] => return Ok(Some(Box::new(EmptyQuery))),
                [(term, records)] => {
                    self.budget.spend(usize::try_from(records / PHRASE_SHARE).unwrap_or(usize::MAX));
                    phrase.push((usize::try_from(*offset).unwrap_or(usize::MAX), (*term).clone()));
                }
                _ => return Ok(None),
            }
        }
        Ok(Some(Box::new(PhraseQuery::new_with_offset(phrase))))
    }

    /// The weight of a match: each word counts by how many records hold any of its terms.
    fn bm25(&self, unit: &Unit<Arc<Listed>>, all: &dyn Bm25StatisticsProvider) -> tantivy::Result<Option<Bm25Weight>> {
        let (total, mut words) = (all.total_num_docs()?, BTreeMap::new());
        unit.try_map(&mut |word: &Arc<Listed>| {
            words.extend(word.name.clone().map(|name| (name, word.records().min(total))));
            Ok::<(), TantivyError>(())
        })?;
        let terms: Vec<Term> = words.keys().cloned().collect();
        if terms.is_empty() || all.total_num_tokens(self.field)? == 0 {
            return Ok(None);
        }
        Bm25Weight::for_terms(&Numbers::of(all, words)?, &terms).map(Some)
    }
}

struct PlacedWeight {
    query: Placed,
    searcher: Searcher,
    words: Unit<Arc<Listed>>,
    bm25: Option<Bm25Weight>,
}

impl Weight for PlacedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Placed { field, unit: _, least, lead, ranked: _, budget } = &self.query;
        let (index, ordinal) = (segment.inverted_index(*field)?, ordinal_of(segment, &self.searcher));
        let bm25 = self.bm25.as_ref().map(|weight| weight.boost_by(boost));
        let norms = bm25.is_some().then(|| segment.get_fieldnorms_reader(*field)).transpose()?;
        if let Unit::Word(word) = &self.words
            && *least <= 1
            && !lead
        {
            return Ok(Box::new(Tally::open(
                &index,
                (word.within(ordinal), segment.max_doc()),
                bm25.zip(norms),
                budget,
            )?));
        }
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut unions = Vec::new();
        let unit = self.words.try_map(&mut |word: &Arc<Listed>| {
            unions.push(Union::open(&index, word.within(ordinal), option, budget)?);
            Ok::<usize, TantivyError>(unions.len() - 1)
        })?;
        let list = |text: &str| -> tantivy::Result<Option<SegmentPostings>> { read(&index, *field, text) };
        let mut scorer = PlacedScorer {
            docs: Docs::of(&unit).shortest_first(&unions),
            pair: pair(&unit),
            text: Record {
                doc: 0,
                unions,
                sentences: list(SENTENCE)?,
                paragraphs: list(PARAGRAPH)?,
                body: if *lead { list(BODY)? } else { None },
                budget: budget.clone(),
            },
            unit,
            least: *least,
            norms,
            bm25,
            doc: 0,
            frequency: 0,
            room: [Vec::new(), Vec::new()],
        };
        scorer.find(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, segment, doc, "placed")
    }
}

fn read(index: &InvertedIndexReader, field: Field, text: &str) -> tantivy::Result<Option<SegmentPostings>> {
    Ok(index.read_postings(&Term::from_field_text(field, text), IndexRecordOption::WithFreqsAndPositions)?)
}

/// The records that hold what a unit needs, wherever it stands there.
enum Docs {
    Word(usize),
    All(Vec<Docs>),
    Any(Vec<Docs>),
}

impl Docs {
    fn of(unit: &Unit<usize>) -> Self {
        match unit {
            Unit::Word(word) => Self::Word(*word),
            Unit::Row(words, _) => Self::All(words.iter().map(|(_, word)| Self::Word(*word)).collect()),
            Unit::Any(units) => Self::Any(units.iter().map(Self::of).collect()),
            Unit::Near(first, others) => {
                let units = [&**first].into_iter().chain(others.iter().map(|(_, unit)| unit));
                Self::All(units.map(Self::of).collect())
            }
        }
    }

    /// The same, so that of what must all be there the rarest leads.
    fn shortest_first(self, unions: &[Union]) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(|part| part.shortest_first(unions)).collect();
        match self {
            Self::Word(word) => Self::Word(word),
            Self::Any(parts) => Self::Any(each(parts)),
            Self::All(parts) => {
                let mut parts: Vec<Self> = each(parts);
                parts.sort_by_key(|part| part.most(unions));
                Self::All(parts)
            }
        }
    }

    /// The first record from `target` on.
    fn seek(&self, target: DocId, unions: &mut [Union]) -> DocId {
        match self {
            Self::Word(word) => unions.get_mut(*word).map_or(TERMINATED, |union| union.seek(target)),
            Self::Any(parts) => parts.iter().map(|part| part.seek(target, unions)).min().unwrap_or(TERMINATED),
            Self::All(parts) => {
                let mut target = target;
                while target != TERMINATED {
                    let reached = parts.iter().map(|part| part.seek(target, unions)).find(|doc| *doc > target);
                    match reached {
                        Some(further) => target = further,
                        None => break,
                    }
                }
                target
            }
        }
    }

    /// How many records there are at most.
    fn most(&self, unions: &[Union]) -> u32 {
        match self {
            Self::Word(word) => unions.get(*word).map_or(0, Union::size),
            Self::Any(parts) => parts.iter().fold(0, |sum, part| sum.saturating_add(part.most(unions))),
            Self::All(parts) => parts.iter().map(|part| part.most(unions)).min().unwrap_or(0),
        }
    }
}

/// The text of one record, as the engine knows it.
struct Record {
    doc: DocId,
    unions: Vec<Union>,
    sentences: Option<SegmentPostings>,
    paragraphs: Option<SegmentPostings>,
    /// Where the lead ends; only words before that are seen.
    body: Option<SegmentPostings>,
    budget: Budget,
}

impl Places<usize> for Record {
    fn places(&mut self, word: &usize, into: &mut Vec<u32>) {
        let Some(union) = self.unions.get_mut(*word).filter(|union| union.doc() == self.doc) else { return };
        let begin = into.len();
        union.places(into);
        if let Some(end) = self.body.as_mut().and_then(|body| places_at(body, self.doc).first().copied()) {
            let kept = into.iter().skip(begin).take_while(|place| **place < end).count();
            into.truncate(begin + kept);
        }
    }

    fn breaks(&mut self, paragraphs: bool) -> Vec<u32> {
        let list = if paragraphs { &mut self.paragraphs } else { &mut self.sentences };
        let places = list.as_mut().map(|list| places_at(list, self.doc)).unwrap_or_default();
        self.budget.spend(8 + places.len());
        places
    }

    fn spend(&mut self, steps: usize) -> bool {
        self.budget.spend(steps)
    }
}

fn places_at(list: &mut SegmentPostings, doc: DocId) -> Vec<u32> {
    let mut places = Vec::new();
    if list.doc() < doc {
        list.seek(doc);
    }
    if list.doc() == doc {
        list.append_positions_with_offset(0, &mut places);
    }
    places
}

struct PlacedScorer {
    docs: Docs,
    text: Record,
    unit: Unit<usize>,
    least: u32,
    norms: Option<FieldNormReader>,
    bm25: Option<Bm25Weight>,
    doc: DocId,
    /// At how many places it stands in the current record, where that was asked.
    frequency: usize,
    pair: Option<Pair>,
    room: [Vec<u32>; 2],
}

/// At how many places words stand side by side, each at its offset; no more than `enough` are looked for. The room is for their
/// places.
fn side_by_side(words: &[(u32, usize)], enough: usize, text: &mut Record, [rows, next]: &mut [Vec<u32>; 2]) -> usize {
    let begin = words.first().map_or(0, |(offset, _)| *offset);
    rows.clear();
    for (number, (offset, word)) in words.iter().enumerate() {
        if number == 0 {
            text.places(word, rows);
            rows.retain(|place| *place >= begin);
            continue;
        }
        next.clear();
        text.places(word, next);
        let mut others = next.iter().peekable();
        let mut goes_on = |start: &u32| {
            let wanted = start + (offset - begin);
            while others.next_if(|place| **place < wanted).is_some() {}
            others.peek() == Some(&&wanted)
        };
        if number + 1 == words.len() {
            return rows.iter().filter(|start| goes_on(start)).take(enough).count();
        }
        rows.retain(goes_on);
        if rows.is_empty() {
            break;
        }
    }
    rows.len()
}

/// Two words at a distance in words: the words, how far apart they may be, and whether in this order only.
type Pair = (usize, usize, u32, bool);

/// Such a pair, where the unit is one.
fn pair(unit: &Unit<usize>) -> Option<Pair> {
    let Unit::Near(first, others) = unit else { return None };
    match (&**first, others.as_slice()) {
        (Unit::Word(one), [(Reach::Within(most), Unit::Word(other))]) => Some((*one, *other, *most, false)),
        (Unit::Word(one), [(Reach::Before(most), Unit::Word(other))]) => Some((*one, *other, *most, true)),
        _ => None,
    }
}

/// At how many places two words begin to stand near one another; no more than `enough` are looked for. The room is for their places.
fn near((one, other, most, ordered): Pair, enough: usize, text: &mut Record, room: &mut [Vec<u32>; 2]) -> usize {
    let [left, right] = room;
    left.clear();
    text.places(&one, left);
    right.clear();
    text.places(&other, right);
    let mut begins = 0;
    let (mut at_left, mut at_right) = (0, 0);
    // Each place of either in order: is the next place of the other near enough?
    while begins < enough {
        let (start, from_left, from_right) = match (left.get(at_left), right.get(at_right)) {
            (Some(one), Some(other)) => (*one.min(other), one <= other, other <= one),
            // Nothing of the other word is behind it.
            _ => return begins,
        };
        at_left += usize::from(from_left);
        at_right += usize::from(from_right);
        let reaches = |place: Option<&u32>| place.is_some_and(|place| place - start <= most);
        let begins_here =
            from_left && reaches(right.get(at_right)) || !ordered && from_right && reaches(left.get(at_left));
        begins += usize::from(begins_here);
    }
    begins
}

impl PlacedScorer {
    /// Goes to the first match from `target` on.
    fn find(&mut self, target: DocId) -> DocId {
        let mut target = target;
        loop {
            self.doc = self.docs.seek(target, &mut self.text.unions);
            self.text.doc = self.doc;
            if self.doc == TERMINATED || self.matches() {
                return self.doc;
            }
            target = self.doc + 1;
        }
    }

    /// Looks into the current record.
    fn matches(&mut self) -> bool {
        let least = usize::try_from(self.least).unwrap_or(usize::MAX).max(1);
        // Where nothing is ranked, nobody asks how often it stands there.
        let enough = if self.bm25.is_some() { usize::MAX } else { least };
        self.frequency = match (&self.unit, self.pair) {
            (Unit::Row(words, 0), _) => side_by_side(words, enough, &mut self.text, &mut self.room),
            (_, Some(pair)) => near(pair, enough, &mut self.text, &mut self.room),
            (unit, _) if self.least > 1 || self.bm25.is_some() => {
                let found = stretches(unit, &mut self.text).len();
                self.text.spend(STRETCHES + 4 * found);
                found
            }
            (unit, _) => usize::from(stands(unit, &mut self.text)),
        };
        self.frequency >= least
    }
}

impl DocSet for PlacedScorer {
    fn advance(&mut self) -> DocId {
        match self.doc {
            TERMINATED => TERMINATED,
            doc => self.find(doc + 1),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.find(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.docs.most(&self.text.unions)
    }

    fn cost(&self) -> u64 {
        // Looking into a record costs more than passing it.
        u64::from(self.size_hint()) * 8
    }
}

impl Scorer for PlacedScorer {
    fn score(&mut self) -> Score {
        let (Some(bm25), Some(norms)) = (&self.bm25, &self.norms) else { return 0.0 };
        let frequency = u32::try_from(self.frequency).unwrap_or(u32::MAX);
        bm25.score(norms.fieldnorm_id(self.doc), frequency.max(1))
    }
}
