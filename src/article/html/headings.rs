//! The headings of a page as readers see them: their words, and what tells a headline from the name of the site, from one item of
//! a list, and from a line that somebody set by hand inside the text.
//!
//! Which of them is the headline is decided in [`titles`](super::titles).

use dom_query::{Document, NodeRef, Selection};

use super::blocks::{self, Block};
use super::site::is_home;
use crate::article::facts::one_line;

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) words: String,
    /// The pieces that it is set in, where it is several: a line above the headline, the headline.
    pub(super) parts: Vec<String>,
    /// Whether it is set by hand or in pieces, with bold words, several lines or a style of its own: systems that fill a page in
    /// put the headline there as it is.
    pub(super) by_hand: bool,
    /// Whether it is one of several of the same class: items of a list, not the headline.
    pub(super) repeated: bool,
    /// Whether it stands in a menu, a margin or the foot of the page.
    pub(super) beside: bool,
    /// Whether all of it is a link.
    pub(super) linked: bool,
    /// Whether it has neither a class nor a name: it may have been typed into the text, where systems that fill a page in mark
    /// what they fill.
    pub(super) plain: bool,
}

/// More headings than these are a list.
const MOST: usize = 400;

/// Headings with more elements and letters than these, all together, hold the page.
const WORK: usize = 200_000;

/// The headings of the first level that may be the headline, and the names of the site among the others.
pub(super) fn first_level(document: &Document) -> (Vec<Heading>, Vec<String>) {
    let (mut headings, mut names, mut work) = (Vec::new(), Vec::new(), WORK);
    let nodes = document.select("h1");
    let classes: Vec<String> = nodes.nodes().iter().take(MOST).map(|node| node.attr_or("class", "").into()).collect();
    for (node, class) in nodes.nodes().iter().zip(&classes) {
        let Some(mut heading) = read(node, &mut work) else { continue };
        if leads_home(node, heading.linked) || is_brand(class) {
            names.push(heading.words);
            continue;
        }
        heading.beside = is_beside(node);
        heading.repeated = !class.is_empty() && classes.iter().filter(|other| *other == class).count() > 1;
        headings.push(heading);
    }
    (headings, names)
}

/// All headings, of which one may be the headline where that of the first level is none.
pub(super) fn all(document: &Document) -> Vec<Heading> {
    let mut work = WORK;
    let nodes = document.select("h1, h2, h3, h4");
    nodes.nodes().iter().take(MOST).filter_map(|node| read(node, &mut work)).collect()
}

fn read(node: &NodeRef<'_>, work: &mut usize) -> Option<Heading> {
    const LETTERS: std::ops::Range<usize> = 4..400;
    if *work == 0 {
        return None;
    }
    let outline = blocks::read(node);
    let cost = outline.elements.len() + outline.blocks.iter().map(|block| block.text.len()).sum::<usize>();
    *work = work.saturating_sub(cost);
    let seen: Vec<&Block> = outline.blocks.iter().filter(|block| outline.is_seen(block)).collect();
    let lines: Vec<String> = seen.iter().map(|block| line(block)).collect();
    let pieces = seen.len() > 1 || seen.iter().zip(&lines).any(|(block, line)| block.text != *line);
    let words = one_line(&lines.join(" ")).filter(|words| LETTERS.contains(&words.len()))?;
    let all = |of: fn(&Block) -> usize| seen.iter().map(|block| of(block)).sum::<usize>();
    let styled = || Selection::from(*node).select("[style]").iter().any(|inner| !inner.attr_or("style", "").is_empty());
    Some(Heading {
        words,
        parts: seen.iter().flat_map(|block| block.pieces()).filter_map(one_line).collect(),
        by_hand: all(|block| block.bold) > 0 || pieces || styled(),
        repeated: false,
        beside: false,
        linked: all(|block| block.linked) * 10 >= all(letters) * 9,
        plain: node.attr("class").is_none() && node.attr("id").is_none(),
    })
}

/// How many bytes of a block are no blanks: links are counted so.
fn letters(block: &Block) -> usize {
    block.text.split_whitespace().map(str::len).sum()
}

/// The words of a block on one line. Elements that touch may hold parts of one word, but not where a small letter meets a
/// capital: `The slip closesBoard votes nine to two`.
fn line(block: &Block) -> String {
    let mut line = String::with_capacity(block.text.len() + 2);
    let mut seams = block.seams.iter().peekable();
    for (at, letter) in block.text.char_indices() {
        let seam = seams.next_if(|seam| **seam == at).is_some();
        if seam && letter.is_uppercase() && line.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) {
            line.push(' ');
        }
        line.push(if letter == '\n' { ' ' } else { letter });
    }
    line
}

/// Whether a heading is, or stands in, a link to the first page of the site.
fn leads_home(node: &NodeRef<'_>, linked: bool) -> bool {
    let inside = || Selection::from(*node).select("a[href]").nodes().first().copied().filter(|_| linked);
    let link = node.ancestors_it(Some(2)).find(|node| node.has_name("a")).or_else(inside);
    link.is_some_and(|link| {
        let home = link.attr_or("rel", "").split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("home"));
        home || link.attr("href").is_some_and(|to| is_home(&to))
    })
}

/// Whether a heading stands beside what readers came for, or is not shown.
fn is_beside(node: &NodeRef<'_>) -> bool {
    let aside = |node: &NodeRef<'_>| ["footer", "nav", "aside", "dialog"].iter().any(|name| node.has_name(name));
    let hidden = |node: &NodeRef<'_>| node.attr("hidden").is_some() || &*node.attr_or("aria-hidden", "") == "true";
    node.ancestors_it(None).any(|around| aside(&around) || hidden(&around))
}

/// Whether a class says that an element holds the name of the site.
fn is_brand(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let name = name.to_ascii_lowercase();
        let bare: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        bare.ends_with("sitetitle") || bare.ends_with("sitename") || name.split(['-', '_']).any(|word| word == "logo")
    })
}
