//! ninjs: the names of each version, and what is no article in it.

use super::check;

#[test]
fn every_version() {
    let expected = "#0 Slip closed | by Tom Reed | in Kestrel Wire | on 2019-03-05 | lang en | https://kestrel.example/1: \"The slip is closed.\\n\\nNobody minds.\"";
    check(
        "a.json",
        r#"{"uri":"https://kestrel.example/1","type":"text","versioncreated":"2019-03-05T23:30:00-05:00","firstcreated":"2019-03-04T00:00:00Z","language":"en-US","byline":"By Tom Reed","headline":"Slip closed","infosource":[{"name":"Kestrel Wire"}],"pubstatus":"usable","urgency":4,"body_text":"The slip is closed.\n\nNobody minds.","body_xhtml":"<p>x</p>","description_text":"In short."}"#,
        expected,
    );
    check(
        "a.json",
        r#"{"uri":"https://kestrel.example/1","type":"text","versioncreated":"2019-03-05T23:30:00-05:00","language":"en","by":"Tom Reed","infosources":[{"role":"x","name":"Kestrel Wire"}],"headlines":[{"role":"sub","value":"Board had no choice"},{"role":"main","value":"Slip closed"}],"bodies":[{"role":"html","contenttype":"text/html","value":"<p>x</p>"},{"role":"text","contenttype":"text/plain","value":"The slip is closed.\n\nNobody minds."}]}"#,
        expected,
    );
    check(
        "a.json",
        r#"{"uri":"https://kestrel.example/1","standard":{"name":"ninjs","version":"3.0"},"versionCreated":"2019-03-05T23:30:00-05:00","language":"en","by":"Tom Reed","copyrightHolder":"Kestrel Wire","title":"slip","headlines":[{"value":"Slip closed"}],"bodies":[{"contentType":"text/vnd.IPTC.NITF","value":"<?xml version=\"1.0\"?><nitf><body><body.content><p>The slip is closed.</p><p>Nobody minds.</p></body.content></body></nitf>"},{"contentType":"text/html5","value":"<p>x</p>"}]}"#,
        expected,
    );
    // HTML, with its headline in it again.
    check(
        "a.json",
        r#"{"uri":"urn:1","versioncreated":"2019-03-05","headline":"Slip closed","body_html":"<h1>Slip closed</h1><p>One.</p><p>Two.</p>"}"#,
        "#0 Slip closed | on 2019-03-05: \"One.\\n\\nTwo.\"",
    );
    check(
        "a.json",
        r#"{"uri":"urn:1","type":"text","headlines":[{"value":"A"}],"descriptions":[{"role":"caption","value":"No."},{"role":"lead","value":"One."}]}"#,
        "#0 A: \"One.\"",
    );
    check(
        "a.json",
        r#"{"uri":"urn:1","pubstatus":"usable","language":"de","byline":"Von Jo Lund","headline":"A","body_text":"Eins."}"#,
        "#0 A | by Jo Lund | lang de: \"Eins.\"",
    );
    check(
        "a.json",
        r#"{"uri":"urn:1","versioncreated":"2019-03-05T10:00:00Z","embargoed":"2019-03-08T06:00:00Z","headline":"A","body_text":"One."}"#,
        "#0 A | on 2019-03-08: \"One.\"",
    );
}

#[test]
fn many_in_a_file() {
    let item = |n: u32| {
        format!(
            "{{\"uri\":\"urn:{n}\",\"versioncreated\":\"2019-03-0{n}\",\"headline\":\"A{n}\",\"body_text\":\"One.\"}}"
        )
    };
    let expected = "#0 A1 | on 2019-03-01: \"One.\"\n#1 A2 | on 2019-03-02: \"One.\"";
    check("a.json", format!("[{},{}]", item(1), item(2)), expected);
    check("a.jsonl", format!("{}\n{}\n", item(1), item(2)), expected);
}

#[test]
fn what_is_no_article() {
    let item = |more: &str| {
        format!(
            "{{\"uri\":\"urn:1\",\"headline\":\"A\",\"description_text\":\"Ada Bell at the slip.\",\"versioncreated\":\"2019-03-05\"{more}}}"
        )
    };
    for (kind, said) in [
        ("picture", "a picture, not an article"),
        ("graphic", "a graphic, not an article"),
        ("audio", "a sound recording, not an article"),
        ("video", "a video, not an article"),
        ("event", "an entry of a calendar, not an article"),
        ("planning", "an entry of a calendar, not an article"),
    ] {
        check("a.json", item(&format!(",\"type\":\"{kind}\"")), &format!("skipped: record 1: {said}"));
    }
    check("a.json", item(",\"eventDetails\":{}"), "skipped: record 1: an entry of a calendar, not an article");
    let event = item(",\"type\":\"event\"");
    check(
        "a.json",
        format!("[{event},{event},{event}]"),
        "skipped: each of its 3 records is an entry of a calendar, not an article",
    );
    check(
        "a.json",
        item(",\"pubstatus\":\"canceled\""),
        "skipped: record 1: withdrawn by its agency (its status is canceled)",
    );
    check(
        "a.json",
        item(",\"pubStatus\":\"withheld\""),
        "skipped: record 1: withheld by its agency: not to be published",
    );
    // With a text of its own it is one.
    check("a.json", item(",\"type\":\"picture\",\"body_text\":\"One.\""), "#0 A | on 2019-03-05: \"One.\"");
    check(
        "schema.json",
        r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"An item","description":"All of them."}"#,
        "skipped: record 1: a JSON Schema: no article",
    );
    // A record of somebody else's that has a `uri` too.
    check(
        "a.json",
        r#"{"uri":"https://x.example/1","title":"A","text":"One."}"#,
        "#0 A | https://x.example/1: \"One.\"",
    );
}

#[test]
fn bodies_of_several_roles() {
    let item = |bodies: &str| format!(r#"{{"uri":"urn:1","type":"text","headlines":[{{"value":"A"}}],{bodies}}}"#);
    let long = r#""bodies":[{"role":"teaser","contentType":"text/plain","value":"In short."},{"role":"main","contentType":"text/html","value":"<p>One.</p><p>Two.</p>"}]"#;
    for bodies in [
        long.to_owned(),
        long.replace("teaser", "x").replace("main", "html"),
        // Words that are one block, where HTML has paragraphs.
        r#""body_text":"One. Two.","body_xhtml":"<p>One.</p><p>Two.</p>""#.to_owned(),
        r#""body_text":"One. Two.","body_richtext":"<p>One.</p><p>Two.</p>""#.to_owned(),
        // A plain text with paragraphs is what it is.
        r#""body_text":"One.\n\nTwo.","body_xhtml":"<p>One</p><p>Two</p>""#.to_owned(),
    ] {
        check("a.json", item(&bodies), "#0 A: \"One.\\n\\nTwo.\"");
    }
}
