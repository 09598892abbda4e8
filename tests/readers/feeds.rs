//! Feeds: RSS of every version, RDF, Atom, JSON Feed.

use onrecord::article::ReadOptions;

use super::{article, check, check_with};

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\">\
         <channel><title>The Courier</title><link>https://courier.example/</link><description>News of Port Ellery</description>\
         <language>en-gb</language><image><title>Logo</title><url>x.png</url></image>{items}</channel></rss>"
    )
}

#[test]
fn items_of_rss() {
    let first = "<item><title>Slip &amp;amp; pier closed</title><link>https://courier.example/1</link><guid isPermaLink=\"false\">17</guid>\
        <pubDate>Tue, 05 Mar 2019 23:30:00 -0500</pubDate><dc:creator>Tom Reed</dc:creator><category>Local</category><category>Sea</category>\
        <media:title>Photo</media:title><media:content url=\"a.jpg\"><media:description>A pier</media:description></media:content>\
        <description>In short.</description><content:encoded><![CDATA[<p>The slip is <b>closed</b>.</p>\n<p>“No choice,” said Ada Bell.</p>]]></content:encoded>\
        <itunes:summary>x</itunes:summary></item>";
    let second = "<item><title><![CDATA[Ferry <em>stops</em>]]></title><description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two &amp;amp; three.&lt;/p&gt;</description>\
        <author>desk@courier.example (Jo Lund)</author><guid>https://courier.example/2</guid></item>";
    check(
        "feed.xml",
        rss(&format!("{first}{second}")),
        "#0 Slip & pier closed | by Tom Reed | in The Courier | section Local | on 2019-03-05 | lang en | https://courier.example/1: \
         \"The slip is closed.\\n\\n“No choice,” said Ada Bell.\"\n\
         #1 Ferry stops | by Jo Lund | in The Courier | lang en | https://courier.example/2: \"One.\\n\\nTwo & three.\"",
    );
}

#[test]
fn what_an_item_may_lack() {
    let one = |inner: &str| rss(&format!("<item>{inner}</item>"));
    check(
        "a.rss",
        one("<title>Slip closed</title><link>/1</link>"),
        "#0 Slip closed | in The Courier | lang en | https://courier.example/1: \"\"\n  ! record 1: only a headline: there is no text to it",
    );
    check("a.rss", one("<description>One.</description>"), "#0 in The Courier | lang en: \"One.\"");
    check(
        "a.rss",
        one("<link>https://courier.example/1</link>"),
        "skipped: record 1: neither a text nor a title in this record",
    );
    check("a.rss", rss(""), "skipped: no item in this feed");
    check("a.rss", "<rss><channel>", "skipped: no item in this feed");
}

#[test]
fn words_that_may_be_html() {
    let text = |description: &str| {
        article("a.rss", rss(&format!("<item><description>{description}</description></item>"))).text
    };
    // Signs of stocks are no tags, nor is a comparison.
    assert_eq!(text("Slip Ltd &lt;SLIP.N&gt; rose, and 2 &lt; 3."), "Slip Ltd <SLIP.N> rose, and 2 < 3.");
    assert_eq!(text("&amp;ldquo;Yes&amp;rdquo; &amp;amp; no"), "“Yes” & no");
    assert_eq!(text("One.&lt;br&gt;&lt;br&gt;Two."), "One.\n\nTwo.");
    assert_eq!(text("&lt;b&gt;One&lt;/b&gt;.\n\nTwo."), "One.\n\nTwo.");
    assert_eq!(text("\n      One.\n      Still one.\n\n      Two.\n    "), "One.\nStill one.\n\nTwo.");
}

#[test]
fn older_ones() {
    check(
        "a.xml",
        "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"https://courier.example/rdf\"><title>Courier</title><dc:language>de</dc:language>\
         <items><rdf:Seq><rdf:li resource=\"https://courier.example/1\"/></rdf:Seq></items></channel>\
         <item rdf:about=\"https://courier.example/1\"><title>Slip</title><dc:date>2019-03-05T10:00:00+01:00</dc:date><dc:creator>Tom Reed</dc:creator>\
         <dc:subject>Local</dc:subject><description>One.</description></item><textinput><title>Search</title></textinput></rdf:RDF>",
        "#0 Slip | by Tom Reed | in Courier | section Local | on 2019-03-05 | lang de | https://courier.example/1: \"One.\"",
    );
    // Netscape's, with a document type and names that only HTML has.
    check(
        "a.xml",
        "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://x.example/rss-0.91.dtd\">\n<rss version=\"0.91\"><channel>\
         <title>Caf&eacute; news</title><item><title>Slip&nbsp;closed</title><description>&ldquo;Yes.&rdquo;</description></item></channel></rss>",
        "#0 Slip closed | in Café news: \"“Yes.”\"",
    );
}

#[test]
fn entries_of_atom() {
    let feed = |entries: &str| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-US\"><title type=\"text\">The Courier</title>\
             <link rel=\"self\" href=\"https://courier.example/feed\"/><link href=\"https://courier.example/\"/><author><name>Desk</name></author>{entries}</feed>"
        )
    };
    let entry = |inner: &str| feed(&format!("<entry><title>A</title>{inner}</entry>"));
    check(
        "a.xml",
        entry(
            "<id>urn:1</id><link rel=\"replies\" href=\"https://courier.example/r\"/><link rel=\"alternate\" href=\"/1\"/>\
             <updated>2019-03-07T00:00:00Z</updated><published>2019-03-05T23:30:00-05:00</published><author><name>Tom Reed</name></author>\
             <author><name>Jo Lund</name></author><category term=\"local\" label=\"Local\"/><summary>In short.</summary>\
             <content type=\"xhtml\" xml:lang=\"de\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One.</p><p>Two.</p></div></content>",
        ),
        "#0 A | by Tom Reed, Jo Lund | in The Courier | section Local | on 2019-03-05 | lang de | https://courier.example/1: \"One.\\n\\nTwo.\"",
    );
    let text = |inner: &str| article("a.xml", entry(inner)).text;
    assert_eq!(text("<content type=\"html\">&lt;p>One.&lt;/p>&lt;p>Two.&lt;/p></content>"), "One.\n\nTwo.");
    assert_eq!(text("<content type=\"text\">One &lt;p> two.</content>"), "One <p> two.");
    assert_eq!(text("<content type=\"image/png\">aGVsbG8=</content><summary>One.</summary>"), "One.");
    assert_eq!(
        text("<content src=\"https://courier.example/1.txt\" type=\"text/plain\"/><summary>One.</summary>"),
        "One."
    );
    // Of another feed, with its name; and the author of all.
    check(
        "a.xml",
        entry("<source><title>The Gazette</title><id>x</id></source><summary>One.</summary>"),
        "#0 A | by Desk | in The Gazette | lang en: \"One.\"",
    );
    // With a prefix, and an entry alone.
    check(
        "a.xml",
        "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\" xmlns:m=\"x\"><a:title>C</a:title><a:entry><m:title>No</m:title><a:title>A</a:title><a:content>One.</a:content></a:entry></a:feed>",
        "#0 A | in C: \"One.\"",
    );
    check(
        "a.xml",
        "<entry xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title><content>One.</content></entry>",
        "#0 A: \"One.\"",
    );
}

#[test]
fn a_feed_that_names_itself_last() {
    check(
        "a.xml",
        "<rss><channel><item><title>A</title><description>One.</description></item><title>The Courier</title><language>en</language></channel></rss>",
        "#0 A | in The Courier | lang en: \"One.\"",
    );
}

#[test]
fn feeds_that_are_broken() {
    // An item that is not closed costs nothing but its end.
    check(
        "a.rss",
        "<rss><channel><title>C</title><item><title>A</title><description>One.<item><title>B</title><description>Two.</description></item></channel></rss>",
        "#0 A | in C: \"One.\"\n  ! record 1: the element <item> is not closed\n#1 B | in C: \"Two.\"",
    );
    check(
        "a.rss",
        "<rss><channel><item><title>A</title><description><![CDATA[<p>One.</p><p>Tw",
        "#0 A: \"One.\\n\\nTw\"\n  ! record 1: the file breaks off inside a CDATA section in <item>: what was there is kept",
    );
    check(
        "a.rss",
        "<rss><channel><item><title>A</title><description>One.</descr",
        "#0 A: \"One.\"\n  ! record 1: the file breaks off inside a tag in <item>: what was there is kept",
    );
    check(
        "a.rss",
        "<rss><channel><item><title>A & B</title><description>R&D; 1 &unknown; &#8220;x&#8221;</description></wrong></item></channel></rss>",
        "#0 A & B: \"R&D; 1 &unknown; “x”\"",
    );
}

#[test]
fn character_sets_of_feeds() {
    let text = "<rss><channel><title>Caf\u{e9}</title><item><title>J\u{f6}rg sagt: \u{201e}Nein\u{201c}</title></item></channel></rss>";
    let expected = "#0 Jörg sagt: „Nein“ | in Café: \"\"\n  ! record 1: only a headline: there is no text to it";
    let declared = format!("<?xml version=\"1.0\" encoding=\"windows-1252\"?>{text}");
    check("a.xml", encoding_rs::WINDOWS_1252.encode(&declared).0, expected);
    // Converted since it was declared.
    check("a.xml", &declared, expected);
    let (guessed, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    check("a.xml", guessed, &format!("{expected}\n  ! record 1: the text is not UTF-8; read as windows-1252"));
    let utf16: Vec<u8> = format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{text}")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    check("a.xml", utf16, expected);
    let japanese = "<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?><rss><channel><item><title>\u{8a18}\u{4e8b}</title></item></channel></rss>";
    check(
        "a.xml",
        encoding_rs::ISO_2022_JP.encode(japanese).0,
        "#0 記事: \"\"\n  ! record 1: only a headline: there is no text to it",
    );
}

#[test]
fn json_feeds() {
    let feed = |version: &str, items: &str| {
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/{version}\",\"title\":\"The Courier\",\"language\":\"en-GB\",\"author\":{{\"name\":\"Desk\"}},\"items\":[{items}]}}"
        )
    };
    check(
        "feed.json",
        feed(
            "1.1",
            r#"{"id":"1","url":"https://courier.example/1","title":"Slip","content_html":"<p>One.</p><p>Two.</p>","summary":"x","date_published":"2019-03-05T23:30:00-05:00","date_modified":"2019-04-01","authors":[{"name":"Tom Reed"},{"name":"Jo Lund"}],"tags":["Local"],"language":"de"},
               {"id":2,"content_text":"Three.\n\nFour.","external_url":"https://x.example/2","author":{"name":"Ada Bell"}},
               {"id":"https://courier.example/3","summary":"In short."},{"id":"4"},7"#,
        ),
        "#0 Slip | by Tom Reed, Jo Lund | in The Courier | section Local | on 2019-03-05 | lang de | https://courier.example/1: \"One.\\n\\nTwo.\"\n\
         #1 by Ada Bell | in The Courier | lang en | https://x.example/2: \"Three.\\n\\nFour.\"\n\
         #2 by Desk | in The Courier | lang en | https://courier.example/3: \"In short.\"\n\
         skipped: record 4: neither a text nor a title in this record\nskipped: record 5: not an item of a feed but something else",
    );
    check("feed.json", feed("1", ""), "skipped: record 1: a feed without items");
}

#[test]
fn addresses_that_are_relative() {
    let feed = |base: &str, entry: &str, link: &str| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" {base}><title>C</title><entry {entry}><title>A</title>{link}<content>One.</content></entry></feed>"
        )
    };
    let base = "xml:base=\"https://x.example/news/\"";
    for (text, url) in [
        (feed(base, "", "<link href=\"1\"/>"), " | https://x.example/news/1"),
        (feed(base, "xml:base=\"old/\"", "<link href=\"1\"/>"), " | https://x.example/news/old/1"),
        (feed(base, "", "<link xml:base=\"/old/\" href=\"1\"/>"), " | https://x.example/old/1"),
        (feed("", "", "<link href=\"1\"/>"), ""),
    ] {
        check("a.atom", text, &format!("#0 A | in C{url}: \"One.\""));
    }
    let options = ReadOptions { url: Some("https://x.example/feed.xml".to_owned()), ..ReadOptions::default() };
    check_with(&options, "a.atom", feed("", "", "<link href=\"/1\"/>"), "#0 A | in C | https://x.example/1: \"One.\"");
}
