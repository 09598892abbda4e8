//! The linear scan: what each question means, tried out on each quotation and each article.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord::extract::Kind;
use onrecord::index::quote_id;
use onrecord::query::ast::{Field, KindValue, Node, Query, Reach, Shares, Value};
use onrecord::text::day::{Day, PartialDate};
use onrecord::text::id::Id;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::index::clip::{day, today};

use super::archive::{Piece, Said, Sentence, person};
use super::words::{ASKED, Asked, FORMS, WORDS, stem};

/// What is found, in the order in which hits come: newest first, undated last, then by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quoted(bool, Reverse<Option<Day>>, Id);

impl Quoted {
    pub(crate) fn of(id: Id, date: Option<PartialDate>) -> Self {
        let first = date.map(PartialDate::first_day);
        Self(first.is_none(), Reverse(first), id)
    }
}

/// A place of a text: the words found there, each with its stems, and the sentence and paragraph that it is in.
#[derive(Clone, Debug, Default)]
struct Place {
    words: BTreeSet<String>,
    stems: BTreeSet<(String, &'static str)>,
    sentence: usize,
    paragraph: usize,
}

type Text = Vec<Place>;

/// From the first place to the last.
type Stretch = (usize, usize);

pub(crate) struct Scan<'a> {
    articles: Vec<Article<'a>>,
}

/// An article with its texts cut into places.
struct Article<'a> {
    piece: &'a Piece,
    id: Id,
    title: Text,
    body: Text,
    lead: Text,
    shown: String,
    length: usize,
    said: Vec<Quotation<'a>>,
}

struct Quotation<'a> {
    said: &'a Said,
    id: Id,
    shown: String,
    words: Text,
    about: BTreeSet<&'static str>,
    /// What quotations that are the same have in common.
    key: (String, String),
    /// Whether it is the first of these.
    first: bool,
}

/// Places of running text: sentences with the number of their paragraph.
fn running(sentences: &[(usize, &Sentence)], lang: &str) -> Text {
    let mut text = Text::new();
    for (number, (paragraph, sentence)) in sentences.iter().enumerate() {
        for &word in *sentence {
            for (words, stemmed) in WORDS[word].places {
                text.push(Place {
                    words: words.iter().map(|&word| word.to_owned()).collect(),
                    stems: stemmed.iter().filter_map(|word| Some((word.to_string(), stem(word, lang)?))).collect(),
                    sentence: number,
                    paragraph: *paragraph,
                });
            }
        }
    }
    text
}

/// Places of a name or the like: words between blanks and signs, no stems.
fn plain(value: &str) -> Text {
    let folded = value.to_lowercase().replace('’', "'");
    let words = folded.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut words = BTreeSet::from([word.replace('ü', "u").replace('ä', "a")]);
            if word.contains(['ü', 'ä']) {
                words.insert(word.replace('ü', "ue").replace('ä', "ae"));
            }
            if let Some(bare) = word.strip_suffix("'s") {
                words.insert(bare.to_owned());
            }
            Place { words, ..Place::default() }
        })
        .collect()
}

impl<'a> Scan<'a> {
    pub(crate) fn of(pieces: impl Iterator<Item = &'a Piece>, ever: &[Piece]) -> Self {
        let mut scan = Self { articles: pieces.map(Article::of).collect() };
        scan.share_stems(ever);
        let mut first: BTreeMap<(String, String), (bool, Option<Day>, Id)> = BTreeMap::new();
        for article in &scan.articles {
            let day = PartialDate::parse(article.piece.date).map(PartialDate::first_day);
            for said in &article.said {
                let this = (day.is_none(), day, said.id);
                let known = first.entry(said.key.clone()).or_insert(this);
                *known = this.min(*known);
            }
        }
        for said in scan.articles.iter_mut().flat_map(|article| &mut article.said) {
            said.first = first[&said.key].2 == said.id;
        }
        scan
    }

    /// A word has the stems that it ever had anywhere in the archive, in whatever language it stood there.
    fn share_stems(&mut self, ever: &[Piece]) {
        let mut all: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        let ever: Vec<Article<'_>> = ever.iter().map(Article::of).collect();
        let texts = ever.iter().flat_map(|article| [&article.title, &article.body]);
        for (word, stem) in texts.flatten().flat_map(|place| &place.stems) {
            all.entry(word.clone()).or_default().insert(*stem);
        }
        for article in &mut self.articles {
            let said = article.said.iter_mut().map(|said| &mut said.words);
            for place in [&mut article.title, &mut article.lead, &mut article.body].into_iter().chain(said).flatten() {
                let stems = place.words.iter().filter_map(|word| Some((word, all.get(word)?)));
                place.stems = stems.flat_map(|(word, stems)| stems.iter().map(|stem| (word.clone(), *stem))).collect();
            }
        }
    }

    pub(crate) fn quotes(&self, query: &Query) -> Vec<Quoted> {
        let mut found = Vec::new();
        for article in &self.articles {
            let date = PartialDate::parse(article.piece.date);
            let matching = article.said.iter().filter(|said| article.quote_matches(said, query));
            found.extend(matching.map(|said| Quoted::of(said.id, date)));
        }
        found
    }

    pub(crate) fn articles(&self, query: &Query) -> Vec<Quoted> {
        let matching = self.articles.iter().filter(|article| article.matches(query));
        matching.map(|article| Quoted::of(article.id, PartialDate::parse(article.piece.date))).collect()
    }
}

impl<'a> Article<'a> {
    fn of(piece: &'a Piece) -> Self {
        let article = piece.clip().article;
        let id = article.id();
        let shown = article.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let body: Vec<(usize, &Sentence)> = piece.body.iter().map(|(paragraph, words)| (*paragraph, words)).collect();
        let title: Vec<(usize, &Sentence)> = piece.title.iter().map(|words| (0, words)).collect();
        let (title, text) = (running(&title, piece.lang), running(&body, piece.lang));
        // Whole paragraphs, until there are fifty words.
        let end = (50..text.len()).find(|&at| text[at].paragraph > text[at - 1].paragraph).unwrap_or(text.len());
        let mut ordinals = BTreeMap::new();
        let said = piece.said.iter().map(|said| {
            let shown = piece.quoted(said);
            let ordinal = ordinals.entry(shown.clone()).or_insert(0_u64);
            let own = quote_id(id, &shown, *ordinal);
            *ordinal += 1;
            let sentences: Vec<(usize, &Sentence)> =
                said.ranges.iter().flat_map(|&(first, last)| body[first..=last].iter().copied()).collect();
            let named = sentences.iter().flat_map(|(_, words)| words.iter().filter_map(|word| person(*word)));
            let about = named.collect();
            let key = (letters(&shown), beside(said, &shown, &text_of(piece, said)));
            Quotation { said, id: own, shown, words: running(&sentences, piece.lang), about, key, first: false }
        });
        let said = said.collect();
        let length = piece.body.iter().map(|(_, words)| words.len()).sum();
        Self { piece, id, title, lead: text[..end].to_vec(), body: text, shown, length, said }
    }

    /// A quotation answers for itself and for its article.
    fn quote_matches(&self, said: &Quotation<'_>, query: &Query) -> bool {
        match &query.node {
            Node::And(parts) => parts.iter().all(|part| self.quote_matches(said, part)),
            Node::Or(parts) => parts.iter().any(|part| self.quote_matches(said, part)),
            Node::Not(part) => !self.quote_matches(said, part),
            Node::Boost(part, _) => self.quote_matches(said, part),
            Node::AtLeast(least, parts) if parts.len() > 1 => {
                parts.iter().filter(|part| self.quote_matches(said, part)).count() >= *least as usize
            }
            Node::AtLeast(..) | Node::Near(..) | Node::Leaf(..) => {
                let field = field_of(query).or((!is_any(query)).then_some(Field::Quote));
                self.tested(Some(said), field, query)
            }
        }
    }

    /// An article answers for itself and for any one of its quotations.
    fn matches(&self, query: &Query) -> bool {
        match &query.node {
            Node::And(_) => {
                let (of_one, rest): (Vec<&Query>, Vec<&Query>) = conjuncts(query).into_iter().partition(|q| of_one(q));
                let one = |said: &Quotation<'_>| of_one.iter().all(|part| self.quote_matches(said, part));
                (of_one.is_empty() || self.said.iter().any(one)) && rest.iter().all(|part| self.matches(part))
            }
            Node::Or(parts) => parts.iter().any(|part| self.matches(part)),
            Node::Not(part) => !self.matches(part),
            Node::Boost(part, _) => self.matches(part),
            Node::AtLeast(_, parts) if parts.len() > 1 && of_one(query) => {
                self.said.iter().any(|said| self.quote_matches(said, query))
            }
            Node::AtLeast(least, parts) if parts.len() > 1 => {
                parts.iter().filter(|part| self.matches(part)).count() >= *least as usize
            }
            Node::AtLeast(..) | Node::Near(..) | Node::Leaf(..) => match field_of(query) {
                None if is_any(query) => true,
                None => self.tested(None, Some(Field::Title), query) || self.tested(None, Some(Field::Body), query),
                Some(field) if is_quoted(field) => {
                    self.said.iter().any(|said| self.tested(Some(said), Some(field), query))
                }
                Some(Field::Id) => {
                    self.tested(None, Some(Field::Id), query)
                        || self.said.iter().any(|said| self.tested(Some(said), Some(Field::Id), query))
                }
                field => self.tested(None, field, query),
            },
        }
    }

    fn tested(&self, said: Option<&Quotation<'_>>, field: Option<Field>, query: &Query) -> bool {
        let piece = self.piece;
        let Some(field) = field else { return true };
        match field {
            Field::Words => return numbers(self.length as u64, query),
            Field::Batch => return numbers(piece.batch, query),
            Field::Date => return days(PartialDate::parse(piece.date).into_iter(), query),
            Field::Mentions => return days(piece.mentions.iter().map(|date| PartialDate::Day(day(date))), query),
            Field::Id => {
                let Node::Leaf(_, Value::Word(digits)) = &query.node else { panic!("an id is asked for") };
                let begins = |id: Id| id.to_string().starts_with(digits);
                return begins(self.id) || said.is_some_and(|said| begins(said.id));
            }
            Field::Dup => return said.is_some_and(|said| said.first),
            Field::Kind | Field::Conf => return said.is_some_and(|said| set(said.said, query)),
            _ => {}
        }
        let name = |said: &Quotation<'_>| said.said.name.strip_prefix("a ").unwrap_or(said.said.name);
        let (values, texts, stemmed): (Vec<String>, Vec<Cow<'_, Text>>, bool) = match (field, said) {
            (Field::Quote, Some(said)) => (vec![said.shown.clone()], vec![Cow::Borrowed(&said.words)], true),
            (Field::Title, _) => (vec![piece.title()], vec![Cow::Borrowed(&self.title)], true),
            (Field::Body, _) => (vec![self.shown.clone()], vec![Cow::Borrowed(&self.body)], true),
            (Field::Hlead, _) => {
                (vec![piece.title()], vec![Cow::Borrowed(&self.title), Cow::Borrowed(&self.lead)], true)
            }
            (field, said) => {
                let value = match (field, said) {
                    (Field::Speaker, Some(said)) => vec![name(said)],
                    (Field::Role, Some(said)) if said.said.name.is_empty() || said.said.name.starts_with("a ") => {
                        vec![]
                    }
                    (Field::Role, Some(said)) => vec![said.said.role],
                    (Field::About, Some(said)) => said.about.iter().copied().collect(),
                    (Field::Cue, Some(said)) => {
                        let cue = said.said.cue.map(|sentence| WORDS[piece.body[sentence].1[0]].written);
                        cue.into_iter().collect()
                    }
                    (Field::Outlet, _) => vec![piece.outlet],
                    (Field::Section, _) => vec![piece.section],
                    (Field::Byline, _) => vec![piece.byline],
                    (Field::Lang, _) => vec![piece.lang],
                    (Field::Url, _) => vec![piece.url],
                    (Field::Path, _) => vec![],
                    _ => panic!("{field:?} is asked for"),
                };
                let mut values: Vec<String> =
                    value.into_iter().filter(|value| !value.is_empty()).map(str::to_owned).collect();
                if field == Field::Path {
                    values.push(piece.path());
                }
                if field == Field::Cue {
                    // The first word of a sentence has a capital.
                    values.iter_mut().for_each(|cue| *cue = capital(cue));
                }
                let texts = values.iter().map(|value| Cow::Owned(plain(&value.replace("Mu\u{308}", "Mü")))).collect();
                (values, texts, false)
            }
        };
        match &query.node {
            Node::Leaf(_, Value::Any) => !values.is_empty(),
            Node::Leaf(_, Value::Exact(whole)) => values.contains(whole),
            _ => {
                let least = if let Node::AtLeast(least, _) = &query.node { *least as usize } else { 1 };
                texts.iter().any(|text| stretches(query, text, stemmed).len() >= least)
            }
        }
    }
}

/// Letters and digits alone, in lower case and without accents, and where words end.
fn letters(text: &str) -> String {
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    // What has an apostrophe or the stops of initials is one word.
    let joined = plain.replace(['\'', '’'], "").replace("u.s.", "us");
    let words: Vec<&str> = joined.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// What has to be the same beside the words, where they are few: the speaker, else the sentences around.
fn beside(said: &Said, shown: &str, around: &str) -> String {
    match () {
        () if letters(shown).split(' ').count() >= 5 => String::new(),
        () if said.name.is_empty() => format!("in {}", letters(around)),
        () => format!("by {}", letters(said.name.strip_prefix("a ").unwrap_or(said.name))),
    }
}

/// The paragraphs that a quotation stands in, and those between.
fn text_of(piece: &Piece, said: &Said) -> String {
    let paragraph = |sentence: usize| piece.body[sentence].0;
    let (first, last) = (paragraph(said.ranges[0].0), paragraph(said.ranges[said.ranges.len() - 1].1));
    let sentences = piece.body.iter().filter(|(paragraph, _)| (first..=last).contains(paragraph));
    let words = sentences.flat_map(|(_, words)| words.iter().map(|word| WORDS[*word].written));
    words.collect::<Vec<_>>().join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Where words stand in a text: the beginnings, each with its nearest end. All ways are tried.
fn stretches(query: &Query, text: &Text, stemmed: bool) -> BTreeMap<usize, usize> {
    let mut shortest = BTreeMap::new();
    let mut add = |(start, end): Stretch| {
        let known = shortest.entry(start).or_insert(end);
        *known = end.min(*known);
    };
    match &query.node {
        Node::Boost(part, _) => return stretches(part, text, stemmed),
        Node::AtLeast(_, parts) => return stretches(&parts[0], text, stemmed),
        Node::Or(parts) => parts.iter().for_each(|part| stretches(part, text, stemmed).into_iter().for_each(&mut add)),
        Node::Near(first, others) => {
            // The last unit, and the whole.
            let mut rows: Vec<(Stretch, Stretch)> =
                stretches(first, text, stemmed).into_iter().map(|stretch| (stretch, stretch)).collect();
            for (reach, unit) in others {
                let next = stretches(unit, text, stemmed);
                let mut more = BTreeSet::new();
                for &(last, whole) in &rows {
                    for (&start, &end) in next.iter().filter(|&(&start, &end)| near(*reach, last, (start, end), text)) {
                        more.insert(((start, end), (whole.0.min(start), whole.1.max(end))));
                    }
                }
                rows = more.into_iter().collect();
            }
            rows.into_iter().for_each(|(_, whole)| add(whole));
        }
        Node::Leaf(_, value) => leaf(value, text, stemmed).into_iter().for_each(add),
        Node::And(_) | Node::Not(_) => panic!("no unit"),
    }
    shortest
}

fn near(reach: Reach, one: Stretch, other: Stretch, text: &Text) -> bool {
    let apart = match () {
        () if one.1 < other.0 => other.0 - one.1,
        () if other.1 < one.0 => one.0 - other.1,
        () => return false,
    };
    let (start, end) = (one.0.min(other.0), one.1.max(other.1));
    match reach {
        Reach::Within(most) => apart <= most as usize,
        Reach::Before(most) => apart <= most as usize && one.1 < other.0,
        Reach::Sentence => text[start].sentence == text[end].sentence,
        Reach::Paragraph => text[start].paragraph == text[end].paragraph,
    }
}

fn leaf(value: &Value, text: &Text, stemmed: bool) -> Vec<Stretch> {
    match value {
        Value::Word(words) | Value::Phrase(words) => row(&asked(words), stemmed, None, 0, text),
        Value::Form(words) => row(&asked_by(words, &[&FORMS, &ASKED]), false, None, 0, text),
        Value::Loose { words, slop, prefix } => {
            let mut places = asked(words);
            let last = prefix.then(|| places.pop().expect("a word")[0].to_owned());
            row(&places, stemmed, last.as_deref(), *slop as usize, text)
        }
        Value::Pattern(pattern) => {
            let (parts, last) =
                pattern.rsplit_once('-').map_or((vec![], pattern.as_str()), |(first, last)| (vec![vec![first]], last));
            let alike = |place: &Place| place.words.iter().any(|word| fits(&folded(last), word));
            let first = |at: usize| parts.is_empty() || at > 0 && matches(&text[at - 1], &parts[0], stemmed);
            let found = (0..text.len()).filter(|&at| alike(&text[at]) && first(at));
            found.map(|at| (at - parts.len(), at)).collect()
        }
        Value::Fuzzy(word, edits) => {
            let word = folded(word);
            let alike = |place: &Place| place.words.iter().any(|other| distance(&word, other) <= usize::from(*edits));
            (0..text.len()).filter(|&at| alike(&text[at])).map(|at| (at, at)).collect()
        }
        Value::Regex(body) => {
            let alike = |place: &Place| place.words.iter().any(|word| described(body, word));
            (0..text.len()).filter(|&at| alike(&text[at])).map(|at| (at, at)).collect()
        }
        other => panic!("{other:?} asks for no words"),
    }
}

/// The places that typed words ask for: those of the table, or, of names, what stands between signs.
fn asked(typed: &str) -> Vec<Vec<&'static str>> {
    asked_by(typed, &[&ASKED])
}

/// The same by the first of these tables that has a word.
fn asked_by(typed: &str, tables: &[&[Asked]]) -> Vec<Vec<&'static str>> {
    let words = typed.split(' ').flat_map(|word| {
        let entry = tables.iter().copied().flatten().find(|(own, _)| *own == word);
        entry.map_or_else(
            || vec![vec![&*word.to_lowercase().leak()]],
            |(_, places)| places.iter().map(|spellings| spellings.to_vec()).collect(),
        )
    });
    words.collect()
}

fn matches(place: &Place, spellings: &[&str], stemmed: bool) -> bool {
    let mut stems = BTreeSet::new();
    if stemmed {
        for word in spellings {
            stems.extend(stem(word, "en"));
            stems.extend(stem(word, "de"));
        }
    }
    let word = |word: &str| place.words.contains(word);
    let is_form = |stem: &str| place.stems.iter().any(|(_, own)| *own == stem);
    spellings.iter().any(|spelling| word(spelling)) || stems.iter().any(|stem| is_form(stem) || word(stem))
}

/// Rows of words in this order, the last of them begun only, with so many others among them at most; all are tried.
fn row(places: &[Vec<&str>], stemmed: bool, last: Option<&str>, slop: usize, text: &Text) -> Vec<Stretch> {
    let length = places.len() + usize::from(last.is_some());
    let holds = |number: usize, at: usize| match places.get(number) {
        Some(spellings) => matches(&text[at], spellings, stemmed),
        None => text[at].words.iter().any(|word| word.starts_with(last.expect("a begun word"))),
    };
    let mut rows: Vec<Stretch> = (0..text.len()).filter(|&at| holds(0, at)).map(|at| (at, at)).collect();
    for number in 1..length {
        let longer = rows.iter().flat_map(|&(start, end)| {
            let next = (end + 1..text.len()).filter(|&at| holds(number, at));
            next.map(move |at| (start, at)).collect::<Vec<_>>()
        });
        let longer: BTreeSet<Stretch> = longer.filter(|(start, end)| end - start <= number + slop).collect();
        rows = longer.into_iter().collect();
    }
    rows
}

/// As the words of the index are: small letters, no accents.
fn folded(word: &str) -> String {
    word.to_lowercase().replace('ü', "u").replace('ä', "a").replace('’', "'")
}

fn fits(pattern: &str, word: &str) -> bool {
    let mut signs = pattern.chars();
    match signs.next() {
        None => word.is_empty(),
        Some('*') => (0..=word.len()).filter_map(|at| word.get(at..)).any(|rest| fits(signs.as_str(), rest)),
        Some(sign) => {
            let mut letters = word.chars();
            letters
                .next()
                .is_some_and(|letter| (sign == '?' || sign == letter) && fits(signs.as_str(), letters.as_str()))
        }
    }
}

/// Letters added, dropped, changed, or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            rows[i][j] = match (i, j) {
                (0, j) => j,
                (i, 0) => i,
                (i, j) => {
                    let changed = rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                    let mut least = changed.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        least = least.min(rows[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    rows[one.len()][other.len()]
}

/// The regular expressions that are asked, in words of our own.
pub(crate) const REGEXES: [&str; 5] = ["clim.+", "tides?", "[hw]a.*", ".*'.*", "(run|kerry)"];

fn described(body: &str, word: &str) -> bool {
    match body {
        "clim.+" => word.starts_with("clim") && word.len() > 4,
        "tides?" => matches!(word, "tide" | "tides"),
        "[hw]a.*" => word.starts_with("ha") || word.starts_with("wa"),
        ".*'.*" => word.contains('\''),
        "(run|kerry)" => matches!(word, "run" | "kerry"),
        other => panic!("{other} is not among them"),
    }
}

fn set(said: &Said, query: &Query) -> bool {
    let Node::Leaf(_, value) = &query.node else { panic!("one test") };
    let millionths = [0.0, 0.3, 0.5, 0.9, 1.0].iter().zip([0, 300_000, 500_000, 900_000, 1_000_000]);
    let sure = millionths.filter(|(sure, _)| **sure == said.sure).map(|(_, whole)| whole).next().expect("it is one");
    match value {
        Value::Any => true,
        Value::Kind(KindValue::Direct) => said.kind == Kind::Direct,
        Value::Kind(KindValue::Mixed) => said.kind == Kind::Mixed,
        Value::Kind(KindValue::Indirect) => said.kind == Kind::Indirect,
        Value::Shares(Shares::AtLeast(least)) => sure >= least.millionths(),
        Value::Shares(Shares::Above(below)) => sure > below.millionths(),
        Value::Shares(Shares::AtMost(most)) => sure <= most.millionths(),
        Value::Shares(Shares::Below(above)) => sure < above.millionths(),
        Value::Shares(Shares::Between(least, most)) => (least.millionths()..=most.millionths()).contains(&sure),
        other => panic!("{other:?} is not asked of it"),
    }
}

fn numbers(number: u64, query: &Query) -> bool {
    match &query.node {
        Node::Leaf(_, Value::Any) => true,
        Node::Leaf(_, Value::Numbers(from, to)) => {
            from.is_none_or(|from| from <= number) && to.is_none_or(|to| number <= to)
        }
        other => panic!("{other:?} is not asked of a number"),
    }
}

/// Whether one of the dates lies wholly in what is asked for.
fn days(mut dates: impl Iterator<Item = PartialDate>, query: &Query) -> bool {
    let Node::Leaf(_, value) = &query.node else { panic!("one test") };
    dates.any(|date| match value.days(today()) {
        Some((from, to)) => {
            from.is_none_or(|from| from <= date.first_day()) && to.is_none_or(|to| date.last_day() <= to)
        }
        None if *value == Value::Any => true,
        None => panic!("{value:?} is not asked of days"),
    })
}

fn field_of(query: &Query) -> Option<Field> {
    let mut field = None;
    query.each_leaf(&mut |_, own, _| field = own);
    field
}

fn is_any(query: &Query) -> bool {
    matches!(&query.node, Node::Leaf(_, Value::Any))
}

fn is_quoted(field: Field) -> bool {
    matches!(field, Field::Quote | Field::Speaker | Field::Role | Field::Kind | Field::Conf | Field::Cue | Field::About)
}

/// Whether only articles know of it.
fn is_of_article(query: &Query) -> bool {
    let mut found = false;
    query.each_leaf(&mut |_, field, value| {
        found |= match field {
            None => *value != Value::Any,
            Some(field) => matches!(
                field,
                Field::Title | Field::Body | Field::Hlead | Field::Byline | Field::Mentions | Field::Url | Field::Path
            ),
        }
    });
    found
}

/// The parts of an AND, however it is nested.
fn conjuncts(query: &Query) -> Vec<&Query> {
    match &query.node {
        Node::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        _ => vec![query],
    }
}

/// Whether nothing but a quotation can pass it: nothing is denied, nothing is asked that only articles know, and however
/// it is passed, something of a quotation is needed.
fn of_one(query: &Query) -> bool {
    !denies(query) && !is_of_article(query) && needs_quotation(query)
}

fn denies(query: &Query) -> bool {
    match &query.node {
        Node::Not(_) => true,
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => parts.iter().any(denies),
        Node::Boost(part, _) => denies(part),
        Node::Near(..) | Node::Leaf(..) => false,
    }
}

fn needs_quotation(query: &Query) -> bool {
    match &query.node {
        Node::And(parts) => parts.iter().any(needs_quotation),
        Node::Or(parts) => parts.iter().all(needs_quotation),
        Node::AtLeast(least, parts) if parts.len() > 1 => {
            parts.iter().filter(|part| !needs_quotation(part)).count() < *least as usize
        }
        Node::Not(_) => false,
        _ => field_of(query).is_some_and(is_quoted),
    }
}
