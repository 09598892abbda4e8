//! No value of a parameter changes what is asked: whatever it holds, it fills one leaf of the tree, or is refused.

use onrecord::query;
use onrecord::query::ast::{Field, Node, Query, Value};
use onrecord::query::fill::{ParamType, Values, fill};
use proptest::prelude::*;

/// Text that looks like a query, with any characters among it.
fn value() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("OR".to_owned()),
        Just(")".to_owned()),
        Just("(".to_owned()),
        Just("\"".to_owned()),
        Just("..".to_owned()),
        Just("{who}".to_owned()),
        Just("*".to_owned()),
        Just("speaker:x".to_owned()),
        Just("-water".to_owned()),
        Just("2014".to_owned()),
        Just("30d".to_owned()),
        Just("direct".to_owned()),
        "[a-z]{1,4}",
        "\\PC{0,3}",
    ];
    (prop::collection::vec(piece, 0..4), prop_oneof![Just(" "), Just("")]).prop_map(|(pieces, gap)| pieces.join(gap))
}

/// The tree with nothing in its leaves but their fields.
fn shape(query: &Query) -> Query {
    let span = query.span;
    let bare = query.map_leaves(&mut |_, field, _| Some(Node::Leaf(field, Value::Any)));
    Query { span, ..bare }
}

proptest! {
    #[test]
    fn values_fill_leaves_and_nothing_else(text in value(), of in prop::sample::select(ParamType::ALL.to_vec())) {
        let asked = match of {
            ParamType::Speaker => "speaker:={v} OR water -(speaker:{v} ferry)",
            ParamType::Phrase => "{v} w/5 water OR (title:{v} -outlet:={v})",
            ParamType::Word => "{v}^2 water OR (body:{v} -ferry)",
            ParamType::Date => "date:{v} OR (date:2010..{v} -mentions:>={v})",
            ParamType::Number => "words:{v} OR (conf:>={v} -batch:{v}..)",
            ParamType::Kind => "kind:{v} OR -kind:{v}",
        };
        let query = query::parse(asked).expect("it is a query");
        let values = Values::from([("v".to_owned(), (of, text.clone()))]);
        match fill(&query, &values) {
            Err(problems) => prop_assert!(!problems.is_empty()),
            Ok(filled) => {
                prop_assert_eq!(shape(&filled), shape(&query));
                filled.each_leaf(&mut |_, field, leaf| {
                    let one = match leaf {
                        Value::Word(word) => *word == text || ["water", "ferry"].contains(&word.as_str()),
                        Value::Phrase(words) | Value::Exact(words) => *words == text,
                        Value::Days { .. } => matches!(field, Some(Field::Date | Field::Mentions)),
                        Value::Shares(_) => field == Some(Field::Conf),
                        Value::Numbers(..) => matches!(field, Some(Field::Words | Field::Batch)),
                        Value::Kind(_) => field == Some(Field::Kind),
                        _ => false,
                    };
                    assert!(one, "{text:?} made {leaf:?}");
                });
            }
        }
    }
}
