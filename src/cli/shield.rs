//! Lets a query begin with `-`: `search kerry -climate` excludes, it is not a flag.
//!
//! Before the command line is parsed, each word of a `search`, or of another command that takes a query, that looks like a flag and is none is
//! marked; after it was parsed the mark is taken away. Which flags there are is asked of the parser's own
//! table, so that a new flag needs no change here. A letter that is a flag of another command is not marked: it is a slip, and the
//! parser says so, with `--` for those who mean the word.

use std::ffi::OsString;

use clap::Command;

/// Before a shielded word; a private character that no keyboard types.
const MARK: char = '\u{f8ff}';

/// Flags of most programs that write a file, and of no command here.
const OF_OTHERS: &str = "o";

/// The commands that take a query; so does `saved new`.
const ASKING: [&str; 5] = ["search", "count", "timeline", "kwic", "export"];

/// The command line with the excluding words of a query shielded.
pub(crate) fn shield(args: Vec<OsString>, command: &Command) -> Vec<OsString> {
    let mut asking: Option<&Command> = None;
    let mut is_value = false;
    let mut plain = false;
    let mut saved = false;
    let guard = |(n, arg): (usize, OsString)| {
        let Some(text) = arg.to_str() else { return arg };
        if n == 0 || plain || std::mem::take(&mut is_value) {
            return arg;
        }
        if text == "--" {
            plain = true;
        } else if !text.starts_with('-') || text == "-" {
            let of_saved = std::mem::replace(&mut saved, text == "saved");
            let asks = || match text {
                "new" if of_saved => command.find_subcommand("saved")?.find_subcommand(text),
                _ => ASKING.contains(&text).then(|| command.find_subcommand(text)).flatten(),
            };
            asking = asking.or_else(asks);
        } else if let Some(takes_value) = flag(text, asking, command) {
            is_value = takes_value;
        } else if asking.is_some() && !is_of_another(text, command) {
            return format!("{MARK}{text}").into();
        }
        arg
    };
    args.into_iter().enumerate().map(guard).collect()
}

/// A word without its shield.
pub(crate) fn unshield(word: &str) -> &str {
    word.strip_prefix(MARK).unwrap_or(word)
}

/// Whether `text` is a flag, and if so whether the next argument is its value.
fn flag(text: &str, asking: Option<&Command>, whole: &Command) -> Option<bool> {
    let known = || {
        asking
            .into_iter()
            .flat_map(Command::get_arguments)
            .chain(whole.get_arguments().filter(|arg| arg.is_global_set()))
    };
    if let Some(name) = text.strip_prefix("--") {
        let takes = |arg: &&clap::Arg| arg.get_long() == Some(name) && arg.get_action().takes_values();
        return Some(known().any(|arg| takes(&arg)));
    }
    let mut letters = text.chars().skip(1).peekable();
    while let Some(letter) = letters.next() {
        if matches!(letter, 'h' | 'V') {
            continue;
        }
        let arg = known().find(|arg| arg.get_short() == Some(letter))?;
        if !arg.get_action().takes_values() {
            continue;
        }
        let value: String = letters.collect();
        // `-n5` and `-i./index` carry their values; `-nato` and `-iraq` are words.
        let glued = value.bytes().all(|b| b.is_ascii_digit()) || value.starts_with('=') || value.contains('/');
        return glued.then_some(value.is_empty());
    }
    Some(false)
}

/// Whether `text`, which is no flag of the command, is one letter that is a flag of another (`-n`, `-n3`, `-o`).
fn is_of_another(text: &str, whole: &Command) -> bool {
    let mut letters = text.chars().skip(1);
    let Some(letter) = letters.next().filter(char::is_ascii_alphabetic) else { return false };
    let short = |of: &Command| of.get_arguments().any(|arg| arg.get_short() == Some(letter));
    letters.all(|c| c.is_ascii_digit()) && (OF_OTHERS.contains(letter) || whole.get_subcommands().any(short))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::args::CommandLine;
    use super::*;

    /// Shielded words are shown with `!` before them.
    fn check(line: &str, expected: &str) {
        let args = line.split(' ').map(OsString::from).collect();
        let shown = |arg: &OsString| arg.to_string_lossy().replace(MARK, "!");
        let shielded: Vec<String> = shield(args, &CommandLine::command()).iter().map(shown).collect();
        assert_eq!(shielded.join(" "), expected);
    }

    #[test]
    fn words_that_exclude_are_no_flags() {
        check("onrecord search -climate", "onrecord search !-climate");
        check("onrecord search kerry -iraq -nato", "onrecord search kerry !-iraq !-nato");
        check("onrecord -i x search -speaker:Gore", "onrecord -i x search !-speaker:Gore");
        check("onrecord search -\"two words\"", "onrecord search !-\"two !words\"".replace("!words", "words").as_str());
        check("onrecord search -(a b)", "onrecord search !-(a b)");
        check("onrecord saved new x -climate --user", "onrecord saved new x !-climate --user");
        check("onrecord saved show -x", "onrecord saved show -x");
    }

    #[test]
    fn flags_stay_flags() {
        check("onrecord search -n 5 kerry", "onrecord search -n 5 kerry");
        check("onrecord search kerry -n5 -c", "onrecord search kerry -n5 -c");
        check("onrecord search kerry --sort -date -q", "onrecord search kerry --sort -date -q");
        check("onrecord search kerry -i ../x --json", "onrecord search kerry -i ../x --json");
        check("onrecord search kerry -h", "onrecord search kerry -h");
        check("onrecord search -- -n", "onrecord search -- -n");
        check("onrecord extract -x", "onrecord extract -x");
        check("onrecord export -nato --articles -x", "onrecord export !-nato --articles !-x");
    }

    #[test]
    fn flags_of_other_commands_are_left_to_the_parser() {
        check("onrecord export -n 3 gate", "onrecord export -n 3 gate");
        check("onrecord export gate -n3", "onrecord export gate -n3");
        check("onrecord export gate -o out.csv", "onrecord export gate -o out.csv");
        check("onrecord count -c election", "onrecord count -c election");
        check("onrecord kwic gate -C 1", "onrecord kwic gate -C 1");
        check("onrecord saved new foo gate -n 3", "onrecord saved new foo gate -n 3");
        check("onrecord timeline -x -3 -n3d -- -n", "onrecord timeline !-x !-3 !-n3d -- -n");
    }
}
