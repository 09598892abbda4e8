//! Learning what single words tell: log-linear weights for `attribution::words`, fitted to annotated articles.
//!
//! Each question has rival candidates, each candidate the words that it is seen by; "none of them" stands beside them with
//! score 0, and the loss is that of `boost`. Fitted by descent with a rate of its own for each weight (Duchi, Hazan and
//! Singer, "Adaptive subgradient methods", 2011), in one fixed order. Words that few articles use are left out: they would be
//! learnt by heart.

use std::collections::BTreeMap;

use super::attribution::words::{Place, Seen, Words, print};
use super::page::Page;

/// The words of one article's candidates, and which of them are right.
#[derive(Clone, Debug, Default)]
pub(super) struct Examples {
    questions: Vec<Question>,
    /// What each word is.
    spelled: BTreeMap<u64, (Place, String)>,
}

#[derive(Clone, Debug)]
struct Question {
    candidates: Vec<Candidate>,
    /// Whether its answer is known, so that it teaches.
    answered: bool,
}

#[derive(Clone, Debug)]
struct Candidate {
    seen: Vec<u64>,
    right: bool,
}

impl Examples {
    /// Begins a question; one that is not answered teaches nothing.
    pub(super) fn ask(&mut self, answered: bool) {
        self.questions.push(Question { candidates: Vec::new(), answered });
    }

    /// Adds a candidate to the last question.
    pub(super) fn candidate(&mut self, page: &Page<'_>, seen: &[Seen], right: bool) {
        for one in seen {
            let spelled = || (one.place, page.words(one.at).to_lowercase().replace('’', "'"));
            self.spelled.entry(one.key()).or_insert_with(spelled);
        }
        if let Some(question) = self.questions.last_mut() {
            question.candidates.push(Candidate { seen: seen.iter().map(|one| one.key()).collect(), right });
        }
    }

    /// The feature that `words` make of each candidate, in order.
    pub(super) fn features(&self, words: &Words) -> impl Iterator<Item = u8> {
        self.questions.iter().flat_map(|q| &q.candidates).map(|candidate| words.sum_of(candidate.seen.iter().copied()))
    }
}

/// Weights and what they are of.
pub(super) struct Fitted {
    weights: BTreeMap<u64, f32>,
}

impl Fitted {
    /// The weights, to be summed.
    pub(super) fn words(&self) -> Words {
        Words::from_weights(self.weights.iter().map(|(&key, &weight)| (key, weight)))
    }

    /// The weights as lines of the file, those that tell next to nothing left out.
    pub(super) fn print(&self, all: &[&Examples]) -> String {
        const LITTLE: f32 = 0.05;
        let mut lines = Vec::new();
        for (key, &weight) in self.weights.iter().filter(|(_, weight)| weight.abs() >= LITTLE) {
            if let Some((place, word)) = all.iter().find_map(|examples| examples.spelled.get(key)) {
                lines.push((*place as usize, word, *place, weight));
            }
        }
        lines.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        let mut text = String::new();
        for (_, word, place, weight) in lines {
            print(&mut text, place, word, weight);
        }
        text
    }
}

/// Weights for the words of these articles.
pub(super) fn fit(articles: &[&Examples]) -> Fitted {
    /// In so many articles a word has to stand.
    const ARTICLES: usize = 5;
    const ROUNDS: usize = 14;
    const RATE: f64 = 0.15;
    const SHRINK: f64 = 0.0015;
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for article in articles {
        for &key in article.spelled.keys() {
            *counts.entry(key).or_default() += 1;
        }
    }
    let places: BTreeMap<u64, usize> = counts
        .iter()
        .filter(|(_, count)| **count >= ARTICLES)
        .enumerate()
        .map(|(place, (key, _))| (key.to_owned(), place))
        .collect();
    let known = |candidate: &Candidate| -> (Vec<usize>, bool) {
        (candidate.seen.iter().filter_map(|key| places.get(key).copied()).collect(), candidate.right)
    };
    let questions: Vec<Vec<(Vec<usize>, bool)>> = articles
        .iter()
        .flat_map(|a| &a.questions)
        .filter(|q| q.answered)
        .map(|q| q.candidates.iter().map(known).collect())
        .collect();
    let mut weights = vec![0f64; places.len()];
    let mut squares = vec![1e-2_f64; places.len()];
    for _ in 0..ROUNDS {
        for question in &questions {
            for (gradient, (seen, _)) in gradients(question, &weights).into_iter().zip(question) {
                for &place in seen {
                    if let (Some(weight), Some(square)) = (weights.get_mut(place), squares.get_mut(place)) {
                        let gradient = gradient + SHRINK * *weight;
                        *square += gradient * gradient;
                        *weight -= RATE * gradient / square.sqrt();
                    }
                }
            }
        }
    }
    Fitted {
        weights: places
            .into_iter()
            .map(|(key, place)| (key, narrow(weights.get(place).copied().unwrap_or(0.0))))
            .collect(),
    }
}

/// For each candidate, the share of the whole that it has too much.
fn gradients(question: &[(Vec<usize>, bool)], weights: &[f64]) -> Vec<f64> {
    let scores: Vec<f64> =
        question.iter().map(|(seen, _)| seen.iter().filter_map(|&place| weights.get(place)).sum()).collect();
    let top = scores.iter().copied().fold(0.0, f64::max);
    let parts: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
    let all = (-top).exp() + parts.iter().sum::<f64>();
    let good: f64 = parts.iter().zip(question).filter(|(_, (_, right))| *right).map(|(part, _)| part).sum();
    let share = |(part, (_, right)): (&f64, &(Vec<usize>, bool))| part / all - if *right { part / good } else { 0.0 };
    parts.iter().zip(question).map(share).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a weight needs no more than seven digits")]
fn narrow(weight: f64) -> f32 {
    weight as f32
}

#[cfg(test)]
mod tests {
    use super::super::attribution::words::{Place, Seen};
    use super::super::lexicon::ENGLISH;
    use super::super::page::Page;
    use super::{Examples, fit};

    #[test]
    fn it_learns_which_word_tells_and_leaves_out_what_few_articles_use() {
        let page = Page::read("said wore once", &ENGLISH);
        let seen = |at: u32| Seen { place: Place::cue_before, word: page.tok(at).expect("three words").hash, at };
        let mut articles = vec![Examples::default(); 8];
        for (n, article) in articles.iter_mut().enumerate() {
            article.ask(true);
            article.candidate(&page, &[seen(0)], true);
            article.candidate(&page, &[seen(1)], false);
            if n == 0 {
                article.ask(true);
                article.candidate(&page, &[seen(2)], true);
            }
        }
        let all: Vec<&Examples> = articles.iter().collect();
        let fitted = fit(&all);
        let words = fitted.words();
        let features: Vec<u8> = articles.iter().take(1).flat_map(|article| article.features(&words)).collect();
        assert!(matches!(features.as_slice(), [said, wore, once] if said > once && once > wore), "{features:?}");
        let printed = fitted.print(&all);
        assert!(printed.starts_with("cue_before said ") && printed.contains("wore -") && !printed.contains("once"));
    }
}
