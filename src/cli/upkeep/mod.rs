//! The commands that look after an index: whether it is whole, making it small, and copies of it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::Ending;
use super::output::Output;

mod args;
mod backup;
mod compact;
mod restore;
mod verify;

pub(crate) use args::{Upkeep, UpkeepCommand};

pub(crate) fn run(upkeep: &Upkeep, output: &mut Output) -> anyhow::Result<Ending> {
    match &upkeep.command {
        UpkeepCommand::Verify(args) => verify::run(&upkeep.index, args, output),
        UpkeepCommand::Compact => compact::run(&upkeep.index, output),
        UpkeepCommand::Backup(args) => backup::run(&upkeep.index, args, output),
        UpkeepCommand::Restore(args) => restore::run(&upkeep.index, args, output),
    }
}

/// The command that reads these files and folders, as far as they are there, to be typed as it stands.
pub(super) fn index_command(roots: &[PathBuf], index: &Path, flags: &str) -> String {
    // What lies in another is read with it.
    let inside = |root: &Path| roots.iter().any(|other| other != root && root.starts_with(other) && other.is_dir());
    let roots = roots.iter().filter(|root| root.exists() && !inside(root));
    let roots: Vec<Cow<'_, str>> = roots.map(|root| typed(&near(root))).collect();
    let roots = if roots.is_empty() { "FOLDER".to_owned() } else { roots.join(" ") };
    format!("onrecord index {roots} -i {}{flags}", typed(index))
}

/// The path from the folder that the user is in, where it lies below it.
#[expect(clippy::disallowed_methods, reason = "where the user is decides how a path is typed")]
fn near(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    match here.ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned)) {
        Some(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Some(below) => below,
        None => path.to_owned(),
    }
}

/// The path as a shell takes it.
fn typed(path: &Path) -> Cow<'static, str> {
    let text = path.to_string_lossy().into_owned();
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+,:@%=".contains(letter);
    let plain = !text.is_empty() && !text.starts_with('-') && text.chars().all(plain);
    Cow::Owned(if plain { text } else { format!("'{}'", text.replace('\'', "'\\''")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_a_shell_takes_them() {
        for (path, expected) in [
            ("corpus", "corpus"),
            ("/srv/news 2014", "'/srv/news 2014'"),
            ("it's", "'it'\\''s'"),
            ("-x", "'-x'"),
            ("", "''"),
            ("åbo/2014", "åbo/2014"),
        ] {
            assert_eq!(typed(Path::new(path)), expected);
        }
    }
}
