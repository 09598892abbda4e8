//! A page's tree to text: every block a paragraph of its own, a blank line between.
//!
//! Inline elements are joined as the browser joins them; a `<br>` is a line's end. Walks without
//! recursion, since pages may be deep.

use dom_query::{NodeData, NodeRef};

/// Elements that begin and end a paragraph.
const BLOCKS: &str = " address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form \
     h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul caption ";

/// Elements whose words nobody reads as the article's.
const SILENT: &str = " script style noscript template svg math canvas iframe object audio video select button input textarea head title \
     datalist map ";

/// The words of `node`.
pub(super) fn text(node: &NodeRef<'_>) -> String {
    let mut out = Writer { text: String::new(), pending: Pending::Nothing };
    let mut at = *node;
    'walk: loop {
        let mut down = true;
        if let Some(step) = at.query(|tree| match &tree.data {
            NodeData::Text { contents } => {
                out.words(contents);
                Step::Over
            }
            NodeData::Element(element) => {
                let name: &str = element.name.local.as_ref();
                if is_in(SILENT, name) || hidden(element) {
                    Step::Over
                } else if name == "br" {
                    out.break_line();
                    Step::Over
                } else if is_in(BLOCKS, name) {
                    out.end_block();
                    Step::Into
                } else if name == "td" || name == "th" {
                    out.blank();
                    Step::Into
                } else {
                    Step::Into
                }
            }
            NodeData::Document | NodeData::Fragment => Step::Into,
            _ => Step::Over,
        }) {
            down = matches!(step, Step::Into);
        }
        if down && let Some(child) = at.first_child() {
            at = child;
            continue;
        }
        loop {
            leave(&at, &mut out);
            if at.id == node.id {
                break 'walk;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            match at.parent() {
                Some(parent) => at = parent,
                None => break 'walk,
            }
        }
    }
    out.text
}

enum Step {
    Into,
    Over,
}

fn leave(node: &NodeRef<'_>, out: &mut Writer) {
    let block = node.query_or(false, |tree| match &tree.data {
        NodeData::Element(element) => is_in(BLOCKS, element.name.local.as_ref()),
        _ => false,
    });
    if block {
        out.end_block();
    }
}

/// Whether a space-separated list names an element.
pub(super) fn is_in(list: &str, name: &str) -> bool {
    let mut from = 0;
    while let Some(found) = list.get(from..).and_then(|rest| rest.find(name)) {
        let start = from + found;
        let end = start + name.len();
        let bytes = list.as_bytes();
        if start > 0 && bytes.get(start - 1) == Some(&b' ') && bytes.get(end) == Some(&b' ') {
            return true;
        }
        from = end;
    }
    false
}

fn hidden(element: &dom_query::Element) -> bool {
    element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| {
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("display: none")
        })
}

enum Pending {
    Nothing,
    Blank,
    Line,
    Block,
}

struct Writer {
    text: String,
    /// What has to stand before the next word.
    pending: Pending,
}

impl Writer {
    fn words(&mut self, words: &str) {
        for (index, word) in words.split(is_blank).enumerate() {
            if index > 0 {
                self.blank();
            }
            let word = word.trim_matches(['\u{200b}', '\u{feff}', '\u{ad}', '\u{2060}']);
            if word.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                match self.pending {
                    Pending::Nothing => {}
                    Pending::Blank => self.text.push(' '),
                    Pending::Line => self.text.push('\n'),
                    Pending::Block => self.text.push_str("\n\n"),
                }
            }
            self.pending = Pending::Nothing;
            if word.contains(['\u{200b}', '\u{ad}', '\u{feff}']) {
                self.text.extend(word.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{ad}' | '\u{feff}')));
            } else {
                self.text.push_str(word);
            }
        }
    }

    fn blank(&mut self) {
        if matches!(self.pending, Pending::Nothing) {
            self.pending = Pending::Blank;
        }
    }

    fn break_line(&mut self) {
        self.pending = match self.pending {
            // Two breaks in a row are how old pages set paragraphs.
            Pending::Line | Pending::Block => Pending::Block,
            Pending::Nothing | Pending::Blank => Pending::Line,
        };
    }

    fn end_block(&mut self) {
        self.pending = Pending::Block;
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{a0}'
}
