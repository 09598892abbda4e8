//! An archive and its index in a folder of their own, with the times of files and runs set by the test.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use onrecord::archive::manifest::{Row, Rows};
use onrecord::desk::indexing::{self, Failure, Order, Outlook, Report, Told, What};
use onrecord::index::hit::ArticleHit;
use onrecord::index::{Ask, Reader};
use onrecord::text::day::Day;
use tempfile::TempDir;

/// When files are written, unless a test says otherwise; in seconds since 1970.
pub(crate) const THEN: u64 = 1_000_000_000;

/// When runs begin.
pub(crate) const NOW: u64 = 1_500_000_000;

pub(crate) struct Newsroom {
    folder: PathBuf,
    /// Deletes the folder, where it was made here.
    _own: Option<TempDir>,
}

/// Quotations of an article: id and words, in order.
pub(crate) type Quotes = Vec<(String, String)>;

impl Newsroom {
    /// An empty archive; in memory where the system has such a place.
    pub(crate) fn empty() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        let folder = folder.expect("a folder");
        fs::create_dir(folder.path().join("news")).expect("a folder");
        Self { folder: folder.path().to_owned(), _own: Some(folder) }
    }

    /// The one that another process made.
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder, _own: None }
    }

    /// An archive of these files.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let room = Self::empty();
        files.iter().for_each(|(path, text)| room.write(path, text));
        room
    }

    /// The place of a file of the archive.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join("news").join(path)
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder.join("index")
    }

    /// Writes a file, at the usual time.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        self.write_at(path, text, THEN);
    }

    pub(crate) fn write_at(&self, path: &str, text: impl AsRef<[u8]>, seconds: u64) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(&place, text).expect("a file can be written");
        self.touch(path, seconds);
    }

    /// Sets the time of a file's last change.
    pub(crate) fn touch(&self, path: &str, seconds: u64) {
        let file = fs::File::options().write(true).open(self.path(path)).expect("the file is there");
        file.set_modified(at(seconds)).expect("its time can be set");
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        let to = self.path(to);
        fs::create_dir_all(to.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::rename(self.path(from), to).expect("it can be moved");
    }

    /// Copies a file; the copy is as old as it.
    pub(crate) fn copy(&self, from: &str, to: &str, seconds: u64) {
        let bytes = fs::read(self.path(from)).expect("the file is there");
        self.write_at(to, bytes, seconds);
    }

    pub(crate) fn delete(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("it can be deleted");
    }

    /// What is usually ordered: the whole archive.
    pub(crate) fn order(&self) -> Order {
        Order {
            roots: vec![self.folder.join("news")],
            index: self.index(),
            rebuild: false,
            prune: false,
            since: None,
            jobs: 2,
            batch: 1000,
            read: onrecord::article::ReadOptions::default(),
            limits: onrecord::archive::container::Limits::default(),
            date_from_path: None,
            outlet_from_path: None,
            began: i64::try_from(NOW * 1_000_000_000).expect("it is before 2262"),
            when: String::new(),
            seed: String::new(),
            stop: std::sync::Arc::default(),
        }
    }

    pub(crate) fn run(&self) -> Report {
        self.run_as(|_| {})
    }

    /// A run with another order.
    pub(crate) fn run_as(&self, change: impl FnOnce(&mut Order)) -> Report {
        self.try_run(change).expect("the run comes to its end")
    }

    pub(crate) fn try_run(&self, change: impl FnOnce(&mut Order)) -> Result<Report, Failure> {
        let mut order = self.order();
        change(&mut order);
        indexing::run(&order, None, &mut |_| {})
    }

    /// What a run skips, as `path: reason`.
    pub(crate) fn skipped(&self) -> Vec<String> {
        let mut skipped = Vec::new();
        let told = &mut |told: Told<'_>| {
            if let Told::Skipped(path, reason) = told {
                skipped.push(format!("{path}: {reason}"));
            }
        };
        indexing::run(&self.order(), None, told).expect("the run comes to its end");
        skipped
    }

    /// What a run would do: each file that is not as it was, and the sum.
    pub(crate) fn preview(&self, change: impl FnOnce(&mut Order)) -> (Vec<String>, Outlook) {
        let mut order = self.order();
        change(&mut order);
        let mut lines = Vec::new();
        let tell = &mut |what: What, path: &str, from: Option<&str>| {
            let from = from.map(|from| format!(" < {from}")).unwrap_or_default();
            lines.push(format!("{what:?} {path}{from}"));
        };
        let outlook = indexing::preview(&order, None, tell).expect("the archive can be looked at");
        (lines, outlook)
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::open(&self.index()).expect("there is an index")
    }

    pub(crate) fn generation(&self) -> u64 {
        self.reader().generation()
    }

    /// All articles of the index: path and id, with their quotations.
    pub(crate) fn articles(&self) -> BTreeMap<(String, String), Quotes> {
        let reader = self.reader();
        let quotes = |id| {
            let quotes = reader.quotes_of(id).expect("quotations");
            assert!(quotes.iter().all(|quote| quote.article == id));
            quotes.into_iter().map(|quote| (quote.id.to_string(), quote.quote)).collect()
        };
        hits(&reader).into_iter().map(|hit| ((hit.path, hit.id.to_string()), quotes(hit.id))).collect()
    }

    /// What is said in each file.
    pub(crate) fn said(&self) -> Vec<(String, Vec<String>)> {
        said(&self.reader())
    }

    /// The ids of the articles of a file, and of their quotations.
    pub(crate) fn ids(&self, path: &str) -> BTreeSet<String> {
        let of = format!("news/{path}");
        let articles = self.articles().into_iter().filter(|((path, _), _)| *path == of);
        articles.flat_map(|((_, id), quotes)| quotes.into_iter().map(|(id, _)| id).chain([id])).collect()
    }

    /// The rows of the manifest.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let manifest = self.reader().manifest().expect("it can be read").expect("there is a manifest");
        let mut rows = Rows::open(manifest).expect("it is a manifest");
        let mut all = Vec::new();
        while let Some(row) = rows.row().expect("it is whole") {
            all.push(row);
        }
        all
    }

    /// The row of a file.
    pub(crate) fn row(&self, path: &str) -> Row {
        let path = format!("news/{path}");
        self.rows().into_iter().find(|row| row.path == path).expect("the file has a row")
    }

    /// Index and manifest tell of the same articles, and no id is there twice.
    pub(crate) fn check(&self) {
        let reader = self.reader();
        let mut listed = BTreeMap::new();
        let manifest = reader.manifest().expect("it can be read").expect("there is a manifest");
        let mut rows = Rows::open(manifest).expect("it is a manifest");
        while let Some(row) = rows.row().expect("it is whole") {
            // Of a moved file that has not been read to its end, some articles are still where they were.
            let path = |entry: &str| (!row.partial).then(|| format!("{}{entry}", row.path));
            let id = |entry: Option<&str>, record| row.source(entry, record).id().to_string();
            let mut count = row.records.len();
            listed.extend(row.records.iter().map(|record| (id(None, record), path(""))));
            while let Some(entry) = rows.entry().expect("it is whole") {
                count += entry.records.len();
                let path = path(&format!("!/{}", entry.entry));
                listed.extend(entry.records.iter().map(|record| (id(Some(&entry.entry), record), path.clone())));
            }
            assert_eq!(row.articles, count, "{row:?}");
        }
        let articles = self.articles();
        let mut ids = BTreeSet::new();
        for ((path, id), quotes) in &articles {
            let known = listed.get(id).unwrap_or_else(|| panic!("{path} {id} is not in the manifest"));
            assert!(known.as_ref().is_none_or(|known| known == path), "{path} {known:?}");
            assert!(ids.insert(id) && quotes.iter().all(|(id, _)| ids.insert(id)), "{path}");
        }
        assert_eq!(articles.len(), listed.len(), "articles of the manifest are not in the index");
        let all = reader.quotes(None, &Ask { limit: 0, ..ask() }).expect("an answer").total;
        assert_eq!(all.map(|all| all + reader.status().expect("a status").articles), Some(ids.len() as u64));
    }

    /// The index holds what one made anew of the same files would.
    pub(crate) fn check_as_new(&self) {
        self.check();
        let index = self.folder.join("anew/index");
        let _ = fs::remove_dir_all(&index);
        let order = Order { index: index.clone(), ..self.order() };
        indexing::run(&order, None, &mut |_| {}).expect("the run comes to its end");
        // Named from the folder of another index, paths are absolute.
        let root = self.folder.canonicalize().expect("it is there");
        let below = |path: &str| {
            let path = path.strip_prefix(&*root.to_string_lossy()).unwrap_or(path);
            path.trim_start_matches('/').to_owned()
        };
        let anew = said(&Reader::open(&index).expect("there is an index"));
        let anew: Vec<_> = anew.into_iter().map(|(path, words)| (below(&path), words)).collect();
        assert_eq!(self.said(), anew);
    }
}

fn hits(reader: &Reader) -> Vec<ArticleHit> {
    reader.articles(None, &Ask { limit: 100_000, ..ask() }).expect("an answer").hits
}

/// Of each article its path, and its text with the quotations in it.
fn said(reader: &Reader) -> Vec<(String, Vec<String>)> {
    let quotes = |id| reader.quotes_of(id).expect("quotations").into_iter().map(|quote| quote.quote);
    let of = |hit: ArticleHit| (hit.path, std::iter::once(hit.text).chain(quotes(hit.id)).collect());
    let mut said: Vec<(String, Vec<String>)> = hits(reader).into_iter().map(of).collect();
    said.sort();
    said
}

pub(crate) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn ask() -> Ask {
    Ask { count: true, ..Ask::new(Day::from_number(0)) }
}

/// A small article in which somebody says something.
pub(crate) fn article(words: &str) -> String {
    format!("A day at the slip\n\n\"{words} is what I think of it,\" said Tilda Marsh, who owns the ferry.\n")
}

/// The files of an index and their sizes, sorted.
pub(crate) fn listing(index: &Path) -> Vec<(String, u64)> {
    let folders = [index.to_owned(), index.join("articles"), index.join("quotes")];
    let entries = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let known = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), entry.metadata().map_or(0, |m| m.len()))
    };
    let mut listing: Vec<_> = entries.map(known).collect();
    listing.sort();
    listing
}

/// Nothing lies in the folder that the generation does not name.
pub(crate) fn check_tidy(index: &Path, when: &str) {
    let text = fs::read_to_string(index.join("generation.json")).expect("a generation");
    let generation: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut named = BTreeSet::new();
    for of in ["articles", "quotes"] {
        let meta: serde_json::Value = serde_json::from_str(generation[of].as_str().expect("a text")).expect("JSON");
        let segments = meta["segments"].as_array().expect("a list");
        named.extend(segments.iter().map(|segment| segment["segment_id"].as_str().expect("an id").replace('-', "")));
    }
    for (name, _) in listing(index) {
        let known = named.contains(name.split('.').next().unwrap_or_default())
            || ["manifest", "duplicates", "forms"].iter().any(|of| generation[of]["file"] == name)
            || generation["notes"] == name
            || ["articles", "quotes", "generation.json", "writer.lock", "readers.lock"].contains(&name.as_str());
        assert!(known, "{when}: {name} was left behind");
    }
}
