//! Web pages: what they say of themselves, and their text.

use onrecord::article::ReadOptions;

use super::{article, check, check_with};

const BODY: &str = "<article><p>The harbour board of Port Ellery voted on Tuesday to close the old ferry slip, ending a dispute that has split the town.</p>\
    <p>“We had no choice,” said Ada Bell, who chairs the board.</p><p>The slip was built when the mill was new, and it has stood empty for three years now.</p></article>";
const TEXT: &str = "The harbour board of Port Ellery voted on Tuesday to close the old ferry slip, ending a dispute that has split the town.\\n\\n\
    “We had no choice,” said Ada Bell, who chairs the board.\\n\\nThe slip was built when the mill was new, and it has stood empty for three years now.";

#[track_caller]
fn page(head: &str, top: &str, expected: &str) {
    let html = format!(
        "<!doctype html><html lang=en-GB><head>{head}</head><body><nav><a href=/>Home</a></nav>{top}{BODY}<footer>All rights</footer></body></html>"
    );
    check("a.html", html, &format!("#0 {expected}: \"{TEXT}\""));
}

#[test]
fn linked_data() {
    page(
        r#"<title>Slip Closed | Courier</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Slip Closed","datePublished":"2019-03-05T23:30:00-05:00","author":{"@type":"Person","name":"Tom Reed"},"publisher":{"name":"The Courier"},"articleSection":"Local","url":"https://x.example/1"}</script>"#,
        "<h1>Slip Closed</h1>",
        "Slip Closed | by Tom Reed | in The Courier | section Local | on 2019-03-05 | lang en | https://x.example/1",
    );
    // In a graph, by reference, and with several authors.
    page(
        r##"<script type="application/ld+json">{"@graph":[{"@type":"WebSite","@id":"#s","name":"The Courier"},{"@type":"Person","@id":"#a","name":"Tom Reed"},{"@type":["Article","Thing"],"headline":"Slip Closed","author":[{"@id":"#a"},"Jo Lund"],"publisher":{"@id":"#s"},"datePublished":"2019-03-05"}]}</script>"##,
        "",
        "Slip Closed | by Tom Reed and Jo Lund | in The Courier | on 2019-03-05 | lang en",
    );
    // An array; the breadcrumb before it is no article; a broken block is let be.
    page(
        r#"<script type="application/ld+json">{broken</script><script type="application/ld+json">[{"@type":"BreadcrumbList","name":"x"},{"@type":"BlogPosting","headline":"Slip Closed","datePublished":"2019-03-05"}]</script>"#,
        "",
        "Slip Closed | on 2019-03-05 | lang en",
    );
}

#[test]
fn linked_data_of_several_articles() {
    let other = r#"{"@type":"NewsArticle","headline":"Mill Is Sold","url":"/rel","datePublished":"2018-01-02","author":{"name":"Jo Lund"}}"#;
    let main = r#"{"@type":"NewsArticle","headline":"Slip Closed","url":"https://x.example/1","datePublished":"2019-03-05","author":{"name":"Tom Reed"}}"#;
    let script = |json: &str| format!(r#"<script type="application/ld+json">{json}</script>"#);
    let known = "Slip Closed | by Tom Reed | on 2019-03-05 | lang en | https://x.example/1";
    for json in [
        script(other) + &script(main),
        script(main) + &script(other),
        script(&format!("[{other},{main}]")),
        script(&format!(r#"{{"@graph":[{other},{main}]}}"#)),
    ] {
        // The page's own title tells it, or its address.
        page(&format!("<title>Slip Closed | Courier</title>{json}"), "", known);
        page(&json, "<h1>Slip Closed</h1>", known);
        page(&format!("<link rel=canonical href=https://www.x.example/1/>{json}"), "", known);
        page(&format!("<meta property=og:url content=https://x.example/1>{json}"), "", known);
    }
}

#[test]
fn meta_elements() {
    page(
        r#"<meta property="og:title" content="Slip &amp; Ferry Closed"><meta property="article:published_time" content="2019-03-05T00:30:00+09:00"><meta name="author" content="By Tom Reed"><meta property="og:site_name" content="The Courier"><meta property="article:section" content="Local"><link rel="canonical" href="https://x.example/1">"#,
        "",
        "Slip & Ferry Closed | by Tom Reed | in The Courier | section Local | on 2019-03-05 | lang en | https://x.example/1",
    );
    page(
        r#"<meta name="dc.date" content="2019-03"><title>Slip Closed Today - The Courier</title><meta property="og:site_name" content="The Courier">"#,
        "",
        "Slip Closed Today | in The Courier | on 2019-03 | lang en",
    );
}

#[test]
fn the_page_itself() {
    page(
        "",
        r#"<h1>Slip Closed</h1><p class="byline">By <a>Tom Reed</a></p><time datetime="2019-03-05T10:00">5 March</time>"#,
        "Slip Closed | by Tom Reed | on 2019-03-05 | lang en",
    );
}

#[test]
fn paragraphs_stay_apart() {
    let text = article("a.html", "<div><h2>One</h2><p>Two <b>th</b>ree,<br>four</p><ul><li>five<li>six</ul><div>seven</div>eight&nbsp;nine<script>no()</script></div>").text;
    assert_eq!(text, "One\n\nTwo three,\nfour\n\nfive\n\nsix\n\nseven\n\neight nine");
}

#[test]
fn a_page_without_an_article() {
    check(
        "a.html",
        "<html><head></head><body></body></html>",
        "skipped: no article in this page: neither a text nor a title",
    );
    check("a.html", "<html><head><title>Slip Closed</title></head><body></body></html>", "#0 Slip Closed: \"\"");
}

#[test]
fn nested_a_hundred_thousand_deep() {
    for (tag, depth) in [("div", 100_000), ("b", 5_000), ("blockquote", 5_000), ("ul><li", 2_000), ("svg", 5_000)] {
        let html = format!("<html><body>{}<p>The slip is closed.</p>", format!("<{tag}>").repeat(depth));
        assert!(article("a.html", html).text.contains("The slip is closed."), "{tag}");
    }
    let attributes: String = (0..5_000).map(|n| format!(" a{n}=1")).collect();
    assert_eq!(
        article("a.html", format!("<html><body><p{attributes}>The slip is closed.</p>")).text,
        "The slip is closed."
    );
    let wide = format!("<html><body>{}</body></html>", "<p>The slip is closed, said Ada Bell.</p>".repeat(2_000));
    assert!(article("a.html", wide).text.len() > 50_000);
}

#[test]
fn microdata() {
    let html = format!(
        "<html lang=en><head><base href=https://x.example/news/></head><body><div itemscope itemtype=https://schema.org/NewsArticle>\
         <link itemprop=url href=1><meta itemprop=articleSection content=Local><meta itemprop=inLanguage content=en-GB>\
         <h1 itemprop=headline>Slip Closed</h1><div itemprop=author itemscope itemtype=https://schema.org/Person><a itemprop=url href=/ada>Ada Bell</a></div>\
         {BODY}<div itemprop=publisher itemscope itemtype=https://schema.org/Organization><a itemprop=url href=/><span itemprop=name>The Courier</span></a></div>\
         </div></body></html>"
    );
    let read = article("a.html", html);
    let got = [&read.outlet, &read.section, &read.lang, &read.url].map(|value| value.as_deref().unwrap_or("none"));
    assert_eq!(got, ["The Courier", "Local", "en", "https://x.example/news/1"]);
}

#[test]
fn addresses_that_are_relative() {
    let known = |url: &str| format!("#0 Slip Closed | lang en | {url}: \"{TEXT}\"");
    let html = |head: &str| format!("<html lang=en><head>{head}</head><body><h1>Slip Closed</h1>{BODY}</body></html>");
    check(
        "a.html",
        html("<base href=https://x.example/a/><link rel=canonical href=1>"),
        &known("https://x.example/a/1"),
    );
    let options = ReadOptions { url: Some("https://x.example/b?c".to_owned()), ..ReadOptions::default() };
    check_with(&options, "a.html", html("<link rel=canonical href=/1>"), &known("https://x.example/1"));
    check("a.html", html("<link rel=canonical href=/1>"), &format!("#0 Slip Closed | lang en: \"{TEXT}\""));
}
