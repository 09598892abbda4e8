//! A branch of markup as a tree that can be asked for its parts.
//!
//! All nodes lie in one row and point at each other by number, so that neither building nor walking nor dropping a
//! tree goes deeper for deeper markup. Names are compared without their prefix. It does not know what the names mean.

use std::collections::HashMap;

use super::markup::{Ending, Markup, Step, Tag, local};
use crate::article::twice;

/// More nodes than any article has.
const MOST_NODES: usize = 4_000_000;

/// No node.
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Leaf {
    /// The name of an element, the words of a text: a range of `strings`.
    from: u32,
    to: u32,
    parent: u32,
    first: u32,
    next: u32,
    /// Its attributes: a range of `attributes`; for words, both are [`NONE`].
    attributes: (u32, u32),
}

struct Attribute {
    name: (u32, u32),
    value: (u32, u32),
}

/// A branch.
pub(in crate::article) struct Tree {
    strings: String,
    leaves: Vec<Leaf>,
    attributes: Vec<Attribute>,
    /// The last child of each open element, in the order in which they were opened.
    open: Vec<(u32, u32)>,
    /// How many elements of a name are open.
    names: HashMap<String, u32>,
    /// Whether words in it were encoded twice.
    pub(super) twice: bool,
}

/// How a branch came to its end.
pub(in crate::article) enum Grown {
    /// It was closed.
    Closed,
    /// An element around it was closed: the name.
    Around(String),
    /// Another of its kind was opened in it, which is this one.
    Again(Tree),
    /// The markup ended.
    Ended(Ending),
}

impl Tree {
    /// A tree of one element.
    pub(super) fn sprout(tag: &Tag<'_>) -> Self {
        let mut tree = Self {
            strings: String::new(),
            leaves: Vec::new(),
            attributes: Vec::new(),
            open: Vec::new(),
            names: HashMap::new(),
            twice: false,
        };
        tree.open(tag);
        tree
    }

    /// Takes up everything up to its end. `around` says which names are open around it; of a `flat` kind, one that
    /// is opened inside another closes it.
    pub(super) fn grow(&mut self, markup: &mut Markup<'_>, flat: bool, around: impl Fn(&str) -> bool) -> Grown {
        let root = self.root().whole_name().to_owned();
        loop {
            if self.leaves.len() > MOST_NODES || self.strings.len() as u64 > super::markup::LARGEST_BRANCH {
                return Grown::Ended(Ending::TooLarge);
            }
            match markup.step() {
                Step::Open(tag) => {
                    if flat && !tag.empty && tag.name() == root {
                        return Grown::Again(Self::sprout(&tag));
                    }
                    self.open(&tag);
                    if tag.empty {
                        self.shut_last();
                    }
                }
                Step::Shut(end) => {
                    let name = end.name().0;
                    if self.names.get(name).is_some_and(|count| *count > 0) {
                        self.shut(name);
                        if self.open.is_empty() {
                            return Grown::Closed;
                        }
                    } else if around(name) {
                        return Grown::Around(name.to_owned());
                    }
                }
                Step::Words(words) => self.words(&words),
                Step::Aside => {}
                Step::End(ending) => return Grown::Ended(ending),
            }
        }
    }

    fn store(&mut self, text: &str) -> (u32, u32) {
        let from = self.strings.len();
        self.strings.push_str(text);
        // Both are below the largest branch, or the tree is thrown away for its size.
        (u32::try_from(from).unwrap_or(NONE), u32::try_from(self.strings.len()).unwrap_or(NONE))
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let (from, to) = self.store(tag.name());
        let first = self.attributes.len();
        for (name, value) in tag.attributes() {
            let (name, value) = (self.store(name), self.store(&value));
            self.attributes.push(Attribute { name, value });
        }
        let number = |count: usize| u32::try_from(count).unwrap_or(NONE);
        let attributes = (number(first), number(self.attributes.len()));
        let at = self.push(from, to, attributes);
        self.open.push((at, NONE));
        match self.names.get_mut(tag.name()) {
            Some(count) => *count += 1,
            None => drop(self.names.insert(tag.name().to_owned(), 1)),
        }
    }

    fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let undone = twice::undone(words);
        self.twice |= undone.is_some();
        let words = undone.as_deref().unwrap_or(words);
        let (from, to) = if words.bytes().any(is_control) {
            let plain: String = words.chars().filter(|c| !u8::try_from(*c).is_ok_and(is_control)).collect();
            self.store(&plain)
        } else {
            self.store(words)
        };
        self.push(from, to, (NONE, NONE));
    }

    fn push(&mut self, from: u32, to: u32, attributes: (u32, u32)) -> u32 {
        let at = u32::try_from(self.leaves.len()).unwrap_or(NONE);
        let mut parent = NONE;
        if let Some((above, last)) = self.open.last_mut() {
            parent = *above;
            let before = std::mem::replace(last, at);
            let link = if before == NONE { parent } else { before };
            if let Some(leaf) = self.leaves.get_mut(link as usize) {
                if before == NONE {
                    leaf.first = at;
                } else {
                    leaf.next = at;
                }
            }
        }
        self.leaves.push(Leaf { from, to, parent, first: NONE, next: NONE, attributes });
        at
    }

    fn shut_last(&mut self) -> Option<String> {
        let (at, _) = self.open.pop()?;
        let name = Node { tree: self, at }.whole_name().to_owned();
        if let Some(count) = self.names.get_mut(&name) {
            *count = count.saturating_sub(1);
        }
        Some(name)
    }

    /// Closes the last open element of this name, and what is open in it.
    fn shut(&mut self, name: &str) {
        while let Some(last) = self.shut_last() {
            if last == name {
                break;
            }
        }
    }

    /// The element that it all hangs on.
    pub(in crate::article) fn root(&self) -> Node<'_> {
        Node { tree: self, at: 0 }
    }
}

/// Whether a byte is a control character that no text has.
fn is_control(byte: u8) -> bool {
    byte == 0x7F || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'))
}

/// An element, or words between tags.
#[derive(Clone, Copy)]
pub(in crate::article) struct Node<'t> {
    tree: &'t Tree,
    at: u32,
}

/// A step of a walk through a branch.
#[derive(Clone, Copy)]
pub(in crate::article) enum Visit<'t> {
    /// Into an element.
    Enter(Node<'t>),
    /// Over words.
    Words(&'t str),
    /// Out of an element.
    Leave(Node<'t>),
}

impl<'t> Node<'t> {
    fn leaf(self) -> Option<&'t Leaf> {
        self.tree.leaves.get(self.at as usize)
    }

    fn string(self, (from, to): (u32, u32)) -> &'t str {
        self.tree.strings.get(from as usize..to as usize).unwrap_or_default()
    }

    fn node(self, at: u32) -> Option<Node<'t>> {
        (at != NONE).then_some(Node { tree: self.tree, at })
    }

    /// Its number in the tree, in the order of the markup.
    pub(in crate::article) fn number(self) -> u32 {
        self.at
    }

    fn is_words(self) -> bool {
        self.leaf().is_none_or(|leaf| leaf.attributes.0 == NONE)
    }

    /// Its name, as written.
    pub(super) fn whole_name(self) -> &'t str {
        self.leaf().map_or("", |leaf| self.string((leaf.from, leaf.to)))
    }

    /// The name of the element, without its prefix.
    pub(in crate::article) fn name(self) -> &'t str {
        local(self.whole_name())
    }

    /// Its prefix; empty where it has none.
    pub(in crate::article) fn prefix(self) -> &'t str {
        let whole = self.whole_name();
        whole.get(..whole.len() - self.name().len()).unwrap_or_default().trim_end_matches(':')
    }

    /// The value of an attribute, by its name without prefix; nothing for one that is blank.
    pub(in crate::article) fn attribute(self, name: &str) -> Option<&'t str> {
        let (from, to) = self.leaf()?.attributes;
        let all = self.tree.attributes.get(from as usize..to as usize)?;
        let found = all.iter().find(|attribute| local(self.string(attribute.name)) == name)?;
        Some(self.string(found.value).trim()).filter(|value| !value.is_empty())
    }

    /// Its child elements.
    pub(in crate::article) fn children(self) -> impl Iterator<Item = Node<'t>> {
        let first = self.leaf().and_then(|leaf| self.node(leaf.first));
        std::iter::successors(first, |node| node.leaf().and_then(|leaf| node.node(leaf.next)))
            .filter(|node| !node.is_words())
    }

    /// Its first child of this name.
    pub(in crate::article) fn child(self, name: &str) -> Option<Node<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// The first element at the end of a path of names.
    pub(in crate::article) fn at(self, path: &[&str]) -> Option<Node<'t>> {
        let Some((first, rest)) = path.split_first() else { return Some(self) };
        // Of several that begin the path alike, the one that has the rest.
        self.children().filter(|child| child.name() == *first).find_map(|child| child.at(rest))
    }

    /// All elements inside it of one of these names, in their order.
    pub(in crate::article) fn inside(self, names: &[&str]) -> Vec<Node<'t>> {
        let mut found = Vec::new();
        self.walk(|visit| {
            if let Visit::Enter(node) = visit
                && names.contains(&node.name())
            {
                found.push(node);
            }
            true
        });
        found
    }

    /// All words in it, one after another, as they stand there.
    pub(in crate::article) fn text(self) -> String {
        let mut out = String::new();
        self.walk(|visit| {
            if let Visit::Words(words) = visit {
                out.push_str(words);
            }
            true
        });
        out
    }

    /// Goes through what is inside it; `step` says of an element whether to go into it. A walk that does not go into
    /// an element does not come out of it either.
    pub(in crate::article) fn walk(self, mut step: impl FnMut(Visit<'t>) -> bool) {
        let mut at = self;
        let mut down = true;
        loop {
            let leaf = at.leaf();
            let next = if down { leaf.and_then(|leaf| self.node(leaf.first)) } else { None };
            if let Some(child) = next {
                at = child;
            } else {
                // Out of all that end here, and on to the next.
                loop {
                    if at.at == self.at {
                        return;
                    }
                    if !at.is_words() && down {
                        step(Visit::Leave(at));
                    }
                    down = true;
                    if let Some(next) = at.leaf().and_then(|leaf| self.node(leaf.next)) {
                        at = next;
                        break;
                    }
                    match at.leaf().and_then(|leaf| self.node(leaf.parent)) {
                        Some(parent) => at = parent,
                        None => return,
                    }
                }
            }
            down = if at.is_words() {
                let words = at.whole_name();
                step(Visit::Words(words));
                true
            } else {
                step(Visit::Enter(at))
            };
        }
    }

    /// As HTML, to be read by whoever reads pages: names without prefixes, everything closed.
    pub(in crate::article) fn to_html(self) -> String {
        let mut out = String::new();
        self.walk(|visit| {
            match visit {
                Visit::Enter(node) => node.open_html(&mut out),
                Visit::Words(words) => escape(words, &mut out),
                // `</br>` would be a break of its own.
                Visit::Leave(node) if matches!(node.name(), "br" | "hr" | "img" | "meta" | "link") => {}
                Visit::Leave(node) => {
                    out.push_str("</");
                    out.push_str(node.name());
                    out.push('>');
                }
            }
            true
        });
        out
    }

    fn open_html(self, out: &mut String) {
        out.push('<');
        out.push_str(self.name());
        let (from, to) = self.leaf().map_or((0, 0), |leaf| leaf.attributes);
        for attribute in self.tree.attributes.get(from as usize..to as usize).unwrap_or_default() {
            let name = local(self.string(attribute.name));
            if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                out.push(' ');
                out.push_str(name);
                out.push_str("=\"");
                escape(self.string(attribute.value), out);
                out.push('"');
            }
        }
        out.push('>');
    }
}

fn escape(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
