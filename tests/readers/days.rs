//! The day of publication: what tells it, in what order, to which grain, and in which zone.

use onrecord::article::{ReadOptions, Reading};
use onrecord::text::day::PartialDate;
use onrecord::text::zone::Zone;

use super::readings;

/// `date source` of the one article of a file, with what was odd about its date.
fn day(name: &str, bytes: &str, options: &ReadOptions) -> String {
    let mut all = readings(name, bytes, options);
    let Some(Reading::Article(article, problems)) = all.pop() else { panic!("no article in {name}: {bytes}") };
    let date = article.published.map_or_else(|| "none".to_owned(), |date| date.to_string());
    let source = article.date_source.map(|source| format!(" {}", source.name())).unwrap_or_default();
    let odd: Vec<String> = problems.iter().map(|problem| format!(" ! {}", problem.message)).collect();
    format!("{date}{source}{}", odd.concat())
}

fn partial(date: &str) -> Option<PartialDate> {
    PartialDate::parse(date)
}

#[test]
fn every_format_tells_its_day_and_where_from() {
    let none = ReadOptions::default();
    let story =
        "The slip is closed, said Ada Bell of the harbour board, and it will not be opened again before the spring.";
    let html = |head: &str, body: &str| {
        format!("<html><head><title>Slip Closed</title>{head}</head><body><h1>Slip Closed</h1>{body}</body></html>")
    };
    for (name, bytes, expected) in [
        ("a.txt", format!("Date: 2016-03-04\nTitle: Slip\n\n{story}"), "2016-03-04 metadata"),
        ("a.txt", format!("Slip Is Closed\n\nMarch 4, 2016\n\n{story}"), "2016-03-04 text"),
        ("a.txt", format!("Slip Is Closed\n\nLONDON, March 4, 2016 (Agency) - {story}"), "2016-03-04 dateline"),
        ("a.txt", format!("Slip Is Closed\n\nLONDON, March 4 (Agency) - {story}"), "none"),
        ("a.txt", format!("URL: https://x.example/2016/03/04/slip\n\n{story}"), "2016-03-04 url"),
        ("a.md", format!("---\ntitle: Slip\ndate: 2016-03-04\n---\n{story}"), "2016-03-04 metadata"),
        ("a.md", format!("---\ntitle: Slip\nurl: https://x.example/2016/03/04/slip\n---\n{story}"), "2016-03-04 url"),
        ("a.json", format!(r#"{{"text":"{story}","date":"2016-03-04"}}"#), "2016-03-04 metadata"),
        ("a.json", format!(r#"{{"text":"{story}","url":"https://x.example/2016/03/slip"}}"#), "2016-03 url"),
        ("a.csv", format!("url,text\nhttps://x.example/20160304/slip,\"{story}\"\n"), "2016-03-04 url"),
        ("a.html", html("<meta property=article:published_time content=2016-03-04>", story), "2016-03-04 metadata"),
        ("a.html", html("<link rel=canonical href=https://x.example/2016/03/04/slip>", story), "2016-03-04 url"),
        ("a.html", html("", &format!("<div>Published March 4, 2016</div><p>{story}</p>")), "2016-03-04 text"),
        ("a.html", html("", &format!("<p>LONDON, March 4, 2016 (Agency) - {story}</p>")), "2016-03-04 dateline"),
        ("a.html", html("", &format!("<p>{story}</p>")), "none"),
    ] {
        assert_eq!(day(name, &bytes, &none), expected, "{name}: {bytes}");
    }
}

#[test]
fn the_first_that_tells_is_believed_and_a_finer_grain_inside_it() {
    // Metadata, address, dateline, path, option ==> day and source.
    let cases = [
        ("2016-03-04", "2016/03/05", "March 6, 2016", "2016-03-07", "2016-03-08", "2016-03-04 metadata"),
        ("", "2016/03/05", "March 6, 2016", "2016-03-07", "2016-03-08", "2016-03-07 path"),
        ("", "2016/03/05", "March 6, 2016", "", "2016-03-08", "2016-03-06 dateline"),
        ("", "2016/03/05", "", "", "2016-03-08", "2016-03-05 url"),
        ("", "", "", "", "2016-03-08", "2016-03-08 option"),
        ("2016", "2016/03/05", "", "", "", "2016-03-05 url"),
        ("2016-03", "2016/04/05", "", "", "", "2016-03 metadata"),
        ("2016-03", "", "March 6", "", "", "2016-03-06 dateline"),
        ("2016-03", "", "April 6", "", "", "2016-03 metadata"),
        ("2016", "", "", "2016-03", "2016-03-08", "2016-03-08 option"),
        (
            "05/03/2016",
            "2016/03/05",
            "",
            "",
            "",
            "2016-03-05 url ! the day `05/03/2016` can be read in two ways; only its year is kept",
        ),
        // A dateline without a year belongs to the week before what is known.
        ("", "2016/01/02", "Dec. 31", "", "", "2015-12-31 dateline"),
        ("", "2016/01/02", "Jan. 2", "", "", "2016-01-02 dateline"),
        ("", "2016/01/02", "Sept. 18", "", "", "2016-01-02 url"),
        ("", "", "Dec. 31", "", "2016-01", "2015-12-31 dateline"),
        ("", "", "Sept. 18", "", "2015-09", "2015-09-18 dateline"),
        ("", "", "Dec. 18", "", "2015-09", "2015-09 option"),
        ("", "", "Sept. 18", "", "2015-09-20", "2015-09-20 option"),
        ("", "", "Sept. 18, 2014", "", "2015-09-20", "2014-09-18 dateline"),
        ("", "", "Sept. 18", "2015-09-20", "", "2015-09-20 path"),
        ("", "", "Sept. 18", "2015-09", "", "2015-09-18 dateline"),
        ("", "", "Sept. 18", "2014", "2015-09-18", "2014-09-18 dateline"),
    ];
    for (metadata, address, dateline, path, option, expected) in cases {
        let options =
            ReadOptions { published: partial(option), published_by_path: partial(path), ..ReadOptions::default() };
        let url = if address.is_empty() { String::new() } else { format!("https://x.example/{address}/slip") };
        let line = if dateline.is_empty() { String::new() } else { format!("LONDON, {dateline} (Agency) - ") };
        let record = serde_json::json!({ "text": format!("{line}The slip is closed."), "date": metadata, "url": url });
        let got = day("a.json", &record.to_string(), &options);
        assert_eq!(got, expected, "{record} path {path:?} option {option:?}");
    }
}

#[test]
fn years_that_no_newspaper_has_seen() {
    let none = ReadOptions::default();
    for (date, expected) in [
        ("1600-01-01", "1600-01-01 metadata"),
        ("2262-12-31", "2262-12-31 metadata"),
        ("1599-12-31", "none ! the date `1599-12-31` is not kept: years go from 1600 to 2262"),
        ("2263", "none ! the date `2263` is not kept: years go from 1600 to 2262"),
        ("0001-01-01T00:00:00Z", "none ! the date `0001-01-01T00:00:00Z` is not kept: years go from 1600 to 2262"),
        ("May 5, 1492", "none ! the date `May 5, 1492` is not kept: years go from 1600 to 2262"),
        ("soon", "none ! the date `soon` is not understood"),
    ] {
        let got = day("a.json", &serde_json::json!({ "text": "Closed.", "date": date }).to_string(), &none);
        assert_eq!(got, expected);
    }
    let far = ReadOptions { published_by_path: partial("1492-05-05"), ..ReadOptions::default() };
    assert_eq!(
        day("a.txt", "The slip is closed.", &far),
        "none ! the date `1492-05-05` is not kept: years go from 1600 to 2262"
    );
}

#[test]
fn a_zone_moves_instants_and_nothing_else() {
    for (date, zone, expected) in [
        ("2016-03-04T01:30:00Z", "", "2016-03-04"),
        ("2016-03-04T01:30:00Z", "America/New_York", "2016-03-03"),
        ("2016-03-04T01:30:00Z", "-02:00", "2016-03-03"),
        ("2016-03-04T01:30:00Z", "Asia/Tokyo", "2016-03-04"),
        ("2016-03-04T23:30:00-05:00", "", "2016-03-04"),
        ("2016-03-04T23:30:00-05:00", "UTC", "2016-03-05"),
        ("Fri, 04 Mar 2016 01:30:00 GMT", "America/New_York", "2016-03-03"),
        ("1457055000", "", "2016-03-04"),
        ("1457055000", "America/New_York", "2016-03-03"),
        ("1457055000123", "America/New_York", "2016-03-03"),
        ("1457055000.5", "America/New_York", "2016-03-03"),
        ("20160304013000", "America/New_York", "2016-03-04"),
        ("2016-03-04", "America/New_York", "2016-03-04"),
        ("2016-03-04T01:30:00", "America/New_York", "2016-03-04"),
        ("2016-03-04T00:00:00Z", "America/New_York", "2016-03-04"),
        ("2016-03", "America/New_York", "2016-03"),
    ] {
        let options = ReadOptions { zone: Zone::parse(zone), ..ReadOptions::default() };
        let record = serde_json::json!({ "text": "Closed.", "date": date }).to_string();
        assert_eq!(day("a.json", &record, &options), format!("{expected} metadata"), "{date} in {zone:?}");
    }
    // As the front matter of a post, and as the meta element of a page.
    let options = ReadOptions { zone: Zone::parse("America/New_York"), ..ReadOptions::default() };
    let post = "---\ntitle: Slip\ndate: 2016-03-04T01:30:00Z\n---\nThe slip is closed.\n";
    assert_eq!(day("a.md", post, &options), "2016-03-03 metadata");
    let page = "<html><head><title>Slip</title><meta property=article:published_time content=2016-03-04T01:30:00Z></head>\
        <body><p>The slip is closed.</p></body></html>";
    assert_eq!(day("a.html", page, &options), "2016-03-03 metadata");
}
