//! Random articles, as the scan sees them and as the index gets them.

use onrecord::article::Part;
use onrecord::extract::date::{DateMention, DateValue, Stretch};
use onrecord::extract::{Attribution, Kind, Person, Quote, Speaker};
use onrecord::text::day::PartialDate;
use onrecord::text::span::Span;

use crate::index::clip::{Clip, clip, day};

use super::Dice;
use super::words::WORDS;

pub(crate) const NAMES: [&str; 6] = ["Ada Quill", "Bo Quill", "Jan Müller", "a harbour master", "", "Moira Kerry"];
pub(crate) const ROLES: [&str; 3] = ["harbour master", "mayor", ""];
pub(crate) const OUTLETS: [&str; 4] = ["Bay Courier", "Cape Wire", "Cape Courier", ""];
pub(crate) const SECTIONS: [&str; 3] = ["World News", "Sport", ""];
pub(crate) const BYLINES: [&str; 3] = ["Ada Quill", "Lund", ""];
pub(crate) const DATES: [&str; 7] = ["2012", "2013-12", "2014-01-31", "2014-02", "2014-03-01", "2014-03-20", ""];
pub(crate) const LANGS: [&str; 5] = ["en", "en-GB", "de", "de", "fr"];
pub(crate) const URLS: [&str; 3] = ["https://bay.example/tide/1", "https://cape.example/2014/run", ""];
pub(crate) const SURE: [f32; 5] = [0.0, 0.3, 0.5, 0.9, 1.0];

/// Words by their number in the table.
pub(crate) type Sentence = Vec<usize>;

/// A quotation: from a sentence to a sentence, and, where it is split, from one to one further on.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) ranges: Vec<(usize, usize)>,
    pub(crate) name: &'static str,
    pub(crate) role: &'static str,
    /// The sentence whose first word is the cue.
    pub(crate) cue: Option<usize>,
    pub(crate) kind: Kind,
    pub(crate) sure: f32,
}

#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) path: usize,
    pub(crate) batch: u64,
    pub(crate) title: Vec<Sentence>,
    /// Sentences, each with the number of its paragraph.
    pub(crate) body: Vec<(usize, Sentence)>,
    pub(crate) said: Vec<Said>,
    pub(crate) outlet: &'static str,
    pub(crate) section: &'static str,
    pub(crate) byline: &'static str,
    pub(crate) date: &'static str,
    pub(crate) lang: &'static str,
    pub(crate) url: &'static str,
    pub(crate) mentions: Vec<&'static str>,
}

fn sentence(dice: &mut Dice, most: usize) -> Sentence {
    let mut sentence: Sentence = (0..1 + dice.roll(most)).map(|_| dice.roll(WORDS.len())).collect();
    // In German, a number with a full stop is an ordinal.
    while sentence.last().is_some_and(|&word| WORDS[word].written == "9/11") {
        sentence.pop();
        sentence.push(dice.roll(WORDS.len()));
    }
    sentence
}

pub(crate) fn piece(dice: &mut Dice, batch: u64) -> Piece {
    // Some articles have a body that is longer than its lead.
    let (long, paragraphs) = (dice.one_in(4), 1 + dice.roll(4));
    let mut body = Vec::new();
    for paragraph in 0..paragraphs {
        for _ in 0..1 + dice.roll(3) {
            body.push((paragraph, sentence(dice, if long { 16 } else { 6 })));
        }
    }
    let mut said = Vec::new();
    for _ in 0..dice.roll(4) {
        let first = dice.roll(body.len());
        let last = (first + dice.roll(3)).min(body.len() - 1);
        let mut ranges = vec![(first, last)];
        if last + 2 < body.len() && dice.one_in(3) {
            ranges.push((last + 2, last + 2));
        }
        said.push(Said {
            ranges,
            name: dice.pick(&NAMES),
            role: dice.pick(&ROLES),
            cue: (!dice.one_in(3)).then(|| dice.roll(body.len())),
            kind: dice.pick(&[Kind::Direct, Kind::Mixed, Kind::Indirect]),
            sure: dice.pick(&SURE),
        });
    }
    Piece {
        path: dice.roll(14),
        batch,
        title: (0..1 + dice.roll(2)).map(|_| sentence(dice, 4)).collect(),
        body,
        said,
        outlet: dice.pick(&OUTLETS),
        section: dice.pick(&SECTIONS),
        byline: dice.pick(&BYLINES),
        date: dice.pick(&DATES),
        lang: dice.pick(&LANGS),
        url: dice.pick(&URLS),
        mentions: (0..dice.roll(3)).map(|_| dice.pick(&["2014-01-05", "2014-03-01", "2013-12-24"])).collect(),
    }
}

/// A sentence as it is written: with a capital, and a full stop.
fn written(sentence: &Sentence, text: &mut String, people: &mut Vec<Mention>) {
    for (place, &word) in sentence.iter().enumerate() {
        if place > 0 {
            text.push(' ');
        }
        let start = text.len();
        let written = WORDS[word].written;
        let mut letters = written.chars();
        match letters.next() {
            Some(first) if place == 0 => text.extend(first.to_uppercase().chain(letters)),
            _ => text.push_str(written),
        }
        if let Some(name) = person(word) {
            people.push((name, start, text.len()));
        }
    }
    text.push('.');
}

/// A name, and where it stands.
type Mention = (&'static str, usize, usize);

/// Who is meant by a word.
pub(crate) fn person(word: usize) -> Option<&'static str> {
    match WORDS[word].written {
        "Kerry" => Some("Moira Kerry"),
        "Mueller" => Some("Jan Müller"),
        _ => None,
    }
}

impl Piece {
    /// Takes the words of another, and what is said in it by whom; of one speaker in three something else is known.
    pub(crate) fn reprint(&mut self, other: &Self, dice: &mut Dice) {
        (self.body, self.said) = (other.body.clone(), other.said.clone());
        for said in &mut self.said {
            if dice.one_in(3) {
                said.name = dice.pick(&NAMES);
            }
        }
    }

    pub(crate) fn clip(&self) -> Clip {
        let (mut text, mut mentions, mut places, mut before) = (String::new(), Vec::new(), Vec::new(), 0);
        for (number, (paragraph, sentence)) in self.body.iter().enumerate() {
            if number > 0 {
                text.push_str(if *paragraph > before { "\n\n" } else { " " });
            }
            before = *paragraph;
            let start = text.len();
            written(sentence, &mut text, &mut mentions);
            places.push((start, text.len()));
        }
        let mut clip = clip(&self.path(), &text);
        let article = &mut clip.article;
        article.headline = Some(Part::Beside(self.title()));
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        article.byline = some(self.byline).map(Part::Beside);
        article.outlet = some(self.outlet);
        article.section = some(self.section);
        article.lang = some(self.lang);
        article.url = some(self.url);
        article.published = PartialDate::parse(self.date);
        let span = |start, end| Span::new(&text, start, end).expect("a span of whole characters");
        for said in &self.said {
            let people = &mut clip.extraction.people;
            let speaker = match said.name.strip_prefix("a ") {
                _ if said.name.is_empty() => Speaker::Unknown,
                Some(description) => Speaker::Described(description.to_owned()),
                None => {
                    let roles = vec![said.role.to_owned()];
                    people.push(Person { name: said.name.to_owned(), roles, mentions: Vec::new() });
                    Speaker::Named(people.len() - 1)
                }
            };
            let spans = said.ranges.iter().map(|&(first, last)| span(places[first].0, places[last].1)).collect();
            let cue = said.cue.map(|sentence| {
                let start = places[sentence].0;
                let words = text.get(start..places[sentence].1 - 1).expect("a sentence without its full stop");
                span(start, start + words.find(' ').unwrap_or(words.len()))
            });
            let attribution = Attribution { speaker, mention: None, cue, rule: "by hand", confidence: said.sure };
            clip.extraction.quotes.push(Quote { spans, kind: said.kind, attribution });
        }
        for (name, start, end) in mentions {
            let person = Person { name: name.to_owned(), roles: Vec::new(), mentions: vec![span(start, end)] };
            clip.extraction.people.push(person);
        }
        for &mentioned in &self.mentions {
            let value = DateValue::At(Stretch::Day(day(mentioned)));
            clip.extraction.dates.push(DateMention { span: span(0, 0), value, rule: "by hand" });
        }
        clip
    }

    pub(crate) fn path(&self) -> String {
        format!("bay/{}/p{}.txt", 2010 + self.path % 3, self.path)
    }

    pub(crate) fn title(&self) -> String {
        let mut title = String::new();
        for sentence in &self.title {
            if !title.is_empty() {
                title.push(' ');
            }
            written(sentence, &mut title, &mut Vec::new());
        }
        title
    }

    /// The words of a quotation as they are shown.
    pub(crate) fn quoted(&self, said: &Said) -> String {
        let ranges = said.ranges.iter().map(|&(first, last)| {
            let sentences = self.body[first..=last].iter().map(|(_, sentence)| {
                let mut text = String::new();
                written(sentence, &mut text, &mut Vec::new());
                text
            });
            sentences.collect::<Vec<_>>().join(" ")
        });
        ranges.collect::<Vec<_>>().join(" … ")
    }
}
