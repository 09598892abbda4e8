//! Which words of a text a query is answered by: what is to be marked on the screen.
//!
//! One text at a time, of one field. What a query asks of other fields is taken to hold; a part that this text
//! alone shows not to hold marks nothing, and neither does what is denied. It knows no index and no screen.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;

use crate::text::analysis;
use crate::text::running::{Piece, Setting, running};
use crate::text::stem::Language;

use super::ast::{Field, Node, Query, Value};
use super::places::{Places, Stretch, marks, stretches};
use super::unit::{WordTest, unit_of};

/// A text as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The field that it is of.
    pub field: Field,
    /// Whether articles were asked for, so that words without a field are those of headline and body.
    pub of_article: bool,
    /// The text.
    pub text: &'a str,
    /// The article's language, where it is known.
    pub lang: Option<&'a str>,
}

/// The places in the text, in bytes, of the words that answer the query: in order, none twice; those that overlap are one.
/// A row of words is one place, a row with others among its words and a distance are as many as they have parts.
///
/// What is asked for in all its forms is found by those that `forms` gives of a stem: those of the index that was asked.
pub fn mark(query: &Query, shown: Shown<'_>, forms: Forms<'_>) -> Vec<(usize, usize)> {
    let mut text = Text::of(shown);
    let (truth, places) = look(query, (shown, forms), &mut text);
    let mut places: Vec<(usize, usize)> = if truth == Some(false) { Vec::new() } else { places };
    places.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(places.len());
    for place in places {
        match joined.last_mut() {
            Some(last) if place.0 < last.1 => last.1 = last.1.max(place.1),
            _ => joined.push(place),
        }
    }
    joined
}

/// The forms that have a stem.
pub type Forms<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// Whether a query asks quotations for words, other than to exclude them.
pub fn asks_for_words(query: &Query) -> bool {
    match &query.node {
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => parts.iter().any(asks_for_words),
        Node::Boost(part, _) | Node::Near(part, _) => asks_for_words(part),
        Node::Not(_) => false,
        Node::Leaf(field, value) => matches!(field, None | Some(Field::Quote)) && value.has_places(),
    }
}

type Found = (Option<bool>, Vec<(usize, usize)>);

/// Whether the text answers the query, where it can tell, and by which of its words.
fn look(query: &Query, shown: (Shown<'_>, Forms<'_>), text: &mut Text) -> Found {
    match &query.node {
        Node::And(parts) => {
            let all: Vec<Found> = parts.iter().map(|part| look(part, shown, text)).collect();
            let truths = || all.iter().map(|(truth, _)| *truth);
            match truths().any(|truth| truth == Some(false)) {
                true => (Some(false), Vec::new()),
                false => {
                    let truth = truths().all(|truth| truth == Some(true)).then_some(true);
                    (truth, all.into_iter().flat_map(|(_, places)| places).collect())
                }
            }
        }
        Node::Or(parts) => several(parts, 1, shown, text),
        Node::AtLeast(least, parts) if parts.len() > 1 => several(parts, *least as usize, shown, text),
        Node::Not(part) => (look(part, shown, text).0.map(|truth| !truth), Vec::new()),
        Node::Boost(part, _) => look(part, shown, text),
        Node::Near(..) | Node::AtLeast(..) | Node::Leaf(..) => test(query, shown, text),
    }
}

/// At least so many of the parts.
fn several(parts: &[Query], least: usize, shown: (Shown<'_>, Forms<'_>), text: &mut Text) -> Found {
    let all: Vec<Found> = parts.iter().map(|part| look(part, shown, text)).collect();
    let sure = all.iter().filter(|(truth, _)| *truth == Some(true)).count();
    let possible = all.iter().filter(|(truth, _)| *truth != Some(false)).count();
    match (sure >= least, possible >= least) {
        (_, false) => (Some(false), Vec::new()),
        (sure, true) => {
            let places = all.into_iter().filter(|(truth, _)| *truth != Some(false)).flat_map(|(_, places)| places);
            (sure.then_some(true), places.collect())
        }
    }
}

fn test(query: &Query, (shown, forms): (Shown<'_>, Forms<'_>), text: &mut Text) -> Found {
    let mut leaf = None;
    query.each_leaf(&mut |_, field, value| {
        leaf.get_or_insert((field, value));
    });
    let Some((field, value)) = leaf else { return (None, Vec::new()) };
    let whole_article = shown.of_article && matches!(shown.field, Field::Title | Field::Body);
    let (asked, alone) = match field {
        None => (if shown.of_article { whole_article } else { shown.field == Field::Quote }, !shown.of_article),
        Some(Field::Hlead) => (matches!(shown.field, Field::Title | Field::Body), false),
        Some(field) => (field == shown.field, !shown.of_article || field == Field::Title || field == Field::Body),
    };
    if !asked {
        return (None, Vec::new());
    }
    match value {
        Value::Any => return (None, Vec::new()),
        // A name is compared as other layers know it; here only what stands there counts.
        Value::Exact(whole) if *whole == shown.text => return (Some(true), vec![(0, shown.text.len())]),
        _ => {}
    }
    let Some(unit) = unit_of(query, is_running(shown.field)) else { return (None, Vec::new()) };
    let in_forms = |test: &WordTest| {
        Ok::<_, Infallible>(match test {
            WordTest::Among { words, stems } => {
                let forms = stems.iter().flat_map(|stem| forms(stem));
                WordTest::Among { words: words.iter().cloned().chain(forms).collect(), stems: Vec::new() }
            }
            WordTest::Like(matcher) => WordTest::Like(matcher.clone()),
        })
    };
    let Ok(unit) = unit.try_map(&mut { in_forms });
    text.lead = field == Some(Field::Hlead) && shown.field == Field::Body;
    let least = if let Node::AtLeast(least, _) = &query.node { *least as usize } else { 1 };
    let found = stretches(&unit, text).len();
    if found >= least.max(1) {
        let places = marks(&unit, text).into_iter().map(|stretch| text.bytes(stretch)).collect();
        return (Some(true), places);
    }
    // What is not in the headline may be in the body.
    (alone.then_some(false), Vec::new())
}

/// Whether words of this field are found in all their forms.
fn is_running(field: Field) -> bool {
    matches!(field, Field::Quote | Field::Title | Field::Body | Field::Hlead)
}

/// A text that knows where its words stand.
struct Text {
    /// Words with their places, each with its bytes.
    words: HashMap<String, Vec<(u32, usize, usize)>>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    body: Option<u32>,
    /// Whether only words of the lead are seen.
    lead: bool,
    /// What was matched at each place.
    matched: BTreeMap<u32, (usize, usize)>,
}

impl Text {
    fn of(shown: Shown<'_>) -> Self {
        let mut text = Self {
            words: HashMap::new(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            body: None,
            lead: false,
            matched: BTreeMap::new(),
        };
        if !is_running(shown.field) {
            for word in analysis::words(shown.text) {
                text.words.entry(word.text).or_default().push((word.position, word.start, word.end));
            }
            return text;
        }
        let setting = if shown.field == Field::Body { Setting::Body } else { Setting::Lines };
        let language = shown.lang.and_then(Language::tagged);
        let mut pieces = running(shown.text, setting, language);
        while let Some((kind, place, start, end)) = pieces.next() {
            match kind {
                Piece::Word => {
                    text.words.entry(pieces.word().to_owned()).or_default().push((place, start, end));
                    pieces.pass_stem();
                }
                Piece::Stem => {}
                Piece::Sentence => text.sentences.push(place),
                Piece::Paragraph => text.paragraphs.push(place),
                Piece::Body => text.body = Some(place),
            }
        }
        text
    }

    fn bytes(&self, stretch: Stretch) -> (usize, usize) {
        let bytes = self.matched.range(stretch.0..=stretch.1).map(|(_, bytes)| *bytes);
        bytes.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))).unwrap_or_default()
    }
}

impl Places<WordTest> for Text {
    fn places(&mut self, word: &WordTest, into: &mut Vec<u32>) {
        let mut found: Vec<(u32, usize, usize)> = match word {
            WordTest::Among { words, .. } => {
                words.iter().filter_map(|word| self.words.get(word)).flatten().copied().collect()
            }
            WordTest::Like(matcher) => {
                let is_alike = |word: &str| !analysis::is_capitals(word) && matcher.is_match(word);
                let mut alike: Vec<_> = self.words.iter().filter(|(word, _)| is_alike(word)).collect();
                alike.sort_unstable();
                alike.into_iter().flat_map(|(_, places)| places.iter().copied()).collect()
            }
        };
        found.sort_unstable();
        let end = self.body.filter(|_| self.lead).unwrap_or(u32::MAX);
        for (place, start, end) in found.into_iter().filter(|(place, ..)| *place < end) {
            if into.last() != Some(&place) {
                into.push(place);
            }
            let bytes = self.matched.entry(place).or_insert((start, end));
            *bytes = (bytes.0.min(start), bytes.1.max(end));
        }
    }

    fn breaks(&mut self, paragraphs: bool) -> Vec<u32> {
        if paragraphs { self.paragraphs.clone() } else { self.sentences.clone() }
    }

    fn spend(&mut self, _: usize) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn shown<'a>(field: Field, text: &'a str, lang: &'a str) -> Shown<'a> {
        Shown { field, of_article: false, text, lang: Some(lang) }
    }

    fn marked(asked: &str, shown: Shown<'_>) -> String {
        let query = parse(asked).expect("it is a query");
        let (mut out, mut at) = (String::new(), 0);
        // The forms in it, by the rules of its language.
        let forms = |stem: &str| {
            let language = shown.lang.and_then(Language::tagged);
            let has = |word: &str| {
                let mut own = String::new();
                language.is_some_and(|language| language.stem_into(word, &mut own)) && own == stem
            };
            analysis::words(shown.text).map(|word| word.text).filter(|word| has(word)).collect()
        };
        for (start, end) in mark(&query, shown, &forms) {
            out.push_str(shown.text.get(at..start).expect("in order"));
            out.push_str(&format!("[{}]", shown.text.get(start..end).expect("on characters")));
            at = end;
        }
        out + shown.text.get(at..).expect("the rest")
    }

    /// The text, with brackets around what is marked in it.
    fn check(asked: &str, expected: &str) {
        let text = expected.replace(['[', ']'], "");
        assert_eq!(marked(asked, shown(Field::Quote, &text, "en")), expected, "{asked}");
    }

    #[test]
    fn words_are_marked_as_they_were_found() {
        check("tide", "The [tide], the [TIDE]; [tides]");
        check("=tide", "The [tide], the [TIDE]; tides");
        check("\"the tide\"", "[The tide] and [the — tide], tide");
        check("tide OR \"the tide\"", "[the tide]");
        check("isil", "A counter-[ISIL] bid");
        check("counter-isil", "A [counter-ISIL] bid");
        check("counter*", "A [counter-ISIL] bid, a [counter]");
        check("müller", "[Muller]'s [Müller] [Mueller]");
        check("US", "the [U.S]. and [us]");
        check("Kerry", "[Kerry]’s men");
        check("tde~1 promis*", "[tide] tied time [promised]");
        check("/t.d.s?/", "[tide] [tides] tidal");
        check("\"weapons of mass des\"*", "[weapons of mass destruction] of mass");
    }

    #[test]
    fn only_what_takes_part_is_marked() {
        check("tide -the speaker:Lund", "a [tide]");
        check("tide -the speaker:Lund", "the tide");
        check("speaker:Lund", "Lund");
        check("tide w/2 wait", "[tide] and [wait], and then another tide, so they say, must wait");
        check("tide pre/2 wait", "wait [tide] [wait]");
        check("tide w/s wait", "The tide ran. So [tide], then [wait]. Wait!");
        check("\"tide wait\"~2", "[tide] and then [wait] tide");
        check("run OR (tide wait)", "tide and [run]");
        check("run OR (tide wait)", "[tide] and [wait]");
        check("tide OR (wait speaker:Lund)", "[tide] and [wait]");
        check("atleast2(tide)", "tide");
        check("atleast2(tide)", "[tide] [tide]");
        check("atleast2(tide run wait)", "[tide] of [run]");
        check("atleast2(tide run wait)", "tide");
        check("(\"the tide\" OR run) w/3 (wait w/1 fall)", "[the tide] of [fall] [wait]; fall; wait");
        check("tide^2", "[tide]");
        check("title:tide", "tide");
    }

    #[test]
    fn fields_are_marked_by_their_own_tests() {
        let title = |asked: &str| marked(asked, shown(Field::Title, "The tide", "en"));
        assert_eq!(title("tide"), "The tide");
        assert_eq!(title("title:tides"), "The [tide]");
        assert_eq!(title("hlead:tide"), "The [tide]");
        let of_article = Shown { of_article: true, ..shown(Field::Title, "The tide", "en") };
        assert_eq!(marked("tide run", of_article), "The [tide]");
        let name = |asked: &str| marked(asked, shown(Field::Speaker, "Jan Müller", "de"));
        assert_eq!(name("speaker:mueller tide"), "Jan [Müller]");
        assert_eq!(name("speaker:=\"Jan Müller\""), "[Jan Müller]");
        assert_eq!(marked("Haus", shown(Field::Quote, "Die Häuser", "de")), "Die [Häuser]");
        assert_eq!(marked("Haus", shown(Field::Quote, "Die Häuser", "fr")), "Die Häuser");
        let query = parse("haus house").expect("it is a query");
        let forms = |stem: &str| if stem == "haus" { vec!["hauser".to_owned()] } else { Vec::new() };
        let places = mark(&query, shown(Field::Quote, "A house of Häuser, houses", "fr"), &forms);
        assert_eq!(places, [(2, 7), (11, 18)], "the forms of the index count, and not the language of the text");
    }
}
