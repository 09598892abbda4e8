//! A folder in which the archives of a run, the records in them and the indexes of all lie; each is made once, and taken as it is where it is there.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use onrecord::index::Reader;

use super::generate::{News, form};
use super::measure::{Taken, run};
use super::records;

/// The folder, of one archive.
pub(crate) struct Room {
    folder: PathBuf,
    /// Where the archive is, in one file or as it was given.
    pub(crate) archive: Vec<PathBuf>,
    /// The same archive, a file an article, where that can be made.
    pub(crate) files: Option<PathBuf>,
    /// Articles in it.
    pub(crate) articles: u64,
    /// Bytes of headlines and bodies.
    pub(crate) text: u64,
}

impl Room {
    /// Of a generated archive.
    pub(crate) fn generated(folder: &Path, articles: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let (lines, files, news) = (folder.join("news.ndjson"), folder.join("files"), News::new(1));
        if !lines.exists() {
            let mut file = BufWriter::with_capacity(1 << 18, File::create(&lines)?);
            form::lines(&news, articles, &mut file)?;
            file.flush()?;
        }
        let text = form::lines(&news, articles, &mut io::sink())?.text;
        let room = Self { folder: folder.to_owned(), archive: vec![lines], files: Some(files), articles, text };
        room.fill()?;
        Ok(room)
    }

    /// Of an archive that the reader brings.
    pub(crate) fn brought(folder: &Path, archive: Vec<PathBuf>) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut room = Self { folder: folder.to_owned(), archive, files: None, articles: 0, text: 0 };
        room.fill()?;
        for line in BufReader::new(File::open(room.records().join(records::ARTICLES))?).lines() {
            let record: records::Article = serde_json::from_str(&line?)?;
            room.articles += 1;
            room.text += record.text.len() as u64;
        }
        Ok(room)
    }

    /// What is there before anything is measured: an index, and the records in it.
    fn fill(&self) -> io::Result<()> {
        if !self.ours().exists() {
            self.index_ours(&self.archive, &self.ours())?;
        }
        if !self.records().exists() {
            let unfinished = self.folder.join("unfinished");
            fs::create_dir_all(&unfinished)?;
            records::write(&self.ours(), &unfinished)?;
            fs::rename(&unfinished, self.records())?;
        }
        Ok(())
    }

    /// The files, made where they are not there yet.
    pub(crate) fn made_files(&self) -> io::Result<Option<&Path>> {
        let Some(files) = &self.files else { return Ok(None) };
        if !files.exists() {
            let unfinished = self.place("files-unfinished");
            let _ = fs::remove_dir_all(&unfinished);
            form::files(&News::new(1), self.articles, &unfinished)?;
            fs::rename(&unfinished, files)?;
        }
        Ok(Some(files))
    }

    /// Whether an index of the program holds the whole archive.
    pub(crate) fn check(&self, index: &Path) -> io::Result<()> {
        let status = Reader::open(index).and_then(|reader| reader.status()).map_err(io::Error::other)?;
        match status.articles == self.articles {
            true => Ok(()),
            false => Err(io::Error::other(format!(
                "{} articles of {} in {}",
                status.articles,
                self.articles,
                index.display()
            ))),
        }
    }

    /// A place in the folder.
    pub(crate) fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The program's index.
    pub(crate) fn ours(&self) -> PathBuf {
        self.place("onrecord")
    }

    /// The records of the archive.
    pub(crate) fn records(&self) -> PathBuf {
        self.place("records")
    }

    /// Makes an index of the program anew.
    pub(crate) fn index_ours(&self, archive: &[PathBuf], index: &Path) -> io::Result<Taken> {
        let _ = fs::remove_dir_all(index);
        self.again(archive, index)
    }

    /// Runs the program over an archive, with the index that is there.
    pub(crate) fn again(&self, archive: &[PathBuf], index: &Path) -> io::Result<Taken> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        run(command.arg("index").args(archive).arg("--quiet").arg("-i").arg(index))
    }

    /// Makes an index by hand, in a process of its own.
    pub(crate) fn index_by_hand(&self, index: &Path) -> io::Result<Taken> {
        let _ = fs::remove_dir_all(index);
        fs::create_dir_all(index)?;
        run(Command::new(env::current_exe()?).arg("--by-hand").arg(self.records()).arg(index))
    }
}
