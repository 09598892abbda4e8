//! Queries by hand: what somebody who knows the engine would write for each question, asked of the index of `hand.rs`.

use std::ops::Bound;
use std::path::Path;

use onrecord::text::day::Day;
use onrecord::text::stem::stems;
use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value as _};
use tantivy::{DocAddress, Index, Order, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::analysis::STEM;
use super::analysis::tokenizers;
use super::classes::{Among, Class, Test, Want};

/// Both indexes, open.
pub(crate) struct ByHand {
    articles: Searcher,
    quotes: Searcher,
}

fn open(folder: &Path) -> tantivy::Result<Searcher> {
    let mut index = Index::open_in_dir(folder)?;
    index.set_tokenizers(tokenizers());
    Ok(index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher())
}

impl ByHand {
    /// Opens the two indexes in `folder`.
    pub(crate) fn open(folder: &Path) -> Result<Self, String> {
        let searcher = |name| open(&folder.join(name)).map_err(|error| error.to_string());
        Ok(Self { articles: searcher("articles")?, quotes: searcher("quotes")? })
    }

    /// The two of them, by their names.
    pub(crate) fn indexes(&self) -> [(&'static str, &Searcher); 2] {
        [("articles", &self.articles), ("quotations", &self.quotes)]
    }

    /// Asks; gives how many records were given, or counted.
    pub(crate) fn ask(&self, test: &Test, class: &Class) -> Result<u64, String> {
        let (searcher, field) = match class.among {
            Among::Quotes => (&self.quotes, "words"),
            Among::Bodies => (&self.articles, "body"),
        };
        self.answer(searcher, field, test, class.want).map_err(|error| error.to_string())
    }

    fn answer(&self, searcher: &Searcher, field: &str, test: &Test, want: Want) -> tantivy::Result<u64> {
        let query = query(searcher, field, test)?;
        match want {
            Want::Count => Ok(searcher.search(&query, &Count)? as u64),
            Want::Best => {
                let best = searcher.search(&query, &TopDocs::with_limit(10).order_by_score())?;
                load(searcher, best.iter().map(|(_, address)| *address))
            }
            Want::Newest => {
                let order = TopDocs::with_limit(10).order_by_fast_field::<i64>("first_day", Order::Desc);
                let newest = searcher.search(&query, &order)?;
                load(searcher, newest.iter().map(|(_, address)| *address))
            }
            Want::Everything => {
                let most = searcher.search(&query, &Count)?.max(1);
                let order = TopDocs::with_limit(most).order_by_fast_field::<i64>("first_day", Order::Desc);
                let newest = searcher.search(&query, &order)?;
                load(searcher, newest.iter().map(|(_, address)| *address))
            }
            Want::Facet => {
                let request = r#"{"by": {"terms": {"field": "outlet_exact", "size": 1000}}}"#;
                let request: Aggregations = serde_json::from_str(request)?;
                let found = searcher.search(&query, &AggregationCollector::from_aggs(request, Default::default()))?;
                let found = serde_json::to_value(found)?;
                let buckets = found["by"]["buckets"].as_array().map(Vec::as_slice).unwrap_or_default();
                Ok(buckets.iter().filter_map(|bucket| bucket["doc_count"].as_u64()).sum())
            }
        }
    }
}

/// Reads what is stored of the records, as the program does.
fn load(searcher: &Searcher, addresses: impl Iterator<Item = DocAddress>) -> tantivy::Result<u64> {
    let facts = searcher.schema().get_field("facts")?;
    let mut count = 0;
    for address in addresses {
        let document: TantivyDocument = searcher.doc(address)?;
        let facts = document.get_first(facts).and_then(|value| value.as_str()).unwrap_or_default();
        let facts: Vec<serde_json::Value> = serde_json::from_str(facts)?;
        count += u64::from(!facts.is_empty());
    }
    Ok(count)
}

fn query(searcher: &Searcher, field: &str, test: &Test) -> tantivy::Result<Box<dyn Query>> {
    let words = searcher.schema().get_field(field)?;
    let must = |parts: Vec<Box<dyn Query>>| -> Box<dyn Query> {
        Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Must, part)).collect()))
    };
    Ok(match test {
        Test::Word(word) => term(words, word),
        Test::Forms(word) => forms(searcher, words, word)?,
        Test::And(all) => must(all.iter().map(|word| term(words, word)).collect()),
        Test::Or(all) => Box::new(BooleanQuery::union(all.iter().map(|word| term(words, word)).collect())),
        Test::OrForms(all) => {
            let all: tantivy::Result<Vec<_>> = all.iter().map(|word| forms(searcher, words, word)).collect();
            Box::new(BooleanQuery::union(all?))
        }
        Test::Phrase(all) => {
            Box::new(PhraseQuery::new(all.iter().map(|word| Term::from_field_text(words, word)).collect()))
        }
        // In either order: the engine's slop counts two words that change places as two.
        Test::Near(one, other, most) => {
            let row = |first: &str, second: &str| -> Box<dyn Query> {
                let terms = [first, second].map(|word| Term::from_field_text(words, word)).to_vec();
                let mut row = PhraseQuery::new(terms);
                row.set_slop(most - 1);
                Box::new(row)
            };
            Box::new(BooleanQuery::union(vec![row(one, other), row(other, one)]))
        }
        Test::Prefix(begin) => Box::new(RegexQuery::from_pattern(&format!("{begin}.*"), words)?),
        Test::Fuzzy(word) => Box::new(FuzzyTermQuery::new(Term::from_field_text(words, word), 1, true)),
        Test::Said(surname, word) => {
            let speaker = searcher.schema().get_field("speaker")?;
            let said = TermQuery::new(Term::from_field_text(speaker, surname), IndexRecordOption::Basic);
            must(vec![Box::new(said), term(words, word)])
        }
        Test::Days(word, from, to) => {
            let day = searcher.schema().get_field("first_day")?;
            let bound = |text: &str| Bound::Included(Term::from_field_i64(day, number(text)));
            must(vec![term(words, word), Box::new(RangeQuery::new(bound(from), bound(to)))])
        }
    })
}

fn number(text: &str) -> i64 {
    let mut parts = text.split('-').filter_map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next().unwrap_or(0), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    Day::new(year.cast_signed(), month, day).map_or(0, |day| i64::from(day.number()))
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

/// The word, its stem where a text has that, and what has that stem: of these terms the ones that there are.
fn forms(searcher: &Searcher, field: Field, word: &str) -> tantivy::Result<Box<dyn Query>> {
    let stems = stems(word);
    let mut texts: Vec<String> = stems.iter().map(|stem| format!("{STEM}{stem}")).collect();
    texts.extend(stems);
    texts.push(word.to_owned());
    texts.sort();
    texts.dedup();
    let mut terms: Vec<Box<dyn Query>> = Vec::new();
    for text in texts {
        if searcher.doc_freq(&Term::from_field_text(field, &text))? > 0 {
            terms.push(term(field, &text));
        }
    }
    let only = if terms.len() == 1 { terms.pop() } else { None };
    Ok(only.unwrap_or_else(|| Box::new(BooleanQuery::union(terms))))
}
