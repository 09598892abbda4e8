//! `onrecord completions` and `onrecord man`: what a shell and a manual reader want to know of the command line.

use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::CommandFactory;

use super::Ending;
use super::args::CommandLine;
use super::output::Output;

/// Scripts that ask `onrecord __complete` what could come next: fields and speakers are known only when it is asked.
const BASH: &str = include_str!("shell/bash.sh");
const ZSH: &str = include_str!("shell/zsh.sh");
const FISH: &str = include_str!("shell/fish.fish");

pub(crate) fn completions(shell: clap_complete::Shell, output: &mut Output) -> anyhow::Result<Ending> {
    match shell {
        clap_complete::Shell::Bash => output.data(BASH)?,
        clap_complete::Shell::Zsh => output.data(ZSH)?,
        clap_complete::Shell::Fish => output.data(FISH)?,
        shell => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut CommandLine::command(), "onrecord", &mut script);
            output.data(script)?;
        }
    }
    Ok(Ending::Done)
}

pub(crate) fn man(dir: Option<&Path>, output: &mut Output) -> anyhow::Result<Ending> {
    let mut command = CommandLine::command();
    command.build();
    let Some(dir) = dir else {
        output.data(page(&command)?)?;
        return Ok(Ending::Done);
    };
    fs::create_dir_all(dir).with_context(|| format!("cannot make the folder {}", dir.display()))?;
    let write = |name: String, command: &clap::Command| {
        let path = dir.join(name);
        fs::write(&path, page(command)?).with_context(|| format!("cannot write {}", path.display()))
    };
    // A command of a command has a page of its own, as `onrecord-speakers-show`.
    let mut open = vec![("onrecord".to_owned(), command)];
    while let Some((name, command)) = open.pop() {
        let inner = command.get_subcommands().filter(|inner| !inner.is_hide_set());
        open.extend(inner.map(|inner| (format!("{name}-{}", inner.get_name()), inner.clone())));
        write(format!("{name}.1"), &command.display_name(name))?;
    }
    Ok(Ending::Done)
}

fn page(command: &clap::Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
