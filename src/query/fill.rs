//! Parameters of a query and the values that they are given: each becomes a leaf of the tree, never text to be read again.
//!
//! A value is one word, one phrase, one date or one number, whatever stands in it; so no value can add a test, close a
//! parenthesis or open a range. Where values come from is not known here.

use std::collections::BTreeMap;

use crate::text::problem::{Place, Problem};

use super::ast::{Field, Node, Open, Query, Scalar, Value};
use super::field::{Holds, nearest};
use super::trouble::shown;
use super::{scalar, when, word};

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParamType {
    /// The name of a speaker.
    Speaker,
    /// Words in this order.
    Phrase,
    /// One word, without wildcards.
    Word,
    /// A date, relative or not.
    Date,
    /// A number, with decimals or without.
    Number,
    /// How a quotation is set.
    Kind,
}

/// Parameters by name: the type, and the value as it was given.
pub type Values = BTreeMap<String, (ParamType, String)>;

impl ParamType {
    /// All types.
    pub const ALL: [Self; 6] = [Self::Speaker, Self::Phrase, Self::Word, Self::Date, Self::Number, Self::Kind];

    /// The name, as a saved query writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Phrase => "phrase",
            Self::Word => "word",
            Self::Date => "date",
            Self::Number => "number",
            Self::Kind => "kind",
        }
    }

    /// The type of this name.
    ///
    /// # Errors
    /// There is none.
    pub fn named(name: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|of| of.name() == name).ok_or_else(|| {
            let all = "the types are `speaker`, `phrase`, `word`, `date`, `number` and `kind`";
            let near = nearest(name, Self::ALL.into_iter().map(Self::name));
            let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            Problem::new(Place::Whole, format!("unknown type `{}`", shown(name))).hint(format!("{near}{all}"))
        })
    }

    /// Whether a value is one of this type, wherever it will stand.
    ///
    /// # Errors
    /// It is none.
    pub fn check(self, value: &str) -> Result<(), Problem> {
        let wrong = |what: &str, hint: &str| {
            Err(Problem::new(Place::Whole, format!("`{}` is {what}", shown(value))).hint(hint))
        };
        match self {
            Self::Speaker | Self::Phrase | Self::Word if !word::has_letters(value) => {
                wrong("nothing to search for", "write a word, with a letter or a digit in it")
            }
            Self::Word if value.contains(char::is_whitespace) => {
                wrong("more than one word", "a parameter of the type `phrase` takes several")
            }
            Self::Speaker | Self::Phrase | Self::Word => Ok(()),
            Self::Date => when::one(value),
            Self::Number => {
                let (whole, decimals) = value.split_once('.').unwrap_or((value, "0"));
                let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
                match digits(whole) && digits(decimals) {
                    true => Ok(()),
                    false => wrong("no number", "a number is written `500` or `0.9`"),
                }
            }
            Self::Kind => scalar::read(Field::Kind, &plain(value), Place::Whole).map(|_| ()),
        }
    }

    fn fits(self, field: Option<Field>) -> bool {
        match field.map_or(Holds::Text, Field::holds) {
            Holds::Text => matches!(self, Self::Speaker | Self::Phrase | Self::Word),
            Holds::Kind => self == Self::Kind,
            Holds::Days => self == Self::Date,
            Holds::Share | Holds::Number => self == Self::Number,
            Holds::Id => self == Self::Word,
            Holds::Dup | Holds::Name => false,
        }
    }
}

/// The parameters of a query, each once, with the type that suits where it first stands.
pub fn parameters(query: &Query) -> Vec<(String, ParamType)> {
    let mut found: Vec<(String, ParamType)> = Vec::new();
    query.each_leaf(&mut |_, field, value| {
        let Value::Open(open) = value else { return };
        let of = match field.map_or(Holds::Text, Field::holds) {
            Holds::Text if field == Some(Field::Speaker) => ParamType::Speaker,
            Holds::Text => ParamType::Phrase,
            Holds::Kind => ParamType::Kind,
            Holds::Days => ParamType::Date,
            Holds::Share | Holds::Number => ParamType::Number,
            Holds::Id | Holds::Dup | Holds::Name => ParamType::Word,
        };
        for name in names(open) {
            if !found.iter().any(|(known, _)| known == name) {
                found.push((name.to_owned(), of));
            }
        }
    });
    found
}

/// What is wrong with the parameters of a query whatever their values: those that are not declared, and those that stand
/// where a value of their type cannot.
pub fn check(query: &Query, declared: &BTreeMap<String, ParamType>) -> Vec<Problem> {
    let mut problems = Vec::new();
    query.each_leaf(&mut |leaf, field, value| {
        let Value::Open(open) = value else { return };
        let at = Place::Span(leaf.span);
        for name in names(open) {
            match declared.get(name) {
                None => problems.push(undeclared(at, name, declared)),
                Some(of) if !of.fits(field) => problems.push(misplaced(at, name, *of, field)),
                Some(_) => {}
            }
        }
    });
    problems
}

/// Braces that are no parameter and can never be one: inside of quotation marks, or with a space between them.
pub fn stray_braces(query: &Query) -> Vec<Problem> {
    let mut problems = Vec::new();
    query.each_leaf(&mut |leaf, _, value| {
        if let Value::Word(text) | Value::Phrase(text) | Value::Exact(text) | Value::Form(text) | Value::Pattern(text) =
            value
            && text.contains(['{', '}'])
        {
            let what = format!("`{}` is no parameter", shown(text));
            let hint =
                "a parameter is a name in braces, alone and without quotation marks: `{topic}`; leave out other braces";
            problems.push(Problem::new(Place::Span(leaf.span), what).hint(hint));
        }
    });
    problems
}

/// The query with the values in it.
///
/// # Errors
/// Every parameter without a value, every value that cannot stand where it should, and every range that ends before it begins;
/// each with the place of the leaf.
pub fn fill(query: &Query, values: &Values) -> Result<Query, Vec<Problem>> {
    let mut problems = Vec::new();
    let filled = query.map_leaves(&mut |leaf, field, value| {
        let Value::Open(open) = value else { return None };
        match leaf_of(field, open, values, Place::Span(leaf.span)) {
            Ok(value) => Some(Node::Leaf(field, value)),
            Err(problem) => {
                problems.push(problem);
                None
            }
        }
    });
    if problems.is_empty() { Ok(filled) } else { Err(problems) }
}

fn names(open: &Open) -> Vec<&str> {
    match open {
        Open::Value(name) | Open::Exact(name) | Open::Compared(_, name) => vec![name],
        Open::Range(from, to) => [from, to]
            .into_iter()
            .filter_map(|end| match end {
                Some(Scalar::Named(name)) => Some(name.as_str()),
                _ => None,
            })
            .collect(),
    }
}

fn leaf_of(field: Option<Field>, open: &Open, values: &Values, at: Place) -> Result<Value, Problem> {
    let value = |name: &str| -> Result<(ParamType, &str), Problem> {
        let none = || {
            Problem::new(at, format!("the parameter `{{{name}}}` has no value"))
                .hint(format!("give it one with `-p {name}=…`"))
        };
        let (of, value) = values.get(name).ok_or_else(none)?;
        if !of.fits(field) {
            return Err(misplaced(at, name, *of, field));
        }
        of.check(value).map_err(|problem| named(problem, name, at))?;
        Ok((*of, value))
    };
    let scalar_of = |name: &str, text: &str, field: Field| {
        let read = scalar::read(field, &plain(text), at);
        read.map(|_| plain(text)).map_err(|problem| named(problem, name, at))
    };
    match (open, field) {
        (Open::Exact(name), _) => Ok(Value::Exact(value(name)?.1.to_owned())),
        (Open::Value(name), None) => value(name).map(|(of, text)| words(of, text)),
        (Open::Value(name), Some(field)) => {
            let (of, text) = value(name)?;
            match field.holds() {
                Holds::Text => Ok(words(of, text)),
                _ => scalar::read(field, &plain(text), at).map_err(|problem| named(problem, name, at)),
            }
        }
        (Open::Range(from, to), Some(field)) => {
            let end = |end: &Option<Scalar>| match end {
                None => Ok(String::new()),
                Some(Scalar::Typed(text)) => Ok(text.clone()),
                Some(Scalar::Named(name)) => scalar_of(name, value(name)?.1, field),
            };
            scalar::read(field, &format!("{}..{}", end(from)?, end(to)?), at)
        }
        (Open::Compared(sign, name), Some(field)) => {
            let text = scalar_of(name, value(name)?.1, field)?;
            scalar::compare(field, &sign.to_string(), &text, at, at).map_err(|problem| named(problem, name, at))
        }
        // Only a field has an order.
        (Open::Range(..) | Open::Compared(..), None) => Err(Problem::new(at, "nothing here has an order")),
    }
}

/// A value without what would be syntax where a date or a number is read: it is then none, and is refused as such.
fn plain(value: &str) -> String {
    value.replace("..", "\u{2026}").replace(['{', '}', '*'], "\u{fffd}")
}

fn words(of: ParamType, text: &str) -> Value {
    match of {
        ParamType::Word => Value::Word(text.to_owned()),
        _ => Value::Phrase(text.to_owned()),
    }
}

/// The same problem with the name of the parameter that has the value.
fn named(problem: Problem, name: &str, at: Place) -> Problem {
    Problem { at, message: format!("the value of `{{{name}}}`: {}", problem.message), ..problem }
}

fn undeclared(at: Place, name: &str, declared: &BTreeMap<String, ParamType>) -> Problem {
    let near = nearest(name, declared.keys().map(String::as_str));
    let hint = match near {
        Some(near) => format!("did you mean `{{{near}}}`?"),
        None => format!("write `{name} = {{ type = \"phrase\", required = true }}` below `[params]`"),
    };
    Problem::new(at, format!("the parameter `{{{name}}}` is not declared")).hint(hint)
}

fn misplaced(at: Place, name: &str, of: ParamType, field: Option<Field>) -> Problem {
    let place = field.map_or("words", Field::name);
    let types: Vec<String> =
        ParamType::ALL.into_iter().filter(|of| of.fits(field)).map(|of| format!("`{}`", of.name())).collect();
    let hint = match types.is_empty() {
        true => format!("write the value of `{place}` itself"),
        false => format!("the type has to be {}", types.join(" or ")),
    };
    Problem::new(at, format!("`{{{name}}}` is of the type `{}`, which `{place}` cannot be tested for", of.name()))
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    fn values(given: &[(&str, ParamType, &str)]) -> Values {
        given.iter().map(|(name, of, value)| ((*name).to_owned(), (*of, (*value).to_owned()))).collect()
    }

    /// The query as it is printed with these values, or what is wrong.
    fn check(text: &str, given: &[(&str, ParamType, &str)], expected: &str) {
        let query = query::parse(text).expect("it is a query");
        let told = match fill(&query, &values(given)) {
            Ok(query) => query.to_string(),
            Err(problems) => problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; "),
        };
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn values_become_leaves() {
        use ParamType::{Date, Kind, Number, Phrase, Speaker, Word};
        check(
            "speaker:={who} {topic}",
            &[("who", Speaker, "Ada Lund"), ("topic", Phrase, "sea wall")],
            "speaker:=\"Ada Lund\" \"sea wall\"",
        );
        check(
            "speaker:{who} {t}^2",
            &[("who", Speaker, "Ada Lund"), ("t", Word, "dyke")],
            "speaker:\"Ada Lund\" dyke^2",
        );
        check("{t} w/5 water", &[("t", Phrase, "sea wall")], "\"sea wall\" w/5 water");
        check("date:{from}..{to}", &[("from", Date, "30d"), ("to", Date, "today")], "date:30d");
        check("date:2014..{to}", &[("to", Date, "2014-03")], "date:2014..2014-03");
        check("date>={from} kind:{k}", &[("from", Date, "monday"), ("k", Kind, "Direct")], "date:monday.. kind:direct");
        check("conf:>={least} words:{n}", &[("least", Number, "0.9"), ("n", Number, "500")], "conf:>=0.9 words:500");
        check("id:{id}", &[("id", Word, "7f3a")], "id:7f3a");
    }

    #[test]
    fn no_value_changes_what_is_asked() {
        use ParamType::{Date, Number, Phrase, Word};
        let nasty = ["a) OR (b", "x\" OR \"y", "-water", "speaker:Kerry", "{who}", "a b* \"c\"~5", "/x.*/", "OR", "*"];
        for text in nasty {
            let query = query::parse("kind:direct {t}").expect("it is a query");
            let filled = match fill(&query, &values(&[("t", Phrase, text)])) {
                Ok(filled) => filled,
                Err(problems) => {
                    assert_eq!(problems.len(), 1, "{text}");
                    continue;
                }
            };
            let Node::And(parts) = &filled.node else { panic!("{text}: {filled}") };
            assert_eq!(parts.get(1).map(|part| &part.node), Some(&Node::Leaf(None, Value::Phrase(text.to_owned()))));
        }
        check("{t}", &[("t", Word, "a OR b")], "the value of `{t}`: `a OR b` is more than one word");
        check("{t}", &[("t", Word, "clim*")], "\"clim*\"");
        check("date:{d}", &[("d", Date, "2014..2016")], "the value of `{d}`: `2014..2016` is not a date");
        check("date:{d}", &[("d", Date, "*")], "the value of `{d}`: `*` is not a date");
        check("words:{n}", &[("n", Number, "5..9")], "the value of `{n}`: `5..9` is no number");
        check("words:{n}", &[("n", Number, "0.5")], "the value of `{n}`: `0.5` is not a whole number");
    }

    #[test]
    fn what_is_wrong_is_said_of_each() {
        use ParamType::{Date, Phrase};
        check("{a} {b}", &[], "the parameter `{a}` has no value; the parameter `{b}` has no value");
        check("date:{a}", &[("a", Phrase, "x")], "`{a}` is of the type `phrase`, which `date` cannot be tested for");
        check("{a}", &[("a", Date, "2014")], "`{a}` is of the type `date`, which `words` cannot be tested for");
        check("date:{a}..{b}", &[("a", Date, "2015"), ("b", Date, "2014")], "the range ends before it begins");
        let query = query::parse("{topc} date:{topic}").expect("it is a query");
        let declared = BTreeMap::from([("topic".to_owned(), Phrase)]);
        let said: Vec<String> = super::check(&query, &declared).iter().map(|problem| problem.message.clone()).collect();
        assert_eq!(
            said,
            [
                "the parameter `{topc}` is not declared",
                "`{topic}` is of the type `phrase`, which `date` cannot be tested for"
            ]
        );
        assert_eq!(
            parameters(&query::parse("speaker:={who} {t} date:{from}.. {t}").expect("it is a query")),
            [("who".to_owned(), ParamType::Speaker), ("t".to_owned(), Phrase), ("from".to_owned(), Date)]
        );
    }
}
