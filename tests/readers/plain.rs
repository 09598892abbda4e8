//! Plain text: headline, byline, header lines, dateline; the text stays as it is.

use onrecord::article::{Part, ReadOptions};
use onrecord::text::day::PartialDate;

use super::{article, check, check_with};

const LONG: &str = "The harbour board of Port Ellery voted on Tuesday to close the old ferry slip, ending a dispute that has split the town for three years.";

#[test]
fn headline_in_the_first_line() {
    // One paragraph a line.
    check(
        "a.txt",
        format!("Board Votes To Close Ferry Slip\n{LONG}\n{LONG}\n"),
        &format!("#0 Board Votes To Close Ferry Slip: {:?}", format!("{LONG}\n{LONG}")),
    );
    check(
        "a.txt",
        format!("Board votes to close ferry slip\n\n{LONG}\n"),
        &format!("#0 Board votes to close ferry slip: {LONG:?}"),
    );
    check("a.txt", format!("Will the Slip Be Closed?\n\n{LONG}\n"), &format!("#0 Will the Slip Be Closed?: {LONG:?}"));
    check("a.txt", format!("\r\nSlip Is Closed\r\n\r\n{LONG}\r\n"), &format!("#0 Slip Is Closed: {LONG:?}"));
    // Broken over two lines.
    check(
        "a.txt",
        format!("Board Votes To Close\nThe Old Ferry Slip\n\n{LONG}\n"),
        &format!("#0 Board Votes To Close\nThe Old Ferry Slip: {LONG:?}"),
    );
    // No headline: the text begins at once.
    check("a.txt", LONG, &format!("#0 : {LONG:?}"));
    check("a.txt", format!("{LONG}\n\n{LONG}\n"), &format!("#0 : {:?}", format!("{LONG}\n\n{LONG}")));
    check(
        "a.txt",
        format!("Two men drowned on Tuesday.\n\n{LONG}\n"),
        &format!("#0 : {:?}", format!("Two men drowned on Tuesday.\n\n{LONG}")),
    );
    check(
        "a.txt",
        "The board of Port Ellery voted on Tuesday to close\nthe old ferry slip, and nobody who was there spoke\nagainst it. It was built when the mill was new and\nhas stood empty for three years.\n",
        "#0 : \"The board of Port Ellery voted on Tuesday to close\\nthe old ferry slip, and nobody who was there spoke\\nagainst it. It was built when the mill was new and\\nhas stood empty for three years.\"",
    );
    // Nothing but a headline.
    check("a.txt", "Slip To Be Closed\n", "#0 Slip To Be Closed: \"\"");
}

#[test]
fn bylines() {
    check(
        "a.txt",
        format!("Slip Is Closed\n\nBy Ada Bell\n\n{LONG}"),
        &format!("#0 Slip Is Closed | by Ada Bell: {LONG:?}"),
    );
    check(
        "a.txt",
        format!("Slip Is Closed\nBy ADA BELL and TOM REED\n{LONG}"),
        &format!("#0 Slip Is Closed | by ADA BELL and TOM REED: {LONG:?}"),
    );
    check(
        "a.txt",
        format!("Slip Is Closed\nBy Ada Bell, Staff Writer\nSeptember 18, 2015\n\n{LONG}"),
        &format!("#0 Slip Is Closed | by Ada Bell, Staff Writer | on 2015-09-18: {LONG:?}"),
    );
    check("a.txt", format!("BY ADA BELL\n\n{LONG}"), &format!("#0 by ADA BELL: {LONG:?}"));
    // Whom the writer works for, and what the writer is.
    for (line, outlet) in [
        ("Ellery Courier", " | in Ellery Courier"),
        ("  Ellery Courier", " | in Ellery Courier"),
        ("For The Ellery Courier", " | in The Ellery Courier"),
        ("of the Ellery Courier", " | in the Ellery Courier"),
        ("Ellery Courier Staff Writer", ""),
        ("Ellery Courier Correspondents", ""),
        ("Editor, Ellery Courier", ""),
        ("Special to the Ellery Courier", ""),
        ("And Tom Reed", ""),
    ] {
        check(
            "a.txt",
            format!("Slip Is Closed\n\nBy Ada Bell\n{line}\n\n{LONG}"),
            &format!("#0 Slip Is Closed | by Ada Bell{outlet}: {LONG:?}"),
        );
    }
    check(
        "a.txt",
        format!("Title: Slip Is Closed\nOutlet: Tern Times\n\nBy Ada Bell\nEllery Courier\n\n{LONG}"),
        &format!("#0 Slip Is Closed | by Ada Bell | in Tern Times: {LONG:?}"),
    );
    for line in ["Slip\nand Gate", "The slip is closed", "What Now?", "Politics", "Friday", "Friday Morning"] {
        let body = format!("{line}\n\n{LONG}");
        let text = format!("Slip Is Closed\n\nBy Ada Bell\n{body}");
        check("a.txt", text, &format!("#0 Slip Is Closed | by Ada Bell: {body:?}"));
    }
    let body = format!("Ellery Courier\n\n{LONG}");
    check(
        "a.txt",
        format!("Slip Is Closed\n\nBy Ada Bell\n\n{body}"),
        &format!("#0 Slip Is Closed | by Ada Bell: {body:?}"),
    );
    // A sentence that begins with "By" is none.
    let text = format!("Slip Is Closed\n\nBy noon the slip was closed and the ferry gone.\n\n{LONG}");
    check("a.txt", &text, &format!("#0 Slip Is Closed: {:?}", text.split_once("\n\n").expect("two parts").1));
}

#[test]
fn header_lines() {
    let head = "Title: Slip Is Closed\nDate: March 5, 2019\nOutlet: The Ellery Courier\nAuthor: By Ada Bell\nSection: Local\nURL: https://courier.example/1\nLanguage: English\nPhotographer: Jo Lund\n";
    let expected = format!(
        "#0 Slip Is Closed | by Ada Bell | in The Ellery Courier | section Local | on 2019-03-05 | lang en | https://courier.example/1: {LONG:?}"
    );
    check("a.txt", format!("{head}\n{LONG}\n"), &expected);
    check("a.txt", format!("{head}{LONG}\n"), &expected);
    check("a.txt", format!("{head}\nSlip Is Closed\n\n{LONG}\n"), &expected);
    check("a.txt", format!("headline: Slip Is Closed\n\n{LONG}"), &format!("#0 Slip Is Closed: {LONG:?}"));
    check(
        "a.txt",
        format!("Date: 05/03/2019\n\n{LONG}"),
        &format!("#0 on 2019: {LONG:?}\n  ! the day `05/03/2019` can be read in two ways; only its year is kept"),
    );
    check(
        "a.txt",
        format!("Date: some day\n\n{LONG}"),
        &format!("#0 : {LONG:?}\n  ! the date `some day` is not understood"),
    );
    // A transcript has no headers.
    let text = "WALLACE: Will the slip be closed?\nREED: It will.";
    check("a.txt", text, &format!("#0 : {text:?}"));
}

#[test]
fn datelines() {
    let known = |date: &str| ReadOptions { published: PartialDate::parse(date), ..ReadOptions::default() };
    let story = |dateline: &str| format!("Slip Is Closed\n\n{dateline} {LONG}");
    let expect = |dateline: &str, date: &str| {
        let on = if date.is_empty() { String::new() } else { format!(" | on {date}") };
        format!("#0 Slip Is Closed{on}: {:?}", format!("{dateline} {LONG}"))
    };
    for (dateline, given, date) in [
        ("LONDON, Sept 18 (Agency) -", "2015", "2015-09-18"),
        ("LONDON, Sept 18 (Agency) -", "2015-09", "2015-09-18"),
        ("LONDON, Sept 18 (Agency) -", "2015-09-19", "2015-09-19"),
        ("LONDON, Sept 18 (Agency) -", "2015-07", "2015-07"),
        ("PORT ELLERY, Me., Sept. 18 (Agency) --", "2015", "2015-09-18"),
        ("LONDON, 18 September —", "2015", "2015-09-18"),
        ("London, 18 September –", "2015", "2015-09-18"),
        ("LONDON (Agency) —", "2015", "2015"),
        ("LONDON, Feb 30 (Agency) -", "2015", "2015"),
    ] {
        check_with(&known(given), "a.txt", story(dateline), &expect(dateline, date));
    }
    for (dateline, date) in [
        ("LONDON, Sept 18, 2015 (Agency) -", "2015-09-18"),
        ("LONDON, Sept 18 (Agency) -", ""),
        ("LONDON -", ""),
        ("Mr Reed, who was born on Sept 18, 2015, was there -", ""),
    ] {
        check("a.txt", story(dateline), &expect(dateline, date));
    }
    // The header's year completes the dateline; a header's day stands.
    check(
        "a.txt",
        format!("Date: 2015\n\nLONDON, Sept 18 (Agency) - {LONG}"),
        &format!("#0 on 2015-09-18: {:?}", format!("LONDON, Sept 18 (Agency) - {LONG}")),
    );
    check(
        "a.txt",
        format!("Date: 2015-09-20\n\nLONDON, Sept 18 (Agency) - {LONG}"),
        &format!("#0 on 2015-09-20: {:?}", format!("LONDON, Sept 18 (Agency) - {LONG}")),
    );
}

#[test]
fn the_text_is_kept_as_it_is() {
    let file = format!("\n  Slip Is Closed  \r\n\r\nBy Ada Bell\r\n\r\n   {LONG}\r\n\t{LONG}  \n\n");
    let article = article("a.txt", &file);
    assert_eq!(article.text, file);
    assert!(matches!(article.headline, Some(Part::Here(_))));
    assert!(matches!(article.byline, Some(Part::Here(_))));
    assert_eq!(article.body(), format!("{LONG}\r\n\t{LONG}"));
}

#[test]
fn scans_have_no_headline() {
    let text = ". ;i 1 nI .f\nrrY' VOL 8 No. 3\nthe slip was closed on Tuesday and it will not be\nopened again said the board of Port Ellery which\nmet behind the mill.\n";
    assert_eq!(article("a.txt", text).headline(), None);
}

#[test]
fn what_the_place_gives() {
    let options = ReadOptions {
        published: PartialDate::parse("1916-11-06"),
        outlet: Some("Courier".to_owned()),
        ..ReadOptions::default()
    };
    check_with(&options, "a.txt", LONG, &format!("#0 in Courier | on 1916-11-06: {LONG:?}"));
    check_with(
        &options,
        "a.txt",
        format!("Outlet: The Gazette\nDate: 1916\n\n{LONG}"),
        &format!("#0 in The Gazette | on 1916-11-06: {LONG:?}"),
    );
    check_with(&options, "a.txt", format!("Date: 1917\n\n{LONG}"), &format!("#0 in Courier | on 1917: {LONG:?}"));
}

#[test]
fn bylines_in_german_and_with_a_day() {
    let text = "Der Hafenrat von Port Ellery hat am Dienstag beschlossen, die alte Helling zu schließen, um die seit drei Jahren gestritten wird.";
    for (top, known) in [
        ("Die Helling ist zu\n\nVon Eva Muster\n\n", "Die Helling ist zu | by Eva Muster"),
        ("Die Helling ist zu\nVon Eva Muster\n", "Die Helling ist zu | by Eva Muster"),
        (
            "Die Helling ist zu\nVon Eva Muster und Jan Beispiel | 14.09.2015\n",
            "Die Helling ist zu | by Eva Muster und Jan Beispiel | on 2015-09-14",
        ),
        ("Slip Is Closed\n\nBy Jane Roe | September 14, 2015\n\n", "Slip Is Closed | by Jane Roe | on 2015-09-14"),
        ("Von Mäusen und Menschen\n\n", "Von Mäusen und Menschen"),
    ] {
        check("a.txt", format!("{top}{text}\n"), &format!("#0 {known}: {text:?}"));
        let heading = top.replacen("", "# ", 1);
        check("a.md", format!("{heading}{text}\n"), &format!("#0 {known}: {text:?}"));
        let (title, rest) = top.split_once('\n').expect("a headline");
        let byline = rest.trim();
        let page = format!("<html><body><article><h1>{title}</h1><p>{byline}</p><p>{text}</p></article></body></html>");
        let read = article("a.html", page);
        assert_eq!(read.byline().is_some(), known.contains(" | by "), "{top}");
        assert_eq!(read.published.is_some(), known.contains(" | on "), "{top}");
        assert_eq!(read.body(), text, "{top}");
    }
}

#[test]
fn line_ends_of_old_macs() {
    check(
        "a.txt",
        format!("Slip Is Closed\r\rBy Ada Bell\r\r{LONG}\r"),
        &format!("#0 Slip Is Closed | by Ada Bell: {LONG:?}"),
    );
    check("a.md", format!("# Slip Is Closed\r\r{LONG}\r"), &format!("#0 Slip Is Closed: {LONG:?}"));
}

#[test]
fn files_in_utf_32() {
    let file = format!("\u{feff}Slip Is Closed\n\n{LONG}\n{LONG}\n");
    let expected = format!("#0 Slip Is Closed: {:?}", format!("{LONG}\n{LONG}"));
    let little: Vec<u8> = file.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let great: Vec<u8> = file.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    check("a.txt", little, &expected);
    check("a.txt", great, &expected);
}
