//! Files that mean harm or are broken beyond sense: each is read to its end, in time that grows with its length.

use std::io::{BufReader, Read};

use onrecord::article::{Format, ReadOptions, Reading, Source, read};

use super::{article, readings};

/// What comes of `bytes` as this format.
fn forced(format: Format, bytes: impl AsRef<[u8]>) -> Vec<Reading> {
    readings("a", bytes, &ReadOptions { format: Some(format), ..ReadOptions::default() })
}

#[test]
fn nested_a_hundred_thousand_deep() {
    let deep = |open: &str, close: &str| format!("{}One.{}", open.repeat(100_000), close.repeat(100_000));
    for (open, close) in [("<block>", "</block>"), ("<q>", ""), ("<p>", "</x>")] {
        let file = format!("<nitf><body><body.content>{}</body.content></body></nitf>", deep(open, close));
        let read = article("a.xml", file);
        assert!(read.text.contains("One."), "{open}");
    }
    let div = deep("<div>", "</div>");
    for file in [
        format!("<newsItem><contentSet><inlineXML>{div}</inlineXML></contentSet></newsItem>"),
        format!("<rss><channel><item><description><![CDATA[{div}]]></description></item></channel></rss>"),
        format!(
            "<NewsML><NewsItem>{}</NewsItem></NewsML>",
            deep("<NewsComponent>", "</NewsComponent>")
                .replace("One.", "<ContentItem><DataContent>One.</DataContent></ContentItem>")
        ),
        format!(
            "<alto><Page>{}</Page></alto>",
            deep("<ComposedBlock>", "</ComposedBlock>")
                .replace("One.", "<TextBlock><TextLine><String CONTENT='One.'/></TextLine></TextBlock>")
        ),
        format!(
            "<html><body class='ocr_page'><meta name='ocr-system'>{}</body></html>",
            deep("<div class='ocr_carea'>", "</div>")
        )
        .replace("<html>", "<!doctype html><html><div class=\"ocr_page\">"),
    ] {
        let all = readings("a.xml", &file, &ReadOptions::default());
        let Some(Reading::Article(article, _)) = all.first() else { panic!("{all:?}") };
        assert!(article.text.contains("One."), "{}", file.get(..60).unwrap_or_default());
    }
    // Deep where nothing is taken, and deep before anything is.
    for format in [
        Format::Nitf,
        Format::NewsMlG2,
        Format::NewsMl,
        Format::Feed,
        Format::Reuters,
        Format::Alto,
        Format::Mets,
        Format::Hocr,
    ] {
        assert_eq!(forced(format, deep("<a>", "</a>")).len(), 1);
    }
    assert_eq!(readings("a.xml", deep("<a>", ""), &ReadOptions::default()).len(), 1);
}

#[test]
fn messages_in_messages() {
    let head = "MIME-Version: 1.0\nFrom: a@x.example\nSubject: A\n";
    let nested = format!("{head}{}\nOne.\n", "Content-Type: message/rfc822\n\n".repeat(100_000));
    assert_eq!(forced(Format::Mail, nested).len(), 1);
    let digest = format!("{head}{}", "Content-Type: multipart/digest; boundary=B\n\n--B\n\n".repeat(50_000));
    assert_eq!(forced(Format::Mail, digest).len(), 1);
    // Parts and headers without number; rules between paragraphs are neither.
    let parts = "--B\n\nx\n".repeat(200_000);
    let many = format!("{head}Content-Type: multipart/mixed; boundary=B\n\n--B\n\nOne.\n{parts}");
    assert!(article("a.eml", many).text.starts_with("One.\n\nx\n\nx"));
    let many = format!("{head}{}\n\nOne.\n", "X-A: b\n".repeat(200_000));
    super::check("a.eml", many, "skipped: more headers than any e-mail has");
    let rules = format!("Subject: A\nFrom: a@x.example\n\n{}", "--\nx\n".repeat(30_000));
    assert_eq!(article("a.eml", rules).text.matches('x').count(), 30_000);
    let multi: String =
        (0..50_000).map(|n| format!("Content-Type: multipart/mixed; boundary=B{n}\n\n--B{n}\n")).collect();
    assert_eq!(forced(Format::Mail, format!("{head}{multi}\n\nOne.\n")).len(), 1);
}

#[test]
fn entities_that_expand() {
    let mut file = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\">".to_owned();
    for (before, name) in "abcdefghijkl".chars().zip("bcdefghijklm".chars()) {
        file.push_str(&format!("<!ENTITY {name} \"{}\">", format!("&{before};").repeat(10)));
    }
    let bomb = format!(
        "{file}]><rss><channel><item><title>A</title><description>&m; and &a;</description></item></channel></rss>"
    );
    let read = article("a.xml", bomb);
    assert!(read.text.ends_with(&"a".repeat(50)) && read.text.len() < 200, "{}", read.text);
    // Short ones, but a great many: too much is too much, and the next item is read.
    let many = "&b;".repeat(200_000);
    let file = format!(
        "{file}]><rss><channel><item><title>A</title><description>{many}</description></item><item><title>B</title></item></channel></rss>"
    );
    let all = readings("a.xml", file, &ReadOptions::default());
    assert!(
        matches!(all.first(), Some(Reading::Skipped(problem)) if problem.message.contains("larger than")),
        "{:?}",
        all.first().map(|_| ())
    );
    assert!(matches!(all.get(1), Some(Reading::Article(article, _)) if article.headline() == Some("B")));
    // Nothing outside the file is fetched.
    let far = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><rss><channel><item><title>&x;</title></item></channel></rss>";
    assert_eq!(article("a.xml", far).headline(), Some("&x;"));
}

/// So many bytes that begin and end so, and a pattern between, which is never held as a whole.
struct Long {
    head: Vec<u8>,
    middle: &'static [u8],
    block: Vec<u8>,
    given: usize,
    left: usize,
    tail: Vec<u8>,
    most: usize,
}

impl Read for Long {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let room = out.len().min(self.most);
        let out = out.get_mut(..room).unwrap_or_default();
        if !self.head.is_empty() {
            let count = out.len().min(self.head.len());
            out[..count].copy_from_slice(&self.head[..count]);
            self.head.drain(..count);
            return Ok(count);
        }
        if self.left > 0 {
            let count = out.len().min(self.left);
            // As many whole patterns as there is room for, of which the block begins in the middle of one.
            let from = self.given % self.middle.len();
            out[..count].copy_from_slice(&self.block[from..from + count]);
            self.given += count;
            self.left -= count;
            return Ok(count);
        }
        let count = out.len().min(self.tail.len());
        out[..count].copy_from_slice(&self.tail[..count]);
        self.tail.drain(..count);
        Ok(count)
    }
}

/// Reads `head`, then `size` bytes of `middle`, then `tail`.
fn long(format: Format, head: &str, middle: &'static [u8], size: usize, tail: &str) -> Vec<Reading> {
    let block = middle.repeat(64 * 1024 / middle.len() + 2);
    let input = Long {
        block,
        head: head.into(),
        middle,
        given: 0,
        left: size / middle.len() * middle.len(),
        tail: tail.into(),
        most: 64 * 1024,
    };
    let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
    read(Source::file("a"), Box::new(BufReader::with_capacity(64 * 1024, input)), &options).collect()
}

#[test]
fn a_branch_that_is_too_large_costs_itself() {
    let size = 17 << 20;
    let head = "<rss><channel><item><title>A</title></item><item><description>";
    let tail = "</description></item><item><title>B</title></item></channel></rss>";
    let words =
        b"&amp; a great many words that stand between one reference and the next, for there is no end to them all ";
    for (middle, closing) in [(words.as_slice(), ""), (b"<![CDATA[", "]]>"), (b"<!-- ", " -->"), (b"<", ">")] {
        let all = long(Format::Feed, head, middle, size, &format!("{closing}{tail}"));
        let titles: Vec<Option<&str>> = all
            .iter()
            .map(|reading| match reading {
                Reading::Article(article, _) => article.headline(),
                Reading::Skipped(problem) => Some(problem.message.as_str()),
            })
            .collect();
        let lost = "<item> is larger than 16 MB: not one article";
        assert_eq!(titles, [Some("A"), Some(lost), Some("B")], "{:?}", String::from_utf8_lossy(middle));
    }
    // Of a format that is one article, all that is to be said.
    let all = long(Format::Nitf, "<nitf><body><p>", b"x ", size, "</p></body></nitf>");
    assert!(
        matches!(all.as_slice(), [Reading::Skipped(problem)] if problem.message.contains("<nitf> is larger than 16 MB"))
    );
    // What no branch holds is passed over, and never held.
    let all = long(
        Format::Feed,
        "<rss><channel>",
        b"<an-element-that-means-nothing-and-never-ends attribute='x'>",
        size,
        "<item><title>B</title></item>",
    );
    assert!(
        matches!(all.as_slice(), [Reading::Article(article, _)] if article.headline() == Some("B")),
        "{}",
        all.len()
    );
    let message = "From a@x.example Tue Mar  5 10:00:00 2019\nSubject: A\n\nOne.\n\nFrom a@x.example Tue Mar  5 10:00:00 2019\nSubject: B\n\n";
    let all = long(
        Format::Mailbox,
        message,
        b"a line of a message that is much larger than any message is, as it holds whatever somebody has sent with it in letters\n",
        70 << 20,
        "\n\nFrom a@x.example Tue Mar  5 10:00:00 2019\nSubject: C\n\nTwo.\n",
    );
    let kinds: Vec<bool> = all.iter().map(|reading| matches!(reading, Reading::Article(..))).collect();
    assert_eq!(kinds, [true, false, true]);
}

#[test]
fn time_grows_with_length() {
    // Of each, what would be looked for again and again where somebody is careless.
    let cases: [(Format, &str, &str, &str); 16] = [
        (Format::Nitf, "<nitf><body>", "<q>", ""),
        (Format::Nitf, "<nitf><body>", "<block>a</block>", ""),
        (Format::Nitf, "<nitf><body>", "<a></b>", ""),
        (Format::Nitf, "<nitf><body>", "</nitg>", ""),
        (Format::Nitf, "<nitf><body>", "&amp;", ""),
        (Format::Nitf, "<nitf><body>", "& ", ""),
        (Format::Nitf, "<!DOCTYPE nitf [", "<!ENTITY a 'b'>", "]>"),
        (Format::Nitf, "<nitf><body><![CDATA[", "]]", ""),
        (Format::Feed, "<rss><channel>", "<item>", ""),
        (Format::Feed, "<rss><channel><item>", "<description>", ""),
        (Format::NewsMl, "<NewsML><NewsItem>", "<NewsComponent><NewsLines><HeadLine>A</HeadLine></NewsLines>", ""),
        (
            Format::Alto,
            "<alto><Page>",
            "<TextBlock ID='a' IDNEXT='a'><TextLine><String CONTENT='a-'/></TextLine></TextBlock>",
            "",
        ),
        (Format::Hocr, "<div class='ocr_page'>", "<span class='ocr_line'>a-", ""),
        (Format::Mail, "Subject: A\nContent-Type: multipart/mixed; boundary=B\n\n", "--B\n\n", ""),
        (Format::Mail, "Subject: A\nContent-Type: text/plain; format=flowed\n\n", "> a \n", ""),
        (Format::Mailbox, "", "From a 10:00 2019\nX: y\n\n", ""),
    ];
    for (format, head, middle, tail) in cases {
        // With the square of its length, each of them would take minutes.
        let text = format!("{head}{}{tail}", middle.repeat(200_000 / middle.len()));
        assert!(!forced(format, text).is_empty(), "{format:?}: {middle:?}");
    }
}

#[test]
fn any_bytes() {
    // Every format meets every sample with bytes changed: nothing may stop it. With its own, each is tried harder (`fuzz.rs`).
    let samples = [
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><!DOCTYPE nitf [<!ENTITY a \"b\">]><nitf><body><body.content><p>One &a; <q>two</q>.</p></body.content></body></nitf>",
        "<newsMessage><itemSet><newsItem><contentSet><inlineXML><p>One.</p></inlineXML></contentSet></newsItem></itemSet></newsMessage>",
        "<NewsML><NewsItem><NewsComponent><Role FormalName='x'/><ContentItem><DataContent>One.</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
        "<rss><channel><item><title>A</title><description><![CDATA[<p>One.]]></description></item></channel></rss>",
        "<REUTERS NEWID='1'><DATE>26-FEB-1987</DATE><TEXT><TITLE>A</TITLE><BODY>One.\n Reuter\n&#3;</BODY></TEXT></REUTERS>",
        "<alto><Page><TextBlock ID='a'><TextLine><String CONTENT='a'/><HYP/></TextLine></TextBlock></Page></alto>",
        "<html><div class=\"ocr_page\"><span class='ocr_line'>a</span></div></html>",
        "From a@x Tue Mar 5 10:00:00 2019\nSubject: =?utf-8?q?A?=\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\n=E2=80\n--B--\n",
        r#"{"uri":"a","versioncreated":"2019","headlines":[{"value":"A"}],"bodies":[{"contenttype":"nitf","value":"<nitf><body><p>One."}]}"#,
        r#"{"version":"https://jsonfeed.org/version/1","items":[{"content_html":"<p>One."}]}"#,
    ];
    let mut seed = 17_u32;
    let mut next = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 8
    };
    for sample in samples {
        for format in Format::all() {
            for _ in 0..6 {
                let mut bytes = sample.as_bytes().to_vec();
                for _ in 0..next() % 6 {
                    let at = next() as usize % bytes.len();
                    match next() % 4 {
                        0 => bytes[at] = u8::try_from(next() % 256).unwrap_or_default(),
                        1 => bytes.truncate(at.max(1)),
                        2 => bytes.insert(at, b"<>&;\"'=\0\xFF"[next() as usize % 9]),
                        _ => bytes.extend_from_within(at..),
                    }
                }
                for reading in forced(format, &bytes) {
                    if let Reading::Article(article, _) = reading {
                        assert!(article.text.get(article.body.start()..article.body.end()).is_some());
                    }
                }
            }
        }
    }
}
