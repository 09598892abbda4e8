//! The tree of a query.

use crate::text::day::{Day, PartialDate};
use crate::text::span::Span;

/// A query or a part of one, with its place in what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What is asked.
    pub node: Node,
    /// Where it stands.
    pub span: Span,
}

/// What a query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of these; at least two.
    And(Vec<Query>),
    /// Any of these; at least two.
    Or(Vec<Query>),
    /// Everything but this.
    Not(Box<Query>),
    /// Units of one text, each within a distance of the one before it; at least one after the first. A unit is a leaf that
    /// asks for words, an OR of such, or another row of units: all are asked of the same field.
    Near(Box<Query>, Vec<(Reach, Query)>),
    /// At least so many: of several parts, that hold; of a single one, which then asks for words, that are found in one
    /// text.
    AtLeast(u32, Vec<Query>),
    /// A leaf that asks for words, and counts more or less than others in the order by rank.
    Boost(Box<Query>, Weight),
    /// One test. Without a field: the words of a quotation, or of headline and body where articles are asked for.
    Leaf(Option<Field>, Value),
}

/// A field that can be named before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The words inside one quotation.
    Quote,
    /// Who said it.
    Speaker,
    /// The speaker's role.
    Role,
    /// How the quotation is set.
    Kind,
    /// The article's headline.
    Title,
    /// The article's body.
    Body,
    /// The outlet.
    Outlet,
    /// Who wrote the article.
    Byline,
    /// A day that the article speaks of.
    Mentions,
    /// The day of publication.
    Date,
    /// How sure it is that words and speaker are both right.
    Conf,
    /// The words that say that something was said.
    Cue,
    /// People and bodies named inside the quotation.
    About,
    /// The article's headline and first paragraphs.
    Hlead,
    /// The outlet's section.
    Section,
    /// The article's language.
    Lang,
    /// How many words the article has.
    Words,
    /// The article's address on the web.
    Url,
    /// The article's place in the archive.
    Path,
    /// The id of a quotation or an article, or its beginning.
    Id,
    /// Which of several equal quotations it is.
    Dup,
    /// The run of indexing that brought it.
    Batch,
    /// A query that was saved under a name.
    Saved,
}

/// How far the one unit may be from the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// `w/5`: the nearest words of the two at most this many words on from each other, in either order; 1 is side by side.
    Within(u32),
    /// `pre/5`: the same, and the first before the second.
    Before(u32),
    /// `w/s`: in one sentence, in either order.
    Sentence,
    /// `w/p`: in one paragraph, in either order.
    Paragraph,
}

/// What a match counts, in thousandths: `^2` is twice as much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Weight(u32);

/// What a field is tested for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One word as typed; analysis may make several tokens of it (`counter-ISIL`).
    Word(String),
    /// Words in this order, as typed between quotation marks; a mark among them was typed as `\"`.
    Phrase(String),
    /// `=running`, `="running water"`: words in this order in the forms typed, without others of the same stem.
    Form(String),
    /// A word with `*` for any letters, none among them, and `?` for one.
    Pattern(String),
    /// A word, and those that so many letters (1 or 2) added, dropped, changed or swapped make of it.
    Fuzzy(String, u8),
    /// Words in this order with at most `slop` others among them, the last of them only begun where `prefix` holds.
    Loose {
        /// As typed between the marks.
        words: String,
        /// How many other words may stand among them.
        slop: u32,
        /// Whether the last word is the beginning of one.
        prefix: bool,
    },
    /// A word that this regular expression describes as a whole.
    Regex(String),
    /// Anything, where there is something.
    Any,
    /// The whole value of the field, unanalysed.
    Exact(String),
    /// A kind of quotation.
    Kind(KindValue),
    /// Days, both ends included; `None` is open.
    Days {
        /// The first day is the first that this covers.
        from: Option<When>,
        /// The last day is the last that this covers.
        to: Option<When>,
    },
    /// Days after the last that this covers.
    After(When),
    /// Days before the first that this covers.
    Before(When),
    /// Confidences.
    Shares(Shares),
    /// Numbers, both ends included; `None` is open.
    Numbers(Option<u64>, Option<u64>),
    /// The first of several equal quotations.
    First,
    /// What is still to be given a value.
    Open(Open),
}

/// A test with a parameter in it: what a saved query leaves to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// `{who}`
    Value(String),
    /// `:={who}`
    Exact(String),
    /// `{from}..{to}`, `2014..{to}`, `{from}..`: at least one end is a parameter.
    Range(Option<Scalar>, Option<Scalar>),
    /// `>={from}`
    Compared(Sign, String),
}

/// An end of a range with parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// As typed; it is right for its field.
    Typed(String),
    /// The name of a parameter.
    Named(String),
}

/// A sign of comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `<=`
    AtMost,
}

/// A kind of quotation, as a query names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KindValue {
    /// `direct`
    Direct,
    /// `mixed`
    Mixed,
    /// `indirect`
    Indirect,
}

/// A number from 0 to 1, in whole millionths, so that what is typed with up to six decimals is kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Share(u32);

/// Confidences as a query tests them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shares {
    /// `>=0.9`, `0.9..`
    AtLeast(Share),
    /// `>0.9`
    Above(Share),
    /// `<=0.9`, `..0.9`
    AtMost(Share),
    /// `<0.9`
    Below(Share),
    /// `0.5..0.8`, both ends included; `0.9` is the range from it to itself.
    Between(Share, Share),
}

/// What is made of a leaf, with its field and value.
pub type Change<'a> = dyn FnMut(&Query, Option<Field>, &Value) -> Option<Node> + 'a;

impl Query {
    /// Calls `each` with every leaf, from left to right.
    pub fn each_leaf<'a>(&'a self, each: &mut dyn FnMut(&'a Query, Option<Field>, &'a Value)) {
        match &self.node {
            Node::Leaf(field, value) => each(self, *field, value),
            Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.each_leaf(each));
            }
            Node::Not(part) | Node::Boost(part, _) => part.each_leaf(each),
            Node::Near(first, others) => {
                first.each_leaf(each);
                others.iter().for_each(|(_, part)| part.each_leaf(each));
            }
        }
    }

    /// The same tree with what `change` makes of its leaves; where it makes nothing of one, that stays.
    #[must_use]
    pub fn map_leaves(&self, change: &mut Change<'_>) -> Query {
        let mut each = |parts: &[Query]| -> Vec<Query> { parts.iter().map(|part| part.map_leaves(change)).collect() };
        let node = match &self.node {
            Node::And(parts) => Node::And(each(parts)),
            Node::Or(parts) => Node::Or(each(parts)),
            Node::AtLeast(least, parts) => Node::AtLeast(*least, each(parts)),
            Node::Not(part) => Node::Not(Box::new(part.map_leaves(change))),
            Node::Boost(part, weight) => Node::Boost(Box::new(part.map_leaves(change)), *weight),
            Node::Near(first, others) => {
                let first = Box::new(first.map_leaves(change));
                Node::Near(first, others.iter().map(|(reach, part)| (*reach, part.map_leaves(change))).collect())
            }
            Node::Leaf(field, value) => change(self, *field, value).unwrap_or_else(|| self.node.clone()),
        };
        Query { node, span: self.span }
    }
}

impl Value {
    /// Whether it asks for words at places of a text, so that it can stand at a distance and be counted.
    pub fn has_places(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Form(_) | Self::Pattern(_) | Self::Fuzzy(..) => true,
            Self::Loose { .. } | Self::Regex(_) | Self::Open(Open::Value(_)) => true,
            Self::Any | Self::Exact(_) | Self::Kind(_) | Self::Days { .. } | Self::After(_) | Self::Before(_) => false,
            Self::Shares(_) | Self::Numbers(..) | Self::First | Self::Open(_) => false,
        }
    }

    /// The first and the last of the days that it asks for, seen from `today`; `None` where it asks for none.
    pub fn days(&self, today: Day) -> Option<(Option<Day>, Option<Day>)> {
        let last = |when: When| when.days(today).1;
        Some(match self {
            Self::Days { from, to } => {
                let to = to.map(last);
                // What begins where it ends (`30d..30d`) is that day.
                let first = |when: When| to.map_or(when.first(today), |to| when.first(today).min(to.max(last(when))));
                (from.map(first), to)
            }
            Self::After(when) => (Some(last(*when).plus(1)), None),
            Self::Before(when) => (None, Some(when.first(today).plus(-1))),
            _ => return None,
        })
    }
}

impl Weight {
    /// The largest, in thousandths.
    pub const MOST: u32 = 1_000_000;

    /// So many thousandths, where they are not none and not too many.
    pub fn new(thousandths: u32) -> Option<Self> {
        (1..=Self::MOST).contains(&thousandths).then_some(Self(thousandths))
    }

    /// In thousandths.
    pub fn thousandths(self) -> u32 {
        self.0
    }
}

impl Share {
    /// One, in millionths.
    pub const WHOLE: u32 = 1_000_000;

    /// So many millionths, where they are not more than one.
    pub fn new(millionths: u32) -> Option<Self> {
        (millionths <= Self::WHOLE).then_some(Self(millionths))
    }

    /// In millionths.
    pub fn millionths(self) -> u32 {
        self.0
    }
}

impl Shares {
    /// The first and the last that pass; `None` where none can.
    pub fn range(self) -> Option<(Share, Share)> {
        let (first, last) = match self {
            Self::AtLeast(share) => (share.0, Share::WHOLE),
            Self::Above(share) => (share.0 + 1, Share::WHOLE),
            Self::AtMost(share) => (0, share.0),
            Self::Below(share) => (0, share.0.checked_sub(1)?),
            Self::Between(first, last) => (first.0, last.0),
        };
        (first <= last).then_some((Share(first), Share(last)))
    }
}

/// A date as typed. Relative ones stay relative until a question is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// `2014`, `2014-03`, `2014-03-01`
    At(PartialDate),
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
    /// A weekday name, 0 for Monday: the latest such day up to today.
    Weekday(u32),
    /// `30d`, `6w`, `6mo`, `2y`: where the last so many days, weeks and so on begin, of which today is the last. What ends there
    /// ends on the day before, which is the day so far back.
    Back(u32, Unit),
}

/// The unit of a relative date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `mo`
    Months,
    /// `y`
    Years,
}

impl When {
    /// The first day from this on, seen from `today`: of `7d` the first of seven, the last of which is today.
    pub fn first(self, today: Day) -> Day {
        let day = self.days(today).0;
        if matches!(self, Self::Back(..)) { day.plus(1).min(today) } else { day }
    }

    /// The first and the last day that this covers, seen from `today`; of `7d` both are the last day before the last seven.
    fn days(self, today: Day) -> (Day, Day) {
        let one = |day: Day| (day, day);
        match self {
            Self::At(date) => (date.first_day(), date.last_day()),
            Self::Today => one(today),
            Self::Yesterday => one(today.plus(-1)),
            Self::Weekday(weekday) => {
                let back = (7 + today.weekday().cast_signed() - weekday.cast_signed()) % 7;
                one(today.plus(-back))
            }
            Self::Back(count, unit) => {
                let count = i32::try_from(count).unwrap_or(i32::MAX);
                one(match unit {
                    Unit::Days => today.plus(-count),
                    Unit::Weeks => today.plus(-count.saturating_mul(7)),
                    Unit::Months => today.plus_months(-count),
                    Unit::Years => today.plus_months(-count.saturating_mul(12)),
                })
            }
        }
    }
}
