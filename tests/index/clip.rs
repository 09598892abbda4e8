//! Clippings made by hand, questions made by hand, and a folder to index them in.

use std::path::Path;

use onrecord::article::{Article, Part, Source};
use onrecord::extract::date::{DateMention, DateValue};
use onrecord::extract::{Attribution, Extraction, Kind, Person, Quote, Speaker};
use onrecord::index::{Answer, Ask, Notes, Reader, Record, Writer, WriterOptions};
use onrecord::query::ast::{Field, KindValue, Node, Query, Shares, Value, When};
use onrecord::text::day::{Day, PartialDate};
use onrecord::text::span::Span;
use tempfile::TempDir;

/// An article, and what was found in it.
#[derive(Clone, Debug)]
pub(crate) struct Clip {
    pub(crate) article: Article,
    pub(crate) extraction: Extraction,
}

/// An article of this text at this path.
pub(crate) fn clip(path: &str, text: &str) -> Clip {
    Clip { article: Article::from_text(Source::file(path), text), extraction: Extraction::default() }
}

impl Clip {
    pub(crate) fn title(mut self, title: &str) -> Self {
        self.article.headline = Some(Part::Beside(title.to_owned()));
        self
    }

    pub(crate) fn byline(mut self, byline: &str) -> Self {
        self.article.byline = Some(Part::Beside(byline.to_owned()));
        self
    }

    pub(crate) fn outlet(mut self, outlet: &str) -> Self {
        self.article.outlet = Some(outlet.to_owned());
        self
    }

    pub(crate) fn on(mut self, date: &str) -> Self {
        self.article.published = PartialDate::parse(date);
        self
    }

    /// Somebody with a name said these words, which stand in the text; several of them are one split quotation.
    pub(crate) fn says(self, name: &str, words: &[&str]) -> Self {
        self.quote(Kind::Direct, Some(name), "", words)
    }

    pub(crate) fn quote(mut self, kind: Kind, name: Option<&str>, role: &str, words: &[&str]) -> Self {
        let text = self.article.text.clone();
        let span = |words: &&str| {
            let start = text.find(words).expect("the words stand in the text");
            Span::new(&text, start, start + words.len()).expect("a span of whole characters")
        };
        let people = &mut self.extraction.people;
        let speaker = match name.map(|name| (name, name.strip_prefix("a "))) {
            None => Speaker::Unknown,
            Some((_, Some(description))) => Speaker::Described(description.to_owned()),
            Some((name, None)) => {
                people.push(Person { name: name.to_owned(), roles: vec![role.to_owned()], mentions: Vec::new() });
                Speaker::Named(people.len() - 1)
            }
        };
        let attribution = Attribution { speaker, mention: None, cue: None, rule: "by hand", confidence: 0.5 };
        self.extraction.quotes.push(Quote { spans: words.iter().map(span).collect(), kind, attribution });
        self
    }

    /// How sure it is of the last quotation.
    pub(crate) fn sure(mut self, confidence: f32) -> Self {
        self.extraction.quotes.last_mut().expect("a quotation").attribution.confidence = confidence;
        self
    }

    pub(crate) fn speaks_of(mut self, value: DateValue) -> Self {
        let span = Span::whole("");
        self.extraction.dates.push(DateMention { span, value, rule: "by hand" });
        self
    }

    pub(crate) fn record(&self) -> Record {
        Record::new(&self.article, &self.extraction, &onrecord::index::Spellers::default())
    }
}

/// An index of clippings in a folder of its own.
pub(crate) struct Archive {
    pub(crate) folder: TempDir,
}

impl Archive {
    /// A folder without an index; in memory where the system has such a place, since each publication waits for the disk.
    pub(crate) fn empty() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        Self { folder: folder.expect("a folder") }
    }

    pub(crate) fn of(clips: &[Clip]) -> Self {
        let archive = Self::empty();
        archive.put(clips);
        archive
    }

    /// Puts and publishes, as one run of `index` does.
    pub(crate) fn put(&self, clips: &[Clip]) {
        let mut writer = self.writer();
        for clip in clips {
            writer.put(clip.record()).expect("a record is taken");
        }
        writer.publish(&Notes::default()).expect("a generation is published");
    }

    pub(crate) fn writer(&self) -> Writer {
        Writer::open(self.folder.path(), &options()).expect("a writer")
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::open(self.folder.path()).expect("a reader")
    }

    /// The words of the quotations found, in order.
    pub(crate) fn quotes(&self, query: &Query) -> Vec<String> {
        let answer = self.reader().quotes(Some(query), &ask()).expect("an answer");
        counted(&answer);
        answer.hits.into_iter().map(|hit| hit.quote).collect()
    }

    /// The paths of the articles found, in order.
    pub(crate) fn articles(&self, query: &Query) -> Vec<String> {
        let answer = self.reader().articles(Some(query), &ask()).expect("an answer");
        counted(&answer);
        answer.hits.into_iter().map(|hit| hit.path).collect()
    }
}

fn counted<H>(answer: &Answer<H>) {
    assert_eq!(answer.total, Some(answer.hits.len() as u64), "all hits are counted");
}

pub(crate) fn options() -> WriterOptions {
    WriterOptions { memory: 1, rebuild: false, seed: "a test".to_owned(), ..WriterOptions::default() }
}

/// All hits, newest first, counted; today is 2014-03-20, a Thursday.
pub(crate) fn ask() -> Ask {
    Ask { limit: 1000, count: true, ..Ask::new(today()) }
}

pub(crate) fn today() -> Day {
    day("2014-03-20")
}

pub(crate) fn day(text: &str) -> Day {
    match PartialDate::parse(text) {
        Some(PartialDate::Day(day)) => day,
        other => panic!("{text} is no day but {other:?}"),
    }
}

pub(crate) fn at(text: &str) -> When {
    When::At(PartialDate::parse(text).expect("a date"))
}

fn query(node: Node) -> Query {
    Query { node, span: Span::whole("") }
}

pub(crate) fn and(parts: impl IntoIterator<Item = Query>) -> Query {
    query(Node::And(parts.into_iter().collect()))
}

pub(crate) fn or(parts: impl IntoIterator<Item = Query>) -> Query {
    query(Node::Or(parts.into_iter().collect()))
}

pub(crate) fn not(part: Query) -> Query {
    query(Node::Not(Box::new(part)))
}

/// A word of the default field.
pub(crate) fn word(text: &str) -> Query {
    query(Node::Leaf(None, Value::Word(text.to_owned())))
}

pub(crate) fn phrase(text: &str) -> Query {
    query(Node::Leaf(None, Value::Phrase(text.to_owned())))
}

pub(crate) fn field(field: Field, text: &str) -> Query {
    query(Node::Leaf(Some(field), Value::Word(text.to_owned())))
}

pub(crate) fn field_phrase(field: Field, text: &str) -> Query {
    query(Node::Leaf(Some(field), Value::Phrase(text.to_owned())))
}

pub(crate) fn exact(field: Field, text: &str) -> Query {
    query(Node::Leaf(Some(field), Value::Exact(text.to_owned())))
}

pub(crate) fn speaker(text: &str) -> Query {
    field(Field::Speaker, text)
}

pub(crate) fn kind(kind: KindValue) -> Query {
    query(Node::Leaf(Some(Field::Kind), Value::Kind(kind)))
}

pub(crate) fn days(field: Field, from: Option<When>, to: Option<When>) -> Query {
    query(Node::Leaf(Some(field), Value::Days { from, to }))
}

pub(crate) fn conf(shares: Shares) -> Query {
    query(Node::Leaf(Some(Field::Conf), Value::Shares(shares)))
}

/// One date, both ends of a range.
pub(crate) fn date(field: Field, text: &str) -> Query {
    days(field, Some(at(text)), Some(at(text)))
}
