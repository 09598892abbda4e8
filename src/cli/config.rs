//! Settings from files, and `onrecord config`, which shows them with where each came from.
//!
//! A setting is the usual value of a flag. What is typed goes before the environment, that before the file that
//! `ONRECORD_CONFIG` names, that before the project's file, that before the user's, and that before what is built in. The
//! project's file is `.onrecord/config.toml` in the folder one stands in or the nearest one above it that has it.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use anyhow::{Context, anyhow};
use clap::builder::ArgPredicate;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use serde::Serialize;

use crate::archive::beside;
use crate::archive::settings::{self, Setting};
use crate::text::problem::Problem;

use super::Ending;
use super::output::Output;
use super::plan::ConfigPlan;

/// A setting: its name, the commands whose flag of the same name it sets, and whether it is a path.
struct Key {
    name: &'static str,
    /// None: a flag of all commands.
    commands: &'static [&'static str],
    path: bool,
    /// What is built in, as `config show` writes it.
    usual: &'static str,
}

const KEYS: [Key; 7] = [
    Key { name: "index", commands: &[], path: true, usual: "index" },
    Key { name: "color", commands: &[], path: false, usual: "auto" },
    Key { name: "limit", commands: &["search", "kwic"], path: false, usual: "20" },
    Key { name: "format", commands: &["search", "like"], path: false, usual: "auto" },
    Key { name: "sort", commands: &["search", "kwic"], path: false, usual: "" },
    Key { name: "tz", commands: &["index", "extract"], path: false, usual: "" },
    Key { name: "jobs", commands: &["index", "extract", "eval"], path: false, usual: "" },
];

/// What the files say.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// Those that hold, each with the file it stands in.
    held: Vec<(Setting, PathBuf)>,
    /// The files that were looked for, the first that counts first, and whether each is there.
    files: Vec<(PathBuf, bool)>,
}

impl Config {
    /// Reads the files that there are.
    pub(super) fn read() -> anyhow::Result<Self> {
        let mut config = Self::default();
        if let Some(path) = set("ONRECORD_CONFIG") {
            let path = PathBuf::from(path);
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}, which ONRECORD_CONFIG names", path.display()))?;
            config.add(&path, path.parent().unwrap_or(Path::new("")), Some(text))?;
        }
        if let Some((path, folder)) = project()? {
            let text = found(&path)?;
            config.add(&path, &folder, text)?;
        }
        if let Some(path) = user() {
            let text = found(&path)?;
            config.add(&path, path.parent().unwrap_or(Path::new("")), text)?;
        }
        Ok(config)
    }

    /// Adds what a file says and no file before it said; paths in it begin in `folder`.
    fn add(&mut self, path: &Path, folder: &Path, text: Option<String>) -> anyhow::Result<()> {
        self.files.push((path.to_owned(), text.is_some()));
        let Some(text) = text else { return Ok(()) };
        let settings = settings::read(&text).map_err(|problem| wrong(path, &problem))?;
        for mut setting in settings {
            let key = KEYS.iter().find(|key| key.name == setting.key).ok_or_else(|| unknown(path, &setting))?;
            if key.path {
                setting.value = folder.join(&setting.value).to_string_lossy().into_owned();
            }
            if !self.held.iter().any(|(held, _)| held.key == setting.key) {
                self.held.push((setting, path.to_owned()));
            }
        }
        Ok(())
    }

    /// The command line with these settings as the usual values of its flags.
    pub(super) fn apply(&self, mut command: Command) -> anyhow::Result<Command> {
        for (setting, path) in &self.held {
            let Some(key) = KEYS.iter().find(|key| key.name == setting.key) else { continue };
            check(&command, key, setting, path)?;
            // The environment goes before files, and it says more of colours than one variable.
            if key.name == "color" && (set("NO_COLOR").is_some() || set("CLICOLOR_FORCE").is_some()) {
                continue;
            }
            let value = setting.value.clone();
            command = match key.commands {
                [] => command.mut_arg(key.name, |arg| arg.default_value(value)),
                commands => commands.iter().fold(command, |command, name| {
                    let value = value.clone();
                    command.mut_subcommand(name, |sub| sub.mut_arg(key.name, |arg| usual(arg, value)))
                }),
            };
        }
        Ok(command)
    }
}

/// A flag with its usual value; a form without fields gives way where fields are asked for.
fn usual(arg: Arg, value: String) -> Arg {
    let gives_way = arg.get_id() == "format" && matches!(value.as_str(), "cards" | "ids");
    let arg = arg.default_value(value);
    if gives_way { arg.default_value_if("fields", ArgPredicate::IsPresent, "auto") } else { arg }
}

/// Whether the flag would take this value.
fn check(command: &Command, key: &Key, setting: &Setting, path: &Path) -> anyhow::Result<()> {
    let (typed, flag) = (setting.value.clone(), format!("--{}={}", key.name, setting.value));
    let line: Vec<String> = match key.commands {
        [] => vec!["onrecord".into(), flag, "status".into()],
        ["search", ..] => vec!["onrecord".into(), "search".into(), flag, "a".into()],
        [name, ..] => vec!["onrecord".into(), (*name).to_owned(), flag],
    };
    command.clone().try_get_matches_from(line).map(|_| ()).map_err(|error| {
        let values = command
            .get_arguments()
            .chain(
                key.commands
                    .first()
                    .and_then(|name| command.find_subcommand(name))
                    .into_iter()
                    .flat_map(Command::get_arguments),
            )
            .find(|arg| arg.get_id() == key.name)
            .map(|arg| arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect::<Vec<_>>())
            .unwrap_or_default();
        let help = match values.is_empty() {
            true => error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned(),
            false => format!("`{}` takes {}", key.name, values.join(", ")),
        };
        anyhow!("`{}` cannot be `{typed}` in {}, line {}\nhelp: {help}", key.name, path.display(), setting.line)
    })
}

fn wrong(path: &Path, problem: &Problem) -> anyhow::Error {
    anyhow!("{}: {problem}{}", path.display(), problem.help())
}

fn unknown(path: &Path, setting: &Setting) -> anyhow::Error {
    let near = KEYS.iter().map(|key| key.name).min_by_key(|name| strsim::osa_distance(name, &setting.key));
    let near = near.filter(|name| strsim::osa_distance(name, &setting.key) <= 2);
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the settings are {}", KEYS.map(|key| key.name).join(", ")),
    };
    anyhow!("unknown setting `{}` in {}, line {}\nhelp: {help}", setting.key, path.display(), setting.line)
}

/// The text of a file, where there is one.
fn found(path: &Path) -> anyhow::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(anyhow::Error::new(error).context(format!("cannot read {}", path.display()))),
    }
}

fn set(name: &str) -> Option<std::ffi::OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The project's file, and the folder that holds `.onrecord`; where there is none yet, the one it would be.
fn project() -> anyhow::Result<Option<(PathBuf, PathBuf)>> {
    let Ok(here) = Path::new(".").canonicalize() else { return Ok(None) };
    let place = |folder: &Path| folder.join(beside::FOLDER).join("config.toml");
    let folder = here.ancestors().find(|folder| place(folder).is_file()).unwrap_or(&here);
    Ok(Some((place(folder), folder.to_owned())))
}

/// The user's file.
fn user() -> Option<PathBuf> {
    Some(user_folder()?.join("config.toml"))
}

/// The folder of the user's settings and saved queries.
pub(super) fn user_folder() -> Option<PathBuf> {
    let folder = match (set("XDG_CONFIG_HOME"), set("APPDATA"), set("HOME")) {
        (Some(folder), ..) => PathBuf::from(folder),
        (None, Some(folder), _) if cfg!(windows) => PathBuf::from(folder),
        (None, _, Some(home)) => PathBuf::from(home).join(".config"),
        (None, _, None) => return None,
    };
    Some(folder.join("onrecord"))
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    Flag(String),
    Environment(&'static str),
    File(PathBuf, u64),
    BuiltIn,
}

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    key: &'a str,
    value: Option<&'a str>,
    origin: &'static str,
    place: Option<String>,
}

/// What `config` has to know of the command line that it was typed in.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    /// The values and sources of the flags that all commands have.
    values: Vec<(&'static str, String, Option<ValueSource>)>,
}

impl Typed {
    pub(super) fn of(matches: &ArgMatches) -> Self {
        let mut innermost = matches;
        while let Some((_, inner)) = innermost.subcommand() {
            innermost = inner;
        }
        let value = |key: &'static str| {
            let mut raw = innermost.get_raw(key)?;
            Some((key, raw.next()?.to_string_lossy().into_owned(), innermost.value_source(key)))
        };
        Self { values: ["index", "color"].into_iter().filter_map(value).collect() }
    }
}

pub(super) fn run(plan: &ConfigPlan, config: anyhow::Result<Config>, output: &mut Output) -> anyhow::Result<Ending> {
    let config = config?;
    let mut text = String::new();
    for key in &KEYS {
        let (value, origin) = resolve(key, &plan.typed, &config);
        if plan.json {
            let place = match &origin {
                Origin::Flag(name) => Some(name.clone()),
                Origin::Environment(name) => Some((*name).to_owned()),
                Origin::File(path, line) => Some(format!("{}:{line}", path.display())),
                Origin::BuiltIn => None,
            };
            let name = match &origin {
                Origin::Flag(_) => "flag",
                Origin::Environment(_) => "environment",
                Origin::File(..) => "file",
                Origin::BuiltIn => "default",
            };
            let value = (!value.is_empty()).then_some(value.as_str());
            let line = Line { schema: "onrecord.setting/1", key: key.name, value, origin: name, place };
            text.push_str(&serde_json::to_string(&line)?);
            text.push('\n');
            continue;
        }
        let line = match (value.is_empty(), value.parse::<u64>()) {
            (true, _) => format!("# {} is not set", key.name),
            (false, Ok(number)) => format!("{} = {number}", key.name),
            (false, Err(_)) => format!("{} = {}", key.name, toml::Value::String(value)),
        };
        text.push_str(&match (plan.origin, origin) {
            (true, Origin::Flag(name)) => format!("{line}  # {name}\n"),
            (true, Origin::Environment(name)) => format!("{line}  # environment, {name}\n"),
            (true, Origin::File(path, number)) => format!("{line}  # {}, line {number}\n", path.display()),
            (true, Origin::BuiltIn) => format!("{line}  # built in\n"),
            (false, _) => line + "\n",
        });
    }
    output.data(text)?;
    if plan.origin {
        for (path, there) in &config.files {
            output.note(&format!("{} {}", if *there { "read" } else { "not there:" }, path.display()));
        }
    }
    Ok(Ending::Done)
}

fn resolve(key: &Key, typed: &Typed, config: &Config) -> (String, Origin) {
    let held = config.held.iter().find(|(setting, _)| setting.key == key.name);
    let of_file = held.map(|(setting, path)| (setting.value.clone(), Origin::File(path.clone(), setting.line)));
    let built_in = || (key.usual.to_owned(), Origin::BuiltIn);
    let typed = typed.values.iter().find(|(name, ..)| *name == key.name);
    match typed {
        Some((name, value, Some(ValueSource::CommandLine))) => (value.clone(), Origin::Flag(format!("--{name}"))),
        Some((_, value, Some(ValueSource::EnvVariable))) => (value.clone(), Origin::Environment("ONRECORD_INDEX")),
        _ if key.name == "color" && set("NO_COLOR").is_some() => ("never".to_owned(), Origin::Environment("NO_COLOR")),
        _ if key.name == "color" && set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => {
            ("always".to_owned(), Origin::Environment("CLICOLOR_FORCE"))
        }
        _ => of_file.unwrap_or_else(built_in),
    }
}

/// Whether a command does its work whatever the files say.
pub(super) fn is_needed(matches: &ArgMatches) -> bool {
    !matches!(matches.subcommand_name(), Some("help" | "completions" | "man" | "config" | "__complete"))
}
