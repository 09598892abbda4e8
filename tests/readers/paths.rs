//! Days and outlets out of the places of files.

use std::path::Path;

use onrecord::archive::PathPattern;
use onrecord::text::problem::Place;

#[test]
fn days_and_outlets() {
    for (pattern, path, date, outlet) in [
        ("{outlet}/{year}/{month}/{day}/**", "courier/1916/11/06/page-1.txt", "1916-11-06", "courier"),
        ("{outlet}/{year}/{month}/{day}/**", "news/courier/1916/11/6/a/b/page-1.txt", "1916-11-06", "courier"),
        ("{outlet}/{year}/{month}/{day}/**", "courier/1916/13/06/page-1.txt", "", ""),
        ("{outlet}/{year}/**", "courier/1916/11/06/page-1.txt", "1916", "courier"),
        ("{outlet}/{year}/{month}/*", "courier/1916/Nov/page-1.txt", "1916-11", "courier"),
        ("*/{date}/*", "txt/19161106/page.txt", "1916-11-06", ""),
        ("*/{date}/*", "txt/1916-11-06/page.txt", "1916-11-06", ""),
        ("*/{date}/*", "txt/1916-11/page.txt", "1916-11", ""),
        ("*/{date}/*", "txt/1916/page.txt", "1916", ""),
        ("*/{date}/*", "txt/other/page.txt", "", ""),
        ("{date}/**", "a/b/19161106/c/page.txt", "1916-11-06", ""),
        ("{date}/**", "19161106", "", ""),
        ("{outlet}-{date}", "x/courier-1916-11-06.txt.gz", "1916-11-06", "courier"),
        ("{outlet}-{date}*", "x/courier-1916-11-06_p1.txt", "1916-11-06", "courier"),
        ("{outlet}_{year}{month}{day}.txt", "x/the-courier_19161106.txt", "1916-11-06", "the-courier"),
        ("{date}-*", "_posts/2014-05-01-slip-closed.md", "2014-05-01", ""),
        ("{outlet}/**", "courier/1916/11/page.txt", "", "courier"),
        ("{outlet}/*", "a/courier/page.txt", "", "courier"),
        ("**/{outlet}/news/*", "a/b/courier/news/1.txt", "", "courier"),
        ("sn????/{date}/seq-*", "sn1234/1916-11-06/seq-1.txt", "1916-11-06", ""),
        ("{outlet}", "x/courier.txt.gz", "", "courier"),
        ("{outlet}", "x/St. Ives.txt", "", "St. Ives"),
        ("./{date}/*/", "1916-11-06/a.txt", "1916-11-06", ""),
    ] {
        let read = PathPattern::parse(pattern).unwrap_or_else(|problem| panic!("{pattern}: {problem}"));
        let path = Path::new(path);
        assert_eq!(read.date(path).map(|date| date.to_string()).unwrap_or_default(), date, "{pattern} on {path:?}");
        assert_eq!(read.outlet(path).unwrap_or_default(), outlet, "{pattern} on {path:?}");
    }
}

#[test]
fn patterns_that_say_nothing() {
    for (pattern, said, at) in [
        ("*/*", "reads nothing", "*/*"),
        ("", "reads nothing", ""),
        ("{jahr}/*", "`{jahr}` is not known", "{jahr}"),
        ("a/{date/b", "`{` is not closed", "{date"),
        ("{date}/{date}", "stands twice", "{date}"),
        ("{month}/**", "without its year", "{month}/**"),
        ("{year}/{day}", "without its month", "{year}/{day}"),
        ("{date}/a**", "whole folders", "**"),
    ] {
        let problem = PathPattern::parse(pattern).expect_err(pattern);
        assert!(problem.message.contains(said), "{pattern}: {problem}");
        assert!(problem.hint.is_some(), "{pattern}");
        let Place::Span(span) = problem.at else { panic!("{pattern}: no place") };
        assert_eq!(span.of(pattern), at, "{pattern}");
    }
}

#[test]
fn many_stars_end() {
    let pattern = PathPattern::parse(&format!("{}{{date}}", "*a".repeat(60))).expect("a pattern");
    assert_eq!(pattern.date(Path::new(&"a".repeat(250))), None);
}
