//! NITF, after the standard's own words on each element.

use super::{article, check};

/// A document of these parts.
fn nitf(head: &str, top: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nitf SYSTEM \"nitf-3-6.dtd\">\n<nitf version=\"-//IPTC//DTD NITF 3.6//EN\">\n\
         <head>{head}</head>\n<body>\n<body.head>{top}</body.head>\n<body.content>{content}</body.content>\n<body.end>\n\
         <tagline>Reporting by Jo Lund; editing by nobody</tagline>\n<bibliography>See also the Gazette.</bibliography>\n</body.end>\n</body>\n</nitf>\n"
    )
}

#[test]
fn a_wire_story() {
    let head = r#"<title>BC-SLIP</title>
        <tobject tobject.type="News"><tobject.subject tobject.subject.type="Transport" tobject.subject.refnum="20000001"/></tobject>
        <docdata management-status="usable"><doc-id regsrc="KW" id-string="kw-0017"/><urgency ed-urg="4"/>
          <date.issue norm="20190305T233000-0500"/><date.release norm="20190306T010000-0500"/><date.expire norm="20200101"/>
          <doc.copyright year="2019" holder="Kestrel Wire Ltd"/>
          <identified-content><person>Ada Bell</person><location>Port Ellery</location></identified-content>
        </docdata>"#;
    let top = r#"<hedline><hl1 id="h">Old <em>slip</em> closed</hl1><hl2>“No choice,” says board</hl2></hedline>
        <note noteclass="editorsnote"><body.content><p>Editors: adds quotes</p></body.content></note>
        <rights>All rights</rights>
        <byline>By <person>Tom Reed</person> and <person>Jo Lund</person><byttl>Kestrel Wire Writers</byttl></byline>
        <distributor>Kestrel Wire</distributor>
        <dateline><location><city>PORT ELLERY</city>, Me.</location> (KW), <story.date norm="20190304">March 4</story.date> -</dateline>
        <abstract><p>The slip is closed.</p></abstract>"#;
    let content = r#"<block><p lede="true">The   harbour board
        voted on <chron norm="20190305">Tuesday</chron> to close the <org>old slip</org>.</p>
        <media media-type="image"><media-reference source="a.jpg"/><media-caption><p>Ada Bell said nothing.</p></media-caption>
          <media-producer>Photo by Jo Lund</media-producer></media>
        <hl2>Empty for years</hl2>
        <p>“We had <num>no</num> choice,” said <person>Ada Bell</person>.<br/>She would not say more.</p></block>
        <ul><li>One pier</li><li>Two cranes</li></ul>
        <bq><block><p>It was built when the mill was new.</p></block><credit>The Courier, 1910</credit></bq>
        <pre>  Ferries   12
  Barges     3</pre>
        <table><caption>Ships</caption><tr><th>Year</th><th>Ships</th></tr><tr><td>2017</td><td>41</td></tr></table>
        <p>   </p><hr/>
        <note><body.content><p>Not for print.</p></body.content></note>
        <fn><p>The mill closed in 1970.</p></fn>"#;
    check(
        "a.xml",
        nitf(head, top, content),
        "#0 Old slip closed | by Tom Reed and Jo Lund | in Kestrel Wire | section Transport | on 2019-03-05: \
         \"The harbour board voted on Tuesday to close the old slip.\\n\\nEmpty for years\\n\\n\
         “We had no choice,” said Ada Bell.\\nShe would not say more.\\n\\nOne pier\\n\\nTwo cranes\\n\\n\
         It was built when the mill was new.\\n\\nThe Courier, 1910\\n\\nFerries 12\\nBarges 3\\n\\n\
         Ships\\n\\nYear Ships\\n2017 41\\n\\nThe mill closed in 1970.\"",
    );
    let read = article("a.xml", nitf(head, top, content));
    assert_eq!(read.given_id.as_deref(), Some("kw-0017"));
    // What is printed above is kept, outside the body.
    assert!(read.text.starts_with("“No choice,” says board\n\nThe harbour"), "{}", read.text);
    assert_eq!(read.body.end(), read.text.len());
}

#[test]
fn a_newspaper_s_archive() {
    // As the corpus of a newspaper has it: the day of print, two bylines, the lead twice.
    let head = r#"<title>Slip closed</title><meta name="print_section" content="B"/>
        <docdata><doc-id id-string="0099"/><doc.copyright holder="The Ellery Courier" year="1987"/></docdata>
        <pubdata date.publication="19870226T000000" name="The Courier" position.section="Local" ex-ref="http://courier.example/99" unit-of-measure="word"/>"#;
    let top = r#"<hedline><hl1>SLIP CLOSED</hl1></hedline><byline class="print_byline">By TOM REED</byline>
        <byline class="normalized_byline">Reed, Tom</byline>"#;
    let content = r#"<block class="lead_paragraph"><p>LEAD: The slip is closed.</p></block>
        <block class="full_text"><p>LEAD: The slip is closed.</p><p>Nobody minds.</p></block>"#;
    check(
        "0099.xml",
        nitf(head, top, content),
        "#0 SLIP CLOSED | by TOM REED | in The Courier | section Local | on 1987-02-26 | http://courier.example/99: \
         \"LEAD: The slip is closed.\\n\\nNobody minds.\"",
    );
}

#[test]
fn days() {
    let check_day = |data: &str, top: &str, expected: &str| {
        let text = nitf(
            &format!("<docdata>{data}</docdata>"),
            &format!("<hedline><hl1>A</hl1></hedline>{top}"),
            "<p>One.</p>",
        );
        assert_eq!(
            article("a.xml", text).published.map(|day| day.to_string()).unwrap_or_default(),
            expected,
            "{data}{top}"
        );
    };
    check_day("<date.issue norm=\"20080219+0100\"/>", "", "2008-02-19");
    check_day("<date.issue norm=\"20080219000000-0500\"/>", "", "2008-02-19");
    check_day("<date.issue norm=\"20080219T235900Z\"/>", "", "2008-02-19");
    check_day("<date.issue norm=\"2008-02-19T23:59:00-05:00\"/>", "", "2008-02-19");
    check_day("<date.issue>February 19, 2008</date.issue>", "", "2008-02-19");
    check_day("<date.release norm=\"20080220\"/>", "", "2008-02-20");
    check_day("<date.release norm=\"20080220\"/><date.issue norm=\"20080219\"/>", "", "2008-02-19");
    check_day("", "<dateline>LONDON, <story.date norm=\"20080218\">Feb. 18</story.date></dateline>", "2008-02-18");
    check_day("", "<dateline>LONDON, <story.date>Feb. 18, 2008</story.date></dateline>", "2008-02-18");
    check_day("", "<dateline>LONDON, <story.date>Feb. 18</story.date></dateline>", "");
}

#[test]
fn what_is_withdrawn() {
    for (status, said) in [
        ("withheld", "skipped: withheld by its agency: not to be published"),
        ("canceled", "skipped: withdrawn by its agency (its status is canceled)"),
        ("embargoed", "#0 A: \"One.\""),
        ("usable", "#0 A: \"One.\""),
    ] {
        let head = format!("<title>A</title><docdata management-status=\"{status}\"/>");
        check("a.xml", nitf(&head, "", "<p>One.</p>"), said);
    }
}

#[test]
fn parts_that_are_missing() {
    check("a.nitf", "<nitf><body><p>One.</p><p>Two.</p></body></nitf>", "#0 : \"One.\\n\\nTwo.\"");
    check(
        "a.xml",
        nitf("<title>A</title>", "<abstract><p>One.</p><p>Two.</p></abstract>", ""),
        "#0 A: \"One.\\n\\nTwo.\"",
    );
    check("a.xml", nitf("", "", ""), "skipped: neither a text nor a title in this record");
    check("a.xml", nitf("<title>A</title>", "", ""), "#0 A: \"\"\n  ! only a headline: there is no text to it");
    // Words that stand in no paragraph, and next to one.
    check("a.xml", nitf("", "", "Zero.<p>One.</p>Two."), "#0 : \"Zero.\\n\\nOne.\\n\\nTwo.\"");
    check("a.xml", "<nitf xml:lang='de-AT'><body><p>Eins.</p></body></nitf>", "#0 lang de: \"Eins.\"");
}

#[test]
fn quotations_that_are_elements() {
    let body = |content: &str| article("a.xml", nitf("", "", content)).body().to_owned();
    assert_eq!(body("<p><q>We sail,</q> she said.</p>"), "“We sail,” she said.");
    assert_eq!(body("<p><q>“We sail,”</q> she said.</p>"), "“We sail,” she said.");
    assert_eq!(body("<p>“<q>We sail,</q>” she said.</p>"), "“We sail,” she said.");
    assert_eq!(body("<p><q> <q>We</q> sail. </q></p>"), "“We sail.”");
    assert_eq!(body("<p>A<q></q>B <q/>C</p>"), "AB C");
}

#[test]
fn several_contents_are_one_text() {
    let body = "<body><body.head><hedline><hl1>A</hl1></hedline></body.head><body.content><p>One.</p></body.content>\
        <body.content><block><p>Two.</p></block></body.content><body.content/><body.end><p>No.</p></body.end></body>";
    check("a.xml", format!("<nitf>{body}</nitf>"), "#0 A: \"One.\\n\\nTwo.\"");
}

#[test]
fn what_is_embargoed_is_of_the_day_on_which_it_may_be_read() {
    let dates = "<date.issue norm=\"20190305T100000Z\"/><date.release norm=\"20190308T060000Z\"/>";
    for (head, day) in [
        (format!("<docdata management-status=\"embargoed\">{dates}</docdata>"), "2019-03-08"),
        (format!("<docdata>{dates}<ed-status>Embargoed</ed-status></docdata>"), "2019-03-08"),
        (format!("<docdata management-status=\"usable\">{dates}</docdata>"), "2019-03-05"),
        (
            format!(
                "<docdata management-status=\"embargoed\">{dates}</docdata><pubdata date.publication=\"20190306\"/>"
            ),
            "2019-03-08",
        ),
        (
            format!(
                "<docdata management-status=\"embargoed\">{dates}</docdata><pubdata date.publication=\"20190309\"/>"
            ),
            "2019-03-09",
        ),
        ("<docdata management-status=\"embargoed\"><date.issue norm=\"20190305\"/></docdata>".to_owned(), "2019-03-05"),
    ] {
        let text = nitf(&format!("<title>A</title>{head}"), "", "<p>One.</p>");
        check("a.xml", text, &format!("#0 A | on {day}: \"One.\""));
    }
}

#[test]
fn bylines_of_several() {
    for (top, names) in [
        ("<byline>By Jane Roe</byline><byline>By Sam Poe</byline>", "Jane Roe, Sam Poe"),
        ("<byline>Von Jane Roe</byline><byline>Von Sam Poe</byline>", "Jane Roe, Sam Poe"),
        ("<byline>By Jane Roe</byline><byline>By Jane Roe</byline>", "Jane Roe"),
    ] {
        check("a.xml", nitf("<title>A</title>", top, "<p>One.</p>"), &format!("#0 A | by {names}: \"One.\""));
    }
}

#[test]
fn sections_that_a_newspaper_s_archive_names() {
    for (metas, section) in [
        (
            r#"<meta name="online_sections" content="Sports; Business"/><meta name="dsk" content="Sports Desk"/>"#,
            "Sports; Business",
        ),
        (r#"<meta name="dsk" content="Sports Desk"/>"#, "Sports Desk"),
    ] {
        let text = nitf(&format!("<title>A</title>{metas}"), "", "<p>One.</p>");
        check("a.xml", text, &format!("#0 A | section {section}: \"One.\""));
    }
}
