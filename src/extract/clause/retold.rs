//! Clauses whose verb has a subject that does not speak: the passive, and what somebody is quoted as saying.

use super::super::lexicon::{class as c, groups};
use super::{Clause, Finder, Way};

impl Finder<'_, '_> {
    /// Finds who speaks where that is not the subject of the verb at `at`; whether that is so. "Was criticised by Lind", "was called
    /// “a fool” by Lind", and "Oakes quoted Lind as saying", in which "quoted" itself has no subject.
    pub(super) fn retold(&self, at: u32, found: &mut Vec<Clause>) -> bool {
        let page = self.page;
        let mut add = |cue: u32, mention, way| found.push(Clause { cue, last: cue + 1, mention, way });
        let done_to = page.before(at).is_some_and(|(_, tok)| tok.is(c::PASSIVE));
        let told = |from: u32| page.words(from) == "as" && page.is(from + 1, c::CUE_ING);
        // "the plan, described by Lind as ..."
        let by = page.tok(at + 1).is_some_and(|tok| tok.narrative() && tok.is(c::AGENT));
        if (done_to || by) && page.is(at, c::CUE_PAST) {
            let agent = self.done_by(at);
            let last = agent.and_then(|agent| self.mention(agent)).map_or(at + 1, |m| m.last);
            // "Lind was quoted as saying", "Lind was quoted by Oakes as saying"
            if told(last) {
                if let Some((subject, _)) = self.subject(at) {
                    add(last + 1, subject, Way::Before);
                }
                return true;
            }
            if let Some(agent) = agent {
                add(at, agent, Way::Behind);
            }
            // "The court was told that Lind had said": whoever is told does not speak.
            return agent.is_some() || done_to && page.is(at, c::TELL);
        }
        let Some(object) = self.beginning(at + 1).filter(|_| page.is(at, groups::CUE)) else { return false };
        let Some(mention) = self.mention(object).filter(|m| told(m.last)) else { return false };
        add(mention.last + 1, object, Way::Before);
        true
    }

    /// Who does what the participle at `at` says: right behind it or behind the quotation that follows.
    fn done_by(&self, at: u32) -> Option<u32> {
        const FAR: u32 = 60;
        let page = self.page;
        let sentence = page.tok(at)?.sentence;
        let here = |i: &u32| page.tok(*i).is_some_and(|tok| tok.sentence == sentence);
        let behind = |i: &u32| *i == at + 1 || page.tok(i - 1).is_some_and(|tok| !tok.narrative());
        let by = (at + 1..at + FAR)
            .take_while(here)
            .filter(behind)
            .find(|&i| page.tok(i).is_some_and(|tok| tok.narrative() && tok.is(c::AGENT)))?;
        self.beginning(by + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::lexicon::ENGLISH;
    use super::super::tests::clauses;

    #[test]
    fn the_one_who_speaks_is_not_always_the_subject() {
        for (text, expected) in [
            ("Tom Lind was accused by Ann Oakes of “a lie”.", &["Ann Oakes accused Behind"][..]),
            ("Tom Lind was called “a liar” by Ann Oakes.", &["Ann Oakes called Behind"]),
            ("Ann Oakes called Tom Lind “a liar”.", &["Ann Oakes called Before"]),
            ("Ann Oakes quoted Tom Lind as saying: “No.”", &["Tom Lind saying Before"]),
            ("Tom Lind was quoted as saying: “No.”", &["Tom Lind saying Before"]),
            ("An email from Ann Oakes to staff said: “No.”", &["Ann Oakes said Across"]),
            ("An email to staff said: “No.”", &["An email said Across"]),
            ("A spokesman for Tom Lind in a letter to staff said: “No.”", &["A spokesman said Across"]),
            ("As Tom Lind used to say, “No.”", &["Tom Lind say Across"]),
            ("The plan was, in the words of Tom Lind, “a lie”.", &["Tom Lind words of According"]),
            ("Tom Lind was quoted by Ann Oakes as saying: “No.”", &["Tom Lind saying Before"]),
            ("The plan, described by Ann Oakes as “a lie”, fell.", &["Ann Oakes described Behind"]),
            // Nobody is named behind it.
            ("Tom Lind was accused of “a lie” by the lake.", &[]),
            ("The court was told Tom Lind had said: “No.”", &["Tom Lind said Before"]),
            ("Tom Lind was told to say: “No.”", &[]),
        ] {
            let found: Vec<String> =
                clauses(&ENGLISH, text).into_iter().map(|(said, way)| format!("{said} {way:?}")).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
