//! NewsML of both generations, after the guidelines of each.

use super::{article, check};

const BODY: &str = "<inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>x</title></head>\
    <body><p>The slip is closed.</p><p>“We had no choice,” said Ada Bell.</p></body></html></inlineXML>";
const TEXT: &str = "The slip is closed.\\n\\n“We had no choice,” said Ada Bell.";

/// An item of these parts.
fn item(own: &str, content: &str, set: &str) -> String {
    format!(
        "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:newsml:kestrel.example:1\" version=\"3\" standard=\"NewsML-G2\" \
         standardversion=\"2.34\" xml:lang=\"en-GB\"><catalogRef href=\"http://x.example/c\"/><itemMeta>{own}</itemMeta>\
         <contentMeta>{content}</contentMeta><contentSet>{set}</contentSet></newsItem>"
    )
}

#[test]
fn an_item_of_g2() {
    let own = r#"<itemClass qcode="ninat:text"/><provider qcode="nprov:KESTREL"><name>Kestrel Wire</name></provider>
        <versionCreated>2019-03-05T23:30:00-05:00</versionCreated><firstCreated>2019-03-04T08:00:00-05:00</firstCreated>
        <pubStatus qcode="stat:usable"/><service qcode="svc:uk"><name>Local</name></service><title>slip title</title>
        <edNote>Not for print</edNote>"#;
    let content = r#"<contentCreated>2017-01-01T00:00:00Z</contentCreated>
        <creator><name>Tom Reed</name></creator><creator literal="Jo Lund"/><language tag="en-US"/>
        <headline>Slip &amp; pier closed</headline><headline role="hldrole:subhead">Board had “no choice”</headline>
        <slugline>SLIP</slugline><description role="drol:summary">A slip.</description>"#;
    let read = article("a.xml", item(own, content, BODY));
    check(
        "a.xml",
        item(own, content, BODY),
        &format!(
            "#0 Slip & pier closed | by Tom Reed, Jo Lund | in Kestrel Wire | section Local | on 2019-03-05 | lang en: \"{TEXT}\""
        ),
    );
    assert_eq!(read.given_id.as_deref(), Some("urn:newsml:kestrel.example:1"));
    assert!(read.text.starts_with("Board had “no choice”\n\nThe slip"), "{}", read.text);
    // A line `by` is surer than who is said to have made it.
    let content = format!("<by>By Ada Marsh</by>{content}");
    assert_eq!(article("a.xml", item(own, &content, BODY)).byline(), Some("Ada Marsh"));
}

#[test]
fn texts_of_g2() {
    let own = "<itemClass qcode=\"ninat:text\"/><provider literal=\"kestrel.example\"/><versionCreated>2019-03-05T10:00:00Z</versionCreated>";
    let expect = |set: &str, text: &str| {
        check(
            "a.xml",
            item(own, "<headline>A</headline>", set),
            &format!("#0 A | in kestrel.example | on 2019-03-05 | lang en: \"{text}\""),
        );
    };
    expect(BODY, TEXT);
    expect("<inlineXML><p>One.</p><p>Two.</p></inlineXML>", "One.\\n\\nTwo.");
    expect(
        "<inlineXML><x:html xmlns:x='y'><x:body><x:p>One.</x:p><x:p>Two.</x:p></x:body></x:html></inlineXML>",
        "One.\\n\\nTwo.",
    );
    expect(
        "<inlineXML><nitf><body><body.head><hedline><hl1>B</hl1></hedline></body.head><body.content><p>One.</p><media><media-caption>No\
         </media-caption></media></body.content></body></nitf></inlineXML>",
        "One.",
    );
    expect("<inlineData contenttype=\"text/plain\">One.&#13;\n\nTwo.</inlineData>", "One.\\n\\nTwo.");
    expect("<inlineData contenttype=\"text/html\">&lt;p>One.&lt;/p>&lt;p>Two.&lt;/p></inlineData>", "One.\\n\\nTwo.");
    expect("<inlineData contenttype=\"text/html\"><![CDATA[<p>One.</p>]]></inlineData>", "One.");
    // Forms of one text: once.
    expect("<inlineXML/><inlineData>One.</inlineData><inlineXML><p>One.</p></inlineXML>", "One.");
}

#[test]
fn days_of_g2() {
    let day = |own: &str, content: &str| {
        let read = article("a.xml", item(own, &format!("<headline>A</headline>{content}"), BODY));
        read.published.map(|day| day.to_string()).unwrap_or_default()
    };
    let made = "<versionCreated>2019-03-05T23:30:00-05:00</versionCreated>";
    assert_eq!(day(made, ""), "2019-03-05");
    assert_eq!(day(&format!("{made}<embargoed>2019-03-08T06:00:00Z</embargoed>"), ""), "2019-03-08");
    assert_eq!(day(&format!("{made}<embargoed>2019-03-05T23:45:00-05:00</embargoed>"), ""), "2019-03-05");
    assert_eq!(day(&format!("{made}<embargoed/>"), ""), "2019-03-05");
    assert_eq!(day("<firstCreated>20190304T080000-0500</firstCreated>", ""), "2019-03-04");
    assert_eq!(
        day("", "<contentModified>2019-03-02</contentModified><contentCreated>2019-03-01</contentCreated>"),
        "2019-03-02"
    );
    assert_eq!(day("", "<contentCreated>2019-03</contentCreated>"), "2019-03");
}

#[test]
fn what_is_no_article_in_g2() {
    let expect = |own: &str, set: &str, said: &str| check("a.xml", item(own, "", set), &format!("skipped: {said}"));
    let class = |class: &str| format!("<itemClass qcode=\"ninat:{class}\"/>");
    expect(&class("picture"), "<remoteContent href=\"http://x.example/a.jpg\"/>", "a picture, not an article");
    expect(&class("graphic"), "", "a graphic, not an article");
    expect("<itemClass uri=\"http://cv.iptc.org/newscodes/ninature/video\"/>", "", "a video, not an article");
    expect(&class("audio"), "", "a sound recording, not an article");
    expect(
        &class("text"),
        "<inlineXML contenttype=\"application/nitf+xml\"> </inlineXML>",
        "a news item without a text or a headline",
    );
    expect(
        &class("text"),
        "<remoteContent href=\"http://x.example/a.txt\"/>",
        "its content is not in this file but at http://x.example/a.txt",
    );
    for (status, said) in [
        ("stat:withheld", "withheld by its agency: not to be published"),
        ("stat:canceled", "withdrawn by its agency (its status is canceled)"),
    ] {
        expect(&format!("<pubStatus qcode=\"{status}\"/>"), BODY, said);
    }
    for (name, said) in [
        ("packageItem", "a package: it lists other items and has no text of its own"),
        ("conceptItem", "a concept of a vocabulary: no article"),
        ("knowledgeItem", "a vocabulary: no article"),
        ("planningItem", "a plan of coverage: it has no text of its own"),
        ("catalogItem", "a catalogue of vocabularies: no article"),
    ] {
        let other = format!(
            "<{name} xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemMeta><title>A</title></itemMeta></{name}>"
        );
        check("a.xml", other, &format!("skipped: {said}"));
    }
    // A picture that comes with a text is read for it; a headline alone is one.
    check(
        "a.xml",
        item(&class("picture"), "<headline>A</headline>", "<inlineXML><p>One.</p></inlineXML>"),
        "#0 A | lang en: \"One.\"",
    );
    check(
        "a.xml",
        item("", "<headline>A</headline>", ""),
        "#0 A | lang en: \"\"\n  ! only a headline: there is no text to it",
    );
}

#[test]
fn a_message_of_several() {
    let one = |headline: &str, set: &str| item("", &format!("<headline>{headline}</headline>"), set);
    let message = format!(
        "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\" xml:lang=\"en\"><header><sent>2019-03-05T10:00:00Z</sent></header><itemSet>{}\
         <packageItem><itemMeta/></packageItem>{}<itemRef residref=\"x\"/></itemSet></newsMessage>",
        one("A", "<inlineXML><p>One.</p></inlineXML>"),
        one("B", "<inlineXML><p>Two.</p></inlineXML>"),
    );
    check(
        "a.xml",
        message,
        "#0 A | lang en: \"One.\"\nskipped: record 2: a package: it lists other items and has no text of its own\n\
         #2 B | lang en: \"Two.\"\nskipped: record 4: a reference to an item that lies elsewhere",
    );
}

#[test]
fn the_corpus_that_has_its_own() {
    check(
        "2286newsML.xml",
        "<?xml version=\"1.0\" encoding=\"iso-8859-1\" ?><newsitem itemid=\"2286\" id=\"root\" date=\"1996-08-20\" xml:lang=\"en\">\
         <title>UK: Slip closed.</title><headline>Slip closed.</headline><byline>Tom Reed</byline><dateline>PORT ELLERY 1996-08-20</dateline>\
         <text><p>The slip is closed.</p><p>Nobody minds.</p></text><copyright>(c) Kestrel 1996</copyright>\
         <metadata><dc element=\"dc.source\" value=\"Kestrel\"/></metadata></newsitem>",
        "#0 Slip closed. | by Tom Reed | in Kestrel | on 1996-08-20 | lang en: \"The slip is closed.\\n\\nNobody minds.\"",
    );
}

/// A document of NewsML 1.2 with this inside its item.
fn old(management: &str, component: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE NewsML SYSTEM \"NewsML_1.2.dtd\"><NewsML Version=\"1.2\"><Catalog Href=\"x\"/><NewsEnvelope><SentFrom>\
         <Party FormalName=\"Kestrel Wire\"/></SentFrom><DateAndTime>20190306T040100+0000</DateAndTime></NewsEnvelope><NewsItem><Identification>\
         <NewsIdentifier><ProviderId>kestrel.example</ProviderId><DateId>20190301</DateId><NewsItemId>17</NewsItemId><RevisionId>1</RevisionId>\
         <PublicIdentifier>urn:newsml:kestrel.example:20190301:17:1</PublicIdentifier></NewsIdentifier></Identification>\
         <NewsManagement><NewsItemType FormalName=\"News\"/>{management}</NewsManagement>{component}</NewsItem></NewsML>"
    )
}

fn content(format: &str, words: &str) -> String {
    format!("<ContentItem><Format FormalName=\"{format}\"/><DataContent>{words}</DataContent></ContentItem>")
}

fn lines(headline: &str, more: &str) -> String {
    format!("<NewsLines><HeadLine>{headline}</HeadLine>{more}</NewsLines>")
}

#[test]
fn components_that_make_one_story() {
    let management = "<FirstCreated>20190304T010203+0000</FirstCreated><ThisRevisionCreated>20190305T010203+0000</ThisRevisionCreated><Status FormalName=\"Usable\"/>";
    let role = |role: &str, inner: &str| format!("<NewsComponent><Role FormalName=\"{role}\"/>{inner}</NewsComponent>");
    let component = format!(
        "<NewsComponent><AdministrativeMetadata><Source><Party FormalName=\"Slip Ltd\"/></Source></AdministrativeMetadata><NewsComponent>{}\
         <DescriptiveMetadata><Language FormalName=\"en-US\"/></DescriptiveMetadata>{}{}{}{}{}{}{}</NewsComponent></NewsComponent>",
        lines(
            "Slip closed",
            "<ByLine>By Tom Reed</ByLine><DateLine>PORT ELLERY, Me.</DateLine><CopyrightLine>(c)</CopyrightLine>"
        ),
        role("StyleSheet", &content("CSS", ".p {margin: 0}")),
        role("SubHeadLine", &content("XHTML", "<html><body><ul><li>Board had “no choice”</li></ul></body></html>")),
        role("HeadLine", &content("XHTML", "<html><body><p>Slip closed</p></body></html>")),
        role("Contact", &content("XHTML", "<html><body><p>Ask Jo Lund</p></body></html>")),
        role(
            "Photo",
            &format!(
                "{}<ContentItem Href=\"http://x.example/a.jpg\"><Format FormalName=\"JPEG Baseline\"/></ContentItem>",
                lines("A pier", "")
            )
        ),
        role("Body", &content("XHTML", "<html><body><p>The slip is closed.</p><p>Nobody minds.</p></body></html>")),
        role("Logo", "<ContentItem Href=\"http://x.example/l.jpg\"/>"),
    );
    let text = old(management, &component);
    check(
        "a.xml",
        &text,
        "#0 Slip closed | by Tom Reed | in Kestrel Wire | on 2019-03-05 | lang en: \"The slip is closed.\\n\\nNobody minds.\"",
    );
    let read = article("a.xml", &text);
    assert!(read.text.starts_with("Board had “no choice”\n\n"), "{}", read.text);
    assert_eq!(read.given_id.as_deref(), Some("urn:newsml:kestrel.example:20190301:17:1"));
}

#[test]
fn components_that_are_stories_of_their_own() {
    let story = |lang: &str, headline: &str, words: &str| {
        format!("<NewsComponent xml:lang=\"{lang}\">{}{}</NewsComponent>", lines(headline, ""), content("Text", words))
    };
    let both = format!(
        "<NewsComponent><AdministrativeMetadata><Provider><Party FormalName=\"Kestrel\"/></Provider></AdministrativeMetadata>{}{}</NewsComponent>",
        story("en", "Slip closed", "The slip is closed."),
        story("de", "Helling zu", "Die Helling ist zu.")
    );
    check(
        "a.xml",
        old("", &both),
        "#0 Slip closed | in Kestrel | on 2019-03-01 | lang en: \"The slip is closed.\"\n\
         #1 Helling zu | in Kestrel | on 2019-03-01 | lang de: \"Die Helling ist zu.\"",
    );
}

#[test]
fn forms_of_one_text() {
    let nitf = "<nitf><body><body.head><byline>By Tom Reed</byline></body.head><body.content><p>One.</p><p>Two.</p></body.content></body></nitf>";
    let component = |inner: &str| format!("<NewsComponent>{}{inner}</NewsComponent>", lines("A", ""));
    let expected = "#0 A | by Tom Reed | in Kestrel Wire | on 2019-03-01: \"One.\\n\\nTwo.\"";
    check("a.xml", old("", &component(&(content("Text", "One. Two.") + &content("NITF", nitf)))), expected);
    let expected = "#0 A | in Kestrel Wire | on 2019-03-01: \"One.\\n\\nTwo.\"";
    check("a.xml", old("", &component(&(content("Text", "One.") + &content("Text", "Two.")))), expected);
    let equal = format!(
        "<NewsComponent EquivalentsList=\"yes\">{}{}{}</NewsComponent>",
        lines("A", ""),
        content("Text", "One."),
        content("Text", "Uno.")
    );
    check("a.xml", old("", &equal), "#0 A | in Kestrel Wire | on 2019-03-01: \"One.\"");
    // Plain words keep their lines.
    let wrapped = "\n   PORT ELLERY, March 5 (KW) - The slip is closed\nfor good.\n   Nobody minds.\n";
    check(
        "a.xml",
        old("", &component(&content("Text", wrapped))),
        "#0 A | in Kestrel Wire | on 2019-03-01: \"   PORT ELLERY, March 5 (KW) - The slip is closed\\nfor good.\\n   Nobody minds.\"",
    );
}

#[test]
fn what_is_no_article_in_the_old_one() {
    let component = format!("<NewsComponent>{}{}</NewsComponent>", lines("A", ""), content("Text", "One."));
    check(
        "a.xml",
        old("<Status FormalName=\"Canceled\"/>", &component),
        "skipped: record 1: withdrawn by its agency (its status is canceled)",
    );
    check(
        "a.xml",
        old("<Status FormalName=\"Embargoed\"/>", &component),
        "#0 A | in Kestrel Wire | on 2019-03-01: \"One.\"",
    );
    check("a.xml", old("", ""), "skipped: record 1: a news item without content");
    check(
        "a.xml",
        old("", "<Update><InsertBefore/></Update>"),
        "skipped: record 1: a change to an item that lies elsewhere: it has no text of its own",
    );
    check("a.xml", old("", "<NewsComponent/>"), "skipped: record 1: a news item without a text or a headline");
    let photo = "<NewsComponent><NewsLines><HeadLine>A pier</HeadLine></NewsLines><ContentItem Href=\"a.jpg\"><MediaType FormalName=\"Photo\"/></ContentItem></NewsComponent>";
    check("a.xml", old("", photo), "skipped: record 1: a picture, not an article");
    let elsewhere =
        "<NewsComponent><ContentItem Href=\"a.txt\"><MediaType FormalName=\"Text\"/></ContentItem></NewsComponent>";
    check("a.xml", old("", elsewhere), "skipped: record 1: its content is not in this file but at a.txt");
}

#[test]
fn what_is_embargoed_in_the_old_one() {
    let component = format!("<NewsComponent>{}{}</NewsComponent>", lines("A", ""), content("Text", "One."));
    let made = "<ThisRevisionCreated>20190305T010203+0000</ThisRevisionCreated>";
    let change = |inner: &str| {
        format!(
            "{made}<Status FormalName=\"Embargoed\"/><StatusWillChange><FutureStatus FormalName=\"Usable\"/>{inner}</StatusWillChange>"
        )
    };
    for (management, day) in [
        (change("<DateAndTime>20190308T060000+0000</DateAndTime>"), "2019-03-08"),
        (change("<DateAndTime>20190305T060000+0000</DateAndTime>"), "2019-03-05"),
        (change(""), "2019-03-05"),
        (change("<DateAndTime>20190308T060000+0000</DateAndTime>").replace("Embargoed", "Usable"), "2019-03-05"),
    ] {
        check("a.xml", old(&management, &component), &format!("#0 A | in Kestrel Wire | on {day}: \"One.\""));
    }
}

#[test]
fn texts_that_are_packed() {
    let packed = "4oCcWWVzLOKAnSBzYWlk\n  IEFkYSBCZWxsLg==";
    let expected = "#0 A | lang en: \"“Yes,” said Ada Bell.\"";
    for encoding in ["http://cv.iptc.org/newscodes/encoding/base64", "base64", "enc:Base64"] {
        let set = format!("<inlineData contenttype=\"text/plain\" encoding=\"{encoding}\">{packed}</inlineData>");
        check("a.xml", item("", "<headline>A</headline>", &set), expected);
    }
    let page = "PHA+T25lLjwvcD48cD5Ud28uPC9wPg==";
    let set = format!("<inlineData contenttype=\"text/html\" encodinguri=\"x/base64\">{page}</inlineData>");
    check("a.xml", item("", "<headline>A</headline>", &set), "#0 A | lang en: \"One.\\n\\nTwo.\"");
    for (content, text) in [
        (
            format!("<Encoding Notation=\"Base64\"><DataContent>{packed}</DataContent></Encoding>"),
            "“Yes,” said Ada Bell.",
        ),
        (format!("<Encoding Notation=\"base64\"><DataContent>{page}</DataContent></Encoding>"), "One.\\n\\nTwo."),
        ("<Encoding Notation=\"8bit\"><DataContent>One.</DataContent></Encoding>".to_owned(), "One."),
    ] {
        let component =
            format!("<NewsComponent>{}<ContentItem>{content}</ContentItem></NewsComponent>", lines("A", ""));
        check("a.xml", old("", &component), &format!("#0 A | in Kestrel Wire | on 2019-03-01: \"{text}\""));
    }
    // What is no text.
    let set = "<inlineData contenttype=\"image/png\" encoding=\"base64\">iVBORw0KGgo=</inlineData>";
    check(
        "a.xml",
        item("", "<headline>A</headline>", set),
        "#0 A | lang en: \"\"\n  ! only a headline: there is no text to it",
    );
}

#[test]
fn headlines_of_several_roles_and_languages() {
    for (lang, headlines, expected) in [
        ("en", r#"<headline role="hld:short">Short</headline><headline role="hld:main">Main</headline>"#, "Main"),
        ("en", r#"<headline role="hld:short">Short</headline><headline>Main</headline>"#, "Main"),
        ("de", r#"<headline xml:lang="en">Slip</headline><headline xml:lang="de-AT">Helling</headline>"#, "Helling"),
        (
            "de",
            r#"<headline xml:lang="en" role="hld:main">Slip</headline><headline role="hld:main" xml:lang="de">Helling</headline>"#,
            "Helling",
        ),
        ("de", r#"<headline xml:lang="en">Slip</headline>"#, "Slip"),
    ] {
        let content = format!("<language tag=\"{lang}\"/>{headlines}");
        check(
            "a.xml",
            item("", &content, "<inlineXML><p>One.</p></inlineXML>"),
            &format!("#0 {expected} | lang {lang}: \"One.\""),
        );
    }
}
