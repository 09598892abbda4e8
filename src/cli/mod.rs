//! Layer 6: the command line. The only layer that names clap, reads the clock and the environment, or prints.
//!
//! What was typed (`args`) is not what will be done (`plan`); then each command has a file of its own.

use std::ffi::OsString;

use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};

mod args;
pub(crate) mod clock;
mod complete;
mod config;
mod count;
mod eval;
mod explain;
mod export;
mod extract;
mod extras;
mod help;
mod hits;
mod index;
mod interrupt;
mod kwic;
mod like;
mod opened;
mod output;
mod plan;
mod progress;
mod run;
mod saved;
mod search;
mod shell;
mod shield;
mod show;
mod speakers;
mod status;
mod timeline;
mod upkeep;

use args::CommandLine;
use config::{Config, Typed};
use output::{Closed, ColorChoice, Output};
use plan::{ConfigPlan, Task};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Found, or done.
    Done,
    /// A valid question without an answer.
    NothingFound,
    /// Usage, query, input or output, or a damaged index; it was said on stderr.
    Failed,
    /// Done, but some of the input was skipped.
    SomeSkipped,
    /// The user stopped it; what was done is kept.
    Interrupted,
}

/// A failure of which all has been said.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("it was said before")]
struct Said;

/// Runs the command line.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Ending {
    let (mut command, config) = match Config::read().and_then(|config| Ok((config.apply(command())?, config))) {
        Ok((command, config)) => (command, Ok(config)),
        Err(error) => (command(), Err(error)),
    };
    let args: Vec<OsString> = args.into_iter().collect();
    let json = asks_for_json(&args);
    let args = shield::shield(args, &command);
    let typed = command
        .try_get_matches_from_mut(args)
        .and_then(|matches| Ok((CommandLine::from_arg_matches(&matches)?, matches)));
    let (typed, matches) = match typed {
        Ok(typed) => typed,
        Err(said) => {
            let mut output = Output::new(ColorChoice::Auto, false).with_json_errors(json);
            let ending = if said.use_stderr() { Ending::Failed } else { Ending::Done };
            let shown = output.usage(&said).and_then(|()| output.flush()).map(|()| ending);
            return conclude(shown, &mut output);
        }
    };
    let mut output = Output::new(typed.common.color, typed.common.quiet).with_json_errors(json);
    let config = if config::is_needed(&matches) { config.map(Ok) } else { Ok(config) };
    let ending = config.and_then(|config| {
        let task = plan::decide(typed, &output)?;
        perform(task, (&matches, config), &mut output)
    });
    let ending = ending.and_then(|ending| output.flush().map(|()| ending));
    conclude(ending, &mut output)
}

/// The command line as it can be typed here: a variable that is set to nothing is as one that is not set.
fn command() -> Command {
    let command = CommandLine::command();
    let empty = std::env::var_os("ONRECORD_INDEX").is_some_and(|folder| folder.is_empty());
    if empty { command.mut_arg("index", |arg| arg.env(None::<&str>)) } else { command }
}

/// Whether JSON was asked for; asked of what was typed, since a command line that is wrong is an error too.
fn asks_for_json(args: &[OsString]) -> bool {
    let flags = || args.iter().skip(1).take_while(|arg| *arg != "--");
    let form = |(flag, value): (&OsString, &OsString)| flag == "--format" && value == "jsonl";
    flags().any(|arg| arg == "--json" || arg == "--format=jsonl") || flags().zip(flags().skip(1)).any(form)
}

fn perform(
    task: Task,
    (matches, config): (&ArgMatches, anyhow::Result<Config>),
    output: &mut Output,
) -> anyhow::Result<Ending> {
    match task {
        Task::Index(plan) => index::run(plan, output),
        Task::Search(plan) => search::run(&plan, output),
        Task::Count(plan) => count::run(&plan, output),
        Task::Kwic(plan) => kwic::run(&plan, output),
        Task::Timeline(plan) => timeline::run(&plan, output),
        Task::Export(plan) => export::run(&plan, output),
        Task::Extract(plan) => extract::run(&plan, output),
        Task::Show(plan) => show::run(&plan, output),
        Task::Like(plan) => like::run(plan, output),
        Task::Saved(plan) => saved::run(&plan, output),
        Task::Run(plan) => run::run(&plan, output),
        Task::Speakers(plan) => speakers::run(&plan, output),
        Task::Status(plan) => status::run(&plan, output),
        Task::Upkeep(upkeep) => upkeep::run(&upkeep, output),
        Task::Eval(plan) => eval::run(&plan, output),
        Task::Completions(shell) => shell::completions(shell, output),
        Task::Man(dir) => shell::man(dir.as_deref(), output),
        Task::Config(plan) => config::run(&ConfigPlan { typed: Typed::of(matches), ..plan }, config, output),
        Task::Complete(at, words) => {
            let plain = command();
            let command = config.and_then(|config| config.apply(plain.clone())).unwrap_or(plain);
            complete::run(command, at, &words, output)
        }
        Task::Help(words) => help::run(&words, output),
    }
}

/// A closed pipe is no failure; any other is said, unless it has been.
fn conclude(ending: anyhow::Result<Ending>, output: &mut Output) -> Ending {
    match ending {
        Ok(ending) => ending,
        Err(failure) if failure.is::<Closed>() => Ending::Done,
        Err(failure) => {
            if !failure.is::<Said>() {
                output.error(&told(&failure));
            }
            Ending::Failed
        }
    }
}

/// The failure with its causes, each said once and without the system's numbers.
fn told(failure: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in failure.chain() {
        let cause = cause.to_string();
        // A message that was written to stand alone has its cause in it already.
        if told.is_empty() {
            told = cause;
        } else if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    while let Some((before, number)) = told.split_once(" (os error ") {
        let after = number.split_once(')').map_or("", |(_, after)| after);
        told = format!("{before}{after}");
    }
    told
}
