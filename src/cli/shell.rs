//! `onrecord completions` and `onrecord man`: what a shell and a manual reader want to know of the command line.

use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::CommandFactory;

use super::Ending;
use super::args::CommandLine;
use super::output::Output;

pub(crate) fn completions(shell: clap_complete::Shell, output: &mut Output) -> anyhow::Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut CommandLine::command(), "onrecord", &mut script);
    output.data(script)?;
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
    write("onrecord.1".to_owned(), &command)?;
    for each in command.get_subcommands() {
        let name = format!("onrecord-{}", each.get_name());
        write(format!("{name}.1"), &each.clone().display_name(name))?;
    }
    Ok(Ending::Done)
}

fn page(command: &clap::Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
