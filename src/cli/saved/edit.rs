//! `onrecord saved new`, `edit` and `rm`: the files of saved queries are made, changed and removed, and never left wrong.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::archive::saved::{Library, Place};
use crate::desk::saved::load;
use crate::desk::saved::state::forget_all;
use crate::query;
use crate::query::ast::{Field, Value};
use crate::query::fill::parameters;
use crate::render::number::counted;

use super::super::output::Output;
use super::super::shield::unshield;
use super::super::{Ending, Said};
use super::{faults_in, say};

/// What is to be made.
pub(super) struct New<'a> {
    pub(super) name: &'a str,
    pub(super) query: &'a [String],
    pub(super) title: Option<&'a str>,
    pub(super) of_user: bool,
}

pub(super) fn new(library: &Library, new: &New<'_>, output: &mut Output) -> anyhow::Result<Ending> {
    let words: Vec<&str> = new.query.iter().map(|word| unshield(word)).collect();
    let text = words.join(" ");
    let place = library.free(new.name, new.of_user)?;
    let query = query::parse(&text).map_err(|problems| {
        output.problems(&text, &problems);
        Said
    })?;
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut file = "version = 1\n".to_owned();
    if let Some(title) = new.title {
        file.push_str(&format!("title = {}\n", quoted(title)));
    }
    file.push_str(&format!("query = {}\n", quoted(&text)));
    let params = parameters(&query);
    if !params.is_empty() {
        file.push_str("\n[params]\n");
    }
    for (name, of) in &params {
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let key = if plain { name.clone() } else { quoted(name) };
        file.push_str(&format!("{key} = {{ type = \"{}\", required = true }}\n", of.name()));
    }
    check(library, &place, &file, output)?;
    place.make(&file)?;
    output.note(&format!("saved in {}", place.path.display()));
    if !params.is_empty() {
        let given: Vec<String> = params.iter().map(|(name, _)| format!(" -p {name}=…")).collect();
        output.note(&format!("`onrecord run {}{}` runs it", new.name, given.concat()));
    }
    Ok(Ending::Done)
}

/// Says what is wrong with a text that is to be the file of a saved query.
fn check(library: &Library, place: &Place, text: &str, output: &mut Output) -> anyhow::Result<()> {
    let faults = faults_in(library, place.clone(), text);
    if faults.is_empty() {
        return Ok(());
    }
    say(&faults, output);
    Err(Said.into())
}

pub(super) fn edit(library: &Library, name: &str, output: &mut Output) -> anyhow::Result<Ending> {
    let place = library.find(name)?;
    let draft = place.draft();
    let before = place.text()?;
    if draft.exists() {
        output.note(&format!("going on with {}", draft.display()));
    } else {
        fs::write(&draft, &before).with_context(|| format!("cannot write {}", draft.display()))?;
    }
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let Some(editor) = set("VISUAL").or_else(|| set("EDITOR")) else {
        let _ = fs::remove_file(&draft);
        bail!("no editor is set\nhelp: set EDITOR, or edit {} by other means", place.path.display());
    };
    if let Err(failure) = launch(&editor, &draft) {
        if fs::read_to_string(&draft).is_ok_and(|text| text == before) {
            let _ = fs::remove_file(&draft);
        }
        return Err(failure);
    }
    let after = fs::read_to_string(&draft).with_context(|| format!("cannot read {}", draft.display()))?;
    if after == before {
        let _ = fs::remove_file(&draft);
        output.note(&format!("`{name}` is as it was"));
        return Ok(Ending::Done);
    }
    if let Err(said) = check(library, &place, &after, output) {
        output.note(&format!(
            "`{name}` is as it was; `onrecord saved edit {name}` goes on with the draft in {}",
            draft.display()
        ));
        return Err(said);
    }
    place.replace(&after)?;
    let _ = fs::remove_file(&draft);
    output.note(&format!("saved in {}", place.path.display()));
    Ok(Ending::Done)
}

/// Runs the editor, a program and its arguments, and waits for its end.
fn launch(editor: &str, file: &Path) -> anyhow::Result<()> {
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let status = Command::new(program)
        .args(words)
        .arg(file)
        .status()
        .with_context(|| format!("cannot run the editor `{program}`"))?;
    if !status.success() {
        bail!("the editor `{program}` failed ({status})");
    }
    Ok(())
}

pub(super) fn remove(
    library: &Library,
    (index, name): (&Path, &str),
    force: bool,
    output: &mut Output,
) -> anyhow::Result<Ending> {
    let place = library.find(name)?;
    let names_it = |other: &Place| {
        let mut found = false;
        if let Ok(loaded) = load(library, &other.name) {
            loaded.query.each_leaf(&mut |_, field, value| {
                found |= field == Some(Field::Saved) && *value == Value::Word(name.to_owned());
            });
        }
        found
    };
    let others: Vec<String> = library
        .list()?
        .iter()
        .filter(|other| other.name != name && names_it(other))
        .map(|other| format!("`{}`", other.name))
        .collect();
    if !others.is_empty() && !force {
        bail!("`{name}` stands in {}\nhelp: `--force` removes it all the same", others.join(", "));
    }
    place.remove()?;
    let _ = fs::remove_file(place.draft());
    let states = forget_all(index, name)?;
    let seen =
        if states > 0 { format!(", with what {} of it has seen", counted(states, "run")) } else { String::new() };
    output.note(&format!("removed {}{seen}", place.path.display()));
    Ok(Ending::Done)
}
