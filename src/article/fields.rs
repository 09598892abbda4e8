//! Which column, member or header line holds what: the usual names, and a user's own.
//!
//! It knows names only; what to make of the values is for [`facts`](super::facts).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::problem::{Place, Problem};

/// What a column or member can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The text of the article.
    Text,
    /// The text of the article, as HTML.
    Html,
    /// A lead or summary, for want of the text.
    Lead,
    /// The headline.
    Title,
    /// The day of publication.
    Date,
    /// Who wrote it.
    Byline,
    /// The newspaper, agency or site.
    Outlet,
    /// The section or category.
    Section,
    /// The language.
    Lang,
    /// The address on the web.
    Url,
    /// The id in its own archive.
    Id,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Html,
        Self::Lead,
        Self::Title,
        Self::Date,
        Self::Byline,
        Self::Outlet,
        Self::Section,
        Self::Lang,
        Self::Url,
        Self::Id,
    ];

    /// Its name in a map file: `text`, `title`, `date` and so on.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Lead => "lead",
            Self::Title => "title",
            Self::Date => "date",
            Self::Byline => "byline",
            Self::Outlet => "outlet",
            Self::Section => "section",
            Self::Lang => "lang",
            Self::Url => "url",
            Self::Id => "id",
        }
    }

    /// The field of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Its place in [`Field::ALL`].
    pub(super) fn place(self) -> usize {
        self as usize
    }
}

/// Folded name to the field and its rank (smaller is better).
static USUAL: LazyLock<HashMap<&'static str, (Field, usize)>> = LazyLock::new(|| {
    let lines = include_str!("fields.txt").lines().filter_map(|line| line.split_once(": "));
    let known = lines.filter_map(|(name, names)| Some((Field::named(name)?, names)));
    known
        .flat_map(|(field, names)| names.split(' ').enumerate().map(move |(rank, name)| (name, (field, rank))))
        .collect()
});

/// The field that usually goes by this name, and how good the name is for it (0 is best).
pub(super) fn usual(name: &str) -> Option<(Field, usize)> {
    // The longest usual name, with as many separators again.
    if name.len() > 48 {
        return None;
    }
    match name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        true => USUAL.get(name).copied(),
        false => USUAL.get(fold(name).as_str()).copied(),
    }
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A user's own names: which column or member holds what.
///
/// Written as TOML, one line a field, the name or several names to try in order; a point leads into
/// nested JSON objects:
///
/// ```toml
/// text  = "story_body"
/// title = ["hl1", "hl2"]
/// date  = "meta.printed"
/// ```
///
/// The lines may stand under a `[fields]` heading. A field that is not named keeps its usual names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    names: Vec<(Field, Vec<String>)>,
}

impl FieldMap {
    /// Reads a map from TOML.
    ///
    /// # Errors
    /// Not TOML, a field that does not exist, or a value that is neither a name nor a list of names.
    pub fn parse(toml: &str) -> Result<Self, Problem> {
        let wrong = |message: String| {
            let fields = Field::ALL.map(Field::name).join(", ");
            Problem::new(Place::Whole, message).hint(format!("a line reads text = \"column\"; the fields are {fields}"))
        };
        let table: toml::Table = toml.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map(|span| 1 + toml.bytes().take(span.start).filter(|b| *b == b'\n').count());
            let mut problem = wrong(format!("the map is not TOML: {}", error.message().lines().next().unwrap_or("")));
            if let Some(line) = line {
                problem.at = Place::Line(line as u64);
            }
            problem
        })?;
        let table = match table.get("fields") {
            Some(toml::Value::Table(inner)) => inner.clone(),
            _ => table,
        };
        let mut names = Vec::new();
        for (key, value) in &table {
            let field = Field::named(key).ok_or_else(|| wrong(format!("the map names an unknown field `{key}`")))?;
            let listed = match value {
                toml::Value::String(name) => Some(vec![name.clone()]),
                toml::Value::Array(list) => list.iter().map(|name| name.as_str().map(str::to_owned)).collect(),
                _ => None,
            };
            let listed = listed.filter(|list| !list.is_empty());
            names.push((field, listed.ok_or_else(|| wrong(format!("`{key}` in the map is not a name")))?));
        }
        names.sort_by_key(|(field, _)| *field);
        Ok(Self { names })
    }

    /// The names given, field by field.
    pub(super) fn names(&self) -> impl Iterator<Item = (Field, &[String])> {
        self.names.iter().map(|(field, names)| (*field, names.as_slice()))
    }
}
