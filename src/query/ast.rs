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
}

/// What a field is tested for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One word as typed; analysis may make several tokens of it (`counter-ISIL`).
    Word(String),
    /// Words in this order, as typed between quotation marks; a mark among them was typed as `\"`.
    Phrase(String),
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
    /// Confidences.
    Shares(Shares),
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
    /// `30d`, `6w`, `6mo`, `2y`: the day this far back from today. Typed alone, it is the range from then to today.
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
    /// The first and the last day that this covers, seen from `today`.
    pub fn days(self, today: Day) -> (Day, Day) {
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
