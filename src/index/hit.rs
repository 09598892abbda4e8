//! What a search answers with: plain data, whole, and free of the engine.

use crate::extract::Kind;
use crate::text::day::PartialDate;
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
    /// The sentence or sentences that the quotation stands in, white space folded.
    pub context: String,
    /// The day of publication.
    pub date: Option<PartialDate>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The file, with `!/entry` for an entry of a container.
    pub path: String,
    /// How well it matches (0 where the order is not by score).
    pub score: f32,
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
    /// How well it matches (0 where the order is not by score).
    pub score: f32,
}
