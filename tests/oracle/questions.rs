//! Random questions: every operator, value and field of the language.

use onrecord::query::ast::{Field, KindValue, Node, Query, Reach, Share, Shares, Unit, Value, Weight, When};
use onrecord::text::day::PartialDate;
use onrecord::text::span::Span;

use super::Dice;
use super::archive::{BYLINES, OUTLETS, SECTIONS, URLS};
use super::scan::REGEXES;
use super::words::ASKED;

const RUNNING: [Option<Field>; 6] =
    [None, None, Some(Field::Quote), Some(Field::Title), Some(Field::Body), Some(Field::Hlead)];

fn whole(node: Node) -> Query {
    Query { node, span: Span::whole("") }
}

/// Up to three levels of operators over tests.
pub(crate) fn question(dice: &mut Dice) -> Query {
    let depth = dice.roll(3);
    nested(dice, depth)
}

fn nested(dice: &mut Dice, depth: usize) -> Query {
    if depth == 0 {
        return test(dice);
    }
    let several = |dice: &mut Dice| -> Vec<Query> { (0..2 + dice.roll(2)).map(|_| nested_some(dice, depth)).collect() };
    whole(match dice.roll(9) {
        0 => Node::Not(Box::new(nested(dice, depth - 1))),
        1..=3 => Node::Or(flat(several(dice), |node| match node {
            Node::Or(parts) => Ok(parts),
            other => Err(other),
        })),
        4 => {
            let parts = several(dice);
            Node::AtLeast(1 + u32::try_from(dice.roll(parts.len())).expect("a few"), parts)
        }
        _ => Node::And(flat(several(dice), |node| match node {
            Node::And(parts) => Ok(parts),
            other => Err(other),
        })),
    })
}

fn nested_some(dice: &mut Dice, depth: usize) -> Query {
    let depth = dice.roll(depth);
    nested(dice, depth)
}

/// As the parser makes lists: none inside its like.
fn flat(parts: Vec<Query>, open: impl Fn(Node) -> Result<Vec<Query>, Node>) -> Vec<Query> {
    parts.into_iter().flat_map(|part| open(part.node).unwrap_or_else(|node| vec![whole(node)])).collect()
}

fn test(dice: &mut Dice) -> Query {
    match dice.roll(13) {
        0..=3 => {
            let field = dice.pick(&RUNNING);
            unit(dice, field, 0)
        }
        4 | 5 => {
            let field = dice.pick(&RUNNING);
            let depth = 1 + dice.roll(2);
            unit(dice, field, depth)
        }
        6 => {
            let field = dice.pick(&RUNNING);
            let depth = dice.roll(2);
            let part = unit(dice, field, depth);
            whole(Node::AtLeast(1 + u32::try_from(dice.roll(3)).expect("a few"), vec![part]))
        }
        7 => {
            let field = dice.pick(&RUNNING);
            let leaf = whole(Node::Leaf(field, words(dice)));
            let weight = dice.pick(&[500, 2000, 30_000]);
            whole(Node::Boost(Box::new(leaf), Weight::new(weight).expect("a weight")))
        }
        8 | 9 => whole(name(dice)),
        10 => whole(Node::Leaf(Some(dice.pick(&Field::ALL[..20])), Value::Any)).known(dice),
        _ => whole(scalar(dice)),
    }
}

trait Known {
    fn known(self, dice: &mut Dice) -> Self;
}

impl Known for Query {
    /// Another test where this one asks for any value of a field that has none.
    fn known(self, dice: &mut Dice) -> Self {
        match &self.node {
            Node::Leaf(Some(Field::Id | Field::Dup | Field::Saved), _) => whole(scalar(dice)),
            _ => self,
        }
    }
}

/// Words of one field: a leaf, or units at distances, some of them alternatives or distances themselves.
fn unit(dice: &mut Dice, field: Option<Field>, depth: usize) -> Query {
    if depth == 0 {
        return match dice.one_in(6) {
            true => whole(Node::Or((0..2).map(|_| whole(Node::Leaf(field, words(dice)))).collect())),
            false => whole(Node::Leaf(field, words(dice))),
        };
    }
    let inner = |dice: &mut Dice| {
        let depth = if dice.one_in(3) { depth - 1 } else { 0 };
        unit(dice, field, depth)
    };
    let first = Box::new(inner(dice));
    let others = (0..1 + dice.roll(2)).map(|_| {
        let words = 1 + u32::try_from(dice.roll(5)).expect("a few");
        let reach = match dice.roll(5) {
            0 => Reach::Sentence,
            1 => Reach::Paragraph,
            2 => Reach::Before(words),
            _ => Reach::Within(words),
        };
        (reach, inner(dice))
    });
    let others = others.collect();
    whole(Node::Near(first, others))
}

fn word(dice: &mut Dice) -> String {
    dice.pick(&ASKED).0.to_owned()
}

fn words(dice: &mut Dice) -> Value {
    let phrase = |dice: &mut Dice| (0..1 + dice.roll(2)).map(|_| word(dice)).collect::<Vec<_>>().join(" ");
    match dice.roll(12) {
        0..=4 => Value::Word(word(dice)),
        5 => Value::Phrase(phrase(dice)),
        6 => Value::Form(phrase(dice)),
        7 => {
            let patterns = ["pro*", "*s", "t?de", "ha*", "r?n*", "M?ll*", "mue*", "ker*", "counter-is*", "c*e", "*'*l"];
            Value::Pattern(dice.pick(&patterns).to_owned())
        }
        8 => {
            let (word, edits) = dice.pick(&[
                ("promisd", 1),
                ("tdie", 1),
                ("kery", 1),
                ("hause", 2),
                ("Müler", 1),
                ("wait", 2),
                ("climat", 1),
            ]);
            Value::Fuzzy(word.to_owned(), edits)
        }
        9 => Value::Regex(dice.pick(&REGEXES).to_owned()),
        _ => {
            let slop = u32::try_from(dice.roll(4)).expect("a few");
            let prefix = dice.one_in(2);
            let begun = dice.pick(&["pro", "ti", "ker", "h", "mul"]);
            match (slop, prefix) {
                (0, false) => Value::Phrase(phrase(dice)),
                (slop, true) => Value::Loose { words: format!("{} {begun}", word(dice)), slop, prefix },
                (slop, false) => Value::Loose { words: format!("{} {}", word(dice), word(dice)), slop, prefix },
            }
        }
    }
}

/// A test of a name and the like.
fn name(dice: &mut Dice) -> Node {
    let (field, values): (Field, &[&str]) = dice.pick(&[
        (Field::Speaker, &["quill", "Ada", "master", "kerry", "Ada Quill"][..]),
        (Field::Role, &["harbour", "mayor", "master"]),
        (Field::Cue, &["tide", "kerry", "run", "promise"]),
        (Field::About, &["kerry", "moira", "jan"]),
        (Field::Byline, &["ada", "lund", "quill"]),
        (Field::Outlet, &["bay", "cape", "courier", "Cape Wire"]),
        (Field::Section, &["world", "sport", "World News"]),
        (Field::Lang, &["en", "de", "fr"]),
        (Field::Url, &["tide", "cape", "2014"]),
        (Field::Path, &["bay", "2011", "p3"]),
    ]);
    let value = dice.pick(values).to_owned();
    match dice.roll(6) {
        0 => {
            let whole = match field {
                Field::Outlet => dice.pick(&OUTLETS[..3]),
                Field::Section => dice.pick(&SECTIONS[..2]),
                Field::Byline => dice.pick(&BYLINES[..2]),
                Field::Url => dice.pick(&URLS[..2]),
                Field::Speaker => dice.pick(&["Ada Quill", "Jan Müller", "harbour master"]),
                Field::Role => "harbour master",
                Field::About => "Moira Kerry",
                Field::Lang => "en-GB",
                Field::Path => "bay/2011/p1.txt",
                _ => "Tides",
            };
            Node::Leaf(Some(field), Value::Exact(whole.to_owned()))
        }
        1 => {
            let begun: String = value.chars().take(2).collect();
            Node::Leaf(Some(field), Value::Pattern(format!("{begun}*")))
        }
        2 if !value.contains(' ') => Node::Leaf(Some(field), Value::Fuzzy(value, 1)),
        3 if !value.contains(' ') => {
            let leaf = |value: String| whole(Node::Leaf(Some(field), Value::Word(value)));
            let other = dice.pick(values);
            let other = if other.contains(' ') { values[0] } else { other };
            let near = vec![(Reach::Within(1 + u32::try_from(dice.roll(2)).expect("two")), leaf(other.to_owned()))];
            match field {
                // Several names in a row have no distance that means anything.
                Field::About => Node::Leaf(Some(field), Value::Word(value)),
                _ => Node::Near(Box::new(leaf(value)), near),
            }
        }
        _ if value.contains(' ') => Node::Leaf(Some(field), Value::Phrase(value)),
        _ => Node::Leaf(Some(field), Value::Word(value)),
    }
}

fn when(dice: &mut Dice) -> When {
    let date = dice.pick(&["2012", "2013", "2014", "2014-01", "2014-02", "2014-03-01", "2013-12-24"]);
    match dice.roll(8) {
        0 => When::Today,
        1 => When::Back(20, Unit::Days),
        _ => When::At(PartialDate::parse(date).expect("a date")),
    }
}

fn scalar(dice: &mut Dice) -> Node {
    let (field, value) = match dice.roll(9) {
        8 => (Field::Dup, Value::First),
        0 => (Field::Kind, Value::Kind(dice.pick(&KindValue::ALL))),
        1 => {
            let mut share =
                || Share::new(dice.pick(&[0, 300_000, 500_000, 900_000, 1_000_000])).expect("not more than one");
            let (one, other) = (share(), share());
            let shares = match dice.roll(5) {
                0 => Shares::AtLeast(one),
                1 => Shares::Above(one),
                2 => Shares::AtMost(one),
                3 => Shares::Below(one),
                _ => Shares::Between(one.min(other), one.max(other)),
            };
            (Field::Conf, Value::Shares(shares))
        }
        2..=4 => {
            let field = dice.pick(&[Field::Date, Field::Date, Field::Mentions]);
            let (one, other) = (when(dice), when(dice));
            let value = match dice.roll(5) {
                0 => Value::After(one),
                1 => Value::Before(one),
                2 => Value::Days { from: Some(one), to: None },
                3 => Value::Days { from: None, to: Some(one) },
                _ => match (one, other) {
                    (When::At(first), When::At(last)) if first.first_day() > last.last_day() => {
                        Value::Days { from: Some(other), to: Some(one) }
                    }
                    (When::At(_), When::At(_)) => Value::Days { from: Some(one), to: Some(other) },
                    _ => Value::Days { from: Some(When::Back(20, Unit::Days)), to: Some(When::Today) },
                },
            };
            (field, value)
        }
        5 => {
            let (one, other) = (dice.roll(40) as u64, dice.roll(40) as u64);
            let value = match dice.roll(3) {
                0 => Value::Numbers(Some(one), None),
                1 => Value::Numbers(None, Some(one)),
                _ => Value::Numbers(Some(one.min(other)), Some(one.max(other))),
            };
            (Field::Words, value)
        }
        6 => {
            let batch = 1 + dice.roll(4) as u64;
            (Field::Batch, Value::Numbers(Some(batch), dice.one_in(2).then_some(batch)))
        }
        _ => (Field::Id, Value::Word(dice.pick(&["0", "1", "7", "a", "f", "3c", "9"]).to_owned())),
    };
    Node::Leaf(Some(field), value)
}
