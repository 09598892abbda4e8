//! NITF, in which agencies and newspapers send one article a file: headline, byline, days, and the text in blocks.
//!
//! Element by element after the standard (versions 2.5 to 3.6). What is beside the text is left out of it: media
//! and their captions, notes to editors, taglines and bibliographies. Others embed NITF, and read it here too.

use std::io::BufRead;

use super::facts::{self, Facts};
use super::fields::Field;
use super::prose::Prose;
use super::read::ReadOptions;
use super::story::{Stories, Story};
use super::xml::{self, Branches, Node, Pick, Visit};
use super::{Reading, Source, wire};
use crate::text::problem::Problem;

/// Elements that are paragraphs, or hold them.
const PARAGRAPHS: [&str; 24] = [
    "p",
    "hl1",
    "hl2",
    "block",
    "bq",
    "credit",
    "pre",
    "hr",
    "ol",
    "ul",
    "dl",
    "li",
    "dt",
    "dd",
    "table",
    "nitf-table",
    "caption",
    "fn",
    "dateline",
    "lede",
    "body.content",
    "abstract",
    "h1",
    "h2",
];

/// Elements whose words are not the article's.
const SILENT: [&str; 16] = [
    "media",
    "media-caption",
    "media-producer",
    "media-metadata",
    "media-object",
    "note",
    "datasource",
    "tagline",
    "bibliography",
    "body.head",
    "body.end",
    "nitf-table-metadata",
    "custom-table",
    "classifier",
    "script",
    "style",
];

/// Reads the articles of a file.
pub(super) fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    let (markup, guessed) = xml::markup(input, head);
    let branches = Branches::new(markup, |_, tag| if tag.local() == "nitf" { Pick::Take } else { Pick::Into });
    Stories::new(
        (branches, guessed),
        || "no NITF in it: there is no element <nitf>".to_owned(),
        move |tree, lang| {
            let reading = match story(tree.root()) {
                Ok(mut story) => {
                    story.facts.offer(Field::Lang, lang.unwrap_or_default());
                    story.into_reading(&place, options)
                }
                Err(problem) => Reading::Skipped(problem),
            };
            Some(vec![reading])
        },
    )
}

/// The article in an element `nitf`, or why it is none.
pub(super) fn story(nitf: Node<'_>) -> Result<Story, Problem> {
    let data = nitf.at(&["head", "docdata"]);
    if let Some(problem) = data.and_then(|data| data.attribute("management-status")).and_then(wire::withdrawn) {
        return Err(problem);
    }
    let mut story = Story::default();
    let body = nitf.child("body");
    if let Some(top) = body.and_then(|body| body.child("body.head")) {
        read_top(top, &mut story);
    }
    if let Some(head) = nitf.child("head") {
        read_head(head, &mut story);
    }
    for node in [Some(nitf), body].into_iter().flatten() {
        story.facts.offer(Field::Lang, node.attribute("lang").unwrap_or_default());
    }
    story.text = body.map(content).unwrap_or_default();
    Ok(story)
}

/// The text of a body: all of its contents, in order.
fn content(body: Node<'_>) -> String {
    let contents: Vec<Node<'_>> = body.children().filter(|child| child.name() == "body.content").collect();
    if contents.is_empty() {
        return text(body);
    }
    let texts = contents.into_iter().map(text).filter(|text| !text.trim().is_empty());
    texts.collect::<Vec<_>>().join("\n\n")
}

/// What is printed above the text.
fn read_top(top: Node<'_>, story: &mut Story) {
    let line = |node: Node<'_>| one_line(&text(node));
    let mut bylines = Vec::new();
    let mut above = Vec::new();
    for child in top.children() {
        match child.name() {
            "hedline" => {
                for headline in child.children() {
                    match headline.name() {
                        "hl1" if story.facts.get(Field::Title).is_none() => {
                            story.facts.offer(Field::Title, line(headline))
                        }
                        "hl1" | "hl2" => above.push(line(headline)),
                        _ => {}
                    }
                }
            }
            // Archives repeat the byline with the family name first.
            "byline" if child.attribute("class").is_none_or(|class| !class.contains("normal")) => {
                let names = byline(child);
                let names = facts::without_by(wire::names(&names)).to_owned();
                if !bylines.contains(&names) {
                    bylines.push(names);
                }
            }
            "distributor" => story.facts.offer_ranked(Field::Outlet, 2, &line(child)),
            "dateline" => {
                for date in child.inside(&["story.date"]) {
                    story.facts.offer_ranked(Field::Date, 4, &wire::moment(date.attribute("norm").unwrap_or_default()));
                    let written = one_line(&date.text());
                    if written.bytes().filter(u8::is_ascii_digit).count() >= 5 {
                        story.facts.offer_ranked(Field::Date, 5, &written);
                    }
                }
            }
            "abstract" => story.facts.offer(Field::Lead, text(child)),
            _ => {}
        }
    }
    bylines.retain(|names| !names.is_empty());
    story.facts.offer(Field::Byline, bylines.join(", "));
    above.retain(|line| !line.is_empty() && Some(line.as_str()) != story.facts.get(Field::Title));
    story.above = above.join("\n\n");
}

/// A byline without the title or organisation that goes with it.
fn byline(node: Node<'_>) -> String {
    let mut out = Prose::default();
    node.walk(|visit| match visit {
        Visit::Enter(inner) => inner.name() != "byttl",
        Visit::Words(words) => {
            out.words(words);
            true
        }
        Visit::Leave(_) => true,
    });
    one_line(&out.finish())
}

/// What the document says of itself.
fn read_head(head: Node<'_>, story: &mut Story) {
    let facts = &mut story.facts;
    let said =
        |node: Option<Node<'_>>, name: &str| node.and_then(|node| node.attribute(name)).unwrap_or_default().to_owned();
    let until = head.child("docdata").and_then(embargo);
    let offer_day = |facts: &mut Facts, rank: usize, written: &str| {
        let written = Some(wire::moment(written)).filter(|day| !day.is_empty());
        if let Some(written) = written {
            let day = wire::released(Some(written), until.clone()).unwrap_or_default();
            facts.offer_ranked(Field::Date, rank, &day);
        }
    };
    for data in head.children().filter(|child| child.name() == "pubdata") {
        offer_day(facts, 0, &said(Some(data), "date.publication"));
        facts.offer_ranked(Field::Outlet, 0, &said(Some(data), "name"));
        facts.offer_ranked(Field::Section, 0, &said(Some(data), "position.section"));
        let address = said(Some(data), "ex-ref");
        if wire::is_address(&address) {
            facts.offer(Field::Url, address);
        }
    }
    if let Some(data) = head.child("docdata") {
        for (rank, name) in [(1, "date.issue"), (2, "date.release")] {
            if let Some(date) = data.child(name) {
                offer_day(facts, rank, &said(Some(date), "norm"));
                offer_day(facts, rank + 10, &one_line(&date.text()));
            }
        }
        facts.offer_ranked(Field::Outlet, 3, &said(data.child("doc.copyright"), "holder"));
        facts.offer_ranked(Field::Id, 0, &said(data.child("doc-id"), "id-string"));
        facts.offer_ranked(Field::Id, 1, &said(data.child("du-key"), "key"));
        facts.offer_ranked(Field::Section, 2, &said(data.child("fixture"), "fix-id"));
    }
    let subject = head.at(&["tobject", "tobject.subject"]);
    facts.offer_ranked(Field::Section, 4, &said(subject, "tobject.subject.type"));
    // As the corpus of the New York Times has them.
    for meta in head.children().filter(|child| child.name() == "meta") {
        let rank = match meta.attribute("name") {
            Some("online_sections") => 1,
            Some("dsk") => 3,
            _ => continue,
        };
        facts.offer_ranked(Field::Section, rank, &said(Some(meta), "content"));
    }
    if let Some(title) = head.child("title") {
        facts.offer(Field::Title, one_line(&title.text()));
    }
}

/// When the embargo of a document ends, where it is under one.
fn embargo(data: Node<'_>) -> Option<String> {
    let status = data.child("ed-status").map(|node| one_line(&node.text())).unwrap_or_default();
    let status = [data.attribute("management-status"), data.attribute("ed-status"), Some(&*status)];
    let held = status.into_iter().flatten().any(wire::embargoed);
    let release = data.child("date.release").filter(|_| held)?;
    let end = wire::moment(release.attribute("norm").map_or_else(|| one_line(&release.text()), str::to_owned).as_str());
    Some(end).filter(|end| !end.is_empty())
}

/// The words of an element as paragraphs.
pub(super) fn text(node: Node<'_>) -> String {
    // Archives repeat the lead in a block of its own before the block that holds the whole.
    let blocks: Vec<(Node<'_>, String)> =
        node.children().filter(|child| child.name() == "block").map(|block| (block, paragraphs(block, &[]))).collect();
    let repeated: Vec<u32> = blocks
        .windows(2)
        .filter_map(|pair| match pair {
            [(block, text), (_, next)] if !text.is_empty() && next.starts_with(text.as_str()) => Some(block.number()),
            _ => None,
        })
        .collect();
    paragraphs(node, &repeated)
}

/// The same without the elements of these numbers, which are in order.
fn paragraphs(node: Node<'_>, left_out: &[u32]) -> String {
    let mut out = Prose::default();
    // Of each quotation element that is open, whether we set its marks; nothing before its first word.
    let mut marked: Vec<Option<bool>> = Vec::new();
    let mut kept = 0_usize;
    node.walk(|visit| {
        match visit {
            Visit::Enter(inner) => match inner.name() {
                name if SILENT.contains(&name) => return false,
                "block" if left_out.binary_search(&inner.number()).is_ok() => return false,
                "br" => out.end_line(),
                "td" | "th" => out.end_word(),
                "q" => marked.push(None),
                name => {
                    kept += usize::from(name == "pre");
                    if PARAGRAPHS.contains(&name) {
                        out.end_paragraph();
                    }
                }
            },
            Visit::Words(words) => {
                if marked.last() == Some(&None) && !words.trim().is_empty() {
                    open(&mut marked, words.trim_start().starts_with(is_mark), &mut out);
                }
                if kept > 0 {
                    out.lines(words);
                } else {
                    out.words(words);
                }
            }
            Visit::Leave(inner) => match inner.name() {
                "q" => {
                    if marked.pop() == Some(Some(true)) {
                        out.close("”");
                    }
                }
                "tr" => out.end_line(),
                name => {
                    kept = kept.saturating_sub(usize::from(name == "pre"));
                    if PARAGRAPHS.contains(&name) {
                        out.end_paragraph();
                    }
                }
            },
        }
        true
    });
    out.finish()
}

/// Opens the quotation elements whose first word comes now: the first of them gets marks, where none stand there.
fn open(marked: &mut [Option<bool>], has_mark: bool, out: &mut Prose) {
    let mut bare = !has_mark && !out.last().is_some_and(is_mark);
    let first = marked.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
    for (at, own) in marked.iter_mut().enumerate().skip(first) {
        *own = Some(bare);
        if at == first && bare {
            out.words("“");
        }
        bare = false;
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '\'')
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
