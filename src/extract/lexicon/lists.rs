//! Tests of the word lists: all that they name has a meaning, and all that has one is asked for.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::{Grammar, class, section, words_of};

#[test]
fn regular_german_verbs_have_forms_that_agree() {
    /// Their stems have another vowel in the past.
    const MIXED: &[&str] = &["nannte", "dachte", "einwandte", "wandte", "bekannte", "brachte"];
    let cues = include_str!("de/cues.txt").lines().filter_map(|line| line.split_once(" : "));
    let mut verbs = 0;
    for (forms, _) in cues.filter(|(forms, _)| !forms.starts_with('#')) {
        let mut forms = forms.split(' ').map(|form| form.split('/').next().unwrap_or(form)).skip(1);
        let (Some(past), Some(third)) = (forms.next(), forms.next()) else { continue };
        if let Some(regular) = past.strip_suffix('e').filter(|stem| stem.ends_with('t') && !MIXED.contains(&past)) {
            assert_eq!(third, regular, "{past}");
            verbs += 1;
        }
    }
    assert!(verbs > 100, "{verbs} verbs");
}

#[test]
fn every_section_tag_and_switch_of_the_lists_means_something() {
    /// Says only that a verb is not strong.
    const FOR_READERS: &[&str] = &["weak"];
    let is_class = |name: &str| class::NAMES.iter().any(|(known, _)| *known == name);
    let lexicon = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/lexicon");
    let mut languages = 0;
    let entries = fs::read_dir(lexicon).expect("a folder").map(|entry| entry.expect("an entry").path());
    for folder in entries.filter(|path| path.is_dir()) {
        languages += 1;
        let lines = |name: &str| {
            let text = fs::read_to_string(folder.join(name)).expect("every language has it");
            let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#') && !line.is_empty());
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        for name in ["function.txt", "people.txt", "things.txt"] {
            let lines = lines(name);
            assert!(lines.first().is_none_or(|line| line.starts_with("= ")), "{folder:?} {name}: words of no class");
            for section in lines.iter().filter_map(|line| line.strip_prefix("= ")) {
                assert!(is_class(section), "{folder:?} {name}: no class {section}");
            }
        }
        for line in lines("cues.txt") {
            let tags = line.split_once(" : ").unwrap_or_else(|| panic!("{folder:?}: no tags: {line}")).1;
            for tag in tags.split_whitespace() {
                assert!(is_class(tag) || FOR_READERS.contains(&tag), "{folder:?}: no class {tag}: {line}");
            }
        }
        for switch in lines("grammar.txt") {
            assert_ne!(Grammar::read(&switch), Grammar::default(), "{folder:?}: no switch {switch}");
        }
    }
    assert!(languages > 1);
}

#[test]
fn lists_beside_the_lexicons_have_their_sections_and_no_other() {
    for (text, sections) in [
        (
            include_str!("en/second_references.txt"),
            &["word", "portrayed", "rank", "courtesy", "befallen", "firm", "shares", "alike"][..],
        ),
        (include_str!("en/judged.txt"), &["labelled", "by", "as", "to", "is", "eyes", "filed", "verdict", "put"]),
        (include_str!("de/titled.txt"), &["last_part", "alone"]),
        (include_str!("de/telling.txt"), &["telling", "feminine", "feminine_ending", "perfect", "become"]),
        (
            include_str!("de/judged.txt"),
            &[
                "as",
                "labelled",
                "labelled_ending",
                "view",
                "in_view",
                "to",
                "is",
                "from",
                "speaks",
                "called",
                "sees",
                "split",
                "reproach",
                "reproached",
                "convinced",
                "holds",
                "that",
                "not",
                "words",
                "these",
                "with",
            ],
        ),
    ] {
        let names: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("= ")).collect();
        assert_eq!(names, sections);
        for name in sections {
            assert!(!words_of(text, name).is_empty(), "{name}");
        }
        let words = |text: &'static str, name: &str| section(text, name).flat_map(str::split_whitespace).count();
        assert!(
            sections
                .iter()
                .filter(|&&name| name != "alike")
                .all(|name| words(text, name) == words_of(text, name).len())
        );
    }
}

#[test]
fn every_class_is_asked_for() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract")];
    let mut code = String::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|end| end == "rs") => {
                    code += &fs::read_to_string(path).expect("a file");
                }
                false => {}
            }
        }
    }
    // Where it is asked for, the name of the module stands before it.
    let names = code.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':'));
    let asked: HashSet<&str> = names.filter_map(|name| Some(name.rsplit_once("::")?.1)).collect();
    for (name, _) in class::NAMES {
        assert!(asked.contains(name.to_uppercase().as_str()), "nobody asks for {name}");
    }
}
