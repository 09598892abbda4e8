//! `backup` and `restore`: what comes back is what was copied, and what is broken changes nothing.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use onrecord::archive::beside::PutBack;
use onrecord::desk::backup::{Failure, Report, backup, backup_to, restore};
use onrecord::desk::indexing::{self, Order};
use onrecord::desk::verify::verify;
use onrecord::index::{Error, Reader, Writer, WriterOptions};

use super::growing::{Growing, dump};
use crate::again::newsroom::{Newsroom, article};
use crate::cli::console::{PROGRAM, isolate};

fn grown() -> Growing {
    let mut growing = Growing::new(6);
    for _ in 0..3 {
        let order = Order { batch: 5, prune: true, ..growing.room.order() };
        indexing::run(&order, None, &mut |_| {}).expect("the run ends");
        growing.grow();
    }
    growing
}

fn copy(index: &Path) -> Vec<u8> {
    backup(index, Vec::new(), "memory", &mut |_| {}).expect("it is copied").1
}

fn put_back(bytes: &[u8], index: &Path, force: bool) -> Result<Report, Failure> {
    restore(bytes, index, force, "a test", &mut |_| {})
}

fn all(index: &Path) -> Vec<String> {
    dump(&Reader::open(index).expect("there is an index"), &BTreeSet::new())
}

fn faults(index: &Path) -> Vec<String> {
    verify(index, false, &mut |_| {}).expect("it is looked at").faults
}

/// All files below a folder, with what they hold.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => files.push((path.clone(), fs::read(path).expect("it can be read"))),
            }
        }
    }
    files.sort();
    files
}

#[test]
fn what_comes_back_is_what_was_copied() {
    let growing = grown();
    let index = growing.room.index();
    let bytes = copy(&index);
    // The same on any day.
    assert!(bytes == copy(&index));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let to = elsewhere.path().join("far/index");
    let report = put_back(&bytes, &to, false).expect("it is restored");
    let status = growing.room.reader().status().expect("a status");
    assert_eq!(
        (report.articles, report.quotes, report.generation),
        (status.articles, status.quotes, status.generation)
    );
    assert_eq!((&report.uuid, report.beside.len()), (&status.uuid, 0));
    assert_eq!(all(&to), all(&index));
    assert_eq!(faults(&to), Vec::<String>::new());
    assert!(copy(&to) == bytes);
    // Indexing goes on where it was.
    fs::remove_dir_all(&index).expect("it is removed");
    put_back(&bytes, &index, false).expect("it is restored");
    let report = growing.room.run_as(|order| order.prune = true);
    assert!(report.tally.unchanged > 0 && report.done.articles > 0, "{report:?}");
    growing.room.check_as_new();
}

#[test]
fn a_copy_that_is_unpacked_by_hand_is_an_index() {
    let growing = grown();
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = zstd::decode_all(copy(&growing.room.index()).as_slice()).expect("it is compressed");
    tar::Archive::new(bytes.as_slice()).unpack(folder.path()).expect("it is a tar");
    assert_eq!(all(&folder.path().join("index")), all(&growing.room.index()));
    assert_eq!(faults(&folder.path().join("index")), Vec::<String>::new());
}

#[test]
fn a_generation_is_copied_while_others_are_written() {
    let mut growing = grown();
    let index = growing.room.index();
    let (before, generation) = (all(&index), growing.room.generation());
    growing.grow();
    let mut runs = 0;
    let room = &growing.room;
    let mut told = |_: &str| {
        // Each part is copied after another generation, or several, have been published.
        if runs < 6 {
            room.write(&format!("meanwhile-{runs}.txt"), article("It is later"));
            room.run_as(|order| (order.batch, order.prune) = (2, true));
            runs += 1;
        }
    };
    let (report, bytes) = backup(&index, Vec::new(), "memory", &mut told).expect("it is copied");
    assert_eq!((report.generation, runs), (generation, 6));
    assert!(growing.room.generation() > generation + 5);
    let folder = tempfile::tempdir().expect("a folder");
    put_back(&bytes, &folder.path().join("index"), false).expect("it is restored");
    assert_eq!(all(&folder.path().join("index")), before);
    assert_eq!(faults(&index), Vec::<String>::new());
}

#[test]
fn an_index_is_replaced_only_where_that_is_meant() {
    let growing = grown();
    let index = growing.room.index();
    let (bytes, old) = (copy(&index), all(&index));
    growing.room.run_as(|order| order.prune = true);
    let (new, generation) = (all(&index), growing.room.generation());
    let error = put_back(&bytes, &index, false).expect_err("there is one");
    assert!(matches!(error, Failure::Index(Error::Occupied { .. })), "{error}");
    assert!(
        error.to_string().starts_with("there is an index in ") && error.to_string().contains("`--force`"),
        "{error}"
    );
    assert_eq!(all(&index), new);
    // Readers keep what they have, one that has opened its files and one that has yet to.
    let (open, early) = (growing.room.reader(), growing.room.reader());
    dump(&open, &BTreeSet::new());
    let report = put_back(&bytes, &index, true).expect("it is restored");
    assert_eq!(report.generation, generation + 1);
    assert_eq!((dump(&open, &BTreeSet::new()), dump(&early, &BTreeSet::new())), (new.clone(), new));
    assert_eq!((all(&index), faults(&index)), (old, Vec::new()));
    // And once more, the other way round: no file of the one is in the way of the other.
    put_back(&copy(&index), &index, true).expect("it is restored");
    drop((open, early));
    growing.room.run_as(|order| order.prune = true);
    assert_eq!(faults(&index), Vec::<String>::new());
    growing.room.check_as_new();
    assert_eq!(growing.room.reader().bulk().expect("its bulk").litter, 0);
}

#[test]
fn a_folder_with_other_things_in_it_is_left_alone() {
    let growing = grown();
    let bytes = copy(&growing.room.index());
    for other in ["mine.txt", "articles/mine.txt"] {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join(other);
        fs::create_dir_all(place.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(&place, "mine").expect("it is written");
        let error = put_back(&bytes, folder.path(), false).expect_err("it is not empty");
        assert!(error.to_string().starts_with("there is something else in "), "{error}");
        assert_eq!(files(folder.path()).len(), 1);
        put_back(&bytes, folder.path(), true).expect("it is meant");
        assert_eq!(fs::read_to_string(&place).expect("it is there"), "mine");
    }
}

#[test]
fn a_damaged_index_is_put_right() {
    let growing = grown();
    let index = growing.room.index();
    let (bytes, old) = (copy(&index), all(&index));
    let damages: [fn(&Path); 3] = [
        |index| fs::write(index.join("generation.json"), "{").expect("it is written"),
        |index| {
            files(&index.join("quotes")).iter().for_each(|(path, _)| fs::write(path, "x").expect("it is written"));
        },
        |index| fs::remove_dir_all(index.join("articles")).expect("it is removed"),
    ];
    for damage in damages {
        damage(&index);
        put_back(&bytes, &index, true).expect("it is restored");
        assert_eq!((all(&index), faults(&index)), (old.clone(), Vec::new()));
    }
}

#[test]
fn a_damaged_index_is_not_copied_and_the_last_good_copy_stays() {
    let growing = grown();
    let index = growing.room.index();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("news.tar.zst");
    let (report, size) = backup_to(&index, &file, &mut |_| {}).expect("it is copied");
    let good = fs::read(&file).expect("it is there");
    assert_eq!((size, report.generation), (Some(good.len() as u64), growing.room.generation()));
    let (path, mut bytes) = files(&index.join("quotes")).pop().expect("a file");
    *bytes.get_mut(3).expect("it is longer") ^= 1;
    fs::write(path, bytes).expect("it is written");
    let error = backup_to(&index, &file, &mut |_| {}).expect_err("it is damaged");
    assert!(matches!(error, Failure::Damaged(_)), "{error}");
    assert!(fs::read(&file).expect("it is there") == good);
    assert_eq!(files(folder.path()).len(), 1, "nothing else is left");
}

#[cfg(unix)]
#[test]
fn a_backup_follows_links_and_is_put_in_place_of_files_only() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let growing = grown();
    let folder = tempfile::tempdir().expect("a folder");
    let (kept, link, socket) = (folder.path().join("kept"), folder.path().join("link"), folder.path().join("socket"));
    symlink("kept", &link).expect("a link");
    backup_to(&growing.room.index(), &link, &mut |_| {}).expect("it is copied");
    assert!(link.symlink_metadata().expect("it is there").is_symlink());
    assert_eq!(fs::read(&kept).expect("it is there"), copy(&growing.room.index()));
    let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
    backup_to(&growing.room.index(), &socket, &mut |_| {}).expect_err("no file can be opened there");
    assert!(socket.metadata().expect("it is there").file_type().is_socket(), "a file is in its place");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 3, "nothing else is left");
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let growing = grown();
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = folder.path().join("nowhere/news.tar.zst");
    let error = backup_to(&growing.room.index(), &nowhere, &mut |_| {}).expect_err("there is no such folder");
    assert!(error.to_string().starts_with(&format!("cannot write {}: No such file", nowhere.display())), "{error}");
    let error = backup_to(&growing.room.index(), folder.path(), &mut |_| {}).expect_err("it is a folder");
    assert!(error.to_string().contains("is a directory"), "{error}");
    let none = Newsroom::empty();
    let file = folder.path().join("news.tar.zst");
    let error = backup_to(&none.index(), &file, &mut |_| {}).expect_err("there is no index");
    assert!(error.to_string().starts_with("no index in "), "{error}");
    assert_eq!(files(folder.path()).len(), 0);
    // A full disk.
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let whole = copy(&growing.room.index()).len();
    for room in [0, 100, whole / 2, whole - 1] {
        let error = backup(&growing.room.index(), Full(room), "x.tar.zst", &mut |_| {}).err().expect("it is full");
        assert!(error.to_string().starts_with("cannot write x.tar.zst: "), "{room}: {error}");
    }
}

#[test]
fn a_broken_copy_changes_nothing() {
    let growing = grown();
    let index = growing.room.index();
    let bytes = copy(&index);
    let before = files(&index);
    let folder = tempfile::tempdir().expect("a folder");
    let fresh = folder.path().join("index");
    let mut broken =
        vec![Vec::new(), b"PK\x03\x04 and more".to_vec(), zstd::encode_all(&b"no tar"[..], 1).expect("memory")];
    broken.extend((1..12).map(|part| bytes.get(..bytes.len() * part / 12).expect("it is longer").to_vec()));
    broken.push(bytes.get(..bytes.len() - 1).expect("it is longer").to_vec());
    for part in 0..16 {
        let mut changed = bytes.clone();
        *changed.get_mut(bytes.len() * part / 16).expect("it is longer") ^= 0x10;
        broken.push(changed);
    }
    let whole = zstd::decode_all(bytes.as_slice()).ok();
    for (number, broken) in broken.into_iter().enumerate() {
        let plain = zstd::decode_all(broken.as_slice()).ok();
        if plain.is_some() && plain == whole {
            // Compressed otherwise, it is the same: where all is zeros, they may be copied from anywhere.
            continue;
        }
        let error = put_back(&broken, &fresh, false).expect_err("it is broken").to_string();
        assert!(error.starts_with("the backup cannot be restored: "), "{number}: {error}");
        let error = verify(&fresh, false, &mut |_| {}).expect_err("there is nothing to see");
        assert!(matches!(error, Error::Missing { .. }), "{number}: {error}");
        put_back(&broken, &index, true).expect_err("it is broken");
    }
    assert!(files(&index) == before, "what was there is as it was");
    put_back(&bytes, &fresh, false).expect("trials are no obstacle");
}

/// A copy with its entries changed before they are packed anew, with a list that fits.
fn repacked(bytes: &[u8], change: impl Fn(&str, &mut Vec<u8>) -> Vec<String>) -> Vec<u8> {
    let plain = zstd::decode_all(bytes).expect("it is compressed");
    let mut packer = onrecord::archive::bundle::Packer::new(Vec::new()).expect("memory");
    for entry in tar::Archive::new(plain.as_slice()).entries().expect("a tar") {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a name").to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("it can be read");
        if name != "contents.json" {
            for name in change(&name, &mut bytes) {
                packer.add(&name, bytes.len() as u64, bytes.as_slice()).expect("memory");
            }
        }
    }
    packer.finish().expect("memory")
}

#[test]
fn a_copy_that_means_harm_leads_nowhere() {
    let growing = grown();
    let bytes = copy(&growing.room.index());
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("deep/index");
    let renamed = |from: &'static str, to: &'static str| {
        repacked(&bytes, |name, _| vec![if name.contains(from) { to.to_owned() } else { name.to_owned() }])
    };
    let with = |from: &'static str, to: &'static str| {
        repacked(&bytes, |name, text| {
            if name == "index/generation.json" {
                *text = String::from_utf8_lossy(text).replace(from, to).into_bytes();
            }
            vec![name.to_owned()]
        })
    };
    let more = |name: &'static str| {
        repacked(&bytes, |own, _| {
            if own.contains("notes-") { vec![own.to_owned(), name.to_owned()] } else { vec![own.to_owned()] }
        })
    };
    for (what, harm) in [
        ("a part that nobody asked for", more("index/articles/more.idx")),
        ("an absolute name", more("index//etc/passwd")),
        ("a part with another name", renamed("notes-", "index/notes-x.json")),
        ("notes outside", with("notes-", "../notes-")),
        ("a manifest outside", with("manifest-", "/tmp/manifest-")),
        ("a wrong number", with("\"number\": ", "\"number\": 1")),
        ("another schema", with("\"schema\": \"", "\"schema\": \"x")),
        ("no list of segments", with("segments", "segmints")),
    ] {
        let error = put_back(&harm, &to, false).expect_err(what).to_string();
        assert!(error.starts_with("the backup cannot be restored: "), "{what}: {error}");
        assert!(matches!(verify(&to, false, &mut |_| {}), Err(Error::Missing { .. })), "{what}");
    }
    // A file whose checksums are right and whose list is too, and whose engine's are not.
    let wrong = repacked(&bytes, |name, bytes| {
        if name.ends_with(".store") {
            *bytes.get_mut(5).expect("it is longer") ^= 1;
        }
        vec![name.to_owned()]
    });
    let error = put_back(&wrong, &to, false).expect_err("it is damaged").to_string();
    assert!(error.contains("its checksum is wrong"), "{error}");
    // Nothing was left but folders and locks.
    let left = files(folder.path());
    assert!(left.iter().all(|(path, _)| path.extension().is_some_and(|end| end == "lock")), "{left:?}");
}

#[test]
fn what_is_kept_beside_the_index_goes_with_it_and_yours_stays() {
    let growing = grown();
    let index = growing.room.index();
    let beside = growing.room.path("../.onrecord");
    fs::create_dir_all(beside.join("queries")).expect("a folder");
    fs::write(beside.join("speakers.toml"), "version = 1\n").expect("it is written");
    fs::write(beside.join("queries/ferry.toml"), "x").expect("it is written");
    fs::write(beside.join("speakers.lock"), "").expect("it is written");
    let bytes = copy(&index);
    let folder = tempfile::tempdir().expect("a folder");
    let names = |report: &Report| report.beside.clone();
    let expected = |speakers, query| {
        vec![(".onrecord/queries/ferry.toml".to_owned(), query), (".onrecord/speakers.toml".to_owned(), speakers)]
    };
    let report = put_back(&bytes, &folder.path().join("index"), false).expect("it is restored");
    assert_eq!(names(&report), expected(PutBack::Written, PutBack::Written));
    assert_eq!(files(&folder.path().join(".onrecord")).len(), 2);
    fs::write(beside.join("speakers.toml"), "version = 1\n# mine\n").expect("it is written");
    fs::remove_file(beside.join("queries/ferry.toml")).expect("it is removed");
    let report = put_back(&bytes, &index, true).expect("it is restored");
    assert_eq!(names(&report), expected(PutBack::Kept, PutBack::Written));
    assert_eq!(fs::read_to_string(beside.join("speakers.toml")).expect("it is there"), "version = 1\n# mine\n");
    // A name that leads out of the folder is refused before anything is visible.
    let harm = repacked(&bytes, |name, _| vec![name.replace(".onrecord/queries/", ".onrecord/..\\..\\")]);
    let error = put_back(&harm, &folder.path().join("other"), false).expect_err("it leads out").to_string();
    assert!(error.contains("ferry.toml\", which is no part of an index"), "{error}");
    assert!(!folder.path().join("other/generation.json").exists());
    assert!(!folder.path().with_file_name("ferry.toml").exists());
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_no_half_of_what_is_kept_beside() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    let text = format!("version = 1\n{}", "# A long file that somebody wrote by hand.\n".repeat(50_000));
    fs::create_dir_all(room.path("../.onrecord")).expect("a folder");
    fs::write(room.path("../.onrecord/speakers.toml"), &text).expect("it is written");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("copy"), copy(&room.index())).expect("it is written");
    // No file may be larger than a megabyte, which is told by an error and no signal.
    let script = format!("ulimit -f 2048; trap '' XFSZ; exec '{PROGRAM}' restore copy -i index");
    let mut shell = Command::new("sh");
    let full = isolate(&mut shell).args(["-c", &script]).current_dir(folder.path()).output().expect("it starts");
    assert_eq!(full.status.code(), Some(2), "{full:?}");
    let said = String::from_utf8_lossy(&full.stderr).into_owned();
    assert!(said.contains("cannot write") && said.contains("speakers.toml"), "{said}");
    assert_eq!(files(&folder.path().join(".onrecord")), []);
    let report = put_back(&copy(&room.index()), &folder.path().join("index"), true).expect("it is restored");
    assert_eq!(report.beside, [(".onrecord/speakers.toml".to_owned(), PutBack::Written)]);
    assert_eq!(fs::read_to_string(folder.path().join(".onrecord/speakers.toml")).expect("it is there"), text);
}

#[test]
fn a_writer_keeps_a_restoration_out() {
    let growing = grown();
    let index = growing.room.index();
    let bytes = copy(&index);
    let _writer = Writer::open(&index, &WriterOptions::default()).expect("a writer");
    let error = put_back(&bytes, &index, true).expect_err("somebody writes");
    assert!(error.to_string().contains("another `onrecord index` is writing"), "{error}");
}
