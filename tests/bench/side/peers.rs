//! The peers that are programs of their own: how each is found, how it indexes, and how it is asked, a line at a time.
//!
//! One that is not installed is named with the way to install it, and takes no part. Times are the peer's own, without the way to it and back.

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::classes::{Class, Test};
use super::measure::{Taken, run};
use super::queries::Engine;
use super::room::Room;

/// A peer that is installed.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    program: PathBuf,
    /// What the program is given before the command.
    before: Vec<String>,
}

/// The peers, or of one that is missing why, and how it is installed.
pub(crate) fn find(scratch: &Path) -> io::Result<Vec<Result<Peer, String>>> {
    let script = |name: &str, text: &str| {
        let path = scratch.join(name);
        fs::write(&path, text).map(|()| path)
    };
    let sqlite = script("sqlite_peer.py", include_str!("peers/sqlite_peer.py"))?;
    let xapian = script("xapian_peer.py", include_str!("peers/xapian_peer.py"))?;
    let lucene = script("LucenePeer.java", include_str!("peers/LucenePeer.java"))?;
    Ok(vec![python("SQLite FTS5", "sqlite3", &sqlite), python("Xapian", "xapian", &xapian), java(scratch, &lucene)])
}

/// A peer in Python: the first interpreter that knows its module.
fn python(name: &'static str, module: &str, script: &Path) -> Result<Peer, String> {
    let given = env::var_os("PYTHON").map(PathBuf::from);
    // Debian's own Python knows Debian's modules, and need not be the first on the path.
    for program in given.into_iter().chain(["python3".into(), "/usr/bin/python3".into()]) {
        let known = Command::new(&program).args(["-c", &format!("import {module}")]).stderr(Stdio::null()).status();
        if known.is_ok_and(|status| status.success()) {
            return Ok(Peer { name, program, before: vec![script.to_string_lossy().into_owned()] });
        }
    }
    Err(format!("{name} is missing: no Python has the module {module}; `tests/bench/peers.sh` installs it"))
}

/// Lucene, for which a small program is compiled.
fn java(scratch: &Path, source: &Path) -> Result<Peer, String> {
    let name = "Lucene 9.9";
    let missing = |why: &str| format!("{name} is missing: {why}; `tests/bench/peers.sh FOLDER` installs it");
    let Some(jar) = env::var_os("LUCENE_JAR").map(PathBuf::from).filter(|jar| jar.exists()) else {
        return Err(missing("LUCENE_JAR names no file"));
    };
    let compiled = Command::new("javac").arg("-cp").arg(&jar).arg("-d").arg(scratch).arg(source).output();
    match compiled {
        Err(_) => Err(missing("there is no javac")),
        Ok(output) if !output.status.success() => Err(missing(&String::from_utf8_lossy(&output.stderr))),
        Ok(_) => {
            let path = format!("{}:{}", jar.display(), scratch.display());
            let before = ["-Xmx1g", "-cp", &path, "LucenePeer"].map(str::to_owned).to_vec();
            Ok(Peer { name, program: "java".into(), before })
        }
    }
}

impl Peer {
    /// The folder or file of its index beside the others.
    pub(crate) fn index_in(&self, room: &Room) -> PathBuf {
        room.place(&self.name.split(' ').next().unwrap_or_default().to_lowercase())
    }

    /// Indexes the records.
    pub(crate) fn index(&self, records: &Path, index: &Path) -> io::Result<Taken> {
        let _ = if index.is_dir() { fs::remove_dir_all(index) } else { fs::remove_file(index) };
        run(Command::new(&self.program).args(&self.before).arg("index").arg(records).arg(index))
    }

    /// Opens an index, to be asked.
    pub(crate) fn open(&self, index: &Path) -> io::Result<Asked> {
        let mut command = Command::new(&self.program);
        command.args(&self.before).arg("ask").arg(index).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("no pipes"));
        };
        Ok(Asked { name: self.name, child, questions: Some(questions), answers: BufReader::new(answers) })
    }
}

/// A peer with its index open.
pub(crate) struct Asked {
    name: &'static str,
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Asked {
    fn put(&mut self, test: &Test, class: &Class) -> io::Result<String> {
        let question = serde_json::json!({ "test": test, "want": class.want, "among": class.among });
        let questions = self.questions.as_mut().ok_or_else(|| io::Error::other("closed"))?;
        questions.write_all(format!("{question}\n").as_bytes())?;
        questions.flush()?;
        let mut answer = String::new();
        match self.answers.read_line(&mut answer)? {
            0 => Err(io::Error::other("it ended")),
            _ => Ok(answer),
        }
    }
}

impl Engine for Asked {
    fn name(&self) -> &str {
        self.name
    }

    fn ask(&mut self, test: &Test, class: &Class) -> Option<Result<(u64, f64), String>> {
        let answer = match self.put(test, class) {
            Ok(answer) => answer,
            Err(error) => return Some(Err(format!("{}: {error}", self.name))),
        };
        let (count, seconds) = answer.trim().split_once(' ')?;
        let read = count.parse().ok().zip(seconds.parse().ok());
        Some(read.ok_or_else(|| format!("{} answers {answer}", self.name)))
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        // At the end of its questions it ends.
        self.questions = None;
        let _ = self.child.wait();
    }
}
