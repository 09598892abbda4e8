//! What can be wrong with a query, each as one function that words it.
//!
//! Here stand the words that a user reads; where in the query they belong is the caller's to say.

use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

use super::ast::{Field, Reach};
use super::{MAX_BYTES, MAX_DEPTH, field, phrase, word};

const LIST: &str = "`onrecord help query-syntax` lists all fields";
pub(super) fn unknown_field(at: Place, name: &str) -> Problem {
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
        field::Holds::Number => ">=500",
        field::Holds::Id => "7f3a19c2",
        field::Holds::Dup => "first",
        field::Holds::Name => "my-query",
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

pub(super) fn field_in_group(at: Place, outer: Field) -> Problem {
    let name = outer.name();
    Problem::new(at, format!("a field stands inside the parentheses of `{name}:`"))
        .hint(format!("everything in `{name}:(…)` is asked of `{name}`; write the other field outside of it"))
}

pub(super) fn no_sign(at: Place, sign: &str) -> Problem {
    Problem::new(at, format!("`{}` is no comparison", shown(sign))).hint("the comparisons are `<`, `<=`, `>` and `>=`")
}

pub(super) fn no_comparison(at: Place, field: Field) -> Problem {
    Problem::new(at, format!("`{}` has no order, so nothing is above or below", field.name()))
        .hint("comparisons are for `date`, `mentions`, `conf`, `words` and `batch`")
}

pub(super) fn mistaken_word(at: Place, mistake: word::Mistake, typed: &str) -> Problem {
    let (message, hint) = match mistake {
        word::Mistake::Edits => {
            let before = typed.rsplit_once('~').map_or(typed, |(before, _)| before);
            let message = "at most 2 letters of a word may differ".to_owned();
            (message, format!("write `{0}~1` or `{0}~2`; quotation marks make it text", shown(before)))
        }
        word::Mistake::WildFuzzy => (
            "a word has wildcards or a `~`, not both".to_owned(),
            "leave out one of them; `OR` between two words finds either".to_owned(),
        ),
        word::Mistake::InexactForm => (
            "`=` asks for a word in the form typed, so nothing in it can be left open".to_owned(),
            "leave out the `=`, or the wildcards and the `~`".to_owned(),
        ),
        word::Mistake::Weight => (
            "this weight is none".to_owned(),
            "a weight is a number above 0 and up to 1000, behind a word or a phrase: `coal^2`, `coal^0.5`".to_owned(),
        ),
        word::Mistake::Exclamation => {
            let word = shown(typed.trim_start_matches('!'));
            let hint = format!("`-{word}` or `NOT {word}` leaves a word out; quotation marks make it text");
            ("`!` is no operator".to_owned(), hint)
        }
        word::Mistake::Parameter => (
            format!("`{}` is no parameter", shown(typed)),
            "a parameter is a name in braces and stands alone: `{topic}`, or `{from}..{to}` in a range".to_owned(),
        ),
    };
    Problem::new(at, message).hint(hint)
}

pub(super) fn mistaken_phrase(at: Place, mistake: phrase::Mistake) -> Problem {
    let (message, hint) = match mistake {
        phrase::Mistake::Slop => (
            "behind a phrase, `~` needs a number of words",
            "write `\"climate policy\"~3`: at most 3 other words among these",
        ),
        phrase::Mistake::Weight => return mistaken_word(at, word::Mistake::Weight, ""),
        phrase::Mistake::LooseForm => (
            "`=` asks for a phrase in the form typed, so nothing in it can be left open",
            "leave out the `=`, or what stands behind the closing mark",
        ),
        phrase::Mistake::Wildcard => (
            "a `*` inside a phrase is no wildcard",
            "write it behind the closing mark, for the last word (`\"weapons of mass des\"*`), or `clim* pre/1 change`",
        ),
        phrase::Mistake::NoLetters => {
            ("nothing to search for between these quotation marks", "leave it out: words need a letter or a digit")
        }
    };
    Problem::new(at, message).hint(hint)
}

pub(super) fn tail_of_scalar(at: Place, field: Field) -> Problem {
    Problem::new(at, format!("`{}` does not hold text, so nothing can follow the closing mark", field.name()))
        .hint("leave out the quotation marks and what follows them")
}

pub(super) fn weight_of_group(at: Place) -> Problem {
    Problem::new(at, "a weight stands behind a word or a phrase, not behind a parenthesis")
        .hint("write it behind each word: `(coal^2 OR oil^2)`")
}

pub(super) fn bad_regex(at: Place, error: &regex::Error) -> Problem {
    let message = match error {
        regex::Error::CompiledTooBig(_) => "this regular expression is too large".to_owned(),
        // The library draws the place over several lines; the last says what is wrong.
        other => {
            let told = other.to_string();
            let last = told.lines().next_back().unwrap_or_default().trim_start_matches("error: ");
            format!("this is no regular expression: {}", shown(last))
        }
    };
    Problem::new(at, message).hint("quotation marks make it text")
}

pub(super) fn many_regexes(at: Place, most: usize) -> Problem {
    Problem::new(at, format!("a query holds at most {most} regular expressions"))
        .hint("join some of them with `|`: `/coal.*|oil.*/`")
}

pub(super) fn inexact(at: Place, typed: &str) -> Problem {
    Problem::new(at, "`:=` compares the whole value as it stands, so nothing in it is open or weighed")
        .hint(format!("put it between quotation marks (`:=\"{}\"`), or leave out the `=`", shown(typed)))
}

pub(super) fn no_id(at: Place, typed: &str) -> Problem {
    Problem::new(at, format!("`{}` is no id", shown(typed)))
        .hint("an id is up to 16 digits, `0` to `9` and `a` to `f`; its beginning is enough")
}

pub(super) fn no_dup(at: Place, typed: &str) -> Problem {
    Problem::new(at, format!("`dup:{}` means nothing", shown(typed)))
        .hint("`dup:first` keeps the first of equal quotations")
}

pub(super) fn no_name(at: Place, typed: &str) -> Problem {
    Problem::new(at, format!("`{}` is no name of a saved query", shown(typed)))
        .hint("names are letters, digits, `-`, `_` and `.`")
}

pub(super) fn bad_reach(at: Place, typed: &str) -> Problem {
    Problem::new(at, format!("`{}` is no distance", shown(typed)))
        .hint(format!("a distance is 1 to {} words, and `w/1` is side by side", word::FURTHEST))
}

pub(super) fn bad_least(at: Place) -> Problem {
    Problem::new(at, "`atleast` needs a number").hint(format!(
        "write `atleast2(coal oil gas)`, with 1 to {}; between quotation marks it is text",
        word::FURTHEST
    ))
}

pub(super) fn few_parts(at: Place, least: u32, parts: usize) -> Problem {
    Problem::new(at, format!("of {parts} parts, {least} can never hold"))
        .hint("leave out the `atleast`, or lower its number")
}

pub(super) fn not_counted(at: Place) -> Problem {
    Problem::new(at, "this cannot be counted").hint(
        "`atleast3(climate OR carbon)` counts words of one field; `atleast2(coal kind:direct)` counts parts that hold",
    )
}

pub(super) fn not_placed(at: Place, reach: Reach) -> Problem {
    Problem::new(at, format!("this has no place that `{reach}` could measure from"))
        .hint("on both sides stand words, phrases, or several of them with `OR` in parentheses")
}

pub(super) fn and_in_distance(at: Place, reach: Reach) -> Problem {
    Problem::new(at, format!("words that must all be there have no one place that `{reach}` could measure from"))
        .hint("instead of `(coal oil) w/5 tax` write `coal w/5 tax w/5 oil`: both near the same word")
}

pub(super) fn fields_apart(at: Place, one: Option<Field>, other: Option<Field>) -> Problem {
    let name = |field: Option<Field>| field.map_or("no field".to_owned(), |field| format!("`{}:`", field.name()));
    Problem::new(at, format!("a distance lies within one field, and here are {} and {}", name(one), name(other)))
        .hint("put the field before parentheses: `title:(coal w/5 tax)`")
}

pub(super) fn no_letters(at: Place, text: &str) -> Problem {
    let hint = match text {
        "&" | "&&" | "+" => "words side by side must all be there; leave it out",
        "!" => "what is left out has a minus sign right before it: `-word`",
        "-" => "a minus sign stands right before what it excludes: `-word`",
        ".." => "a range is written without spaces: `date:2014..2015`",
        "<" | ">" | "<=" | ">=" => "a comparison is written without spaces: `conf:>=0.9`",
        _ => "leave it out: words need a letter or a digit",
    };
    Problem::new(at, format!("nothing to search for in `{}`", shown(text))).hint(hint)
}

pub(super) fn two_bars(at: Place) -> Problem {
    Problem::new(at, "`||` is no operator").hint("either of two is written `OR` or `|`")
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
