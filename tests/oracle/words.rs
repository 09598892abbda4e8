//! What the scan knows of words: a table made by hand.

/// A word as it is written, and at each place that it takes: the spellings that find it, and the one its stem is of.
pub(crate) struct Entry {
    pub(crate) written: &'static str,
    pub(crate) places: &'static [(&'static [&'static str], &'static [&'static str])],
}

const fn entry(written: &'static str, places: &'static [(&'static [&'static str], &'static [&'static str])]) -> Entry {
    Entry { written, places }
}

/// Spellings, and those that have a stem; as one in capitals, in capitals.
pub(crate) const WORDS: [Entry; 27] = [
    entry("promise", &[(&["promise"], &["promise"])]),
    entry("promised", &[(&["promised"], &["promised"])]),
    entry("promises", &[(&["promises"], &["promises"])]),
    entry("run", &[(&["run"], &["run"])]),
    entry("running", &[(&["running"], &["running"])]),
    entry("tide", &[(&["tide"], &["tide"])]),
    entry("Tides", &[(&["tides"], &["tides"])]),
    entry("wait", &[(&["wait"], &["wait"])]),
    entry("WAITED", &[(&["waited"], &["waited"])]),
    entry("houses", &[(&["houses"], &["houses"])]),
    entry("Haus", &[(&["haus"], &["haus"])]),
    entry("Häuser", &[(&["hauser", "haeuser"], &["hauser", "haeuser"])]),
    entry("Müller", &[(&["muller", "mueller"], &["muller", "mueller"])]),
    entry("Mu\u{308}ller's", &[(&["muller's", "muller", "mueller"], &["muller", "mueller"])]),
    entry("Mueller", &[(&["mueller"], &["mueller"])]),
    entry("Muller", &[(&["muller"], &["muller"])]),
    entry("Kerry", &[(&["kerry"], &["kerry"])]),
    entry("Kerry’s", &[(&["kerry's", "kerry"], &["kerry"])]),
    entry("don't", &[(&["don't"], &[])]),
    entry("O’Neill", &[(&["o'neill"], &[])]),
    entry("climate", &[(&["climate"], &["climate"])]),
    entry("climates", &[(&["climates"], &["climates"])]),
    entry("counter-ISIL", &[(&["counter-isil", "counter"], &["counter"]), (&["isil", "ISIL"], &["isil"])]),
    entry("the", &[(&["the"], &["the"])]),
    entry("us", &[(&["us"], &["us"])]),
    entry("U.S.", &[(&["us", "US"], &["us"])]),
    entry("9/11", &[(&["9/11", "9"], &[]), (&["11"], &[])]),
];

/// A word as it is typed, and at each place the spellings meant.
pub(crate) type Asked = (&'static str, &'static [&'static [&'static str]]);

/// What is asked for: as typed, and at each place the spellings meant, those that `ä`, `ö` and `ü` also have behind the
/// first.
pub(crate) const ASKED: [Asked; 27] = [
    ("promise", &[&["promise"]]),
    ("PROMISED", &[&["promised"]]),
    ("promising", &[&["promising"]]),
    ("run", &[&["run"]]),
    ("runs", &[&["runs"]]),
    ("tide", &[&["tide"]]),
    ("Tides", &[&["tides"]]),
    ("wait", &[&["wait"]]),
    ("waiting", &[&["waiting"]]),
    ("house", &[&["house"]]),
    ("Haus", &[&["haus"]]),
    ("Hauses", &[&["hauses"]]),
    ("Häuser", &[&["hauser", "haeuser"]]),
    ("müller", &[&["muller", "mueller"]]),
    ("Mueller", &[&["mueller"]]),
    ("muller", &[&["muller"]]),
    ("Kerry", &[&["kerry"]]),
    ("kerry's", &[&["kerry's"]]),
    ("Kerri", &[&["kerri"]]),
    ("don’t", &[&["don't"]]),
    ("O'Neill", &[&["o'neill"]]),
    ("Climates", &[&["climates"]]),
    ("counter-ISIL", &[&["counter"], &["isil"]]),
    ("isil", &[&["isil"]]),
    ("the", &[&["the"]]),
    ("U.S.", &[&["us"]]),
    ("9/11", &[&["9"], &["11"]]),
];

/// What is asked for where only the form typed is meant, if that is something else.
pub(crate) const FORMS: [Asked; 3] =
    [("counter-ISIL", &[&["counter"], &["ISIL"]]), ("U.S.", &[&["US"]]), ("9/11", &[&["9/11"], &["11"]])];

/// Words with their stems in English and in German, by the rules of Snowball; others (with an apostrophe, with figures)
/// have none.
const STEMS: [(&str, &str, &str); 33] = [
    ("promise", "promis", "promis"),
    ("promised", "promis", "promised"),
    ("promises", "promis", "promis"),
    ("promising", "promis", "promising"),
    ("run", "run", "run"),
    ("runs", "run", "run"),
    ("running", "run", "running"),
    ("tide", "tide", "tid"),
    ("tides", "tide", "tid"),
    ("wait", "wait", "wait"),
    ("waited", "wait", "waited"),
    ("waiting", "wait", "waiting"),
    ("house", "hous", "hous"),
    ("houses", "hous", "hous"),
    ("haus", "haus", "haus"),
    ("hauses", "haus", "haus"),
    ("hauser", "hauser", "haus"),
    ("haeuser", "haeuser", "haus"),
    ("muller", "muller", "mull"),
    ("mueller", "mueller", "mull"),
    ("kerry", "kerri", "kerry"),
    ("kerri", "kerri", "kerri"),
    ("climate", "climat", "climat"),
    ("climates", "climat", "climat"),
    ("counter", "counter", "count"),
    ("isil", "isil", "isil"),
    ("the", "the", "the"),
    ("us", "us", "us"),
    ("ada", "ada", "ada"),
    ("bo", "bo", "bo"),
    ("quill", "quill", "quill"),
    ("master", "master", "mast"),
    ("jan", "jan", "jan"),
];

/// The stem in this language; `None` without stems.
pub(crate) fn stem(word: &str, lang: &str) -> Option<&'static str> {
    let (_, english, german) = STEMS.iter().find(|(own, ..)| *own == word)?;
    match lang {
        "en" | "en-GB" => Some(english),
        "de" => Some(german),
        _ => None,
    }
}
