//! The SGML of Reuters-21578, after the description that comes with it.

use super::{article, check};

fn item(id: u32, inner: &str) -> String {
    format!(
        "<REUTERS TOPICS=\"YES\" LEWISSPLIT=\"TRAIN\" CGISPLIT=\"TRAINING-SET\" OLDID=\"5544\" NEWID=\"{id}\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n\
         <TOPICS><D>ship</D><D>sugar</D></TOPICS>\n<PLACES><D>usa</D></PLACES>\n<PEOPLE></PEOPLE>\n<ORGS></ORGS>\n<EXCHANGES></EXCHANGES>\n<COMPANIES></COMPANIES>\n\
         <UNKNOWN> \n&#5;&#5;&#5;C T\n&#22;&#22;&#1;f0704&#31;reute\n</UNKNOWN>\n{inner}\n</REUTERS>\n"
    )
}

const STORY: &str = "<TEXT>&#2;\n<TITLE>SLIP LTD &lt;SLP> CLOSES</TITLE>\n<AUTHOR>    by Tom Reed, Kestrel</AUTHOR>\n<DATELINE>    PORT ELLERY, Me., Feb 26 - </DATELINE><BODY>Slip Ltd\n\
    said it closed the AT&amp;T pier.\n    Bell &amp; Co &lt;BEL> bought it.\n Reuter\n&#3;</BODY></TEXT>";

#[test]
fn a_file_of_articles() {
    let file = format!(
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n{}{}{}{}",
        item(1, STORY),
        item(
            2,
            "<TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>SLIP LTD CLOSES PIER\n</TITLE>Blah blah blah.\n&#3;\n\n</TEXT>"
        ),
        item(3, "<TEXT TYPE=\"UNPROC\">&#2;\n******SLIP LTD SEES LOSS\n    It sees a loss.\n&#3;\n</TEXT>"),
        item(4, "<TEXT TYPE=\"UNPROC\">&#2; &#3;</TEXT>"),
    );
    check(
        "reut2-000.sgm",
        file,
        "#0 SLIP LTD <SLP> CLOSES | by Tom Reed, Kestrel | in Reuters | section ship | on 1987-02-26 | lang en: \
         \"    PORT ELLERY, Me., Feb 26 - Slip Ltd\\nsaid it closed the AT&T pier.\\n    Bell & Co <BEL> bought it.\"\n\
         #1 SLIP LTD CLOSES PIER | in Reuters | section ship | on 1987-02-26 | lang en: \"\"\n  ! record 2: only a headline: there is no text to it\n\
         #2 in Reuters | section ship | on 1987-02-26 | lang en: \"******SLIP LTD SEES LOSS\\n    It sees a loss.\"\n\
         skipped: record 4: neither a text nor a title in this record",
    );
    assert_eq!(article("a", item(17, STORY)).given_id.as_deref(), Some("17"));
}

#[test]
fn what_the_files_have() {
    // A byte of another character set, as one of the files has it, and a text that ends in the middle of another.
    let mut bytes = item(1, &STORY.replace("Bell &amp; Co", "M@ller")).into_bytes();
    for byte in &mut bytes {
        if *byte == b'@' {
            *byte = 0xFC;
        }
    }
    let read = super::readings("a.sgm", &bytes, &onrecord::article::ReadOptions::default());
    let [onrecord::article::Reading::Article(article, problems)] = read.as_slice() else { panic!("{read:?}") };
    assert!(article.text.contains("Müller <BEL>"), "{}", article.text);
    assert!(problems.iter().any(|problem| problem.message.contains("windows-1252")), "{problems:?}");
    let cut = item(1, "<TEXT><TITLE>A</TITLE><BODY>One.").replace("</REUTERS>", "")
        + &item(2, "<TEXT><TITLE>B</TITLE><BODY>Two.</BODY></TEXT>");
    check(
        "a.sgm",
        cut,
        "#0 A | in Reuters | section ship | on 1987-02-26 | lang en: \"One.\"\n  ! record 1: the element <REUTERS> is not closed\n\
         #1 B | in Reuters | section ship | on 1987-02-26 | lang en: \"Two.\"",
    );
}
