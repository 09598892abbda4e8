//! Layer 2: what an article says: its quotations, who said them, and the days it speaks of.
//!
//! Pure: the same article gives the same extraction on every machine. No file, clock, environment or
//! printing; and no failure: every text has an extraction.

use crate::article::Article;
use crate::text::span::Span;

mod apposition;
mod attribution;
mod boost;
mod calibration;
mod clause;
pub mod date;
mod forest;
mod indirect;
mod language;
mod lexicon;
pub mod listed;
mod mention;
mod name;
mod namesakes;
mod office;
mod page;
mod person;
mod quote;
mod referent;
mod room;
mod salient;
mod shape;
pub mod train;
mod transcript;
mod vocabulary;
pub mod why;

use attribution::{Decision, Forests, Scene};
use date::DateMention;
use language::Language;
use why::Why;

/// Raised when the same article gives other quotations, speakers or days than before: an archive is then read again by the
/// next run of `index`.
pub const VERSION: u32 = 13;

/// All that was found in one article.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The quotations, in the order in which they begin.
    pub quotes: Vec<Quote>,
    /// The people and organisations named, in the order in which they are first named.
    pub people: Vec<Person>,
    /// The days spoken of, in order.
    pub dates: Vec<DateMention>,
}

/// How a quotation is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A whole sentence or more between quotation marks.
    Direct,
    /// Words between quotation marks inside a sentence of the writer's own.
    Mixed,
    /// Reported without quotation marks.
    Indirect,
}

impl Kind {
    /// `direct`, `mixed` or `indirect`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// One quotation; a split one (`"A," said X, "B"`) is one quotation of two spans.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The words said, without the marks, in order; never empty.
    pub spans: Vec<Span>,
    /// How it is set.
    pub kind: Kind,
    /// Who said it, and how that is known.
    pub attribution: Attribution,
}

/// Who said it, and how that is known.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// The speaker.
    pub speaker: Speaker,
    /// The words that name the speaker nearest the quotation ("he", "Kerry", "a ministry official").
    pub mention: Option<Span>,
    /// The words that make it speech ("said", "according to", ":").
    pub cue: Option<Span>,
    /// The rule that decided.
    pub rule: &'static str,
    /// How likely span and speaker are both right, 0 to 1.
    pub confidence: f32,
}

/// A speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// Somebody with a name: an index into [`Extraction::people`].
    Named(usize),
    /// Somebody described but not named: the description as printed, without its article.
    Described(String),
    /// Nobody that could be found.
    Unknown,
}

/// A person or organisation named in the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The fullest form of the name in this article.
    pub name: String,
    /// Roles as printed ("Secretary of State"), in the order in which they appear.
    pub roles: Vec<String>,
    /// Where the name stands, in order.
    pub mentions: Vec<Span>,
}

/// The language of an article, as a BCP 47 primary tag: what its source says, or else what its text appears to be in;
/// `None` where that is none that is known.
pub fn language_of(article: &Article) -> Option<&str> {
    let said = article.lang.as_deref().filter(|tag| !tag.trim().is_empty() && !tag.eq_ignore_ascii_case("und"));
    said.or_else(|| Some(language::of(article).tag).filter(|tag| *tag != "und"))
}

/// Everything that can be found in `article`.
pub fn extract(article: &Article) -> Extraction {
    let language = language::of(article);
    match language.forests() {
        Some(forests) => extract_by(article, language, forests),
        None => by_marks(article, language),
    }
}

/// The same, with the reasons: for each quotation, who was weighed for its speaker; `None` where its rule names the speaker
/// without weighing anybody.
pub fn explain(article: &Article) -> (Extraction, Vec<Option<Why>>) {
    let language = language::of(article);
    match language.forests() {
        Some(forests) => find(article, language, forests, why::explain),
        None => {
            let found = by_marks(article, language);
            let whys = vec![None; found.quotes.len()];
            (found, whys)
        }
    }
}

/// What can be found where nobody can be named.
fn by_marks(article: &Article, language: &Language) -> Extraction {
    Extraction {
        quotes: shape::quotes(&page::Page::read(&article.text, language.lexicon())),
        people: Vec::new(),
        dates: date::find(&article.text, article.published, language.dates),
    }
}

fn extract_by(article: &Article, language: &Language, forests: &Forests) -> Extraction {
    find(article, language, forests, |_, _, _, _| ()).0
}

/// Everything found, and what `look` makes of the way there.
fn find<T>(
    article: &Article,
    language: &Language,
    forests: &Forests,
    look: impl FnOnce(&Scene<'_, '_>, &Forests, &[Decision], &Extraction) -> T,
) -> (Extraction, T) {
    let text = &article.text;
    let page = page::Page::read(text, language.lexicon());
    let mentions = mention::find(&page);
    let clauses = clause::find(&page, &mentions);
    let cast = person::cast(&page, &mentions, &clauses);
    let scene = Scene::new(&page, &mentions, &clauses, &cast, &forests.words);
    let turns = transcript::turns(&scene);
    let decisions = scene.decide(forests, &turns);
    let reported = language.reports().map_or_else(Vec::new, |reports| indirect::find(&scene, &decisions, reports));
    let mut quotes = quote::quotes(&scene, &decisions, turns);
    if !reported.is_empty() {
        quotes.extend(reported);
        quotes.sort_by_key(|quote| quote.spans.first().map(|span| span.start()));
    }
    let people = quote::people(&page, &mentions, &cast);
    let found = Extraction { quotes, people, dates: date::find(text, article.published, language.dates) };
    let seen = look(&scene, forests, &decisions, &found);
    (found, seen)
}
