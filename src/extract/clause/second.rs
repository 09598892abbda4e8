//! Clauses of saying in a language whose finite verb stands second: the subject may stand on either side of it.
//!
//! "Lind sagte", "Am Montag sagte Lind", "so die Ministerin", "nach Angaben der Polizei", "dem Bericht zufolge". Which words do what is
//! in the word lists.

use std::sync::LazyLock;

use super::super::lexicon::{WordSet, class as c, groups, section, words_of};
use super::super::mention::{Form, Mention};
use super::super::page::{NONE, behind_preposition};
use super::{Clause, Finder, Way};
use crate::text::word::Shape;

const TELL: &str = include_str!("../lexicon/de/telling.txt");

/// Verbs whose listener stands in the dative.
static TELLING: LazyLock<WordSet> = LazyLock::new(|| words_of(TELL, "telling"));

/// Nouns of which "der" is the dative.
static FEMININE: LazyLock<WordSet> = LazyLock::new(|| words_of(TELL, "feminine"));

/// What others of them end with.
static FEMININE_ENDINGS: LazyLock<Vec<&str>> =
    LazyLock::new(|| section(TELL, "feminine_ending").flat_map(str::split_whitespace).collect());

/// Auxiliaries whose participle has its subject.
static PERFECT: LazyLock<WordSet> = LazyLock::new(|| words_of(TELL, "perfect"));

/// What stands behind the participle of a passive.
static BECOME: LazyLock<WordSet> = LazyLock::new(|| words_of(TELL, "become"));

impl Finder<'_, '_> {
    /// The readings of the verb at `at`, surest first.
    pub(super) fn second(&self, at: u32, found: &mut Vec<Clause>) {
        let page = self.page;
        let clause = |mention, way| Clause { cue: at, last: at + 1, mention, way };
        let finite = page.is(at, groups::FINITE);
        if let Some(mention) = self.agent(at) {
            found.push(clause(mention, Way::According));
            return;
        }
        // "Lind hatte die Rolle der Partei betont": a participle, which is the present as well.
        if finite
            && page.is(at, c::CUE_ING)
            && self.ends_clause(at)
            && let Some(mention) = self.perfect(at)
        {
            found.push(clause(mention, Way::Across));
            return;
        }
        if finite && let Some(mention) = self.cited(at) {
            found.push(clause(mention, Way::Behind));
            return;
        }
        if finite && let Some(mention) = self.framed(at) {
            found.push(clause(mention, Way::Across));
            return;
        }
        if finite {
            let mut end = at;
            while let Some((before, tok)) = page.before(end)
                && tok.is(c::ADVERB)
                && !tok.is(c::SOMEONE)
            {
                end = before;
            }
            // What ends the words right before is in them.
            let outside = |m: &Mention| m.region == NONE && !self.governed(m.first);
            let before = self.ending(end).filter(|&m| self.mention(m).is_some_and(outside));
            let before = before.filter(|&m| !self.is_told(m, at) && !self.is_predicate(m, at));
            // "Es drohe ein Streit"
            if before.and_then(|m| self.mention(m)).is_some_and(|m| m.form == Form::It) && page.is(at, c::CUE_BASE) {
                self.reported(at, found);
                return;
            }
            if let Some(mention) = before {
                found.push(clause(mention, Way::Before));
                return;
            }
            // "Der Minister, Nina Lind, nannte das Opfer": the sentence begins with whom the comma before the verb closes.
            if let Some(mention) = self.across(end).filter(|&m| self.opens(m, at)) {
                found.push(clause(mention, Way::Across));
                return;
            }
            if let Some((mention, way)) = self.follows(at) {
                found.push(clause(mention, way));
                return;
            }
            // "Im Bericht heißt es"
            let nobody = self.beginning(at + 1).and_then(|m| self.mention(m)).is_some_and(|m| m.form == Form::It);
            if let Some(mention) = self.ending(end).filter(|_| nobody) {
                found.push(clause(self.writer(mention), Way::According));
                return;
            }
            if let Some(mention) = self.across(end) {
                found.push(clause(mention, Way::Across));
                return;
            }
        }
        if let Some(mention) = self.perfect(at) {
            found.push(clause(mention, Way::Across));
        } else if let Some(mention) = self.sentence_subject(at) {
            found.push(clause(mention, Way::Sentence));
        }
    }

    /// Whether the participle at `at` ends its clause.
    fn ends_clause(&self, at: u32) -> bool {
        let next = self.page.after(at);
        next.is_none_or(|(_, tok)| matches!(tok.shape, Shape::Sign(_)) || tok.is(c::CONJUNCTION | c::AUXILIARY))
    }

    /// Whether "als" stands before mention `number`, and a subject behind the verb at `at`: "Als Begründung sagte Lind".
    fn is_predicate(&self, number: u32, at: u32) -> bool {
        let page = self.page;
        let before = self.mention(number).and_then(|m| page.before(m.first));
        let as_is = before.is_some_and(|(before, _)| page.words(before).eq_ignore_ascii_case("als"));
        as_is && self.beginning(at + 1).and_then(|m| self.mention(m)).is_some_and(|m| !self.governed(m.first))
    }

    /// Who stands right behind the auxiliary of the participle at `at`, or before it: "Der Zeitung hat Lind gesagt", "soll der Fahrer gerufen
    /// haben", "Lind hatte das betont".
    fn perfect(&self, at: u32) -> Option<u32> {
        const FAR: u32 = 16;
        let page = self.page;
        let sentence = page.tok(at)?.sentence;
        let inside = |at: &u32| page.tok(*at).is_some_and(|tok| tok.sentence == sentence && !tok.sign(b','));
        let auxiliary = |at: &u32| page.tok(*at).is_some_and(|tok| tok.narrative() && PERFECT.contains(&tok.hash));
        // "ist genannt worden", "will genannt und gelobt werden"
        let behind = |at: &u32| inside(at) && page.tok(*at).is_some_and(|tok| tok.shape.is_word());
        let passive =
            (at + 1..at + 5).take_while(behind).any(|at| page.tok(at).is_some_and(|tok| BECOME.contains(&tok.hash)));
        if passive {
            return None;
        }
        // "hat „Nein“ gerufen"
        let words = at.checked_sub(1).and_then(|before| page.tok(before)).filter(|tok| !tok.narrative());
        let words = words.and_then(|tok| page.regions.get(tok.region as usize));
        let until = words.map_or(at, |quoted| quoted.first);
        let before = (until.saturating_sub(FAR)..until).rev().take_while(inside).find(auxiliary)?;
        let someone = |number: &u32| {
            self.mention(*number).is_some_and(|m| {
                let sort = matches!(m.form, Form::Name | Form::HeShe | Form::Organisation)
                    || page.is(m.head, c::ROLE | c::ROLES | c::BODY | c::CROWD);
                sort && m.last <= at && m.region == NONE && !self.governed(m.first)
            })
        };
        self.beginning(before + 1).filter(someone).or_else(|| self.ending(before).filter(someone))
    }

    /// Whether a mention stands behind a finite verb that is the second part of its clause: "Dann umarmte ihn der Minister und sagte".
    pub(super) fn behind_second(&self, m: &Mention) -> bool {
        let page = self.page;
        let somebody = page.is(m.first, c::DETERMINER) || m.form == Form::Name;
        if !page.grammar.verb_second || !somebody || page.is(m.first, c::OBLIQUE | c::GENITIVE) {
            return false;
        }
        let before = page.before(m.first);
        let object = before.filter(|(_, tok)| tok.is(c::OBLIQUE) && tok.is(c::HE | c::ADVERB));
        let verb = object.map_or(before, |(at, _)| page.before(at));
        verb.is_some_and(|(at, tok)| {
            let opens = page.before(at).is_some_and(|(_, tok)| tok.sign(b',') || tok.opens);
            opens && tok.shape == Shape::Lower && tok.classes & !(c::PAST | groups::CUE) == 0
        })
    }

    /// Whether a comma stands before the verb at `at`, and mention `number` or the one whose apposition it is opens the sentence.
    fn opens(&self, number: u32, at: u32) -> bool {
        let page = self.page;
        let comma = page.before(at).is_some_and(|(_, tok)| tok.sign(b','));
        let opens = |m: &Mention| {
            let article = page.before(m.first).filter(|(_, tok)| tok.is(c::DETERMINER)).map_or(m.first, |(at, _)| at);
            page.tok(article).is_some_and(|tok| tok.opens)
        };
        let one = self.mention(number);
        let outer = || {
            number
                .checked_sub(1)
                .and_then(|before| self.mention(before))
                .filter(|_| one.is_some_and(|m| m.form == Form::Name))
        };
        comma && (one.is_some_and(opens) || outer().is_some_and(opens))
    }

    /// The subject behind the verb: the first mention of its clause that no preposition governs; the governed one for "heißt es in".
    fn follows(&self, at: u32) -> Option<(u32, Way)> {
        const FAR: u32 = 9;
        let page = self.page;
        let mut way = Way::Behind;
        let mut next = at + 1;
        while next < at + FAR {
            let tok = page.tok(next).filter(|tok| tok.paragraph == page.tok(at).map_or(NONE, |t| t.paragraph))?;
            if matches!(tok.shape, Shape::Sign(_)) || !tok.narrative() && self.beginning(next).is_none() {
                return None;
            }
            if let Some(number) = self.beginning(next) {
                let mention = self.mention(number)?;
                if mention.form == Form::It && !page.is(next, c::ADVERB) {
                    way = Way::According;
                } else if way == Way::According || !self.governed(mention.first) {
                    return Some((number, way));
                }
                next = mention.last.max(next + 1);
                continue;
            }
            next += 1;
        }
        None
    }

    /// "Während Lind von einem „Erfolg“ sprach, ...": whoever stands behind the conjunction of a clause that ends in marks and the verb at
    /// `at`.
    fn framed(&self, at: u32) -> Option<u32> {
        const NEAR: u32 = 3;
        const FAR: u32 = 8;
        let page = self.page;
        let region = at.checked_sub(1).and_then(|before| page.tok(before)).filter(|tok| !tok.narrative())?.region;
        let first = page.regions.get(region as usize).filter(|quoted| quoted.last == at)?.first;
        let ends = page.tok(at + 1).is_none_or(|tok| tok.sign(b',') || tok.sign(b'.'));
        let behind = |m: &&Mention| {
            let plain = |at: u32| page.tok(at).is_some_and(|tok| tok.narrative() && !tok.sign(b','));
            let person = matches!(m.form, Form::Name | Form::HeShe) || page.is(m.head, c::ROLE);
            let conjunction = page.before(m.first).is_some_and(|(_, tok)| tok.is(c::CONJUNCTION));
            person && conjunction && m.last <= first && first - m.last <= FAR && (m.last..first).all(plain)
        };
        let until = u32::try_from(self.mentions.partition_point(|m| m.first < first)).ok()?;
        let mut near = (until.saturating_sub(NEAR)..until).rev();
        near.find(|&number| self.mention(number).filter(behind).is_some()).filter(|_| ends)
    }

    /// Who wrote to whom mention `number` names: "In einem Brief von Nina Lind an die Länder heißt es".
    fn writer(&self, number: u32) -> u32 {
        let to = self.mention(number).and_then(|m| self.page.before(m.first));
        let to = to.filter(|&(at, _)| self.page.words(at) == "an").and_then(|(at, _)| self.ending(at));
        to.unwrap_or(number)
    }

    /// Who is quoted by the verb at `at`, where that is said: "Die Zeitung zitiert Lind", "zitiert die Zeitung Lind".
    fn cited(&self, at: u32) -> Option<u32> {
        const FAR: u32 = 4;
        if !self.page.is(at, c::CITE) {
            return None;
        }
        // Its case is that of no subject.
        let behind = |from: u32| {
            let next = (from..from + FAR).find_map(|next| self.beginning(next))?;
            let mention = self.mention(next)?;
            let sentence = |at: u32| self.page.tok(at).map(|tok| tok.sentence);
            let before = self.page.before(mention.first).is_some_and(|(_, tok)| tok.is(c::PREPOSITION));
            let free = !before && !self.page.is(mention.first, c::GENITIVE | c::PREPOSITION);
            (free && sentence(at) == sentence(mention.first)).then_some((next, mention.last))
        };
        let (next, last) = behind(at + 1)?;
        let subject = self.ending(at).and_then(|m| self.mention(m)).is_some_and(|m| !self.governed(m.first));
        // "zitierte die Agentur den Minister Tom Lind"
        let object = last + u32::from(self.beginning(last).is_none() && self.page.is(last, c::OBLIQUE));
        if subject { Some(next) } else { self.beginning(object).and_then(|_| behind(object)).map(|(object, _)| object) }
    }

    /// "von Lind ... genannt": who does it in the passive, of a participle that ends its clause.
    fn agent(&self, at: u32) -> Option<u32> {
        const FAR: usize = 6;
        let page = self.page;
        let here = page.tok(at)?;
        let ends = page
            .after(at)
            .is_none_or(|(_, tok)| matches!(tok.shape, Shape::Sign(_)) || tok.is(c::PASSIVE | c::CONJUNCTION));
        let sentence =
            |i: &u32| page.tok(*i).is_some_and(|tok| tok.sentence == here.sentence && tok.paragraph == here.paragraph);
        let passive = |i: u32| page.tok(i).is_some_and(|tok| tok.narrative() && tok.is(c::PASSIVE));
        if !ends || !(at.saturating_sub(60)..at + 2).filter(sentence).any(passive) {
            return None;
        }
        let until = self.mentions.partition_point(|m| m.first < at);
        let near =
            self.mentions.get(..until)?.iter().enumerate().rev().take(FAR).take_while(|(_, m)| sentence(&m.first));
        let by =
            |m: &Mention| page.before(m.first).is_some_and(|(_, tok)| tok.is(c::AGENT)) || page.is(m.first, c::AGENT);
        near.filter(|(_, m)| m.region == NONE && m.beside == NONE && by(m)).find_map(|(n, _)| u32::try_from(n).ok())
    }

    /// "Die Kosten seien gedeckt": a sentence of reported speech, whose speaker is that of the sentence before.
    pub(super) fn reported(&self, at: u32, found: &mut Vec<Clause>) {
        let page = self.page;
        let Some((here, last)) = page.tok(at).zip(found.last()) else { return };
        let Some(cue) = page.tok(last.cue) else { return };
        if cue.paragraph == here.paragraph && cue.sentence < here.sentence {
            // "Die Zeitung berichtet in ihrer Meldung von zwanzig. Dort sei ..."
            let says = |clause: &&Clause| clause.way <= Way::According || page.is(clause.cue, c::REPORTED);
            let mut near =
                found.iter().rev().take_while(|c| page.tok(c.cue).is_some_and(|tok| tok.sentence == cue.sentence));
            let mention = near.find(says).unwrap_or(last).mention;
            found.push(Clause { cue: at, last: at + 1, mention, way: Way::Owner });
        }
    }

    /// Whether the body in front of the verb at `at` is whom somebody tells: "Der „Post“ sagte Nina Lind: ...", "Der Zeitung sagte sie, ..."
    fn is_told(&self, number: u32, at: u32) -> bool {
        let page = self.page;
        let der = |at: u32| page.words(at).eq_ignore_ascii_case("der");
        let article = |m: &Mention| der(m.first) || page.before(m.first).is_some_and(|(before, _)| der(before));
        // "Der Sprecher sagte Reuters: ...", "Der Verband sagte Lind: ..."
        let body = |m: &Mention| match m.form {
            Form::Organisation if der(m.first) => true,
            Form::Organisation | Form::Name => article(m) && self.is_feminine(m) && !self.is_person(m),
            Form::Nominal => article(m) && self.is_feminine(m) && !page.is(m.head, c::ROLE | c::ROLES | c::DOCUMENT),
            _ => false,
        };
        // "sagte der Sprecherin"
        let told = |m: &Mention| page.is(m.first, c::OBLIQUE) || der(m.first) && page.words(m.head).ends_with("in");
        let goes_on = |m: &Mention| page.tok(m.last).is_some_and(|t| t.sign(b':') || t.sign(b','));
        let colon = |m: &Mention| page.tok(m.last).is_some_and(|t| t.sign(b':'));
        let tells = page.tok(at).is_some_and(|tok| TELLING.contains(&tok.hash));
        let person = |m: &Mention| match m.form {
            Form::Name => goes_on(m) && (tells || m.core < m.head && colon(m)),
            Form::HeShe => !page.is(m.first, c::OBLIQUE),
            Form::Nominal => tells && goes_on(m) && page.is(m.head, c::ROLE) && !told(m),
            _ => false,
        };
        self.mention(number).is_some_and(body)
            && self.beginning(at + 1).and_then(|m| self.mention(m)).is_some_and(person)
    }

    /// Whether a word of a mention is a feminine noun: of those alone "der" is the dative.
    fn is_feminine(&self, m: &Mention) -> bool {
        (m.first..m.last).any(|at| {
            let word = self.page.words(at);
            let known = self.page.tok(at).is_some_and(|tok| tok.shape.is_capital() && FEMININE.contains(&tok.hash));
            let ends = || FEMININE_ENDINGS.iter().any(|end| word.ends_with(end));
            known || self.page.tok(at).is_some_and(|tok| tok.shape.is_capital()) && ends()
        })
    }

    /// Whether a name begins with a given name or behind an office.
    fn is_person(&self, m: &Mention) -> bool {
        self.page.is(m.core, groups::GIVEN) || m.first < m.core && self.page.is(m.core - 1, c::ROLE | c::SHORT_TITLE)
    }

    /// Whether a preposition or a noun governs the phrase that begins at `first`.
    fn governed(&self, first: u32) -> bool {
        let page = self.page;
        let own = page.is(first, c::GENITIVE | c::OBLIQUE);
        // "im Bezirk der Partei": the article is a part of the mention or stands before it.
        let article = page.before(first).filter(|(_, tok)| tok.is(c::DETERMINER)).map_or(first, |(at, _)| at);
        let noun = page.before(article).is_some_and(|(_, tok)| tok.shape.is_capital() && !tok.is(c::WEEKDAY))
            && page.is(article, c::DETERMINER);
        // "zwischen Vorstand und Betriebsrat"
        let and = page.before(article).filter(|(_, tok)| tok.is(c::CONJUNCTION));
        let other = and.and_then(|(at, _)| page.before(at)).filter(|(_, tok)| tok.shape.is_capital());
        let joined = other.is_some_and(|(at, _)| behind_preposition(page, at));
        own || noun || joined || behind_preposition(page, first) || page.is(first, c::PREPOSITION)
    }

    /// Whether the preposition at `at` says after whom somebody is asked: "Gefragt nach Lind", "Nach Lind gefragt".
    fn asked(&self, at: u32, mention: u32) -> bool {
        let asks = |at: u32| self.page.words(at).ends_with("fragt");
        let before = self.page.before(at).is_some_and(|(before, _)| asks(before));
        before || self.mention(mention).is_some_and(|m| asks(m.last))
    }

    /// "laut Lind", "so die Ministerin", "nach Angaben der Polizei", "dem Bericht zufolge".
    pub(super) fn according_word(&self, at: u32, found: &mut Vec<Clause>) {
        let page = self.page;
        if page.is(at, c::ACCORDING_BEHIND)
            && let Some(mention) = self.ending(at)
        {
            found.push(Clause { cue: at, last: at + 1, mention, way: Way::According });
            return;
        }
        if !page.is(at, c::ACCORDING) {
            return;
        }
        let (mut next, mut noun) = (at + 1, false);
        while next < at + 7 {
            let Some(tok) = page.tok(next).filter(|tok| tok.narrative()) else { return };
            if let Some(mention) = self.beginning(next) {
                if !self.asked(at, mention) {
                    found.push(Clause { cue: at, last: at + 1, mention, way: Way::According });
                }
                return;
            }
            noun |= tok.is(c::CLAIM_NOUN);
            let passes = tok.is(c::DETERMINER | c::POSSESSIVE | c::CLAIM_NOUN | c::ADVERB)
                || noun && tok.is(c::PREPOSITION)
                || tok.shape == Shape::Lower && tok.classes == 0;
            if !passes {
                return;
            }
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::lexicon::GERMAN;
    use super::super::tests::clauses;

    #[test]
    fn whoever_is_cited_speaks() {
        for (text, expected) in [
            ("Ein Sender zitierte Nina Lind mit den Worten: „Nein.“", &["Nina Lind zitierte", "den Worten :"][..]),
            ("Ein Sender zitiert einen Zeugen: „Nein.“", &["einen Zeugen zitiert", "einen Zeugen :"]),
            ("„Nein“, zitiert die Polizei den Minister.", &["den Minister zitiert"]),
            ("„Nein“, zitierte man Nina Lind.", &["Nina Lind zitierte"]),
            // Nobody is.
            ("„Nein“, zitiert der Sender.", &["der Sender zitiert"]),
            ("Nina Lind zitiert aus dem Brief: „Nein.“", &["Nina Lind zitiert", "dem Brief :"]),
            ("Nina Lind sagte Tom Vasch: „Nein.“", &["Nina Lind sagte", "Tom Vasch :"]),
            ("Der „Post“ sagte Nina Lind: „Nein.“", &["Nina Lind sagte", "Nina Lind :"]),
            ("Der „Bote“ schrieb: „Nein.“", &["Der „Bote schrieb"]),
            // What it stands in.
            ("Im Bericht heißt es: „Nein.“", &["Bericht heißt"]),
            ("„Nein“, heißt es im Bericht.", &["Bericht heißt"]),
        ] {
            let found: Vec<String> = clauses(&GERMAN, text).into_iter().map(|(said, _)| said).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
