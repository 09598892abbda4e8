//! Who has just been introduced: "His neighbour, Tom Lind, is against it. “It is a waste,” he said."

use super::super::mention::{Form, Mention};
use super::super::salient::{Referent, Salient};
use super::{Resolver, verb_like};

/// How much more salient than by these weights somebody is whom a sentence has introduced as its subject, until another one is spoken of: a
/// pronoun is theirs, whoever spoke before.
const INTRODUCED: f32 = 1.6;

impl Resolver<'_, '_> {
    /// Whether a full name that no sentence before had is the subject of the verb right behind it or behind its comma: "Tom Lind refused", "His
    /// neighbour, Tom Lind, is against it".
    pub(super) fn introduces(&self, mention: &Mention, who: Referent) -> bool {
        let page = self.page;
        let sentence = |at: u32| page.tok(at).map(|tok| tok.sentence);
        let before = |known: &Salient| known.who == who && sentence(known.last - 1) != sentence(mention.first);
        let acts = |from: u32| page.after(from).is_some_and(|(at, tok)| verb_like(page, tok, at));
        let comma = page.after(mention.last - 1).filter(|(_, tok)| tok.sign(b','));
        mention.form == Form::Name
            && mention.core < mention.head
            && !self.salient.iter().any(before)
            && (acts(mention.last - 1) || comma.is_some_and(|(at, _)| acts(at)))
    }

    /// Keeps in mind whom a sentence introduces, until somebody else is spoken of: one who is `new`, speaks, or is the subject.
    pub(super) fn follow(&mut self, who: Referent, introduces: bool, counts: bool) {
        let other = self.introduced.is_some_and(|before| before != who);
        if introduces || other && counts {
            self.introduced = introduces.then_some(who);
        }
    }

    /// By how much that makes somebody more salient.
    pub(super) fn introduced_last(&self, who: Referent) -> f32 {
        if self.introduced == Some(who) { INTRODUCED } else { 1.0 }
    }
}
