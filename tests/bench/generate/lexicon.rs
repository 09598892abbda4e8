//! The words of generated archives, and how they are drawn: a few often, most of them hardly ever, as in any language.
//!
//! The common words are those of `lexicon.txt`; behind them lie compounds of them, more than a hundred thousand. People are numbered, the
//! most quoted first, and no two share a name. Only whole numbers are reckoned with, so that every machine draws the same.

use super::mutate::Lot;

/// The lists of the lexicon.
pub(crate) struct Lexicon {
    pub(crate) nouns: Vec<&'static str>,
    verbs: Vec<Verb>,
    pub(crate) adjectives: Vec<&'static str>,
    pub(crate) adverbs: Vec<&'static str>,
    roles: Vec<&'static str>,
    pub(crate) outlets: Vec<&'static str>,
    pub(crate) sections: Vec<&'static str>,
    first: Vec<&'static str>,
    surheads: Vec<&'static str>,
    surtails: Vec<&'static str>,
    placeheads: Vec<&'static str>,
    placetails: Vec<&'static str>,
    prefixes: Vec<&'static str>,
}

struct Verb {
    base: &'static str,
    past: String,
}

/// Somebody, by number: names and a role that stay the same wherever they speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Person(pub(crate) usize);

impl Lexicon {
    /// The lexicon as it is written.
    pub(crate) fn new() -> Self {
        let list = |name: &str| -> Vec<&'static str> {
            let (_, rest) = include_str!("lexicon.txt").split_once(&format!("[{name}]\n")).unwrap_or_default();
            let list = rest.split("\n[").next().unwrap_or_default();
            let cut = |sign: char| sign == '\n' || sign == if list.contains('|') { '|' } else { ' ' };
            list.split(cut).filter(|word| !word.is_empty()).collect()
        };
        Self {
            nouns: list("nouns"),
            verbs: list("verbs").into_iter().map(|base| Verb { base, past: past(base) }).collect(),
            adjectives: list("adjectives"),
            adverbs: list("adverbs"),
            roles: list("roles"),
            outlets: list("outlets"),
            sections: list("sections"),
            first: list("first"),
            surheads: list("surheads"),
            surtails: list("surtails"),
            placeheads: list("placeheads"),
            placetails: list("placetails"),
            prefixes: list("prefixes"),
        }
    }

    /// How many people there are.
    pub(crate) fn people(&self) -> usize {
        self.first.len() * self.surheads.len() * self.surtails.len()
    }

    /// Somebody: a few often, most hardly ever.
    pub(crate) fn person(&self, lot: &mut Lot) -> Person {
        Person(zipf(lot, self.people(), 4))
    }

    /// The names of a person.
    pub(crate) fn names(&self, Person(number): Person) -> (&'static str, [&'static str; 2]) {
        let surnames = self.surheads.len() * self.surtails.len();
        let (surname, round) = (number % surnames, number / surnames);
        let (head, tail) = (surname % self.surheads.len(), surname / self.surheads.len());
        // The first name moves on by one from surname to surname, so that the most quoted differ in both.
        (self.first[(surname + round) % self.first.len()], [self.surheads[head], self.surtails[tail]])
    }

    /// Whether the first name is a woman's.
    pub(crate) fn is_woman(&self, Person(number): Person) -> bool {
        let surnames = self.surheads.len() * self.surtails.len();
        ((number % surnames + number / surnames) % self.first.len()).is_multiple_of(2)
    }

    /// Writes the role of a person.
    pub(crate) fn push_role(&self, Person(number): Person, into: &mut String) {
        let role = self.roles[number.wrapping_mul(7) % self.roles.len()];
        let (before, after) = role.split_once('@').unwrap_or((role, ""));
        into.push_str(before);
        self.push_place_numbered(number.wrapping_mul(31), into);
        into.push_str(after);
    }

    /// Writes a place.
    pub(crate) fn push_place(&self, lot: &mut Lot, into: &mut String) {
        self.push_place_numbered(zipf(lot, self.placeheads.len() * self.placetails.len(), 3), into);
    }

    fn push_place_numbered(&self, number: usize, into: &mut String) {
        into.push_str(self.placeheads[number % self.placeheads.len()]);
        into.push_str(self.placetails[number / self.placeheads.len() % self.placetails.len()]);
    }

    /// Writes a noun: four times in five a common one.
    pub(crate) fn push_noun(&self, lot: &mut Lot, into: &mut String) {
        if lot.below(5) > 0 {
            return into.push_str(self.nouns[zipf(lot, self.nouns.len(), 4)]);
        }
        let count = self.nouns.len();
        let number = zipf(lot, count * count, 6);
        // The common compounds are of common words with a prefix, the rare ones of any two.
        let (one, other) = (number % count, number / count);
        into.push_str(match other.checked_sub(self.prefixes.len()) {
            None => self.prefixes[(other + one) % self.prefixes.len()],
            Some(other) => self.nouns[(other + one) % count],
        });
        into.push_str(self.nouns[one]);
    }

    /// Writes an adjective.
    pub(crate) fn push_adjective(&self, lot: &mut Lot, into: &mut String) {
        into.push_str(self.adjectives[zipf(lot, self.adjectives.len(), 4)]);
    }

    /// Writes a verb as it is in the past.
    pub(crate) fn push_past(&self, lot: &mut Lot, into: &mut String) {
        into.push_str(&self.verbs[zipf(lot, self.verbs.len(), 4)].past);
    }

    /// Writes a verb as it is after "will" and "to".
    pub(crate) fn push_base(&self, lot: &mut Lot, into: &mut String) {
        into.push_str(self.verbs[zipf(lot, self.verbs.len(), 4)].base);
    }
}

/// The past of a regular verb.
fn past(base: &str) -> String {
    let stem = base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    match stem {
        Some(stem) => format!("{stem}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        // Those of the lexicon that double the last letter.
        None if ["plan", "drag", "cancel"].contains(&base) => {
            base.chars().chain(base.chars().last()).chain("ed".chars()).collect()
        }
        None => format!("{base}ed"),
    }
}

/// A number below `end`: the first two to the power of `head` are about as often as each other and together as often as the twice as many
/// behind them, as those as the twice as many behind them, and so on.
pub(crate) fn zipf(lot: &mut Lot, end: usize, head: u32) -> usize {
    let drawn = lot.next();
    let first = (1_u64 << head) - 1;
    let bits = u64::from((end as u64 + first).max(1).ilog2() + 1).saturating_sub(u64::from(head)).max(1);
    let bit = u64::from(head) + (((drawn >> 32) * bits) >> 32);
    let among = 1 << bit;
    let number = usize::try_from(among - 1 - first + (drawn & (among - 1))).unwrap_or(0);
    if number < end { number } else { number % end.max(1) }
}
