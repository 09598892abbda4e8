//! What a search answers with: plain data, whole, and free of the engine.

use crate::article::DateSource;
use crate::extract::Kind;
use crate::extract::why::Why;
use crate::text::day::{Day, PartialDate};
use crate::text::id::Id;

/// One quotation that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteHit {
    /// The quotation's id.
    pub id: Id,
    /// The article's id.
    pub article: Id,
    /// The words, white space folded, the spans of a split quotation joined by ` … `.
    pub quote: String,
    /// Byte ranges into the article's text.
    pub spans: Vec<(u32, u32)>,
    /// How it is set.
    pub kind: Kind,
    /// The speaker's name, or the description of one who is not named.
    pub speaker: Option<String>,
    /// The speaker's role.
    pub role: Option<String>,
    /// The words that make it speech.
    pub cue: Option<String>,
    /// The rule that found the speaker.
    pub rule: String,
    /// How likely words and speaker are both right, 0 to 1.
    pub confidence: f32,
    /// What stands around it, white space folded, where that was asked for: the paragraph, or what is nearest of a long one.
    pub context: String,
    /// The day of publication.
    pub date: Option<PartialDate>,
    /// Where that was found.
    pub date_source: Option<DateSource>,
    /// The outlet.
    pub outlet: Option<String>,
    /// Who wrote the article, where that was asked for.
    pub byline: Option<String>,
    /// The section that it ran in, where that was asked for.
    pub section: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The file, with `!/entry` for an entry of a container.
    pub path: String,
    /// The article's language.
    pub lang: Option<String>,
    /// How well it matches (0 where the order is not by score).
    pub score: f32,
    /// The words that answer the question, as byte ranges into `quote`, where they were asked for.
    pub marks: Vec<(usize, usize)>,
    /// Why it is whose it is, where that was asked for.
    pub why: Option<Grounds>,
    /// What it stands for, where copies are put together.
    pub repeats: Option<Repeats>,
}

/// Copies for which one hit stands: of those that answer the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// The first of all copies in the index, those that do not answer the question among them.
    pub first: Id,
    /// How many there are, with the one that is shown.
    pub count: u64,
    /// In how many outlets that are known.
    pub outlets: u64,
}

/// A hit that may stand for copies of itself.
pub trait Stands {
    /// Tells it what it stands for; without copies, for itself.
    fn stand_for(&mut self, repeats: Option<Repeats>);
}

impl Repeats {
    fn none(id: Id, outlet: Option<&str>) -> Self {
        Self { first: id, count: 1, outlets: outlet.is_some().into() }
    }
}

impl Stands for QuoteHit {
    fn stand_for(&mut self, repeats: Option<Repeats>) {
        self.repeats = Some(repeats.unwrap_or_else(|| Repeats::none(self.id, self.outlet.as_deref())));
    }
}

impl Stands for ArticleHit {
    fn stand_for(&mut self, repeats: Option<Repeats>) {
        self.repeats = Some(repeats.unwrap_or_else(|| Repeats::none(self.id, self.outlet.as_deref())));
    }
}

#[cfg(test)]
impl QuoteHit {
    /// A quotation of which nothing is known, for tests that look at one thing of it.
    pub(crate) fn blank() -> Self {
        Self {
            id: Id(0),
            article: Id(0),
            quote: String::new(),
            spans: Vec::new(),
            kind: Kind::Direct,
            speaker: None,
            role: None,
            cue: None,
            rule: String::new(),
            confidence: 0.0,
            context: String::new(),
            date: None,
            date_source: None,
            outlet: None,
            byline: None,
            section: None,
            title: None,
            url: None,
            path: String::new(),
            lang: None,
            score: 0.0,
            marks: Vec::new(),
            why: None,
            repeats: None,
        }
    }
}

/// Why a quotation is whose it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Grounds {
    /// These were weighed.
    Weighed(Why),
    /// Its rule names the speaker without weighing anybody.
    Rule,
    /// Not known: this version of the program does not find this quotation in the article, or finds another speaker.
    Outdated,
}

/// One article that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleHit {
    /// Its id.
    pub id: Id,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// The day of publication.
    pub date: Option<PartialDate>,
    /// Where that was found.
    pub date_source: Option<DateSource>,
    /// The language.
    pub lang: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The file, with `!/entry` for an entry of a container.
    pub path: String,
    /// The speakers quoted, each once, in the order in which they first speak.
    pub speakers: Vec<String>,
    /// How many quotations it holds.
    pub quotes: u32,
    /// How many words it holds.
    pub words: u32,
    /// The text as indexed.
    pub text: String,
    /// The part of it, in bytes, that is the article itself.
    pub body: (u32, u32),
    /// The sentence that answers best, where that was asked for.
    pub snippet: Option<String>,
    /// The places in it, in bytes, of the words that answer.
    pub snippet_marks: Vec<(usize, usize)>,
    /// How well it matches (0 where the order is not by score).
    pub score: f32,
    /// The words of the headline that answer the question, as byte ranges, where they were asked for.
    pub marks: Vec<(usize, usize)>,
    /// What it stands for, where copies are put together.
    pub repeats: Option<Repeats>,
}

/// One person who is quoted, under all names that are known to be theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerHit {
    /// The name that is shown.
    pub name: String,
    /// The other names.
    pub aliases: Vec<String>,
    /// How many quotations.
    pub quotes: u64,
    /// The outlets with their numbers of quotations: most first, then A to Z.
    pub outlets: Vec<(String, u64)>,
    /// The years with theirs, in order; quotations without a day are in none.
    pub years: Vec<(i32, u64)>,
    /// The first day of publication.
    pub first: Option<Day>,
    /// The last one.
    pub last: Option<Day>,
    /// Roles, where they were asked for: those of the file of speakers, then those in articles, most frequent first.
    pub roles: Vec<RoleHit>,
    /// Who else is quoted in the same articles, and in how many, where that was asked for: most first, then A to Z.
    pub beside: Vec<(String, u64)>,
}

/// A role of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleHit {
    /// Its name.
    pub role: String,
    /// Since when: as the file of speakers says, or the first day that an article gives it.
    pub from: Option<PartialDate>,
    /// Until when, in the same way.
    pub to: Option<PartialDate>,
    /// How many quotations give it; `None` where the file of speakers does.
    pub quotes: Option<u64>,
}

/// Two speakers who may be one person, and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikenessHit {
    /// The name to keep, and its number of quotations.
    pub keep: (String, u64),
    /// The name to merge into it, and its number of quotations.
    pub merge: (String, u64),
    /// In what the names differ: `middle-name`, `nickname`, `initial`, `first-name-left-out`, `suffix`, `surname-only`.
    pub reason: &'static str,
    /// Roles that articles give both.
    pub roles: Vec<String>,
    /// Outlets that quote both.
    pub outlets: Vec<String>,
    /// The days in which both are quoted, from the first to the last.
    pub overlap: Option<(Day, Day)>,
    /// How many articles quote both, which speaks against it: an article seldom uses two names for one speaker.
    pub together: u64,
    /// Others whom the shorter name fits as well.
    pub others: Vec<String>,
}

/// How many there are of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountHit {
    /// The values that these have in common, one of each facet that was asked for; `None` where they have none.
    pub values: Vec<Option<String>>,
    /// How many quotations, or articles.
    pub count: u64,
    /// How many articles there are to compare with, where that was asked for.
    pub articles: Option<u64>,
}

/// What was said in a stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodHit {
    /// The year, month or day; of a date of which less is known, what is known; `None` where nothing is.
    pub period: Option<String>,
    /// How many quotations.
    pub count: u64,
    /// Who said most of them, with their numbers: most first, then A to Z.
    pub speakers: Vec<(String, u64)>,
    /// The earliest of them.
    pub quotes: Vec<QuoteHit>,
}

/// One match in a quotation, with the words before and behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct KwicHit<'a> {
    /// The quotation.
    pub quote: &'a QuoteHit,
    /// Where the match lies in its words, in bytes.
    pub span: (usize, usize),
}

impl KwicHit<'_> {
    /// What stands before the match, the match, and what stands behind it.
    pub fn parts(&self) -> (&str, &str, &str) {
        let (start, end) = self.span;
        let words = self.quote.quote.as_str();
        let part = |range: std::ops::Range<usize>| words.get(range).unwrap_or_default();
        (part(0..start), part(start..end), part(end..words.len()))
    }
}
