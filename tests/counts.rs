//! Counting by columns against counting the hits themselves, over random archives of several generations.

use std::collections::BTreeMap;

use onrecord::archive::speakers::Speakers;
use onrecord::desk::count::Counting;
use onrecord::desk::question::{Question, Wish};
use onrecord::desk::stream::Asked;
use onrecord::extract::Kind;
use onrecord::index::hit::{ArticleHit, QuoteHit};
use onrecord::index::{Facet, Grouping, Reader, Records};
use onrecord::text::day::PartialDate;
use proptest::prelude::{Strategy, prop};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use super::index::clip::{Archive, Clip, clip, today};

const NAMES: [&str; 6] = ["Ada Quill", "A. D. Quill", "AD QUILL", "Bo Reed", "a harbour master", ""];
const OUTLETS: [&str; 3] = ["Bay Courier", "Cape Wire", ""];
const SECTIONS: [&str; 3] = ["Sport", "World", ""];
const DATES: [&str; 6] = ["2012", "2013-12", "2014-01-31", "2014-01", "2014-01-02", ""];
const ROLES: [&str; 3] = ["mayor", "Mayor", ""];
const QUERIES: [&str; 5] = ["", "tide", "speaker:=\"Ada Quill\"", "outlet:Cape -tide", "date:2014 OR kind:mixed"];
const FILE: &str = "[[speaker]]\nname = \"Ada Quill\"\naliases = [\"A. D. Quill\"]\n";

const WISH: Wish = Wish {
    limit: usize::MAX,
    count: true,
    sort: None,
    group: Grouping::None,
    today: onrecord::text::day::Day::from_number(16_149),
};

type Said = (&'static str, &'static str, Kind, bool);

fn article(path: usize, (outlet, section, date): (&str, &str, &str), said: &[Said]) -> Clip {
    let words = |n: usize, tide: bool| format!("{} words {n}", if tide { "tide" } else { "rates" });
    let text: Vec<String> = said.iter().enumerate().map(|(n, said)| words(n, said.3)).collect();
    let mut made = clip(&path.to_string(), &text.join(" / "));
    if !outlet.is_empty() {
        made = made.outlet(outlet).byline(&format!("By {outlet} staff"));
    }
    made.article.section = (!section.is_empty()).then(|| section.to_owned());
    if !date.is_empty() {
        made = made.on(date);
    }
    for ((name, role, kind, _), words) in said.iter().zip(&text) {
        made = made.quote(*kind, (!name.is_empty()).then_some(*name), role, &[words]);
    }
    made
}

fn clips() -> impl Strategy<Value = Vec<Clip>> {
    let kind = select(&[Kind::Direct, Kind::Mixed, Kind::Indirect][..]);
    let said = (select(&NAMES[..]), select(&ROLES[..]), kind, proptest::bool::ANY);
    let one = (select(&OUTLETS[..]), select(&SECTIONS[..]), select(&DATES[..]));
    let all = prop::collection::vec((0..12_usize, one, prop::collection::vec(said, 0..5)), 1..14);
    all.prop_map(|all| all.into_iter().map(|(path, one, said)| article(path, one, &said)).collect())
}

fn time(facet: Facet, date: Option<PartialDate>) -> Option<String> {
    let date = date?.to_string();
    let most = match facet {
        Facet::Year => 4,
        Facet::Month => 7,
        _ => 10,
    };
    Some(date.chars().take(most).collect())
}

/// Whom a name stands for; the file knows one person, and one name is written in two ways.
fn person(name: &str) -> String {
    if ["A. D. Quill", "AD QUILL"].contains(&name) { "Ada Quill".to_owned() } else { name.to_owned() }
}

fn of_quote(facet: Facet, hit: &QuoteHit, article: &ArticleHit) -> Vec<Option<String>> {
    vec![match facet {
        Facet::Speaker => hit.speaker.as_deref().map(person),
        Facet::Kind => Some(hit.kind.name().to_owned()),
        Facet::Role => hit.role.clone(),
        _ => return of_article(facet, article),
    }]
}

fn of_article(facet: Facet, hit: &ArticleHit) -> Vec<Option<String>> {
    vec![match facet {
        Facet::Speaker => {
            let mut people: Vec<String> = hit.speakers.iter().map(|name| person(name)).collect();
            people.sort();
            people.dedup();
            return if people.is_empty() { vec![None] } else { people.into_iter().map(Some).collect() };
        }
        Facet::Outlet => hit.outlet.clone(),
        Facet::Section => hit.section.clone(),
        Facet::Byline => hit.byline.clone(),
        Facet::Year | Facet::Month | Facet::Day => time(facet, hit.date),
        Facet::Kind | Facet::Role => None,
    }]
}

fn check(reader: &Reader, text: &str, speakers: &Speakers, by: &[Facet]) {
    let question = (!text.is_empty()).then(|| Question::parse(text).expect("a query").knowing(speakers.clone()));
    let asked = Asked { question: question.as_ref(), speakers };
    let all_articles: Vec<ArticleHit> = Asked { question: None, speakers: &Speakers::default() }
        .articles(reader, WISH, 0)
        .expect("articles")
        .map(|hit| hit.expect("an article"))
        .collect();
    for records in [Records::Quotes, Records::Articles] {
        let groups = |values: Vec<Vec<Vec<Option<String>>>>| {
            let mut expected: BTreeMap<Vec<Option<String>>, u64> = BTreeMap::new();
            for values in values {
                let mut chosen: Vec<Vec<Option<String>>> = vec![Vec::new()];
                for of_facet in values {
                    chosen = chosen
                        .iter()
                        .flat_map(|chosen| of_facet.iter().map(|value| [chosen.clone(), vec![value.clone()]].concat()))
                        .collect();
                }
                chosen.into_iter().for_each(|group| *expected.entry(group).or_default() += 1);
            }
            expected
        };
        let expected = groups(match records {
            Records::Quotes => {
                let hits = asked.quotes(reader, WISH, 0).expect("quotes").map(|hit| hit.expect("a quote"));
                hits.map(|hit| {
                    let article = all_articles.iter().find(|article| article.id == hit.article).expect("its article");
                    by.iter().map(|facet| of_quote(*facet, &hit, article)).collect()
                })
                .collect()
            }
            Records::Articles => {
                let hits = asked.articles(reader, WISH, 0).expect("articles").map(|hit| hit.expect("an article"));
                let ids: Vec<_> = hits.map(|hit| hit.id).collect();
                let hits = all_articles.iter().filter(|article| ids.contains(&article.id));
                hits.map(|hit| by.iter().map(|facet| of_article(*facet, hit)).collect()).collect()
            }
        });
        let counting = Counting { records, by: by.to_vec(), per_articles: false };
        let tally = asked.count(reader, WISH, &counting).expect("a tally");
        let found: BTreeMap<_, _> = tally.rows.iter().map(|row| (row.values.clone(), row.count)).collect();
        assert_eq!(found.len(), tally.rows.len(), "each group stands once");
        assert_eq!(found, expected, "{text:?} by {by:?} of {records:?}");
    }
}

#[test]
fn counts_by_columns_are_those_of_the_hits() {
    let speakers = Speakers::parse(FILE).expect("it is right");
    let facets = || select(Facet::NAMED.map(|(_, facet)| facet).to_vec());
    let cases = (clips(), clips(), select(&QUERIES[..]), facets(), facets());
    let mut runner =
        TestRunner::new(Config { cases: 48, max_shrink_iters: 8, failure_persistence: None, ..Config::default() });
    let result = runner.run(&cases, |(one, other, query, first, second)| {
        let archive = Archive::of(&one);
        archive.put(&other);
        let reader = archive.reader();
        check(&reader, query, &speakers, &[first]);
        if first != second {
            check(&reader, query, &speakers, &[first, second]);
        }
        Ok(())
    });
    result.expect("they agree");
}

#[test]
fn articles_to_compare_with_are_those_of_the_same_outlet_and_time() {
    let said = |tide| vec![("Ada Quill", "", Kind::Direct, tide)];
    let archive = Archive::of(&[
        article(1, ("Bay Courier", "Sport", "2014-01-02"), &said(true)),
        article(2, ("Bay Courier", "", "2014-01-31"), &said(false)),
        article(3, ("Cape Wire", "", "2014-01-31"), &said(true)),
        article(4, ("Cape Wire", "", "2013-12"), &[said(true), said(true)].concat()),
        article(5, ("", "", ""), &[]),
    ]);
    let speakers = Speakers::default();
    let reader = archive.reader();
    let count = |text: &str, by: &[Facet]| {
        let question = Question::parse(text).expect("a query");
        let asked = Asked { question: Some(&question), speakers: &speakers };
        let counting = Counting { records: Records::Quotes, by: by.to_vec(), per_articles: true };
        let rows = asked.count(&reader, Wish { today: today(), ..WISH }, &counting).expect("a tally").rows;
        let shown = rows.iter().map(|row| {
            let values: Vec<&str> = row.values.iter().map(|value| value.as_deref().unwrap_or("-")).collect();
            format!("{} {}/{}", values.join(","), row.count, row.articles.expect("articles"))
        });
        shown.collect::<Vec<_>>().join("; ")
    };
    assert_eq!(count("tide", &[Facet::Outlet]), "Cape Wire 3/2; Bay Courier 1/2");
    assert_eq!(
        count("tide", &[Facet::Year, Facet::Outlet]),
        "2013,Cape Wire 2/1; 2014,Bay Courier 1/2; 2014,Cape Wire 1/1"
    );
    assert_eq!(count("tide", &[Facet::Speaker]), "Ada Quill 4/5");
    assert_eq!(count("tide outlet:Cape", &[Facet::Speaker]), "Ada Quill 3/2");
    assert_eq!(count("tide section:Sport", &[Facet::Outlet]), "Bay Courier 1/1");
    assert_eq!(count("tide -section:Sport", &[Facet::Outlet]), "Cape Wire 3/2");
    assert_eq!(count("tide words:>0", &[Facet::Speaker]), "Ada Quill 4/5");
    assert_eq!(count("tide outlet:Cape", &[Facet::Month]), "2013-12 2/1; 2014-01 1/1");
    assert_eq!(count("tide", &[Facet::Kind, Facet::Month]), "direct,2013-12 2/1; direct,2014-01 2/3");
}
