//! Writing: articles are put or removed, and become visible together when they are published.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;

use tantivy::indexer::PreparedCommit;
use tantivy::{TantivyError, Term};

use crate::text::id::Id;

use super::alike::Alike;
use super::beside::{find_forms, look_back, open_forms, open_press, write_dictionaries};
use super::compared::{Compared, Found, Search};
use super::disk::{Disk, System};
use super::document;
use super::draft::{Draft, Sealed};
use super::duplicates::Duplicates;
use super::error::Error;
use super::forms::{Forms, Met};
use super::generation::{self, Generation};
use super::notes::Notes;
use super::owned::Places;
use super::press::Press;
use super::read::Reader;
use super::record::Record;
use super::schema::{self, ARTICLES, QUOTES};
use super::shelf::Shelf;
use super::spelled::Spellers;
use super::sweep::sweep;

/// The least that the engine takes.
const LEAST_MEMORY: usize = 16 << 20;

/// How to write.
#[derive(Clone, Debug)]
pub struct WriterOptions {
    /// Bytes of memory for what is not yet on disk, both indexes together.
    pub memory: usize,
    /// Start anew: nothing of what is published is kept, and no damage or other schema of it matters.
    /// Readers see the old index until the new one is published.
    pub rebuild: bool,
    /// What the id of a new index is made of: anything that no other index shares (time, process, path).
    pub seed: String,
    /// Where it is written.
    pub disk: Arc<dyn Disk>,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { memory: 160 << 20, rebuild: false, seed: String::new(), disk: System::shared() }
    }
}

/// The one writer of an index. Dropped without [`Writer::publish`], it leaves what was published as it was.
pub struct Writer {
    dir: PathBuf,
    disk: Arc<dyn Disk>,
    number: u64,
    uuid: String,
    manifest: Option<Sealed>,
    /// Which records are copies of one another.
    compared: Compared,
    /// Which forms words have, of all that is published.
    forms: Forms,
    sealed_forms: Option<Sealed>,
    /// Those met since.
    met: Arc<Met>,
    /// By what articles are packed, and whether it has looked at those that are.
    press: Press,
    looked_back: bool,
    sealed_dictionaries: Option<Sealed>,
    /// Articles that wait to be packed, and the bytes of what is stored of them.
    held: Vec<Record>,
    held_bytes: usize,
    articles: Shelf,
    quotes: Shelf,
    /// Where the quotations of articles are that are replaced or removed.
    owned: Places,
    /// The articles put since what was published.
    put: HashSet<u64>,
    /// Whether anything was put or removed since what was published.
    changed: bool,
    /// What readers see until a rebuild comes to its end, where there is such.
    shown: Option<Generation>,
    /// What was not finished must not be built upon.
    failed: bool,
    _lock: generation::Held,
}

/// What is to be published beside the records.
pub struct Publication<'a> {
    /// What the run has to say.
    pub notes: &'a Notes,
    /// What the index is now made of; where there is none, the one before stays.
    pub manifest: Option<Draft>,
    /// Whether more is to come soon: then nobody waits until segments are merged, and copies are looked for when no more comes.
    pub more_follows: bool,
}

/// What is committed, and what goes with it.
struct Committed {
    /// Articles and quotations.
    counts: (u64, u64),
    search: Search,
    copies: Duplicates,
    forms: Option<(Sealed, Forms)>,
    dictionaries: Option<Sealed>,
}

/// What was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The generation's number, from 1.
    pub generation: u64,
    /// Articles in it.
    pub articles: u64,
    /// Quotations in it.
    pub quotes: u64,
}

/// A step of a publication, as it has just been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The quotations are committed, and not yet visible.
    QuotesCommitted,
    /// The articles are committed too, and not yet visible.
    ArticlesCommitted,
    /// Everything but the one file that makes it visible is on disk.
    Written,
    /// It is visible.
    Visible,
    /// What no generation names any more is deleted.
    Swept,
}

impl Writer {
    /// Opens the index in `dir` for writing, and makes folder and index where there are none.
    pub fn open(dir: &Path, options: &WriterOptions) -> Result<Self, Error> {
        let disk = &options.disk;
        generation::make_folders(&**disk, dir)?;
        let lock = generation::lock_writer(dir)?;
        generation::make_readers_lock(dir)?;
        let (published, missing) = match Generation::read(dir) {
            Ok(generation) => (Some(generation), false),
            Err(Error::Missing { .. }) => (None, true),
            Err(_) if options.rebuild => (None, false),
            Err(error) => return Err(error),
        };
        let (published, shown) = match options.rebuild {
            // What cannot be opened is not worth waiting for.
            true => (None, published.filter(|_| Reader::open(dir).is_ok())),
            false => (published, None),
        };
        let meta = |of: fn(&Generation) -> &String| published.as_ref().map(|generation| of(generation).as_str());
        let damaged = |error: tantivy::TantivyError| match published {
            Some(_) => Error::damaged(dir, error.to_string()),
            None => Error::engine(dir)(error),
        };
        // Words of articles take about three times the room of those of quotations.
        let share = |parts: usize| (options.memory / 4 * parts).max(LEAST_MEMORY);
        let (articles_dir, quotes_dir) = (dir.join(generation::ARTICLES), dir.join(generation::QUOTES));
        let of_articles = (&ARTICLES.schema, schema::articles_settings());
        let of_quotes = (&QUOTES.schema, schema::quotes_settings());
        let articles = Shelf::open(disk, &articles_dir, meta(|g| &g.articles), of_articles, share(3));
        let quotes = Shelf::open(disk, &quotes_dir, meta(|g| &g.quotes), of_quotes, share(1));
        let (articles, quotes) = (articles.map_err(damaged)?, quotes.map_err(damaged)?);
        let sealed = published.as_ref().and_then(|generation| generation.forms.as_ref());
        let forms = sealed.map(|sealed| open_forms(dir, sealed)).transpose()?.unwrap_or_default();
        let sealed = published.as_ref().and_then(|generation| generation.dictionaries.as_ref());
        let press = open_press(dir, sealed)?;
        // What a killed writer left is deleted; but for a rebuild over what only another version may be able to read: that stays
        // until there is something in its place.
        if (!options.rebuild || shown.is_some() || missing)
            && let Some(_alone) = generation::may_delete(dir)
        {
            sweep((&**disk, dir), (&articles, &quotes), published.iter().chain(&shown)).map_err(damaged)?;
        }
        Ok(Self {
            dir: dir.to_owned(),
            disk: Arc::clone(disk),
            number: published.as_ref().map_or_else(|| Generation::number(dir), |generation| generation.number),
            manifest: published.as_ref().and_then(|generation| generation.manifest.clone()),
            compared: Compared::of(published.as_ref()),
            forms,
            sealed_forms: published.as_ref().and_then(|generation| generation.forms.clone()),
            met: Arc::default(),
            press,
            looked_back: false,
            sealed_dictionaries: published.as_ref().and_then(|generation| generation.dictionaries.clone()),
            held: Vec::new(),
            held_bytes: 0,
            uuid: published.map_or_else(|| new_uuid(dir, &options.seed), |generation| generation.uuid),
            articles,
            quotes,
            owned: Places::default(),
            put: HashSet::new(),
            changed: false,
            shown,
            failed: false,
            _lock: lock,
        })
    }

    /// Those who spell out texts for its records.
    pub fn spellers(&self) -> Spellers {
        Spellers::of(&self.met)
    }

    /// Adds an article and its quotations, in place of those that have its id.
    pub fn put(&mut self, record: Record) -> Result<(), Error> {
        self.change(|writer| {
            let (id, batch) = (record.id(), writer.next());
            writer.changed = true;
            if !Arc::ptr_eq(&record.met, &writer.met) {
                writer.met.add_all(&record.met);
            }
            writer.forget(id)?;
            writer.put.insert(id.0);
            document::of_quotes(&record, batch).try_for_each(|quotes| writer.quotes.add_all(quotes))?;
            writer.held_bytes += record.text.len();
            writer.held.push(record);
            if writer.held_bytes < writer.press.patience() { Ok(()) } else { writer.release() }
        })
    }

    /// Packs and adds the articles that wait.
    fn release(&mut self) -> tantivy::Result<()> {
        let (held, batch) = (std::mem::take(&mut self.held), self.next());
        self.held_bytes = 0;
        if !held.is_empty() && !std::mem::replace(&mut self.looked_back, true) {
            look_back(&mut self.press, &self.articles.searcher())?;
        }
        let packed = self.press.press(held.iter().map(|record| record.text.as_str()))?;
        for (record, packed) in held.iter().zip(packed) {
            self.articles.add(document::of_article(record, &packed, batch), document::weight_of_article(record))?;
        }
        Ok(())
    }

    /// Removes an article and its quotations, where it is there.
    pub fn remove(&mut self, article: Id) -> Result<(), Error> {
        self.change(|writer| {
            writer.changed = true;
            writer.forget(article)?;
            writer.put.remove(&article.0);
            Ok(())
        })
    }

    /// Whether what is published (not what was put since) holds this article.
    pub fn holds(&self, article: Id) -> Result<bool, Error> {
        self.articles.holds(ARTICLES.id, article.0).map_err(Error::engine(&self.dir))
    }

    /// Whether so much was put that it should be published soon, however few articles it was.
    pub fn is_full(&self) -> bool {
        self.met.are_many()
    }

    /// The number that the next generation will have.
    pub fn next(&self) -> u64 {
        self.number + 1
    }

    /// The manifest of what is published, to be read from its beginning.
    pub fn manifest(&self) -> Result<Option<File>, Error> {
        let open = |sealed: &Sealed| {
            let place = self.dir.join(&sealed.file);
            File::open(&place).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => Error::damaged(&self.dir, format!("{} is missing", sealed.file)),
                _ => Error::io("read", &place)(error),
            })
        };
        self.manifest.as_ref().map(open).transpose()
    }

    /// Whether copies have still to be looked for among what is published: a run was ended before it did so.
    pub fn copies_due(&self) -> bool {
        self.compared.is_due(self.number)
    }

    /// Whether readers see another index until this one is published with no more to follow.
    pub fn is_aside(&self) -> bool {
        self.shown.is_some()
    }

    /// Begins the manifest of the next generation.
    pub fn draft(&self) -> Result<Draft, Error> {
        generation::draft(&*self.disk, &self.dir, self.next())
    }

    /// Merges the segments of each index into one, without what was deleted, to be published; false where there is nothing to
    /// merge. It is for a writer that was just opened: one that has published with more to follow may be merging already.
    pub fn compact(&mut self) -> Result<bool, Error> {
        self.change(|writer| {
            let articles = writer.articles.merge()?;
            Ok(writer.quotes.merge()? || articles)
        })
    }

    /// Makes all that was put and removed visible at one instant, together with `notes`. The writer can go on after it.
    pub fn publish(&mut self, notes: &Notes) -> Result<Published, Error> {
        self.publish_by_steps(Publication { notes, manifest: None, more_follows: false }, &mut |_| {})
    }

    /// Makes all that was put and removed visible at one instant, together with what `publication` says, telling each step
    /// as soon as it is done. What a rebuild publishes with more to follow is durable and not yet visible: readers see what was there.
    pub fn publish_by_steps(
        &mut self,
        publication: Publication<'_>,
        done: &mut dyn FnMut(Step),
    ) -> Result<Published, Error> {
        let Publication { notes, manifest, more_follows } = publication;
        let committed = self.commit(more_follows, done)?;
        let (articles, quotes) = committed.counts;
        if !more_follows {
            self.shown = None;
        }
        let published = self.seal(committed, notes, manifest, done);
        self.failed |= published.is_err();
        let published = published?;
        if let Some(_alone) = generation::may_delete(&self.dir) {
            let kept = [&published].into_iter().chain(&self.shown);
            let swept = sweep((&*self.disk, &self.dir), (&self.articles, &self.quotes), kept);
            swept.map_err(Error::engine(&self.dir))?;
        }
        done(Step::Swept);
        Ok(Published { generation: self.number, articles, quotes })
    }

    /// Commits both indexes and finds what goes with them, all at the same time: the smaller one is done long before the other.
    fn commit(&mut self, more_follows: bool, done: &mut dyn FnMut(Step)) -> Result<Committed, Error> {
        let committed = self.change(|writer| {
            let number = writer.next();
            writer.release()?;
            let search = writer.compared.search(&writer.dir, writer.number, writer.changed, more_follows);
            let Self { dir, disk, met, forms, press, articles, quotes, .. } = writer;
            let look = |shelf: &mut Shelf, alike| {
                if !more_follows {
                    shelf.settle()?;
                }
                let searcher = shelf.reload()?;
                Ok::<_, TantivyError>((searcher.num_docs(), search.in_index(&searcher, alike)?))
            };
            let (tell, told) = mpsc::channel();
            let commit_quotes = || {
                // Gone with a panic, so that nobody waits for what is not told.
                let tell = tell;
                let committed = quotes.prepare().and_then(|quotes| quotes.map(PreparedCommit::commit).transpose());
                let _ = tell.send(committed.is_ok());
                committed.and_then(|_| look(quotes, Alike::Quotes))
            };
            let commit_articles = || {
                let prepared = articles.prepare()?;
                // The error of the quotations is the one that is told.
                if told.recv() != Ok(true) {
                    return Err(TantivyError::Poisoned);
                }
                done(Step::QuotesCommitted);
                prepared.map(PreparedCommit::commit).transpose()?;
                done(Step::ArticlesCommitted);
                look(articles, Alike::Articles)
            };
            let find_forms = || find_forms(met, forms, (&**disk, dir), number);
            let (forms, (quotes, articles)) = both(find_forms, || both(commit_quotes, commit_articles));
            let ((quotes, quote_copies), (articles, article_copies)) = (quotes?, articles?);
            let copies = Duplicates { articles: article_copies, quotes: quote_copies };
            let mut dictionaries = || write_dictionaries(press, (&**disk, dir), number);
            let found = forms.and_then(|forms| Ok((forms, dictionaries()?)));
            let counts = (articles, quotes);
            Ok(found.map(|(forms, dictionaries)| Committed { counts, search, copies, forms, dictionaries }))
        })?;
        self.failed |= committed.is_err();
        committed
    }

    /// Makes what was committed visible.
    fn seal(
        &mut self,
        committed: Committed,
        notes: &Notes,
        manifest: Option<Draft>,
        done: &mut dyn FnMut(Step),
    ) -> Result<Generation, Error> {
        let Committed { search, copies, forms, dictionaries, .. } = committed;
        self.sealed_dictionaries = dictionaries.or_else(|| self.sealed_dictionaries.take());
        let found = self.compared.found(search, copies, |copies| {
            let mut draft = generation::draft_duplicates(&*self.disk, &self.dir, self.next())?;
            let written = copies.write(&mut draft);
            written.map_err(Error::io("write", draft.place()))?;
            draft.seal()
        })?;
        let published = self.make_visible(notes, manifest, (&found, &forms), done)?;
        if let Some((sealed, forms)) = forms {
            (self.forms, self.sealed_forms) = (forms, Some(sealed));
        }
        (self.number, self.manifest) = (published.number, published.manifest.clone());
        self.compared.publish(found, self.number);
        (self.put, self.owned) = (HashSet::new(), Places::default());
        self.changed = false;
        Ok(published)
    }

    fn make_visible(
        &self,
        notes: &Notes,
        manifest: Option<Draft>,
        (found, forms): (&Found, &Option<(Sealed, Forms)>),
        done: &mut dyn FnMut(Step),
    ) -> Result<Generation, Error> {
        let number = self.next();
        // Durable by name too, when the notes are: they lie in the same folder.
        let manifest = manifest.map(Draft::seal).transpose()?.or_else(|| self.manifest.clone());
        let lost = || Error::damaged(&self.dir, "the engine gave no account of its segments");
        let mut generation = Generation {
            number,
            schema: schema::fingerprint(),
            uuid: self.uuid.clone(),
            notes: generation::notes_name(number),
            manifest,
            duplicates: found.sealed.clone(),
            forms: forms.as_ref().map(|(sealed, _)| sealed).or(self.sealed_forms.as_ref()).cloned(),
            dictionaries: self.sealed_dictionaries.clone(),
            compared: found.compared,
            articles: self.articles.meta().ok_or_else(lost)?,
            quotes: self.quotes.meta().ok_or_else(lost)?,
            sum: None,
        };
        let notes = serde_json::to_vec(notes).map_err(|error| Error::io("write", &self.dir)(error.into()))?;
        generation.sum = Some(generation.sum_with(&notes));
        generation::write_notes(&*self.disk, &self.dir, number, &notes)?;
        done(Step::Written);
        // While a rebuild goes on, nobody is to see how far it is: a run that is killed leaves files that the next one deletes.
        if self.shown.is_none() {
            generation.publish(&*self.disk, &self.dir)?;
        }
        done(Step::Visible);
        Ok(generation)
    }

    /// Deletes the records of an article, where there may be any.
    fn forget(&mut self, article: Id) -> tantivy::Result<()> {
        let published = self.articles.holds(ARTICLES.id, article.0)?;
        if published {
            self.compared.remove();
        }
        let put = self.put.contains(&article.0);
        if put {
            self.held.retain(|held| held.id() != article);
        }
        if published || put {
            self.articles.writer()?.delete_term(Term::from_field_u64(ARTICLES.id, article.0));
            self.quotes.writer()?.delete_query(self.owned.quotes_of(article.0))?;
        }
        Ok(())
    }

    /// A change of both indexes. After a failure there is no telling what is in them, so nothing more is done.
    fn change<T>(&mut self, change: impl FnOnce(&mut Self) -> tantivy::Result<T>) -> Result<T, Error> {
        if self.failed {
            return Err(Error::Unfinished { dir: self.dir.clone() });
        }
        let changed = change(self);
        changed.map_err(|error| {
            self.failed = true;
            self.articles.abandon();
            self.quotes.abandon();
            // What stopped the engine says more than that it was stopped.
            match self.articles.failure().or_else(|| self.quotes.failure()) {
                Some((path, source)) => Error::Io { doing: "write", path, source },
                None => Error::engine(&self.dir)(error),
            }
        })
    }
}

/// Does both at the same time; the outcome is that of one after the other.
fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), other)
    })
}

fn new_uuid(dir: &Path, seed: &str) -> String {
    Id::of_parts([dir.as_os_str().as_encoded_bytes(), seed.as_bytes()]).to_string()
}
