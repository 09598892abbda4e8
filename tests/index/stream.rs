//! Hits one after another: the same as all at once, in every order, however few are put in order in one pass.

use onrecord::index::{Ask, Sort};
use onrecord::query::ast::{Field, Query};
use onrecord::query::parse;
use proptest::prelude::{Strategy, any, prop};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use super::clip::{Archive, Clip, ask, clip, field, or, word};

const SORTS: [Sort; 6] = [Sort::Score, Sort::Date, Sort::DateDescending, Sort::Outlet, Sort::Speaker, Sort::Id];
const NAMES: [&str; 5] = ["Ada Quill", "Bo Reed", "Cy Lund", "Dee Marsh", ""];
const OUTLETS: [&str; 3] = ["Bay Courier", "Cape Wire", ""];
const DATES: [&str; 5] = ["2012", "2013-12", "2014-01-31", "2014-01", ""];
const WORDS: [&str; 5] = ["tide", "rates", "harbour", "ships", "wait"];

fn quoted(path: usize, (name, outlet, date, words): (&str, &str, &str, &str)) -> Clip {
    let mut made = clip(&path.to_string(), words);
    if !outlet.is_empty() {
        made = made.outlet(outlet);
    }
    if !date.is_empty() {
        made = made.on(date);
    }
    made.quote(onrecord::extract::Kind::Direct, (!name.is_empty()).then_some(name), "", &[words])
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&WORDS[..]), 1..9).prop_map(|words| words.join(" "))
}

fn clips() -> impl Strategy<Value = Vec<Clip>> {
    let one = (select(&NAMES[..]), select(&OUTLETS[..]), select(&DATES[..]), text());
    let all = prop::collection::vec((0..24_usize, one), 1..40);
    all.prop_map(|all| all.into_iter().map(|(path, (n, o, d, w))| quoted(path, (n, o, d, &w))).collect())
}

/// All at once, in pages, and one after another.
fn check(archive: &Archive, query: Option<&Query>, step: usize, offset: usize) {
    let reader = archive.reader();
    for sort in SORTS {
        let whole = Ask { sort, ..ask() };
        let expected = reader.quotes(query, &whole).expect("an answer").hits;
        let stream = |ask: &Ask| reader.quote_stream(query, ask, &|_| None).expect("a stream").in_steps_of(step);
        let found: Vec<_> = stream(&whole).map(|hit| hit.expect("a hit")).collect();
        let ids = |hits: &[onrecord::index::hit::QuoteHit]| hits.iter().map(|hit| hit.id).collect::<Vec<_>>();
        assert_eq!(ids(&found), ids(&expected), "{sort:?} in steps of {step}");
        assert_eq!(found.first(), expected.first());
        let later = Ask { offset, limit: 3, ..whole };
        let found: Vec<_> = stream(&later).map(|hit| hit.expect("a hit").id).collect();
        let expected: Vec<_> = ids(&expected).into_iter().skip(offset).take(3).collect();
        assert_eq!(found, expected, "{sort:?} from {offset} on");
        let page = reader.quotes(query, &later).expect("an answer").hits;
        assert_eq!(ids(&page), expected, "a page by {sort:?} from {offset} on");

        let expected = reader.articles(query, &whole).expect("an answer").hits;
        let stream = reader.article_stream(query, &whole, &|_| None).expect("a stream").in_steps_of(step);
        let found: Vec<_> = stream.map(|hit| hit.expect("a hit").id).collect();
        let expected: Vec<_> = expected.iter().map(|hit| hit.id).collect();
        assert_eq!(found, expected, "articles by {sort:?}");
        let page = reader.articles(query, &later).expect("an answer").hits;
        let page: Vec<_> = page.iter().map(|hit| hit.id).collect();
        assert_eq!(
            page,
            expected.into_iter().skip(offset).take(3).collect::<Vec<_>>(),
            "a page of articles by {sort:?}"
        );
    }
}

#[test]
fn a_stream_is_the_whole_answer_in_order() {
    let queries = select(vec![
        None,
        Some(word("tide")),
        Some(or([word("tide"), word("rates")])),
        Some(or([word("tide"), word("rates"), word("harbour"), word("ships")])),
        Some(word("nothing")),
        // Articles by what is said in them.
        Some(field(Field::Quote, "tide")),
        // Several words of the index, each an addend of the score.
        Some(parse("/t.*|r.*|h.*|s.*/").expect("a query")),
        // Words that are ranked, and what is not.
        Some(parse("tide date:2013..2014").expect("a query")),
        Some(parse("(tide OR rates) -speaker:Quill outlet:Bay").expect("a query")),
        Some(parse("quote:tide date:2014 -outlet:Cape").expect("a query")),
        Some(parse("title:3 date:2014").expect("a query")),
    ]);
    let cases = (clips(), clips(), queries, select(vec![1_usize, 2, 7, 1000]), 0..12_usize, any::<bool>());
    let mut runner =
        TestRunner::new(Config { cases: 48, max_shrink_iters: 8, failure_persistence: None, ..Config::default() });
    let result = runner.run(&cases, |(one, other, query, step, offset, again)| {
        let archive = Archive::of(&one);
        // What is put twice is replaced, which leaves deleted records behind.
        archive.put(&other);
        if again {
            archive.put(&one);
        }
        check(&archive, query.as_ref(), step, offset);
        Ok(())
    });
    result.expect("they agree");
}

#[test]
fn pages_of_the_best_lose_nothing_to_the_sum_of_many_words() {
    let clips: Vec<Clip> = (0..400_usize)
        .map(|n| {
            let words: Vec<&str> = (0..=n % 7).filter_map(|m| WORDS.get((n * 7919 + m * m) % 5).copied()).collect();
            quoted(n, ("Ada Quill", "", "2014-01-01", &words.join(" ")))
        })
        .collect();
    let archive = Archive::of(&clips);
    let reader = archive.reader();
    let query = or(WORDS.map(word));
    let ask = Ask { sort: Sort::Score, ..ask() };
    let whole: Vec<_> = reader.quote_stream(Some(&query), &ask, &|_| None).expect("a stream").collect();
    let whole: Vec<_> = whole.into_iter().map(|hit| hit.expect("a hit").id).collect();
    let pages: Vec<_> = (0..40)
        .flat_map(|page| reader.quotes(Some(&query), &Ask { offset: page * 10, limit: 10, ..ask }).expect("hits").hits)
        .map(|hit| hit.id)
        .collect();
    assert_eq!(pages, whole);
}

#[test]
fn the_best_of_those_that_pass_a_test_are_found_by_their_words() {
    let (outlets, dates) = (["Bay Courier", "Cape Wire"], ["2012", "2013-12", "2014-01-31"]);
    let clips: Vec<Clip> = (0..600_usize)
        .map(|n| {
            let words: Vec<&str> = (0..=n % 11).filter_map(|m| WORDS.get((n * 7919 + m * m) % 5).copied()).collect();
            let (name, outlet) = (NAMES[n % 97 % 5], outlets[usize::from(n % 7 == 0)]);
            quoted(n, (name, outlet, dates[n % 3], &words.join(" ")))
        })
        .collect();
    let archive = Archive::of(&clips);
    archive.put(&clips[..50]);
    let reader = archive.reader();
    let tests = [
        "date:2013..2014",
        "speaker:Reed",
        "-speaker:Reed",
        "outlet:Cape",
        "outlet:Bay -date:2012",
        "date:1999",
        "speaker:\"Bo Reed\"",
        "outlet:\"Bay Courier\" -date:2012",
        "-outlet:\"Cape Wire\" words:2..",
    ];
    for test in tests {
        for words in ["=tide", "(=tide OR =rates)"] {
            let query = parse(&format!("{words} {test}")).expect("a query");
            let ask = Ask { sort: Sort::Score, ..ask() };
            let whole = reader.quote_stream(Some(&query), &ask, &|_| None).expect("a stream");
            let whole: Vec<_> = whole.map(|hit| hit.expect("a hit").id).collect();
            assert_eq!(whole.is_empty(), test == "date:1999", "{query}");
            for offset in [0, 10, 40] {
                let page = reader.quotes(Some(&query), &Ask { offset, limit: 10, ..ask }).expect("hits").hits;
                let page: Vec<_> = page.iter().map(|hit| hit.id).collect();
                assert_eq!(
                    page,
                    whole.iter().skip(offset).take(10).copied().collect::<Vec<_>>(),
                    "{query} from {offset}"
                );
            }
        }
    }
}

#[test]
fn speakers_are_ordered_by_the_name_that_is_shown() {
    let say = |n, name| quoted(n, (name, "", "2014-01-01", "tide"));
    let archive = Archive::of(&[say(0, "Ada Quill"), say(1, "Bo Reed"), say(2, "Zed Ash"), say(3, "Cy Lund")]);
    archive.put(&[say(4, "Bo Reed"), say(5, "Ash, Zed"), say(6, "")]);
    let shown = |name: &str| match name {
        "Zed Ash" | "Ash, Zed" => Some("Abel Ash".to_owned()),
        "Cy Lund" => Some("Bo Reed".to_owned()),
        "Ada Quill" => Some("Zoe Quill".to_owned()),
        _ => None,
    };
    let reader = archive.reader();
    let ask = Ask { sort: Sort::Speaker, ..ask() };
    let hits = reader.quote_stream(None, &ask, &shown).expect("a stream").in_steps_of(2);
    let names: Vec<_> = hits.map(|hit| hit.expect("a hit").speaker.unwrap_or_default()).collect();
    let names: Vec<_> = names.iter().map(|name| shown(name).unwrap_or_else(|| name.clone())).collect();
    assert_eq!(names, ["Abel Ash", "Abel Ash", "Bo Reed", "Bo Reed", "Bo Reed", "Zoe Quill", ""]);
}
