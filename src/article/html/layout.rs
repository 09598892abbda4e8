//! How a page is laid out: what each block is by itself, how much of the page's text stands in each element, and where the headline
//! and the text's core are.
//!
//! It counts and compares; what tells an article from its surroundings is weighed elsewhere.

use std::collections::HashMap;

use super::blocks::{Block, Outline};
use super::marks::{self, Marks};
use super::phrases::{self, Opening};
use super::top::folded;

/// What a block is, without its surroundings.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Own {
    pub(super) words: usize,
    /// Letters and signs, without blanks.
    pub(super) letters: usize,
    /// How much of it is links, in twentieths.
    pub(super) linked: u8,
    /// Whether it reads as a paragraph of text.
    pub(super) good: bool,
    /// The level of a heading, 4 for all below the third; 0 for what is none.
    pub(super) heading: u8,
    pub(super) opening: Opening,
    /// Whether it says the headline.
    pub(super) title: bool,
    /// The marks of its element and of the one around that: what the blocks of a template have in common.
    pub(super) template: (Marks, Marks),
}

/// Sums over blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub(super) words: usize,
    pub(super) linked: usize,
    /// Words of paragraphs.
    pub(super) good: usize,
    pub(super) blocks: usize,
}

impl Sum {
    fn add(&mut self, own: &Own) {
        self.words += own.words;
        self.linked += own.words * usize::from(own.linked) / 20;
        self.good += if own.good { own.words } else { 0 };
        self.blocks += 1;
    }

    fn take(&mut self, other: Self) {
        self.words += other.words;
        self.linked += other.linked;
        self.good += other.good;
        self.blocks += other.blocks;
    }
}

/// Steps up to the nearest element with each mark, from 1; 0 where there is none.
pub(super) type Reach = [u8; marks::COUNT as usize];

/// No mark is looked for further up.
const FARTHEST: u8 = 30;

/// How many hundredths of the page's paragraphs the [`Layout::cores`] hold.
const CORES: [usize; 3] = [51, 66, 80];

/// The layout of a page.
pub(super) struct Layout<'a> {
    pub(super) outline: &'a Outline,
    pub(super) own: Vec<Own>,
    /// One for each element, with all that stands in it.
    pub(super) sums: Vec<Sum>,
    /// One for each element.
    pub(super) reach: Vec<Reach>,
    /// The whole page.
    pub(super) all: Sum,
    /// The innermost elements that hold the better part of the paragraphs.
    pub(super) cores: [usize; CORES.len()],
    /// Blocks of one template.
    pub(super) alike: HashMap<(Marks, Marks), Sum>,
    /// How often each text stands on the page.
    pub(super) said: HashMap<&'a str, usize>,
    /// Words of paragraphs, and all words, up to each block with it.
    pub(super) so_far: Vec<(usize, usize)>,
    /// The blocks that read as paragraphs.
    pub(super) good: Vec<usize>,
    pub(super) headline: Option<usize>,
}

impl<'a> Layout<'a> {
    /// That of a page with this headline.
    pub(super) fn of(outline: &'a Outline, title: Option<&str>) -> Self {
        let reach = reach(outline);
        let title = title.map(folded).unwrap_or_default();
        let own: Vec<Own> = outline.blocks.iter().map(|block| own(outline, block, &reach, &title)).collect();
        let mut sums = vec![Sum::default(); outline.elements.len()];
        let mut alike: HashMap<_, Sum> = HashMap::new();
        let mut said = HashMap::new();
        for (block, own) in outline.blocks.iter().zip(&own) {
            if let Some(sum) = sums.get_mut(block.element) {
                sum.add(own);
            }
            alike.entry(own.template).or_default().add(own);
            *said.entry(block.text.as_str()).or_default() += 1;
        }
        // Parents stand before their children.
        for place in (1..sums.len()).rev() {
            let (sum, parent) = (sums.get(place).copied().unwrap_or_default(), outline.parent(place));
            if let Some(outer) = sums.get_mut(parent).filter(|_| parent < place) {
                outer.take(sum);
            }
        }
        let all = sums.first().copied().unwrap_or_default();
        let core = |hundredths: usize| {
            let holds = |sum: &Sum| sum.good * 100 >= all.good * hundredths;
            // Only one chain of elements can hold more than half: its last is the innermost.
            sums.iter().rposition(holds).unwrap_or(0)
        };
        let so_far = own.iter().scan((0, 0), |(good, words), own| {
            *good += if own.good { own.words } else { 0 };
            *words += own.words;
            Some((*good, *words))
        });
        let first = |level: u8| own.iter().position(|own| own.title && (level == 0 || own.heading == level));
        let headline = first(1).or_else(|| first(0)).or_else(|| own.iter().position(|own| own.heading == 1));
        let good = own.iter().enumerate().filter(|(_, own)| own.good).map(|(at, _)| at).collect();
        let (cores, so_far) = (CORES.map(core), so_far.collect());
        Self { cores, so_far, good, headline, outline, own, sums, reach, all, alike, said }
    }

    /// The sums of an element.
    pub(super) fn sum(&self, place: usize) -> Sum {
        self.sums.get(place).copied().unwrap_or_default()
    }

    /// Whether the element at `place` is `outer` or stands in it.
    pub(super) fn inside(&self, mut place: usize, outer: usize) -> bool {
        // Parents stand before their children.
        while place > outer {
            place = self.outline.parent(place);
        }
        place == outer
    }

    /// The nearest element around `place` that holds more words than it.
    pub(super) fn wider(&self, mut place: usize) -> usize {
        let words = self.sum(place).words;
        while place > 0 && self.sum(place).words == words {
            place = self.outline.parent(place);
        }
        place
    }
}

fn reach(outline: &Outline) -> Vec<Reach> {
    let mut all: Vec<Reach> = Vec::with_capacity(outline.elements.len());
    for (place, element) in outline.elements.iter().enumerate() {
        let mut reach = [0; marks::COUNT as usize];
        if let Some(outer) = all.get(element.parent).filter(|_| element.parent < place) {
            for (steps, outer) in reach.iter_mut().zip(outer) {
                *steps = if *outer == 0 { 0 } else { (outer + 1).min(FARTHEST) };
            }
        }
        for (mark, steps) in (0..marks::COUNT).zip(&mut reach) {
            if element.marks.has(mark) {
                *steps = 1;
            }
        }
        all.push(reach);
    }
    all
}

fn own(outline: &Outline, block: &Block, reach: &[Reach], title: &str) -> Own {
    let words = block.text.split_whitespace().count();
    let letters = block.text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
    let linked = share(block.linked, letters);
    let ends = block.text.ends_with(['.', '!', '?', '"', '”', ':', '…', '»', ')']);
    let near = |mark: u8| reach.get(block.element).and_then(|reach| reach.get(usize::from(mark))).copied().unwrap_or(0);
    let level = (1..=4).zip(marks::H1..).find(|(_, mark)| (1..=3).contains(&near(*mark)));
    let marks = |place: usize| outline.elements.get(place).map(|element| element.marks).unwrap_or_default();
    let may_be_title = !title.is_empty() && block.text.len() < title.len() * 2 + 20;
    Own {
        words,
        letters,
        linked,
        good: words >= 12 && linked <= 8 && (ends || words > 30),
        heading: level.map_or(0, |(level, _)| level),
        opening: phrases::opening(&block.text),
        title: may_be_title && {
            let words = folded(&block.text);
            words == title || (words.len() > 15 && (title.contains(&words) || words.contains(title)))
        },
        template: (marks(block.element), marks(outline.parent(block.element))),
    }
}

/// How much `part` is of `whole`, in twentieths.
pub(super) fn share(part: usize, whole: usize) -> u8 {
    let twentieths = (part * 20 + whole / 2).checked_div(whole).unwrap_or(0);
    u8::try_from(twentieths.min(20)).unwrap_or(20)
}
