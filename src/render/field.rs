//! The fields of a quotation and of an article, by the names that `--fields` takes.
//!
//! One list for JSON and TSV alike, so that a field has the same name and meaning in both. The names and
//! their order are a promise to scripts: fields are only added.

use crate::article::DateSource;
use crate::index::hit::{ArticleHit, QuoteHit};

use super::cell::Cell;

/// A set of fields of one sort of hit.
pub trait Fields: Copy + PartialEq + 'static {
    /// What they are fields of.
    type Hit;
    /// The name and version of its JSON line.
    const SCHEMA: &'static str;
    /// Every field with its name.
    const NAMED: &'static [(&'static str, Self)];
    /// The fields of a JSON line when none are asked for.
    const LINE: &'static [Self];
    /// The columns of TSV when none are asked for.
    const COLUMNS: &'static [Self];

    /// The field's value in `hit`.
    fn of(self, hit: &Self::Hit) -> Cell<'_>;

    /// The field's name.
    fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    /// The field of that name.
    fn named(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    }
}

/// A number to three decimals: what lies behind them says nothing.
pub(super) fn thousandths(number: f32) -> f32 {
    (number * 1000.0).round() / 1000.0
}

/// A field of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of `QuoteHit` of that name, or of its `repeats`")]
pub enum QuoteField {
    Id,
    Quote,
    Spans,
    Kind,
    Speaker,
    Role,
    Cue,
    Rule,
    Confidence,
    Context,
    Date,
    DateSource,
    Outlet,
    Byline,
    Section,
    Lang,
    Title,
    Url,
    Path,
    Article,
    Score,
    Marks,
    Why,
    First,
    Copies,
    Outlets,
}

impl Fields for QuoteField {
    type Hit = QuoteHit;
    const SCHEMA: &'static str = "onrecord.quote/1";
    const NAMED: &'static [(&'static str, Self)] = &[
        ("id", Self::Id),
        ("quote", Self::Quote),
        ("spans", Self::Spans),
        ("kind", Self::Kind),
        ("speaker", Self::Speaker),
        ("role", Self::Role),
        ("cue", Self::Cue),
        ("rule", Self::Rule),
        ("confidence", Self::Confidence),
        ("context", Self::Context),
        ("date", Self::Date),
        ("date_source", Self::DateSource),
        ("outlet", Self::Outlet),
        ("byline", Self::Byline),
        ("section", Self::Section),
        ("lang", Self::Lang),
        ("title", Self::Title),
        ("url", Self::Url),
        ("path", Self::Path),
        ("article", Self::Article),
        ("score", Self::Score),
        ("marks", Self::Marks),
        ("why", Self::Why),
        ("first", Self::First),
        ("copies", Self::Copies),
        ("outlets", Self::Outlets),
    ];
    const LINE: &'static [Self] = &[
        Self::Id,
        Self::Quote,
        Self::Spans,
        Self::Kind,
        Self::Speaker,
        Self::Role,
        Self::Cue,
        Self::Confidence,
        Self::Date,
        Self::Outlet,
        Self::Title,
        Self::Url,
        Self::Path,
        Self::Article,
    ];
    const COLUMNS: &'static [Self] = &[Self::Id, Self::Date, Self::Outlet, Self::Speaker, Self::Quote, Self::Path];

    fn of(self, hit: &QuoteHit) -> Cell<'_> {
        match self {
            Self::Id => Cell::shown(hit.id),
            Self::Quote => Cell::text(&hit.quote),
            Self::Spans => Cell::Spans(&hit.spans),
            Self::Kind => Cell::text(hit.kind.name()),
            Self::Speaker => Cell::maybe(hit.speaker.as_deref()),
            Self::Role => Cell::maybe(hit.role.as_deref()),
            Self::Cue => Cell::maybe(hit.cue.as_deref()),
            Self::Rule => Cell::text(&hit.rule),
            Self::Confidence => Cell::Number(thousandths(hit.confidence)),
            Self::Context => Cell::text(&hit.context),
            Self::Date => hit.date.map_or(Cell::Absent, Cell::shown),
            Self::DateSource => Cell::maybe(hit.date_source.map(DateSource::name)),
            Self::Outlet => Cell::maybe(hit.outlet.as_deref()),
            Self::Byline => Cell::maybe(hit.byline.as_deref()),
            Self::Section => Cell::maybe(hit.section.as_deref()),
            Self::Lang => Cell::maybe(hit.lang.as_deref()),
            Self::Title => Cell::maybe(hit.title.as_deref()),
            Self::Url => Cell::maybe(hit.url.as_deref()),
            Self::Path => Cell::text(&hit.path),
            Self::Article => Cell::shown(hit.article),
            Self::Score => Cell::Number(thousandths(hit.score)),
            Self::Marks => Cell::Marks(&hit.marks),
            Self::Why => Cell::Why(hit),
            Self::First => hit.repeats.map_or(Cell::Absent, |repeats| Cell::shown(repeats.first)),
            Self::Copies => hit.repeats.map_or(Cell::Absent, |repeats| Cell::Count(repeats.count)),
            Self::Outlets => hit.repeats.map_or(Cell::Absent, |repeats| Cell::Count(repeats.outlets)),
        }
    }
}

/// A field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each is the field of `ArticleHit` of that name, or of its `repeats`; `TitleMarks` is its `marks`"
)]
pub enum ArticleField {
    Id,
    Title,
    Byline,
    Outlet,
    Section,
    Date,
    DateSource,
    Lang,
    Url,
    Path,
    Speakers,
    Quotes,
    Words,
    Text,
    Snippet,
    Score,
    First,
    Copies,
    Outlets,
    TitleMarks,
    SnippetMarks,
}

impl Fields for ArticleField {
    type Hit = ArticleHit;
    const SCHEMA: &'static str = "onrecord.article/1";
    const NAMED: &'static [(&'static str, Self)] = &[
        ("id", Self::Id),
        ("title", Self::Title),
        ("byline", Self::Byline),
        ("outlet", Self::Outlet),
        ("section", Self::Section),
        ("date", Self::Date),
        ("date_source", Self::DateSource),
        ("lang", Self::Lang),
        ("url", Self::Url),
        ("path", Self::Path),
        ("speakers", Self::Speakers),
        ("quotes", Self::Quotes),
        ("words", Self::Words),
        ("text", Self::Text),
        ("snippet", Self::Snippet),
        ("score", Self::Score),
        ("first", Self::First),
        ("copies", Self::Copies),
        ("outlets", Self::Outlets),
        ("title_marks", Self::TitleMarks),
        ("snippet_marks", Self::SnippetMarks),
    ];
    const LINE: &'static [Self] = &[
        Self::Id,
        Self::Title,
        Self::Byline,
        Self::Outlet,
        Self::Section,
        Self::Date,
        Self::DateSource,
        Self::Lang,
        Self::Url,
        Self::Path,
        Self::Speakers,
        Self::Quotes,
        Self::Words,
    ];
    const COLUMNS: &'static [Self] = &[Self::Id, Self::Date, Self::Outlet, Self::Byline, Self::Title, Self::Path];

    fn of(self, hit: &ArticleHit) -> Cell<'_> {
        match self {
            Self::Id => Cell::shown(hit.id),
            Self::Title => Cell::maybe(hit.title.as_deref()),
            Self::Byline => Cell::maybe(hit.byline.as_deref()),
            Self::Outlet => Cell::maybe(hit.outlet.as_deref()),
            Self::Section => Cell::maybe(hit.section.as_deref()),
            Self::Date => hit.date.map_or(Cell::Absent, Cell::shown),
            Self::DateSource => Cell::maybe(hit.date_source.map(DateSource::name)),
            Self::Lang => Cell::maybe(hit.lang.as_deref()),
            Self::Url => Cell::maybe(hit.url.as_deref()),
            Self::Path => Cell::text(&hit.path),
            Self::Speakers => Cell::List(&hit.speakers),
            Self::Quotes => Cell::Count(u64::from(hit.quotes)),
            Self::Words => Cell::Count(u64::from(hit.words)),
            Self::Text => Cell::text(&hit.text),
            Self::Snippet => Cell::maybe(hit.snippet.as_deref()),
            Self::Score => Cell::Number(thousandths(hit.score)),
            Self::First => hit.repeats.map_or(Cell::Absent, |repeats| Cell::shown(repeats.first)),
            Self::Copies => hit.repeats.map_or(Cell::Absent, |repeats| Cell::Count(repeats.count)),
            Self::Outlets => hit.repeats.map_or(Cell::Absent, |repeats| Cell::Count(repeats.outlets)),
            Self::TitleMarks => Cell::Marks(&hit.marks),
            Self::SnippetMarks => Cell::Marks(&hit.snippet_marks),
        }
    }
}
