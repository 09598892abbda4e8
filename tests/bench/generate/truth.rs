//! What is known of a generated archive without reading it: how many quotations it has, whose they are, and where planted words stand.
//!
//! It is counted while articles are written, in memory that does not grow with them.

use std::io::{self, Write};

use super::{Article, News};

/// Who says the planted words, and nothing else.
pub(crate) const WITNESS: &str = "Orla Thistlewood";

/// A word that stands in every so many articles, and in no other.
pub(crate) struct Planted {
    pub(crate) word: &'static str,
    pub(crate) every: u64,
}

/// All of them.
pub(crate) const PLANTED: [Planted; 5] = [
    Planted { word: "quorndale", every: 10 },
    Planted { word: "vesperine", every: 100 },
    Planted { word: "tarnhelm", every: 1000 },
    Planted { word: "oxbridle", every: 10_000 },
    Planted { word: "lampwrack", every: 100_000 },
];

impl Planted {
    /// Whether it stands in this article.
    pub(crate) fn stands_in(&self, number: u64) -> bool {
        number % self.every == self.every / 2
    }

    /// In how many of the first `articles` it stands.
    pub(crate) fn count(&self, articles: u64) -> u64 {
        (articles + self.every - 1 - self.every / 2) / self.every
    }
}

/// Of so many people, those most quoted, the quotations are counted.
const COUNTED: usize = 100;

/// What is known of the articles counted so far.
#[derive(Clone, Debug)]
pub(crate) struct Truth {
    pub(crate) articles: u64,
    pub(crate) quotations: u64,
    /// Bytes of headlines and bodies.
    pub(crate) text: u64,
    /// Quotations of the most quoted people, by their numbers.
    pub(crate) speakers: Vec<u64>,
}

impl Truth {
    /// Of no articles.
    pub(crate) fn new() -> Self {
        Self { articles: 0, quotations: 0, text: 0, speakers: vec![0; COUNTED] }
    }

    /// Counts an article.
    pub(crate) fn count(&mut self, article: &Article) {
        self.articles += 1;
        self.quotations += article.quotations() as u64;
        self.text += (article.title.len() + article.body.len()) as u64;
        for person in article.speakers.iter().flatten() {
            if let Some(count) = self.speakers.get_mut(person.0) {
                *count += 1;
            }
        }
    }

    /// Writes it as an object of JSON.
    pub(crate) fn write(&self, news: &News, out: &mut impl Write) -> io::Result<()> {
        let Self { articles, quotations, text, speakers } = self;
        writeln!(
            out,
            "{{\"articles\":{articles},\"quotations\":{quotations},\"text_bytes\":{text},\"quotations_of\":{{"
        )?;
        for (number, count) in speakers.iter().enumerate() {
            writeln!(out, "  \"{}\":{count},", news.name(number))?;
        }
        let witness: u64 = PLANTED.iter().map(|planted| planted.count(*articles)).sum();
        writeln!(out, "  \"{WITNESS}\":{witness}}},\"articles_with\":{{")?;
        for (place, planted) in PLANTED.iter().enumerate() {
            let comma = if place + 1 < PLANTED.len() { "," } else { "}}" };
            writeln!(out, "  \"{}\":{}{comma}", planted.word, planted.count(*articles))?;
        }
        Ok(())
    }
}
