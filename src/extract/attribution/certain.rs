//! What needs no weighing: regions that are names and no speech, and candidates beyond doubt.

use super::super::clause::{Clause, Way};
use super::super::lexicon::{class as c, groups};
use super::super::mention::{Form, Mention};
use super::super::page::{NONE, Quoted, Tok, behind_preposition};
use super::{Near, Scene};

/// Who speaks beyond doubt.
#[derive(Clone, Copy)]
pub(in super::super) struct Certain {
    pub(super) mention: u32,
    /// Whether what tells it makes the words speech as well, whatever the forests say.
    pub(super) speech: bool,
    /// How likely words and speaker are both right at least.
    pub(super) least: f32,
}

/// How likely that is where a German rule makes them speech (63 of 68 in the annotated articles) and the forests, which have seen too few, do not.
const FRAMED: f32 = 0.9;

/// The same for English labels: the annotated articles hold four, three of them right.
const LABELLED: f32 = 0.75;

impl Scene<'_, '_> {
    /// The one candidate beyond doubt: nobody else needs to be weighed.
    pub(in super::super) fn beside(&self, quoted: &Quoted) -> Option<Certain> {
        let speaker = |mention| Certain { mention, speech: false, least: 0.0 };
        // Of these the forests have seen too little.
        let least = if self.page.grammar.verb_second { FRAMED } else { 0.0 };
        let speech = |mention| Certain { mention, speech: true, least };
        let label = |mention| Certain { mention, speech: true, least: LABELLED };
        self.introduced(quoted)
            .map(speech)
            .or_else(|| {
                self.bracketed(quoted).map(|m| if self.speaks_of_self(quoted) { speech(m) } else { speaker(m) })
            })
            .or_else(|| self.behind_marks(quoted).map(speaker))
            .or_else(|| self.quoted_by(quoted).map(speech))
            .or_else(|| self.filed(quoted).map(speaker))
            .or_else(|| self.claims(quoted).map(speaker))
            .or_else(|| self.answers(quoted).map(speaker))
            .or_else(|| self.says_next(quoted).map(speaker))
            .or_else(|| self.told_behind(quoted).map(speaker))
            .or_else(|| self.told_before(quoted).map(speaker))
            .or_else(|| self.shares_verb(quoted).map(speech))
            .or_else(|| self.judges(quoted).map(speech))
            .or_else(|| self.labels(quoted).map(label))
            .or_else(|| self.contrasted(quoted).map(speaker))
            .or_else(|| self.led_in(quoted).map(speech))
    }

    /// Whose words the brackets right behind a name hold: "Nina Lind (“It is over.”) and Tom Oakes (“At last.”)".
    fn bracketed(&self, quoted: &Quoted) -> Option<u32> {
        let page = self.page;
        let open = quoted.first.checked_sub(1).filter(|&at| page.tok(at).is_some_and(|tok| tok.sign(b'(')))?;
        let number = self.mentions_before(open).checked_sub(1)?;
        let mention = self.mentions.get(number as usize).filter(|m| m.last == open && m.region == NONE)?;
        (mention.form == Form::Name && page.tok(quoted.last).is_some_and(|tok| tok.sign(b')'))).then_some(number)
    }

    /// Whether a whole sentence stands there in which somebody speaks of themselves.
    fn speaks_of_self(&self, quoted: &Quoted) -> bool {
        let page = self.page;
        let whole = quoted.region.inside.of(page.text).ends_with(['.', '!', '?']);
        whole && (quoted.first..quoted.last).any(|at| page.tok(at).is_some_and(|tok| tok.is(c::FIRST)))
    }

    /// Whom others quote: “We have none,” the agency quoted Oakes as saying; Oakes was told by a judge: “Sit down.”
    fn quoted_by(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 6;
        let page = self.page;
        let (before, behind) = self.clauses_around(quoted);
        let clause =
            |near: Near, most| near.filter(|&(far, _)| far <= most).and_then(|(_, n)| self.clauses.get(n as usize));
        let saying = |at: u32| page.is(at, c::CUE_ING) && at > 0 && page.words(at - 1) == "as";
        let of = |clause: &Clause| self.mentions.get(clause.mention as usize).filter(|m| m.region == NONE);
        let same = |clause: &&Clause| {
            page.tok(clause.cue).is_some_and(|tok| tok.sentence == quoted.sentence) && of(clause).is_some()
        };
        let told = |m: &Mention| m.first > 1 && page.is(m.first - 1, c::AGENT) && page.is(m.first - 2, c::TELL);
        let told = |clause: &Clause| clause.way == Way::Colon && of(clause).is_some_and(told);
        // "Citing “a loss of trust”, Lind left"
        let fronted = |clause: &Clause| {
            let behind = of(clause).is_some_and(|m| m.form == Form::Name && m.first >= quoted.last);
            // "Announcing a “green fund”, Lind said", "Citing a report that called it “a disaster”"
            let named = quoted.last - quoted.first <= 3
                && quoted.first.checked_sub(1).is_some_and(|at| !page.is(at, c::PREPOSITION))
                && (quoted.first.saturating_sub(3)..quoted.first).any(|at| page.is(at, c::DETERMINER));
            let another =
                (clause.last..quoted.first).any(|at| page.is(at, c::THAT | c::WHO) || page.is(at, groups::FINITE));
            behind && !named && !another && page.tok(clause.cue).is_some_and(|tok| tok.opens && tok.is(c::CUE_ING))
        };
        // "the agency quoted Defence Minister Tom Oakes as saying"
        let behind = clause(behind, 2 * FAR).filter(same).filter(|clause| saying(clause.cue));
        let before = clause(before, FAR).filter(same).filter(|c| saying(c.cue) || told(c) || fronted(c));
        behind.or(before).map(|clause| clause.mention)
    }

    /// Who speaks next in a sentence in which somebody else has: “It is,” Oakes said, to which Lind replied, “It is not.”
    fn answers(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 3;
        let page = self.page;
        let clause = self.clauses.get(self.clauses_around(quoted).0?.1 as usize)?;
        let mention = self.subject(clause)?;
        let index = page.tok(quoted.first)?.region;
        let before = page.regions.get(index.checked_sub(1)? as usize)?;
        let sentence = |at: u32| page.tok(at).map(|tok| tok.sentence);
        let one = sentence(before.first) == sentence(quoted.first)
            && before.region.paragraph == quoted.region.paragraph
            && mention.first >= before.last
            && quoted.first <= clause.last + FAR;
        // "but Lind, the chair of the board, said", "while another called it"
        let comma = |at: u32| page.tok(at).is_some_and(|tok| tok.sign(b','));
        let inserted = clause.way == Way::Across && comma(mention.last) && comma(clause.cue - 1);
        let right_before = clause.way == Way::Before && clause.cue == mention.last;
        let named = matches!(mention.form, Form::Name | Form::Someone) && (right_before || inserted);
        // "Oakes said, and after talks with Lind said", "Oakes, whom Lind called"
        let subject = named
            && !behind_preposition(page, mention.first)
            && page.before(mention.first).is_none_or(|(at, tok)| !tok.is(c::AGENT) && page.words(at) != "whom");
        (one && subject && page.is(clause.cue, c::STRONG | c::LABEL)).then_some(clause.mention)
    }

    /// Whose claim it is, where a noun says so: "Lind rejected Oakes's claim that it was “a lie”", with no other word of saying behind it.
    fn claims(&self, quoted: &Quoted) -> Option<u32> {
        let clause = self.clauses.get(self.clauses_around(quoted).0?.1 as usize)?;
        let mention = self.subject(clause)?;
        let sentence = |at: u32| self.page.tok(at).map(|tok| tok.sentence);
        let named = matches!(mention.form, Form::Name | Form::Organisation) && mention.owner;
        let claim =
            clause.last == clause.cue + 1 && self.page.is(clause.cue, c::CLAIM_NOUN) && clause.cue > mention.last;
        let that = self.page.is(clause.last, c::THAT) && sentence(clause.cue) == sentence(quoted.first);
        (named && claim && that).then_some(clause.mention)
    }

    /// The subject of a clause of saying that stands right behind a region which leaves its sentence open: `"...," said Lind` and
    /// `"...?" she asked`.
    pub(super) fn behind_marks(&self, quoted: &Quoted) -> Option<u32> {
        let clause = self.clauses.get(self.clauses_around(quoted).1?.1 as usize)?;
        let mention = self.subject(clause)?;
        let near = match clause.way {
            Way::Before => mention.first == quoted.last && clause.cue == mention.last,
            Way::Behind => clause.cue == quoted.last && mention.first == clause.last,
            _ => false,
        };
        let open = quoted.region.inside.of(self.page.text).ends_with([',', '?', '!']);
        (near && open && self.page.is(clause.cue, c::STRONG)).then_some(clause.mention)
    }

    /// Whether it stands in the middle of a name: `Anna "Bell" Lind`.
    pub(super) fn is_nickname(&self, quoted: &Quoted) -> bool {
        let before = self.mentions.partition_point(|m| m.first < quoted.first);
        let name = before.checked_sub(1).and_then(|name| self.mentions.get(name));
        name.is_some_and(|name| name.form == Form::Name && name.region == NONE && quoted.last < name.last)
    }

    /// Whether it is the name of whom, or in which, somebody tells what stands between the next marks: `Lind sagte der „Post“: „…“`.
    pub(super) fn names_medium(&self, quoted: &Quoted) -> bool {
        const LONGEST: u32 = 4;
        const FAR: u32 = 4;
        let page = self.page;
        let here = |at: u32| page.tok(at).filter(|tok| tok.narrative() && tok.paragraph == quoted.region.paragraph);
        let name = quoted.last - quoted.first <= LONGEST
            && page.tok(quoted.first).is_some_and(|tok| tok.shape.is_capital())
            && !quoted.region.inside.of(page.text).ends_with(['.', ',', '!', '?', '…']);
        // "am Montag:"
        let when = |tok: &&Tok| tok.is(c::PREPOSITION | c::WEEKDAY | c::MONTH | c::DETERMINER) || tok.sign(b':');
        let colon =
            (quoted.last..quoted.last + FAR).map_while(|at| here(at).filter(when)).position(|tok| tok.sign(b':'));
        let next = colon.and_then(|words| page.tok(quoted.last + u32::try_from(words).unwrap_or(NONE) + 1));
        let opens = next.is_some_and(|tok| !tok.narrative() && tok.paragraph == quoted.region.paragraph);
        let Some(at) = quoted.first.checked_sub(1).filter(|&at| name && opens && here(at).is_some()) else {
            return false;
        };
        let says = |at: u32| here(at).is_some_and(|tok| tok.is(groups::FINITE) && tok.is(c::STRONG));
        let tells = |at: u32| matches!(page.words(at), "told" | "tells" | "tell" | "telling");
        // "In an interview with", but "replied with"
        let medium = |at: u32| match page.words(at) {
            "in" | "In" | "im" | "Im" | "gegenüber" => true,
            "with" => at > 0 && !says(at - 1),
            _ => false,
        };
        if medium(at) || tells(at) {
            return true;
        }
        let Some(before) = at.checked_sub(1).filter(|&before| page.is(at, c::DEFINITE) && here(before).is_some())
        else {
            return false;
        };
        let until = self.mentions.partition_point(|m| m.first < at);
        let near = self.mentions.get(..until).unwrap_or_default().iter().rev().take(FAR as usize);
        let subject = || near.clone().any(|m| m.last == at && m.region == NONE && m.form == Form::Name);
        // The dative: "erklärte den „Notstand“" is no telling.
        let dative = page.grammar.verb_second && matches!(page.words(at), "dem" | "der");
        medium(before) || tells(before) || dative && (says(before) || subject())
    }
}
