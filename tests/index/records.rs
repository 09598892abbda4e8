//! What a hit brings back, ids, finding by id, and what the status says.

use onrecord::article::{Article, Part, Source};
use onrecord::extract::{Extraction, Kind};
use onrecord::index::{Files, Found, Notes, Record, quote_id, surroundings};
use onrecord::text::day::PartialDate;
use onrecord::text::id::Id;
use onrecord::text::paragraph::paragraphs;
use onrecord::text::span::Span;

use super::clip::{Archive, Clip, ask, clip, day, word};

#[test]
fn a_hit_brings_back_what_was_put_in() {
    let text =
        "Rain fell.\n\n“We are\n  done,” the mayor, Ada Quill, said at dusk, “or nearly.” She left.\n\nMore rain.";
    let mut one = clip("news.zip", text)
        .title("Rain  at\nlast")
        .byline("Bo Reed")
        .outlet("Bay Courier")
        .on("2014-03")
        .quote(Kind::Direct, Some("Ada Quill"), "mayor", &["We are\n  done", "or nearly"]);
    one.article.source.entry = Some("a/b.txt".to_owned());
    one.article.url = Some("https://bay.example/rain".to_owned());
    one.article.section = Some("Weather".to_owned());
    one.article.lang = Some("en".to_owned());
    let quote = one.extraction.quotes.first_mut().expect("a quotation");
    let cue = text.find("said").expect("a cue");
    quote.attribution.cue = Span::new(text, cue, cue + 4);
    quote.attribution.confidence = 0.97;
    let archive = Archive::of(&[one.clone()]);
    let reader = archive.reader();

    let hit = reader.quotes(None, &ask()).expect("an answer").hits.pop().expect("a hit");
    assert_eq!(hit.quote, "We are done … or nearly");
    assert_eq!(hit.id, quote_id(one.article.id(), &hit.quote, 0));
    assert_eq!(hit.article, one.article.id());
    let spans: Vec<&str> =
        hit.spans.iter().map(|&(start, end)| text.get(start as usize..end as usize).expect("a span")).collect();
    assert_eq!(spans, ["We are\n  done", "or nearly"]);
    assert_eq!((hit.kind, hit.rule.as_str(), hit.confidence), (Kind::Direct, "by hand", 0.97));
    assert_eq!((hit.speaker.as_deref(), hit.role.as_deref()), (Some("Ada Quill"), Some("mayor")));
    assert_eq!(hit.cue.as_deref(), Some("said"));
    assert_eq!(hit.context, "", "it is read from the article where it is shown");
    assert_eq!(context_of(&archive), "“We are done,” the mayor, Ada Quill, said at dusk, “or nearly.” She left.");
    assert_eq!((hit.date, hit.outlet.as_deref()), (PartialDate::parse("2014-03"), Some("Bay Courier")));
    assert_eq!((hit.title.as_deref(), hit.url.as_deref()), (Some("Rain at last"), Some("https://bay.example/rain")));
    assert_eq!(hit.path, "news.zip!/a/b.txt");

    let hit = reader.articles(None, &ask()).expect("an answer").hits.pop().expect("a hit");
    assert_eq!((hit.id, hit.text.as_str()), (one.article.id(), text));
    assert_eq!((hit.title.as_deref(), hit.byline.as_deref()), (Some("Rain at last"), Some("Bo Reed")));
    assert_eq!((hit.section.as_deref(), hit.lang.as_deref()), (Some("Weather"), Some("en")));
    assert_eq!((hit.speakers, hit.quotes, hit.words), (vec!["Ada Quill".to_owned()], 1, 18));
}

#[test]
fn names_are_the_same_whether_they_stand_in_the_text_or_beside_it() {
    let text =
        "Rain at last, says Jürgen Öst\n\n“It rains,” Jürgen Öst said. “It pours,” Reed said. “It ends,” they said.";
    let quoted = |clip: Clip| {
        let clip = clip.says("Jürgen Öst", &["It rains"]).says("Bo Reed", &["It pours"]);
        clip.quote(Kind::Direct, Some("a crowd"), "", &["It ends"])
    };
    let mut inside = quoted(clip("inside", text));
    let span = |words: &str| {
        let start = text.find(words).expect("it stands there");
        Span::new(text, start, start + words.len()).expect("whole letters")
    };
    inside.article.headline = Some(Part::Here(span("Rain at last, says Jürgen Öst")));
    inside.article.byline = Some(Part::Here(span("Reed")));
    let mentions = [span("Jürgen Öst"), span("Reed")];
    inside.extraction.people.iter_mut().zip(mentions).for_each(|(person, mention)| person.mentions.push(mention));
    let beside = quoted(clip("beside", text)).title("Rain at last, says Jürgen Öst").byline("Reed");
    let archive = Archive::of(&[inside, beside]);
    let articles = archive.reader().articles(None, &ask()).expect("an answer").hits;
    assert_eq!(articles.len(), 2);
    for hit in articles {
        assert_eq!(hit.title.as_deref(), Some("Rain at last, says Jürgen Öst"), "{}", hit.path);
        assert_eq!(hit.byline.as_deref(), Some("Reed"), "{}", hit.path);
        assert_eq!(hit.speakers, ["Jürgen Öst", "Bo Reed", "crowd"], "{}", hit.path);
        let quotes = archive.reader().quotes_of(hit.id).expect("an answer");
        let said: Vec<_> = quotes.iter().map(|quote| (quote.quote.as_str(), quote.speaker.as_deref())).collect();
        let expected = [("It rains", "Jürgen Öst"), ("It pours", "Bo Reed"), ("It ends", "crowd")];
        assert_eq!(said, expected.map(|(words, name)| (words, Some(name))), "{}", hit.path);
    }
}

/// What stands around the one quotation of an archive: as its page tells it, and that of its article.
fn context_of(archive: &Archive) -> String {
    let reader = archive.reader();
    let hit = reader.quotes(None, &ask()).expect("an answer").hits.pop().expect("a hit");
    let Found::Quote(found) = reader.find(&hit.id.to_string()).expect("an answer") else { panic!("no quotation") };
    let Found::Article(article, quotes) = reader.find(&hit.article.to_string()).expect("an answer") else {
        panic!("no article")
    };
    assert_eq!(surroundings(&article.text, &hit.spans, &paragraphs(&article.text)), found.context);
    assert_eq!(quotes.first().map(|quote| &quote.context), Some(&found.context));
    found.context
}

#[test]
fn what_is_not_known_comes_back_as_not_known() {
    let archive = Archive::of(&[clip("a", "Something \u{0} “odd”.").quote(Kind::Mixed, None, "", &["odd"])]);
    let hit = archive.reader().quotes(None, &ask()).expect("an answer").hits.pop().expect("a hit");
    assert_eq!((hit.speaker, hit.role, hit.cue, hit.date, hit.outlet, hit.title, hit.url), Default::default());
    let hit = archive.reader().articles(None, &ask()).expect("an answer").hits.pop().expect("a hit");
    assert_eq!(hit.text, "Something \u{0} “odd”.");
}

#[test]
fn a_long_paragraph_is_cut_around_the_quotation() {
    let far = "wind and weather ".repeat(200);
    let context = |text: &str, words: &str| {
        let archive = Archive::of(&[clip("a", text).says("Ada", &[words])]);
        context_of(&archive)
    };
    let found = context(&format!("{far}“It is über,” Ada said. {far}"), "It is über");
    assert!(found.starts_with('…') && found.ends_with('…') && found.contains("“It is über,” Ada said."), "{found}");
    assert!(found.len() <= 400 + 2 * '…'.len_utf8(), "{}", found.len());
    assert!(
        found
            .trim_matches('…')
            .split(' ')
            .all(|word| { ["wind", "and", "weather", "“It", "is", "über,”", "Ada", "said."].contains(&word) }),
        "{found}"
    );
    let found = context(&format!("“It is über,” Ada said. {far}"), "It is über");
    assert!(found.starts_with("“It is über,” Ada said. wind") && found.len() > 350, "{found}");
    let found = context(&format!("{far}Ada: “It is über”"), "It is über");
    assert!(found.ends_with("Ada: “It is über”") && found.len() > 350, "{found}");
    let found = context(&format!("“{far}”"), far.trim());
    assert!(found.starts_with("“wind and weather") && found.len() <= 404, "{found}");
    assert_eq!(context("One.\nAda: “Two”.\nThree.", "Two"), "Ada: “Two”.");
    let wrapped = "   The ferry was late again and\nnobody knew.\n   Ada said: “We sail no\nmore, and nobody\npays.”\n   She left.";
    let found = context(wrapped, "We sail no\nmore, and nobody\npays.");
    assert_eq!(found, "Ada said: “We sail no more, and nobody pays.”");
}

#[test]
fn equal_words_in_one_article_have_ids_of_their_own() {
    let clip =
        clip("a", "“No,” Ada said. Bo: “Yes”. “No”").says("Ada", &["No"]).says("Bo", &["Yes"]).says("Bo", &["No"]);
    let quotes = Archive::of(std::slice::from_ref(&clip)).reader().quotes_of(clip.article.id()).expect("quotations");
    let mut ids: Vec<Id> = quotes.iter().map(|quote| quote.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
    assert_eq!(clip.record().quotes(), 3);
}

#[test]
fn an_article_of_one_id_is_replaced_and_never_doubled() {
    let before = clip("a", "“Old,” Ada said. “Older,” Bo said.").says("Ada", &["Old"]).says("Bo", &["Older"]);
    let after = clip("a", "“New,” Cy said.").says("Cy", &["New"]);
    let other = clip("b", "“Other,” Dee said.").says("Dee", &["Other"]);
    let check = |archive: &Archive, expected: &[&str]| {
        let reader = archive.reader();
        let mut quotes: Vec<String> =
            reader.quotes(None, &ask()).expect("an answer").hits.into_iter().map(|hit| hit.quote).collect();
        quotes.sort();
        assert_eq!(quotes, expected);
        assert_eq!(reader.articles(None, &ask()).expect("an answer").total, Some(2));
    };
    // Twice in one run, and again in later ones.
    let archive = Archive::of(&[before.clone(), other.clone(), before.clone()]);
    check(&archive, &["Old", "Older", "Other"]);
    archive.put(std::slice::from_ref(&before));
    check(&archive, &["Old", "Older", "Other"]);
    archive.put(&[before, after.clone()]);
    check(&archive, &["New", "Other"]);
    assert_eq!(archive.quotes(&word("old")), [""; 0]);

    let mut writer = archive.writer();
    assert!(writer.holds(after.article.id()).expect("an answer"));
    writer.remove(after.article.id()).expect("it is removed");
    writer.remove(Id(1)).expect("nothing is removed");
    writer.publish(&Notes::default()).expect("a generation");
    assert!(!writer.holds(after.article.id()).expect("an answer"));
    assert_eq!(archive.reader().quotes(None, &ask()).expect("an answer").total, Some(1));
}

#[test]
fn ids_are_found_by_their_first_digits() {
    let clips: Vec<Clip> = (0..300).map(|n| clip(&format!("{n}"), "“Aye,” Bo said.").says("Bo", &["Aye"])).collect();
    let archive = Archive::of(&clips);
    let reader = archive.reader();
    let one = clips.first().expect("a clip");
    let quote = quote_id(one.article.id(), "Aye", 0);
    let find = |id: &str| reader.find(id).expect("an answer");
    match find(&one.article.id().to_string()) {
        Found::Article(article, quotes) => {
            assert_eq!(article.id, one.article.id());
            assert_eq!(
                quotes.iter().map(|quote| (quote.id, quote.spans.clone())).collect::<Vec<_>>(),
                [(quote, vec![(3, 6)])]
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(find(&quote.to_string()), Found::Quote(hit) if hit.id == quote));
    assert!(matches!(find(&quote.to_string().to_uppercase()), Found::Quote(hit) if hit.id == quote));
    let short: String = quote.to_string().chars().take(12).collect();
    assert!(matches!(find(&short), Found::Quote(hit) if hit.id == quote));
    for id in ["", "abc", "xyzw", "0123456789abcdef0", "+123", "é123"] {
        assert_eq!(find(id), Found::NotAnId, "{id}");
    }
    // Of 600 ids some share four digits now and then; a record removed is not found.
    let mut all: Vec<String> = clips
        .iter()
        .flat_map(|c| [c.article.id(), quote_id(c.article.id(), "Aye", 0)])
        .map(|id| id.to_string())
        .collect();
    all.sort();
    let head = |id: &String| id.chars().take(4).collect::<String>();
    let twins = all.windows(2).find(|pair| pair.first().map(head) == pair.last().map(head));
    let twins = twins.expect("two of these ids begin alike");
    // Asked for many, a reader looks them up in another way.
    for _ in 0..12 {
        match find(&head(&twins[0])) {
            Found::Several(ids) => assert_eq!(ids.iter().map(Id::to_string).collect::<Vec<_>>(), twins),
            other => panic!("{other:?}"),
        }
        assert!(matches!(find(&quote.to_string()), Found::Quote(hit) if hit.id == quote));
        assert_eq!(find("0000000000000000"), Found::Nothing);
        assert_eq!(find("ffffffffffffffff"), Found::Nothing);
    }
}

#[test]
fn the_status_counts_what_is_there() {
    let archive = Archive::of(&[
        clip("a", "“Aye,” Bo said. “No,” Ada said.").on("2013-05").says("Bo", &["Aye"]).says("Ada", &["No"]),
        clip("b", "“Aye,” Bo said.").on("2014-02-03").says("Bo", &["Aye"]),
        clip("c", "Nothing."),
    ]);
    let notes = Notes {
        files: Files { indexed: 3, skipped: 1, ..Files::default() },
        roots: vec!["news".to_owned()],
        when: Some("today".to_owned()),
    };
    let mut writer = archive.writer();
    writer.remove(Source::file("b").id()).expect("it is removed");
    let published = writer.publish(&notes).expect("a generation");
    assert_eq!((published.generation, published.articles, published.quotes), (2, 2, 2));
    let reader = archive.reader();
    let status = reader.status().expect("a status");
    assert_eq!((status.articles, status.quotes, status.speakers, status.generation), (2, 2, 2, 2));
    assert_eq!(status.days, Some((day("2013-05-01"), day("2013-05-31"))));
    assert_eq!(status.notes, notes);
    assert!(status.bulk.bytes > 0);
    assert_eq!(status.uuid.len(), 16);
    // The notes stay with the generation that is read.
    writer.publish(&Notes::default()).expect("a generation");
    assert_eq!(reader.status().expect("a status").notes, notes);
    assert_eq!(archive.reader().status().expect("a status").notes, Notes::default());
    assert_eq!(archive.reader().status().expect("a status").uuid, status.uuid);
}

#[test]
fn odd_articles_are_taken() {
    let mut empty = Article::from_text(Source::file(""), "");
    empty.headline = Some(Part::Beside(" \n ".to_owned()));
    let long = "x".repeat(70_000);
    let mut huge = Article::from_text(Source::file("long"), long.clone());
    huge.outlet = Some(long);
    let archive = Archive::of(&[]);
    let mut writer = archive.writer();
    for article in [empty, huge] {
        writer
            .put(Record::new(&article, &Extraction::default(), &onrecord::index::Spellers::default()))
            .expect("it is taken");
    }
    writer.publish(&Notes::default()).expect("a generation");
    let answer = archive.reader().articles(None, &ask()).expect("an answer");
    assert_eq!(answer.total, Some(2));
    assert!(answer.hits.iter().all(|hit| hit.title.is_none()));
}
