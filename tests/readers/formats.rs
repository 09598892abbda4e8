//! Which format a file is in, what forces one, and that the page of help knows them all.

use onrecord::article::{FORMATS, Format, ReadOptions};

use super::{check, check_with};

#[test]
fn the_help_lists_every_format() {
    for format in Format::all() {
        let name = format.name();
        assert!(FORMATS.contains(&format!("\n| `{name}` | ")), "no line on `{name}`");
        assert_eq!(Format::named(name), Some(format));
    }
    let table = FORMATS.lines().skip_while(|line| !line.starts_with("| name |")).take_while(|line| !line.is_empty());
    let listed = table.filter_map(|line| line.strip_prefix("| `")?.split_once("` | ")).map(|(name, _)| name);
    let known: Vec<&str> = listed.collect();
    assert_eq!(known, Format::all().map(Format::name).collect::<Vec<_>>(), "in the order of the formats, each once");
    for (name, format) in [("rss", Format::Feed), ("TSV", Format::Table), ("ndjson", Format::JsonLines)] {
        assert_eq!(Format::named(name), Some(format));
    }
    assert_eq!(Format::named("papyrus"), None);
}

/// One article with the headline `A`, in each format that markup or members tell.
const SAMPLES: [(Format, &str); 12] = [
    (Format::Nitf, "<nitf><head><title>A</title></head><body><body.content><p>One.</p></body.content></body></nitf>"),
    (
        Format::NewsMlG2,
        "<g:newsItem xmlns:g='http://iptc.org/std/nar/2006-10-01/'><g:contentMeta><g:headline>A</g:headline></g:contentMeta>\
         <g:contentSet><g:inlineData>One.</g:inlineData></g:contentSet></g:newsItem>",
    ),
    (
        Format::NewsMl,
        "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>A</HeadLine></NewsLines><ContentItem><DataContent>One.\
         </DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
    ),
    (Format::Feed, "<rss><channel><item><title>A</title><description>One.</description></item></channel></rss>"),
    (
        Format::Feed,
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><content>One.</content></entry></feed>",
    ),
    (
        Format::Feed,
        "<rdf:RDF xmlns:rdf='x'><channel/><item><title>A</title><description>One.</description></item></rdf:RDF>",
    ),
    (Format::Ninjs, r#"{"uri":"urn:x:1","versioncreated":"2019","headline":"A","body_text":"One."}"#),
    (
        Format::JsonFeed,
        r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"A","content_text":"One."}]}"#,
    ),
    (Format::Mail, "Subject: A\nFrom: b@x.example\nMIME-Version: 1.0\n\nOne.\n"),
    (Format::Mailbox, "From b@x.example Tue Mar  5 10:00:00 2019\nSubject: A\n\nOne.\n"),
    (
        Format::Html,
        "<h:html xmlns:h='x'><h:head><h:title>A</h:title></h:head><h:body><h:p>One.</h:p></h:body></h:html>",
    ),
    (Format::JsonLines, "{\"title\":\"A\",\"text\":\"One.\"}\n{\"title\":\"A\",\"text\":\"One.\"}\n"),
];

#[test]
fn content_tells_whatever_the_name() {
    for (format, sample) in SAMPLES {
        let forced = ReadOptions { format: Some(format), ..ReadOptions::default() };
        let expected = super::report("-", sample, &forced);
        assert!(expected.starts_with("#0 A") && expected.contains(": \"One.\""), "{format:?}: {expected}");
        for name in ["a", "a.txt", "a.xml", "a.dat"] {
            if name == "a.xml" && !sample.starts_with('<') {
                continue;
            }
            check(name, sample, &expected);
            if sample.starts_with('<') {
                check(name, format!("\u{feff}\n<?xml version=\"1.0\"?>\n<!-- a comment -->\n{sample}"), &expected);
            }
        }
    }
}

#[test]
fn a_format_that_is_forced() {
    let forced = |format| ReadOptions { format: Some(format), ..ReadOptions::default() };
    // What it is not in says so, and nothing else.
    for (format, said) in [
        (Format::Nitf, "no NITF in it: there is no element <nitf>"),
        (Format::NewsMlG2, "no news item in it"),
        (Format::NewsMl, "no news item in it"),
        (Format::Feed, "no item in this feed"),
        (Format::Reuters, "no article in it: there is no element <REUTERS>"),
        (Format::Alto, "no page in this ALTO file"),
        (Format::Mets, "METS: it lists pages, whose text lies in other files"),
        (Format::Hocr, "no scanned page in it: nothing is marked as `ocr_page`"),
        (Format::JsonFeed, "record 1: not JSON: expected value at column 1"),
        (Format::Ninjs, "record 1: not JSON: expected value at column 1"),
    ] {
        check_with(&forced(format), "a.txt", "<p>Closed</p>", &format!("skipped: {said}"));
    }
    check_with(&forced(Format::Text), "a.xml", "<nitf>", "#0 : \"<nitf>\"");
    // Inside an envelope of its own, where nothing tells.
    check_with(
        &forced(Format::Nitf),
        "a.xml",
        "<post><nitf><head><title>A</title></head></nitf><nitf><head><title>B</title></head></nitf></post>",
        "#0 A: \"\"\n  ! record 1: only a headline: there is no text to it\n#1 B: \"\"\n  ! record 2: only a headline: there is no text to it",
    );
}
