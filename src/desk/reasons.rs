//! Why the quotations that were found are whose they are: their articles, as the index keeps them, extracted once more.
//!
//! Nothing of it is stored, since reading an article again takes no longer than finding it. Where this version of the program does
//! not find the very quotation in it that the index holds, its reasons would be those of something else, and that is said.

use std::collections::BTreeMap;

use crate::archive::speakers::Speakers;
use crate::article::{Article, Source};
use crate::extract::{self, Extraction, Quote, Speaker};
use crate::index::hit::{ArticleHit, Grounds, QuoteHit};
use crate::index::{self, Reader};
use crate::text::span::Span;

use super::fault;

/// A confidence is kept to three decimals.
const ROUNDED: f32 = 0.000_51;

/// Fills in why the hits are whose they are; their speakers are named as `speakers` says.
///
/// # Errors
/// Where the index cannot be read.
pub fn give_reasons(hits: &mut [QuoteHit], speakers: &Speakers, reader: &Reader) -> Result<(), index::Error> {
    let mut by_article: BTreeMap<_, Vec<&mut QuoteHit>> = BTreeMap::new();
    for hit in hits {
        by_article.entry(hit.article).or_default().push(hit);
    }
    for (id, hits) in by_article {
        let article = reader.article(id)?.map(article);
        let explained = article.and_then(|article| {
            let (found, whys) = fault::contain(|| extract::explain(&article)).ok()?;
            Some((article, found, whys))
        });
        for hit in hits {
            let grounds = explained.as_ref().and_then(|(article, found, whys)| {
                let number = found.quotes.iter().position(|quote| is_same(hit, quote, article, found, speakers))?;
                Some(whys.get(number)?.clone().map_or(Grounds::Rule, Grounds::Weighed))
            });
            hit.why = Some(grounds.unwrap_or(Grounds::Outdated));
        }
    }
    Ok(())
}

/// The article as it was when it was indexed, as far as extraction looks at it.
fn article(hit: ArticleHit) -> Article {
    let (start, end) = hit.body;
    let body = Span::new(&hit.text, start as usize, end as usize);
    let mut article = Article::from_text(Source::file(hit.path), hit.text);
    article.body = body.unwrap_or(article.body);
    (article.published, article.lang) = (hit.date, hit.lang);
    article
}

fn is_same(hit: &QuoteHit, quote: &Quote, article: &Article, found: &Extraction, speakers: &Speakers) -> bool {
    let by = &quote.attribution;
    let place = |span: &Span| (u32::try_from(span.start()).ok(), u32::try_from(span.end()).ok());
    let stored = |&(start, end): &(u32, u32)| (Some(start), Some(end));
    let name = match &by.speaker {
        Speaker::Named(person) => found.people.get(*person).map(|person| person.name.as_str()),
        Speaker::Described(description) => Some(description.as_str()),
        Speaker::Unknown => None,
    };
    let shown = name.map(|name| speakers.person_of(name).map_or(name, |person| &person.name));
    let cue = by.cue.map(|cue| cue.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" "));
    quote.spans.iter().map(place).eq(hit.spans.iter().map(stored))
        && (quote.kind, by.rule) == (hit.kind, hit.rule.as_str())
        && (by.confidence - hit.confidence).abs() < ROUNDED
        && shown == hit.speaker.as_deref()
        && cue == hit.cue
}
