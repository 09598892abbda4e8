//! Which hits stand for which, and that it does not matter in what order an archive came.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::index::hit::Repeats;
use onrecord::index::{Ask, Grouping, Notes, Publication, Sort, Writer};
use onrecord::query::ast::{Field, Node, Query, Value};
use onrecord::text::id::Id;

use crate::index::clip::{Archive, Clip, and, ask, clip, not, word};
use crate::oracle::Dice;

const SPEECH: &str = "We shall build the sea wall before the winter storms come, and nobody will pay twice for it";

fn said(path: &str, day: &str, outlet: &str, name: &str, words: &str) -> Clip {
    clip(path, words).on(day).outlet(outlet).says(name, &[words])
}

fn first() -> Query {
    let text = "dup:first";
    onrecord::query::parse(text).expect("a query")
}

fn grouped(archive: &Archive, group: Grouping) -> Vec<(String, u64, u64)> {
    let answer = archive.reader().quotes(None, &Ask { group, ..ask() }).expect("an answer");
    assert_eq!(answer.total, Some(answer.hits.len() as u64));
    let told = |repeats: Option<Repeats>| repeats.map_or((0, 0), |repeats| (repeats.count, repeats.outlets));
    answer.hits.into_iter().map(|hit| (hit.path, told(hit.repeats).0, told(hit.repeats).1)).collect()
}

fn expect(found: Vec<(String, u64, u64)>, expected: &[(&str, u64, u64)]) {
    let found: Vec<(&str, u64, u64)> =
        found.iter().map(|(path, count, outlets)| (path.as_str(), *count, *outlets)).collect();
    assert_eq!(found, expected);
}

fn spread() -> Archive {
    let shouted = SPEECH.to_uppercase().replace(',', " –");
    let shorter = "We shall build the sea wall before the winter storms come, and nobody pays twice";
    Archive::of(&[
        said("wire", "2014-03-01", "Cape Wire", "Ada Quill", SPEECH),
        said("bay", "2014-03-02", "Bay Courier", "Quill", &shouted),
        said("again", "2014-03-04", "Bay Courier", "Mayor Ada Quill", SPEECH),
        said("short", "2014-03-03", "Northern Post", "Ada Quill", shorter),
        said(
            "other",
            "2014-03-05",
            "Northern Post",
            "Bo Lund",
            "Nobody has asked the harbour what it thinks of any wall at all",
        ),
    ])
}

#[test]
fn copies_are_shown_as_one() {
    let archive = spread();
    let all = [("other", 0, 0), ("again", 0, 0), ("short", 0, 0), ("bay", 0, 0), ("wire", 0, 0)];
    expect(grouped(&archive, Grouping::None), &all);
    expect(grouped(&archive, Grouping::Exact), &[("other", 1, 1), ("again", 3, 2), ("short", 1, 1)]);
    expect(grouped(&archive, Grouping::Near), &[("other", 1, 1), ("again", 4, 3)]);
}

#[test]
fn a_group_is_of_what_answers_and_knows_the_first_of_all() {
    let archive = spread();
    let reader = archive.reader();
    let courier = word("wall").of_outlet();
    let near = Ask { group: Grouping::Near, ..ask() };
    let answer = reader.quotes(Some(&courier), &near).expect("an answer");
    let [hit] = answer.hits.as_slice() else { panic!("one group: {:?}", answer.hits) };
    let wire = reader.quotes(None, &Ask { sort: Sort::Date, ..ask() }).expect("an answer").hits.remove(0);
    assert_eq!(wire.path, "wire");
    assert_eq!(hit.repeats, Some(Repeats { first: wire.id, count: 2, outlets: 1 }));
    // Best first, each group by its best.
    let best = Ask { sort: Sort::Score, ..near };
    let answer = reader.quotes(Some(&word("wall")), &best).expect("an answer");
    let counts: Vec<_> = answer.hits.iter().map(|hit| hit.repeats.map(|repeats| repeats.count)).collect();
    assert_eq!(counts, [Some(1), Some(4)]);
    assert!(answer.hits.is_sorted_by(|one, next| one.score >= next.score));
    // A page at a time, and as a stream.
    let mut pages = Vec::new();
    for offset in 0..3 {
        let ask = Ask { offset, limit: 1, ..best };
        pages.extend(reader.quotes(Some(&word("wall")), &ask).expect("an answer").hits);
    }
    assert_eq!(pages, answer.hits);
    let stream = reader.quote_stream(Some(&word("wall")), &Ask { limit: usize::MAX, ..best }, &|_| None);
    let streamed: Vec<_> = stream.expect("a stream").collect::<Result<_, _>>().expect("hits");
    assert_eq!(streamed, answer.hits);
}

#[test]
fn the_first_of_equal_quotations_is_kept() {
    let archive = spread();
    let paths = |query: &Query| -> Vec<String> {
        archive.reader().quotes(Some(query), &ask()).expect("an answer").hits.into_iter().map(|hit| hit.path).collect()
    };
    assert_eq!(paths(&first()), ["other", "short", "wire"]);
    assert_eq!(paths(&not(first())), ["again", "bay"]);
    assert_eq!(paths(&and([word("wall").of_outlet(), first()])), Vec::<String>::new());
    // Of articles, also copies with changes are copies.
    assert_eq!(archive.articles(&and([word("wall"), first()])).len(), 2);
}

#[test]
fn what_says_another_number_or_the_contrary_is_no_copy() {
    let hurt = |path: &str, words: &str| said(path, "2014-03-01", "Cape Wire", "Ada Quill", words);
    let archive = Archive::of(&[
        hurt(
            "eleven",
            "11 people were hurt when the ferry struck the old quay on Monday night, and nobody knows why it did",
        ),
        hurt(
            "again",
            "Eleven people were hurt when the ferry struck the old quay Monday night, and nobody knows why it did",
        ),
        hurt(
            "many",
            "22 people were hurt when the ferry struck the old quay on Monday night, and nobody knows why it did",
        ),
        hurt("short", "11 people were hurt when the ferry struck the old quay on Monday night"),
        hurt("will", "We will raise the fare in May, since the harbour has to live on it like everybody else"),
        hurt("wont", "We will not raise the fare in May, since the harbour has to live on it like everybody else"),
    ]);
    let mut groups = grouped(&archive, Grouping::Near);
    groups.sort();
    // "eleven" stands for "again" and "short" too.
    expect(groups, &[("eleven", 3, 1), ("many", 1, 1), ("will", 1, 1), ("wont", 1, 1)]);
}

#[test]
fn few_words_are_the_same_only_of_one_speaker() {
    let no = |path: &str, name: &str| clip(path, "No comment. He left.").on("2014-01-01").says(name, &["No comment."]);
    let unknown = |path: &str, rest: &str| {
        clip(path, &format!("The plan is a disaster, {rest}.")).on("2014-01-02").quote(
            onrecord::extract::Kind::Mixed,
            None,
            "",
            &["a disaster"],
        )
    };
    let archive = Archive::of(&[
        no("one", "Ada Quill"),
        no("two", "Ada Quill"),
        no("three", "Bo Lund"),
        unknown("four", "it is said"),
        unknown("five", "it is said"),
        unknown("six", "and costs a lot"),
    ]);
    let counts: Vec<u64> = grouped(&archive, Grouping::Exact).into_iter().map(|(_, count, _)| count).collect();
    let mut counts = counts;
    counts.sort_unstable();
    assert_eq!(counts, [1, 1, 2, 2]);
}

trait OfOutlet {
    fn of_outlet(self) -> Query;
}

impl OfOutlet for Query {
    /// And of an outlet that has Courier in its name.
    fn of_outlet(self) -> Query {
        let leaf = Node::Leaf(Some(Field::Outlet), Value::Word("courier".to_owned()));
        and([self, Query { node: leaf, span: onrecord::text::span::Span::whole("") }])
    }
}

/// All quotations and articles, each with the first of its copies and how many they are.
type Told = BTreeMap<Id, (Id, u64)>;

fn told(archive: &Archive) -> [Told; 4] {
    let reader = archive.reader();
    let mut all = [const { BTreeMap::new() }; 4];
    for (place, group) in [Grouping::Exact, Grouping::Near].into_iter().enumerate() {
        let ask = Ask { group, limit: usize::MAX, ..ask() };
        let quotes = reader.quotes(None, &ask).expect("an answer").hits;
        let quotes = quotes.into_iter().filter_map(|hit| Some((hit.id, hit.repeats?)));
        all[place].extend(quotes.map(|(id, repeats)| (id, (repeats.first, repeats.count))));
        let articles = reader.articles(None, &ask).expect("an answer").hits;
        let articles = articles.into_iter().filter_map(|hit| Some((hit.id, hit.repeats?)));
        all[place + 2].extend(articles.map(|(id, repeats)| (id, (repeats.first, repeats.count))));
    }
    all
}

/// A text of which some copies differ in a word or more.
fn text(dice: &mut Dice) -> String {
    let story = dice.roll(6);
    let mut words: Vec<String> = (0..40).map(|word| lettered(&format!("Word{story}x{word}"))).collect();
    for _ in 0..dice.roll(12) {
        let place = dice.roll(words.len());
        // Another number keeps copies apart.
        let number = dice.roll(1000);
        words[place] = if number < 50 { (number % 2).to_string() } else { lettered(&format!("Other{number}")) };
    }
    words.join(" ")
}

/// A word that is no number, with letters for its figures.
fn lettered(word: &str) -> String {
    let letter =
        |c: char| c.to_digit(10).map_or(c, |figure| char::from(b'a' + u8::try_from(figure).expect("a figure")));
    word.chars().map(letter).collect()
}

/// Puts and removes some at random.
fn change(writer: &mut Writer, dice: &mut Dice, there: &mut BTreeMap<usize, Clip>) {
    for _ in 0..8 {
        let (path, text) = (dice.roll(30), text(dice));
        let day = format!("2014-01-{:02}", 1 + dice.roll(28));
        let clip = said(&path.to_string(), &day, dice.pick(&["Bay Courier", "Cape Wire"]), "Ada Quill", &text);
        writer.put(clip.record()).expect("a record is taken");
        there.insert(path, clip);
    }
    for _ in 0..3 {
        let Some((&path, clip)) = there.iter().nth(dice.roll(there.len())) else { continue };
        writer.remove(clip.article.id()).expect("it is removed");
        there.remove(&path);
    }
}

#[test]
fn history_leaves_no_trace() {
    for seed in 1..=6 {
        let mut dice = Dice::of(seed);
        let archive = Archive::empty();
        let mut there: BTreeMap<usize, Clip> = BTreeMap::new();
        for _ in 0..4 {
            let mut writer = archive.writer();
            change(&mut writer, &mut dice, &mut there);
            writer.publish(&Notes::default()).expect("a generation is published");
        }
        let fresh = Archive::of(&there.into_values().collect::<Vec<_>>());
        let (old, new) = (told(&archive), told(&fresh));
        assert_eq!(old, new, "seed {seed}");
        assert!(old[1].len() < old[0].len() && old.iter().any(|told| told.values().any(|(_, count)| *count > 2)));
    }
}

/// What many say with a number of their own: the whole, or without the last of it, which has another number.
fn counted(path: usize, dice: &mut Dice) -> Clip {
    let number = 100 + dice.roll(20);
    let part =
        format!("It is {number} of them that the harbour has to feed through the winter, whatever the council thinks");
    let whole = format!("{part}, and it will be {number}0 more before the spring is here again");
    said(&path.to_string(), "2014-01-02", "Cape Wire", "Ada Quill", if dice.one_in(3) { &whole } else { &part })
}

#[test]
fn what_many_say_with_other_numbers_is_told_apart_whatever_its_history() {
    for seed in 1..=3 {
        let mut dice = Dice::of(seed);
        let archive = Archive::empty();
        let mut there: BTreeMap<usize, Clip> = BTreeMap::new();
        for _ in 0..4 {
            let mut writer = archive.writer();
            for _ in 0..40 {
                let path = dice.roll(80);
                let clip = counted(path, &mut dice);
                writer.put(clip.record()).expect("a record is taken");
                there.insert(path, clip);
            }
            for _ in 0..5 {
                let Some((&path, clip)) = there.iter().nth(dice.roll(there.len())) else { continue };
                writer.remove(clip.article.id()).expect("it is removed");
                there.remove(&path);
            }
            writer.publish(&Notes::default()).expect("a generation is published");
        }
        let fresh = Archive::of(&there.values().cloned().collect::<Vec<_>>());
        assert_eq!(told(&archive), told(&fresh), "seed {seed}");
        let groups = &told(&archive)[1];
        assert!(groups.len() >= 18 && groups.len() + 20 < there.len(), "seed {seed}: {} groups", groups.len());
    }
}

#[test]
fn what_a_run_left_undone_is_found_by_the_next() {
    for seed in 1..=3 {
        let mut dice = Dice::of(seed);
        let archive = Archive::empty();
        let mut there: BTreeMap<usize, Clip> = BTreeMap::new();
        for run in 0..4 {
            let mut writer = archive.writer();
            for _ in 0..3 {
                change(&mut writer, &mut dice, &mut there);
                let publication = Publication { notes: &Notes::default(), manifest: None, more_follows: true };
                writer.publish_by_steps(publication, &mut |_| {}).expect("a generation is published");
                assert!(writer.copies_due());
                // Until then nothing is left out for a record that is not there any more.
                let quotes = archive.reader().quotes(None, &ask()).expect("an answer").hits;
                let articles = archive.reader().articles(None, &ask()).expect("an answer").hits;
                let quotes: BTreeSet<Id> = quotes.into_iter().map(|hit| hit.id).collect();
                let articles: BTreeSet<Id> = articles.into_iter().map(|hit| hit.id).collect();
                let told = told(&archive);
                for (groups, all) in told.iter().zip([&quotes, &quotes, &articles, &articles]) {
                    let counted: u64 = groups.values().map(|(_, count)| count).sum();
                    assert_eq!(counted, all.len() as u64, "seed {seed}");
                    assert!(groups.values().all(|(first, _)| all.contains(first)), "seed {seed}");
                }
                let firsts = archive.reader().quotes(Some(&first()), &ask()).expect("an answer").total;
                let groups = grouped(&archive, Grouping::Exact).len() as u64;
                assert_eq!(firsts, Some(groups), "seed {seed}");
            }
            if run % 2 == 0 {
                continue;
            }
            writer.publish(&Notes::default()).expect("a generation is published");
            assert!(!writer.copies_due());
            let fresh = Archive::of(&there.values().cloned().collect::<Vec<_>>());
            assert_eq!(told(&archive), told(&fresh), "seed {seed}");
        }
    }
}

#[test]
fn a_list_that_cannot_be_read_is_made_anew() {
    let one = |path: &str, words: &str| said(path, "2014-01-02", "Bay Courier", "Ada Quill", words);
    // Of eight texts two copies each, and one alone.
    let story = |story: usize| (0..12).map(|word| format!("word{story}x{word} ")).collect::<String>();
    let pairs = (0..16).map(|number| one(&number.to_string(), &story(number / 2)));
    let other = one("other", "Nobody has asked the fishermen of the bay what they think of it");
    let archive = Archive::of(&pairs.chain([other.clone()]).collect::<Vec<_>>());
    let whole = told(&archive);
    assert!(whole.iter().all(|told| told.values().filter(|(_, count)| *count == 2).count() == 8));
    let list = archive.folder.path().join("duplicates-1.bin");
    assert!(list.exists());
    std::fs::write(&list, "x").expect("it is written");
    let mut writer = archive.writer();
    for more_follows in [true, false] {
        writer.put(other.record()).expect("a record is taken");
        let publication = Publication { notes: &Notes::default(), manifest: None, more_follows };
        writer.publish_by_steps(publication, &mut |_| {}).expect("a generation is published");
    }
    assert_eq!(told(&archive), whole);
}
