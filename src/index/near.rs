//! Words that the index has: those that look like something, each with how many records hold it.

use std::collections::BTreeMap;

use tantivy::Searcher;
use tantivy::schema as engine;

use crate::query::ast::Field;
use crate::query::pattern::Matcher;

use super::budget::Budget;
use super::error::Error;
use super::read::Reader;
use super::schema::{ARTICLES, QUOTES};
use super::terms::{Refused, each_alike};

impl Reader {
    /// The words of a field that look like `matcher`, each with how many quotations (or articles, where it is a field of
    /// theirs) hold it: most first, then A to Z, at most `most`; none of a field that holds no words.
    ///
    /// # Errors
    /// Where the index cannot be read, or the matcher asks for more than one question may cost.
    pub fn words_like(
        &self,
        field: Option<Field>,
        matcher: &Matcher,
        most: usize,
    ) -> Result<Vec<(String, u64)>, Error> {
        let Some((searcher, place)) = self.place_of(field)? else { return Ok(Vec::new()) };
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        let looked = each_alike(searcher, place, matcher, &Budget::new(), &mut |_, word, list| {
            *found.entry(word.to_owned()).or_default() += u64::from(list.doc_freq);
            true
        });
        looked.map_err(|refused| match refused {
            Refused::TooMany | Refused::TooManyInAll | Refused::TooMuch => Error::TooMuch,
            Refused::Engine(error) => Error::engine(self.dir())(error),
        })?;
        let mut words: Vec<(String, u64)> = found.into_iter().collect();
        words.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        words.truncate(most);
        Ok(words)
    }

    fn place_of(&self, field: Option<Field>) -> Result<Option<(&Searcher, engine::Field)>, Error> {
        let quote = |place| Ok(Some((self.quote_searcher()?, place)));
        let article = |place| Ok(Some((self.article_searcher()?, place)));
        match field {
            None | Some(Field::Quote) => quote(QUOTES.words),
            Some(Field::Speaker) => quote(QUOTES.speaker),
            Some(Field::Role) => quote(QUOTES.role),
            Some(Field::Cue) => quote(QUOTES.cue),
            Some(Field::About) => quote(QUOTES.about),
            Some(Field::Outlet) => quote(QUOTES.shared.outlet),
            Some(Field::Section) => quote(QUOTES.shared.section),
            Some(Field::Lang) => quote(QUOTES.shared.lang),
            Some(Field::Title) => article(ARTICLES.title),
            Some(Field::Body | Field::Hlead) => article(ARTICLES.body),
            Some(Field::Byline) => article(ARTICLES.byline),
            Some(Field::Url) => article(ARTICLES.url),
            Some(Field::Path) => article(ARTICLES.path),
            Some(_) => Ok(None),
        }
    }
}
