//! Records of which a field is exactly this text, capitals, points and all.
//!
//! Long values are not kept as terms: most of them are there once, and a list of one record for each would be as large as the
//! words themselves. Whatever has the value has its words, and about as many as it has; of those few the stored record is read
//! and compared. It is not for names and the like, which are terms as a whole (`schema`).

use std::collections::BTreeSet;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{AllQuery, BooleanQuery, EnableScoring, Occur, Query as Engine, TermQuery};
use tantivy::schema::{Field as EngineField, IndexRecordOption};
use tantivy::{DocAddress, DocId, Searcher, Term};

use crate::query::ast::Field;
use crate::text::analysis;
use crate::text::running::{Piece, Setting, running};
use crate::text::stem::Language;

use super::budget::Budget;
use super::collect::Row;
use super::compile::{Compiled, Compiler, unranked};
use super::error::Error;
use super::marked;
use super::read::Reader;
use super::record::fold_space;
use super::schema::{ARTICLES, QUOTES, column};
use super::spelled::FIRST_WORD;

/// What it costs to read a record: most lie in a block that was read for the one before.
const STEPS_READ: usize = 512;

/// So many words of a long value are enough to leave few records, the longest of them.
const MOST_WORDS: usize = 24;

/// Whether a record has this value, told by what is stored of it.
type Same = fn(&Reader, &Row, &str) -> Result<bool, Error>;

impl Compiler<'_> {
    /// The quotations whose words are exactly these.
    pub(super) fn whole_quotes(&self, text: &str) -> Compiled {
        let same: Same = |reader, row, text| Ok(reader.quote_hit(row)?.quote == text);
        self.whole_value(self.reader.quote_searcher()?, (QUOTES.words, true), text, same)
    }

    /// The articles of which this field is exactly this text.
    pub(super) fn whole_articles(&self, field: Field, text: &str) -> Compiled {
        let fields = &*ARTICLES;
        let (place, same): (_, Same) = match field {
            Field::Title => ((fields.title, true), |reader, row, text| {
                Ok(reader.unpacked(row.address)?.facts().title.as_deref() == Some(text))
            }),
            Field::Url => ((fields.url, false), |reader, row, text| {
                Ok(reader.unpacked(row.address)?.facts().url.as_deref() == Some(text))
            }),
            Field::Path => {
                ((fields.path, false), |reader, row, text| Ok(reader.unpacked(row.address)?.facts().path == text))
            }
            _ => ((fields.body, true), |reader, row, text| {
                let stored = reader.unpacked(row.address)?;
                let (start, end) = stored.facts().body;
                let body = stored.facts().text.get(start as usize..end as usize);
                Ok(body.is_some_and(|body| fold_space(body) == text))
            }),
        };
        self.whole_value(self.reader.article_searcher()?, place, text, same)
    }

    fn whole_value(
        &self,
        searcher: &Searcher,
        (field, running): (EngineField, bool),
        text: &str,
        same: Same,
    ) -> Compiled {
        let value = Whole { text, field, tokens: running.then(|| tokens(text)) };
        let near = value.near(searcher, &self.budget).map_err(Error::engine(self.reader.dir()))?;
        let mut ids = Vec::new();
        for address in near {
            if !self.budget.spend(STEPS_READ) {
                return Err(Error::TooMuch);
            }
            let row = self.reader.row(searcher, address)?;
            if same(self.reader, &row, text)? {
                ids.push(row.id);
            }
        }
        Ok(unranked(marked::one_of(None, (self.reader.columns(), column::ID), ids, &self.budget)))
    }
}

struct Whole<'a> {
    text: &'a str,
    field: EngineField,
    /// Of running text: the fewest and the most terms that the value can have.
    tokens: Option<(u32, u32)>,
}

impl Whole<'_> {
    /// The records that may have it.
    fn near(&self, searcher: &Searcher, budget: &Budget) -> tantivy::Result<Vec<DocAddress>> {
        let weight = self.with_words().weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut all = Vec::new();
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let norms = match self.tokens {
                Some((fewest, most)) => {
                    let range = FieldNormReader::fieldnorm_to_id(fewest)..=FieldNormReader::fieldnorm_to_id(most);
                    segment.fieldnorms_readers().get_field(self.field)?.map(|norms| (norms, range))
                }
                None => None,
            };
            let mut near: Vec<DocId> = Vec::new();
            weight.for_each_no_score(segment, &mut |docs| {
                let fits =
                    |doc: DocId| norms.as_ref().is_none_or(|(norms, range)| range.contains(&norms.fieldnorm_id(doc)));
                if budget.spend(docs.len()) {
                    near.extend(docs.iter().copied().filter(|&doc| !segment.is_deleted(doc) && fits(doc)));
                }
            })?;
            all.extend(near.into_iter().map(|doc| DocAddress::new(ordinal, doc)));
        }
        Ok(all)
    }

    /// The records that have all words of the value.
    fn with_words(&self) -> Box<dyn Engine> {
        let words: BTreeSet<String> = match self.tokens {
            Some(_) => running_terms(self.text, None),
            None => words_of(self.text),
        }
        .into_iter()
        .filter(|word| word.as_str() >= FIRST_WORD)
        .collect();
        if words.is_empty() {
            return Box::new(AllQuery);
        }
        let mut words: Vec<String> = words.into_iter().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.truncate(MOST_WORDS);
        let term = |word: &String| {
            let query = TermQuery::new(Term::from_field_text(self.field, word), IndexRecordOption::Basic);
            (Occur::Must, Box::new(query) as Box<dyn Engine>)
        };
        Box::new(BooleanQuery::new(words.iter().map(term).collect()))
    }
}

/// The fewest terms that a running text can be in any language, and the most with the ends of paragraphs that its value does not
/// tell of.
fn tokens(text: &str) -> (u32, u32) {
    let languages = [None, Some(Language::English), Some(Language::German)];
    let counts = languages.map(|language| u32::try_from(running_terms(text, language).len()).unwrap_or(u32::MAX));
    let words = u32::try_from(words_of(text).len()).unwrap_or(u32::MAX);
    // At each word a sentence, a paragraph and the end of the lead may be.
    (words, counts.into_iter().max().unwrap_or(words).saturating_add(words.saturating_mul(2)).saturating_add(1))
}

/// The terms of a running text of which each line is a paragraph; those that are no words are empty.
fn running_terms(text: &str, language: Option<Language>) -> Vec<String> {
    let (mut all, mut pieces) = (Vec::new(), running(text, Setting::Lines, language));
    while let Some((kind, ..)) = pieces.next() {
        match kind {
            Piece::Word => all.push(pieces.word().to_owned()),
            Piece::Stem => {}
            Piece::Sentence | Piece::Paragraph | Piece::Body => all.push(String::new()),
        }
    }
    all
}

/// The terms of a name and the like.
fn words_of(text: &str) -> Vec<String> {
    analysis::words(text).map(|word| word.text).collect()
}
