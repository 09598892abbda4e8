//! What is fuzzed: plain functions over bytes, one for each way in which bytes from elsewhere reach the program. Whatever the
//! bytes are, a function comes back soon, and what it found is sound; where not, it panics, which is the finding.
//!
//! Who runs them, the mutation test of the suite, the command (`main.rs`) or a fuzzer that knows coverage (`glue`), is not known here.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, Cursor, Read};
use std::ops::ControlFlow;
use std::path::Path;

use onrecord::archive::container::{Hint, Inside, Limits, is_zip, visit, visit_zip};
use onrecord::archive::manifest::Rows;
use onrecord::archive::saved::{Form, Param};
use onrecord::archive::speakers::Speakers;
use onrecord::archive::speakers::edit::{alias, merge, split};
use onrecord::archive::{PathPattern, name};
use onrecord::article::{Article, Format, Part, ReadOptions, Reading, Source, read};
use onrecord::extract::{self, Extraction, Speaker, date};
use onrecord::index::Record;
use onrecord::query;
use onrecord::query::ast::{Node, Query};
use onrecord::query::fill::fill;
use onrecord::query::report::report;
use onrecord::text::day::{Day, PartialDate};
use onrecord::text::problem::Place;
use onrecord::text::span::Span;
use onrecord::text::zone::Zone;

/// A way in.
pub(crate) struct Target {
    /// Its name, as the command takes it.
    pub(crate) name: &'static str,
    /// What is run.
    pub(crate) run: fn(&[u8]) -> Seen,
}

/// All of them: the readers by the names of their formats, then the rest.
pub(crate) const TARGETS: [Target; 28] = [
    Target { name: "txt", run: |bytes| reader(Format::Text, bytes) },
    Target { name: "md", run: |bytes| reader(Format::Markdown, bytes) },
    Target { name: "html", run: |bytes| reader(Format::Html, bytes) },
    Target { name: "json", run: |bytes| reader(Format::Json, bytes) },
    Target { name: "jsonl", run: |bytes| reader(Format::JsonLines, bytes) },
    Target { name: "csv", run: |bytes| reader(Format::Table, bytes) },
    Target { name: "nitf", run: |bytes| reader(Format::Nitf, bytes) },
    Target { name: "newsml-g2", run: |bytes| reader(Format::NewsMlG2, bytes) },
    Target { name: "newsml", run: |bytes| reader(Format::NewsMl, bytes) },
    Target { name: "ninjs", run: |bytes| reader(Format::Ninjs, bytes) },
    Target { name: "feed", run: |bytes| reader(Format::Feed, bytes) },
    Target { name: "jsonfeed", run: |bytes| reader(Format::JsonFeed, bytes) },
    Target { name: "reuters", run: |bytes| reader(Format::Reuters, bytes) },
    Target { name: "eml", run: |bytes| reader(Format::Mail, bytes) },
    Target { name: "mbox", run: |bytes| reader(Format::Mailbox, bytes) },
    Target { name: "alto", run: |bytes| reader(Format::Alto, bytes) },
    Target { name: "mets", run: |bytes| reader(Format::Mets, bytes) },
    Target { name: "hocr", run: |bytes| reader(Format::Hocr, bytes) },
    Target { name: "any", run: detected },
    Target { name: "charset", run: charset },
    Target { name: "container", run: container },
    Target { name: "manifest", run: manifest },
    Target { name: "speakers", run: speakers },
    Target { name: "pattern", run: pattern },
    Target { name: "extract", run: extraction },
    Target { name: "dates", run: dates },
    Target { name: "query", run: parsed },
    Target { name: "saved", run: saved },
];

/// What an input came to, in features that say where in the program it led: an input that shows a new one is worth changing further.
#[derive(Default)]
pub(crate) struct Seen(pub(crate) Vec<u64>);

impl Seen {
    /// Something that was met.
    fn saw(&mut self, what: impl Hash) {
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        self.0.push(hasher.finish());
    }

    /// How many there were of something, roughly.
    fn count(&mut self, what: &str, count: usize) {
        self.saw((what, count.checked_ilog2()));
    }

    /// What was said, but for its numbers and names.
    fn said(&mut self, what: &str, said: &str) {
        let letters: String = said.chars().filter(|ch| ch.is_ascii_lowercase() || *ch == ' ').take(40).collect();
        self.saw((what, letters));
    }
}

/// The first byte and the rest: what chooses between ways, and what goes there.
fn choose(bytes: &[u8]) -> (usize, &[u8]) {
    bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest))
}

fn reader(format: Format, bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
    articles(Source::file("a"), Box::new(Cursor::new(bytes)), &options, &mut seen);
    seen
}

/// A file of which nothing is known but a name.
fn detected(bytes: &[u8]) -> Seen {
    const NAMES: [&str; 12] =
        ["a", "a.txt", "a.xml", "a.json", "a.jsonl", "a.csv", "a.html", "a.md", "a.eml", "a.mbox", "a.tsv.gz", "a.py"];
    let (choice, bytes) = choose(bytes);
    let mut seen = Seen::default();
    let options = ReadOptions {
        published: PartialDate::parse("2014-03"),
        zone: Zone::parse("Europe/Oslo"),
        outlet: Some("Harbour Post".to_owned()),
        largest: Some(4096),
        ..ReadOptions::default()
    };
    articles(Source::file(NAMES[choice % NAMES.len()]), Box::new(Cursor::new(bytes)), &options, &mut seen);
    seen
}

fn charset(bytes: &[u8]) -> Seen {
    const LABELS: [Option<&str>; 12] = [
        None,
        Some("utf-8"),
        Some("windows-1252"),
        Some("iso-8859-1"),
        Some("shift_jis"),
        Some("gb18030"),
        Some("iso-2022-jp"),
        Some("utf-16le"),
        Some("utf-16be"),
        Some("x-user-defined"),
        Some("replacement"),
        Some("no such charset"),
    ];
    let (choice, bytes) = choose(bytes);
    let mut seen = Seen::default();
    let format = if choice & 64 == 0 { Format::Text } else { Format::Html };
    let charset = LABELS[choice % LABELS.len()].map(str::to_owned);
    let options = ReadOptions { format: Some(format), charset, ..ReadOptions::default() };
    articles(Source::file("a"), Box::new(Cursor::new(bytes)), &options, &mut seen);
    seen
}

/// Reads all articles, and checks what each says of itself.
fn articles(place: Source, input: Box<dyn BufRead + '_>, options: &ReadOptions, seen: &mut Seen) {
    let mut count = 0;
    for reading in read(place, input, options) {
        count += 1;
        let problems = match reading {
            Reading::Skipped(problem) => {
                seen.said("skipped", &problem.message);
                vec![problem]
            }
            Reading::Article(article, problems) => {
                sound(&article);
                let Article { headline, byline, outlet, published, date_source, lang, url, .. } = &*article;
                let place = |part: &Option<Part>| part.as_ref().map(|part| matches!(part, Part::Here(_)));
                seen.saw((place(headline), place(byline), outlet.is_some(), lang.is_some(), url.is_some()));
                seen.saw((published.is_some(), date_source));
                seen.count("body", article.body.len());
                seen.count("paragraphs", article.body().matches("\n\n").count());
                for problem in &problems {
                    seen.said("problem", &problem.message);
                }
                problems
            }
        };
        for problem in problems {
            assert!(problem.to_string().len() < 4096, "a message of {} bytes", problem.to_string().len());
        }
    }
    assert!(count > 0, "neither an article nor a reason for there being none");
    seen.count("readings", count);
}

fn sound(article: &Article) {
    let within = |span: Span| {
        assert!(article.text.get(span.start()..span.end()).is_some(), "{span:?} of {} bytes", article.text.len());
    };
    within(article.body);
    for part in [&article.headline, &article.byline].into_iter().flatten() {
        if let Part::Here(span) = part {
            within(*span);
        }
    }
}

/// A file that may hold others, each of which is read in turn.
fn container(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let mut left = 200;
    let mut each = |thing: Inside<'_>| {
        match thing {
            Inside::Passed(name, why) => {
                seen.saw(name.is_some());
                seen.said("passed", &why.message);
            }
            Inside::File(entry, hint, mut bytes) => {
                let Hint { format, charset, url } = hint;
                seen.saw((format, charset.is_some(), url.is_some(), entry.map(|name| name.matches("!/").count())));
                assert!(!entry.is_some_and(|name| name.contains('\0')), "a name that no system has");
                // As much as shows how it goes on: bombs have tests of their own.
                let mut head = Vec::new();
                if let Err(error) = bytes.by_ref().take(64 << 10).read_to_end(&mut head) {
                    seen.said("broken", &error.to_string());
                }
                seen.count("entry", head.len());
                let options = ReadOptions { format, charset, url, largest: Some(64 << 10), ..ReadOptions::default() };
                let place = Source { entry: entry.map(str::to_owned), ..Source::file("a") };
                articles(place, Box::new(Cursor::new(head)), &options, &mut seen);
            }
        }
        left -= 1;
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let (size, limits) = (bytes.len() as u64, Limits { ratio: 10, ..Limits::default() });
    let _ = match is_zip(bytes) {
        true => visit_zip(Cursor::new(bytes), size, &limits, &mut each),
        false => visit(bytes, size, &limits, &mut each),
    };
    seen
}

fn manifest(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    // As it lies there, and what would be read of it were it whole.
    let packed = zstd::encode_all(bytes, 1).expect("memory");
    for bytes in [bytes.to_vec(), packed] {
        let all = Rows::open(Cursor::new(bytes)).and_then(|mut rows| {
            let mut count = 0;
            while let Some(row) = rows.row()? {
                count += 1;
                seen.saw((row.partial, row.again, row.entries > 0, !row.skipped.is_empty()));
                while rows.entry()?.is_some() {
                    count += 1;
                }
            }
            Ok(count)
        });
        match all {
            Ok(count) => seen.count("rows", count),
            Err(damage) => seen.said("damage", &damage.to_string()),
        }
    }
    seen
}

/// The file that says who is who, and what the commands would make of it.
fn speakers(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let Ok(text) = std::str::from_utf8(bytes) else { return seen };
    match Speakers::parse(text) {
        Err(problem) => seen.said("problem", &problem.message),
        Ok(speakers) => {
            seen.count("people", speakers.people().len());
            let first: Vec<String> = speakers
                .people()
                .iter()
                .filter_map(|person| person.names().next())
                .map(str::to_owned)
                .take(2)
                .collect();
            let with = |more: &str| first.iter().cloned().chain([more.to_owned()]).collect::<Vec<_>>();
            let edits = [
                merge(text, &speakers, &with("Ada Holt")),
                split(text, &speakers, &with("Ada Holt")),
                alias(text, &speakers, first.first().map_or("Ada Holt", String::as_str), "Mayor Holt"),
            ];
            for (number, edit) in edits.into_iter().enumerate() {
                seen.saw((number, edit.is_ok()));
                if let Ok(text) = edit {
                    assert!(Speakers::parse(&text).is_ok(), "edit {number} gives a file that cannot be read:\n{text}");
                }
            }
        }
    }
    seen
}

/// Where a day stands in a path, and names as systems give them.
fn pattern(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let printed = name::printable(bytes);
    assert_eq!(name::bytes(&printed), bytes, "a name comes back as it was");
    let text = String::from_utf8_lossy(bytes);
    let (pattern, path) = text.split_once('\n').unwrap_or((&text, "2014/03/01/a-story.txt"));
    match PathPattern::parse(pattern) {
        Err(problem) => seen.said("problem", &problem.message),
        Ok(pattern) => {
            let path = Path::new(path);
            seen.saw((pattern.date(path).is_some(), pattern.outlet(path).is_some()));
        }
    }
    seen
}

fn extraction(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let text = String::from_utf8_lossy(bytes);
    let mut article = Article::from_text(Source::file("a"), text.into_owned());
    article.published = PartialDate::parse("2014-03-05");
    let found = extract::extract(&article);
    let text = &article.text;
    let mut before = 0;
    for quote in &found.quotes {
        assert!(!quote.spans.is_empty(), "a quotation without words");
        seen.saw((quote.kind, quote.attribution.rule, quote.attribution.mention.is_some(), quote.spans.len().min(3)));
        let spans = &quote.spans;
        spans.iter().for_each(|span| inside(text, *span));
        assert!(spans.windows(2).all(|two| two[0].end() <= two[1].start()), "{spans:?} out of order");
        let first = spans.first().map_or(0, |span| span.start());
        assert!(before <= first, "quotations come in order");
        before = first;
        quote.attribution.mention.iter().chain(&quote.attribution.cue).for_each(|span| inside(text, *span));
        assert!((0.0..=1.0).contains(&quote.attribution.confidence), "{}", quote.attribution.confidence);
        match &quote.attribution.speaker {
            Speaker::Named(number) => assert!(*number < found.people.len(), "a speaker who is not there"),
            Speaker::Described(words) => assert!(!words.trim().is_empty(), "a description without words"),
            Speaker::Unknown => {}
        }
    }
    for person in &found.people {
        seen.saw((person.roles.len().min(3), person.mentions.len().min(3)));
        assert!(!person.name.trim().is_empty(), "a person without a name");
        assert!(person.mentions.windows(2).all(|two| two[0] < two[1]), "{:?}", person.mentions);
        person.mentions.iter().for_each(|span| inside(text, *span));
    }
    check_dates(text, &found.dates, &mut seen);
    let (again, whys) = extract::explain(&article);
    assert_eq!(whys.len(), again.quotes.len(), "a reason for each quotation");
    assert_eq!(
        Record::new(&article, &found, &onrecord::index::Spellers::default()).quotes(),
        found.quotes.len(),
        "a record of each quotation"
    );
    assert_eq!(shape(&found), shape(&again), "the same twice");
    seen
}

fn inside(text: &str, span: Span) {
    assert!(!span.is_empty() && text.get(span.start()..span.end()).is_some(), "{span:?} of {} bytes", text.len());
}

/// An extraction as it can be compared.
fn shape(found: &Extraction) -> String {
    format!("{found:?}")
}

fn dates(bytes: &[u8]) -> Seen {
    const PUBLISHED: [Option<&str>; 6] =
        [None, Some("2014-03-05"), Some("2014-03"), Some("1600"), Some("2262-04-11"), Some("2012-02-29")];
    let (choice, bytes) = choose(bytes);
    let mut seen = Seen::default();
    let text = String::from_utf8_lossy(bytes);
    let published = PUBLISHED[choice % PUBLISHED.len()].and_then(PartialDate::parse);
    for language in [date::Language::English, date::Language::German, date::Language::Other] {
        check_dates(&text, &date::find(&text, published, language), &mut seen);
    }
    seen
}

fn check_dates(text: &str, mentions: &[date::DateMention], seen: &mut Seen) {
    for mention in mentions {
        inside(text, mention.span);
        seen.saw((mention.rule, mention.value.grain()));
        if let Some((from, to)) = mention.value.days() {
            assert!(from <= to, "{:?} ends before it begins: {:?}", mention.span.of(text), mention.value);
        }
    }
    let starts: Vec<usize> = mentions.iter().map(|mention| mention.span.start()).collect();
    assert!(starts.is_sorted(), "days come in order");
}

fn parsed(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let text = String::from_utf8_lossy(bytes);
    let today = Day::new(2014, 3, 5).expect("a day");
    match query::parse(&text) {
        Ok(tree) => {
            nodes(&text, &tree, &mut seen);
            let printed = tree.to_string();
            // What prints with blanks between its parts may grow beyond what is allowed.
            if printed.len() <= query::MAX_BYTES {
                match query::parse(&printed) {
                    Ok(again) => assert_eq!(again.to_string(), printed, "{text:?} prints as itself"),
                    Err(problems) => panic!("{text:?} prints as what cannot be read:\n{}", report(&printed, &problems)),
                }
            }
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            for problem in &problems {
                seen.said("problem", &problem.message);
            }
            let shown = report(&text, &problems);
            assert!(shown.len() < 16 << 10, "a report of {} bytes", shown.len());
        }
    }
    seen.saw(query::since(text.lines().next().unwrap_or_default(), today).is_ok());
    seen
}

fn nodes(text: &str, tree: &Query, seen: &mut Seen) {
    inside(text, tree.span);
    match &tree.node {
        Node::And(parts) | Node::Or(parts) => {
            seen.saw((matches!(tree.node, Node::And(_)), parts.len().min(4)));
            parts.iter().for_each(|part| nodes(text, part, seen));
        }
        Node::AtLeast(least, parts) => {
            seen.saw((least.min(&4), parts.len().min(4)));
            parts.iter().for_each(|part| nodes(text, part, seen));
        }
        Node::Near(first, rest) => {
            nodes(text, first, seen);
            for (reach, part) in rest {
                seen.saw(std::mem::discriminant(reach));
                nodes(text, part, seen);
            }
        }
        Node::Not(part) | Node::Boost(part, _) => nodes(text, part, seen),
        Node::Leaf(field, value) => seen.saw((field.map(|field| field.name()), std::mem::discriminant(value))),
    }
}

/// The file of a saved query: what is right can be filled in, and every problem has a line that is there.
fn saved(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let Ok(text) = std::str::from_utf8(bytes) else { return seen };
    match Form::recover(text) {
        (Some(form), problems) if problems.is_empty() => {
            seen.count("params", form.params.len());
            seen.saw((form.alert.is_some(), form.output.format.is_some(), form.output.fields.is_some()));
            let Ok(query) = query::parse(&form.query) else { return seen };
            let value =
                |param: &Param| (param.name.clone(), (param.of, param.default.clone().unwrap_or("2014".into())));
            let values = form.params.iter().map(value).collect();
            match fill(&query, &values) {
                Ok(filled) => seen.said("filled", &filled.to_string()),
                Err(problems) => problems.iter().for_each(|problem| seen.said("not filled", &problem.message)),
            }
        }
        (form, problems) => {
            seen.saw(form.is_some());
            assert!(form.is_some() || !problems.is_empty(), "nothing is wrong, and nothing is there");
            let lines = 1 + text.bytes().filter(|byte| *byte == b'\n').count() as u64;
            for problem in problems {
                assert!(matches!(problem.at, Place::Line(line) if (1..=lines).contains(&line)), "{problem:?}");
                seen.said("problem", &problem.message);
            }
        }
    }
    seen
}
