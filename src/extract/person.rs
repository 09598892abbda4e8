//! Who is who inside one article: names that mean one person or body, and whom a pronoun or a role means.
//!
//! Names are gathered first (full names, then surnames, titles and acronyms to the full name they fit), so
//! that a mention can be resolved forwards as well as backwards. Nothing here knows what a quotation is.

mod family;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use super::apposition::long_role;
use super::clause::Clause;
use super::lexicon::{Mixed, WordMap, class as c, groups};
use super::mention::nickname;
use super::mention::{Form, Gender, Mention};
use super::namesakes::{Namesakes, surname};
use super::page::{NONE, Page, Tok};
use super::referent;
use crate::text::word::Shape;

/// A person or body named in the article.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    /// The mention with the fullest name.
    pub(super) fullest: u32,
    pub(super) gender: Gender,
    pub(super) organisation: bool,
    /// Tokens of the roles that stand beside its mentions.
    pub(super) roles: Vec<(u32, u32)>,
    /// Its mentions by name, in order.
    pub(super) mentions: Vec<u32>,
    /// Whether it is named or acts like a person: a given name, a title, or that it speaks, as companies do as well; see
    /// [`Self::shows_person`].
    pub(super) person: bool,
    given: u64,
    /// The surname that it shares with whoever is named behind it, where its own name is the given one alone: "Tom and Ann Lind".
    pub(super) shared: Option<u32>,
    words: u32,
    /// Whether the name that is shown is printed in an odd way.
    odd: bool,
    /// The words of its roles, in order.
    role_words: Vec<u64>,
}

impl Entity {
    /// Whether the word with this hash stands in one of its roles.
    pub(super) fn holds_role(&self, word: u64) -> bool {
        self.role_words.binary_search(&word).is_ok()
    }

    /// Whether a given name or a role shows a person. That it argues or warns would not do: so do companies, products and methods.
    pub(super) fn shows_person(&self, page: &Page<'_>, mentions: &[Mention]) -> bool {
        let given = |name: &Mention| name.core < name.head && page.is(name.core, groups::GIVEN);
        let fullest = mentions.get(self.fullest as usize);
        !self.organisation && (!self.roles.is_empty() || fullest.is_some_and(given))
    }
}

/// The people of an article, and whom each mention means.
pub(super) struct Cast {
    pub(super) entities: Vec<Entity>,
    /// For each mention, whom it means.
    meanings: Vec<Meaning>,
}

/// Whom a mention means, and how sure that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// The entity, or none.
    pub(super) entity: u32,
    /// The mention that describes whom a pronoun means, where no name does ("a ministry official said ... he said"), or none.
    pub(super) described: u32,
    /// 1 where it is named; less where another could be meant as well.
    pub(super) certainty: f32,
}

impl Meaning {
    /// Somebody who is named.
    pub(super) fn named(entity: u32, certainty: f32) -> Self {
        Self { entity, described: NONE, certainty }
    }

    /// Whether it means somebody, named or described.
    pub(super) fn known(self) -> bool {
        self.entity != NONE || self.described != NONE
    }

    /// Whether both mean one, named or described.
    pub(super) fn same(self, other: Self) -> bool {
        self.known() && (self.entity, self.described) == (other.entity, other.described)
    }

    /// It means nobody who is named.
    pub(super) const NOBODY: Self = Self { entity: NONE, described: NONE, certainty: 1.0 };
}

/// Who is who: the names first, then whom pronouns and descriptions mean.
pub(super) fn cast(page: &Page<'_>, mentions: &[Mention], clauses: &[Clause]) -> Cast {
    let mut gatherer = Gatherer {
        page,
        mentions,
        entities: Vec::new(),
        by_head: WordMap::default(),
        by_bare: WordMap::default(),
        by_given: WordMap::default(),
        by_acronym: WordMap::default(),
        by_full: HashMap::default(),
        roles: HashSet::default(),
        of_mention: vec![NONE; mentions.len()],
    };
    let named = (0u32..).zip(mentions).filter(|(_, mention)| matches!(mention.form, Form::Name | Form::Organisation));
    let named: Vec<(u32, &Mention, u32)> = named.map(|(n, mention)| (n, mention, gatherer.words(mention))).collect();
    let is_full = |mention: &Mention, words: u32| words > 1 && gatherer.prefix(mention).is_none();
    let (full, short): (Vec<_>, Vec<_>) = named.into_iter().partition(|&(_, mention, words)| is_full(mention, words));
    for (number, mention, words) in full.into_iter().chain(short) {
        gatherer.place(number, mention, words);
    }
    for entity in &mut gatherer.entities {
        entity.mentions.sort_unstable();
        let words = entity.roles.iter().flat_map(|&(first, last)| (first..last).filter_map(|i| page.tok(i)));
        entity.role_words = words.map(|tok| tok.hash).collect();
        entity.role_words.sort_unstable();
    }
    let meanings = referent::resolve(page, mentions, clauses, &gatherer.entities, &gatherer.of_mention);
    // "the chairman of the trustees said", of somebody who has no other role.
    for (mention, meaning) in mentions.iter().zip(&meanings) {
        if meaning.certainty == referent::ANOTHER_WORD
            && mention.form == Form::Nominal
            && page.is(mention.head, c::ROLE)
            && let Some(entity) = gatherer.entities.get_mut(meaning.entity as usize)
            && entity.roles.is_empty()
        {
            let article = page.is(mention.first, c::ARTICLE) && mention.first + 1 < mention.last;
            entity.roles.push((mention.first + u32::from(article), long_role(page, mention.last)));
        }
    }
    Cast { entities: gatherer.entities, meanings }
}

/// Whether an age in commas follows: "Lind, 52, said".
fn aged(page: &Page<'_>, at: u32) -> bool {
    let number = page.tok(at + 1).is_some_and(|tok| tok.shape == Shape::Number && tok.end - tok.start <= 3);
    page.tok(at).is_some_and(|tok| tok.sign(b','))
        && number
        && page.tok(at + 2).is_none_or(|tok| tok.sign(b',') || tok.sign(b'.'))
}

struct Gatherer<'a, 't> {
    page: &'a Page<'t>,
    mentions: &'a [Mention],
    entities: Vec<Entity>,
    by_head: WordMap<Namesakes>,
    /// The full names by surname without its article, see [`surname`].
    by_bare: WordMap<Namesakes>,
    by_given: WordMap<Namesakes>,
    by_acronym: WordMap<Namesakes>,
    /// By surname and given name, for those who are no longer among the namesakes.
    by_full: HashMap<(u64, u64), u32, BuildHasherDefault<Mixed>>,
    /// The roles that an entity has already.
    roles: HashSet<(u64, u64), BuildHasherDefault<Mixed>>,
    of_mention: Vec<u32>,
}

impl Gatherer<'_, '_> {
    /// How many capitalised words the name has, suffixes and what stands between marks left out.
    fn words(&self, mention: &Mention) -> u32 {
        let nickname = nickname(self.page, mention);
        let capital = |&i: &u32| {
            // "K.C. Lind" begins with what ends other names.
            let suffix = |tok: &Tok| tok.is(c::SUFFIX) && i > mention.core;
            let here = self.page.tok(i).is_some_and(|tok| tok.shape.is_capital() && !suffix(tok));
            here && !nickname.is_some_and(|(first, last)| (first..=last).contains(&i))
        };
        u32::try_from((mention.core..mention.last).filter(capital).count()).unwrap_or(u32::MAX)
    }

    fn place(&mut self, number: u32, mention: &Mention, words: u32) {
        let prefixed = self.prefix(mention).and_then(|prefix| self.prefixed(number, mention, prefix));
        let known = prefixed.or_else(|| self.known(number, mention, words > 1));
        let shared = if known.is_none() { self.shared_surname(number, mention) } else { None };
        let entity = known.unwrap_or_else(|| self.add(number, mention, words));
        let longer = self.longer(entity, mention, words);
        let acts = mention.role.is_some()
            || self.page.is(mention.core, groups::GIVEN)
            || aged(self.page, mention.last)
            || self.page.after(mention.last - 1).is_some_and(|(_, next)| next.is(groups::FINITE) && next.is(c::STRONG));
        let odd = longer && self.is_odd(mention);
        let Some(here) = self.entities.get_mut(entity as usize) else { return };
        here.mentions.push(number);
        let new = |&(first, last): &(u32, u32)| {
            let role = u64::from(first) << 32 | u64::from(last);
            self.roles.insert((entity.into(), role))
        };
        // "General" in "General Mills" is none.
        here.roles.extend(mention.role.filter(|_| !here.organisation).filter(new));
        if here.gender == Gender::Unknown {
            here.gender = mention.gender;
        }
        here.person |= acts;
        if longer {
            here.fullest = number;
            here.words = words;
            here.odd = odd;
        }
        if let Some(slot) = self.of_mention.get_mut(number as usize) {
            *slot = entity;
        }
        here.shared = here.shared.or(shared);
        self.index(entity, mention);
    }

    fn longer(&self, entity: u32, mention: &Mention, words: u32) -> bool {
        let Some(here) = self.entities.get(entity as usize) else { return false };
        words > here.words || words == here.words && !here.organisation && here.odd && !self.is_odd(mention)
    }

    /// Whether it is printed in a way that another is better shown: in capitals, with a nickname, with an honour ("Q.C.").
    fn is_odd(&self, mention: &Mention) -> bool {
        let page = self.page;
        let honour = page.is(mention.last - 1, c::SUFFIX) && page.words(mention.last - 1).contains('.');
        honour
            || nickname(page, mention).is_some()
            || page.tok(mention.head).is_some_and(|tok| tok.shape == Shape::Upper)
    }

    fn index(&mut self, entity: u32, mention: &Mention) {
        let page = self.page;
        let Some(head) = page.tok(mention.head) else { return };
        let add = |map: &mut WordMap<Namesakes>, key: u64| match map.entry(key) {
            Entry::Occupied(mut known) => known.get_mut().name(entity),
            Entry::Vacant(slot) => {
                slot.insert(Namesakes::of(entity));
            }
        };
        add(&mut self.by_head, head.hash);
        if mention.core != mention.head {
            add(&mut self.by_bare, surname(page, head));
        }
        if let Some(first) = page.tok(mention.core).filter(|_| mention.core != mention.head) {
            add(&mut self.by_given, first.hash);
            if mention.form == Form::Organisation {
                let capitals =
                    (mention.core..mention.last).filter(|&i| page.tok(i).is_some_and(|tok| tok.shape.is_capital()));
                let initials: String = capitals.filter_map(|i| page.words(i).chars().next()).collect();
                add(&mut self.by_acronym, super::lexicon::hash(&initials));
            }
        }
    }

    /// The hash of the word that a name begins with, where it is a part of the surname: "Van der Lind", "St. Lind".
    fn prefix(&self, mention: &Mention) -> Option<u64> {
        let word = self.page.words(mention.core);
        // "Las Lindas" is a place, "LA" another.
        let joins = |tok: &Tok| {
            tok.is(c::PARTICLE) && tok.shape != Shape::Upper && !matches!(word, "La" | "Las" | "Los" | "El")
        };
        let first = self.page.tok(mention.core).filter(|tok| word == "St" || joins(tok));
        first.filter(|_| mention.core != mention.head && mention.form == Form::Name).map(|tok| tok.hash)
    }

    /// The one whose surname it is: with that word before it.
    fn prefixed(&self, number: u32, mention: &Mention, prefix: u64) -> Option<u32> {
        let page = self.page;
        let head = page.tok(mention.head)?;
        let fits = |&&entity: &&u32| {
            let known = self.entities.get(entity as usize);
            let full = known.and_then(|known| self.mentions.get(known.fullest as usize));
            let holds =
                |m: &Mention| (m.core..m.head).rev().take(4).any(|i| page.tok(i).is_some_and(|t| t.hash == prefix));
            full.is_some_and(holds) && !known.is_some_and(|known| known.gender.differs(mention.gender))
        };
        self.likeliest(self.by_head.get(&head.hash)?.iter().filter(fits), number)
    }

    fn add(&mut self, number: u32, mention: &Mention, words: u32) -> u32 {
        let given = self.page.tok(mention.core).filter(|_| mention.core != mention.head).map_or(0, |tok| tok.hash);
        let entity = u32::try_from(self.entities.len()).unwrap_or(NONE);
        if let Some(head) = self.page.tok(mention.head).filter(|_| given != 0) {
            self.by_full.insert((surname(self.page, head), given), entity);
        }
        self.entities.push(Entity {
            fullest: number,
            gender: Gender::Unknown,
            organisation: mention.form == Form::Organisation,
            roles: Vec::new(),
            mentions: Vec::new(),
            person: false,
            given,
            shared: None,
            words,
            odd: self.is_odd(mention),
            role_words: Vec::new(),
        });
        entity
    }

    /// The entity that this name fits.
    fn known(&self, number: u32, mention: &Mention, full: bool) -> Option<u32> {
        let page = self.page;
        let head = page.tok(mention.head)?;
        let surname = surname(page, head);
        let same_head = || self.by_head.get(&head.hash).into_iter().flat_map(Namesakes::iter);
        if full {
            let first = page.tok(mention.core)?;
            let fits = |&&entity: &&u32| {
                self.entities.get(entity as usize).is_some_and(|known| {
                    // "Lind Corp" is no short name of "Dovar Lind".
                    let short = known.given == 0 && !self.is_company(known);
                    let again = known.given == 0 && self.is_called(known, mention.core, mention.last);
                    known.given == first.hash || short || again || self.initial_fits(known, mention.core)
                })
            };
            let near = same_head().rev().find(fits);
            let full = near.or_else(|| self.by_full.get(&(surname, first.hash))).copied();
            return full.or_else(|| self.company_called(mention.core, mention.last));
        }
        // "General Mills" for "General Mills Inc": no general.
        let titled = (mention.first < mention.core).then(|| self.company_called(mention.first, mention.last));
        if let Some(company) = titled.flatten() {
            return Some(company);
        }
        let compatible = |&&entity: &&u32| {
            self.entities.get(entity as usize).is_some_and(|known| {
                !known.gender.differs(mention.gender) && (mention.role.is_none() || !known.organisation)
            })
        };
        // "Al-Tarif" alone may well be a paper.
        let paper =
            surname != head.hash && mention.role.is_none() && page.words(mention.head).starts_with(char::is_uppercase);
        let same_bare = || self.by_bare.get(&surname).filter(|_| !paper).into_iter().flat_map(Namesakes::iter);
        self.likeliest(same_head().filter(compatible), number)
            .or_else(|| self.likeliest(same_bare().filter(compatible), number))
            .or_else(|| {
                let acronym = self.by_acronym.get(&head.hash).filter(|_| head.shape == Shape::Upper)?;
                self.likeliest(acronym.iter(), number)
            })
            .or_else(|| {
                // "Colton" for "Colton Boushie": by the given name, where nobody has it as a surname.
                let fits = |entity: &&u32| compatible(entity) && self.may_be_given(mention, **entity);
                self.likeliest(self.by_given.get(&head.hash)?.iter().filter(fits), number)
            })
    }

    /// The company whose name begins with all of this one: "Dovar Lakes" for "Dovar Lakes Mills Inc".
    fn company_called(&self, first: u32, last: u32) -> Option<u32> {
        let begins = |&&entity: &&u32| {
            let known = self.entities.get(entity as usize).filter(|known| self.is_company(known));
            known.is_some_and(|known| self.is_called(known, first, last))
        };
        self.by_given.get(&self.page.tok(first)?.hash)?.iter().rev().find(begins).copied()
    }

    /// Whether its name is these words, or begins with them; "Lind Corp" is no "Lind Corp International".
    fn is_called(&self, known: &Entity, first: u32, last: u32) -> bool {
        let hash = |at: u32| self.page.tok(at).map(|tok| tok.hash);
        let name = self.mentions.get(known.fullest as usize).map_or(0..0, |m| m.core..m.last);
        let more = (name.end - name.start).checked_sub(last - first);
        let whole = more.is_some_and(|more| more == 0 || !self.page.is(last - 1, c::COMPANY));
        whole && (first..last).zip(name).all(|(a, b)| hash(a) == hash(b))
    }

    fn is_company(&self, known: &Entity) -> bool {
        let fullest = self.mentions.get(known.fullest as usize);
        fullest.is_some_and(|m| self.page.is(m.last - 1, c::COMPANY))
    }

    /// "J. Kerry" and "John F. Kerry".
    fn initial_fits(&self, known: &Entity, core: u32) -> bool {
        let page = self.page;
        let Some(other) = self.mentions.get(known.fullest as usize) else { return false };
        let (Some(a), Some(b)) = (page.tok(core), page.tok(other.core)) else { return false };
        let letter = |at: u32| page.words(at).chars().next();
        (a.shape == Shape::Initial || b.shape == Shape::Initial) && letter(core) == letter(other.core)
    }

    /// Of these entities, the one named most often so far; of equals, the one named last before mention `number`.
    fn likeliest<'a>(&self, entities: impl Iterator<Item = &'a u32>, number: u32) -> Option<u32> {
        let rank = |&&entity: &&u32| {
            let mentions = self.entities.get(entity as usize).map(|e| e.mentions.as_slice()).unwrap_or_default();
            // Full names come first and in order, then the others up to here: unless one of those is the last, all are in order.
            let last = mentions.last().filter(|&&m| m < number);
            let before = last.or_else(|| mentions.get(mentions.partition_point(|&m| m < number).checked_sub(1)?));
            let before = before.map(|&m| number - m);
            let person = self.entities.get(entity as usize).is_some_and(|e| e.person);
            (person, before.is_some(), mentions.len(), std::cmp::Reverse(before))
        };
        entities.max_by_key(rank).copied()
    }
}

impl Cast {
    pub(super) fn entity(&self, number: u32) -> Option<&Entity> {
        self.entities.get(number as usize)
    }

    /// Whom mention `number` means.
    pub(super) fn meaning(&self, number: u32) -> Meaning {
        self.meanings.get(number as usize).copied().unwrap_or(Meaning::NOBODY)
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Source};
    use crate::extract::{Extraction, extract};

    /// As many as would take minutes if each of them were compared with all others.
    const MANY: usize = 10_000;

    fn read(text: &str) -> Extraction {
        extract(&Article::from_text(Source::file("crowd.txt"), format!("Town\n\n{text}")))
    }

    /// A made-up given name of that number.
    fn given(number: usize) -> String {
        let letters = [number / 676 % 26, number / 26 % 26, number % 26];
        let letters = letters.map(|n| char::from(b"abcdefghijklmnopqrstuvwxyz".get(n).copied().unwrap_or(b'a')));
        format!("Bz{}k", String::from_iter(letters))
    }

    fn each(sentence: impl Fn(usize) -> String) -> String {
        (0..MANY).map(|n| sentence(n) + "\n\n").collect()
    }

    #[test]
    fn words_that_open_a_sentence_begin_no_name() {
        for text in [
            "Unlike Orle, Tam left.",
            "Whether Orle saw Tam is open.",
            "You'll see Orle and Tam.",
            "You’ll see Orle and Tam.",
        ] {
            let names: Vec<String> = read(text).people.into_iter().map(|person| person.name).collect();
            assert_eq!(names, ["Orle", "Tam"], "{text}");
        }
    }

    #[test]
    fn a_surname_may_begin_with_a_particle_or_a_saint() {
        let people = |text: &str| read(text).people.into_iter().map(|person| person.name).collect::<Vec<_>>();
        for (text, name) in [
            ("Anna St. Orle spoke. St. Orle left.", "Anna St. Orle"),
            ("Anna Van Orle spoke. Van Orle left.", "Anna Van Orle"),
            ("Anna d’Orle spoke. They met d’Orle.", "Anna d’Orle"),
            ("Anna ap Orle spoke. They met Orle.", "Anna ap Orle"),
            ("Anna Orle Q.C. spoke. They met Anna Orle.", "Anna Orle"),
            ("Anna Orle, PhD, QC, spoke.", "Anna Orle"),
            ("Anna Orle Jr. spoke.", "Anna Orle Jr."),
            ("Senator Anna Orle, R-Tam, spoke.", "Anna Orle"),
            ("Senator Anna Orle (I-Tam) spoke.", "Anna Orle"),
        ] {
            assert_eq!(people(text), [name], "{text}");
        }
        for (text, names) in [
            ("Doug Orle won. On air, Van Orle said so.", ["Doug Orle", "Van Orle"]),
            ("Paul Orle spoke. The crowd in St. Paul cheered.", ["Paul Orle", "St. Paul"]),
            ("De Orle spoke. Bill de Orle left. Dante de Orle stayed.", ["Bill de Orle", "Dante de Orle"]),
            ("Sam Orle passed to K.C. Orle.", ["Sam Orle", "K.C. Orle"]),
        ] {
            assert_eq!(people(text), names, "{text}");
        }
        assert_eq!(people("Anna Las Orlas spoke. They saw Las Orlas."), ["Anna Las Orlas", "Las Orlas"]);
    }

    #[test]
    fn many_people_of_one_surname_take_linear_time() {
        let all = each(|n| format!("{} Lind left town.", given(n)));
        let found = read(&format!("{all}{} Lind came back.", given(0)));
        assert_eq!(found.people.len(), MANY, "each is somebody else");
        let first = found.people.first().expect("the first of them");
        assert_eq!(
            (first.name.as_str(), first.mentions.len()),
            ("Bzaaak Lind", 2),
            "and the same who was named before"
        );

        let found = read(&format!("{all}{}", each(|_| "Lind said it rained.".to_owned())));
        assert_eq!(found.people.len(), MANY);

        let both = each(|n| format!("{} Lind left town.", if n % 2 == 0 { "Anna" } else { "Tom" }));
        let found = read(&format!("{}{both}", each(|_| "Lind said it rained.".to_owned())));
        let names: Vec<&str> = found.people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Anna Lind", "Tom Lind"]);
    }

    #[test]
    fn many_roles_of_one_person_take_linear_time() {
        let roles = each(|n| format!("Anna Lind, a {} minister, left town.", given(n).to_lowercase()));
        let found = read(&format!("{roles}{}", each(|_| "The chairman left town.".to_owned())));
        let [person] = found.people.as_slice() else { panic!("one person, not {:?}", found.people.len()) };
        assert_eq!(person.roles.len(), MANY);
        assert_eq!(person.roles.first().map(String::as_str), Some("bzaaak minister"));
    }
}
