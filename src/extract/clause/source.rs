//! Whose words they are where no verb says so: "according to Kerry", "in the words of Kerry", and who sent a letter that says something.

use super::super::lexicon::class as c;
use super::super::mention::{Form, Mention};
use super::super::page::behind_preposition;
use super::{Clause, Finder, Way};

impl Finder<'_, '_> {
    /// "according to Kerry".
    pub(super) fn according(&self, at: u32, found: &mut Vec<Clause>) {
        if self.page.words(at + 1) == "to"
            && let Some(mention) = self.beginning(at + 2)
        {
            found.push(Clause { cue: at, last: at + 2, mention, way: Way::According });
        }
    }

    /// "in the words of Kerry".
    pub(super) fn in_words(&self, at: u32, found: &mut Vec<Clause>) {
        let page = self.page;
        let phrase = at.checked_sub(2).is_some_and(|first| {
            page.words(first).eq_ignore_ascii_case("in") && page.words(first + 1) == "the" && page.words(at + 1) == "of"
        });
        if phrase && let Some(mention) = self.beginning(at + 2) {
            found.push(Clause { cue: at, last: at + 2, mention, way: Way::According });
        }
    }

    /// Who sent what `inner` got: "Lind" in "an email from Lind to staff said", the email where it says no more.
    pub(super) fn sender(&self, inner: &Mention) -> Option<u32> {
        let to = inner.first.checked_sub(1).filter(|&at| self.page.words(at) == "to")?;
        let sender = self.ending(to)?;
        let message = |m: &Mention| {
            m.form == Form::Nominal
                && !behind_preposition(self.page, m.first)
                && self.page.is(m.head, c::DOCUMENT | c::SPEECH_NOUN)
        };
        let from = self.mention(sender)?.first.checked_sub(1).filter(|&at| self.page.words(at) == "from");
        let from = from.and_then(|at| self.ending(at));
        from.or(Some(sender)).and_then(|m| self.mention(m)).is_some_and(message).then_some(sender)
    }
}
