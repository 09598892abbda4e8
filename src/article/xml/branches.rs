//! The branches of a stream of markup that hold something: one after another, each as a tree of its own.
//!
//! What is taken is decided by its reader, from the names around it; the rest is passed over without being held. So a
//! file of any size is read in the memory that its largest branch needs. A branch that is too large costs only
//! itself; one that breaks off gives what it has.

use super::markup::{Ending, Markup, Step, Tag};
use super::tree::{Grown, Tree};
use crate::article::read::broken;
use crate::text::problem::{Place, Problem};

/// What to do with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article) enum Pick {
    /// Look into it.
    Into,
    /// It is a branch.
    Take,
    /// It is a branch; another of its name cannot stand in it, so that one closes the other.
    TakeFlat,
}

/// An element around a branch.
pub(in crate::article) struct Around {
    whole: String,
    /// Its language, where it says one.
    lang: Option<String>,
}

impl Around {
    /// Its name without prefix.
    pub(in crate::article) fn name(&self) -> &str {
        super::markup::local(&self.whole)
    }
}

/// A branch, or what is to be said about the stream.
pub(in crate::article) enum Branch {
    /// A branch: its tree, the language that an element around it gives, and what is odd about it.
    Grown(Box<Tree>, Option<String>, Option<Problem>),
    /// What could not be taken.
    Lost(Problem),
}

/// Elements in one another beyond these are not counted.
const DEEPEST: usize = 200;

/// The branches of a stream.
pub(in crate::article) struct Branches<'a> {
    markup: Markup<'a>,
    pick: fn(&[Around], &Tag<'_>) -> Pick,
    around: Vec<Around>,
    /// A branch that began where the last one should have ended.
    next: Option<Tree>,
    ended: bool,
}

impl<'a> Branches<'a> {
    /// Those that `pick` takes, given the elements around.
    pub(in crate::article) fn new(markup: Markup<'a>, pick: fn(&[Around], &Tag<'_>) -> Pick) -> Self {
        Self { markup, pick, around: Vec::new(), next: None, ended: false }
    }

    /// Whether elements stand around the branch that came last.
    pub(in crate::article) fn is_inside(&self) -> bool {
        !self.around.is_empty()
    }

    fn shut(&mut self, name: &str) {
        if let Some(at) = self.around.iter().rposition(|around| around.whole == name) {
            self.around.truncate(at);
        }
    }

    /// Grows a tree to its end.
    fn grow(&mut self, mut tree: Tree, empty: bool, flat: bool) -> Branch {
        let name = tree.root().name().to_owned();
        let lang = self.around.iter().rev().find_map(|around| around.lang.clone());
        let around = &self.around;
        let grown = match empty {
            true => Grown::Closed,
            false => tree.grow(&mut self.markup, flat, |name| around.iter().any(|around| around.whole == name)),
        };
        let unclosed = || Problem::new(Place::Whole, format!("the element <{name}> is not closed"));
        let twice = || Problem::new(Place::Whole, "words in it were put into UTF-8 twice; read as they were meant");
        let odd = match grown {
            Grown::Closed => tree.twice.then(twice),
            Grown::Around(name) => {
                self.shut(&name);
                Some(unclosed())
            }
            Grown::Again(next) => {
                self.next = Some(next);
                Some(unclosed())
            }
            Grown::Ended(Ending::TooLarge) => {
                let whole = tree.root().whole_name().to_owned();
                drop(tree);
                let said = format!("<{name}> is larger than {} MB: not one article", super::LARGEST_BRANCH >> 20);
                self.ended = !self.markup.resume(&whole).unwrap_or(false);
                return Branch::Lost(Problem::new(Place::Whole, said));
            }
            Grown::Ended(Ending::Failed(kind, said)) => {
                self.ended = true;
                return Branch::Lost(broken(&std::io::Error::new(kind, said)));
            }
            Grown::Ended(ending) => {
                self.ended = true;
                let inside = match ending {
                    Ending::Broken(inside) => format!("{inside} in <{name}>"),
                    _ => format!("<{name}>"),
                };
                let said = format!("the file breaks off inside {inside}: what was there is kept");
                Some(Problem::new(Place::Whole, said).hint("fetch the file again"))
            }
        };
        Branch::Grown(Box::new(tree), lang, odd)
    }
}

impl Iterator for Branches<'_> {
    type Item = Branch;

    fn next(&mut self) -> Option<Branch> {
        if self.ended {
            return None;
        }
        self.markup.refuel();
        if let Some(tree) = self.next.take() {
            return Some(self.grow(tree, false, true));
        }
        loop {
            match self.markup.step() {
                Step::Open(tag) => {
                    let pick = (self.pick)(&self.around, &tag);
                    if pick != Pick::Into {
                        let (tree, empty) = (Tree::sprout(&tag), tag.empty);
                        return Some(self.grow(tree, empty, pick == Pick::TakeFlat));
                    }
                    if !tag.empty && self.around.len() < DEEPEST {
                        let lang = tag.attribute("lang").filter(|lang| !lang.is_empty());
                        self.around.push(Around { whole: tag.name().to_owned(), lang });
                    }
                    self.markup.refuel();
                }
                Step::Shut(end) => {
                    let name = end.name().0;
                    if let Some(at) = self.around.iter().rposition(|around| around.whole == name) {
                        self.around.truncate(at);
                    }
                    self.markup.refuel();
                }
                Step::Words(_) | Step::Aside => self.markup.refuel(),
                Step::End(ending) => {
                    self.ended = true;
                    return match ending {
                        Ending::Whole => None,
                        Ending::Broken(inside) => {
                            let said = format!("the file breaks off inside {inside}");
                            Some(Branch::Lost(Problem::new(Place::Whole, said).hint("fetch the file again")))
                        }
                        Ending::TooLarge => {
                            let said = format!("a piece of markup larger than {} MB", super::LARGEST_BRANCH >> 20);
                            Some(Branch::Lost(Problem::new(Place::Whole, said)))
                        }
                        Ending::Failed(kind, said) => Some(Branch::Lost(broken(&std::io::Error::new(kind, said)))),
                    };
                }
            }
        }
    }
}
