//! Why a quotation is whose it is: who was weighed for its speaker, what the losers lacked, and that the index still knows.

use std::path::Path;

use onrecord::archive;
use onrecord::archive::speakers::Speakers;
use onrecord::article::{Article, ReadOptions, Reading, Source, read};
use onrecord::desk::reasons::give_reasons;
use onrecord::extract::why::Why;
use onrecord::extract::{Kind, explain, extract};
use onrecord::index::hit::{Grounds, QuoteHit};
use onrecord::index::{Notes, Record};

use super::index::clip::{Archive, ask, clip};

/// Every article of the corpus.
fn corpus() -> Vec<Article> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut articles = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("the corpus can be walked");
        let path = entry.path().to_string_lossy().into_owned();
        if entry.file_type().is_file() && !path.ends_with(".md") {
            let input = archive::open(entry.path()).expect("a file of the corpus opens");
            for reading in read(Source::file(path), input, &ReadOptions::default()) {
                let Reading::Article(article, _) = reading else { panic!("a record of the corpus is no article") };
                articles.push(*article);
            }
        }
    }
    assert!(articles.len() > 20, "the corpus has articles");
    articles
}

#[test]
fn explaining_changes_nothing_and_accounts_for_every_speaker() {
    let mut weighed = 0;
    for article in corpus() {
        let (found, whys) = explain(&article);
        assert_eq!(format!("{found:?}"), format!("{:?}", extract(&article)), "{}", article.source.path);
        assert_eq!(whys.len(), found.quotes.len());
        for (quote, why) in found.quotes.iter().zip(&whys) {
            let by = &quote.attribution;
            let itself = quote.kind == Kind::Indirect || matches!(by.rule, "transcript" | "marks-only");
            assert_eq!(why.is_none(), itself, "{}: {by:?}", article.source.path);
            let Some(Why { candidates, nobody }) = why else { continue };
            weighed += 1;
            let won: Vec<_> = candidates.iter().filter(|candidate| candidate.lost.is_none()).collect();
            assert_eq!(won.iter().map(|won| won.mention).collect::<Vec<_>>(), Vec::from_iter(by.mention), "{by:?}");
            assert!(candidates.len() <= 5);
            assert!(candidates.is_sorted_by(|one, other| one.share >= other.share), "{candidates:?}");
            let shares: f32 = candidates.iter().map(|candidate| candidate.share).sum();
            assert!(shares + nobody < 1.0001, "{candidates:?} and {nobody}");
            assert!(candidates.iter().all(|candidate| candidate.lost.as_deref() != Some("")));
        }
    }
    assert!(weighed > 100, "{weighed} quotations were weighed");
}

/// Of the first quotation in `text` for which anybody is weighed, the reason why `loser` is not its speaker holds these words.
fn check(text: &str, loser: &str, reason: &str) {
    let (_, whys) = explain(&Article::from_text(Source::file("a"), text));
    let Some(why) = whys.iter().flatten().next() else { panic!("somebody is weighed in {text:?}") };
    let said: Vec<String> = why.candidates.iter().map(|c| format!("{}: {:?}", c.words, c.lost)).collect();
    let lost = why.candidates.iter().find(|candidate| candidate.words == loser).and_then(|c| c.lost.as_deref());
    assert!(lost.is_some_and(|lost| lost.contains(reason)), "`{reason}` of {loser} in {text:?}, not {said:?}");
}

#[test]
fn losers_are_told_what_they_lack() {
    check("Ann Lind left early. “We sail no more,” said Tilda Marsh.", "Ann Lind", "in another sentence");
    check("Ann Lind said it would rain. “We sail no more,” said Tilda Marsh.", "Ann Lind", "in another sentence");
    check("A harbour official said it held. “We sail no more,” he said.", "A harbour official", "the same person, ");
    check("Tilda Marsh met Ann Lind. “We sail no more,” Marsh said, and left.", "Tilda Marsh", "the same person, ");
}

#[test]
fn reasons_are_true_of_their_places() {
    let mut seen = 0;
    for article in corpus() {
        let (found, whys) = explain(&article);
        for (quote, why) in found.quotes.iter().zip(whys) {
            let words = quote.spans.first().expect("a quotation has words");
            for candidate in why.iter().flat_map(|why| &why.candidates) {
                let (lost, at) = (candidate.lost.clone().unwrap_or_default(), candidate.mention);
                let between = |from: usize, to: usize| article.text.get(from..to).unwrap_or_default().to_owned();
                if lost.contains("paragraph") {
                    let apart = match lost.contains("below") {
                        true => between(words.end(), at.start()),
                        false => between(at.end(), words.start()),
                    };
                    assert!(apart.contains('\n'), "{lost}: {candidate:?}");
                    seen += 1;
                }
                if lost.contains("behind the words") || lost.contains("before the words") {
                    assert_eq!(lost.contains("behind the words"), at.start() >= words.end(), "{lost}: {candidate:?}");
                    seen += 1;
                }
                if lost.contains("the same person") {
                    let winner = why.iter().flat_map(|why| &why.candidates).find(|other| other.lost.is_none());
                    assert_eq!(winner.and_then(|winner| winner.name.as_ref()), candidate.name.as_ref());
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 50, "{seen} reasons were looked at");
}

/// The quotations of an index, with their reasons.
fn explained(index: &Archive, speakers: &Speakers) -> Vec<QuoteHit> {
    let reader = index.reader();
    let mut hits = reader.quotes(None, &ask()).expect("an answer").hits;
    give_reasons(&mut hits, speakers, &reader).expect("the index can be read");
    hits
}

#[test]
fn reasons_are_found_again_from_the_index() {
    let index = Archive::empty();
    let mut german = Article::from_text(
        Source::file("hafen"),
        "Closed port\n\nDer Hafen bleibt nach dem Sturm geschlossen, weil die Mauer am Kai nicht mehr sicher ist. „Wir warten seit Wochen auf Hilfe“, sagte Jürgen Hallstedt.",
    );
    let mut french =
        Article::from_text(Source::file("port"), "Le port. « Nous ne partons plus avant lundi », a dit Anne.");
    french.lang = Some("fr".to_owned());
    // The language is told by the body: by the whole text it would be another.
    german.body = onrecord::text::span::Span::new(&german.text, 13, german.text.len()).expect("a span");
    let articles: Vec<Article> = corpus().into_iter().chain([german, french]).collect();
    let mut writer = index.writer();
    for article in &articles {
        writer
            .put(Record::new(article, &extract(article), &onrecord::index::Spellers::default()))
            .expect("a record is taken");
    }
    writer.publish(&Notes::default()).expect("a generation is published");

    let hits = explained(&index, &Speakers::default());
    assert!(hits.len() > 300);
    let (mut weighed, mut by_rule) = (0, 0);
    for hit in &hits {
        match &hit.why {
            Some(Grounds::Weighed(why)) => {
                weighed += 1;
                let winner = why.candidates.iter().find(|candidate| candidate.lost.is_none());
                let name = winner.and_then(|winner| winner.name.clone());
                assert!(name.is_none() || name == hit.speaker, "{name:?} and {hit:?}");
            }
            Some(Grounds::Rule) => by_rule += 1,
            other => panic!("{other:?} of {hit:?}"),
        }
    }
    assert!(weighed > 200 && by_rule > 50, "{weighed} and {by_rule}");
}

#[test]
fn another_name_for_the_speaker_hides_no_reasons() {
    let text = "“We sail no more,” said Tilda Marsh. “Good,” said Ann Lind.";
    let article = Article::from_text(Source::file("a"), text);
    let index = Archive::empty();
    let mut writer = index.writer();
    writer
        .put(Record::new(&article, &extract(&article), &onrecord::index::Spellers::default()))
        .expect("a record is taken");
    writer.publish(&Notes::default()).expect("a generation is published");
    let speakers =
        Speakers::parse("[[speaker]]\nname = \"T. M. Quill\"\naliases = [\"Tilda Marsh\"]\n").expect("it is right");
    let reader = index.reader();
    let mut hits = reader.quotes(None, &ask()).expect("an answer").hits;
    for hit in &mut hits {
        onrecord::desk::speakers::apply::name_quote(hit, &speakers);
    }
    assert!(hits.iter().any(|hit| hit.speaker.as_deref() == Some("T. M. Quill")));
    give_reasons(&mut hits, &speakers, &reader).expect("the index can be read");
    assert!(hits.iter().all(|hit| matches!(hit.why, Some(Grounds::Weighed(_)))), "{hits:?}");
}

#[test]
fn what_another_version_found_is_not_explained() {
    // Found by hand, with a rule that no version has; and one that stands in an article that is read otherwise.
    let text = "“We sail no more,” said Tilda Marsh.";
    let index = Archive::of(&[clip("a", text).says("Tilda Marsh", &["We sail no more"])]);
    let hits = explained(&index, &Speakers::default());
    assert_eq!(hits.iter().map(|hit| &hit.why).collect::<Vec<_>>(), [&Some(Grounds::Outdated)]);
}
