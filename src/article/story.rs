//! What a reader of a wire's or a library's format makes of one item: facts, and words that become a text.
//!
//! The text holds the article and, above it, what is printed above it and may quote somebody (a second headline). It
//! knows no format; those that are streams of items share [`Stories`].

use std::collections::VecDeque;

use super::facts::Facts;
use super::fields::Field;
use super::read::{NO_WORDS, ReadOptions};
use super::xml::{Branch, Branches, Tree};
use super::{Article, Reading, Source};
use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

/// One item, before it is an article.
#[derive(Default)]
pub(super) struct Story {
    /// What is known about it. A lead stands in for a text that is missing.
    pub(super) facts: Facts,
    /// What is printed above the text and is no headline: kept, but not part of the body.
    pub(super) above: String,
    /// The article itself.
    pub(super) text: String,
    /// What stands under the text (a signature): kept, but not part of the body.
    pub(super) below: String,
    /// What is odd about it.
    pub(super) problems: Vec<Problem>,
}

impl Story {
    /// Whether it has words of its own.
    pub(super) fn has_text(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// The article, with `place` for its source.
    pub(super) fn into_reading(mut self, place: &Source, options: &ReadOptions) -> Reading {
        if !self.has_text() {
            self.text = self.facts.get(Field::Lead).map(str::to_owned).unwrap_or_default();
        }
        if !self.has_text() {
            if self.facts.get(Field::Title).is_none() {
                return Reading::Skipped(Problem::new(Place::Whole, NO_WORDS));
            }
            self.problems.push(Problem::new(Place::Whole, "only a headline: there is no text to it"));
        }
        let above = if self.above.trim().is_empty() { String::new() } else { format!("{}\n\n", self.above.trim_end()) };
        let start = above.len();
        let end = start + self.text.trim_end().len();
        let text = above + &self.text + &self.below;
        if u32::try_from(text.len()).is_err() {
            return Reading::Skipped(Problem::new(Place::Whole, "a text of 4 GB or more"));
        }
        let mut article = Article::from_text(place.clone(), text);
        article.body = Span::new(&article.text, start, end).unwrap_or(Span::whole(&article.text));
        let mut problems = self.problems;
        problems.extend(self.facts.onto(&mut article, options));
        Reading::Article(Box::new(article), problems)
    }
}

/// Makes readings of a branch; `None` where it is no item, but tells about those that follow.
pub(super) type Make<'a> = Box<dyn FnMut(&Tree, Option<&str>) -> Option<Vec<Reading>> + 'a>;

/// The items of a stream of markup, each under its number.
pub(super) struct Stories<'a> {
    branches: Branches<'a>,
    make: Make<'a>,
    /// What is said of a file without any item.
    nothing: Box<dyn Fn() -> String + 'a>,
    guessed: Option<Problem>,
    ready: VecDeque<Reading>,
    count: u64,
    /// Whether an item has a number even where it is the first and nothing is around it.
    numbered: bool,
    /// What was lost before the first item.
    lost: Option<Problem>,
    ended: bool,
}

impl<'a> Stories<'a> {
    /// The items that `make` makes of `branches`; `guessed` is what had to be guessed of the whole file.
    pub(super) fn new(
        (branches, guessed): (Branches<'a>, Option<Problem>),
        nothing: impl Fn() -> String + 'a,
        make: impl FnMut(&Tree, Option<&str>) -> Option<Vec<Reading>> + 'a,
    ) -> Self {
        let (make, nothing) = (Box::new(make), Box::new(nothing));
        Self {
            branches,
            make,
            nothing,
            guessed,
            ready: VecDeque::new(),
            count: 0,
            numbered: false,
            lost: None,
            ended: false,
        }
    }

    /// The same, of a format of many items in a file, which has nothing around them.
    pub(super) fn numbered(self) -> Self {
        Self { numbered: true, ..self }
    }

    fn take(&mut self, readings: Vec<Reading>, odd: Option<&Problem>) {
        // A file that is one item has no numbers.
        let numbered = self.numbered || self.branches.is_inside() || readings.len() > 1 || self.count > 0;
        for mut reading in readings {
            let record = self.count;
            self.count += 1;
            let at = if numbered { Place::Record(self.count) } else { Place::Whole };
            match &mut reading {
                Reading::Article(article, problems) => {
                    article.source.record = record;
                    problems.extend(odd.cloned());
                    problems.extend(self.guessed.clone());
                    problems.iter_mut().for_each(|problem| problem.at = at);
                }
                Reading::Skipped(problem) => problem.at = at,
            }
            self.ready.push_back(reading);
        }
    }
}

impl Iterator for Stories<'_> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        loop {
            if let Some(reading) = self.ready.pop_front() {
                return Some(reading);
            }
            if self.ended {
                return None;
            }
            match self.branches.next() {
                Some(Branch::Grown(tree, lang, odd)) => match (self.make)(&tree, lang.as_deref()) {
                    Some(readings) => self.take(readings, odd.as_ref()),
                    None => self.lost = self.lost.take().or(odd),
                },
                Some(Branch::Lost(problem)) if self.branches.is_inside() || self.count > 0 => {
                    self.take(vec![Reading::Skipped(problem)], None);
                }
                Some(Branch::Lost(problem)) => self.lost = self.lost.take().or(Some(problem)),
                None => {
                    self.ended = true;
                    if self.count == 0 {
                        let said = self.lost.take().unwrap_or_else(|| Problem::new(Place::Whole, (self.nothing)()));
                        return Some(Reading::Skipped(said));
                    }
                }
            }
        }
    }
}
