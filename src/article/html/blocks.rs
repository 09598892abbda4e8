//! A page's tree as a list of blocks: every paragraph, heading, item or cell row with its words, and where it stands.
//!
//! Inline elements are joined as the browser joins them; a `<br>` is a line's end. What a block is good for is not said
//! here. Walks without recursion, since pages may be deep.

use dom_query::{Element as Node, NodeData, NodeId, NodeRef};

use super::hints::{hidden, leads_to_writer, moment};
use super::marks::{self, Marks};

/// An element that the blocks stand in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// The element around it, by its place in [`Outline::elements`]; the outermost is its own parent.
    pub(super) parent: usize,
    /// What its name, class and role say.
    pub(super) marks: Marks,
}

/// One paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Its words, on one or several lines.
    pub(super) text: String,
    /// The innermost element that holds all of it, by its place in [`Outline::elements`].
    pub(super) element: usize,
    /// How many bytes of it are links.
    pub(super) linked: usize,
    /// How many links it has.
    pub(super) links: usize,
    /// How many bytes of it are bold.
    pub(super) bold: usize,
    /// Where words of two elements stand together without a blank: readers see them apart by their looks.
    pub(super) seams: Vec<usize>,
}

impl Block {
    /// Its lines, cut at the seams.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &str> {
        let ends = self.seams.iter().copied().chain([self.text.len()]);
        let pieces = ends.scan(0, |from, end| {
            let piece = self.text.get(*from..end);
            *from = end;
            Some(piece.unwrap_or_default())
        });
        pieces.flat_map(str::lines)
    }
}

/// A moment that an element gives for programs: `<time datetime>` and what is marked in the same way.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// The block that it stands in, or the next.
    pub(super) block: usize,
    /// The moment as written.
    pub(super) value: String,
    /// The classes of the element, and its property.
    pub(super) names: String,
}

/// The words of a link to a page about a writer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signature {
    /// The block that it stands in.
    pub(super) block: usize,
    /// Where in the block it begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
}

/// The blocks of a tree, in reading order, and the elements that they stand in.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) blocks: Vec<Block>,
    pub(super) elements: Vec<Element>,
    pub(super) moments: Vec<Moment>,
    pub(super) signatures: Vec<Signature>,
}

impl Outline {
    /// The element around the one at `place`.
    pub(super) fn parent(&self, place: usize) -> usize {
        self.elements.get(place).map_or(0, |element| element.parent)
    }

    /// How many steps up from the element of `block` the nearest with this mark is.
    pub(super) fn reach(&self, block: &Block, mark: u8) -> Option<usize> {
        let mut place = block.element;
        for steps in 0.. {
            let element = self.elements.get(place)?;
            if element.marks.has(mark) {
                return Some(steps);
            }
            if element.parent == place {
                return None;
            }
            place = element.parent;
        }
        None
    }

    /// Whether `block` stands in an element with this mark.
    pub(super) fn has(&self, block: &Block, mark: u8) -> bool {
        self.reach(block, mark).is_some()
    }

    /// Whether readers see a block, and see it as text.
    pub(super) fn is_seen(&self, block: &Block) -> bool {
        !self.has(block, marks::HIDDEN) && !self.has(block, marks::BUTTON)
    }

    /// The words of all blocks that readers see, a blank line between.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.blocks.iter().map(|block| block.text.len() + 2).sum());
        for block in self.blocks.iter().filter(|block| self.is_seen(block)) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&block.text);
        }
        text
    }
}

/// The words of `node`.
pub(super) fn text(node: &NodeRef<'_>) -> String {
    read(node).text()
}

/// The blocks of `node`.
pub(super) fn read(node: &NodeRef<'_>) -> Outline {
    let mut out = Writer::default();
    let mut at = *node;
    'walk: loop {
        let step = at.query_or(Step::Over, |tree| match &tree.data {
            NodeData::Text { contents } => {
                out.words(contents);
                Step::Over
            }
            NodeData::Element(element) => out.enter(at.id, element),
            NodeData::Document | NodeData::Fragment => Step::Into,
            _ => Step::Over,
        });
        if matches!(step, Step::Into)
            && let Some(child) = at.first_child()
        {
            at = child;
            continue;
        }
        loop {
            // What has no children is left as soon as it was entered.
            out.leave(at.id);
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
    out.end_block();
    out.outline
}

enum Step {
    Into,
    Over,
}

/// Whether an element begins and ends a paragraph.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
            | "caption"
    )
}

/// Whether nobody reads the words of an element as the article's.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "canvas"
            | "iframe"
            | "object"
            | "audio"
            | "video"
            | "select"
            | "input"
            | "textarea"
            | "head"
            | "title"
            | "datalist"
            | "map"
    )
}

#[derive(Clone, Copy, Default)]
enum Pending {
    #[default]
    Nothing,
    Blank,
    Line,
}

#[derive(Default)]
struct Writer {
    outline: Outline,
    /// The open elements: their nodes, their places among the elements, whether they end a block.
    open: Vec<(NodeId, usize, bool)>,
    block: Block,
    /// What has to stand before the next word.
    pending: Pending,
    /// The element of the last word.
    last: usize,
    anchors: usize,
    bolds: usize,
    /// The open link to a writer's page: its node, the block and the byte where it begins.
    signature: Option<(NodeId, usize, usize)>,
}

impl Writer {
    fn enter(&mut self, id: NodeId, element: &Node) -> Step {
        let name: &str = element.name.local.as_ref();
        if is_silent(name) {
            return Step::Over;
        }
        match name {
            "br" => {
                self.break_line();
                return Step::Over;
            }
            "td" | "th" => self.blank(),
            "a" => {
                self.anchors += 1;
                self.block.links += 1;
                if leads_to_writer(element) {
                    self.signature = Some((id, self.outline.blocks.len(), self.block.text.len()));
                }
            }
            "b" | "strong" => self.bolds += 1,
            _ => {}
        }
        let block = is_block(name);
        if block {
            self.end_block();
        }
        if let Some((value, names)) = moment(name, element) {
            self.outline.moments.push(Moment { block: self.outline.blocks.len(), value, names });
        }
        let place = self.outline.elements.len();
        let parent = self.open.last().map_or(0, |(_, place, _)| *place);
        let mut marks = marks::of(element);
        if hidden(element) {
            marks.add(marks::HIDDEN);
        }
        self.outline.elements.push(Element { parent, marks });
        self.open.push((id, place, block));
        Step::Into
    }

    fn leave(&mut self, id: NodeId) {
        let Some((open, place, block)) = self.open.last().copied() else { return };
        if open != id {
            return;
        }
        self.open.pop();
        if let Some((_, block, start)) = self.signature.take_if(|(link, ..)| *link == id) {
            let end = match self.outline.blocks.get(block) {
                Some(block) => block.text.len(),
                None => self.block.text.len(),
            };
            if start < end {
                self.outline.signatures.push(Signature { block, start, end });
            }
        }
        let marks = self.outline.elements.get(place).map_or(Marks::default(), |element| element.marks);
        self.anchors -= usize::from(marks.has(marks::A));
        self.bolds -= usize::from(marks.has(marks::BOLD));
        if block {
            self.end_block();
        }
    }

    fn words(&mut self, words: &str) {
        for (index, word) in words.split(char::is_whitespace).enumerate() {
            if index > 0 {
                self.blank();
            }
            let word = word.trim_matches(['\u{200b}', '\u{feff}', '\u{ad}', '\u{2060}']);
            if word.is_empty() {
                continue;
            }
            let block = &mut self.block;
            let place = self.open.last().map_or(0, |(_, place, _)| *place);
            if block.text.is_empty() {
                block.element = place;
            } else {
                match self.pending {
                    Pending::Nothing => {
                        if self.last != place {
                            block.seams.push(block.text.len());
                        }
                    }
                    Pending::Blank => block.text.push(' '),
                    Pending::Line => block.text.push('\n'),
                }
                if block.element != place {
                    block.element = common(&self.outline.elements, block.element, place);
                }
            }
            self.pending = Pending::Nothing;
            self.last = place;
            let before = block.text.len();
            if word.contains(['\u{200b}', '\u{ad}', '\u{feff}']) {
                block.text.extend(word.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{ad}' | '\u{feff}')));
            } else {
                block.text.push_str(word);
            }
            let length = block.text.len() - before;
            block.linked += if self.anchors > 0 { length } else { 0 };
            block.bold += if self.bolds > 0 { length } else { 0 };
        }
    }

    fn blank(&mut self) {
        if matches!(self.pending, Pending::Nothing) {
            self.pending = Pending::Blank;
        }
    }

    fn break_line(&mut self) {
        match self.pending {
            // Two breaks in a row are how old pages set paragraphs.
            Pending::Line => self.end_block(),
            Pending::Nothing | Pending::Blank => self.pending = Pending::Line,
        }
    }

    fn end_block(&mut self) {
        self.pending = Pending::Nothing;
        if self.block.text.is_empty() {
            self.block.links = 0;
        } else {
            self.outline.blocks.push(std::mem::take(&mut self.block));
        }
    }
}

/// The innermost element that holds both; parents stand before their children.
fn common(elements: &[Element], mut one: usize, mut other: usize) -> usize {
    while one != other {
        let later = one.max(other);
        let parent = elements.get(later).map_or(0, |element| element.parent);
        if one == later {
            one = parent;
        } else {
            other = parent;
        }
    }
    one
}
