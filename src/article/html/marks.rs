//! What an element says of itself by its name, its classes and its role, as a set of marks.
//!
//! The words of classes are in `marks.txt`. What a mark means for the text is not said here.

use std::collections::HashMap;
use std::sync::LazyLock;

use dom_query::Element;

/// A set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Marks(u64);

impl Marks {
    /// Whether the mark with this number is among them.
    pub(super) fn has(self, mark: u8) -> bool {
        self.0 >> mark & 1 == 1
    }

    pub(super) fn add(&mut self, mark: u8) {
        self.0 |= 1 << mark;
    }
}

/// How many marks there are: the names, then the kinds of words.
pub(super) const COUNT: u8 = NAMES_COUNT + 29;

const NAMES_COUNT: u8 = 30;

/// The marks that names of elements and a few attributes give, in the order of their numbers.
const UP: [&str; NAMES_COUNT as usize] = [
    "up.a",
    "up.bold",
    "up.p",
    "up.li",
    "up.list",
    "up.table",
    "up.cell",
    "up.figure",
    "up.figcaption",
    "up.blockquote",
    "up.pre",
    "up.article",
    "up.main",
    "up.nav",
    "up.aside",
    "up.footer",
    "up.header",
    "up.form",
    "up.section",
    "up.dl",
    "up.details",
    "up.time",
    "up.label",
    "up.h1",
    "up.h2",
    "up.h3",
    "up.h4",
    "up.italic",
    "up.button",
    "up.hidden",
];

/// The kinds of words in classes, in the order of their numbers, which follow those.
const CLASS: [&str; 29] = [
    "class.body",
    "class.comments",
    "class.related",
    "class.share",
    "class.newsletter",
    "class.author",
    "class.meta",
    "class.nav",
    "class.breadcrumb",
    "class.sidebar",
    "class.ad",
    "class.promo",
    "class.caption",
    "class.tags",
    "class.footer",
    "class.header",
    "class.popup",
    "class.unseen",
    "class.notes",
    "class.toc",
    "class.cards",
    "class.media",
    "class.product",
    "class.summary",
    "class.fold",
    "class.title",
    "class.legal",
    "class.search",
    "class.account",
];

/// A link.
pub(super) const A: u8 = 0;
/// Bold words.
pub(super) const BOLD: u8 = 1;
/// Links to other pages of the site.
pub(super) const NAV: u8 = 13;
/// What stands beside.
pub(super) const ASIDE: u8 = 14;
/// The foot of the page or a part of it.
pub(super) const FOOTER: u8 = 15;
/// What is to be filled in.
pub(super) const FORM: u8 = 17;
/// A heading of the first level; those below follow it.
pub(super) const H1: u8 = 23;
/// What is to be pressed.
pub(super) const BUTTON: u8 = 28;
/// Not shown before a script has run.
pub(super) const HIDDEN: u8 = 29;

/// What readers say.
pub(super) const COMMENTS: u8 = NAMES_COUNT + 1;
/// Other articles.
pub(super) const RELATED: u8 = NAMES_COUNT + 2;
/// Something about the writer.
pub(super) const AUTHOR: u8 = NAMES_COUNT + 5;
/// Entries of a list of articles.
pub(super) const CARDS: u8 = NAMES_COUNT + 20;

/// The names of all marks: `up.article` is an element, `class.body` a kind of word in classes.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    UP.iter().chain(&CLASS).copied()
}

/// The mark that an element's name gives.
fn named(name: &str) -> Option<u8> {
    let known = match name {
        "b" | "strong" => "bold",
        "ul" | "ol" | "menu" => "list",
        "tr" | "td" | "th" => "cell",
        "caption" => "figcaption",
        "code" => "pre",
        "fieldset" => "form",
        "dt" | "dd" => "dl",
        "summary" => "details",
        "legend" => "label",
        "h5" | "h6" => "h4",
        "em" | "i" => "italic",
        name => name,
    };
    UP.iter().position(|name| name.strip_prefix("up.") == Some(known)).and_then(|place| u8::try_from(place).ok())
}

static WORDS: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let lines = include_str!("marks.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "));
    lines
        .filter_map(|(kind, words)| {
            let place = CLASS.iter().position(|known| known.strip_prefix("class.") == Some(kind))?;
            Some((NAMES_COUNT + u8::try_from(place).ok()?, words))
        })
        .flat_map(|(mark, words)| words.split_ascii_whitespace().map(move |word| (word, mark)))
        .collect()
});

/// The marks of one element, without those of the elements around it.
pub(super) fn of(element: &Element) -> Marks {
    let mut marks = Marks::default();
    if let Some(mark) = named(element.name.local.as_ref()) {
        marks.add(mark);
    }
    for attribute in &element.attrs {
        match attribute.name.local.as_ref() {
            "class" | "id" | "role" | "itemprop" | "data-testid" | "data-component" | "aria-label" => {
                read_words(&attribute.value, &mut marks);
            }
            _ => {}
        }
    }
    marks
}

/// Classes are long only where a program writes them.
const MOST_LETTERS: usize = 400;

fn read_words(value: &str, marks: &mut Marks) {
    let mut word = [0u8; 20];
    let mut length = 0;
    let mut last_small = false;
    let mut end = |word: &[u8; 20], length: &mut usize| {
        if let Some(known) = word.get(..*length).and_then(|word| std::str::from_utf8(word).ok())
            && let Some(mark) = WORDS.get(known)
        {
            marks.add(*mark);
        }
        *length = 0;
    };
    for byte in value.bytes().take(MOST_LETTERS) {
        if byte.is_ascii_alphabetic() {
            if byte.is_ascii_uppercase() && last_small {
                end(&word, &mut length);
            }
            if let Some(slot) = word.get_mut(length) {
                *slot = byte.to_ascii_lowercase();
            }
            // Longer than any known word.
            length += 1;
            last_small = byte.is_ascii_lowercase();
        } else {
            end(&word, &mut length);
            last_small = false;
        }
    }
    end(&word, &mut length);
}
