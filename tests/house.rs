//! The rules of the house that no compiler checks: which layer may name which, where an engine, a clock, a printer
//! may stand, and how a file begins. The rules are the tables below; a scanner over tokens applies them.

use std::fs;
use std::path::{Path, PathBuf};

/// Who may name whom, besides itself; `index::hit` allows that module alone.
const LAYERS: [(&str, &[&str]); 11] = [
    ("text", &[]),
    ("article", &["text"]),
    ("extract", &["article", "text"]),
    ("query", &["text"]),
    ("index", &["extract", "article", "query", "text"]),
    ("archive", &["article", "query", "text"]),
    ("desk", &["archive", "index", "extract", "article", "query", "text"]),
    ("render", &["index::hit", "extract", "article", "query", "text"]),
    ("serve", &["render", "desk", "archive", "index", "extract", "article", "query", "text"]),
    ("cli", &["serve", "render", "desk", "archive", "index", "extract", "article", "query", "text"]),
    ("main", &["cli"]),
];

/// Crates that stand in one place, so that they can be replaced there.
const CRATES: [(&str, &[&str]); 17] = [
    ("tantivy", &["src/index/"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/"]),
    ("chrono", &["src/text/day.rs", "src/text/zone.rs", "src/cli/clock.rs"]),
    ("chrono_tz", &["src/text/zone.rs"]),
    ("anyhow", &["src/cli/", "src/main.rs"]),
    ("indicatif", &["src/cli/"]),
    ("walkdir", &["src/archive/"]),
    ("ctrlc", &["src/cli/"]),
    ("quick_xml", &["src/article/xml/"]),
    ("mail_parser", &["src/article/mail/"]),
    ("regex", &["src/query/"]),
    ("levenshtein_automata", &["src/query/pattern.rs"]),
    ("fst", &["src/index/forms.rs"]),
    ("frostem", &["src/text/stem.rs"]),
    ("xxhash_rust", &["src/text/sketch.rs", "src/text/stem.rs", "src/index/schema.rs", "src/index/packed.rs"]),
];

/// The world: it arrives as an argument everywhere else.
const WORLD: [&str; 8] = [
    "process::exit",
    "SystemTime::now",
    "env::current_dir",
    "env::var",
    "env::var_os",
    "env::vars",
    "env::args",
    "env::args_os",
];

const PRINTERS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

const MAX_LINES: usize = 500;

/// What in `source` breaks a rule, as `line: what`; `path` begins with `src/`.
fn violations(path: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let name = path.strip_prefix("src/").unwrap_or(path);
    let layer = name.split('/').next().unwrap_or(name).trim_end_matches(".rs");
    let root = layer == "lib";
    let at_the_edge = path.starts_with("src/cli/") || path == "src/cli.rs" || path == "src/main.rs";

    if !source.starts_with("//!") && !root {
        found.push("1: the file does not say in its first line what it is for (`//!`)".to_owned());
    }
    if matches!(name.rsplit('/').next(), Some("utils.rs" | "util.rs")) || name.contains("/utils/") {
        found.push("1: a file is named after what it owns, not `utils`".to_owned());
    }
    let lines = source.lines().count();
    if lines > MAX_LINES {
        found.push(format!("{lines}: longer than {MAX_LINES} lines"));
    }

    let tokens = tokens(source);
    for pair in tokens.windows(2) {
        if let [(line, word), (_, next)] = pair {
            if next == "!" && PRINTERS.contains(&word.as_str()) && !at_the_edge {
                found.push(format!("{line}: `{word}!` outside cli"));
            }
            if root && word == "pub" && next == "use" {
                found.push(format!("{line}: `pub use` at the crate root hides a layer"));
            }
        }
    }
    for (line, word) in &tokens {
        if let Some((_, places)) = CRATES.iter().find(|(name, _)| name == word)
            && !places.iter().any(|place| path.starts_with(place))
        {
            found.push(format!("{line}: `{word}` belongs in {}", places.join(" or ")));
        }
    }

    let allowed = LAYERS.iter().find(|(name, _)| *name == layer).map(|(_, allowed)| *allowed);
    if allowed.is_none() && !root {
        found.push(format!("1: `{layer}` is no layer"));
    }
    for Used { line, path: used, ours } in paths(path, &tokens) {
        for world in WORLD.iter().filter(|world| !at_the_edge && holds(&used, world)) {
            found.push(format!("{line}: `{world}` outside cli"));
        }
        let (Some(allowed), true, Some(target)) = (allowed, ours, used.first()) else { continue };
        let whole = used.iter().take(2).map(String::as_str).collect::<Vec<_>>().join("::");
        let allowed = target == layer || allowed.iter().any(|allowed| *allowed == target || *allowed == whole);
        if !allowed {
            found.push(format!("{line}: `{layer}` may not name `{whole}`"));
        }
    }
    found
}

/// Whether `part` (`a::b`) stands in the path.
fn holds(path: &[String], part: &str) -> bool {
    let part: Vec<&str> = part.split("::").collect();
    path.windows(part.len()).any(|window| window == part)
}

/// A path that the code names, with groups taken apart.
struct Used {
    line: usize,
    /// The segments; of our own crate from its root on.
    path: Vec<String>,
    /// Whether it begins at the root of our own crate.
    ours: bool,
}

/// All paths in a file.
fn paths(file: &str, tokens: &[(usize, String)]) -> Vec<Used> {
    // The module that a token stands in: the file's, then the inline ones around it.
    let mut module: Vec<String> =
        file.trim_start_matches("src/").trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    let binary = file == "src/main.rs";
    let mut inline: Vec<usize> = Vec::new();
    let mut depth = 0;
    let mut used = Vec::new();
    let word = |at: usize| tokens.get(at).map_or("", |(_, word)| word.as_str());
    let mut at = 0;
    while at < tokens.len() {
        match word(at) {
            "mod" if word(at + 2) == "{" => {
                module.push(word(at + 1).to_owned());
                depth += 1;
                inline.push(depth);
                at += 3;
                continue;
            }
            "{" => depth += 1,
            "}" => {
                if inline.last() == Some(&depth) {
                    inline.pop();
                    module.pop();
                }
                depth = depth.saturating_sub(1);
            }
            "use" => {
                at = expand(tokens, at + 1, &Base { module: &module, binary }, &Prefix::Open, &mut used);
                continue;
            }
            first if is_word(first) && word(at + 1) == "::" && !(at > 0 && matches!(word(at - 1), "." | "::")) => {
                at = expand(tokens, at, &Base { module: &module, binary }, &Prefix::Open, &mut used);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    used
}

struct Base<'a> {
    module: &'a [String],
    binary: bool,
}

/// What has been read of a path.
#[derive(Clone)]
enum Prefix {
    /// Nothing.
    Open,
    /// A module of our crate, as `self`, `super` and `crate` led there.
    Module(Vec<String>),
    /// A path from our root.
    Ours(Vec<String>),
    /// A path from elsewhere.
    Foreign(Vec<String>),
}

/// Reads the path or the tree of paths at `at`, and gives where it ends.
fn expand(tokens: &[(usize, String)], mut at: usize, base: &Base<'_>, prefix: &Prefix, used: &mut Vec<Used>) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |(_, word)| word.as_str());
    let line = tokens.get(at).map_or(0, |(line, _)| *line);
    let mut prefix = prefix.clone();
    if word(at) == "::" {
        at += 1;
    }
    loop {
        let step = word(at);
        if step == "{" {
            at += 1;
            while at < tokens.len() && word(at) != "}" {
                let next = expand(tokens, at, base, &prefix, used);
                at = next.max(at + 1);
                while at < tokens.len() && !matches!(word(at), "," | "}") {
                    at += 1; // `as name`
                }
                if word(at) == "," {
                    at += 1;
                }
            }
            return at + 1;
        }
        if !(is_word(step) || step == "*") {
            break;
        }
        prefix = match (prefix, step) {
            (Prefix::Open, "crate") => Prefix::Module(Vec::new()),
            (Prefix::Open, "onrecord") if base.binary => Prefix::Module(Vec::new()),
            (Prefix::Open, "self") => Prefix::Module(base.module.to_vec()),
            (Prefix::Open, "super") => Prefix::Module(parent(base.module)),
            (Prefix::Module(module), "super") => Prefix::Module(parent(&module)),
            (Prefix::Module(module), "self") => Prefix::Module(module),
            (Prefix::Module(mut module), step) => {
                module.push(step.to_owned());
                Prefix::Ours(module)
            }
            (Prefix::Ours(mut path), step) => {
                path.push(step.to_owned());
                Prefix::Ours(path)
            }
            (Prefix::Foreign(mut path), step) => {
                path.push(step.to_owned());
                Prefix::Foreign(path)
            }
            (Prefix::Open, step) => Prefix::Foreign(vec![step.to_owned()]),
        };
        at += 1;
        if word(at) != "::" {
            break;
        }
        at += 1;
    }
    match prefix {
        Prefix::Ours(path) => used.push(Used { line, path, ours: true }),
        // The root by itself, under another name or not, would open every layer.
        Prefix::Module(module) if module.is_empty() => {
            used.push(Used { line, path: vec!["crate".to_owned()], ours: true })
        }
        Prefix::Foreign(path) => used.push(Used { line, path, ours: false }),
        Prefix::Module(_) | Prefix::Open => {}
    }
    at
}

fn parent(module: &[String]) -> Vec<String> {
    module.split_last().map_or(Vec::new(), |(_, above)| above.to_vec())
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words and signs with their lines; comments, strings and characters left out. `::` is one sign.
fn tokens(source: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = source.chars().collect();
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let start = at;
        match get(at) {
            '/' if get(at + 1) == '/' => {
                while at < chars.len() && get(at) != '\n' {
                    at += 1;
                }
            }
            '/' if get(at + 1) == '*' => at = after_comment(&chars, at),
            '"' => at = after_string(&chars, at, None),
            '\'' if get(at + 1) == '\\' || get(at + 2) == '\'' => {
                at += if get(at + 1) == '\\' { 3 } else { 2 };
                while at < chars.len() && get(at) != '\'' {
                    at += 1;
                }
                at += 1;
            }
            c if c.is_alphabetic() || c == '_' => {
                while get(at).is_alphanumeric() || get(at) == '_' {
                    at += 1;
                }
                let word: String = chars.get(start..at).unwrap_or_default().iter().collect();
                let hashes = chars.iter().skip(at).take_while(|c| **c == '#').count();
                if matches!(word.as_str(), "r" | "br" | "cr") && get(at + hashes) == '"' {
                    at = after_string(&chars, at + hashes, Some(hashes));
                } else if word == "r" && hashes == 1 {
                    at += 1; // `r#type` is a word
                } else {
                    tokens.push((line, word));
                }
            }
            ':' if get(at + 1) == ':' => {
                tokens.push((line, "::".to_owned()));
                at += 2;
            }
            c => {
                if !c.is_whitespace() {
                    tokens.push((line, c.to_string()));
                }
                at += 1;
            }
        }
        line += chars.get(start..at.min(chars.len())).unwrap_or_default().iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn after_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match (chars.get(at), chars.get(at + 1)) {
            (Some('/'), Some('*')) => depth += 1,
            (Some('*'), Some('/')) => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            break;
        }
    }
    at
}

/// Past the string whose opening mark is at `at`; of a raw one, with so many hashes.
fn after_string(chars: &[char], mut at: usize, raw: Option<usize>) -> usize {
    at += 1;
    while let Some(c) = chars.get(at) {
        at += 1;
        match (c, raw) {
            ('\\', None) => at += 1,
            ('"', None) => break,
            ('"', Some(hashes)) if chars.iter().skip(at).take(hashes).filter(|c| **c == '#').count() == hashes => {
                return at + hashes;
            }
            _ => {}
        }
    }
    at
}

/// All `.rs` files below `folder`, sorted.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the source folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_house_is_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = sources(&root.join("src"));
    assert!(files.len() > 10, "the sources were found");
    let mut found = Vec::new();
    for file in files {
        let path = file.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(&file).expect("sources are UTF-8");
        found.extend(violations(&path, &source).into_iter().map(|violation| format!("{path}:{violation}")));
    }
    assert!(found.is_empty(), "rules of the house are broken (src/README.md has them):\n{}", found.join("\n"));
}

/// `code` in `path` breaks just these rules (the opening paragraph is added).
fn check(path: &str, code: &str, expected: &[&str]) {
    assert_eq!(violations(path, &format!("//! What it is for.\n{code}")), expected, "{path}: {code}");
}

#[test]
fn layers_look_down() {
    check("src/query/lex.rs", "use crate::text::span::Span;", &[]);
    check("src/query/lex.rs", "use crate::query::ast::Query; use super::ast; use self::x;", &[]);
    check("src/query/lex.rs", "use crate::index::Reader;", &["2: `query` may not name `index::Reader`"]);
    check("src/text/day.rs", "fn f() -> crate::article::Article {}", &["2: `text` may not name `article::Article`"]);
    check("src/text.rs", "use crate::query;", &["2: `text` may not name `query`"]);
    check("src/archive/walk.rs", "\n\nuse crate::extract::extract;", &["4: `archive` may not name `extract::extract`"]);
    check("src/desk/run.rs", "use crate::{index, render::card};", &["2: `desk` may not name `render::card`"]);
    check("src/index/write.rs", "pub(in crate::index) fn f() {}", &[]);
    check("src/serve/page.rs", "use crate::render::x; use crate::cli::y;", &["2: `serve` may not name `cli::y`"]);
    check("src/cli/serve.rs", "use crate::serve::x; use crate::render::y;", &[]);
    check("src/main.rs", "fn main() { onrecord::cli::run(); }", &[]);
    check("src/main.rs", "use onrecord::{cli, desk::run};", &["2: `main` may not name `desk::run`"]);
}

#[test]
fn no_way_around_the_layers() {
    let wrong = ["2: `query` may not name `index::Reader`"];
    check("src/query/lex.rs", "use crate::{text::{span::Span, day}, index::{Reader}};", &wrong);
    check("src/query/lex.rs", "use {crate::index::Reader, std::fmt};", &wrong);
    check("src/query/lex.rs", "use super::super::index::Reader;", &wrong);
    check("src/query/mod.rs", "use super::index::Reader;", &wrong);
    check("src/query.rs", "use super::index::Reader;", &wrong);
    check("src/query/lex.rs", "use super::{ast, super::index::Reader as R};", &wrong);
    check("src/query/lex.rs", "fn f() { let x = crate::index::Reader::new(); }", &wrong);
    check("src/query/lex.rs", "mod tests { use super::super::super::index::Reader; }", &wrong);
    check("src/query/lex.rs", "mod a { mod b {} } use super::super::index::Reader;", &wrong);
    check("src/query/a/b.rs", "use super::super::super::index::Reader;", &wrong);
    check("src/query/lex.rs", "mod tests { use super::*; use super::super::ast; }", &[]);
    check("src/query/a/b.rs", "use super::super::ast;", &[]);
    check("src/query/lex.rs", "#[cfg(test)] use crate /* here */ :: index\n::Reader;", &wrong);
    check("src/query/lex.rs", "use crate as all;", &["2: `query` may not name `crate`"]);
    check("src/query/lex.rs", "use crate::*;", &["2: `query` may not name `*`"]);
    check("src/query/lex.rs", "macro_rules! m { () => { $crate::index::Reader } }", &wrong);
    check("src/help/mod.rs", "", &["1: `help` is no layer"]);
}

#[test]
fn render_sees_hits_and_nothing_else_of_the_index() {
    check("src/render/card.rs", "use crate::index::hit::QuoteHit;", &[]);
    check("src/render/card.rs", "use crate::index::hit::{QuoteHit, ArticleHit};", &[]);
    check("src/render/card.rs", "use crate::index::{hit, Reader};", &["2: `render` may not name `index::Reader`"]);
    check("src/render/card.rs", "use crate::index;", &["2: `render` may not name `index`"]);
    check("src/render/card.rs", "use crate::desk::run;", &["2: `render` may not name `desk::run`"]);
}

#[test]
fn words_in_comments_and_strings_are_no_code() {
    check("src/query/lex.rs", "// crate::index::Reader\n/* crate::cli /* tantivy */ chrono */", &[]);
    check(
        "src/query/lex.rs",
        r##"const A: &str = "crate::index \" tantivy"; const B: &str = r#"println!(" clap"#;"##,
        &[],
    );
    check("src/query/lex.rs", "/// See [`crate::index`].\nfn f<'a>(c: &'a str) { let q = '\"'; let b = b'\\''; }", &[]);
    check("src/query/lex.rs", "let q = '\"'; use crate::cli;", &["2: `query` may not name `cli`"]);
    check("src/query/lex.rs", "let s = r\"\\\"; use crate::cli;", &["2: `query` may not name `cli`"]);
}

#[test]
fn crates_stand_where_they_belong() {
    check("src/index/write.rs", "use tantivy::Index;", &[]);
    check("src/desk/run.rs", "use tantivy::Index;", &["2: `tantivy` belongs in src/index/"]);
    check("src/desk/run.rs", "use ::tantivy as engine;", &["2: `tantivy` belongs in src/index/"]);
    check("src/desk/run.rs", "#[derive(clap::Args)] struct A;", &["2: `clap` belongs in src/cli/"]);
    check("src/text/day.rs", "use chrono::NaiveDate;", &[]);
    check("src/cli/clock.rs", "use chrono::Local;", &[]);
    check(
        "src/cli/args.rs",
        "use chrono::Local;",
        &["2: `chrono` belongs in src/text/day.rs or src/text/zone.rs or src/cli/clock.rs"],
    );
    check("src/index/write.rs", "use anyhow::Context;", &["2: `anyhow` belongs in src/cli/ or src/main.rs"]);
}

#[test]
fn the_world_is_met_in_cli() {
    check("src/desk/run.rs", "fn f() { println!(\"x\"); }", &["2: `println!` outside cli"]);
    check("src/desk/run.rs", "fn f() { std::eprint!(\"x\"); }", &["2: `eprint!` outside cli"]);
    check("src/cli/out.rs", "fn f() { println!(\"x\"); std::process::exit(2) }", &[]);
    check("src/main.rs", "fn main() { eprintln!(\"x\"); std::process::exit(onrecord::cli::run()) }", &[]);
    check("src/desk/run.rs", "fn f() { std::process::exit(2) }", &["2: `process::exit` outside cli"]);
    check("src/desk/run.rs", "use std::process::{Command, exit};", &["2: `process::exit` outside cli"]);
    check(
        "src/desk/run.rs",
        "use std::time::SystemTime; fn f() { SystemTime::now(); }",
        &["2: `SystemTime::now` outside cli"],
    );
    check("src/desk/run.rs", "fn f() { std::env::var(\"HOME\") }", &["2: `env::var` outside cli"]);
    check("src/desk/run.rs", "use std::env; fn f() { env::current_dir() }", &["2: `env::current_dir` outside cli"]);
    check("src/desk/run.rs", "const V: &str = env!(\"CARGO_PKG_VERSION\"); fn print() {}", &[]);
}

#[test]
fn files_say_what_they_are_for_and_stay_short() {
    assert_eq!(violations("src/lib.rs", "#![doc = include_str!(\"README.md\")]\npub mod text;"), Vec::<String>::new());
    assert_eq!(violations("src/lib.rs", "pub use text::span::Span;"), ["1: `pub use` at the crate root hides a layer"]);
    let silent = ["1: the file does not say in its first line what it is for (`//!`)"];
    assert_eq!(violations("src/text/span.rs", "use std::fmt;\n//! Late."), silent);
    assert_eq!(violations("src/main.rs", "fn main() {}"), silent);
    check("src/text/utils.rs", "", &["1: a file is named after what it owns, not `utils`"]);
    check("src/text/span.rs", &"\n".repeat(MAX_LINES - 1), &[]);
    check("src/text/span.rs", &"\n".repeat(MAX_LINES), &["501: longer than 500 lines"]);
}

#[test]
fn the_page_on_tests_has_a_row_for_each_part() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let read = |name: &str| fs::read_to_string(tests.join(name)).expect("it can be read");
    let (page, main) = (read("README.md"), read("main.rs"));
    let rows = page.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let rows = rows.take_while(|line| line.starts_with('|')).filter_map(|row| row.split('`').nth(1));
    let mut listed: Vec<&str> = rows.filter_map(|name| name.strip_suffix(".rs")).collect();
    let mut parts: Vec<&str> = main.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).collect();
    listed.sort_unstable();
    parts.sort_unstable();
    assert_eq!(listed, parts);
}
