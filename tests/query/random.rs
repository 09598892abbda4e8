//! Trees and texts by chance: what prints parses to itself, and nothing typed makes the parser fail badly.

use onrecord::query::ast::{
    Field, KindValue, Node, Open, Query, Reach, Scalar, Share, Shares, Sign, Unit, Value, Weight, When,
};
use onrecord::query::parse;
use onrecord::query::report::report;
use onrecord::text::day::{Day, PartialDate};
use onrecord::text::problem::Place;
use onrecord::text::span::Span;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use super::tree;

/// Words that stand for themselves.
fn plain_word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zäé東]{1,6}",
        "[A-Za-z][a-z]{0,4}['’.&/+-][a-z0-9]{1,4}",
        "[#$@]?[0-9]{1,4}[%:.,][0-9]{1,2}",
        Just("and".to_owned()),
        Just("https://example.org/?q=a*".to_owned()),
    ]
    .prop_filter("no operator", |word| parse(word).is_ok())
}

fn moment() -> impl Strategy<Value = When> {
    let unit = prop_oneof![Just(Unit::Days), Just(Unit::Weeks), Just(Unit::Months), Just(Unit::Years)];
    prop_oneof![
        (0..3000).prop_map(|year| When::At(PartialDate::Year(year))),
        (1000..3000, 1u32..13).prop_map(|(year, month)| When::At(PartialDate::Month(year, month))),
        (-100_000..100_000).prop_map(|day| When::At(PartialDate::Day(Day::from_number(day)))),
        Just(When::Today),
        Just(When::Yesterday),
        (0u32..7).prop_map(When::Weekday),
        (0u32..2000, unit).prop_map(|(count, unit)| When::Back(count, unit)),
    ]
}

fn shares() -> impl Strategy<Value = Shares> {
    let share = || (0..=Share::WHOLE).prop_map(|millionths| Share::new(millionths).expect("not more than one"));
    prop_oneof![
        share().prop_map(Shares::AtLeast),
        share().prop_map(Shares::Above),
        share().prop_map(Shares::AtMost),
        share().prop_map(Shares::Below),
        (share(), share()).prop_map(|(one, other)| Shares::Between(one.min(other), one.max(other))),
    ]
}

fn text_field() -> impl Strategy<Value = Option<Field>> {
    prop::sample::select(vec![
        None,
        None,
        Some(Field::Quote),
        Some(Field::Speaker),
        Some(Field::Role),
        Some(Field::Cue),
        Some(Field::About),
        Some(Field::Title),
        Some(Field::Body),
        Some(Field::Hlead),
        Some(Field::Outlet),
        Some(Field::Byline),
        Some(Field::Section),
        Some(Field::Lang),
        Some(Field::Url),
        Some(Field::Path),
    ])
}

fn phrase_text() -> impl Strategy<Value = String> {
    "[ -)+-~“”„«»\\\\]{0,8}x[ -)+-~“”„«»\\\\]{0,8}"
}

/// What asks for words, and so has places.
fn placed() -> impl Strategy<Value = Value> {
    let letters = || "[a-zé]{1,5}";
    prop_oneof![
        5 => plain_word().prop_map(Value::Word),
        3 => phrase_text().prop_map(Value::Phrase),
        1 => plain_word().prop_filter("no address", |word| !word.contains("//")).prop_map(Value::Form),
        1 => phrase_text().prop_map(Value::Form),
        1 => (letters(), "[*?]", "[a-z]{0,3}[*?]?").prop_map(|(head, sign, tail)| Value::Pattern(head + &sign + &tail)),
        1 => (letters(), 1u8..3).prop_map(|(word, edits)| Value::Fuzzy(word, edits)),
        1 => (phrase_text(), 0u32..9, any::<bool>()).prop_map(|(words, slop, prefix)| match (slop, prefix) {
            (0, false) => Value::Phrase(words),
            _ => Value::Loose { words, slop, prefix },
        }),
        1 => "[a-z][.]?[*+]?([(]a[|]b[)])?".prop_map(Value::Regex),
        1 => "[a-z][a-z0-9_-]{0,4}".prop_map(|name| Value::Open(Open::Value(name))),
    ]
}

fn open() -> impl Strategy<Value = (Field, Open)> {
    let name = || "[a-z]{1,4}";
    let field = prop::sample::select(vec![Field::Date, Field::Mentions, Field::Words, Field::Batch, Field::Conf]);
    let sign = prop::sample::select(vec![Sign::Above, Sign::AtLeast, Sign::Below, Sign::AtMost]);
    (field, name(), name(), sign, 0..5_usize).prop_map(|(field, one, other, sign, shape)| {
        let named = |name: String| Some(Scalar::Named(name));
        // It is right for all of these fields.
        let typed = || Some(Scalar::Typed(if field == Field::Conf { "0.5" } else { "2014" }.to_owned()));
        let open = match shape {
            0 => Open::Value(one),
            1 => Open::Range(named(one), named(other)),
            2 => Open::Range(typed(), named(other)),
            3 => Open::Range(named(one), None),
            _ => Open::Compared(sign, one),
        };
        (field, open)
    })
}

fn numbers() -> impl Strategy<Value = Value> {
    (prop::option::of(0..2000_u64), prop::option::of(0..2000_u64)).prop_map(|range| match range {
        (Some(one), Some(other)) => Value::Numbers(Some(one.min(other)), Some(one.max(other))),
        (None, None) => Value::Any,
        (from, to) => Value::Numbers(from, to),
    })
}

fn leaf() -> impl Strategy<Value = Node> {
    let days = || prop::sample::select(vec![Field::Date, Field::Mentions]);
    let exact = "[ -~“”„«»\\\\]{0,8}x[ -~“”„«»\\\\]{0,8}".prop_map(Value::Exact);
    let node = |(field, value)| Node::Leaf(Some(field), value);
    let weighed = (text_field(), placed(), 1u32..5000).prop_map(|(field, value, weight)| {
        let weight = Weight::new(weight).expect("a weight");
        // An address holds no syntax, not even a weight.
        match &value {
            Value::Word(word) if word.contains("//") => Node::Leaf(field, value),
            _ => Node::Boost(Box::new(unplaced(Node::Leaf(field, value))), weight),
        }
    });
    let saved = "[a-z][a-z0-9._-]{0,6}".prop_map(|name| Node::Leaf(Some(Field::Saved), Value::Word(name)));
    let id = "[0-9a-f]{1,16}".prop_map(|id| Node::Leaf(Some(Field::Id), Value::Word(id)));
    prop_oneof![
        8 => (text_field(), placed()).prop_map(|(field, value)| Node::Leaf(field, value)),
        1 => weighed,
        1 => text_field().prop_map(|field| Node::Leaf(field, Value::Any)),
        1 => (text_field(), exact).prop_map(|(field, value)| Node::Leaf(field.or(Some(Field::Speaker)), value)),
        1 => prop::sample::select(KindValue::ALL.to_vec())
            .prop_map(|kind| Node::Leaf(Some(Field::Kind), Value::Kind(kind))),
        1 => shares().prop_map(|shares| Node::Leaf(Some(Field::Conf), Value::Shares(shares))),
        1 => (prop::sample::select(vec![Field::Words, Field::Batch]), numbers()).prop_map(node),
        1 => (days(), moment(), any::<bool>())
            .prop_map(|(field, when, after)| (field, if after { Value::After(when) } else { Value::Before(when) }))
            .prop_map(node),
        1 => open().prop_map(|(field, open)| Node::Leaf(Some(field), Value::Open(open))),
        1 => prop_oneof![saved, id, Just(Node::Leaf(Some(Field::Dup), Value::First))],
        1 => (days(), prop::option::of(moment()), prop::option::of(moment())).prop_filter_map("not a range", |(field, from, to)| {
            let query = Node::Leaf(Some(field), Value::Days { from, to });
            let printed = unplaced(query.clone()).to_string();
            // Ranges that end before they begin, or have no end, are none.
            parse(&printed).is_ok().then_some(query)
        }),
    ]
}

/// Units of one field at distances, some of them units at distances themselves.
fn near() -> impl Strategy<Value = Node> {
    let reach = || {
        prop_oneof![
            (1..=1000_u32).prop_map(Reach::Within),
            (1..=1000_u32).prop_map(Reach::Before),
            Just(Reach::Sentence),
            Just(Reach::Paragraph),
        ]
    };
    let row = move |unit: BoxedStrategy<Node>| {
        (unit.clone(), prop::collection::vec((reach(), unit), 1..3)).prop_map(|(first, others)| {
            let others = others.into_iter().map(|(reach, part)| (reach, unplaced(part))).collect();
            Node::Near(Box::new(unplaced(first)), others)
        })
    };
    text_field().prop_flat_map(move |field| {
        let leaf = placed().prop_map(move |value| Node::Leaf(field, value)).boxed();
        let either = prop::collection::vec(leaf.clone(), 2..4)
            .prop_map(|parts| Node::Or(parts.into_iter().map(unplaced).collect()))
            .boxed();
        let unit = prop_oneof![4 => leaf, 1 => either].boxed();
        let inner = prop_oneof![4 => unit.clone(), 1 => row(unit)].boxed();
        row(inner)
    })
}

fn unplaced(node: Node) -> Query {
    Query { node, span: Span::whole("") }
}

/// Trees as the parser makes them: lists of at least two, none inside its like.
fn node() -> impl Strategy<Value = Node> {
    prop_oneof![6 => leaf(), 1 => near()].prop_recursive(6, 40, 4, |inner| {
        let parts = prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            parts.clone().prop_map(|parts| {
                let flat = parts.into_iter().flat_map(|part| match part {
                    Node::And(inner) => inner,
                    other => vec![unplaced(other)],
                });
                Node::And(flat.collect())
            }),
            parts.prop_map(|parts| {
                let flat = parts.into_iter().flat_map(|part| match part {
                    Node::Or(inner) => inner,
                    other => vec![unplaced(other)],
                });
                Node::Or(flat.collect())
            }),
            inner.clone().prop_map(|part| Node::Not(Box::new(unplaced(part)))),
            (1..5_u32, prop::collection::vec(inner, 2..5)).prop_map(|(least, parts)| {
                let most = u32::try_from(parts.len()).expect("a few");
                Node::AtLeast(least.min(most), parts.into_iter().map(unplaced).collect())
            }),
            (1..5_u32, near()).prop_map(|(least, part)| Node::AtLeast(least, vec![unplaced(part)])),
        ]
    })
}

/// Strings made of what the language is made of.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "(",
        ")",
        "\"",
        "“",
        "”",
        "\\",
        "-",
        "|",
        " ",
        " AND ",
        " OR ",
        " NOT ",
        "speaker:",
        "speaker:=",
        "date:",
        "kind:",
        "conf:",
        "conf",
        "0.9",
        "zzz:",
        "2014",
        "..",
        "30d",
        "today",
        "direct",
        "*",
        "?",
        "~",
        "^",
        "/",
        "{",
        "}",
        "a",
        "Kerry",
        " w/5 ",
        " w/s ",
        "atleast2(",
        "title:(",
        "words:",
        "{x}",
        ":",
        "=",
        ">",
        "<",
        "é",
        "東",
        "\n",
        "\u{202e}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

fn survives(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            let again = parse(&printed).map_err(|problems| TestCaseError::fail(report(&printed, &problems)))?;
            prop_assert_eq!(tree(&again), tree(&query), "{:?} prints as {:?}", text, printed);
            prop_assert_eq!(again.to_string(), printed);
        }
        Err(problems) => {
            prop_assert!(!problems.is_empty());
            report(text, &problems);
            for problem in problems {
                if let Place::Span(span) = problem.at {
                    prop_assert!(Span::new(text, span.start(), span.end()).is_some());
                }
            }
        }
    }
    Ok(())
}

/// A failing case is kept beside this file, as `random.regressions`.
fn config() -> ProptestConfig {
    let beside = FileFailurePersistence::WithSource("regressions");
    ProptestConfig { failure_persistence: Some(Box::new(beside)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_printed_tree_reads_back(node in node()) {
        let query = unplaced(node);
        let printed = query.to_string();
        let again = parse(&printed).map_err(|problems| TestCaseError::fail(report(&printed, &problems)))?;
        prop_assert_eq!(tree(&again), tree(&query), "{}", printed);
    }

    #[test]
    fn no_text_breaks_the_parser(text in any::<String>()) {
        survives(&text)?;
    }

    #[test]
    fn no_mixture_breaks_the_parser(text in soup()) {
        survives(&text)?;
    }
}
