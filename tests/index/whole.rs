//! Values that are compared as a whole, and articles that are found by their quotations.

use onrecord::index::{Ask, Sort};
use onrecord::query::ast::{Field, Query};

use super::clip::{Archive, Clip, ask, clip, exact, field, field_phrase};

fn exactly(archive: &Archive, of: Field, text: &str) -> Vec<String> {
    let query = exact(of, text);
    match of {
        Field::Quote => archive.quotes(&query),
        _ => archive.articles(&query),
    }
}

fn said(path: &str, words: &str) -> Clip {
    clip(path, &format!("“{words}” Ada said.")).says("Ada", &[words])
}

#[test]
fn a_quotation_is_found_by_all_of_its_words_and_no_others() {
    let long = "We have promised the harbour, and promised it again. We shall not promise it a third time";
    let mut german = said("g", "Die Häuser sind verkauft");
    german.article.lang = Some("de".to_owned());
    let mut english = said("e", long);
    english.article.lang = Some("en".to_owned());
    let archive = Archive::of(&[
        said("a", "No"),
        said("b", "no"),
        said("c", "No."),
        said("d", "No, no"),
        said("f", "…"),
        german,
        english,
    ]);
    let check = |text: &str| assert_eq!(exactly(&archive, Field::Quote, text), [text]);
    ["No", "no", "No.", "No, no", "…", "Die Häuser sind verkauft", long].iter().for_each(|text| check(text));
    for other in ["NO", "No no", "Die Häuser sind", "Die Hauser sind verkauft", "yes", "", "– –"] {
        assert_eq!(exactly(&archive, Field::Quote, other), [""; 0], "{other}");
    }
}

#[test]
fn the_same_words_are_found_wherever_they_were_said() {
    let clips: Vec<Clip> =
        (0..40).map(|n| said(&format!("{n}"), if n % 3 == 0 { "We wait" } else { "we wait" })).collect();
    let archive = Archive::of(&clips);
    archive.put(&clips[..10]);
    assert_eq!(exactly(&archive, Field::Quote, "We wait").len(), 14);
    assert_eq!(exactly(&archive, Field::Quote, "we wait").len(), 26);
}

#[test]
fn articles_are_found_by_whole_fields() {
    let mut one = clip("news/a b.txt", "Rain\n\nfalls on  the bay.\n\nStill.").title("Rain, at last");
    one.article.url = Some("https://bay.example/rain?n=1".to_owned());
    let other = clip("news/a.txt", "Rain falls on the bay").title("Rain at last");
    let archive = Archive::of(&[one, other]);
    let check = |of, text: &str, expected: &[&str]| assert_eq!(exactly(&archive, of, text), expected, "{text}");
    check(Field::Title, "Rain, at last", &["news/a b.txt"]);
    check(Field::Hlead, "Rain at last", &["news/a.txt"]);
    check(Field::Title, "rain at last", &[]);
    check(Field::Body, "Rain falls on the bay. Still.", &["news/a b.txt"]);
    check(Field::Body, "Rain falls on the bay", &["news/a.txt"]);
    check(Field::Body, "Rain falls on the", &[]);
    check(Field::Url, "https://bay.example/rain?n=1", &["news/a b.txt"]);
    check(Field::Url, "https://bay.example/rain", &[]);
    check(Field::Path, "news/a b.txt", &["news/a b.txt"]);
    check(Field::Path, "news/a", &[]);
}

#[test]
fn articles_are_in_the_order_of_their_best_quotations() {
    let much = clip("much", "“Tide, tide, tide.” “We sail with the ships when they let us.”")
        .says("Ada", &["Tide, tide, tide."])
        .says("Ada", &["We sail with the ships when they let us."]);
    let little = clip("little", "“One tide among so many other words of hers”")
        .says("Ada", &["One tide among so many other words of hers"]);
    let none = clip("none", "Tide. “We sail.”").says("Ada", &["We sail."]);
    let archive = Archive::of(&[little, much, none]);
    let by_score = |query: &Query| {
        let answer = archive.reader().articles(Some(query), &Ask { sort: Sort::Score, ..ask() }).expect("an answer");
        answer.hits.into_iter().map(|hit| hit.path).collect::<Vec<_>>()
    };
    assert_eq!(by_score(&field(Field::Quote, "tide")), ["much", "little"]);
    assert_eq!(by_score(&field_phrase(Field::Quote, "so many")), ["little"]);
}
