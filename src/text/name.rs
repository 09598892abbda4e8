//! Which spellings of a name are the same name: the key that a speaker has in a whole archive.
//!
//! `J.J. Abrams`, `J. J. ABRAMS` and `JJ Abrams` have one key; `John Kerry` and `John F. Kerry` have two, since only
//! somebody who knows them can say that they are one person. It knows no language but a few suffixes, and no index.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::analysis::{self, Form};

/// A suffix as it is written to how it stands in a key: nothing where it is left out.
static SUFFIXES: LazyLock<HashMap<&'static str, Option<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("suffixes.txt").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(": "));
    pairs.flat_map(|(key, all)| all.split(' ').map(move |word| (word, (key != "-").then_some(key)))).collect()
});

/// The key of a name: its words folded (case, accents, full stops of initials, white space), initials side by side as
/// one word, `Jr.` and `Junior` alike, degrees and honours behind the name left out. Other names have other keys.
///
/// ```
/// use onrecord::text::name::key;
/// assert_eq!(key("Martin  Luther KING, Jr."), key("Martin Luther King Junior"));
/// assert_ne!(key("John Kerry"), key("John F. Kerry"));
/// ```
pub fn key(name: &str) -> String {
    let words = words(name);
    if words.is_empty() { name.trim().to_owned() } else { words.join(" ") }
}

/// The words of a name's key, in order.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut after_initials = false;
    for word in analysis::words(name).filter(|word| word.form == Form::Plain) {
        let dotted = name.get(word.start..word.end).is_some_and(|typed| typed.contains('.'));
        let initials = dotted || word.text.chars().count() == 1;
        match words.last_mut() {
            Some(last) if initials && after_initials => last.push_str(&word.text),
            _ => words.push(word.text),
        }
        after_initials = initials;
    }
    while words.len() > 1 {
        if words.len() > 2 && words.ends_with(&["ph".to_owned(), "d".to_owned()]) {
            words.truncate(words.len() - 2);
            continue;
        }
        match words.last().and_then(|last| SUFFIXES.get(last.as_str())) {
            Some(None) => drop(words.pop()),
            Some(Some(folded)) => {
                words.pop();
                words.push((*folded).to_owned());
                break;
            }
            None => break,
        }
    }
    words
}

/// Whether this word of a key tells one generation from another: `jr`, `iii`.
pub fn is_generation(word: &str) -> bool {
    SUFFIXES.get(word).is_some_and(|folded| *folded == Some(word))
}

/// Whether `name` holds the words of `asked` in a row, as `speaker:` asks for them; what merely resembles them does not count.
pub fn holds(name: &str, asked: &str) -> bool {
    let asked = analysis::asked(asked);
    let words: Vec<analysis::Word> = analysis::words(name).collect();
    let stands = |at: u32, word: &str| words.iter().any(|found| found.position == at && found.text == word);
    let last = words.last().map_or(0, |word| word.position);
    !asked.is_empty() && (0..=last).any(|at| asked.iter().all(|(offset, word)| stands(at + offset, word)))
}

#[cfg(test)]
mod tests {
    use super::{holds, key};

    fn check(name: &str, expected: &str) {
        assert_eq!(key(name), expected, "{name}");
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        check("John Kerry", "john kerry");
        check("  JOHN \u{a0} kerry\n", "john kerry");
        check("John F. Kerry", "john f kerry");
        check("John F Kerry", "john f kerry");
        check("J.J. Abrams", "jj abrams");
        check("J. J. Abrams", "jj abrams");
        check("JJ Abrams", "jj abrams");
        check("George W. H. Bush", "george wh bush");
        check("José Müller", "jose muller");
        check("Siobhan O’Neill", "siobhan o'neill");
        check("Siobhan O'Neill", "siobhan o'neill");
        check("Mary Smith-Jones", "mary smith jones");
    }

    #[test]
    fn suffixes_fold_and_generations_stay_apart() {
        check("Robert Downey, Jr.", "robert downey jr");
        check("Robert Downey Junior", "robert downey jr");
        check("Robert Downey", "robert downey");
        check("Hal Osei III", "hal osei iii");
        check("Ada Lund, Ph.D.", "ada lund");
        check("Ada Lund, M.D., PhD", "ada lund");
        check("Ada Lund Jr., MP", "ada lund jr");
        check("Jr", "jr");
        check("MP", "mp");
    }

    #[test]
    fn what_has_no_words_is_its_own_key() {
        check("???", "???");
        check("", "");
        check(" … ", "…");
    }

    #[test]
    fn names_hold_whole_words_in_a_row() {
        let cases = [
            ("John Kerry", "kerry", true),
            ("John Kerry", "John Kerry", true),
            ("John F. Kerry", "John Kerry", false),
            ("Jane Kerryson", "Kerry", false),
            ("Kerri Lund", "Kerry", false),
            ("Ada Kerry-Lund", "kerry", true),
            ("José Lund", "jose", true),
            ("José Lund", "…", false),
            ("", "kerry", false),
        ];
        for (name, asked, expected) in cases {
            assert_eq!(holds(name, asked), expected, "{asked} in {name}");
        }
    }
}
