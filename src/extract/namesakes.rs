//! Who goes by one name: the entities of an article by surname, given name or acronym, and how surnames are compared.

use super::lexicon;
use super::page::{Page, Tok};

/// Of the people who share a surname, a given name or an acronym, this many are kept in mind for names that say no more than
/// that: those named last. No article has more of them; a list of twenty thousand people called Lind is no article.
const NAMESAKES: usize = 64;

/// The entities that go by one name, who was named last at the end. Most names are somebody's alone.
pub(super) struct Namesakes {
    last: u32,
    others: Vec<u32>,
}

impl Namesakes {
    pub(super) fn of(entity: u32) -> Self {
        Self { last: entity, others: Vec::new() }
    }

    /// Notes that `entity` is named.
    pub(super) fn name(&mut self, entity: u32) {
        if self.last == entity {
            return;
        }
        self.others.retain(|&other| other != entity);
        self.others.push(self.last);
        self.last = entity;
        if self.others.len() >= NAMESAKES {
            self.others.remove(0);
        }
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &u32> {
        self.others.iter().chain(std::iter::once(&self.last))
    }
}

/// By what a surname is looked up where nobody has it as it is printed: its hash, without the Arabic article, which some papers print and
/// others leave out ("al-Tarif", "Tarif").
pub(super) fn surname(page: &Page<'_>, tok: &Tok) -> u64 {
    const ARTICLES: &[&str] = &["al-", "el-", "ul-", "as-", "ar-", "an-", "at-", "ad-", "az-", "ash-"];
    let word = page.text.get(tok.start as usize..tok.end as usize).unwrap_or_default();
    let bare = |article: &&str| {
        let (head, rest) = word.split_at_checked(article.len())?;
        (head.eq_ignore_ascii_case(article) && rest.starts_with(char::is_uppercase)).then_some(rest)
    };
    ARTICLES.iter().find_map(bare).map_or(tok.hash, lexicon::hash)
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Source};
    use crate::extract::{Extraction, Speaker, extract};

    fn read(text: &str) -> Extraction {
        extract(&Article::from_text(Source::file("names.txt"), format!("Town\n\n{text}")))
    }

    fn speaker(found: &Extraction) -> Option<&str> {
        match found.quotes.first()?.attribution.speaker {
            Speaker::Named(number) => found.people.get(number).map(|person| person.name.as_str()),
            _ => None,
        }
    }

    #[test]
    fn an_article_before_a_surname_may_be_left_out() {
        for (full, short) in [
            ("Basim al-Tarif", "Tarif"),
            ("Basim Tarif", "al-Tarif"),
            ("Basim el-Tarif", "Al-Tarif"),
            ("Basim al-Tarif", "Basim Tarif"),
        ] {
            let found = read(&format!("{full} came.\n\nPresident {short} said: “We will rebuild the port.”"));
            assert_eq!(speaker(&found), Some(full), "{short}: {:?}", found.people);
        }
    }

    #[test]
    fn a_surname_as_it_is_printed_goes_before() {
        let found = read("Sami Din runs the mill. Lara Al-Din is mayor.\n\nDin said: “It is over.”");
        assert_eq!(speaker(&found), Some("Sami Din"));
        // A paper.
        let found = read("Mona Tarif runs the mill.\n\nAl-Tarif reported on Monday: “It is over.”");
        assert_ne!(speaker(&found), Some("Mona Tarif"));
    }

    #[test]
    fn whoever_has_another_given_name_is_somebody_else() {
        let found = read("Basim al-Tarif came.\n\nOmar Tarif said: “We will rebuild the port.”");
        assert_eq!(speaker(&found), Some("Omar Tarif"));
    }
}
