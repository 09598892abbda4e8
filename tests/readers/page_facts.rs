//! The headline, the writers, the day and the outlet of a page, out of the many that pages name.

use onrecord::article::Article;

use super::article;

const STORY: &str = "<p>The harbour board of Port Ellery voted on Tuesday to close the old ferry slip, ending a dispute that has split the town.</p>\
    <p>“We had no choice,” said Ada Lund, who chairs the board. “The piles are rotten, and nobody will pay for new ones.”</p>\
    <p>The slip was built when the mill was new, and it has stood empty since the northern line gave up its last boat.</p>";

/// A page with this language, head, top of the article, and end.
fn page(lang: &str, head: &str, top: &str, end: &str) -> Article {
    let html = format!(
        "<!doctype html><html lang={lang}><head>{head}</head><body><nav><a href=/>Home</a> <a href=/news>News</a></nav>\
         <main><article>{top}{STORY}</article></main>{end}<footer>All rights reserved</footer></body></html>"
    );
    article("a.html", html)
}

fn linked(members: &str) -> String {
    format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Slip Closed",{members}}}</script>"#
    )
}

const H1: &str = "<h1>Slip Closed</h1>";

#[test]
fn days() {
    let published = linked(r#""datePublished":"2019-03-05T23:30:00Z""#);
    let changed = linked(r#""datePublished":"2019-03-05T12:00:00Z","dateModified":"2019-06-01T12:00:00Z""#);
    let social = r#"<meta property="article:published_time" content="2019-03-05T12:00:00Z">"#;
    for (lang, head, top, end, expected) in [
        // What programs are told, with what readers see or without.
        ("en", published.as_str(), "", "", "2019-03-05 metadata"),
        ("en", published.as_str(), "<p>March 5, 2019</p>", "", "2019-03-05 metadata"),
        ("en", social, "<p>Updated June 1, 2019</p>", "", "2019-03-05 metadata"),
        ("en", social, "<p>March 5, 2019. Updated June 1, 2019</p>", "", "2019-03-05 metadata"),
        (
            "en",
            changed.as_str(),
            "<p>Published March 5, 2019</p><p>Updated June 1, 2019</p>",
            "",
            "2019-03-05 metadata",
        ),
        // Told to search engines only, while readers see when the text was written that they read.
        ("en", changed.as_str(), "<p>Updated June 1, 2019</p>", "", "2019-06-01 text"),
        // But a story corrected on the next days is of the day it came out.
        ("en", published.as_str(), "<p>Updated March 8, 2019</p>", "", "2019-03-05 metadata"),
        // Programs count in UTC.
        ("en", published.as_str(), "<p>March 6, 2019, 1:30 a.m.</p>", "", "2019-03-06 text"),
        (
            "en",
            &format!("{social}<link rel=canonical href=https://x.example/2019/03/06/slip>"),
            "",
            "",
            "2019-03-06 url",
        ),
        // A page that was moved says when it was put up, and shows when it came out.
        ("en", social, "<p>Posted on May 2, 2011</p>", "", "2011-05-02 text"),
        // Nothing is told.
        ("en", "", "<p>Published: 5 March 2019</p><p>Updated: 6 March 2019</p>", "", "2019-03-05 text"),
        ("en", "", "<p>Last Updated: 2019-03-05</p>", "", "2019-03-05 text"),
        ("en", "", "<p>By Tom Reed | Tue 5 Mar 2019 10.02 GMT</p>", "", "2019-03-05 text"),
        ("en", "", "<p><span>Tom Reed</span><span>March 5, 2019</span></p>", "", "2019-03-05 text"),
        ("en", "", "<time datetime=2019-03-05T10:00>Two days ago</time>", "", "2019-03-05 metadata"),
        (
            "en",
            "",
            "<time class=updated datetime=2019-03-06>x</time> <time class='entry-date published' datetime=2019-03-05>y</time>",
            "",
            "2019-03-05 metadata",
        ),
        ("en", "", "", "<p>This page was last updated on March 5, 2019.</p>", "2019-03-05 text"),
        ("de", "", "<p>Veröffentlicht am 5. März 2019</p><p>Aktualisiert am 7. März 2019</p>", "", "2019-03-05 text"),
        ("fr", "", "<p>Publié le 5 mars 2019 à 10h15, mis à jour le 7 mars 2019</p>", "", "2019-03-05 text"),
        ("es", "", "<p>5 de marzo de 2019</p>", "", "2019-03-05 text"),
        // Numbers are read as they are written where the page is at home.
        ("en-US", "", "<p>3/5/2019</p>", "", "2019-03-05 text"),
        ("en-GB", "", "<p>5/3/2019</p>", "", "2019-03-05 text"),
        ("en", "", "<p>5/3/2019</p>", "", "none"),
        // Days in the text are not the day of the text.
        (
            "en",
            "",
            "",
            "<p>The mill, which burnt down on March 5, 2019, was never insured, said its owner, and nobody has seen the books since.</p>",
            "none",
        ),
    ] {
        let article = page(lang, head, &format!("{H1}{top}"), end);
        let date = article.published.map_or_else(|| "none".to_owned(), |date| date.to_string());
        let source = article.date_source.map(|source| format!(" {}", source.name())).unwrap_or_default();
        assert_eq!(format!("{date}{source}"), expected, "{lang} {head} {top} {end}");
    }
}

#[test]
fn days_that_cannot_be() {
    let told = linked(r#""datePublished":"0001-01-01T00:00:00Z""#);
    for head in [told.as_str(), r#"<meta property="article:published_time" content="0001-01-01T00:00:00Z">"#] {
        let html = format!("<html><head>{head}</head><body>{H1}{STORY}</body></html>");
        let all = super::report("a.html", html, &onrecord::article::ReadOptions::default());
        assert!(all.contains("! the date `0001-01-01T00:00:00Z` is not kept: years go from 1600 to 2262"), "{all}");
        assert!(!all.contains("| on "), "{all}");
    }
}

#[test]
fn writers() {
    let people = |authors: &str| linked(&format!(r#""author":{authors},"publisher":{{"name":"The Courier"}}"#));
    let house = people(r#"{"@type":"Organization","name":"The Courier"}"#);
    for (head, top, expected) in [
        (
            people(r#"[{"@type":"Person","name":"Ada Bell"},{"name":"Tom Reed"},"Jo Lund"]"#).as_str(),
            "",
            "Ada Bell, Tom Reed and Jo Lund",
        ),
        (people(r#"{"name":"By Ada Bell, Staff Writer"}"#).as_str(), "", "Ada Bell"),
        (people(r#""https://x.example/people/ada""#).as_str(), "<p>By Ada Bell</p>", "Ada Bell"),
        (r#"<meta name="author" content="Ada Bell and Tom Reed">"#, "", "Ada Bell and Tom Reed"),
        (
            r#"<meta name="author" content="Ada Bell"><meta name="author" content="Tom Reed">"#,
            "",
            "Ada Bell and Tom Reed",
        ),
        (r#"<meta name="author" content="Ada Bell, MD, Ph.D.">"#, "", "Ada Bell, MD, Ph.D."),
        (
            r#"<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Bell">"#,
            "",
            "Ada Bell",
        ),
        // The house and accounts count for less than the name that readers see.
        (house.as_str(), "<p>By Ada Bell</p>", "Ada Bell"),
        (house.as_str(), "", "The Courier"),
        (r#"<meta name="author" content="admin">"#, "<p class=byline>By Ada Bell, Harbour Editor</p>", "Ada Bell"),
        (r#"<meta name="author" content="@adabell">"#, "<p>By ADA BELL and TOM REED</p>", "ADA BELL and TOM REED"),
        // Only what readers see.
        ("", "<p>By Ada Bell | March 5, 2019</p>", "Ada Bell"),
        ("", "<p>March 5, 2019 by Ada Bell</p>", "Ada Bell"),
        ("", "<p>Written by</p><p>Ada Bell</p>", "Ada Bell"),
        ("", "<p>Authors: Ada Bell and Tom Reed</p>", "Ada Bell and Tom Reed"),
        ("", "<p><a href=/authors/ada>Ada Bell</a> <a href=/authors/tom>Tom Reed</a></p>", "Ada Bell and Tom Reed"),
        ("", "<div class=article-author><span>Ada Bell</span></div>", "Ada Bell"),
        ("", "<p>Von Ada Bell</p>", "Ada Bell"),
        ("", "<p>Share this article</p><p>Photo: Getty Images</p>", "none"),
        ("", "<p>Von der Mühle bis zum Hafen</p>", "none"),
    ] {
        let article = page("en", head, &format!("{H1}{top}"), "");
        assert_eq!(article.byline().unwrap_or("none"), expected, "{head} {top}");
    }
    let comments = "<section class=comments><h2>Comments</h2><div class=comment><span class=author>Gull Lover</span><p>Good.</p></div></section>";
    assert_eq!(page("en", "", H1, comments).byline(), None);
}

#[test]
fn headlines_and_outlets() {
    let social = |title: &str| format!(r#"<meta property="og:title" content="{title}">"#);
    for (head, top, expected) in [
        ("<title>Slip Closed | The Courier</title>", "", "Slip Closed, none"),
        ("<title>Slip Closed | The Courier</title>", H1, "Slip Closed, The Courier"),
        (
            "<title>Slip Closed After Vote - BBC News</title><meta property=og:site_name content='BBC News'>",
            "",
            "Slip Closed After Vote, BBC News",
        ),
        // A sign as that before the site's name stands in the headline too.
        (
            "<title>Ten Ferries | The Best Boats of the Sound — Harbour Blog News</title><meta property=og:site_name content='Harbour Blog News'>",
            "",
            "Ten Ferries | The Best Boats of the Sound, Harbour Blog News",
        ),
        // A headline that was cut for programs, and a number that is drawn beside the heading.
        (
            &format!(
                "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"The Board Closes the Old Ferry Slip at Port Ellery for Good (Including\"}}</script>{}",
                social("The Board Closes the Old Ferry Slip at Port Ellery for Good (Including Its Pier)")
            ),
            "",
            "The Board Closes the Old Ferry Slip at Port Ellery for Good (Including Its Pier), none",
        ),
        (
            &format!("<title>7 Ways to Close a Slip</title>{}", social("7 Ways to Close a Slip")),
            "<h1>Ways to Close a Slip</h1>",
            "7 Ways to Close a Slip, none",
        ),
        // Readers see the heading; the others are for search engines.
        (
            &format!("<title>Port Ellery slip</title>{}", social("Why Port Ellery closes its slip")),
            "<h1>Board Closes Ferry Slip</h1>",
            "Board Closes Ferry Slip, none",
        ),
        // The name of the site, or a label, in the first heading.
        (
            &format!(
                "<title>Board Closes the Old Ferry Slip - Harbour Blog</title>{}",
                social("Board Closes the Old Ferry Slip")
            ),
            "<h1>Harbour Blog</h1>",
            "Board Closes the Old Ferry Slip, none",
        ),
        (
            "<title>Harbour Blog: Board Closes Old Ferry Slip</title>",
            "<h1>Gulls &amp; Boats</h1><h2>Board Closes Old Ferry Slip</h2>",
            "Board Closes Old Ferry Slip, none",
        ),
        (
            &social("Board Closes the Old Ferry Slip"),
            "<h1>The Courier</h1><h1>Board Closes the Old Ferry Slip</h1><h1>Most read</h1>",
            "Board Closes the Old Ferry Slip, none",
        ),
    ] {
        let article = page("en", head, top, "");
        let got = format!("{}, {}", article.headline().unwrap_or("none"), article.outlet.as_deref().unwrap_or("none"));
        assert_eq!(got, expected, "{head} {top}");
    }
}

#[test]
fn outlets_that_are_referred_to() {
    for (publisher, more, expected) in [
        (r#"{"@id":"https://x.example/#org"}"#, "", "none"),
        (r#""https://x.example/""#, "", "none"),
        (r#"{"@type":"Organization","url":"https://x.example/"}"#, "", "none"),
        (r##"{"@id":"#org"}"##, r##"{"@id":"#org","@type":"Organization","name":"The Courier"}"##, "The Courier"),
        (
            r##"{"@id":"#org","url":"https://x.example/"}"##,
            r##"{"@id":"#org","name":"The Courier"},{"@id":"#org","@type":"NewsMediaOrganization"}"##,
            "The Courier",
        ),
        (r#"{"name":"\"The Courier\""}"#, "", "The Courier"),
        (r#"{"name":"„The Courier“"}"#, "", "The Courier"),
    ] {
        let told = linked(&format!(r#""publisher":{publisher}"#));
        let others = format!(r#"<script type="application/ld+json">[{more}]</script>"#);
        let article = page("en", &format!("{told}{others}"), H1, "");
        assert_eq!(article.outlet.as_deref().unwrap_or("none"), expected, "{publisher} {more}");
    }
}
