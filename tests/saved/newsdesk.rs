//! An archive that grows, with saved queries that are run by the program itself and deliver into files.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::cli::console::{PROGRAM, isolate};

pub(super) struct Newsdesk {
    folder: tempfile::TempDir,
    articles: usize,
}

impl Newsdesk {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::create_dir_all(folder.path().join(".onrecord/queries")).expect("a folder can be made");
        fs::create_dir(folder.path().join("corpus")).expect("a folder can be made");
        Self { folder, articles: 0 }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Saves a query whose new results, ids, are given to `sh -c script`.
    pub(super) fn save(&self, name: &str, query: &str, script: &str) {
        let text = format!(
            "version = 1\nquery = '{query}'\n[output]\nformat = 'ids'\n[alert]\nexec = ['sh', '-c', '{script}']\n"
        );
        fs::write(self.path(&format!(".onrecord/queries/{name}.toml")), text).expect("a file can be written");
    }

    /// Adds so many articles, each with a quotation of Tilda Marsh and one of Bo Lund, changes an old one, and indexes.
    pub(super) fn grow(&mut self, count: usize) {
        for _ in 0..count {
            let n = self.articles;
            self.articles += 1;
            self.write(n, "");
        }
        if self.articles > count {
            self.write(0, &format!("The harbour was quiet, {} boats in all.", self.articles));
        }
        let done = self.command(&["index", "--quiet"]).output().expect("it starts");
        assert_eq!(done.status.code(), Some(0), "{done:?}");
    }

    fn write(&self, n: usize, more: &str) {
        let text = format!(
            "Report {n}\n\nLUNDBY, March 1 - \"It is number {n} of the year,\" said Tilda Marsh, the mayor.\n\n\"We counted {n} ships today,\" said Bo Lund, a pilot.\n\n{more}\n"
        );
        fs::write(self.path(&format!("corpus/{n:03}.txt")), text).expect("a file can be written");
    }

    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        isolate(&mut command).current_dir(self.folder.path()).args(args);
        command
    }

    pub(super) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("it starts")
    }

    /// The ids that a search finds, sorted.
    pub(super) fn found(&self, query: &str) -> Vec<String> {
        let done = self.run(&["search", query, "--all", "--format", "ids", "--quiet"]);
        let mut ids: Vec<String> = String::from_utf8_lossy(&done.stdout).lines().map(str::to_owned).collect();
        ids.sort();
        ids
    }

    /// How often each id stands in a file.
    pub(super) fn delivered(&self, file: &str) -> BTreeMap<String, usize> {
        let text = fs::read_to_string(self.path(file)).unwrap_or_default();
        let mut counts = BTreeMap::new();
        text.lines().for_each(|id| *counts.entry(id.to_owned()).or_default() += 1);
        counts
    }

    /// Each of these was delivered once, and nothing else.
    pub(super) fn check_once(&self, file: &str, query: &str, when: &str) {
        let delivered = self.delivered(file);
        assert_eq!(delivered.keys().cloned().collect::<Vec<_>>(), self.found(query), "{when}: what was delivered");
        let twice: Vec<_> = delivered.iter().filter(|(_, count)| **count != 1).collect();
        assert!(twice.is_empty(), "{when}: delivered more than once: {twice:?}");
    }
}
