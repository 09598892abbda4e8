//! How much memory a run of `index` takes, at default settings, over archives that are made to take much.
//!
//! `cargo bench --bench memory` makes each archive in a folder of its own, indexes it, and prints the most that the program held at one time:
//! what is its own (RssAnon), and with the files that the system maps for it (VmHWM). `cargo bench --bench memory -- FOLDER...` measures
//! archives that the reader brings instead, and `-- NAME...` one of its own. What is aimed at: less than 1 GiB of its own on any archive. It asks Linux.

use std::env;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

#[path = "repeated.rs"]
mod repeated;

use repeated::repeated;

/// The most that a run may hold of its own, in kilobytes.
const MOST: u64 = 1 << 20;

/// Makes an archive in a folder.
type Make = fn(&Path) -> io::Result<()>;

/// What is tried.
const ARCHIVES: [(&str, Make); 14] = [
    ("large-texts", |folder| many(folder, 3, "txt", |_| repeated(SAID, 60 << 20))),
    ("texts-of-quotations", |folder| many(folder, 4, "txt", |_| repeated("“We wait @,” said ^ Bz^.\n\n", 7 << 20))),
    ("texts-of-dates", |folder| many(folder, 4, "txt", |_| repeated("on March 5, 2014, ", 7 << 20))),
    ("texts-of-marks", |folder| many(folder, 4, "txt", |_| repeated("“a ", 7 << 20))),
    ("texts-of-letters", |folder| many(folder, 4, "txt", |_| "a ".repeat(3 << 20))),
    ("texts-of-forms", |folder| {
        many(folder, 26, "txt", |file| {
            let own = char::from(b'a' + u8::try_from(file % 26).unwrap_or_default());
            repeated(
                &"The ~@s and ~@ning of the ~@ted were said to be ~@ness. ".replace('~', &own.to_string()),
                5 << 20,
            )
        })
    }),
    ("large-pages", |folder| many(folder, 8, "html", |_| repeated("<p>The slip is closed.</p>", 9 << 20))),
    ("pages-of-tags", |folder| many(folder, 8, "html", |_| repeated("<b>a", 1_500_000))),
    ("packed-pages", |folder| packed(folder, 40, "html", |_| repeated("<p>a", 1_500_000))),
    ("packed-texts", |folder| packed(folder, 12, "txt", |_| "The slip is closed, said Anna Lind. ".repeat(200_000))),
    ("long-records", |folder| {
        many(folder, 2, "jsonl", |_| {
            let text = "The slip is closed, said Anna Lind. ".repeat(100_000);
            format!("{{\"title\":\"Town\",\"text\":\"{text}\"}}\n").repeat(12)
        })
    }),
    ("many-records", |folder| {
        many(folder, 4, "jsonl", |file| {
            (0..60_000).fold(String::new(), |mut all, n| {
                let _ = writeln!(all, "{{\"id\":\"{file}-{n}\",\"title\":\"Slip {n}\",\"text\":\"“We wait {n},” said Anna Lind. “It is closed,” she said.\"}}");
                all
            })
        })
    }),
    ("one-line", |folder| {
        // A gigabyte in one line, in a file of some megabytes: within the ratio that is allowed.
        let file = File::create(folder.join("a.txt.gz"))?;
        let mut packer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        let words = repeated(SAID, 1 << 20).replace('\n', " ");
        for _ in 0..1024 {
            packer.write_all(words.as_bytes())?;
        }
        packer.finish().map(|_| ())
    }),
    ("entries", |folder| {
        let mut zip = zip::ZipWriter::new(File::create(folder.join("a.zip"))?);
        let page = repeated("<p>The slip is <b>closed</b>.", 4_000_000);
        for number in 0..60 {
            zip.start_file(format!("{number}.html"), zip::write::SimpleFileOptions::default())?;
            zip.write_all(page.as_bytes())?;
        }
        zip.finish().map(|_| ()).map_err(io::Error::other)
    }),
];

const SAID: &str = "“We wait @,” said ^ Lind, a @ clerk of the Lundby council, on Monday. The ferry was gone by the time that they came.\n\n";

fn main() -> io::Result<()> {
    let given: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    let mut out = io::stdout().lock();
    // `cargo test --all-targets` runs it too, without this word.
    if !env::args().any(|word| word == "--bench") {
        return writeln!(out, "cargo bench --bench memory measures what a run of index holds");
    }
    let mut worst = 0;
    for name in given.iter().filter(|name| Path::new(name).is_dir()) {
        worst = worst.max(measure(&mut out, name, Path::new(name))?);
    }
    for (name, make) in ARCHIVES.iter().filter(|(name, _)| given.is_empty() || given.iter().any(|given| given == name))
    {
        let folder = tempfile::tempdir()?;
        make(folder.path())?;
        worst = worst.max(measure(&mut out, name, folder.path())?);
    }
    let met = if worst < MOST { "met" } else { "missed" };
    writeln!(out, "aim (less than {} MiB): {met}", MOST >> 10)
}

/// Indexes a folder; gives the most that was held, in kilobytes.
fn measure(out: &mut impl Write, name: &str, folder: &Path) -> io::Result<u64> {
    let index = tempfile::tempdir()?;
    let begun = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.arg("index").arg(folder).arg("--quiet").arg("--index").arg(index.path().join("index"));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let (mut own, mut all) = (0, 0);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        let said = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let field = |name: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().trim_end_matches(" kB").parse::<u64>().ok()
        };
        own = own.max(field("RssAnon:").unwrap_or(0));
        all = all.max(field("VmHWM:").unwrap_or(0));
        thread::sleep(Duration::from_millis(5));
    };
    writeln!(
        out,
        "{name:20} {:6} MiB of its own, {:6} MiB in all; {:.1} s, {status}",
        own >> 10,
        all >> 10,
        begun.elapsed().as_secs_f64()
    )?;
    Ok(own)
}

fn many(folder: &Path, files: usize, ending: &str, content: fn(usize) -> String) -> io::Result<()> {
    (0..files).try_for_each(|number| fs::write(folder.join(format!("{number}.{ending}")), content(number)))
}

fn packed(folder: &Path, files: usize, ending: &str, content: fn(usize) -> String) -> io::Result<()> {
    (0..files).try_for_each(|number| {
        let file = File::create(folder.join(format!("{number}.{ending}.zst")))?;
        zstd::stream::copy_encode(content(number).as_bytes(), file, 3)
    })
}
