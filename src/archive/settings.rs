//! A file of settings: what one says, key by key, with the line that says it.
//!
//! Which keys there are and what they mean is for whoever reads it to know; here a setting is a name with a word, a number or
//! a truth.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::text::problem::{Place, Problem};

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub key: String,
    /// Its value, as it would be typed.
    pub value: String,
    /// The line that it stands in, from 1.
    pub line: u64,
}

/// Reads the text of a file of settings: those in it, in the order of lines.
///
/// # Errors
/// The first thing that is wrong with it, with its line.
pub fn read(text: &str) -> Result<Vec<Setting>, Problem> {
    let line = |start: usize| 1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count() as u64;
    let written: BTreeMap<Spanned<String>, Spanned<toml::Value>> = toml::from_str(text).map_err(|error| {
        let place = error.span().map_or(Place::Whole, |span| Place::Line(line(span.start)));
        Problem::new(place, error.message().lines().next().unwrap_or("not TOML").to_owned())
            .hint("a setting is written as `index = \"/srv/archive/index\"` or `limit = 50`")
    })?;
    let mut settings = Vec::new();
    for (key, value) in written {
        let line = line(key.span().start);
        let key = key.into_inner();
        let value = match value.into_inner() {
            toml::Value::String(value) => value,
            toml::Value::Integer(value) => value.to_string(),
            toml::Value::Boolean(value) => value.to_string(),
            _ => {
                return Err(Problem::new(Place::Line(line), format!("`{key}` is no single word or number"))
                    .hint("a setting is written as `index = \"/srv/archive/index\"` or `limit = 50`"));
            }
        };
        settings.push(Setting { key, value, line });
    }
    settings.sort_by_key(|setting| setting.line);
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let told = match read(text) {
            Ok(settings) => {
                let told = |setting: &Setting| format!("{}: {}={}", setting.line, setting.key, setting.value);
                settings.iter().map(told).collect::<Vec<_>>().join(", ")
            }
            Err(problem) => problem.to_string(),
        };
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn settings_have_their_lines() {
        check("", "");
        check("# nothing\n\nlimit = 50\nindex = \"a b\"\nloud = true", "3: limit=50, 4: index=a b, 5: loud=true");
        check("limit = [1]", "line 1: `limit` is no single word or number");
        check("a = 1\n[b]\nc = 2", "line 2: `b` is no single word or number");
        check("a = 1\na = 2", "line 2: duplicate key");
        check("a = \n", "line 1: string values must be quoted, expected literal string");
    }
}
