//! Where in one text a unit stands: the answer to distances, rows and alternatives, made of the places of words alone.
//!
//! A unit stands at stretches of places, from its first word to its last. Of those that begin at one place the shortest
//! counts. It knows neither what a place is in bytes, nor where the places of words come from.

use std::collections::BTreeMap;

use super::ast::Reach;
use super::unit::Unit;

/// From the first place to the last, both included.
pub type Stretch = (u32, u32);

/// A text that knows where its words stand.
pub trait Places<W> {
    /// Adds the places of a word, in order, each once.
    fn places(&mut self, word: &W, into: &mut Vec<u32>);

    /// The places at which sentences begin but for the first, or paragraphs, in order.
    fn breaks(&mut self, paragraphs: bool) -> Vec<u32>;

    /// Whether so much more may be done; where not, what is answered from then on has no meaning.
    fn spend(&mut self, steps: usize) -> bool;
}

/// The stretches at which a unit stands, in order, of those that begin at one place the shortest.
pub fn stretches<W>(unit: &Unit<W>, text: &mut dyn Places<W>) -> Vec<Stretch> {
    match unit {
        Unit::Word(word) => {
            let mut places = Vec::new();
            text.places(word, &mut places);
            places.into_iter().map(|place| (place, place)).collect()
        }
        Unit::Row(words, slop) => rows(words, *slop, text).into_iter().map(|places| span(&places)).collect(),
        Unit::Any(units) => {
            let mut all: Vec<Stretch> = units.iter().flat_map(|unit| stretches(unit, text)).collect();
            all.sort_unstable();
            all.dedup_by_key(|stretch| stretch.0);
            all
        }
        Unit::Near(first, others) => {
            let mut hulls: BTreeMap<u32, u32> = BTreeMap::new();
            for (_, reached) in chain(first, others, text) {
                for (start, end) in reached {
                    let shortest = hulls.entry(start).or_insert(end);
                    *shortest = end.min(*shortest);
                }
            }
            hulls.into_iter().collect()
        }
    }
}

/// Whether a unit stands anywhere.
pub fn stands<W>(unit: &Unit<W>, text: &mut dyn Places<W>) -> bool {
    match unit {
        Unit::Any(units) => units.iter().any(|unit| stands(unit, text)),
        Unit::Near(first, others) => {
            let mut reached = stretches(first, text);
            for (reach, unit) in others {
                if reached.is_empty() {
                    return false;
                }
                let next = stretches(unit, text);
                let ruler = Ruler::new(*reach, text);
                reached = ruler.among(&next, &reached, text);
            }
            !reached.is_empty()
        }
        _ => !stretches(unit, text).is_empty(),
    }
}

/// What of a text a unit is: the stretches to be marked. Of a row with others among its words each word is one, of a
/// distance each of its units that takes part.
pub fn marks<W>(unit: &Unit<W>, text: &mut dyn Places<W>) -> Vec<Stretch> {
    let mut found = Vec::new();
    mark(unit, &|_| true, text, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// Adds the marks of those stretches of a unit that are wanted.
fn mark<W>(unit: &Unit<W>, wanted: &dyn Fn(Stretch) -> bool, text: &mut dyn Places<W>, found: &mut Vec<Stretch>) {
    match unit {
        Unit::Word(_) => found.extend(stretches(unit, text).into_iter().filter(|stretch| wanted(*stretch))),
        Unit::Row(words, slop) => {
            for places in rows(words, *slop, text).into_iter().filter(|places| wanted(span(places))) {
                match slop {
                    0 => found.push(span(&places)),
                    _ => found.extend(places.into_iter().map(|place| (place, place))),
                }
            }
        }
        Unit::Any(units) => units.iter().for_each(|unit| mark(unit, wanted, text, found)),
        Unit::Near(first, others) => {
            let hulls: Vec<Stretch> = stretches(unit, text).into_iter().filter(|hull| wanted(*hull)).collect();
            let inside = |stretch: Stretch| hulls.iter().any(|hull| hull.0 <= stretch.0 && stretch.1 <= hull.1);
            for (unit, part) in taking_part(first, others, text) {
                let part = |stretch: Stretch| inside(stretch) && part.binary_search(&stretch).is_ok();
                mark(unit, &part, text, found);
            }
        }
    }
}

/// Of each unit of a distance the stretches from which both ends of the row can be reached.
fn taking_part<'a, W>(
    first: &'a Unit<W>,
    others: &'a [(Reach, Unit<W>)],
    text: &mut dyn Places<W>,
) -> Vec<(&'a Unit<W>, Vec<Stretch>)> {
    let mut parts = vec![(first, stretches(first, text))];
    let mut rulers = Vec::new();
    for (reach, unit) in others {
        let ruler = Ruler::new(*reach, text);
        let next = stretches(unit, text);
        let before = parts.last().map_or(&[][..], |(_, stretches)| stretches);
        let reached = ruler.among(&next, before, text);
        parts.push((unit, reached));
        rulers.push(ruler);
    }
    for at in (1..parts.len()).rev() {
        let Some((earlier, later)) = parts.split_at_mut_checked(at) else { break };
        if let (Some((_, before)), Some((_, after)), Some(ruler)) =
            (earlier.last_mut(), later.first(), rulers.get(at - 1))
        {
            before.retain(|one| after.iter().any(|other| ruler.holds(*one, *other)));
        }
    }
    parts
}

/// The stretches of the last unit that the first reaches, each with what it makes of the row: of the whole stretches that
/// begin at one place the shortest.
fn chain<W>(
    first: &Unit<W>,
    others: &[(Reach, Unit<W>)],
    text: &mut dyn Places<W>,
) -> Vec<(Stretch, BTreeMap<u32, u32>)> {
    let mut reached: Vec<(Stretch, BTreeMap<u32, u32>)> =
        stretches(first, text).into_iter().map(|stretch| (stretch, BTreeMap::from([stretch]))).collect();
    for (reach, unit) in others {
        let next = stretches(unit, text);
        let ruler = Ruler::new(*reach, text);
        let longest = reached.iter().map(|(stretch, _)| stretch.1 - stretch.0).max().unwrap_or(0);
        let mut all = Vec::new();
        for stretch in next {
            let (from, to) = ruler.window(stretch, longest);
            let begin = reached.partition_point(|(other, _)| other.0 < from);
            let mut hulls: BTreeMap<u32, u32> = BTreeMap::new();
            for (other, wholes) in reached.get(begin..).unwrap_or_default() {
                if other.0 > to || !text.spend(2 + 2 * wholes.len()) {
                    break;
                }
                if !ruler.holds(*other, stretch) {
                    continue;
                }
                for (start, end) in wholes {
                    let (start, end) = (stretch.0.min(*start), stretch.1.max(*end));
                    let shortest = hulls.entry(start).or_insert(end);
                    *shortest = end.min(*shortest);
                }
            }
            if !hulls.is_empty() {
                all.push((stretch, hulls));
            }
        }
        reached = all;
    }
    reached
}

/// What measures one distance in one text.
struct Ruler {
    reach: Reach,
    breaks: Vec<u32>,
}

impl Ruler {
    fn new<W>(reach: Reach, text: &mut dyn Places<W>) -> Self {
        let breaks = match reach {
            Reach::Sentence => text.breaks(false),
            Reach::Paragraph => text.breaks(true),
            Reach::Within(_) | Reach::Before(_) => Vec::new(),
        };
        Self { reach, breaks }
    }

    /// Whether the two are near enough, and share no place.
    fn holds(&self, one: Stretch, other: Stretch) -> bool {
        let first = one.1 < other.0;
        if !first && other.1 >= one.0 {
            return false;
        }
        let apart = if first { other.0 - one.1 } else { one.0 - other.1 };
        match self.reach {
            Reach::Within(most) => apart <= most,
            Reach::Before(most) => first && apart <= most,
            Reach::Sentence | Reach::Paragraph => {
                let (start, end) = (one.0.min(other.0), one.1.max(other.1));
                let next = self.breaks.partition_point(|place| *place <= start);
                self.breaks.get(next).is_none_or(|place| *place > end)
            }
        }
    }

    /// The first and the last place at which a stretch of at most this length can begin that is near `stretch`.
    fn window(&self, stretch: Stretch, longest: u32) -> (u32, u32) {
        match self.reach {
            Reach::Within(most) | Reach::Before(most) => {
                (stretch.0.saturating_sub(most).saturating_sub(longest), stretch.1.saturating_add(most))
            }
            Reach::Sentence | Reach::Paragraph => {
                let next = self.breaks.partition_point(|place| *place <= stretch.0);
                let start = next.checked_sub(1).and_then(|at| self.breaks.get(at)).copied().unwrap_or(0);
                (start, self.breaks.get(next).copied().unwrap_or(u32::MAX))
            }
        }
    }

    /// Those of `next` that one of `reached` is near to.
    fn among<W>(&self, next: &[Stretch], reached: &[Stretch], text: &mut dyn Places<W>) -> Vec<Stretch> {
        let longest = reached.iter().map(|stretch| stretch.1 - stretch.0).max().unwrap_or(0);
        let mut near = Vec::new();
        for &stretch in next {
            let (from, to) = self.window(stretch, longest);
            let begin = reached.partition_point(|other| other.0 < from);
            for other in reached.get(begin..).unwrap_or_default() {
                if other.0 > to || !text.spend(1) {
                    break;
                }
                if self.holds(*other, stretch) {
                    near.push(stretch);
                    break;
                }
            }
        }
        near
    }
}

/// The places of the words of each row: from each place of the first word on the earliest of the others.
fn rows<W>(words: &[(u32, W)], slop: u32, text: &mut dyn Places<W>) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = Vec::with_capacity(words.len());
    for (_, word) in words {
        let mut places = Vec::new();
        text.places(word, &mut places);
        if places.is_empty() {
            return Vec::new();
        }
        all.push(places);
    }
    let Some((first, others)) = all.split_first() else { return Vec::new() };
    let offsets: Vec<u32> = words.iter().map(|(offset, _)| *offset).collect();
    let begin = offsets.first().copied().unwrap_or(0);
    let length = offsets.last().copied().unwrap_or(0) - begin;
    if !text.spend(first.len().saturating_mul(words.len())) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for &start in first.iter().filter(|start| **start >= begin) {
        let mut row = vec![start];
        for (places, pair) in others.iter().zip(offsets.windows(2)) {
            let step = pair.last().copied().unwrap_or(0) - pair.first().copied().unwrap_or(0);
            let Some(least) = row.last().map(|last| last + step) else { break };
            let Some(&next) = places.get(places.partition_point(|place| *place < least)) else { break };
            if next - start > length + slop {
                break;
            }
            row.push(next);
        }
        // A word that comes too late ends the row before its last.
        let whole = row.len() == words.len();
        if whole && row.last().is_some_and(|last| last - start <= length + slop) {
            rows.push(row);
        }
    }
    rows
}

fn span(places: &[u32]) -> Stretch {
    (places.first().copied().unwrap_or(0), places.last().copied().unwrap_or(0))
}
