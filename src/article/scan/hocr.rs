//! hOCR: scanned pages as HTML, where classes say what is a page, a paragraph, a line and a word.
//!
//! It is read as markup and not as a page of the web, so that a book of any length is read page by page.

use std::io::BufRead;

use super::{alto, column::Column};
use crate::article::fields::Field;
use crate::article::read::ReadOptions;
use crate::article::story::{Stories, Story};
use crate::article::xml::{self, Branches, Node, Pick, Visit};
use crate::article::{Reading, Source, facts::Facts};

/// Classes of lines.
const LINES: [&str; 5] = ["ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"];

/// Classes of what is set apart from what stands before and behind.
const BLOCKS: [&str; 5] = ["ocr_par", "ocr_carea", "ocrx_block", "ocr_column", "ocr_footer"];

/// Whether the page of the web that begins with `head` is hOCR.
pub(in crate::article) fn is_hocr(head: &[u8]) -> bool {
    let signs = ["class=\"ocr_page", "class='ocr_page", "name=\"ocr-system", "name='ocr-system"];
    signs.iter().any(|sign| memchr::memmem::find(head, sign.as_bytes()).is_some())
}

/// Reads the pages of a file.
pub(in crate::article) fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    let (markup, guessed) = xml::html_markup(input, head);
    let branches = Branches::new(markup, |_, tag| match tag.local() {
        "meta" => Pick::Take,
        _ if tag.attribute("class").is_some_and(|class| has(&class, &["ocr_page"])) => Pick::Take,
        _ => Pick::Into,
    });
    let mut known = Facts::default();
    let nothing = || "no scanned page in it: nothing is marked as `ocr_page`".to_owned();
    Stories::new((branches, guessed), nothing, move |tree, lang| {
        let root = tree.root();
        if root.name() == "meta" {
            note(root, &mut known);
            return None;
        }
        let mut story = page(root);
        story.facts.offer_all(&known);
        story.facts.offer(Field::Lang, lang.unwrap_or_default());
        Some(vec![alto::finish(story, &place, options)])
    })
}

fn has(class: &str, names: &[&str]) -> bool {
    class.split_whitespace().any(|word| names.contains(&word))
}

/// Dublin Core in the head, as libraries write it there.
fn note(meta: Node<'_>, known: &mut Facts) {
    let name = meta.attribute("name").unwrap_or_default().to_ascii_lowercase();
    let field = match name.trim_start_matches("dcterms").trim_start_matches("dc").trim_start_matches([':', '.']) {
        short if short.len() == name.len() => return,
        "date" | "issued" => Field::Date,
        "title" | "source" => Field::Outlet,
        "language" => Field::Lang,
        "identifier" => Field::Id,
        _ => return,
    };
    known.offer(field, meta.attribute("content").unwrap_or_default());
}

/// The text of a page.
fn page(page: Node<'_>) -> Story {
    let mut story = Story::default();
    let mut column = Column::default();
    page.walk(|visit| {
        match visit {
            Visit::Enter(node) => {
                let class = node.attribute("class").unwrap_or_default();
                if has(class, &BLOCKS) || node.name() == "p" {
                    column.end_block();
                    story.facts.offer(Field::Lang, node.attribute("lang").unwrap_or_default());
                }
                if has(class, &LINES) {
                    column.line(&words(node));
                    return false;
                }
            }
            // A page whose lines are not marked.
            Visit::Words(words) => column.line(words),
            Visit::Leave(node) => {
                if has(node.attribute("class").unwrap_or_default(), &BLOCKS) || node.name() == "p" {
                    column.end_block();
                }
            }
        }
        true
    });
    story.text = column.finish();
    story
}

/// The words of a line, with blanks between those that are marked.
fn words(line: Node<'_>) -> String {
    let mut out = String::new();
    line.walk(|visit| {
        match visit {
            Visit::Words(words) => out.push_str(words),
            Visit::Enter(node) if has(node.attribute("class").unwrap_or_default(), &["ocrx_word", "ocr_word"]) => {
                out.push(' ')
            }
            _ => {}
        }
        true
    });
    out
}
