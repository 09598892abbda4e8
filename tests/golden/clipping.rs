//! A clipping: what is in an article, as a gold file states it or as the program found it.
//!
//! Both sides become this one form so that they can be compared. It does not know where either came from.

use onrecord::article::Article;
use onrecord::extract::date::{DateValue, Season, Stretch};
use onrecord::extract::{Extraction, Kind, Speaker};
use onrecord::text::day::PartialDate;
use onrecord::text::span::Span;

/// What an article says of itself, who says what in it, and of which days it speaks.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Clipping {
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) date: Option<String>,
    pub(super) quotes: Vec<Said>,
    pub(super) days: Vec<DayWords>,
}

/// A quotation.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    pub(super) kind: Kind,
    pub(super) speaker: Who,
    /// Roles of the speaker; in a gold file at most one, and none means any.
    pub(super) roles: Vec<String>,
    /// Its spans, folded.
    pub(super) words: Vec<String>,
    pub(super) mention: Mention,
}

/// Who said it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Who {
    Named(String),
    Described(String),
    Unknown,
}

/// The words that name the speaker nearest the quotation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mention {
    /// A gold file that does not care.
    Any,
    /// None are near.
    Nowhere,
    /// These.
    Words(String),
}

/// Words that mean a day, and the day they mean.
#[derive(Debug, PartialEq)]
pub(super) struct DayWords {
    pub(super) words: String,
    pub(super) value: String,
}

impl Clipping {
    /// Reads a gold file; an error names its line.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut clipping = Self::default();
        for (number, line) in text.lines().enumerate() {
            clipping.take(line.trim_end()).map_err(|why| format!("line {}: {why}: {line}", number + 1))?;
        }
        match clipping.quotes.iter().find(|said| said.words.is_empty()) {
            Some(said) => Err(format!("a quotation without words, by {:?}", said.speaker)),
            None => Ok(clipping),
        }
    }

    fn take(&mut self, line: &str) -> Result<(), &'static str> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if let Some(rest) = line.strip_prefix('[') {
            self.quotes.push(Said::parse(rest)?);
            return Ok(());
        }
        if let Some(words) = line.strip_prefix("> ") {
            self.quotes.last_mut().ok_or("words before any quotation")?.words.push(fold(words));
            return Ok(());
        }
        if let Some(rest) = line.strip_prefix("@ ") {
            let (words, value) = rest.rsplit_once(" ==> ").ok_or("a day without ==>")?;
            self.days.push(DayWords { words: fold(words), value: value.trim().to_owned() });
            return Ok(());
        }
        let (name, value) = line.split_once(": ").ok_or("not a line of the form")?;
        let value = (value != "none").then(|| fold(value));
        match name {
            "title" => self.title = value,
            "byline" => self.byline = value,
            "outlet" => self.outlet = value,
            "date" if value.as_deref().is_none_or(|date| PartialDate::parse(date).is_some()) => self.date = value,
            "date" => return Err("not a date"),
            "mention" => {
                let said = self.quotes.last_mut().ok_or("a mention before any quotation")?;
                said.mention = value.map_or(Mention::Nowhere, Mention::Words);
            }
            "cue" if self.quotes.is_empty() => return Err("a cue before any quotation"),
            "cue" => {}
            _ => return Err("not a line of the form"),
        }
        Ok(())
    }

    /// All words that are said to stand in the article's text: quotations, mentions, days.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let quotes = self.quotes.iter().flat_map(|said| {
            let mention = match &said.mention {
                Mention::Words(words) => Some(words),
                Mention::Any | Mention::Nowhere => None,
            };
            said.words.iter().chain(mention)
        });
        quotes.chain(self.days.iter().map(|day| &day.words)).map(String::as_str)
    }

    /// What the program found. A day in a dateline or outside the body is not one that the article speaks of.
    pub(super) fn of(article: &Article, extraction: &Extraction) -> Self {
        let words = |span: Span| fold(span.of(&article.text));
        let quotes = extraction.quotes.iter().map(|quote| {
            let (speaker, roles) = match &quote.attribution.speaker {
                Speaker::Named(index) => {
                    let person = extraction.people.get(*index).expect("a speaker is one of the article's people");
                    (Who::Named(person.name.clone()), person.roles.clone())
                }
                Speaker::Described(description) => (Who::Described(fold(description)), Vec::new()),
                Speaker::Unknown => (Who::Unknown, Vec::new()),
            };
            Said {
                kind: quote.kind,
                speaker,
                roles,
                words: quote.spans.iter().map(|&span| words(span)).collect(),
                mention: quote.attribution.mention.map_or(Mention::Nowhere, |span| Mention::Words(words(span))),
            }
        });
        let start = article.body.start() + dateline(article.body());
        let spoken = |span: Span| start <= span.start() && article.body.contains(span);
        let days = extraction.dates.iter().filter(|day| spoken(day.span));
        Self {
            title: article.headline().map(fold),
            byline: article.byline().map(fold),
            outlet: article.outlet.as_deref().map(fold),
            date: article.published.map(|date| date.to_string()),
            quotes: quotes.collect(),
            days: days.map(|day| DayWords { words: words(day.span), value: value(day.value) }).collect(),
        }
    }
}

impl Said {
    /// Reads what follows the `[`: `direct] Alden Kerry | harbour commissioner`.
    fn parse(rest: &str) -> Result<Self, &'static str> {
        let (kind, rest) = rest.split_once("] ").ok_or("a kind without ]")?;
        let kind = [Kind::Direct, Kind::Mixed, Kind::Indirect].into_iter().find(|known| known.name() == kind);
        let (name, role) = match rest.split_once(" | ") {
            Some((name, role)) => (name, Some(fold(role))),
            None => (rest, None),
        };
        let described = name.strip_prefix('(').and_then(|name| name.strip_suffix(')'));
        let speaker = match (name, described) {
            ("?", _) => Who::Unknown,
            (_, Some(description)) => Who::Described(fold(description)),
            (name, None) => Who::Named(fold(name)),
        };
        let kind = kind.ok_or("not a kind")?;
        Ok(Self { kind, speaker, roles: role.into_iter().collect(), words: Vec::new(), mention: Mention::Any })
    }
}

/// The same words with single spaces, and without a comma that ends them.
pub(super) fn fold(words: &str) -> String {
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.strip_suffix(',').unwrap_or(&folded).to_owned()
}

/// Where a dateline at the head of a body ends: at the first dash that stands alone after a town in capitals.
fn dateline(body: &str) -> usize {
    let town = body.split([',', ' ']).next().unwrap_or_default();
    let capitals = town.chars().count() > 2 && town.chars().all(char::is_uppercase);
    let dash = [" - ", " -- ", " – ", " — "].iter().filter_map(|dash| body.find(dash)).min();
    dash.filter(|&at| capitals && at < 120).unwrap_or(0)
}

/// A day's value as gold files write it.
fn value(value: DateValue) -> String {
    match value {
        DateValue::At(at) => stretch(at),
        DateValue::Range(from, to) => format!("{}..{}", stretch(from), stretch(to)),
        DateValue::Unresolved => "?".to_owned(),
    }
}

fn stretch(stretch: Stretch) -> String {
    match stretch {
        Stretch::Day(day) => day.to_string(),
        Stretch::Week(year, week) => format!("{year:04}-W{week:02}"),
        Stretch::Month(year, month) => format!("{year:04}-{month:02}"),
        Stretch::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
        Stretch::Season(year, Season::Spring) => format!("{year:04}-SP"),
        Stretch::Season(year, Season::Summer) => format!("{year:04}-SU"),
        Stretch::Season(year, Season::Autumn) => format!("{year:04}-FA"),
        Stretch::Season(year, Season::Winter) => format!("{year:04}-WI"),
        Stretch::Year(year) => format!("{year:04}"),
        Stretch::Decade(decade) => format!("{decade:03}"),
    }
}

#[test]
fn a_gold_file_is_read_whole() {
    let text = "# a remark\ntitle: A: B\nbyline: none\ndate: 2014-02\n\n[direct] Ana Roe | mayor\n> One,\n> two  three.\n\
                mention: she\ncue: said\n\n[mixed] (clerk)\n> four\nmention: none\n[indirect] ?\n> five\n\n@ in a ==> b ==> ?\n";
    let said = |kind, speaker, roles: &[&str], words: &[&str], mention| Said {
        kind,
        speaker,
        roles: roles.iter().map(|&role| role.to_owned()).collect(),
        words: words.iter().map(|&words| words.to_owned()).collect(),
        mention,
    };
    let gold = Clipping {
        title: Some("A: B".to_owned()),
        byline: None,
        outlet: None,
        date: Some("2014-02".to_owned()),
        quotes: vec![
            said(
                Kind::Direct,
                Who::Named("Ana Roe".into()),
                &["mayor"],
                &["One", "two three."],
                Mention::Words("she".into()),
            ),
            said(Kind::Mixed, Who::Described("clerk".into()), &[], &["four"], Mention::Nowhere),
            said(Kind::Indirect, Who::Unknown, &[], &["five"], Mention::Any),
        ],
        days: vec![DayWords { words: "in a ==> b".into(), value: "?".into() }],
    };
    assert_eq!(Clipping::parse(text), Ok(gold));
}

#[test]
fn a_dateline_ends_at_its_dash() {
    let check = |body: &str, after: &str| assert_eq!(body.get(dateline(body)..), Some(after), "{body}");
    check("PORT ELLERY, Sept 18, 2012 (Harbour Post) - On Friday", " - On Friday");
    check("TOLLAND, Dec. 5 — The trustees", " — The trustees");
    check("Port Ellery on Friday - a Friday - sang", "Port Ellery on Friday - a Friday - sang");
    check("NORTHGATE won on Friday", "NORTHGATE won on Friday");
}

#[test]
fn a_gold_file_with_a_slip_is_refused_by_its_line() {
    let refused = |text: &str, why: &str| {
        let error = Clipping::parse(text).expect_err(text);
        assert!(error.contains(why), "{text:?}: {error}");
    };
    refused("title: A\nnonsense", "line 2: not a line of the form");
    refused("headline: A", "line 1: not a line of the form");
    refused("> words", "line 1: words before any quotation");
    refused("mention: he", "line 1: a mention before");
    refused("cue: said", "line 1: a cue before");
    refused("[spoken] Ana Roe\n> a", "line 1: not a kind");
    refused("[direct Ana Roe\n> a", "line 1: a kind without ]");
    refused("date: 2014-2", "line 1: not a date");
    refused("@ on Friday", "line 1: a day without ==>");
    refused("[direct] Ana Roe\nmention: he", "a quotation without words");
}
