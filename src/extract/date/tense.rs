//! Whether the words beside a date tell of what was or of what is to come.
//!
//! A dozen words are looked at on either side, within the sentence, so that the cost of a date does not grow with its text.
//! It knows cue words; it does not parse.

use super::lexicon::Class;
use super::plan;
use super::relative::THAT;
use super::scan::{CAPITAL, NEW_LINE, Token, Words};
use super::{Language, german_tense};

/// The value of "said" and of other verbs that a clause of its own time follows.
pub(super) const REPORTING: u16 = 1;

/// The value of "seen" and of other verbs of what somebody became aware of.
const PERCEIVED: u16 = 3;

/// The value of "born".
const BORN: u16 = 4;

/// The values of "was" and "were", and of "had" and "did".
const WAS: u16 = 5;
const HAD: u16 = 6;

/// The value of "while", "with" and the like among what clauses begin with.
const ABOUT: u16 = 2;

/// The value of "scheduled" and the like, which look ahead right before a day.
const ARRANGED: u16 = 1;

/// The value of "likely", "open" and "free", which look ahead between "is" and a day.
const STATE: u16 = 3;

/// The value of "could" among modal verbs.
const COULD: u16 = 1;

/// What the clause tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// What was.
    Past,
    /// What is to come.
    Future,
    /// What was meant to be ("was to meet Friday"): the nearest, before or after.
    Meant,
    /// It cannot be told.
    Unknown,
}

/// How many tokens are looked at on either side.
const REACH: usize = 14;

/// The tense of the clause around the tokens `from..to`.
pub(super) fn around(words: &Words, from: usize, to: usize) -> Tense {
    if words.language == Language::German {
        return german_tense::around(words, from, to);
    }
    // "Saturday and Sunday" are of one time.
    let (from, to) = listed(words, from).unwrap_or((from, to));
    let lead = words.before(from, 1).class;
    if lead == Class::Since || words.says(from, "following") {
        return Tense::Past;
    }
    if lead == Class::Until {
        return until(words, from);
    }
    if scheduled(words, from) || plan::before(words, from) {
        return Tense::Future;
    }
    let possessive = words.at(to).is_mark(b'\'') && words.says(to + 1, "s");
    let event = (to + 2..to + 6).find(|at| words.class(*at) == Class::Event).filter(|_| possessive);
    if let Some(event) = event.filter(|_| begins_clause(words, from))
        && plan::of_event(words, event)
    {
        return Tense::Future;
    }
    if let Some(tense) = sentence(words, from).map(|at| cue(words, at)).find(|tense| *tense != Tense::Unknown) {
        return tense;
    }
    if lead == Class::By {
        // "By Friday it was over".
        let past = (to..to + 4).any(|at| is_auxiliary(words.at(at)));
        return if past { Tense::Past } else { Tense::Future };
    }
    if possessive && (lead == Class::After || event.is_none()) {
        return Tense::Past;
    }
    if possessive && lead == Class::Before {
        let opens = words.before(from, 1).is(CAPITAL);
        let past = |at: usize| words.says(at, "had") || opens && tells_past(words, at);
        if !(to..to + REACH).any(past) {
            return Tense::Future;
        }
    }
    for at in to..to + REACH {
        let tense = cue(words, at);
        if tense != Tense::Unknown {
            return tense;
        }
        if ends_sentence(words, at) || begins_aside(words, at) {
            break;
        }
    }
    if !possessive && plan::behind(words, to) {
        return Tense::Future;
    }
    // "Leaders to meet Friday", and no verb that tells more.
    let infinitive = |at: usize| {
        words.class(at) == Class::To
            && matches!(words.class(at + 1), Class::Other | Class::Plan)
            && !words.at(at + 1).is(CAPITAL)
    };
    if sentence(words, from).any(infinitive) { Tense::Future } else { Tense::Unknown }
}

/// Whether the token tells of what was and is over: "ate", but not "said", "has" or "was".
fn tells_past(words: &Words, at: usize) -> bool {
    let token = words.at(at);
    let perfect = words.says(at, "has") || words.says(at, "have");
    token.class == Class::Past && token.value == 0 && !perfect && cue(words, at) == Tense::Past
}

/// The tokens of the weekday that stands before "and" and the weekday at `from`: "Saturday and Sunday", "Mon. and Tues."
fn listed(words: &Words, from: usize) -> Option<(usize, usize)> {
    let day = |class: Class| matches!(class, Class::Weekday | Class::WeekdayShort);
    let dot = usize::from(words.before(from, 2).is_mark(b'.'));
    let joined = matches!(words.before(from, 1).class, Class::And | Class::Or);
    let listed = joined && day(words.class(from)) && day(words.before(from, 2 + dot).class);
    let on = usize::from(words.before(from, 3 + dot).class == Class::On);
    listed.then(|| (from - 2 - dot - on, from - 1))
}

/// Whether a clause begins at `from`: at the head of a sentence, behind a comma, or behind "said" and "that".
fn begins_clause(words: &Words, from: usize) -> bool {
    let before = words.before(from, 1);
    from == 0
        || ends_sentence(words, from - 1)
        || before.is_mark(b',')
        || before.is_mark(b'"')
        || before.class == Class::Past && before.value == REPORTING
        || before.class == Class::For
        || before.class == Class::Which && before.value == THAT
}

/// The tokens before `from`, backwards, within the sentence and within reach.
pub(super) fn sentence(words: &Words, from: usize) -> impl Iterator<Item = usize> {
    (1..=REACH).map_while(move |back| from.checked_sub(back).filter(|at| !ends_sentence(words, *at)))
}

/// ", which will": of another time than the clause before it.
fn begins_aside(words: &Words, at: usize) -> bool {
    words.at(at).is_mark(b',') && begins_other(words.at(at + 1))
}

/// Whether it is "who", "which", "when" or the like, whose clause is of a time of its own.
pub(super) fn begins_other(token: Token) -> bool {
    token.class == Class::Clause && token.value != ABOUT
}

/// "a hearing scheduled Monday".
fn scheduled(words: &Words, from: usize) -> bool {
    let Some(last) = from.checked_sub(1) else { return false };
    let (verb, token) = (words.before(last, 1), words.at(last));
    let plan = token.class == Class::Toward && token.value == ARRANGED;
    // "is likely Saturday", "is voting Sunday"
    let state = matches!(token.class, Class::Other | Class::Toward | Class::Plan) && token.value == STATE
        || token.class == Class::Other && words.words(last).ends_with("ing");
    // "the fire was set Sunday"
    let was = words.says(last, "set") && verb.class == Class::Past && verb.value == WAS;
    state && verb.class == Class::Is || !was && plan
}

/// "closed until Friday" looks ahead, "was closed until Friday" back.
fn until(words: &Words, from: usize) -> Tense {
    if sentence(words, from).any(|at| is_auxiliary(words.at(at))) { Tense::Past } else { Tense::Future }
}

/// What one word says.
pub(super) fn cue(words: &Words, at: usize) -> Tense {
    let token = words.at(at);
    let next = words.class(at + 1);
    match token.class {
        Class::Past if is_to(words, at) => Tense::Meant,
        Class::Past => participle(words, at),
        Class::Future => Tense::Future,
        Class::Modal => modal(words, at),
        // "had been expected to"
        Class::Toward if words.says(at.wrapping_sub(1), "been") && is_auxiliary(words.before(at, 2)) => Tense::Past,
        Class::Toward if next == Class::To && is_noun_next(words, at + 2) => match ends_in_ed(words.words(at)) {
            true => participle(words, at),
            false => Tense::Unknown,
        },
        Class::Toward | Class::Is if matches!(next, Class::To | Class::For) => Tense::Future,
        Class::Month if token.value == 5 && !token.is(CAPITAL) => Tense::Future,
        Class::Be if words.before(at, 1).class == Class::To => Tense::Future,
        Class::Other | Class::Toward if !token.is(CAPITAL) && ends_in_ed(words.words(at)) => participle(words, at),
        _ => Tense::Unknown,
    }
}

/// Whether no infinitive follows "to": "agreed to a deal", "due to the fire".
fn is_noun_next(words: &Words, at: usize) -> bool {
    matches!(words.class(at), Class::The | Class::A | Class::Person)
}

/// "were to appear", but "was to blame" and "was to have appeared".
fn is_to(words: &Words, at: usize) -> bool {
    let token = words.at(at);
    let to = token.value == WAS && words.class(at + 1) == Class::To && !words.at(at + 2).is(CAPITAL);
    to && words.class(at + 2) != Class::Past
        && ["blame", "the", "his", "her", "their"].iter().all(|word| !words.says(at + 2, word))
}

/// "could be freed" looks ahead; "could not be reached", "could have died" and "could see" do not, but "can see" does.
fn modal(words: &Words, at: usize) -> Tense {
    if words.at(at + 1).is_mark(b'\'') {
        return Tense::Unknown;
    }
    let was_able = is_could(words.at(at)) && (words.says(at + 1, "not") || words.class(at + 1) == Class::Sense);
    if was_able || words.says(at + 1, "have") { Tense::Past } else { Tense::Future }
}

/// Whether it is "was", "had" or the like.
pub(super) fn is_auxiliary(token: Token) -> bool {
    token.class == Class::Past && matches!(token.value, WAS | HAD)
}

/// Whether it is "born": with that, no tale begins.
pub(super) fn is_born(token: Token) -> bool {
    token.class == Class::Past && token.value == BORN
}

/// Whether it is "could", the past of "can".
fn is_could(token: Token) -> bool {
    token.class == Class::Modal && token.value == COULD
}

/// Whether a verb that is nothing but an infinitive stands at `at`: "to hit", "will soon shut".
fn infinitive(words: &Words, at: usize) -> bool {
    // "the deadline was"
    if is_auxiliary(words.at(at)) {
        return false;
    }
    let leads = |back: usize| matches!(words.before(at, back).class, Class::To | Class::Future | Class::Modal);
    leads(1) || leads(2) && words.before(at, 1).class == Class::Other && words.words(at - 1).ends_with("ly")
}

/// "released" is past; "to be released" and "be fully released" are to come; "is released" does not tell.
fn participle(words: &Words, at: usize) -> Tense {
    if infinitive(words, at) {
        return Tense::Unknown;
    }
    for back in 1..=2 {
        let Some(before) = at.checked_sub(back) else { break };
        if words.class(before) == Class::Be {
            return if denied(words, at, before) { Tense::Past } else { Tense::Future };
        }
        if words.class(before) == Class::Is {
            return Tense::Unknown;
        }
        if !words.at(before).is_word() {
            break;
        }
    }
    Tense::Past
}

/// "could not be reached", "could be seen": told of what was; `be` is the token of "be", `at` that of the participle.
fn denied(words: &Words, at: usize, be: usize) -> bool {
    let could = (1..=3).any(|back| is_could(words.before(be, back)));
    let not = (1..=2).any(|back| be >= back && words.says(be - back, "not"));
    could && (not || words.at(at).value == PERCEIVED)
}

fn ends_in_ed(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && word != "hundred"
}

/// Whether the sentence ends at this token.
pub(super) fn ends_sentence(words: &Words, at: usize) -> bool {
    let token = words.at(at);
    let next = words.at(at + 1);
    match token.class {
        Class::Gap => true,
        Class::Mark if token.is_mark(b'.') => {
            let before = words.before(at, 1);
            let abbreviation = matches!(before.class, Class::MonthShort | Class::WeekdayShort)
                || (before.is_word()
                    && (before.len() == 1 || (before.len() <= 3 && before.is(CAPITAL) && next.is(CAPITAL))));
            // "am 3. Mai" goes on.
            let ordinal = words.language == Language::German && before.class == Class::Number && before.len() <= 2;
            let abbreviation = abbreviation || ordinal && !next.is(NEW_LINE);
            (next.is(NEW_LINE) || !next.is_word() || next.is(CAPITAL)) && !abbreviation
        }
        Class::Mark => matches!(u8::try_from(token.value), Ok(b'!' | b'?' | b';')),
        _ => next.is(NEW_LINE) && next.is(CAPITAL) && at > 0 && !token.is_mark(b','),
    }
}
