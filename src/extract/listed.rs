//! The word lists by which quotations are found, as words: for whoever looks for them under other spellings than those of a text.

use super::lexicon::section;

/// The lists of people, and of bodies and things, in all languages.
const LISTS: [&str; 4] = [
    include_str!("lexicon/en/people.txt"),
    include_str!("lexicon/en/things.txt"),
    include_str!("lexicon/de/people.txt"),
    include_str!("lexicon/de/things.txt"),
];

const GIVEN: [&str; 6] = [
    include_str!("lexicon/en/given_male.txt"),
    include_str!("lexicon/en/given_female.txt"),
    include_str!("lexicon/en/given_either.txt"),
    include_str!("lexicon/de/given_male.txt"),
    include_str!("lexicon/de/given_female.txt"),
    include_str!("lexicon/de/given_either.txt"),
];

/// The words of a section of those lists: `role`, `body`, `company`; none where no list has it.
pub fn words(name: &'static str) -> impl Iterator<Item = &'static str> {
    LISTS.into_iter().flat_map(move |list| section(list, name)).flat_map(str::split_whitespace)
}

/// All given names.
pub fn given_names() -> impl Iterator<Item = &'static str> {
    let lines = GIVEN.into_iter().flat_map(str::lines);
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}
