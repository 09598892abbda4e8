//! Scanned pages: lines and blocks in their order, words that were broken whole again, what METS knows.

use super::{article, check};

fn alto(blocks: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"><Description><MeasurementUnit>pixel</MeasurementUnit>\
         <sourceImageInformation><fileName>0001.tif</fileName></sourceImageInformation></Description><Styles><TextStyle ID=\"T\" FONTSIZE=\"8\"/></Styles>\
         <Layout><Page ID=\"P1\"><TopMargin/><PrintSpace>{blocks}</PrintSpace></Page></Layout></alto>"
    )
}

fn line(words: &str) -> String {
    let words: Vec<String> = words.split(' ').map(|word| format!("<String CONTENT=\"{word}\" WC=\"0.9\"/>")).collect();
    format!("<TextLine>{}</TextLine>", words.join("<SP WIDTH=\"9\"/>"))
}

fn block(id: &str, more: &str, lines: &[&str]) -> String {
    format!("<TextBlock ID=\"{id}\" {more}>{}</TextBlock>", lines.iter().map(|words| line(words)).collect::<String>())
}

#[test]
fn lines_and_blocks() {
    let page = alto(&format!(
        "{}<ComposedBlock>{}<GraphicalElement/>{}</ComposedBlock>",
        block("A", "language=\"eng\"", &["THE ELLERY COURIER"]),
        block("B", "", &["The slip is closed &amp; the", "ferry gone."]),
        block("C", "", &["&quot;No choice,&quot; said Bell."]),
    ));
    check(
        "0001.xml",
        page,
        "#0 lang en: \"THE ELLERY COURIER\\n\\nThe slip is closed & the\\nferry gone.\\n\\n\\\"No choice,\\\" said Bell.\"",
    );
    check("0001.xml", alto(""), "skipped: record 1: a scanned page without any words");
}

#[test]
fn broken_words() {
    let text = |lines: &str| article("a.xml", alto(&format!("<TextBlock>{lines}</TextBlock>"))).text;
    // The scan says what the word is: with a hyphen, without one, and where its halves lie apart.
    assert_eq!(
        text(
            "<TextLine><String CONTENT=\"a\"/><SP/><String CONTENT=\"confer\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"conference\"/><HYP CONTENT=\"-\"/></TextLine>\
             <TextLine><String CONTENT=\"ence\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"conference\"/><SP/><String CONTENT=\"was\"/></TextLine>"
        ),
        "a conference\nwas"
    );
    assert_eq!(
        text(
            "<TextLine><String CONTENT=\"New\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"New-York.\"/><HYP/></TextLine>\
             <TextLine><String CONTENT=\"York.\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"New-York.\"/></TextLine><TextLine><String CONTENT=\"So\"/></TextLine>"
        ),
        "New-York.\nSo"
    );
    // The first half is on another page; an abbreviation is none.
    assert_eq!(
        text("<TextLine><String CONTENT=\"ence\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"conference\"/></TextLine>"),
        "ence"
    );
    assert_eq!(
        text("<TextLine><String CONTENT=\"Dr.\" SUBS_TYPE=\"Abbreviation\" SUBS_CONTENT=\"Doctor\"/></TextLine>"),
        "Dr."
    );
    // It does not say.
    assert_eq!(text(&(line("a confer-") + &line("ence was"))), "a conference\nwas");
    assert_eq!(
        text(
            "<TextLine><String CONTENT=\"confer\"/><HYP CONTENT=\"\u{ad}\"/></TextLine><TextLine><String CONTENT=\"ence\"/></TextLine>"
        ),
        "conference"
    );
    assert_eq!(
        text(
            "<TextLine><String CONTENT=\"confer\"/><HYP/></TextLine><TextLine><String CONTENT=\"ence\"/><String CONTENT=\"was\"/></TextLine>"
        ),
        "conference\nwas"
    );
}

#[test]
fn reading_order() {
    let blocks = [block("A", "", &["Third."]), block("B", "", &["First."]), block("C", "", &["Second."])].concat();
    check("a.xml", alto(&blocks), "#0 : \"Third.\\n\\nFirst.\\n\\nSecond.\"");
    let ordered = alto(&blocks).replace(
        "<Layout>",
        "<Layout><ReadingOrder><OrderedGroup ID=\"g\"><ElementRef ID=\"1\" REF=\"B\"/><ElementRef ID=\"2\" REF=\"C\"/><ElementRef ID=\"3\" REF=\"none\"/></OrderedGroup></ReadingOrder>",
    );
    check("a.xml", ordered, "#0 : \"First.\\n\\nSecond.\\n\\nThird.\"");
    let chained = [
        block("A", "", &["Third."]),
        block("B", "IDNEXT=\"D\"", &["First."]),
        block("C", "", &["Fourth."]),
        block("D", "IDNEXT=\"A\"", &["Second."]),
    ];
    check("a.xml", alto(&chained.concat()), "#0 : \"First.\\n\\nSecond.\\n\\nThird.\\n\\nFourth.\"");
    let ring = [block("A", "IDNEXT=\"B\"", &["First."]), block("B", "IDNEXT=\"A\"", &["Second."])];
    check("a.xml", alto(&ring.concat()), "#0 : \"First.\\n\\nSecond.\"");
}

#[test]
fn several_pages() {
    let book = alto(&block("A", "", &["One."]))
        .replace("</Page>", &format!("</Page><Page ID=\"P2\">{}</Page>", block("B", "", &["Two."])));
    check("a.xml", book, "#0 : \"One.\"\n#1 : \"Two.\"");
}

fn mets(label: &str, more: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><mets xmlns=\"http://www.loc.gov/METS/\" xmlns:mods=\"http://www.loc.gov/mods/v3\" LABEL=\"{label}\"><metsHdr CREATEDATE=\"2009-12-31T23:59:59\">\
         <agent><name>A Library</name></agent></metsHdr>{more}</mets>"
    )
}

#[test]
fn issues() {
    let files =
        "<fileSec><fileGrp><file ID=\"o1\" USE=\"ocr\"><FLocat xlink:href=\"0001.xml\"/></file></fileGrp></fileSec>";
    check(
        "a.xml",
        mets("The Courier, 1916-11-06", files),
        "skipped: METS of The Courier, 1916-11-06: it lists pages, whose text lies in other files",
    );
    check("a.xml", mets("", files), "skipped: METS: it lists pages, whose text lies in other files");
    // A page in it takes what it says, the surest of it.
    let data = "<dmdSec ID=\"i\"><mdWrap><xmlData><mods:mods><mods:relatedItem type=\"host\"><mods:titleInfo><mods:title>The Ellery Courier</mods:title></mods:titleInfo>\
        </mods:relatedItem><mods:originInfo><mods:dateIssued encoding=\"iso8601\" qualifier=\"questionable\">1916-11-08</mods:dateIssued>\
        <mods:dateIssued encoding=\"iso8601\">1916-11-07</mods:dateIssued></mods:originInfo><mods:language><mods:languageTerm>eng</mods:languageTerm></mods:language>\
        </mods:mods></xmlData></mdWrap></dmdSec>";
    let pages = alto(&block("A", "", &["One."])) + &alto(&block("B", "", &["Two."]));
    let pages = pages.replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "");
    let inside = |data: &str| {
        mets(
            "The Courier, November 6, 1916",
            &format!("{data}<fileSec><file><FContent><xmlData>{pages}</xmlData></FContent></file></fileSec>"),
        )
    };
    check(
        "a.xml",
        inside(data),
        "#0 in The Ellery Courier | on 1916-11-07 | lang en: \"One.\"\n#1 in The Ellery Courier | on 1916-11-07 | lang en: \"Two.\"",
    );
    check(
        "a.xml",
        inside(""),
        "#0 in The Courier | on 1916-11-06: \"One.\"\n#1 in The Courier | on 1916-11-06: \"Two.\"",
    );
}

#[test]
fn hocr() {
    let word = |word: &str| format!("<span class='ocrx_word' id='w' title='bbox 1 2 3 4; x_wconf 90'>{word}</span>");
    let line = |words: &str| {
        format!(
            "<span class='ocr_line' title='bbox 0 0 9 9'>{}</span>",
            words.split(' ').map(word).collect::<Vec<_>>().join(" ")
        )
    };
    let page = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\"><head><title>0001.tif</title><meta http-equiv=\"Content-Type\" content=\"text/html;charset=utf-8\">\
         <meta name='ocr-system' content='x'/><meta name='dc:date' content='1916-11-06'></head>\n<body>\n<div class='ocr_page' id='page_1' title='image \"0001.tif\"'>\n\
         <div class='ocr_carea'><p class='ocr_par' lang='deu'>{}\n{}</p><p class='ocr_par'>{}</p></div></div>\
         <div class='ocr_page' id='page_2'><p class='ocr_par'><span class='ocr_header'>Two<br>words</span></p></div></body></html>",
        line("a confer-"),
        line("ence was &amp; is"),
        line("Nobody minds.").replace("> <", "><"),
    );
    let expected = "#0 on 1916-11-06 | lang de: \"a conference\\nwas & is\\n\\nNobody minds.\"\n#1 on 1916-11-06 | lang en: \"Twowords\"";
    check("0001.html", &page, expected);
    check("0001.hocr", &page, expected);
    check("0001", &page, expected);
    // Where only paragraphs are marked.
    check(
        "a.html",
        "<!DOCTYPE html><html><body><div class=\"ocr_page\"><p class=\"ocr_par\">One\n  two</p><p class=\"ocr_par\">three</p></div></body></html>",
        "#0 : \"One two\\n\\nthree\"",
    );
}

/// What is known of the page at `page` where these files lie below one folder.
fn issue_of(page: &str, files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, content).expect("it can be written");
    }
    let path = folder.path().join(page);
    let mut input = onrecord::archive::open(&path).expect("the page can be opened");
    match onrecord::archive::issue(&path, &mut input) {
        Some(issue) => {
            let day = issue.published.map(|day| day.to_string());
            format!("{}, {}", issue.outlet.unwrap_or_default(), day.unwrap_or_default())
        }
        None => "none".to_owned(),
    }
}

#[test]
fn the_file_of_the_issue() {
    let page = alto(&block("A", "", &["One."]));
    let of = mets("The Courier, 1916-11-06", "<fileSec/>");
    let nothing = mets("", "<fileSec/>");
    // In the folder of the pages, named after it; or one folder up.
    assert_eq!(
        issue_of("1916110601/0001.xml", &[("1916110601/0001.xml", &page), ("1916110601/1916110601.xml", &of)]),
        "The Courier, 1916-11-06"
    );
    assert_eq!(
        issue_of("a/alto/0001.xml", &[("a/alto/0001.xml", &page), ("a/a_mets.xml", &of)]),
        "The Courier, 1916-11-06"
    );
    assert_eq!(
        issue_of("a/0001.xml", &[("a/0001.xml", &page), ("a/a.xml", &nothing), ("a/mets.xml", &of)]),
        "The Courier, 1916-11-06"
    );
    assert_eq!(
        issue_of("a/0001.xml", &[("a/0001.xml", &page), ("a/a.xml", &mets("The Courier", ""))]),
        "The Courier, "
    );
    // A file of that name that is something else; a page that is none; nothing there.
    assert_eq!(issue_of("a/0001.xml", &[("a/0001.xml", &page), ("a/a.xml", &page), ("a/mets.xml", "<mets")]), "none");
    assert_eq!(issue_of("a/0001.xml", &[("a/0001.xml", "<nitf/>"), ("a/mets.xml", &of)]), "none");
    assert_eq!(issue_of("a/0001.xml", &[("a/0001.xml", &page)]), "none");
    assert_eq!(issue_of("a/mets.xml", &[("a/mets.xml", &page)]), "none");
}

#[test]
fn pages_are_indexed_with_their_issue() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let issue = folder.path().join("archive/1916110601");
    std::fs::create_dir_all(&issue).expect("it can be made");
    let said = alto(&block("A", "", &["\u{201c}We sail no more,\u{201d} said Tilda Marsh, who owns the ferry."]));
    std::fs::write(issue.join("0001.xml"), said).expect("it can be written");
    std::fs::write(issue.join("1916110601.xml"), mets("The Courier, 1916-11-06", "<fileSec/>"))
        .expect("it can be written");
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_onrecord"));
        let done =
            command.env_remove("ONRECORD_INDEX").current_dir(folder.path()).args(args).output().expect("it starts");
        (
            done.status.code(),
            String::from_utf8(done.stdout).expect("UTF-8"),
            String::from_utf8(done.stderr).expect("UTF-8"),
        )
    };
    let (code, _, told) = run(&["index", "archive"]);
    assert_eq!(code, Some(3), "{told}");
    assert!(
        told.contains(
            "1916110601.xml: METS of The Courier, 1916-11-06: it lists pages, whose text lies in other files"
        ),
        "{told}"
    );
    let (_, found, told) = run(&["search", "speaker:Marsh", "--fields", "date,outlet,quote"]);
    assert_eq!(found, "1916-11-06\tThe Courier\tWe sail no more\n", "{told}");
    // What the user says of the place is surer.
    let (_, _, told) = run(&["index", "archive", "--outlet-from-path", "{outlet}/*", "--rebuild"]);
    let (_, found, _) = run(&["search", "speaker:Marsh", "--fields", "date,outlet"]);
    assert_eq!(found, "1916-11-06\t1916110601\n", "{told}");
}
