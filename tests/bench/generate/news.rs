//! News-like articles by the number: the same seed and number give the same article, however many there are, on any machine.
//!
//! Words and names are as often as in a language: a few often, most hardly ever. Every quotation is written by rules that leave no doubt whose
//! it is, so that what an index holds can be checked at any size (`truth.rs`). How articles are written to files is not known here.

pub(crate) mod form;
mod lexicon;
mod sentences;
pub(crate) mod truth;

use lexicon::{Lexicon, Person};
use sentences::Pen;
use truth::{PLANTED, WITNESS};

use super::mutate::{self, Lot};

/// The days of publication: twenty years from 2004 on.
const FIRST_YEAR: u32 = 2004;
const YEARS: usize = 20;

/// The archive of one seed.
pub(crate) struct News {
    lexicon: Lexicon,
    seed: u64,
}

/// An article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Article {
    pub(crate) number: u64,
    pub(crate) title: String,
    /// Year, month, day.
    pub(crate) day: (u32, u32, u32),
    pub(crate) outlet: &'static str,
    pub(crate) section: &'static str,
    pub(crate) byline: String,
    pub(crate) body: String,
    /// Of each quotation, who said it; the number of nobody stands for the witness of planted words.
    speakers: Vec<Option<Person>>,
}

impl Article {
    /// How many quotations stand in it.
    pub(crate) fn quotations(&self) -> usize {
        self.speakers.len()
    }

    fn clear(&mut self) {
        self.title.clear();
        self.byline.clear();
        self.body.clear();
        self.speakers.clear();
    }
}

impl News {
    /// The archive of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { lexicon: Lexicon::new(), seed }
    }

    /// The name of a person, the most quoted first.
    pub(crate) fn name(&self, number: usize) -> String {
        let (first, [head, tail]) = self.lexicon.names(Person(number));
        format!("{first} {head}{tail}")
    }

    /// Writes article `number` in place of the one that stands in `into`.
    pub(crate) fn write(&self, number: u64, into: &mut Article) {
        // Drawn once, so that the lots of neighbours have nothing in common.
        let mut lot = Lot::new(Lot::new(self.seed ^ number.wrapping_mul(0xD6E8_FEB8_6659_FD93)).next());
        let lot = &mut lot;
        let words = &self.lexicon;
        into.clear();
        into.number = number;
        let year = FIRST_YEAR + u32::try_from(lot.below(YEARS)).unwrap_or(0);
        let part = |lot: &mut Lot, end| 1 + u32::try_from(lot.below(end)).unwrap_or(0);
        into.day = (year, part(lot, 12), part(lot, 28));
        into.outlet = words.outlets[lexicon::zipf(lot, words.outlets.len(), 1)];
        into.section = words.sections[lexicon::zipf(lot, words.sections.len(), 1)];
        let writer = Person(words.people() - 1 - lexicon::zipf(lot, 400, 3));
        push_name(words, writer, &mut into.byline);
        Pen { words, lot }.headline(&mut into.title);
        // Most are of middling length, some short, some long.
        let paragraphs = 4 + lot.below(10) + lot.below(10);
        let mut cast: [Option<Person>; 3] = [None; 3];
        let mut before = None;
        for paragraph in 0..paragraphs {
            if paragraph > 0 {
                into.body.push_str("\n\n");
            }
            if paragraph > 0 && lot.below(5) < 2 {
                let part = lot.below(3);
                self.quoted(lot, &mut cast[part], before, into);
                before = Some(part).and_then(|part| cast[part]);
            } else {
                self.narrated(lot, into);
                before = None;
            }
        }
        self.plant(number, lot, into);
    }

    fn narrated(&self, lot: &mut Lot, into: &mut Article) {
        for sentence in 0..1 + lot.below(3) {
            if sentence > 0 {
                into.body.push(' ');
            }
            Pen { words: &self.lexicon, lot }.told(&mut into.body);
        }
    }

    /// A paragraph in which somebody is quoted: by the whole name where the person was not met before, and perhaps by a pronoun who spoke in
    /// the paragraph before.
    fn quoted(&self, lot: &mut Lot, person: &mut Option<Person>, before: Option<Person>, into: &mut Article) {
        let words = &self.lexicon;
        let known = person.is_some();
        // Several of one surname in one article would leave room for doubt.
        let surname = |person: Person| words.names(person).1;
        let who = match *person {
            Some(who) => who,
            None => loop {
                let who = words.person(lot);
                if into.speakers.iter().flatten().all(|other| surname(*other) != surname(who)) {
                    break who;
                }
            },
        };
        *person = Some(who);
        into.speakers.push(Some(who));
        let body = &mut into.body;
        // One outlet in three writes straight marks.
        let (open, close) = if into.outlet.len().is_multiple_of(3) { ("\"", "\"") } else { ("“", "”") };
        let name = |body: &mut String| match known {
            false => push_name(words, who, body),
            true => {
                let (_, surname) = words.names(who);
                body.extend(surname);
            }
        };
        let verb = ["said", "said", "said", "told reporters", "added", "argued", "warned"][lot.below(7)];
        let role = !known;
        match lot.below(5) {
            0 | 1 => {
                body.push_str(open);
                Pen { words, lot }.said(body);
                body.extend([",", close, " "]);
                if role {
                    body.extend(["said "]);
                    name(body);
                    body.push_str(", ");
                    words.push_role(who, body);
                } else if before == Some(who) {
                    body.extend([if words.is_woman(who) { "she " } else { "he " }, verb]);
                } else {
                    name(body);
                    body.extend([" ", verb]);
                }
                body.push('.');
            }
            2 => {
                body.push_str(open);
                Pen { words, lot }.said(body);
                body.extend([",", close, " "]);
                name(body);
                body.extend([" said. ", open]);
                Pen { words, lot }.said(body);
                body.extend([".", close]);
            }
            3 => {
                name(body);
                if role {
                    body.push_str(", ");
                    words.push_role(who, body);
                    body.push(',');
                }
                body.extend([" said: ", open]);
                Pen { words, lot }.said(body);
                body.push_str(". ");
                Pen { words, lot }.said(body);
                body.extend([".", close]);
            }
            _ => {
                name(body);
                body.push_str(" called it ");
                body.push_str(open);
                Pen { words, lot }.fragment(body);
                body.push_str(close);
                body.push_str(". ");
                Pen { words, lot }.told(body);
            }
        }
    }

    /// Plants the words that come up every tenth, hundredth, ... article, each in a quotation of the witness.
    fn plant(&self, number: u64, lot: &mut Lot, into: &mut Article) {
        for planted in PLANTED.iter().filter(|planted| planted.stands_in(number)) {
            into.body.push_str("\n\n“The ");
            into.body.push_str(planted.word);
            into.body.push_str(" is not for sale, and the ");
            self.lexicon.push_noun(lot, &mut into.body);
            into.body.extend([" stays as it is,” said ", WITNESS, ", who keeps the archive of "]);
            self.lexicon.push_place(lot, &mut into.body);
            into.body.push('.');
            into.speakers.push(None);
        }
    }
}

fn push_name(words: &Lexicon, person: Person, into: &mut String) {
    let (first, surname) = words.names(person);
    into.extend([first, " "]);
    into.extend(surname);
}
