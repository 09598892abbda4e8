//! `onrecord help`: topics, and the help of each command.

use anyhow::anyhow;
use clap::CommandFactory;

use super::Ending;
use super::args::CommandLine;
use super::output::Output;

/// The topics with their texts.
pub(super) const TOPICS: &[(&str, &[&str])] = &[
    ("query-syntax", &[crate::query::SYNTAX]),
    ("questions", &[include_str!("help/questions.md")]),
    ("saved", &[include_str!("help/saved.md")]),
    ("exit-codes", &[include_str!("help/exit-codes.md")]),
    ("formats", &[crate::article::FORMATS, crate::archive::container::CONTAINERS, include_str!("help/formats.md")]),
    ("json", &[include_str!("help/json.md")]),
    ("evaluation", &[include_str!("help/evaluation.md")]),
    ("environment", &[include_str!("help/environment.md")]),
];

pub(crate) fn run(topic: Option<&str>, output: &mut Output) -> anyhow::Result<Ending> {
    let mut command = CommandLine::command();
    command.build();
    let color = output.look().color;
    let mut show = |help: clap::builder::StyledStr| {
        output.data(if color { help.ansi().to_string() } else { help.to_string() })?;
        Ok(Ending::Done)
    };
    let Some(topic) = topic else { return show(command.render_long_help()) };
    if let Some((_, texts)) = TOPICS.iter().find(|(name, _)| *name == topic) {
        output.data(texts.concat())?;
        return Ok(Ending::Done);
    }
    if let Some(found) = command.find_subcommand_mut(topic) {
        return show(found.render_long_help());
    }
    let topics: Vec<&str> = TOPICS.iter().map(|(name, _)| *name).collect();
    Err(anyhow!(
        "no command or topic `{topic}`\nhelp: the topics are {}; `onrecord --help` lists the commands",
        topics.join(", ")
    ))
}
