//! Which language an article is in, and what is known of each: its words, its grammar and its forests.
//!
//! A language is a folder under `lexicon/`, one of forests under `model/`, and an entry in the table below. What
//! the source says of the language comes first. Else the beginning of the body is looked at: a text full of
//! English closed-class words is English without further question, as most are; any other is put to whatlang.
//! A short or doubtful text counts as English.

use std::sync::LazyLock;

use whatlang::Lang;

use super::attribution::Forests;
use super::attribution::words::Words;
use super::calibration::Calibration;
use super::date;
use super::forest::Forest;
use super::indirect::{self, Reports};
use super::lexicon::{ENGLISH, GERMAN, Lexicon, NO_WORDS, groups, hash_at};
use crate::article::Article;
use crate::text::word::letters;

/// What is known of a language.
pub(super) struct Language {
    /// Its BCP 47 primary tag.
    pub(super) tag: &'static str,
    /// What whatlang calls it.
    detected: Option<Lang>,
    lexicon: &'static LazyLock<Lexicon>,
    forests: fn() -> Option<&'static Forests>,
    /// The words that its days are told with.
    pub(super) dates: date::Language,
    reports: Option<&'static LazyLock<Reports>>,
}

/// The languages that quotations are attributed in; the first is the one that doubtful texts are taken for.
static LANGUAGES: [Language; 2] = [
    Language {
        tag: "en",
        detected: Some(Lang::Eng),
        lexicon: &ENGLISH,
        forests: || Some(&ENGLISH_FORESTS),
        dates: date::Language::English,
        reports: Some(&indirect::ENGLISH),
    },
    Language {
        tag: "de",
        detected: Some(Lang::Deu),
        lexicon: &GERMAN,
        forests: || Some(&GERMAN_FORESTS),
        dates: date::Language::German,
        reports: Some(&indirect::GERMAN),
    },
];

/// Any other: its quotation marks are found, and nobody is named.
static OTHER: Language = Language {
    tag: "und",
    detected: None,
    lexicon: &NO_WORDS,
    forests: || None,
    dates: date::Language::Other,
    reports: None,
};

/// The forests in the folder of a language.
macro_rules! folder {
    ($tag:literal) => {
        LazyLock::new(|| {
            let read = |text| Forest::parse(text).expect("the forests in the repository parse; a test reads them");
            Forests {
                speaker: read(include_str!(concat!("model/", $tag, "/speaker.txt"))),
                speech: read(include_str!(concat!("model/", $tag, "/speech.txt"))),
                direct: read(include_str!(concat!("model/", $tag, "/direct.txt"))),
                right: read(include_str!(concat!("model/", $tag, "/right.txt"))),
                words: Words::parse(include_str!(concat!("model/", $tag, "/words.txt")))
                    .expect("the words in the repository parse; a test reads them"),
                confidence: Calibration::parse(include_str!(concat!("model/", $tag, "/confidence.txt")))
                    .expect("the calibration in the repository parses; a test reads it"),
            }
        })
    };
}

static ENGLISH_FORESTS: LazyLock<Forests> = folder!("en");
static GERMAN_FORESTS: LazyLock<Forests> = folder!("de");

impl Language {
    pub(super) fn lexicon(&self) -> &'static Lexicon {
        self.lexicon
    }

    /// The forests that attribute its quotations; none for a language that nobody is named in.
    pub(super) fn forests(&self) -> Option<&'static Forests> {
        (self.forests)()
    }

    /// The words of speech without marks; none for a language in which it is not looked for.
    pub(super) fn reports(&self) -> Option<&'static Reports> {
        self.reports.map(|reports| &**reports)
    }
}

/// The language of an article.
pub(super) fn of(article: &Article) -> &'static Language {
    let said = article.lang.as_deref().map(|tag| tag.split(['-', '_']).next().unwrap_or(tag).trim());
    match said.filter(|tag| matches!(tag.len(), 2 | 3) && !tag.eq_ignore_ascii_case("und")) {
        Some(tag) => LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(tag)).unwrap_or(&OTHER),
        None => of_text(article.body()),
    }
}

/// The language that a text appears to be in.
pub(super) fn of_text(text: &str) -> &'static Language {
    const ENOUGH_WORDS: usize = 8;
    const LONGEST: usize = 2000;
    let [english, ..] = &LANGUAGES;
    let (words, closed) = closed_class_words(text, english.lexicon());
    // A third of English running text is closed-class words; no other language reaches a fifth by chance.
    if words < ENOUGH_WORDS || closed * 4 >= words {
        return english;
    }
    let end = (0..=LONGEST.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    match whatlang::detect(text.get(..end).unwrap_or_default()).filter(whatlang::Info::is_reliable) {
        Some(info) => LANGUAGES.iter().find(|language| language.detected == Some(info.lang())).unwrap_or(&OTHER),
        None => english,
    }
}

/// How many words the beginning of `text` has, and how many of them are closed-class words of a language.
fn closed_class_words(text: &str, lexicon: &Lexicon) -> (usize, usize) {
    const WORDS: usize = 120;
    let bytes = text.as_bytes();
    let (mut all, mut closed, mut at) = (0, 0, 0);
    while at < bytes.len() && all < WORDS {
        let start = at;
        at += letters(bytes, at).length;
        // Most words end here; what can go on with one is looked at character by character.
        let mut separator = 1;
        if !bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b',' | b'.' | b'\n')) {
            let mut next = text.get(at..).unwrap_or_default().chars();
            let mut ch = next.next();
            while let Some(letter) = ch.filter(|ch| ch.is_alphanumeric() || *ch == '\'') {
                at += letter.len_utf8();
                ch = next.next();
            }
            separator = ch.map_or(1, char::len_utf8);
        }
        if at - start > 1 {
            all += 1;
            closed += usize::from(lexicon.classes_of(hash_at(text, start, at)) & groups::FUNCTION != 0);
        }
        at += separator;
    }
    (all, closed)
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, OTHER, of, of_text};
    use crate::article::{Article, Source};

    #[test]
    fn every_language_has_words_and_forests() {
        for language in &LANGUAGES {
            assert!(language.forests().is_some(), "{}", language.tag);
            assert!(!std::ptr::eq(language.lexicon(), OTHER.lexicon()), "{}", language.tag);
        }
    }

    #[test]
    fn a_text_shows_its_language() {
        let check = |text: &str, expected: &str| assert_eq!(of_text(text).tag, expected, "{text:?}");
        check(
            "The harbour was closed on Friday, and nobody at the ministry would say when it is going to open again.",
            "en",
        );
        check(
            "Der Hafen wurde am Freitag geschlossen, und niemand im Ministerium wollte sagen, wann er wieder öffnet.",
            "de",
        );
        check(
            "Le port a été fermé vendredi, et personne au ministère ne voulait dire quand il serait de nouveau ouvert.",
            "und",
        );
        check(
            "El puerto fue cerrado el viernes, y nadie en el ministerio quiso decir cuándo se abriría de nuevo.",
            "und",
        );
        check("Ein Satz.", "en");
        check("", "en");
    }

    #[test]
    fn what_the_source_says_comes_first() {
        let check = |lang: &str, expected: &str| {
            let mut article =
                Article::from_text(Source::file("a"), "A text that is written in plain English, as anybody can see.");
            article.lang = Some(lang.to_owned());
            assert_eq!(of(&article).tag, expected, "{lang:?}");
        };
        check("de", "de");
        check("DE-at", "de");
        check("en_US", "en");
        check("fr", "und");
        check("und", "en");
        check("", "en");
        check("English, mostly", "en");
    }
}
