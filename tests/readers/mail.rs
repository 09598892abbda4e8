//! E-mail: MIME after its RFCs, and mailboxes.

use super::{article, check};

const HEAD: &str = "Received: from a.example by b.example; Tue, 5 Mar 2019 23:31:00 -0500\r\nFrom: Tom Reed <tom@kestrel.example>\r\nTo: news@x.example\r\n\
    Subject: Slip closed\r\nDate: Tue, 5 Mar 2019 23:30:00 -0500\r\nMessage-ID: <17@kestrel.example>\r\nMIME-Version: 1.0\r\n";

fn mail(kind: &str, body: &str) -> String {
    format!("{HEAD}{kind}\r\n\r\n{body}")
}

/// What the headers give.
const KNOWN: &str = "#0 Slip closed | by Tom Reed | on 2019-03-05";

#[test]
fn plain_messages() {
    let kind = "Content-Type: text/plain; charset=utf-8";
    check(
        "a.eml",
        mail(kind, "The slip is closed.\r\n\r\nNobody minds.\r\n"),
        &format!("{KNOWN}: \"The slip is closed.\\n\\nNobody minds.\""),
    );
    let read = article("a", mail(kind, "Closed.\r\n\r\n-- \r\nTom Reed\r\n+1 555\r\n"));
    assert_eq!((read.body(), read.text.as_str()), ("Closed.", "Closed.\n\n-- \nTom Reed\n+1 555"));
    assert_eq!(read.given_id.as_deref(), Some("17@kestrel.example"));
    let flowed = "Content-Type: text/plain; charset=utf-8; format=flowed";
    check(
        "a.eml",
        mail(flowed, "The slip \r\nis closed.\r\n\r\nNobody \r\nminds.\r\n"),
        &format!("{KNOWN}: \"The slip is closed.\\n\\nNobody minds.\""),
    );
    check("a.eml", mail("X-Note: none", ""), &format!("{KNOWN}: \"\"\n  ! only a headline: there is no text to it"));
    check(
        "a.eml",
        "MIME-Version: 1.0\nFrom: a@x.example\nTo: b@x.example\n\n",
        "skipped: a message without a text or a subject",
    );
}

#[test]
fn encodings() {
    let quoted = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable";
    check("a.eml", mail(quoted, "J=F6rg sagt =\r\nNein.\r\n"), &format!("{KNOWN}: \"Jörg sagt Nein.\""));
    let packed = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64";
    check(
        "a.eml",
        mail(packed, "4oCeTmVpbuKAnCwgc2Fn\r\ndCBKw7ZyZy4=\r\n"),
        &format!("{KNOWN}: \"„Nein“, sagt Jörg.\""),
    );
    let bytes =
        encoding_rs::WINDOWS_1252.encode(&mail("Content-Type: text/plain", "Jörg Müller sagt „Nein“.")).0.into_owned();
    check("a.eml", bytes, &format!("{KNOWN}: \"Jörg Müller sagt „Nein“.\""));
    let (euc, _, _) = encoding_rs::EUC_KR.encode("배가 떠났다.");
    let mut korean = mail("Content-Type: text/plain; charset=euc-kr", "").into_bytes();
    korean.extend_from_slice(&euc);
    check("a.eml", korean, &format!("{KNOWN}: \"배가 떠났다.\""));
    // Words in headers.
    check(
        "a.eml",
        "Subject: =?utf-8?Q?=E2=80=9ENein=E2=80=9C?= =?utf-8?B?LCBzYWd0IErDtnJn?=\r\nFrom: =?iso-8859-1?Q?J=F6rg_M=FCller?= <j@x.example>\r\nMIME-Version: 1.0\r\n\r\nEins.",
        "#0 „Nein“, sagt Jörg | by Jörg Müller: \"Eins.\"",
    );
}

#[test]
fn several_parts() {
    let part = |kind: &str, body: &str| format!("--B\r\nContent-Type: {kind}\r\n\r\n{body}\r\n");
    let multi = |kind: &str, parts: &[String]| {
        mail(
            &format!("Content-Type: multipart/{kind}; boundary=\"B\""),
            &format!("This is MIME.\r\n{}--B--\r\n", parts.concat()),
        )
    };
    let (plain, page) = (
        part("text/plain; charset=utf-8", "One.\r\n\r\nTwo."),
        part("text/html; charset=utf-8", "<html><body><p>One.</p><p>Two!</p></body></html>"),
    );
    check("a.eml", multi("alternative", &[plain.clone(), page.clone()]), &format!("{KNOWN}: \"One.\\n\\nTwo.\""));
    check("a.eml", multi("alternative", std::slice::from_ref(&page)), &format!("{KNOWN}: \"One.\\n\\nTwo!\""));
    // A plain part that says nothing but that there is another.
    let stub = part("text/plain", "Your program shows no HTML.");
    let long = part("text/html", &format!("<p>{}</p><p>Two.</p>", "The slip is closed. ".repeat(10)));
    assert!(article("a.eml", multi("alternative", &[stub, long])).text.starts_with("The slip is closed."));
    // Attachments: a file, a text, another message.
    let file = "--B\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n".to_owned();
    let text =
        "--B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nNo.\r\n".to_owned();
    let other = part("message/rfc822", "Subject: Other\r\n\r\nNo.");
    check("a.eml", multi("mixed", &[plain.clone(), file, text, other]), &format!("{KNOWN}: \"One.\\n\\nTwo.\""));
    // One in the other, the last end missing.
    let inner = multi("alternative", &[plain, page]).replace("--B", "--C").replace("\"B\"", "\"C\"");
    let inner = inner.split_once("\r\n\r\n").expect("a body").1;
    let outer = mail(
        "Content-Type: multipart/mixed; boundary=B",
        &format!("--B\r\nContent-Type: multipart/alternative; boundary=C\r\n\r\n{inner}"),
    );
    check("a.eml", outer, &format!("{KNOWN}: \"One.\\n\\nTwo.\""));
}

#[test]
fn what_headers_say() {
    check(
        "a.eml",
        "From: press@slip.example\r\nSubject: =?utf-8?q?Slip?=\r\n closed\r\nList-Id: Harbour News <news.harbour.example>\r\nOrganization: Slip Ltd\r\nContent-Language: en-GB\r\n\
         Archived-At: <https://lists.example/17>\r\nReceived: by x; Wed, 6 Mar 2019 01:00:00 +0000\r\n\r\nOne.",
        "#0 Slip closed | by press@slip.example | in Harbour News | on 2019-03-06 | lang en | https://lists.example/17: \"One.\"",
    );
    check(
        "a.eml",
        "From: \"Reed, Tom\" <tom@x.example>, Jo Lund <jo@x.example>\nSubject: A\nOrganization: Slip Ltd\nList-Id: <news.harbour.example>\nMIME-Version: 1.0\n\nOne.",
        "#0 A | by Reed, Tom, Jo Lund | in news.harbour.example: \"One.\"",
    );
}

#[test]
fn mailboxes() {
    let one = |from: &str, subject: &str, body: &str| {
        format!("From {from} Tue Mar  5 10:00:00 2019\nFrom: Tom Reed <t@x.example>\nSubject: {subject}\n\n{body}\n\n")
    };
    let file = one(
        "t@x.example",
        "A",
        ">From here it is closed.\n>>From there.\n> From afar.\n\nFrom Monday on, at 10:00 it opens.",
    ) + &one("MAILER-DAEMON", "B", "Two.")
        + &one("t@x.example", "C", "");
    let expected = "#0 A | by Tom Reed | on 2019-03-05: \"From here it is closed.\\n>From there.\\n> From afar.\\n\\nFrom Monday on, at 10:00 it opens.\"\n\
        #1 B | by Tom Reed | on 2019-03-05: \"Two.\"\n#2 C | by Tom Reed | on 2019-03-05: \"\"\n  ! record 3: only a headline: there is no text to it";
    for name in ["a.mbox", "Inbox", "a.txt"] {
        check(name, &file, expected);
        check(name, file.replace('\n', "\r\n"), expected);
    }
    check(
        "a.mbox",
        "From a@x.example Tue Mar  5 10:00:00 2019\nX: y\n\n",
        "skipped: record 1: a message without a text or a subject",
    );
}

#[test]
fn parts_that_are_not_the_article() {
    let part = |kind: &str, body: &str| format!("--B\r\nContent-Type: {kind}\r\n\r\n{body}\r\n");
    let multi = |kind: &str, parts: &[String]| {
        mail(&format!("Content-Type: multipart/{kind}; boundary=\"B\""), &format!("{}--B--\r\n", parts.concat()))
    };
    let page = part("text/html; charset=utf-8", "<p>One.</p>");
    let long = "The slip is closed, said Ada Bell, who chairs the board. ".repeat(9);
    // An empty alternative.
    for blank in ["", "\r\n", " \r\n\r\n"] {
        let text = multi("alternative", &[part("text/plain", blank), page.clone()]);
        check("a.eml", text, &format!("{KNOWN}: \"One.\""));
    }
    // What a list puts under every message.
    let footer = part("text/plain", "_____\r\nTo leave this list write to the board of the list.");
    let text = article("a.eml", multi("mixed", &[part("text/html", &format!("<p>{long}</p>")), footer.clone()])).text;
    assert!(text.starts_with("The slip is closed") && text.contains("To leave this list"), "{text}");
    let text = article("a.eml", multi("mixed", &[page.clone(), footer.clone()])).text;
    assert!(text.starts_with("One.\n\n"), "{text}");
    let inner = "--B\r\nContent-Type: multipart/alternative; boundary=C\r\n\r\n--C\r\nContent-Type: text/plain\r\n\r\n\r\n--C\r\n\
        Content-Type: text/html\r\n\r\n<p>One.</p>\r\n--C--\r\n";
    let text = article("a.eml", multi("mixed", &[inner.to_owned(), footer])).text;
    assert!(text.starts_with("One.\n\n"), "{text}");
}
