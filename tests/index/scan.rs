//! Search against a linear scan over the same clippings, by random questions over random archives of several
//! generations. The scan knows words as what stands between spaces, and nothing of how the index works.

use std::collections::BTreeMap;

use onrecord::extract::Kind;
use onrecord::index::{Ask, Sort};
use onrecord::query::ast::{Field, KindValue, Node, Query, Share, Shares, Value, When};
use onrecord::text::day::{Day, PartialDate};
use onrecord::text::span::Span;
use proptest::prelude::{Just, Strategy, any, prop};
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

use super::clip::{Archive, Clip, ask, clip, today};

const WORDS: [&str; 6] = ["tide", "rates", "harbour", "ships", "wait", "fall"];
const NAMES: [&str; 5] = ["Ada Quill", "Bo Quill", "Ada Reed", "a harbour master", ""];
const OUTLETS: [&str; 4] = ["Bay Courier", "Cape Wire", "Cape Courier", ""];
const DATES: [&str; 7] = ["2012", "2013-12", "2014-01-31", "2014-02", "2014-03-01", "2014-03-20", ""];
const SURE: [f32; 6] = [0.0, 0.3, 0.5, 0.9, 0.9004, 1.0];
const FIELDS: [Field; 6] = [Field::Quote, Field::Speaker, Field::Title, Field::Body, Field::Outlet, Field::Byline];

#[derive(Clone, Debug)]
struct Said {
    name: &'static str,
    kind: Kind,
    sure: f32,
    words: String,
}

/// A clipping as the scan sees it.
#[derive(Clone, Debug)]
struct Piece {
    path: usize,
    title: String,
    outlet: &'static str,
    date: &'static str,
    plain: String,
    said: Vec<Said>,
}

impl Piece {
    fn clip(&self) -> Clip {
        let mut clip = clip(&self.path.to_string(), &self.body()).title(&self.title);
        if !self.outlet.is_empty() {
            clip = clip.outlet(self.outlet);
        }
        if !self.date.is_empty() {
            clip = clip.on(self.date);
        }
        for said in &self.said {
            let name = (!said.name.is_empty()).then_some(said.name);
            clip = clip.quote(said.kind, name, "", &[&said.words]).sure(said.sure);
        }
        clip
    }

    fn body(&self) -> String {
        let said: Vec<&str> = self.said.iter().map(|said| said.words.as_str()).collect();
        format!("{} | {}", self.plain, said.join(" | "))
    }

    fn speaker(said: &Said) -> &str {
        said.name.strip_prefix("a ").unwrap_or(said.name)
    }

    /// A quotation answers for itself and for its article.
    fn quote_matches(&self, said: &Said, query: &Query) -> bool {
        match &query.node {
            Node::And(parts) => parts.iter().all(|part| self.quote_matches(said, part)),
            Node::Or(parts) => parts.iter().any(|part| self.quote_matches(said, part)),
            Node::Not(part) => !self.quote_matches(said, part),
            Node::Leaf(None, value) => holds(&said.words, value),
            Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => unreachable!("not asked here"),
            Node::Leaf(Some(field), value) => self.tested(Some(said), *field, value),
        }
    }

    /// An article answers for itself and for any one of its quotations.
    fn matches(&self, query: &Query) -> bool {
        match &query.node {
            Node::And(_) => {
                let (of_one, rest): (Vec<&Query>, Vec<&Query>) = conjuncts(query).into_iter().partition(|q| of_one(q));
                let one = |said| of_one.iter().all(|part| self.quote_matches(said, part));
                (of_one.is_empty() || self.said.iter().any(one)) && rest.iter().all(|part| self.matches(part))
            }
            Node::Or(parts) => parts.iter().any(|part| self.matches(part)),
            Node::Not(part) => !self.matches(part),
            Node::Leaf(None, value) => holds(&self.title, value) || holds(&self.body(), value),
            Node::Leaf(Some(field), value) if is_quoted(*field) => {
                self.said.iter().any(|said| self.tested(Some(said), *field, value))
            }
            Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => unreachable!("not asked here"),
            Node::Leaf(Some(field), value) => self.tested(None, *field, value),
        }
    }

    fn tested(&self, said: Option<&Said>, field: Field, value: &Value) -> bool {
        match (field, value, said) {
            (Field::Quote, value, Some(said)) => holds(&said.words, value),
            (Field::Speaker, value, Some(said)) => holds(Self::speaker(said), value),
            (Field::Kind, Value::Kind(kind), Some(said)) => match kind {
                KindValue::Direct => said.kind == Kind::Direct,
                KindValue::Mixed => said.kind == Kind::Mixed,
                KindValue::Indirect => said.kind == Kind::Indirect,
            },
            (Field::Conf, Value::Shares(shares), Some(said)) => {
                let share = |share: Share| f64::from(share.millionths()) / 1e6;
                let sure = (f64::from(said.sure) * 1000.0).round() / 1000.0;
                match *shares {
                    Shares::AtLeast(least) => sure >= share(least),
                    Shares::Above(below) => sure > share(below),
                    Shares::AtMost(most) => sure <= share(most),
                    Shares::Below(above) => sure < share(above),
                    Shares::Between(least, most) => share(least) <= sure && sure <= share(most),
                }
            }
            (Field::Title, value, _) => holds(&self.title, value),
            (Field::Body, value, _) => holds(&self.body(), value),
            (Field::Outlet, value, _) => holds(self.outlet, value),
            (Field::Date, Value::Days { from, to }, _) => PartialDate::parse(self.date).is_some_and(|date| {
                from.is_none_or(|from| from.days(today()).0 <= date.first_day())
                    && to.is_none_or(|to| date.last_day() <= to.days(today()).1)
            }),
            _ => false,
        }
    }
}

fn is_quoted(field: Field) -> bool {
    matches!(field, Field::Quote | Field::Speaker | Field::Kind | Field::Conf)
}

/// The parts of an AND, however it is nested.
fn conjuncts(query: &Query) -> Vec<&Query> {
    match &query.node {
        Node::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        _ => vec![query],
    }
}

/// Whether nothing but a quotation can pass it: without NOT, and with a test of quotations in each alternative.
fn of_one(query: &Query) -> bool {
    alternatives(query).is_some_and(|all| all.iter().all(|fields| fields.iter().any(|field| is_quoted(*field))))
}

/// The fields of each alternative, where there is no NOT and no field that only articles have.
fn alternatives(query: &Query) -> Option<Vec<Vec<Field>>> {
    match &query.node {
        Node::Or(parts) => Some(parts.iter().map(alternatives).collect::<Option<Vec<_>>>()?.concat()),
        Node::And(parts) => parts.iter().try_fold(vec![Vec::new()], |all, part| {
            let more = alternatives(part)?;
            Some(all.iter().flat_map(|one| more.iter().map(|other| [one.as_slice(), other].concat())).collect())
        }),
        Node::Not(_) | Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => None,
        Node::Leaf(Some(field), _) if is_quoted(*field) || matches!(field, Field::Outlet | Field::Date) => {
            Some(vec![vec![*field]])
        }
        Node::Leaf(..) => None,
    }
}

fn holds(text: &str, value: &Value) -> bool {
    let folded = text.to_lowercase();
    let words: Vec<&str> = folded.split_whitespace().filter(|&word| word != "|").collect();
    match value {
        Value::Word(asked) | Value::Phrase(asked) => {
            let asked = asked.to_lowercase();
            let asked: Vec<&str> = asked.split_whitespace().collect();
            words.windows(asked.len()).any(|window| window == asked)
        }
        Value::Exact(asked) => !text.is_empty() && text == asked,
        _ => false,
    }
}

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(select(&WORDS[..]), 1..=most).prop_map(|words| words.join(" "))
}

fn piece() -> impl Strategy<Value = Piece> {
    let kind = select(&[Kind::Direct, Kind::Mixed, Kind::Indirect][..]);
    let said = (select(&NAMES[..]), kind, select(&SURE[..]), words(4)).prop_map(|(name, kind, sure, words)| Said {
        name,
        kind,
        sure,
        words,
    });
    let said = prop::collection::vec(said, 0..4);
    (0..12_usize, words(3), select(&OUTLETS[..]), select(&DATES[..]), words(4), said)
        .prop_map(|(path, title, outlet, date, plain, said)| Piece { path, title, outlet, date, plain, said })
}

fn leaf() -> impl Strategy<Value = Query> {
    let text = || words(2).prop_map(|text| if text.contains(' ') { Value::Phrase(text) } else { Value::Word(text) });
    let free = text().prop_map(|value| Node::Leaf(None, value));
    let names = select(&["quill", "Ada", "bo quill", "master", "ada reed", "cape", "courier", "tide"][..]);
    let named = (
        select(&FIELDS[..]),
        prop::strategy::Union::new([text().boxed(), names.prop_map(|name| Value::Phrase(name.to_owned())).boxed()]),
    )
        .prop_map(|(field, value)| Node::Leaf(Some(field), value));
    let exact = (select(&FIELDS[..]), select(&["Ada Quill", "Cape Wire", "tide", "harbour master", "wait fall"][..]))
        .prop_map(|(field, value)| Node::Leaf(Some(field), Value::Exact(value.to_owned())));
    let kind = select(&[KindValue::Direct, KindValue::Mixed][..])
        .prop_map(|kind| Node::Leaf(Some(Field::Kind), Value::Kind(kind)));
    let when = || prop::option::of(select(&["2012", "2013", "2014", "2014-01", "2014-02", "2014-03-01"][..]));
    let when = move || when().prop_map(|date| date.and_then(PartialDate::parse).map(When::At));
    let date = (when(), when()).prop_map(|(from, to)| Node::Leaf(Some(Field::Date), Value::Days { from, to }));
    let share = || select(&[0, 300_000, 500_000, 900_000, 900_400, 1_000_000][..]);
    let share = move || share().prop_map(|millionths| Share::new(millionths).expect("not more than one"));
    let conf = (share(), share(), 0..5_usize).prop_map(|(one, other, shape)| {
        let shares = match shape {
            0 => Shares::AtLeast(one),
            1 => Shares::Above(one),
            2 => Shares::AtMost(one),
            3 => Shares::Below(one),
            _ => Shares::Between(one.min(other), one.max(other)),
        };
        Node::Leaf(Some(Field::Conf), Value::Shares(shares))
    });
    let nodes = [free.boxed(), named.boxed(), exact.boxed(), kind.boxed(), date.boxed(), conf.boxed()];
    prop::strategy::Union::new(nodes).prop_map(whole)
}

fn whole(node: Node) -> Query {
    Query { node, span: Span::whole("") }
}

fn question() -> impl Strategy<Value = Query> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        let node = (several, inner, any::<Index>()).prop_map(|(several, single, choice)| match choice.index(5) {
            0 => Node::Not(Box::new(single)),
            1 | 2 => Node::Or(several),
            _ => Node::And(several),
        });
        node.prop_map(whole)
    })
}

/// Newest first, undated last.
fn newest(date: &str) -> (bool, std::cmp::Reverse<Option<Day>>) {
    let first = PartialDate::parse(date).map(PartialDate::first_day);
    (first.is_none(), std::cmp::Reverse(first))
}

#[test]
fn search_finds_what_a_linear_scan_finds() {
    let generations = prop::collection::vec(prop::collection::vec(piece(), 1..6), 1..4);
    let questions = prop::collection::vec(question(), 40);
    let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
    let result = runner.run(&(generations, questions, Just(())), |(generations, questions, ())| {
        let archive = Archive::empty();
        let mut pieces: BTreeMap<usize, Piece> = BTreeMap::new();
        for generation in generations {
            archive.put(&generation.iter().map(Piece::clip).collect::<Vec<_>>());
            pieces.extend(generation.into_iter().map(|piece| (piece.path, piece)));
        }
        let reader = archive.reader();
        for question in &questions {
            let found = reader.quotes(Some(question), &ask()).expect("an answer");
            let mut found: Vec<(String, String)> = found.hits.into_iter().map(|hit| (hit.path, hit.quote)).collect();
            let mut expected: Vec<(String, String)> = pieces
                .values()
                .flat_map(|piece| piece.said.iter().map(move |said| (piece, said)))
                .filter(|(piece, said)| piece.quote_matches(said, question))
                .map(|(piece, said)| (piece.path.to_string(), said.words.clone()))
                .collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "quotations of {question:?}");
            let best = reader.quotes(Some(question), &Ask { sort: Sort::Score, ..ask() }).expect("an answer");
            let mut best: Vec<(String, String)> = best.hits.into_iter().map(|hit| (hit.path, hit.quote)).collect();
            best.sort();
            assert_eq!(best, expected, "quotations of {question:?}, best first");

            let found = reader.articles(Some(question), &ask()).expect("an answer");
            let mut expected: Vec<&Piece> = pieces.values().filter(|piece| piece.matches(question)).collect();
            expected.sort_by_key(|piece| (newest(piece.date), piece.clip().article.id()));
            let expected: Vec<String> = expected.into_iter().map(|piece| piece.path.to_string()).collect();
            let total = found.total;
            let found: Vec<String> = found.hits.into_iter().map(|hit| hit.path).collect();
            assert_eq!(found, expected, "articles of {question:?}");
            assert_eq!(total, Some(expected.len() as u64), "articles of {question:?}");
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}
