//! Speech that is reported without marks: tables of sentences with the words reported and the speaker (`indirect.txt`, and
//! `indirect_de.txt` for German).

use onrecord::article::{Article, Source};
use onrecord::extract::{Extraction, Kind, Speaker, extract};

fn extraction(text: &str) -> (Article, Extraction) {
    extraction_in("en", text)
}

fn extraction_in(language: &str, text: &str) -> (Article, Extraction) {
    let mut article = Article::from_text(Source::file("case.txt"), text);
    article.lang = Some(language.to_owned());
    let extraction = extract(&article);
    (article, extraction)
}

/// The indirect quotations of `text`, as `indirect.txt` writes them.
fn reported(language: &str, text: &str) -> String {
    let (article, extraction) = extraction_in(language, text);
    let found: Vec<String> = extraction
        .quotes
        .iter()
        .filter(|quote| quote.kind == Kind::Indirect)
        .map(|quote| {
            let words: Vec<&str> = quote.spans.iter().map(|span| span.of(&article.text)).collect();
            let speaker = match &quote.attribution.speaker {
                Speaker::Named(number) => extraction.people.get(*number).map_or("", |person| person.name.as_str()),
                Speaker::Described(words) => words,
                Speaker::Unknown => "?",
            };
            format!("{} | {speaker}", words.join(" / "))
        })
        .collect();
    if found.is_empty() { "-".to_owned() } else { found.join(" ## ") }
}

#[test]
fn every_sentence_of_the_table_reports_what_it_says() {
    hold("en", include_str!("indirect.txt"), 200);
}

#[test]
fn every_german_sentence_reports_what_it_says() {
    hold("de", include_str!("indirect_de.txt"), 40);
}

fn hold(language: &str, table: &str, least: usize) {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for (line, number) in table.lines().zip(1..) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((text, expected)) = line.split_once(" ==> ") else {
            wrong.push(format!("{number} is no case: {line}"));
            continue;
        };
        cases += 1;
        let found = reported(language, text);
        if found != expected {
            wrong.push(format!("{number}: {text}\n    expected {expected}\n    found    {found}"));
        }
    }
    assert!(cases > least, "the table was not read");
    assert!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_report_tells_its_cue_its_rule_and_who_is_named_nearest() {
    let check = |text: &str, expected: &str| {
        let (article, extraction) = extraction(text);
        let quote = extraction.quotes.iter().find(|quote| quote.kind == Kind::Indirect).expect("a report");
        let words =
            |span: Option<onrecord::text::span::Span>| span.map_or("", |span| span.of(&article.text)).to_owned();
        let attribution = &quote.attribution;
        assert_eq!(
            format!("{} / {} / {}", words(attribution.mention), words(attribution.cue), attribution.rule),
            expected,
            "{text}"
        );
        assert!(attribution.confidence > 0.3 && attribution.confidence < 1.0, "{text}: {}", attribution.confidence);
    };
    check("Mara Lind said that it rained.", "Mara Lind / said / indirect-that");
    check("Mara Lind left. She said it had rained.", "She / said / indirect-said");
    check("Mara Lind told the crew it had rained.", "Mara Lind / told / indirect-told");
    check("Mara Lind confirmed it had rained.", "Mara Lind / confirmed / indirect-clause");
    check("It had rained all day, said Mara Lind.", "Mara Lind / said / indirect-comma-said");
    check("It had rained, Mara Lind said, and it was cold.", "Mara Lind / said / indirect-split");
    check("According to the survey, it had rained.", "the survey / According to / indirect-according-to");
    check("Mara Lind was quoted as saying it had rained.", "Mara Lind / saying / indirect-saying");
    check("Mara Lind was quoted by Orr as saying it had rained.", "Mara Lind / saying / indirect-saying");
    check("The Post quoted Mara Lind as saying it had rained.", "Mara Lind / saying / indirect-saying");
    check("Sources close to Mara Lind said it had rained.", "Sources / said / indirect-said");
    check("No one said it had rained; Mara Lind said it had snowed.", "Mara Lind / said / indirect-said");
    check("Mara Lind went home, saying it had rained.", "Mara Lind / saying / indirect-saying");
}

#[test]
fn reports_stand_in_order_among_quotations_and_never_overlap() {
    let text = "Mara Lind said the dam had burst. “We ran,” she said. The road was gone, Jonas Orr said. He called it “a river.”";
    let (_, extraction) = extraction(text);
    let places: Vec<(usize, usize)> =
        extraction.quotes.iter().flat_map(|quote| &quote.spans).map(|span| (span.start(), span.end())).collect();
    assert_eq!(extraction.quotes.iter().filter(|quote| quote.kind == Kind::Indirect).count(), 2);
    assert!(places.windows(2).all(|pair| matches!(pair, [a, b] if a.1 <= b.0)), "{places:?}");
}

#[test]
fn a_sentence_without_end_costs_no_more_than_another() {
    let text = "and Mara Lind said he was, ".repeat(4000);
    let (_, extraction) = extraction(&text);
    assert_eq!(extraction.quotes.len(), 2000);
}
