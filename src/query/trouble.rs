//! What can be wrong with a query, each as one function that words it.
//!
//! Here stand the words that a user reads; where in the query they belong is the caller's to say.

use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

use super::ast::Field;
use super::{MAX_BYTES, MAX_DEPTH, field};

const LIST: &str = "`onrecord help query-syntax` lists all fields";
const SYNTAX: &str = "`onrecord help query-syntax` shows what there is";

/// Syntax that the language will have, but has not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    /// `*` or `?`
    Wildcard(char),
    Fuzzy,
    Loose,
    Near,
    AtLeast,
    Weight,
    Regex,
    Parameter,
    Comparison(Option<Field>),
    Group(Field),
}

pub(super) fn not_yet(at: Place, what: Later) -> Problem {
    let (what, hint) = match what {
        Later::Wildcard('?') => {
            ("wildcards (`*`, `?`) are", "leave out the `?`; between quotation marks it is text".to_owned())
        }
        Later::Wildcard(_) => ("wildcards (`*`, `?`) are", "write the words out, with `OR` between them".to_owned()),
        Later::Fuzzy => ("inexact words (`~`) are", "write the spellings with `OR` between them".to_owned()),
        Later::Loose => {
            ("loose phrases (`~`) are", "leave out the `~`, or search for the words without marks".to_owned())
        }
        Later::Near => {
            ("distances between words (`w/5`) are", "leave it out: words side by side must both be there".to_owned())
        }
        Later::AtLeast => ("`atleast` is", SYNTAX.to_owned()),
        Later::Weight => ("weights (`^`) are", "leave out the `^` and what follows it".to_owned()),
        Later::Regex => ("regular expressions (`/…/`) are", "quotation marks make it text".to_owned()),
        Later::Parameter => ("parameters (`{…}`) are", "write the value itself".to_owned()),
        Later::Comparison(Some(field)) if field.holds() == field::Holds::Days => {
            let name = field.name();
            ("comparisons (`<`, `>`) of dates are", format!("write a range: `{name}:2014..` or `{name}:..2014`"))
        }
        Later::Comparison(_) => ("comparisons (`<`, `>`) are", SYNTAX.to_owned()),
        Later::Group(field) => {
            let name = field.name();
            ("parentheses after a field are", format!("repeat the field: `({name}:… OR {name}:…)`"))
        }
    };
    Problem::new(at, format!("{what} not in the query language yet")).hint(hint)
}

pub(super) fn unknown_field(at: Place, name: &str) -> Problem {
    if field::is_planned(name) {
        let name = name.to_ascii_lowercase();
        return Problem::new(at, format!("the field `{name}` is not in the query language yet")).hint(LIST);
    }
    let hint = match field::field_near(name) {
        Some(near) => format!("did you mean `{near}:`? {LIST}"),
        None => format!("{LIST}; quotation marks make it text"),
    };
    Problem::new(at, format!("unknown field `{}`", shown(name))).hint(hint)
}

pub(super) fn unknown_kind(at: Place, value: &str) -> Problem {
    let kinds = "the kinds are `direct`, `mixed` and `indirect`";
    let hint = match field::kind_near(value) {
        Some(near) => format!("did you mean `kind:{near}`? {kinds}"),
        None => kinds.to_owned(),
    };
    Problem::new(at, format!("unknown kind `{}`", shown(value))).hint(hint)
}

pub(super) fn empty_value(at: Place, field: Field) -> Problem {
    let name = field.name();
    let example = match field.holds() {
        field::Holds::Kind => "direct",
        field::Holds::Days => "2014-03",
        field::Holds::Share => ">=0.9",
        field::Holds::Text => "word",
    };
    Problem::new(at, format!("`{name}:` has no value"))
        .hint(format!("write it right after the colon, without a space: `{name}:{example}`"))
}

pub(super) fn no_exact(at: Place, field: Field) -> Problem {
    let name = field.name();
    Problem::new(at, format!("`:=` is for fields that hold text, and `{name}` does not"))
        .hint(format!("write `{name}:` with the value after it"))
}

pub(super) fn no_colon(at: Place, field: Field) -> Problem {
    let name = field.name();
    Problem::new(at, format!("`{name}=` lacks its colon")).hint(match field.holds() {
        field::Holds::Text => format!("write `{name}:` for words in it, or `{name}:=` for the whole of it"),
        _ => format!("write `{name}:`"),
    })
}

pub(super) fn minus_after_colon(at: Place, field: Field) -> Problem {
    let name = field.name();
    Problem::new(at, "the minus sign stands after the field").hint(format!("write it before the field: `-{name}:…`"))
}

pub(super) fn field_in_field(at: Place, field: Field) -> Problem {
    Problem::new(at, format!("`{}:` is followed by another field", field.name()))
        .hint("put a space between them, or quotation marks around the value")
}

pub(super) fn no_letters(at: Place, text: &str) -> Problem {
    let hint = match text {
        "&" | "&&" | "+" => "words side by side must all be there; leave it out",
        "-" => "a minus sign stands right before what it excludes: `-word`",
        ".." => "a range is written without spaces: `date:2014..2015`",
        "<" | ">" | "<=" | ">=" => "a comparison is written without spaces: `conf:>=0.9`",
        _ => "leave it out: words need a letter or a digit",
    };
    Problem::new(at, format!("nothing to search for in `{}`", shown(text))).hint(hint)
}

pub(super) fn empty_phrase(at: Place) -> Problem {
    Problem::new(at, "nothing between the quotation marks").hint("write words between them, or leave them out")
}

pub(super) fn unclosed_phrase(at: Place) -> Problem {
    Problem::new(at, "this quotation mark is not closed").hint("write `\"` after the last word of the phrase")
}

pub(super) fn unclosed(at: Place) -> Problem {
    Problem::new(at, "this parenthesis is not closed").hint("write `)` where the group ends, or leave it out")
}

pub(super) fn unopened(at: Place) -> Problem {
    Problem::new(at, "this parenthesis was not opened").hint("write `(` where the group begins, or leave it out")
}

pub(super) fn empty_group(at: Place) -> Problem {
    Problem::new(at, "nothing between the parentheses").hint("write words between them, or leave them out")
}

pub(super) fn nothing_before(at: Place, operator: &str) -> Problem {
    Problem::new(at, format!("`{operator}` has nothing before it")).hint(operator_hint(operator))
}

pub(super) fn nothing_after(at: Place, operator: &str) -> Problem {
    Problem::new(at, format!("`{operator}` has nothing after it")).hint(operator_hint(operator))
}

fn operator_hint(operator: &str) -> String {
    match operator {
        "AND" | "OR" | "NOT" => format!("in small letters, `{}` is a word like others", operator.to_lowercase()),
        _ => "leave it out".to_owned(),
    }
}

pub(super) fn empty() -> Problem {
    Problem::new(Place::Whole, "the query is empty").hint("write words, or `speaker:` and a name")
}

pub(super) fn too_long(bytes: usize) -> Problem {
    Problem::new(Place::Whole, format!("the query is too long: {bytes} bytes, and {MAX_BYTES} are allowed"))
        .hint("cut it into several queries")
}

pub(super) fn too_deep(at: Place) -> Problem {
    Problem::new(at, format!("parentheses and negations are nested more than {MAX_DEPTH} deep"))
        .hint("leave out parentheses that hold one thing only")
}

/// A place in `query`; of a range that does not fit it, the whole.
pub(super) fn place(query: &str, start: usize, end: usize) -> Place {
    Span::new(query, start, end).map_or(Place::Whole, Place::Span)
}

/// A piece of the query as a message shows it: on one line, cut where it is long, with nothing in it that moves a cursor.
pub(super) fn shown(text: &str) -> String {
    const CHARS: usize = 40;
    let mut shown: String = text.chars().take(CHARS).map(super::report::visible).collect();
    if text.chars().nth(CHARS).is_some() {
        shown.push('…');
    }
    shown
}
