//! Who a description does not mean, although it would fit: whoever stands beside it by name, or is known by another office.

use std::sync::LazyLock;

use super::super::lexicon::{WordMap, WordSet, class as c, hash, section, words_of};
use super::super::mention::Mention;
use super::super::page::{NONE, behind_preposition};
use super::super::person::Entity;
use super::Resolver;

/// So many of the roles of somebody are looked at.
const ROLES: usize = 16;

/// By what else people are spoken of than by name and office.
pub(in super::super) const SECOND_REFERENCES: &str = include_str!("../lexicon/en/second_references.txt");

/// The words that may mean somebody known by another one.
static WORDS: LazyLock<WordSet> = LazyLock::new(|| words_of(SECOND_REFERENCES, "word"));

/// Words before a noun that tell what befell somebody of whom the article tells.
static PORTRAYED: LazyLock<WordSet> = LazyLock::new(|| words_of(SECOND_REFERENCES, "portrayed"));

/// The ranks that anybody may have.
static RANKS: LazyLock<WordSet> = LazyLock::new(|| words_of(SECOND_REFERENCES, "rank"));

/// What stands before a name and is no office.
static COURTESY: LazyLock<WordSet> = LazyLock::new(|| words_of(SECOND_REFERENCES, "courtesy"));

/// Words for much the same office, with one bit for each group that they are in.
static ALIKE: LazyLock<WordMap<u64>> = LazyLock::new(|| {
    let mut groups = WordMap::default();
    for (group, line) in section(SECOND_REFERENCES, "alike").enumerate() {
        for word in line.split_whitespace() {
            *groups.entry(hash(word)).or_default() |= 1 << group;
        }
    }
    groups
});

/// Whether a word before a noun tells what somebody is like, and not which office it is.
fn portrays(word: &str) -> bool {
    const ENDINGS: &[&str] = &["able", "ible", "ous", "ful", "less", "ish", "-old", "-taught", "-spoken"];
    PORTRAYED.contains(&hash(word))
        || ENDINGS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
}

impl Resolver<'_, '_> {
    /// Whether mention `number`, a description that nobody is known by, means somebody else than this entity: who is named in the same
    /// sentence ("the judge told Lind"), or between the marks beside it, or has another office ("Mayor Lind", "the judge").
    pub(super) fn is_rival(&self, number: usize, mention: &Mention, entity: u32, spoke: bool) -> bool {
        const NEAR: usize = 10;
        let page = self.page;
        let Some(head) = page.tok(mention.head) else { return false };
        let around = number.saturating_sub(NEAR)..(number + NEAR).min(self.mentions.len());
        let named =
            around.filter(|&n| self.named.get(n) == Some(&entity)).filter_map(|n| self.mentions.get(n)).any(|m| {
                page.tok(m.first).is_some_and(|tok| match tok.region {
                    // "Fans of Lind cheered when the singer said"
                    NONE => tok.sentence == head.sentence && !m.owner && !behind_preposition(page, m.first),
                    region => page.regions.get(region as usize).is_some_and(|q| q.sentence == head.sentence),
                })
            });
        let Some(known) = self.entities.get(entity as usize) else { return false };
        let other_word = head.is(c::DEMONYM) || WORDS.contains(&head.hash);
        // "the affable chairman", "the 39-year-old mayor"
        let portrayed = (mention.first..mention.head).any(|at| portrays(page.words(at)));
        let own = || known.roles.iter().take(ROLES).flat_map(|&(first, last)| first..last).filter_map(|i| page.tok(i));
        // "Justice Lind", "the judge"
        let alike = || {
            let groups = ALIKE.get(&head.hash).copied().unwrap_or(0);
            own().any(|tok| ALIKE.get(&tok.hash).is_some_and(|own| own & groups != 0))
        };
        let plain = || own().all(|tok| !tok.shape.is_word() || COURTESY.contains(&tok.hash));
        let another = page.grammar.nouns_are_capital || other_word || portrayed;
        let office = !(another || spoke && plain() || alike());
        named || office || self.contradicts(mention, known)
    }

    /// Whether a description tells of another nation or office than the roles of somebody: "the Russian minister" and "French Foreign
    /// Minister Lind", "the prime minister" and "Foreign Minister Lind".
    pub(super) fn contradicts(&self, mention: &Mention, known: &Entity) -> bool {
        let page = self.page;
        let hash_of = |i: u32| page.tok(i).map(|tok| tok.hash);
        let held = |i: u32| hash_of(i).is_some_and(|word| known.holds_role(word));
        let own = || known.roles.iter().take(ROLES).flat_map(|&(first, last)| first..last);
        let nation = |i: &u32| page.is(*i, c::DEMONYM);
        let mut nations = (mention.first..mention.head).filter(nation).peekable();
        if nations.peek().is_some() && own().any(|i| nation(&i)) {
            return !nations.any(held);
        }
        let rank = |i: u32| hash_of(i).is_none_or(|word| RANKS.contains(&word));
        let kind = |i: u32| page.is(i, c::MODIFIER) && !rank(i);
        let before = mention.head.checked_sub(1).filter(|&i| i >= mention.first && kind(i) && !held(i));
        before.is_some() && own().any(|i| kind(i) && hash_of(i + 1) == hash_of(mention.head))
    }
}
