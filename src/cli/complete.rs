//! What could come next on a command line: for the scripts that `onrecord completions` writes, which ask at each press of the key.
//!
//! Commands, flags and their values are those of the parser; fields, facets, topics and speakers are added here. Whatever goes
//! wrong on the way, nothing is offered, and nothing is said.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, complete};

use crate::archive::speakers::SpeakersFile;
use crate::desk::saved::load;
use crate::index::{Facet, Reader};
use crate::query::ast::Field;
use crate::query::fill::ParamType;
use crate::render::field::{ArticleField, Fields, QuoteField};

use super::Ending;
use super::help::TOPICS;
use super::output::Output;

/// More names than these are no help.
const MOST_NAMES: usize = 200;

/// Writes what could stand in place of the word at `at`, one candidate a line, with what it is behind a tab.
pub(super) fn run(command: Command, at: usize, words: &[OsString], output: &mut Output) -> anyhow::Result<Ending> {
    let index = index_of(&command, words);
    let mut command = with_values(command, &index, words);
    let words: Vec<OsString> = words.iter().map(|word| word.to_string_lossy().into_owned().into()).collect();
    let Ok(found) = complete(&mut command, words, at, None) else { return Ok(Ending::Done) };
    for candidate in found.iter().filter(|candidate| !candidate.is_hide_set()) {
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        let help = help.lines().next().unwrap_or_default();
        output.data(format!("{}\t{help}\n", candidate.get_value().to_string_lossy()))?;
    }
    Ok(Ending::Done)
}

/// The index that the words name, or else the environment or a file of settings.
fn index_of(command: &Command, words: &[OsString]) -> PathBuf {
    let named = words.windows(2).find(|pair| matches!(pair, [flag, _] if flag == "-i" || flag == "--index"));
    let glued = || words.iter().find_map(|word| word.to_str()?.strip_prefix("--index=").map(OsString::from));
    let named = named.and_then(|pair| pair.get(1).cloned()).or_else(glued);
    let set = || std::env::var_os("ONRECORD_INDEX").filter(|value| !value.is_empty());
    let usual = || {
        let arg = command.get_arguments().find(|arg| arg.get_id() == "index")?;
        arg.get_default_values().first().map(|value| value.to_os_string())
    };
    named.or_else(set).or_else(usual).unwrap_or_else(|| "index".into()).into()
}

/// The parser with what it cannot know by itself.
fn with_values(command: Command, index: &Path, words: &[OsString]) -> Command {
    let fields = || {
        let names = QuoteField::NAMED.iter().map(|(name, _)| *name);
        let mut names: Vec<&'static str> = names.chain(ArticleField::NAMED.iter().map(|(name, _)| *name)).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let place = index.to_owned();
    let names = move |typed: &str| speakers(&place, typed);
    let place = index.to_owned();
    let saved = move |typed: &str| saved_queries(&place, typed);
    let query = {
        let names = names.clone();
        let saved = saved.clone();
        move |typed: &OsStr| in_query(&typed.to_string_lossy(), &names, &saved)
    };
    let who = names.clone();
    let speaker = move |typed: &OsStr| candidates(names(&typed.to_string_lossy()));
    let mut command = command;
    for name in ["search", "count", "timeline", "kwic", "export"] {
        let query = query.clone();
        command = command.mut_subcommand(name, |sub| add(sub, "query", ArgValueCompleter::new(query)));
    }
    for name in ["search", "like", "export"] {
        command = command.mut_subcommand(name, |sub| add(sub, "fields", among(fields())));
    }
    let facets: Vec<&'static str> = Facet::NAMED.iter().map(|(name, _)| *name).collect();
    command = command.mut_subcommand("count", |sub| add(sub, "by", among(facets)));
    let topics: Vec<&'static str> = TOPICS.iter().map(|(name, _)| *name).collect();
    command = command.mut_subcommand("help", |sub| add(sub, "topic", among(topics)));
    let (place, words) = (index.to_owned(), words.to_vec());
    let param = move |typed: &OsStr| candidates(parameters(&place, &words, &typed.to_string_lossy(), &who));
    command = command.mut_subcommand("run", |sub| add(sub, "params", ArgValueCompleter::new(param)));
    let saved = move |typed: &OsStr| candidates(saved(&typed.to_string_lossy()));
    command = command.mut_subcommand("run", |sub| add(sub, "name", ArgValueCompleter::new(saved.clone())));
    command = command.mut_subcommand("saved", |sub| {
        let deeds = [("show", "name"), ("edit", "name"), ("rm", "name"), ("lint", "names")];
        deeds.iter().fold(sub, |sub, (deed, arg)| {
            let saved = saved.clone();
            sub.mut_subcommand(deed, |deed| add(deed, arg, ArgValueCompleter::new(saved)))
        })
    });
    command.mut_subcommand("speakers", |sub| {
        let deeds = [("show", "name"), ("merge", "names"), ("split", "names"), ("alias", "name")];
        deeds.iter().fold(sub, |sub, (deed, arg)| {
            let speaker = speaker.clone();
            sub.mut_subcommand(deed, |deed| add(deed, arg, ArgValueCompleter::new(speaker)))
        })
    })
}

/// Gives the argument of that name these values, where the command has it.
fn add(command: Command, name: &str, completer: ArgValueCompleter) -> Command {
    if command.get_arguments().any(|arg| arg.get_id() == name) {
        command.mut_arg(name, |arg: Arg| arg.add(completer))
    } else {
        command
    }
}

fn among(names: Vec<&'static str>) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy();
        candidates(names.iter().filter(|name| name.starts_with(&*typed)).map(|name| (*name).to_owned()).collect())
    })
}

fn candidates(names: Vec<String>) -> Vec<CompletionCandidate> {
    names.into_iter().map(CompletionCandidate::new).collect()
}

/// The speakers whose names begin so, those of the file of speakers among them.
fn speakers(index: &Path, typed: &str) -> Vec<String> {
    let stored = Reader::open(index).and_then(|reader| reader.names_beginning(typed, MOST_NAMES));
    let mut names = stored.unwrap_or_default();
    if let Ok(file) = SpeakersFile::beside(index).read() {
        let listed = file.people().iter().flat_map(|person| person.names());
        names.extend(listed.filter(|name| name.starts_with(typed)).map(str::to_owned));
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// The saved queries whose names begin so.
fn saved_queries(index: &Path, typed: &str) -> Vec<String> {
    let places = super::saved::library(index).list().unwrap_or_default();
    places.into_iter().map(|place| place.name).filter(|name| name.starts_with(typed)).collect()
}

/// The parameters of the saved query that the words name, and behind `=` the speakers, where it is one.
fn parameters(index: &Path, words: &[OsString], typed: &str, names: Names<'_>) -> Vec<String> {
    let library = super::saved::library(index);
    let named = words.iter().skip_while(|word| *word != "run").skip(1).filter_map(|word| word.to_str());
    let Some(loaded) = named.filter_map(|name| load(&library, name).ok()).next() else { return Vec::new() };
    let params = loaded.form.params;
    match typed.split_once('=') {
        None => params
            .iter()
            .filter(|param| param.name.starts_with(typed))
            .map(|param| format!("{}=", param.name))
            .collect(),
        Some((name, value)) => {
            let speaker = params.iter().any(|param| param.name == name && param.of == ParamType::Speaker);
            let found = if speaker { names(value) } else { Vec::new() };
            found.into_iter().map(|value| format!("{name}={value}")).collect()
        }
    }
}

/// What gives the names that begin so.
type Names<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// What could stand at the end of a query: a field, or after `speaker:` or `saved:` a name.
fn in_query(typed: &str, names: Names<'_>, saved: Names<'_>) -> Vec<CompletionCandidate> {
    if let Some((before, name)) = typed.rsplit_once("speaker:") {
        let bare = name.trim_start_matches('=');
        let open = bare.strip_prefix('"').filter(|name| !name.contains('"'));
        let name = open.or_else(|| (!bare.contains(char::is_whitespace) && !bare.contains('"')).then_some(bare));
        if let Some(name) = name {
            let whole = |name: String| format!("{before}speaker:=\"{name}\"");
            return candidates(names(name).into_iter().map(whole).collect());
        }
    }
    if let Some((before, name)) = typed.rsplit_once("saved:").filter(|(_, name)| !name.contains(char::is_whitespace)) {
        return candidates(saved(name).into_iter().map(|name| format!("{before}saved:{name}")).collect());
    }
    let begin = typed.rfind(|c: char| c.is_whitespace() || "(-".contains(c)).map_or(0, |at| at + 1);
    let (before, word) = typed.split_at_checked(begin).unwrap_or((typed, ""));
    let fields = Field::ALL.iter().map(|field| field.name()).filter(|name| name.starts_with(word));
    candidates(fields.map(|name| format!("{before}{name}:")).collect())
}
