//! Who said what when: the quotations that answer a question, by stretches of time without a gap.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::index::hit::PeriodHit;
use crate::index::{self, Facet, Reader, Records, Sort};
use crate::text::day::{Day, PartialDate};

use super::count::Counting;
use super::question::Wish;
use super::speakers::apply::name_quote;
use super::stream::Asked;

/// Up to so many days are shown day by day.
const DAYS: i32 = 62;

/// Up to so many are shown month by month.
const MONTHS: i32 = 3660;

/// No more stretches than this are filled in where nothing was said.
const MOST: usize = 20_000;

/// How a timeline is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Years, months or days; without it, what suits the time from the first quotation to the last.
    pub grain: Option<Facet>,
    /// So many of the people who said most, of each stretch.
    pub speakers: usize,
    /// So many of the earliest quotations, of each stretch.
    pub quotes: usize,
}

/// What was said, by time.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Years, months or days.
    pub grain: Facet,
    /// In order, without gaps; what has no day is last.
    pub periods: Vec<PeriodHit>,
    /// How many quotations in all.
    pub total: u64,
}

impl Asked<'_> {
    /// The timeline of what answers the question.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn timeline(self, reader: &Reader, wish: Wish, span: Span) -> Result<Timeline, index::Error> {
        let counting = |by| Counting { records: Records::Quotes, by, per_articles: false };
        let days = self.count(reader, wish, &counting(vec![Facet::Day]))?;
        let dates: Vec<PartialDate> = days.rows.iter().filter_map(|row| date_of(&row.values)).collect();
        let grain = span.grain.unwrap_or_else(|| suited(&dates));
        let mut periods: BTreeMap<String, PeriodHit> = BTreeMap::new();
        let mut undated = None;
        let by_speaker = self.count(reader, wish, &counting(vec![grain, Facet::Speaker]))?;
        for row in by_speaker.rows {
            let mut values = row.values.into_iter();
            let (period, speaker) = (values.next().flatten(), values.next().flatten());
            let place = match &period {
                Some(period) => periods.entry(period.clone()).or_insert_with(|| nothing(Some(period.clone()))),
                None => undated.get_or_insert_with(|| nothing(None)),
            };
            place.count += row.count;
            place.speakers.extend(speaker.map(|speaker| (speaker, row.count)));
        }
        fill(&mut periods, grain, &dates);
        let (query, ask) = self.put(reader, Records::Quotes, Wish { sort: Some(Sort::Date), ..wish }, 0)?;
        let mut quotes = reader.earliest(query.as_ref(), grain, span.quotes, &ask)?;
        let mut periods: Vec<PeriodHit> = periods.into_values().chain(undated).collect();
        for period in &mut periods {
            period.speakers.sort_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
            period.speakers.truncate(span.speakers);
            period.quotes = quotes.remove(&period.period).unwrap_or_default();
            period.quotes.iter_mut().for_each(|hit| name_quote(hit, self.speakers));
        }
        Ok(Timeline { grain, periods, total: by_speaker.total })
    }
}

fn nothing(period: Option<String>) -> PeriodHit {
    PeriodHit { period, count: 0, speakers: Vec::new(), quotes: Vec::new() }
}

fn date_of(values: &[Option<String>]) -> Option<PartialDate> {
    PartialDate::parse(values.first()?.as_deref()?)
}

/// Days, months or years, by how long it is from the first to the last.
fn suited(dates: &[PartialDate]) -> Facet {
    let first = dates.iter().map(|date| date.first_day()).min();
    let last = dates.iter().map(|date| date.first_day()).max();
    let long = first.zip(last).map_or(0, |(first, last)| last.number() - first.number());
    let days_known = dates.iter().any(|date| matches!(date, PartialDate::Day(_)));
    match long {
        ..=DAYS if days_known => Facet::Day,
        ..=MONTHS if dates.iter().any(|date| !matches!(date, PartialDate::Year(_))) => Facet::Month,
        _ => Facet::Year,
    }
}

/// Puts in the stretches between the first and the last in which nothing was said.
fn fill(periods: &mut BTreeMap<String, PeriodHit>, grain: Facet, dates: &[PartialDate]) {
    // Where less is known than is asked, the date begins no stretch of this length.
    let known = dates.iter().filter(|date| {
        matches!((grain, date), (Facet::Year, _) | (Facet::Month, PartialDate::Month(..)) | (_, PartialDate::Day(_)))
    });
    let known: Vec<Day> = known.map(|date| date.first_day()).collect();
    let (Some(&first), Some(&last)) = (known.iter().min(), known.iter().max()) else { return };
    let begin = |day: Day| match grain {
        Facet::Year => PartialDate::Year(day.year()),
        Facet::Month => PartialDate::Month(day.year(), day.month()),
        _ => PartialDate::Day(day),
    };
    let mut at = begin(first).first_day();
    for _ in 0..MOST {
        if at > last {
            break;
        }
        let period = begin(at).to_string();
        periods.entry(period.clone()).or_insert_with(|| nothing(Some(period)));
        at = begin(at).last_day().plus(1);
    }
}
