//! Writing: articles are put or removed, and become visible together when they are published.

use std::collections::HashSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use tantivy::indexer::PreparedCommit;
use tantivy::{Searcher, Term};

use crate::text::id::Id;

use super::alike::Alike;
use super::cluster::{Known, copies, still_whole};
use super::directory;
use super::disk::{Disk, System};
use super::document;
use super::draft::{Draft, Sealed};
use super::duplicates::{Copies, Duplicates};
use super::error::Error;
use super::forms::{Forms, Met};
use super::generation::{self, Generation};
use super::notes::Notes;
use super::record::Record;
use super::schema::{self, ARTICLES, QUOTES};
use super::shelf::Shelf;
use super::spelled::Spellers;

/// Bytes of stored articles that are compressed together: good for size, and a list shows few articles.
const ARTICLE_BLOCK: usize = 128 << 10;

/// Bytes of stored quotations that are compressed together: each hit of a list decompresses one such block.
const QUOTE_BLOCK: usize = 16 << 10;

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
    /// Which records are copies of one another, of those up to the generation `compared`; read when it is first needed.
    duplicates: Option<Duplicates>,
    sealed_duplicates: Option<Sealed>,
    compared: u64,
    /// Which forms words have, of all that is published.
    forms: Forms,
    sealed_forms: Option<Sealed>,
    /// Those met since.
    met: Arc<Met>,
    articles: Shelf,
    quotes: Shelf,
    /// The articles put since what was published.
    put: HashSet<u64>,
    /// Whether anything was put or removed since what was published.
    changed: bool,
    /// Whether any record that was published before this writer was opened may have been removed or replaced.
    removed: bool,
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

/// What a generation says of copies.
struct Found {
    sealed: Option<Sealed>,
    /// Up to which generation records were looked at, where not all of them were.
    compared: Option<u64>,
    /// What the next publication starts from: the copies among records up to the generation `since`; `None` where it has to read them.
    known: Option<Duplicates>,
    since: u64,
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
    /// The articles are committed, and not yet visible.
    ArticlesCommitted,
    /// The quotations are committed too, and not yet visible.
    QuotesCommitted,
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
        let published = match Generation::read(dir) {
            _ if options.rebuild => None,
            Ok(generation) => Some(generation),
            Err(Error::Missing { .. }) => None,
            Err(error) => return Err(error),
        };
        let meta = |of: fn(&Generation) -> &String| published.as_ref().map(|generation| of(generation).as_str());
        let damaged = |error: tantivy::TantivyError| match published {
            Some(_) => Error::damaged(dir, error.to_string()),
            None => Error::engine(dir)(error),
        };
        // Words of articles take about three times the room of those of quotations.
        let share = |parts: usize| (options.memory / 4 * parts).max(LEAST_MEMORY);
        let (articles_dir, quotes_dir) = (dir.join(generation::ARTICLES), dir.join(generation::QUOTES));
        let schema = &ARTICLES.schema;
        let articles = Shelf::open(disk, &articles_dir, meta(|g| &g.articles), schema, ARTICLE_BLOCK, share(3));
        let quotes = Shelf::open(disk, &quotes_dir, meta(|g| &g.quotes), &QUOTES.schema, QUOTE_BLOCK, share(1));
        let (articles, quotes) = (articles.map_err(damaged)?, quotes.map_err(damaged)?);
        let sealed = published.as_ref().and_then(|generation| generation.forms.as_ref());
        let forms = sealed.map(|sealed| open_forms(dir, sealed)).transpose()?.unwrap_or_default();
        // What a killed writer left is deleted. A rebuild keeps what readers still see until it is published.
        if !options.rebuild
            && let Some(_alone) = generation::may_delete(dir)
        {
            for (folder, shelf) in [(&articles_dir, &articles), (&quotes_dir, &quotes)] {
                let kept = shelf.files().map_err(damaged)?;
                generation::sweep_segments(&**disk, folder, &kept).map_err(Error::io("tidy", folder))?;
            }
            let (number, kept) = published.as_ref().map_or((0, Vec::new()), |last| (last.number, last.names()));
            generation::sweep_notes(&**disk, dir, number + 1, &kept);
        }
        Ok(Self {
            dir: dir.to_owned(),
            disk: Arc::clone(disk),
            number: published.as_ref().map_or_else(|| Generation::number(dir), |generation| generation.number),
            manifest: published.as_ref().and_then(|generation| generation.manifest.clone()),
            duplicates: None,
            sealed_duplicates: published.as_ref().and_then(|generation| generation.duplicates.clone()),
            forms,
            sealed_forms: published.as_ref().and_then(|generation| generation.forms.clone()),
            met: Arc::default(),
            compared: published.as_ref().map_or(0, |generation| generation.compared.unwrap_or(generation.number)),
            uuid: published.map_or_else(|| new_uuid(dir, &options.seed), |generation| generation.uuid),
            articles,
            quotes,
            put: HashSet::new(),
            changed: false,
            removed: false,
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
            for quote in &record.quotes {
                let bytes = document::weight_of_quote(quote);
                writer.quotes.add(document::of_quote(&record.article, quote, batch), bytes)?;
            }
            let bytes = document::weight_of_article(&record);
            writer.articles.add(document::of_article(record, batch), bytes)
        })
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
        self.compared < self.number
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
    /// as soon as it is done.
    pub fn publish_by_steps(
        &mut self,
        publication: Publication<'_>,
        done: &mut dyn FnMut(Step),
    ) -> Result<Published, Error> {
        let Publication { notes, manifest, more_follows } = publication;
        let (articles, quotes) = self.change(|writer| {
            let (articles, quotes) = (&mut writer.articles, &mut writer.quotes);
            let (articles, quotes) = both(|| articles.prepare(), || quotes.prepare());
            let (articles, quotes) = (articles?, quotes?);
            articles.map(PreparedCommit::commit).transpose()?;
            done(Step::ArticlesCommitted);
            quotes.map(PreparedCommit::commit).transpose()?;
            done(Step::QuotesCommitted);
            if !more_follows {
                writer.articles.settle()?;
                writer.quotes.settle()?;
            }
            Ok((writer.articles.reload()?, writer.quotes.reload()?))
        })?;
        let counts = (articles.num_docs(), quotes.num_docs());
        let before = self.duplicates.take();
        let (forms, found) = both(|| self.find_forms(), || self.find_copies(&articles, &quotes, before, more_follows));
        let published = found
            .and_then(|found| Ok((found, forms?)))
            .and_then(|(found, forms)| Ok((self.make_visible(notes, manifest, (&found, &forms), done)?, found, forms)));
        self.failed |= published.is_err();
        let (published, found, forms) = published?;
        (self.duplicates, self.compared) = (found.known, found.since);
        if let Some((_, forms)) = forms {
            self.forms = forms;
        }
        (self.number, self.manifest) = (published.number, published.manifest.clone());
        self.sealed_duplicates = published.duplicates.clone();
        self.sealed_forms = published.forms.clone();
        self.put.clear();
        self.changed = false;
        if published.compared.is_none() {
            (self.compared, self.removed) = (self.number, false);
        }
        if let Some(_alone) = generation::may_delete(&self.dir) {
            let swept = self.articles.sweep(&published.articles).and_then(|()| self.quotes.sweep(&published.quotes));
            swept.map_err(Error::engine(&self.dir))?;
            generation::sweep_notes(&*self.disk, &self.dir, self.number, &published.names());
        }
        done(Step::Swept);
        Ok(Published { generation: self.number, articles: counts.0, quotes: counts.1 })
    }

    /// Finds which records are copies of one another, and writes that down. While more follows, what is known of those before is kept,
    /// as far as it is still true.
    fn find_copies(
        &self,
        articles: &Searcher,
        quotes: &Searcher,
        before: Option<Duplicates>,
        more_follows: bool,
    ) -> Result<Found, Error> {
        let whole = !self.changed && !self.copies_due();
        if whole || (more_follows && !self.removed) {
            let compared = (!whole).then_some(self.compared);
            return Ok(Found { sealed: self.sealed_duplicates.clone(), compared, known: before, since: self.compared });
        }
        // What cannot be read is found anew.
        let before = before.or_else(|| match &self.sealed_duplicates {
            Some(sealed) => Duplicates::read(&mut BufReader::new(File::open(self.dir.join(&sealed.file)).ok()?)).ok(),
            None => Some(Duplicates::default()),
        });
        let since = if before.is_some() { self.compared } else { 0 };
        let copies = |searcher: &Searcher, of: fn(&Duplicates) -> &Copies, alike| {
            let known = Known { copies: before.as_ref().map(of), since };
            if more_follows { still_whole(searcher, known, alike) } else { copies(searcher, known, alike) }
        };
        let (articles, quotes) = both(
            || copies(articles, |all| &all.articles, Alike::Articles),
            || copies(quotes, |all| &all.quotes, Alike::Quotes),
        );
        let failed = Error::engine(&self.dir);
        let duplicates = Duplicates { articles: articles.map_err(&failed)?, quotes: quotes.map_err(&failed)? };
        // Of groups that are not whole any more nothing is left, so all of it has to be found anew if this run never comes to its end.
        let compared = more_follows.then_some(if before.as_ref() == Some(&duplicates) { since } else { 0 });
        let sealed = (duplicates != Duplicates::default()).then(|| {
            let mut draft = generation::draft_duplicates(&*self.disk, &self.dir, self.next())?;
            let written = duplicates.write(&mut draft);
            written.map_err(Error::io("write", draft.place()))?;
            draft.seal()
        });
        let known = if more_follows { before } else { Some(duplicates) };
        Ok(Found { sealed: sealed.transpose()?, compared, known, since })
    }

    /// Writes down which forms words have, where new ones were met.
    fn find_forms(&self) -> Result<Option<(Sealed, Forms)>, Error> {
        let Some(new) = self.met.take(&self.forms) else { return Ok(None) };
        let mut draft = generation::draft_forms(&*self.disk, &self.dir, self.next())?;
        let written = new.write_onto(&self.forms, &mut draft);
        written.map_err(Error::io("write", draft.place()))?;
        let sealed = draft.seal()?;
        let forms = open_forms(&self.dir, &sealed)?;
        Ok(Some((sealed, forms)))
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
            compared: found.compared,
            articles: self.articles.meta().ok_or_else(lost)?,
            quotes: self.quotes.meta().ok_or_else(lost)?,
            sum: None,
        };
        let notes = serde_json::to_vec(notes).map_err(|error| Error::io("write", &self.dir)(error.into()))?;
        generation.sum = Some(generation.sum_with(&notes));
        generation::write_notes(&*self.disk, &self.dir, number, &notes)?;
        done(Step::Written);
        generation.publish(&*self.disk, &self.dir)?;
        done(Step::Visible);
        Ok(generation)
    }

    /// Deletes the records of an article, where there may be any.
    fn forget(&mut self, article: Id) -> tantivy::Result<()> {
        let published = self.articles.holds(ARTICLES.id, article.0)?;
        self.removed |= published;
        if published || self.put.contains(&article.0) {
            self.articles.writer()?.delete_term(Term::from_field_u64(ARTICLES.id, article.0));
            self.quotes.writer()?.delete_term(Term::from_field_u64(QUOTES.article, article.0));
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

/// The forms of a generation that is built upon.
fn open_forms(dir: &Path, sealed: &Sealed) -> Result<Forms, Error> {
    let forms = directory::mapped(dir, sealed).and_then(|bytes| Forms::of_bytes(Box::new(bytes)));
    forms.map_err(|error| Error::damaged(dir, format!("{}: {error}", sealed.file)))
}

fn new_uuid(dir: &Path, seed: &str) -> String {
    Id::of_parts([dir.as_os_str().as_encoded_bytes(), seed.as_bytes()]).to_string()
}
