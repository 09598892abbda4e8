//! Reading: one published generation, whole, as it was when it was opened.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use tantivy::directory::OwnedBytes;
use tantivy::query::{AllQuery, Query as Engine};
use tantivy::schema::Field;
use tantivy::{Index, ReloadPolicy, Searcher};

use crate::query::ast::Query;

use super::ask::{Answer, Ask, Grouping, Sort};
use super::best::best;
use super::budget::{Budget, guarded};
use super::collect::{First, Row};
use super::compile::{Compiled, Compiler, addends};
use super::directory::{ReadDirectory, mapped};
use super::draft::Sealed;
use super::duplicates::{Copies, Duplicates};
use super::error::Error;
use super::fetch::AtHand;
use super::find::Ids;
use super::forms::Forms;
use super::generation::{self, Generation};
use super::group::{Grouped, group};
use super::hit::{ArticleHit, QuoteHit, Stands};
use super::opened::Columns;
use super::packed::{self, Unpacker};
use super::rank::places;
use super::schema::ARTICLES;

/// A reader of one generation: what is published later is seen by a reader opened later.
pub struct Reader {
    pub(super) dir: PathBuf,
    pub(super) generation: Generation,
    /// Opened with the generation, since it may be deleted with the next one.
    pub(super) notes: Mutex<Option<File>>,
    manifest: Option<File>,
    /// The list of copies, which is read when it is first needed.
    copies: Option<File>,
    duplicates: OnceLock<Duplicates>,
    /// The list of forms, mapped, where there is one and it can be; and the forms when they are first needed.
    forms: (Option<OwnedBytes>, OnceLock<Forms>),
    /// The dictionaries by which articles are packed, in the same way.
    dictionaries: (Option<OwnedBytes>, OnceLock<Unpacker>),
    /// Held while copies are read: all handles of a file share one place in it.
    loading: Mutex<()>,
    pub(super) ids: Ids,
    pub(super) at_hand: AtHand,
    articles: OnceLock<Searcher>,
    quotes: OnceLock<Searcher>,
    columns: Columns,
    /// Keeps the files of the generation in place until both indexes are open, or as long as it is pinned.
    keeper: Mutex<Option<generation::Held>>,
    pinned: bool,
}

impl Reader {
    /// Opens what is published in `dir`. Each of the two indexes is opened when it is first needed; until both are,
    /// a writer may publish but deletes nothing.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let keeper = generation::keep_files(dir);
        Ok(Self::of(dir, Generation::read(dir)?, keeper, false))
    }

    /// Opens what is published in `dir`, all of whose files stay where they are as long as this reader lives.
    pub fn open_pinned(dir: &Path) -> Result<Self, Error> {
        let keeper = generation::keep_files(dir);
        Ok(Self::of(dir, Generation::read(dir)?, keeper, true))
    }

    /// A reader of this generation, published or not.
    pub(super) fn of(dir: &Path, generation: Generation, keeper: Option<generation::Held>, pinned: bool) -> Self {
        let notes = File::open(dir.join(&generation.notes)).ok();
        let open = |sealed: &Sealed| File::open(dir.join(&sealed.file)).ok();
        let manifest = generation.manifest.as_ref().and_then(open);
        let copies = generation.duplicates.as_ref().and_then(open);
        let map = |sealed: &Sealed| mapped(dir, sealed).ok();
        let forms = generation.forms.as_ref().and_then(map);
        let dictionaries = generation.dictionaries.as_ref().and_then(map);
        Self {
            dir: dir.to_owned(),
            generation,
            notes: Mutex::new(notes),
            manifest,
            copies,
            duplicates: OnceLock::new(),
            forms: (forms, OnceLock::new()),
            dictionaries: (dictionaries, OnceLock::new()),
            at_hand: AtHand::default(),
            loading: Mutex::default(),
            ids: Ids::default(),
            articles: OnceLock::new(),
            quotes: OnceLock::new(),
            columns: Columns::default(),
            keeper: Mutex::new(keeper),
            pinned,
        }
    }

    /// The number of the generation that is read.
    pub fn generation(&self) -> u64 {
        self.generation.number
    }

    /// The id of the index.
    pub fn uuid(&self) -> &str {
        &self.generation.uuid
    }

    /// The manifest of this generation, to be read from its beginning by one at a time; `None` where it has none.
    pub fn manifest(&self) -> Result<Option<File>, Error> {
        let Some(sealed) = &self.generation.manifest else { return Ok(None) };
        let lost = || self.damaged(format!("{} cannot be read", sealed.file));
        let mut file = self.manifest.as_ref().and_then(|file| file.try_clone().ok()).ok_or_else(lost)?;
        std::io::Seek::rewind(&mut file).map_err(|_| lost())?;
        Ok(Some(file))
    }

    /// How the manifest was sealed when this generation was published.
    pub fn sealed_manifest(&self) -> Option<&Sealed> {
        self.generation.manifest.as_ref()
    }

    /// The quotations that `query` asks for; without a query, all.
    pub fn quotes(&self, query: Option<&Query>, ask: &Ask) -> Result<Answer<QuoteHit>, Error> {
        let ranked = addends(query, false);
        self.answer(self.quote_searcher()?, self.grouped_quotes(query, ask, ranked)?, (ask, ranked), Self::quote_hit)
    }

    /// The articles that `query` asks for; without a query, all.
    pub fn articles(&self, query: Option<&Query>, ask: &Ask) -> Result<Answer<ArticleHit>, Error> {
        let ranked = addends(query, true);
        self.answer(
            self.article_searcher()?,
            self.grouped_articles(query, ask, ranked)?,
            (ask, ranked),
            Self::article_hit,
        )
    }

    fn answer<H: Stands>(
        &self,
        searcher: &Searcher,
        Grouped { query, groups }: Grouped,
        (ask, ranked): (&Ask, Option<u32>),
        hit: fn(&Self, &Row) -> Result<H, Error>,
    ) -> Result<Answer<H>, Error> {
        let (rows, total) = self.rows(searcher, &*query, ask, ranked)?;
        let told = |row: &Row| {
            let mut hit = hit(self, row)?;
            groups.tell(row.id, &mut hit);
            Ok(hit)
        };
        let hits: Result<Vec<H>, Error> = rows.iter().map(told).collect();
        Ok(Answer { hits: hits?, total })
    }

    /// The engine's query for quotations, with copies put together as `ask` says.
    pub(super) fn grouped_quotes(
        &self,
        query: Option<&Query>,
        ask: &Ask,
        ranked: Option<u32>,
    ) -> Result<Grouped, Error> {
        let compiled = self.compiled_quotes(query, ask)?;
        self.grouped(compiled, self.quote_searcher()?, |all| &all.quotes, None, (ask, ranked))
    }

    /// The same for articles.
    pub(super) fn grouped_articles(
        &self,
        query: Option<&Query>,
        ask: &Ask,
        ranked: Option<u32>,
    ) -> Result<Grouped, Error> {
        let compiled = self.compiled_articles(query, ask)?;
        self.grouped(compiled, self.article_searcher()?, |all| &all.articles, Some(ARTICLES.id), (ask, ranked))
    }

    fn grouped(
        &self,
        compiled: Box<dyn Engine>,
        searcher: &Searcher,
        copies: fn(&Duplicates) -> &Copies,
        ids: Option<Field>,
        how: (&Ask, Option<u32>),
    ) -> Result<Grouped, Error> {
        match how.0.group {
            Grouping::None => Ok(Grouped::not(compiled)),
            _ => group(&self.dir, (searcher, &self.columns), compiled, copies(self.duplicates()?), how, ids),
        }
    }

    /// Which records are copies of one another.
    pub(super) fn duplicates(&self) -> Result<&Duplicates, Error> {
        let _alone = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(duplicates) = self.duplicates.get() {
            return Ok(duplicates);
        }
        let read = match &self.generation.duplicates {
            None => Duplicates::default(),
            Some(sealed) => {
                let lost = || self.damaged(format!("{} cannot be read", sealed.file));
                let mut file = self.copies.as_ref().and_then(|file| file.try_clone().ok()).ok_or_else(lost)?;
                std::io::Seek::rewind(&mut file).map_err(|_| lost())?;
                Duplicates::read(&mut BufReader::with_capacity(256 << 10, file)).map_err(|_| lost())?
            }
        };
        Ok(self.duplicates.get_or_init(|| read))
    }

    /// The forms of words in this index that have a stem, in order. None where they cannot be read, which the search for them tells.
    pub fn forms_of(&self, stem: &str) -> Vec<String> {
        self.forms().map(|forms| forms.of(stem)).unwrap_or_default()
    }

    /// Which forms words have.
    pub(super) fn forms(&self) -> Result<&Forms, Error> {
        let read = |bytes: OwnedBytes| Forms::of_bytes(Box::new(bytes));
        self.beside(&self.forms, self.generation.forms.as_ref(), read)
    }

    /// What unpacks articles.
    pub(super) fn unpacker(&self) -> Result<&Unpacker, Error> {
        let read = |bytes: OwnedBytes| Unpacker::of(&packed::dictionaries(&bytes)?);
        self.beside(&self.dictionaries, self.generation.dictionaries.as_ref(), read)
    }

    /// What is in a file beside the indexes, read when it is first needed.
    fn beside<'a, T: Default>(
        &self,
        (bytes, found): &'a (Option<OwnedBytes>, OnceLock<T>),
        sealed: Option<&Sealed>,
        read: impl FnOnce(OwnedBytes) -> io::Result<T>,
    ) -> Result<&'a T, Error> {
        if let Some(found) = found.get() {
            return Ok(found);
        }
        let read = match sealed {
            None => T::default(),
            Some(sealed) => {
                let read = bytes.clone().and_then(|bytes| read(bytes).ok());
                read.ok_or_else(|| self.damaged(format!("{} cannot be read", sealed.file)))?
            }
        };
        Ok(found.get_or_init(|| read))
    }

    /// The engine's query for quotations: searching with it fails where it would cost too much.
    pub(super) fn compiled_quotes(&self, query: Option<&Query>, ask: &Ask) -> Result<Box<dyn Engine>, Error> {
        self.compiled(query, ask, |compiler, query| compiler.quotes(query))
    }

    /// The same for articles.
    pub(super) fn compiled_articles(&self, query: Option<&Query>, ask: &Ask) -> Result<Box<dyn Engine>, Error> {
        self.compiled(query, ask, |compiler, query| compiler.articles(query))
    }

    fn compiled(
        &self,
        query: Option<&Query>,
        ask: &Ask,
        compile: impl Fn(&Compiler<'_>, &Query) -> Compiled,
    ) -> Result<Box<dyn Engine>, Error> {
        let Some(query) = query else { return Ok(Box::new(AllQuery)) };
        let budget = Budget::new();
        let compiled = compile(&Compiler { reader: self, today: ask.today, budget: budget.clone() }, query)?;
        Ok(guarded(compiled, budget))
    }

    /// The rows asked for, and how many match where that is asked; where matches are ranked, the score of each is the sum of that
    /// many addends.
    fn rows(
        &self,
        searcher: &Searcher,
        query: &dyn Engine,
        ask: &Ask,
        ranked: Option<u32>,
    ) -> Result<(Vec<Row>, Option<u64>), Error> {
        let failed = Error::engine(&self.dir);
        let most = ask.offset.saturating_add(ask.limit).min(usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX));
        let most = if ask.limit == 0 { 0 } else { most };
        let by_rank = ranked.filter(|_| ask.sort == Sort::Score);
        let sort = if ask.sort == Sort::Score && ranked.is_none() { Sort::DateDescending } else { ask.sort };
        let (rows, total) = match most {
            0 if !ask.count => (Vec::new(), None),
            0 => (Vec::new(), Some(query.count(searcher).map_err(&failed)? as u64)),
            _ => match by_rank {
                Some(addends) => {
                    let rows = best((searcher, &self.columns), query, addends, most).map_err(&failed)?;
                    let total = ask.count.then(|| query.count(searcher)).transpose().map_err(&failed)?;
                    (rows, total.map(|total| total as u64))
                }
                None => {
                    let places = places(searcher, sort, &|_| None).map_err(&failed)?;
                    let first = First { most, sort, places, columns: self.columns.clone() };
                    let (rows, total) = searcher.search(query, &first).map_err(&failed)?;
                    (rows, ask.count.then_some(total))
                }
            },
        };
        Ok((rows.into_iter().skip(ask.offset).collect(), total))
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(super) fn article_searcher(&self) -> Result<&Searcher, Error> {
        self.searcher(&self.articles, generation::ARTICLES, &self.generation.articles)
    }

    pub(super) fn quote_searcher(&self) -> Result<&Searcher, Error> {
        self.searcher(&self.quotes, generation::QUOTES, &self.generation.quotes)
    }

    fn searcher<'a>(&self, cell: &'a OnceLock<Searcher>, folder: &str, meta: &str) -> Result<&'a Searcher, Error> {
        if let Some(searcher) = cell.get() {
            return Ok(searcher);
        }
        let opened = open_searcher(&self.dir.join(folder), meta).map_err(|error| self.damaged(error.to_string()))?;
        let searcher = cell.get_or_init(|| opened);
        if !self.pinned && self.articles.get().is_some() && self.quotes.get().is_some() {
            *self.keeper.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        Ok(searcher)
    }

    pub(super) fn damaged(&self, what: impl Into<String>) -> Error {
        Error::damaged(&self.dir, what)
    }
}

fn open_searcher(folder: &Path, meta: &str) -> tantivy::Result<Searcher> {
    let index = Index::open(ReadDirectory::open(folder, meta)?)?;
    Ok(index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher())
}
