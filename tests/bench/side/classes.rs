//! What is asked, by class, in a form that is nobody's own: each engine puts it in its own words.
//!
//! The words are those of generated archives, from very common to very rare. They are asked for as they are written, since the engines' stems
//! differ; the classes "in all forms" ask for stems too, and only of those that have the very same ones.

use serde::Serialize;

/// What must hold for a record.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Test {
    /// The word as it is written.
    Word(&'static str),
    /// The word in all its forms.
    Forms(&'static str),
    /// All of the words.
    And(Vec<&'static str>),
    /// Any of them.
    Or(Vec<&'static str>),
    /// Any of them, in all their forms.
    OrForms(Vec<&'static str>),
    /// Side by side.
    Phrase(Vec<&'static str>),
    /// At most so many words on from each other, in either order.
    Near(&'static str, &'static str, u32),
    /// What begins so.
    Prefix(&'static str),
    /// What is spelt so, but for one letter.
    Fuzzy(&'static str),
    /// The word, said by somebody of this surname.
    Said(&'static str, &'static str),
    /// The word, published from one day to another.
    Days(&'static str, &'static str, &'static str),
}

/// What is wanted of the records for which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Want {
    /// The ten best, with what is stored of them.
    Best,
    /// Their number.
    Count,
    /// Their number by outlet.
    Facet,
    /// The ten newest, with what is stored of them.
    Newest,
    /// All, newest first, with what is stored of them.
    Everything,
}

/// Which records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Among {
    /// Quotations.
    Quotes,
    /// Articles, by their bodies.
    Bodies,
}

/// Questions of one kind.
pub(crate) struct Class {
    pub(crate) name: &'static str,
    pub(crate) among: Among,
    pub(crate) want: Want,
    pub(crate) tests: Vec<Test>,
}

/// Common, middling and rare words.
const COMMON: [&str; 3] = ["government", "council", "water"];
const MIDDLING: [&str; 3] = ["bridge", "family", "nurse"];
const RARE: [&str; 3] = ["rudder", "underclimate", "quorndale"];

/// All classes.
pub(crate) fn classes() -> Vec<Class> {
    let class = |name, want, tests: Vec<Test>| Class { name, among: Among::Quotes, want, tests };
    let words = || COMMON.into_iter().chain(MIDDLING).chain(RARE).map(Test::Word).collect::<Vec<Test>>();
    let many = vec!["harbour", "ferry", "tram", "quay", "otter", "loom", "anvil", "granite", "orchard", "bollard"];
    let common = vec!["government", "council", "minister", "court", "school", "company", "police", "market"];
    let and = || {
        vec![
            Test::And(vec!["government", "council"]),
            Test::And(vec!["water", "family"]),
            Test::And(vec!["bridge", "nurse", "new"]),
            Test::And(vec!["government", "rudder"]),
            Test::And(vec!["the", "we", "council"]),
        ]
    };
    let phrase = || {
        vec![
            Test::Phrase(vec!["the", "government"]),
            Test::Phrase(vec!["new", "council"]),
            Test::Phrase(vec!["the", "local", "bridge"]),
            Test::Phrase(vec!["we", "will", "open"]),
            Test::Phrase(vec!["quorndale", "is", "not", "for", "sale"]),
        ]
    };
    let bodies = |name, want, tests| Class { name, among: Among::Bodies, want, tests };
    let stems = |name, tests| Class { name, among: Among::Quotes, want: Want::Best, tests };
    vec![
        class("word, best 10", Want::Best, words()),
        class("AND, best 10", Want::Best, and()),
        class("OR of many, best 10", Want::Best, vec![Test::Or(many.clone()), Test::Or(common.clone())]),
        class(
            "OR of common and rare, best 10",
            Want::Best,
            vec![Test::Or(vec!["the", "quorndale"]), Test::Or(vec!["rudder", "government"])],
        ),
        class("phrase, best 10", Want::Best, phrase()),
        class(
            "proximity, best 10",
            Want::Best,
            vec![Test::Near("government", "council", 5), Test::Near("water", "the", 5), Test::Near("bridge", "new", 5)],
        ),
        class(
            "prefix, best 10",
            Want::Best,
            vec![Test::Prefix("govern"), Test::Prefix("quornd"), Test::Prefix("bridg"), Test::Prefix("undercl")],
        ),
        class(
            "fuzzy, best 10",
            Want::Best,
            vec![Test::Fuzzy("goverment"), Test::Fuzzy("rudder"), Test::Fuzzy("quorndail")],
        ),
        class(
            "speaker and word, best 10",
            Want::Best,
            vec![Test::Said("lindley", "government"), Test::Said("marshley", "bridge"), Test::Said("holtley", "the")],
        ),
        class(
            "word in a range of days, best 10",
            Want::Best,
            vec![
                Test::Days("government", "2014-01-01", "2014-01-31"),
                Test::Days("bridge", "2014-01-01", "2014-12-31"),
                Test::Days("water", "2004-01-01", "2020-12-31"),
            ],
        ),
        class("word, newest 10", Want::Newest, words()),
        class("word, count", Want::Count, words()),
        class("AND, count", Want::Count, and()),
        class("phrase, count", Want::Count, phrase()),
        class("word, by outlet", Want::Facet, words()),
        class("word, all", Want::Everything, vec![Test::Word("bridge"), Test::Word("rudder"), Test::Word("quorndale")]),
        bodies("word in bodies, best 10", Want::Best, words()),
        bodies("AND in bodies, best 10", Want::Best, and()),
        bodies("phrase in bodies, best 10", Want::Best, phrase()),
        bodies("word in bodies, count", Want::Count, words()),
        stems("word in all forms, best 10", vec![Test::Forms("bridge"), Test::Forms("open"), Test::Forms("needs")]),
        stems("OR in all forms, best 10", vec![Test::OrForms(many), Test::OrForms(common)]),
    ]
}
