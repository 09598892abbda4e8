//! ALTO: the words of a scanned page, line by line and block by block.
//!
//! Blocks come in the order in which they are to be read: that of the page's reading order, else that of the pointers
//! from block to block, else that of the file. Each page is an article.

use std::collections::HashMap;
use std::io::BufRead;

use super::column::Column;
use crate::article::fields::Field;
use crate::article::read::ReadOptions;
use crate::article::story::{Stories, Story};
use crate::article::xml::{self, Branches, Node, Pick, Visit};
use crate::article::{Reading, Source};
use crate::text::problem::{Place, Problem};

/// Reads the pages of a file.
pub(in crate::article) fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    let (markup, guessed) = xml::markup(input, head);
    let branches = Branches::new(markup, |_, tag| match tag.local() {
        "Page" | "ReadingOrder" => Pick::Take,
        _ => Pick::Into,
    });
    let mut order = Vec::new();
    Stories::new(
        (branches, guessed),
        || "no page in this ALTO file".to_owned(),
        move |tree, lang| {
            if tree.root().name() == "ReadingOrder" {
                order = ordered(tree.root());
                return None;
            }
            let mut story = page(tree.root(), &order);
            story.facts.offer(Field::Lang, lang.unwrap_or_default());
            Some(vec![finish(story, &place, options)])
        },
    )
}

/// The reading of a page.
pub(super) fn finish(story: Story, place: &Source, options: &ReadOptions) -> Reading {
    if story.has_text() {
        return story.into_reading(place, options);
    }
    Reading::Skipped(Problem::new(Place::Whole, "a scanned page without any words"))
}

/// The ids of blocks in the order in which they are to be read.
pub(super) fn ordered(reading: Node<'_>) -> Vec<String> {
    reading.inside(&["ElementRef"]).iter().filter_map(|node| node.attribute("REF")).map(str::to_owned).collect()
}

/// A block of a page.
struct Block {
    id: String,
    next: Option<String>,
    text: String,
}

/// The text of a page.
pub(super) fn page(page: Node<'_>, order: &[String]) -> Story {
    let mut story = Story::default();
    let mut blocks: Vec<Block> = Vec::new();
    // Whole words that stand where their first parts were, and whose second parts are still to come.
    let mut broken: HashMap<String, u32> = HashMap::new();
    page.walk(|visit| {
        let Visit::Enter(node) = visit else { return true };
        if node.name() != "TextBlock" {
            return true;
        }
        let said = ["language", "LANG", "lang"].iter().find_map(|name| node.attribute(name));
        story.facts.offer(Field::Lang, said.unwrap_or_default());
        let mut column = Column::default();
        for line in node.children().filter(|child| child.name() == "TextLine") {
            column.line(&words(line, &mut broken));
        }
        let of = |name: &str| node.attribute(name).map(str::to_owned);
        blocks.push(Block { id: of("ID").unwrap_or_default(), next: of("IDNEXT"), text: column.finish() });
        false
    });
    let mut text = String::new();
    for at in sequence(&blocks, order) {
        let Some(block) = blocks.get(at).filter(|block| !block.text.is_empty()) else { continue };
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&block.text);
    }
    story.text = text;
    story
}

/// The words of a line. A word that is broken at its end is written whole, and its second part not again, wherever that
/// comes.
fn words(line: Node<'_>, broken: &mut HashMap<String, u32>) -> String {
    let mut out = String::new();
    let mut mended = false;
    for node in line.children() {
        let content = node.attribute("CONTENT").unwrap_or_default();
        if node.name() == "HYP" && !mended {
            out.push_str(if content.is_empty() { "-" } else { content });
        }
        if node.name() != "String" {
            continue;
        }
        mended = false;
        let whole = node.attribute("SUBS_CONTENT");
        let word = match (node.attribute("SUBS_TYPE"), whole) {
            (Some("HypPart1"), Some(whole)) => {
                *broken.entry(whole.to_owned()).or_default() += 1;
                mended = true;
                whole
            }
            (Some("HypPart2"), Some(whole)) => match broken.get_mut(whole) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    continue;
                }
                // Its first part is on another page.
                _ => content,
            },
            _ => content,
        };
        if !out.is_empty() && !word.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The numbers of the blocks in the order in which they are to be read, each once.
fn sequence(blocks: &[Block], order: &[String]) -> Vec<usize> {
    let numbers: HashMap<&str, usize> = blocks.iter().enumerate().map(|(at, block)| (block.id.as_str(), at)).collect();
    let mut taken = vec![false; blocks.len()];
    let mut sequence = Vec::with_capacity(blocks.len());
    for id in order {
        if let Some(at) = numbers.get(id.as_str())
            && let Some(taken) = taken.get_mut(*at)
            && !std::mem::replace(taken, true)
        {
            sequence.push(*at);
        }
    }
    // Whoever is pointed at comes with the one that points.
    let mut pointed = vec![false; blocks.len()];
    let next = |block: &Block| block.next.as_deref().and_then(|id| numbers.get(id)).copied();
    for at in blocks.iter().filter_map(next) {
        if let Some(pointed) = pointed.get_mut(at) {
            *pointed = true;
        }
    }
    // Those in a ring are pointed at all round; they come in the order of the file at the end.
    let starts = (0..blocks.len()).filter(|at| pointed.get(*at) == Some(&false)).chain(0..blocks.len());
    for start in starts {
        let mut at = Some(start);
        while let Some(number) = at
            && let Some(taken) = taken.get_mut(number)
            && !std::mem::replace(taken, true)
        {
            sequence.push(number);
            at = blocks.get(number).and_then(next);
        }
    }
    sequence
}
