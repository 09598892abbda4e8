//! Sentences around a quotation, and the sentence of an article that answers a question best.
//!
//! Both are read from the article as the index keeps it.

use std::collections::BTreeSet;

use crate::index::hit::{ArticleHit, QuoteHit};
use crate::index::{self, Reader};
use crate::query::ast::Field;
use crate::query::mark::{Shown, mark};
use crate::text::paragraph::paragraphs;
use crate::text::sentence::sentence_starts;
use crate::text::span::Span;

use super::question::Question;

/// Gives each quotation as context the sentences that it stands in, with so many before and behind them.
///
/// # Errors
/// Where the index cannot be read.
pub fn give_passages(hits: &mut [QuoteHit], around: usize, reader: &Reader) -> Result<(), index::Error> {
    // Quotations of one article are often side by side.
    let mut last: Option<(ArticleHit, Vec<Span>)> = None;
    for hit in hits {
        if last.as_ref().is_none_or(|(article, _)| article.id != hit.article) {
            last = reader.article(hit.article)?.map(|article| {
                let spans = sentences(&article.text, article.lang.as_deref());
                (article, spans)
            });
        }
        if let Some((article, spans)) = &last
            && let Some(passage) = passage(hit, &article.text, spans, around)
        {
            hit.context = passage;
        }
    }
    Ok(())
}

fn passage(hit: &QuoteHit, text: &str, sentences: &[Span], around: usize) -> Option<String> {
    let start = hit.spans.iter().map(|span| span.0 as usize).min()?;
    let end = hit.spans.iter().map(|span| span.1 as usize).max()?;
    let first = sentences.iter().rposition(|sentence| sentence.start() <= start)?;
    let last = sentences.iter().position(|sentence| sentence.end() >= end).unwrap_or(sentences.len().checked_sub(1)?);
    let first = sentences.get(first.saturating_sub(around))?.start();
    let last = sentences.get(last.saturating_add(around).min(sentences.len() - 1))?.end();
    Some(folded(text.get(first..last)?))
}

impl Question {
    /// Gives each article as snippet the sentence of its body that has most of the words asked for, the first of equal ones; where
    /// none has any, the first sentence.
    pub fn give_snippets(&self, hits: &mut [ArticleHit], reader: &Reader) {
        for hit in hits {
            let body = hit.text.get(hit.body.0 as usize..hit.body.1 as usize).unwrap_or_default();
            let marks = |text: &str| {
                let shown = Shown { field: Field::Body, of_article: true, text, lang: hit.lang.as_deref() };
                mark(self.query(), shown, &|stem| reader.forms_of(stem))
            };
            let mut best: Option<(usize, String)> = None;
            for sentence in sentences(body, hit.lang.as_deref()) {
                let sentence = folded(sentence.of(body));
                let words: BTreeSet<String> = marks(&sentence)
                    .into_iter()
                    .filter_map(|(start, end)| Some(sentence.get(start..end)?.to_lowercase()))
                    .collect();
                if best.as_ref().is_none_or(|(most, _)| words.len() > *most) {
                    best = Some((words.len(), sentence));
                }
            }
            let snippet = best.map(|(_, sentence)| sentence);
            hit.snippet_marks = snippet.as_deref().map(marks).unwrap_or_default();
            hit.snippet = snippet;
        }
    }
}

/// The sentences of a text, in order, none across paragraphs, without the white space between them.
fn sentences(text: &str, lang: Option<&str>) -> Vec<Span> {
    let german = lang.is_some_and(|lang| lang.starts_with("de"));
    let mut all = Vec::new();
    for paragraph in paragraphs(text) {
        let words = paragraph.of(text);
        let starts: Vec<usize> = std::iter::once(0).chain(sentence_starts(words, german)).collect();
        let ends = starts.iter().skip(1).copied().chain([words.len()]);
        for (start, end) in starts.iter().copied().zip(ends) {
            let long = words.get(start..end).unwrap_or_default().trim_end().len();
            let start = paragraph.start() + start;
            all.extend(Span::new(text, start, start + long).filter(|span| !span.is_empty()));
        }
    }
    all
}

/// One space where there is any white space.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::sentences;

    fn check(text: &str, lang: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text, Some(lang)).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_with_their_paragraph() {
        check("", "en", &[]);
        check("We sail. They stay", "en", &["We sail.", "They stay"]);
        check(
            "A headline\n\nMr. Lund left.  He sails.\n\n“No,” she said.",
            "en",
            &["A headline", "Mr. Lund left.", "He sails.", "“No,” she said."],
        );
        check("Am 3. März kam er. Dann ging er.", "de", &["Am 3. März kam er.", "Dann ging er."]);
    }
}
