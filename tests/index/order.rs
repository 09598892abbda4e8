//! Orders of hits, their ties, pages, and counts.

use onrecord::index::{Ask, Sort};
use onrecord::query::ast::{Field, Query};

use super::clip::{Archive, Clip, and, ask, clip, field, or, speaker, today, word};

fn quoted(path: &str, day: &str, outlet: &str, name: &str, words: &str) -> Clip {
    let clip = clip(path, words).says(name, &[words]);
    let clip = if day.is_empty() { clip } else { clip.on(day) };
    if outlet.is_empty() { clip } else { clip.outlet(outlet) }
}

fn archive() -> Archive {
    let archive = Archive::of(&[
        quoted("old", "2013-05-01", "Zeal", "Bo", "tide one"),
        quoted("undated", "", "Amber", "Cy", "tide and tide and tide again"),
        quoted("new", "2014-02-01", "", "Ada", "tide two"),
    ]);
    // Another segment, so that orders have to be joined.
    archive.put(&[
        quoted("year", "2013", "Amber", "Dee", "tide"),
        quoted("mid", "2013-06-01", "Zeal", "Bo", "tide three"),
    ]);
    archive
}

fn paths(archive: &Archive, query: &Query, sort: Sort) -> Vec<String> {
    let answer = archive.reader().quotes(Some(query), &Ask { sort, ..ask() }).expect("an answer");
    answer.hits.into_iter().map(|hit| hit.path).collect()
}

#[test]
fn each_order_has_its_ties_newest_first() {
    let archive = archive();
    let cases = [
        (Sort::Date, ["year", "old", "mid", "new", "undated"]),
        (Sort::DateDescending, ["new", "mid", "old", "year", "undated"]),
        (Sort::Outlet, ["year", "undated", "mid", "old", "new"]),
        (Sort::Speaker, ["new", "mid", "old", "undated", "year"]),
    ];
    for (sort, expected) in cases {
        assert_eq!(paths(&archive, &word("tide"), sort), expected, "{sort:?}");
        let answer = archive.reader().articles(Some(&word("tide")), &Ask { sort, ..ask() }).expect("an answer");
        assert_eq!(answer.hits.iter().map(|hit| hit.path.as_str()).collect::<Vec<_>>(), expected, "{sort:?}");
    }
}

#[test]
fn case_and_accents_do_not_change_the_order_of_names() {
    let said = |path: &str, date: &str, name: &str| quoted(path, date, name, name, "tide");
    let archive = Archive::of(&[
        said("1", "2014-01-01", "bo reed"),
        said("2", "2014-01-02", "Zoe Quill"),
        said("3", "2014-01-03", "Bo Reed"),
        said("4", "2014-01-04", "Élie Dace"),
    ]);
    archive.put(&[said("5", "2014-01-05", "BO REED"), said("6", "2014-01-06", "adam ash")]);
    assert_eq!(paths(&archive, &word("tide"), Sort::Speaker), ["6", "5", "3", "1", "4", "2"]);
    // Outlets are not one for that.
    assert_eq!(paths(&archive, &word("tide"), Sort::Outlet), ["6", "5", "3", "1", "4", "2"]);
}

#[test]
fn best_comes_first_and_equals_newest_first() {
    let archive = archive();
    // One word alone is the best match for it; "tide one|two|three" are equals.
    let found = paths(&archive, &word("tide"), Sort::Score);
    let place = |path: &str| found.iter().position(|found| found == path).expect("it is found");
    assert!(place("year") < place("new") && place("new") < place("mid") && place("mid") < place("old"), "{found:?}");
    // Without words to rank by, the newest come first and no score is given.
    assert_eq!(paths(&archive, &speaker("Bo"), Sort::Score), ["mid", "old"]);
    // What only filters does not change the rank.
    let scores = |query: &Query| -> Vec<f32> {
        let answer = archive.reader().quotes(Some(query), &Ask { sort: Sort::Score, ..ask() }).expect("an answer");
        answer.hits.iter().map(|hit| hit.score).collect()
    };
    let filtered = and([word("tide"), or([field(Field::Outlet, "zeal"), speaker("Ada")])]);
    let expected = scores(&and([word("tide"), or([word("one"), word("two"), word("three")])])).len();
    assert_eq!(scores(&filtered).len(), expected);
    assert!(scores(&filtered).windows(2).all(|pair| pair.first() == pair.last()), "{:?}", scores(&filtered));
    assert!(scores(&word("tide")).iter().all(|&score| score > 0.0));
    assert!(scores(&speaker("Bo")).iter().all(|&score| score == 0.0));
}

#[test]
fn pages_join_without_loss_whatever_the_order() {
    let clips: Vec<Clip> = (0..150)
        .map(|n| quoted(&format!("{n}"), &format!("2014-0{}-01", 1 + n % 5), "Zeal", "Bo", "tide in"))
        .collect();
    let archive = Archive::of(&clips);
    let reader = archive.reader();
    for sort in [Sort::Score, Sort::Date, Sort::DateDescending, Sort::Outlet, Sort::Speaker] {
        let ids = |offset, limit| {
            let ask = Ask { sort, offset, limit, ..ask() };
            let answer = reader.quotes(Some(&word("tide")), &ask).expect("an answer");
            assert_eq!(answer.total, Some(150));
            answer.hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>()
        };
        let whole = ids(0, 1000);
        assert_eq!(whole.len(), 150);
        let pages: Vec<_> = (0..8).flat_map(|page| ids(page * 20, 20)).collect();
        assert_eq!(pages, whole, "{sort:?}");
        assert_eq!(ids(150, 10), []);
        assert_eq!(ids(usize::MAX, usize::MAX), []);
    }
}

#[test]
fn equal_dates_are_put_in_the_order_of_ids() {
    let clips: Vec<Clip> = (0..20).map(|n| quoted(&format!("{n}"), "2014-01-01", "Zeal", "Bo", "tide in")).collect();
    let archive = Archive::of(&clips);
    for sort in [Sort::Score, Sort::Date, Sort::DateDescending, Sort::Outlet, Sort::Speaker] {
        let ask = Ask { sort, limit: 7, ..ask() };
        let hits = archive.reader().quotes(Some(&word("tide")), &ask).expect("an answer").hits;
        let mut all: Vec<_> = clips.iter().map(|clip| archive.reader().quotes_of(clip.article.id())).collect();
        let mut ids: Vec<_> = all.drain(..).flat_map(|quotes| quotes.expect("quotes")).map(|hit| hit.id).collect();
        ids.sort();
        ids.truncate(7);
        assert_eq!(hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), ids, "{sort:?}");
    }
}

#[test]
fn nothing_is_counted_unless_asked() {
    let archive = archive();
    let found = |ask: Ask| {
        let answer = archive.reader().quotes(Some(&word("tide")), &ask).expect("an answer");
        (answer.hits.len(), answer.total)
    };
    let plain = Ask::new(today());
    assert_eq!(found(plain), (5, None));
    assert_eq!(found(Ask { limit: 2, ..plain }), (2, None));
    assert_eq!(found(Ask { limit: 2, count: true, ..plain }), (2, Some(5)));
    assert_eq!(found(Ask { limit: 0, count: true, ..plain }), (0, Some(5)));
    assert_eq!(found(Ask { limit: 0, ..plain }), (0, None));
    assert_eq!(found(Ask { limit: 2, count: true, sort: Sort::Score, ..plain }), (2, Some(5)));
}
