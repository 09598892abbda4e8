//! `onrecord help`: topics, and the help of each command.

use anyhow::anyhow;
use clap::{Command, CommandFactory};

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

pub(crate) fn run(words: &[String], output: &mut Output) -> anyhow::Result<Ending> {
    let mut command = CommandLine::command();
    command.build();
    let color = output.look().color;
    let shown = |command: &mut Command| {
        let help = command.render_long_help();
        if color { help.ansi().to_string() } else { help.to_string() }
    };
    let (Some(first), inner) = (words.first(), words.get(1..).unwrap_or_default()) else {
        output.data(shown(&mut command))?;
        return Ok(Ending::Done);
    };
    let topic = TOPICS.iter().find(|(name, _)| name == first).filter(|_| inner.is_empty());
    let found = words.iter().try_fold(&mut command, |command, word| command.find_subcommand_mut(word));
    match (topic, found) {
        // A command may be a topic as well.
        (Some((_, texts)), Some(command)) => output.data(format!("{}\n{}", shown(command), texts.concat()))?,
        (Some((_, texts)), None) => output.data(texts.concat())?,
        (None, Some(command)) => output.data(shown(command))?,
        (None, None) => {
            let topics: Vec<&str> = TOPICS.iter().map(|(name, _)| *name).collect();
            return Err(anyhow!(
                "no command or topic `{}`\nhelp: the topics are {}; `onrecord --help` lists the commands",
                words.join(" "),
                topics.join(", ")
            ));
        }
    }
    Ok(Ending::Done)
}

#[cfg(test)]
mod tests {
    use crate::render::field::{ArticleField, Fields, QuoteField};
    use crate::render::outcome::OutcomeField;

    fn check<F: Fields + 'static>(of: &str) {
        let text = include_str!("help/formats.md");
        let mut lines = text.split_once(&format!("\n    {of} ")).map_or("", |(_, rest)| rest).lines();
        let first = lines.next().into_iter();
        let mut told: Vec<&str> = first
            .chain(lines.take_while(|line| line.starts_with("        ")))
            .flat_map(str::split_whitespace)
            .collect();
        // Those of `run` stand beside those of quotations.
        let of_run = of == "of `run`";
        told.retain(|word| !of_run || *word != "also");
        let names = F::NAMED.iter().map(|(name, _)| *name);
        let mut expected: Vec<&str> = names.filter(|name| !of_run || QuoteField::named(name).is_none()).collect();
        told.sort_unstable();
        expected.sort_unstable();
        assert_eq!(told, expected, "{of}");
    }

    #[test]
    fn the_page_on_formats_has_all_fields() {
        check::<QuoteField>("quotations");
        check::<ArticleField>("articles");
        check::<OutcomeField>("of `run`");
    }
}
