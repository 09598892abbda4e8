//! Days of publication and days spoken of: at the stated precision, as ranges, relative, on both sides.

use onrecord::extract::date::{DateValue, Season, Stretch};
use onrecord::query::ast::{Field, Unit, When};

use super::clip::{Archive, and, at, clip, date, day, days, not, speaker};

#[test]
fn a_day_of_publication_is_found_where_all_that_may_be_meant_lies_inside() {
    let published = ["2012", "2014-02-27", "2014-03", "2014-03-01", "2014-03-18", "2014-03-20", "1699-12-31"];
    let mut clips: Vec<_> = published.iter().map(|day| clip(day, day).on(day).says("Ada", &[day])).collect();
    clips.push(clip("undated", "undated").says("Ada", &["undated"]));
    let archive = Archive::of(&clips);
    let back = |count, unit| days(Field::Date, Some(When::Back(count, unit)), Some(When::Today));
    let cases = [
        (date(Field::Date, "2014"), &["2014-02-27", "2014-03", "2014-03-01", "2014-03-18", "2014-03-20"][..]),
        (date(Field::Date, "2014-03"), &["2014-03", "2014-03-01", "2014-03-18", "2014-03-20"]),
        (date(Field::Date, "2014-03-01"), &["2014-03-01"]),
        (date(Field::Date, "2012-05"), &[]),
        (date(Field::Date, "1699"), &["1699-12-31"]),
        (days(Field::Date, Some(at("2012")), Some(at("2014-02"))), &["2012", "2014-02-27"]),
        (days(Field::Date, Some(at("2014-03-02")), None), &["2014-03-18", "2014-03-20"]),
        (days(Field::Date, None, Some(at("2012-12-31"))), &["1699-12-31", "2012"]),
        (days(Field::Date, Some(at("2015")), Some(at("2014"))), &[]),
        (days(Field::Date, Some(When::Today), Some(When::Today)), &["2014-03-20"]),
        (days(Field::Date, Some(When::Yesterday), Some(When::Today)), &["2014-03-20"]),
        (days(Field::Date, Some(When::Weekday(1)), Some(When::Weekday(1))), &["2014-03-18"]),
        (back(2, Unit::Days), &["2014-03-20"]),
        (back(3, Unit::Days), &["2014-03-18", "2014-03-20"]),
        // All of March is not within the month up to the 20th.
        (back(1, Unit::Months), &["2014-02-27", "2014-03-01", "2014-03-18", "2014-03-20"]),
        (not(days(Field::Date, Some(at("2000")), None)), &["1699-12-31", "undated"]),
        (and([speaker("Ada"), date(Field::Date, "2012")]), &["2012"]),
    ];
    for (query, expected) in cases {
        let mut expected: Vec<String> = expected.iter().map(|&day| day.to_owned()).collect();
        expected.sort();
        let sorted = |mut found: Vec<String>| {
            found.sort();
            found
        };
        assert_eq!(sorted(archive.quotes(&query)), expected, "{query:?}");
        assert_eq!(sorted(archive.articles(&query)), expected, "{query:?}");
    }
}

#[test]
fn days_spoken_of_are_found_where_they_lie_inside() {
    let one = |day_: &str| DateValue::At(Stretch::Day(day(day_)));
    let clips = [
        ("first", vec![one("2014-03-01"), one("2013-01-05")]),
        ("month", vec![DateValue::At(Stretch::Month(2014, 3))]),
        ("week", vec![DateValue::At(Stretch::Week(2014, 11))]),
        ("across", vec![DateValue::Range(Stretch::Day(day("2014-02-28")), Stretch::Day(day("2014-03-02")))]),
        ("quarter", vec![DateValue::At(Stretch::Quarter(2014, 1))]),
        ("winter", vec![DateValue::At(Stretch::Season(2013, Season::Winter))]),
        ("year", vec![DateValue::At(Stretch::Year(2014))]),
        ("decade", vec![DateValue::At(Stretch::Decade(201))]),
        ("vague", vec![DateValue::Unresolved]),
        ("far apart", vec![one("2013-12-31"), one("2014-04-01")]),
        ("backwards", vec![DateValue::Range(Stretch::Year(2014), Stretch::Year(2013))]),
    ];
    let clips =
        clips.map(|(name, dates)| dates.into_iter().fold(clip(name, name).says("Ada", &[name]), |c, d| c.speaks_of(d)));
    let archive = Archive::of(&clips);
    let cases = [
        (date(Field::Mentions, "2014-03-01"), &["first"][..]),
        (date(Field::Mentions, "2014-03"), &["first", "month", "week"]),
        (date(Field::Mentions, "2014"), &["across", "far apart", "first", "month", "quarter", "week", "year"]),
        (days(Field::Mentions, Some(at("2014-02")), Some(at("2014-03"))), &["across", "first", "month", "week"]),
        (days(Field::Mentions, Some(at("2013-12")), Some(at("2014-02"))), &["far apart", "winter"]),
        (date(Field::Mentions, "2013"), &["far apart", "first"]),
        (
            days(Field::Mentions, Some(at("2010")), Some(at("2019"))),
            &["across", "decade", "far apart", "first", "month", "quarter", "week", "winter", "year"],
        ),
        (days(Field::Mentions, None, Some(at("2013-06"))), &["first"]),
        (days(Field::Mentions, Some(at("2014-04")), None), &["far apart"]),
    ];
    for (query, expected) in cases {
        let mut quotes = archive.quotes(&query);
        quotes.sort();
        assert_eq!(quotes, expected, "{query:?}");
        let mut articles = archive.articles(&query);
        articles.sort();
        assert_eq!(articles, expected, "{query:?}");
    }
}
