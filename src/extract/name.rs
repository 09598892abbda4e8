//! Names: a run of capitalised words, the titles and roles in front of it, and whether it is a person's or a body's.
//!
//! A part of the search for mentions; it knows the words around a name and no more.

use super::lexicon::{class as c, groups};
use super::mention::held::is_trade;
use super::mention::{Finder, Form, Gender, Mention, gender_of_noun};
use super::page::{NONE, Page, Tok};
use crate::text::word::Shape;

impl Finder<'_, '_> {
    /// A run of capitalised words from `at`: one or two names with their titles.
    pub(super) fn name(&mut self, at: u32, last: u32) -> u32 {
        let end = if self.title_line { (at + 2).min(last) } else { self.run(at, last) };
        let page = self.page;
        let region = page.tok(at).map_or(NONE, |tok| tok.region);
        // Where the name itself begins: behind titles and roles.
        let core = self.core(at, end);
        let core = if core == at { self.behind_description(at, end) } else { core };
        let held = if core == at { self.behind_body(at, end) } else { None };
        let core = held.map_or(core, |(_, name)| name);
        if core >= end {
            // Nothing but a title: "the President", "Secretary of State".
            return self.title_alone(at, end);
        }
        let Some(head) = self.surname(core, end) else { return end };
        let (at, core) = if core == at { (self.with_particle(at), self.with_particle(at)) } else { (at, core) };
        if self.partisan(core, end, head) {
            self.push(self.determined(at), end, head, Form::Nominal, gender_of_noun(page, head), false);
            if let Some(mention) = self.found.last_mut() {
                mention.definite = page.is(mention.first, c::DEFINITE);
            }
            return end;
        }
        let first =
            held.map_or_else(|| self.roles_before(at, core), |(office, _)| self.roles_before(office, office + 1));
        let mut words = std::mem::take(&mut self.words);
        words.extend((core..end).filter_map(|i| page.tok(i)).filter(|tok| tok.shape.is_word()));
        let form = form_of(page, &words, core, end, core > at);
        let gender = if form == Form::Organisation { Gender::Unknown } else { self.gender(first, core, end) };
        let owner = page.after(end - 1).is_some_and(|(_, tok)| tok.shape == Shape::Possessive);
        let role = (first < core).then_some((first, core));
        // A role that was already pushed as a description of its own belongs to this name, with whose it is: "Lind's brother".
        let mut whole = first;
        while let Some(role) = self
            .found
            .last()
            .filter(|last| last.form == Form::Nominal && last.head >= first && last.last <= core && last.last > first)
        {
            whole = whole.min(role.first);
            self.found.pop();
        }
        let plural = form == Form::Organisation
            && words.last().is_some_and(|tok| page.slice(head, head + 1).ends_with('s') && tok.is(c::DEMONYM));
        words.clear();
        self.words = words;
        self.found.push(Mention {
            first: whole,
            last: end,
            core,
            head,
            form,
            gender,
            plural,
            definite: true,
            owner,
            region,
            role,
            beside: NONE,
        });
        end
    }

    /// Where a run of capitalised words that begins at `at` ends.
    fn run(&self, at: u32, last: u32) -> u32 {
        let page = self.page;
        let region = page.tok(at).map_or(NONE, |tok| tok.region);
        let mut end = at + 1;
        while end < last {
            let (Some(tok), Some(before)) = (page.tok(end), page.tok(end - 1)) else { break };
            if tok.region != region {
                break;
            }
            // "Dovar Lind (Pacific) Ltd"
            let closes = || (end + 2..end + 4).find(|&at| page.tok(at).is_some_and(|tok| tok.sign(b')')));
            if tok.sign(b'(')
                && let Some(close) = closes()
                && self.company(close + 1, last)
            {
                end = close + 2;
                continue;
            }
            let next = page.tok(end + 1).filter(|next| end + 1 < last && next.region == region);
            let capital_next = next.is_some_and(|next| next.shape.is_capital() && !next.is(c::WEEKDAY));
            let goes_on = match tok.shape {
                Shape::Sign(b'.') if !tok.spaced => {
                    // "J." and "Sen." inside a name; never the end of a sentence.
                    (before.shape == Shape::Initial || before.is(c::SHORT_TITLE | c::ABBREVIATION | c::SUFFIX))
                        && (capital_next || before.is(c::SUFFIX))
                        && !next.is_some_and(|next| next.opens)
                }
                Shape::Sign(b',') => {
                    next.is_some_and(|next| next.is(c::SUFFIX) && next.shape.is_capital()) && before.shape.is_capital()
                }
                Shape::Sign(b'&') => capital_next,
                // "Roofing Contractors' Association"
                Shape::Possessive | Shape::Sign(b'\'') if page.words(end).chars().count() == 1 => {
                    !tok.spaced
                        && capital_next
                        && page.words(end - 1).ends_with('s')
                        && next.is_some_and(|next| next.is(c::ORGANISATION_WORD))
                }
                Shape::Capital if page.grammar.nouns_are_capital && tok.is(c::COMMON_NOUN | c::STARTER) => false,
                // "Linds Fazit"
                Shape::Capital if tok.is(c::CLAIM_NOUN | c::DOCUMENT) && page.is_genitive(end - 1) => false,
                Shape::Capital if page.is_compound_adjective(end) => false,
                Shape::Capital | Shape::Upper | Shape::Initial => {
                    let pronoun = tok.is(c::FIRST | c::HE | c::SHE | c::THEY) && tok.shape != Shape::Initial;
                    let month = tok.is(c::MONTH) && !tok.is(groups::GIVEN);
                    tok.spaced && !tok.opens && !tok.is(c::WEEKDAY) && !month && !pronoun
                }
                Shape::Lower if page.grammar.nouns_are_capital && !joins_name(tok, before, end == at + 1) => false,
                Shape::Lower if tok.is(c::PARTICLE) => {
                    capital_next
                        || next.is_some_and(|next| {
                            next.is(c::PARTICLE) && page.tok(end + 2).is_some_and(|t| t.shape.is_capital())
                        })
                }
                Shape::Lower if self.page.words(end) == "of" && capital_next => {
                    // "Department of Justice", "Secretary of State", "Bank of Canada".
                    before.is(c::BODY | c::NAME_ROLE | c::ORGANISATION_WORD | c::ROLE) && !before.is(groups::GIVEN)
                }
                Shape::Lower if matches!(self.page.words(end), "of" | "for" | "on") => {
                    before.is(c::ORGANISATION_WORD | c::BODY | c::NAME_ROLE)
                        && next.is_some_and(|next| next.is(c::ARTICLE) && next.shape == Shape::Lower)
                        && page.tok(end + 2).is_some_and(|t| t.shape.is_capital())
                        || before.is(c::ORGANISATION_WORD | c::BODY) && capital_next && self.page.words(end) != "of"
                }
                Shape::Lower if tok.is(c::ARTICLE) && self.page.words(end) == "the" => {
                    page.words(end - 1) == "of" && capital_next && end > at + 1
                }
                Shape::Lower if self.page.words(end) == "and" && self.ends_company(at, end + 1, last) => true,
                Shape::Possessive => self.company(end + 1, last) && !before.is(c::COMPANY | c::PLACE | c::DEMONYM),
                Shape::Lower if self.page.words(end) == "and" => {
                    capital_next
                        && before.is(c::ORGANISATION_WORD | c::BODY)
                        && !before.is(c::COMPANY)
                        && !next.is_some_and(|next| next.is(groups::GIVEN))
                }
                _ => false,
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        // A particle, "of" or "&" at the end belongs to nothing.
        while end > at + 1
            && page
                .tok(end - 1)
                .is_some_and(|tok| tok.shape == Shape::Lower || matches!(tok.shape, Shape::Sign(b'&' | b',')))
        {
            end -= 1;
        }
        end
    }

    /// Whether token `at` says what kind of company a name is of: "Corp".
    fn company(&self, at: u32, last: u32) -> bool {
        at < last && self.page.tok(at).is_some_and(|tok| tok.is(c::COMPANY) && tok.spaced && tok.shape.is_capital())
    }

    /// Whether from token `at`, behind "and", the name of a company ends that begins at token `first`: "Lind and Co", "Dovar Gas and
    /// Light Corp", "Lind and Mills's Inc". "Dovar Corp and Mills Inc" are two.
    pub(super) fn ends_company(&self, first: u32, at: u32, last: u32) -> bool {
        let page = self.page;
        let capital = |at: u32| page.tok(at).is_some_and(|tok| tok.shape == Shape::Capital);
        let owner = u32::from(page.tok(at + 1).is_some_and(|tok| tok.shape == Shape::Possessive));
        let kind = self.company(at, last);
        let partner = capital(at) && self.company(at + 1 + owner, last) && !page.is(first, groups::GIVEN | c::PLACE);
        (kind || partner) && !(first..at).any(|at| page.is(at, c::COMPANY))
    }

    /// Where the name begins inside a run: behind "U.S. Secretary of State", "Sen.", "Dr.".
    fn core(&self, at: u32, end: u32) -> u32 {
        let page = self.page;
        let mut core = at;
        let mut i = at;
        // "Leader Mills Inc" leads nobody; "CEO of Lind Inc" does.
        let leads = |i: u32| page.is(i, c::NAME_ROLE) && matches!(page.words(i + 1), "of" | "for");
        if end > at + 1 && self.company(end - 1, end) && !(at..end).any(leads) {
            return at;
        }
        while i < end {
            let Some(tok) = page.tok(i) else { break };
            if page.grammar.nouns_are_capital && i + 1 == end && i > core {
                // "Jana Fischer": a trade that ends a name is a surname.
                break;
            }
            if i + 1 == end && i > core && page.is(i - 1, groups::GIVEN) && !page.is(i - 1, c::PLACE) {
                // "Paul Marshal" as well.
                break;
            }
            if tok.is(c::NAME_ROLE) && !(tok.is(groups::GIVEN) && i + 1 < end && i > at) {
                let mut next = i + 1;
                if page.tok(next).is_some_and(|t| t.sign(b'.')) {
                    next += 1;
                }
                if next < end && matches!(page.words(next), "of" | "for") {
                    // "Secretary of State John Kerry": the name begins at a given name, or is the rest.
                    let given = (next + 1..end).find(|&j| j > next + 1 && page.is(j, groups::GIVEN) && j + 1 < end);
                    match given {
                        Some(given) => next = given,
                        None if end - next > 3 => next = end - 2,
                        None => next = end,
                    }
                }
                core = next;
                i = next;
                continue;
            }
            i += 1;
        }
        if page.grammar.nouns_are_capital {
            // "Seglerin Nina Lind": the name begins at the first given name that something follows.
            core = (core..end.saturating_sub(1)).find(|&j| page.is(j, groups::GIVEN)).unwrap_or(core);
        }
        // "Leader" at the end of an organisation's name, "Mayor's Office": the rest is no name without a capital.
        if core < end && !(core..end).any(|i| page.tok(i).is_some_and(|tok| tok.shape.is_capital())) {
            return end;
        }
        core
    }

    /// "Choirmaster Ann Lind": a word that opens the sentence, is no given name, and has a given name and a surname behind it; or two
    /// other words of a name, where it is what somebody does: "Forecaster Absalom Reith", or what was done to somebody.
    fn behind_description(&self, at: u32, end: u32) -> u32 {
        let page = self.page;
        let plain = |tok: &Tok| tok.shape == Shape::Capital && !tok.is(groups::GIVEN | c::PLACE);
        let opens = page.tok(at).is_some_and(|tok| plain(tok) && (tok.opens || is_trade(page, at)));
        let capital = |i: u32| i < end && page.tok(i).is_some_and(|tok| tok.shape.is_capital());
        let does = || {
            page.is(at, c::ROLE)
                && has_ending(page.words(at))
                && capital(at + 1)
                && !(at..end).any(|i| page.is(i, c::ORGANISATION_WORD | c::ORGANISATION))
        };
        // "Unseeded Absalom Reithe", of whom more is said without that word.
        let done = || {
            let elsewhere = |i: u32| page.tok(i).is_some_and(|tok| self.seen.contains(&tok.hash));
            page.words(at).ends_with("ed") && at + 3 == end && !elsewhere(at) && elsewhere(at + 2)
        };
        let begins = opens && capital(at + 2) && (page.is(at + 1, groups::GIVEN) || does() || done());
        at + u32::from(begins)
    }

    /// A title without a name: "the President said".
    fn title_alone(&mut self, at: u32, end: u32) -> u32 {
        let (page, first) = (self.page, self.determined(at));
        // "the Dovar MP"
        let short = |tok: &Tok| tok.shape == Shape::Upper && tok.is(c::NAME_ROLE);
        let of_body = first < at && page.tok(end - 1).is_some_and(short);
        if !page.is(at, c::ROLE | c::ROLES | c::NAME_ROLE) && !of_body {
            return end;
        }
        let head = (at..end).find(|&i| page.is(i, c::NAME_ROLE | c::ROLE)).unwrap_or(at);
        let gender = gender_of_noun(page, head);
        self.push(first, end, head, Form::Nominal, gender, false);
        if let Some(mention) = self.found.last_mut() {
            mention.owner = page.after(end - 1).is_some_and(|(_, tok)| tok.shape == Shape::Possessive);
        }
        end
    }

    fn determined(&self, at: u32) -> u32 {
        match self.page.before(at) {
            Some((before, tok)) if tok.is(c::DETERMINER | c::POSSESSIVE) => before,
            _ => at,
        }
    }

    /// "the Kentucky Republican", "the Democrat": somebody by party or nation, where an article says that it is one.
    fn partisan(&self, core: u32, end: u32, head: u32) -> bool {
        let page = self.page;
        let definite = page.before(core).is_some_and(|(_, tok)| tok.is(c::DETERMINER));
        // "said the Italian."
        let said = || page.before(core - 1).is_some_and(|(_, tok)| tok.is(groups::FINITE) && tok.is(c::STRONG));
        let ends = |tok: &Tok| matches!(tok.shape, Shape::Sign(_)) || tok.is(c::PREPOSITION | c::CONJUNCTION | c::WHO);
        let verb = |tok: &Tok| tok.is(groups::FINITE | c::AUXILIARY) || tok.sign(b',');
        let alone = page.after(end - 1).is_none_or(|(_, tok)| verb(tok) || definite && ends(tok) && said());
        !page.grammar.nouns_are_capital
            && head + 1 == end
            && definite
            && alone
            && page.is(head, c::DEMONYM)
            && !page.words(head).ends_with('s')
    }

    /// Whether an unlisted word looks like what somebody does: "cartoonist", "beekeeper".
    fn trade(&self, at: u32, tok: &Tok) -> bool {
        tok.shape == Shape::Lower
            && tok.classes == 0
            && !self.page.grammar.nouns_are_capital
            && has_ending(self.page.words(at))
    }

    /// The head of a name: its last word that is no suffix, and not what kind of company it is.
    fn surname(&self, core: u32, end: u32) -> Option<u32> {
        let words = (core..end).rev().filter(|&i| self.page.tok(i).is_some_and(|tok| tok.shape.is_capital()));
        let mut words = words.peekable();
        let last = words.peek().copied();
        words.find(|&i| !self.page.is(i, c::SUFFIX | c::COMPANY)).or(last)
    }

    /// Where the role in front of a name begins: "former Pentagon spokesman" before "Peter Cook".
    fn roles_before(&self, at: u32, core: u32) -> u32 {
        let page = self.page;
        let mut first = at;
        let mut role = core > at;
        let mut i = at;
        for _ in 0..8 {
            let Some((before, tok)) = page.before(i) else { break };
            if !page.tok(i).is_some_and(|here| here.spaced) {
                break;
            }
            // "Ministry of Works spokeswoman": the whole of the body's name.
            let body = |m: &&Mention| m.form == Form::Organisation && m.last == i && !m.owner && role;
            if let Some(body) = self.found.iter().rev().take(2).find(body) {
                (first, i) = (body.first, body.first);
                continue;
            }
            let noun = tok.is(c::ROLE | c::NAME_ROLE) && tok.shape != Shape::Possessive
                || i == at && core == at && page.is(core, groups::GIVEN) && self.trade(before, tok);
            let joins = noun
                || tok.is(c::MODIFIER | c::DEMONYM | c::BODY | c::PLACE | c::ORGANISATION) && (role || i < at)
                || role && tok.shape == Shape::Capital && !tok.is(c::STARTER) && !tok.opens
                || role
                    && tok.shape == Shape::Lower
                    && !tok.is(groups::FUNCTION | groups::FINITE | c::CUE_ING)
                    && !self.acts(before)
                    && i < at;
            // "police spokesman Tom Lind", and not "farmers Tom Lind".
            if !(tok.shape.is_word() && joins) || tok.is(c::ROLES) && !noun && !tok.is(c::MODIFIER) {
                break;
            }
            role |= noun;
            i = before;
            if noun || first <= i + 4 && role {
                first = i;
            }
        }
        if role { first.min(at) } else { at }
    }

    pub(super) fn gender(&self, first: u32, core: u32, end: u32) -> Gender {
        let page = self.page;
        let role = (first..core)
            .map(|i| (i, gender_of_noun(page, i), page.is(i, c::SHORT_TITLE)))
            .filter(|&(_, gender, _)| gender != Gender::Unknown)
            .max_by_key(|&(i, _, title)| (title, core - i));
        // "Chairman Nina Lind": a woman may have an office that ends so.
        let office = |i: u32| page.words(i).ends_with("man") && page.is(core, c::GIVEN_FEMALE);
        if let Some((_, known, _)) = role.filter(|&(i, gender, _)| gender == Gender::Female || !office(i)) {
            return known;
        }
        // The given name is the first word, if it is not the only one.
        let Some(tok) = page.tok(core) else { return Gender::Unknown };
        let more = (core + 1..end).any(|i| page.tok(i).is_some_and(|tok| tok.shape.is_capital()));
        let tok = if tok.shape == Shape::Initial {
            page.tok(core + 2).filter(|_| core + 3 < end).unwrap_or(tok)
        } else {
            tok
        };
        match () {
            // "Van Lind" is a surname more often than it begins with a given name.
            () if !more || page.words(core).eq_ignore_ascii_case("van") => Gender::Unknown,
            () if tok.is(c::GIVEN_MALE) => Gender::Male,
            () if tok.is(c::GIVEN_FEMALE) => Gender::Female,
            () => Gender::Unknown,
        }
    }
}

/// Whether a word ends as words for what somebody does.
fn has_ending(word: &str) -> bool {
    const ENDINGS: &[&str] = &["ist", "er", "or", "ian", "man", "woman", "eer", "maker"];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether a particle goes on with a name, where one may be a preposition as well: "Ursula von Lind", "Von der Lind"; in "Der von Lind" it is one.
fn joins_name(particle: &Tok, before: &Tok, second: bool) -> bool {
    let goes_before = before.is(c::PARTICLE) && !(second && before.is(c::ARTICLE));
    second && goes_before || particle.is(c::PARTICLE) && (before.is(groups::GIVEN) || goes_before)
}

fn form_of(page: &Page<'_>, words: &[&Tok], core: u32, end: u32, titled: bool) -> Form {
    if titled {
        return Form::Name;
    }
    let Some((first, last)) = words.first().zip(words.last()) else { return Form::Name };
    let organisation = last.is(c::ORGANISATION_WORD | c::COMPANY)
        && !last.is(groups::GIVEN)
        && (words.len() > 1 || first.is(c::ORGANISATION))
        || words.len() == 1
            && (first.is(c::ORGANISATION | c::PLACE | c::DEMONYM)
                || first.shape == Shape::Upper && page.slice(core, end).len() > 1)
        || words.iter().any(|tok| tok.shape == Shape::Lower && !tok.is(c::PARTICLE))
        || words.iter().all(|tok| {
            tok.is(c::PLACE | c::DEMONYM | c::ORGANISATION | c::ORGANISATION_WORD) && !tok.is(groups::GIVEN)
        })
        || page.slice(core, end).contains('&')
        || words.len() > 1
            && words.iter().any(|tok| tok.is(c::ORGANISATION_WORD) && !tok.is(groups::GIVEN))
            && !first.is(groups::GIVEN);
    if organisation { Form::Organisation } else { Form::Name }
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Source};
    use crate::extract::extract;

    /// Each person with the roles that are known.
    fn check(text: &str, expected: &[(&str, &[&str])]) {
        let found = extract(&Article::from_text(Source::file("one.txt"), text));
        let people: Vec<(&str, Vec<&str>)> =
            found.people.iter().map(|p| (p.name.as_str(), p.roles.iter().map(String::as_str).collect())).collect();
        let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(name, roles)| (*name, roles.to_vec())).collect();
        assert_eq!(people, expected, "{text}");
    }

    #[test]
    fn a_company_goes_by_a_name_that_may_hold_and_or_a_possessive() {
        for (text, names) in [
            ("Absolo Reithe and Co said so. Absolo Reithe agreed.", &["Absolo Reithe and Co"][..]),
            ("Brannel Gas and Light Corp said so.", &["Brannel Gas and Light Corp"]),
            ("Brannel and Poor's Corp said so.", &["Brannel and Poor's Corp"]),
            ("Brannel's Inc said so.", &["Brannel's Inc"]),
            ("Brannel Mills Inc said so. Then Brannel Mills closed.", &["Brannel Mills Inc"]),
            ("They met Brannel Corp there. Then Reithe Brannel closed.", &["Brannel Corp", "Reithe Brannel"]),
            ("Brannel Reithe (Pacific) Ltd said so.", &["Brannel Reithe (Pacific) Ltd"]),
            ("Brannel Reithe (U.K.) Ltd said so.", &["Brannel Reithe (U.K.) Ltd"]),
            ("General Brannel Corp said so. General Brannel agreed.", &["General Brannel Corp"]),
            ("Brannel Lakes Mills Inc said so. Brannel Lakes agreed.", &["Brannel Lakes Mills Inc"]),
            ("Anna Reithe, CEO of Brannel Inc, said so. They met Brannel.", &["Anna Reithe", "Brannel"]),
            // Two are two.
            (
                "Brannel Corp International Ltd said so. Brannel Corp agreed.",
                &["Brannel Corp International Ltd", "Brannel Corp"],
            ),
            ("Brannel Lakes Mills Inc said so. Brannel Hills agreed.", &["Brannel Lakes Mills Inc", "Brannel Hills"]),
            ("Brannel Corp said so. They met Brannel Corp chairman Reithe.", &["Brannel Corp", "Reithe"]),
            ("Brannel Corp said so. General Reithe agreed.", &["Brannel Corp", "Reithe"]),
            ("They met Brannel Corp's Inc.", &["Brannel Corp", "Inc"]),
            ("Brannel Corp and Reithe Inc said so.", &["Brannel Corp", "Reithe Inc"]),
            ("Anna Reithe and Brannel Inc said so.", &["Anna Reithe", "Brannel Inc"]),
            ("They met Brannel and Reithe.", &["Brannel", "Reithe"]),
            ("Critics and Brannel Inc said so.", &["Brannel Inc"]),
            ("Gardeners and Brannel Inc said so.", &["Brannel Inc"]),
            ("Trampers and Brannel Inc said so.", &["Brannel Inc"]),
            ("Lawyers and Brannel Inc said so.", &["Brannel Inc"]),
            ("Iran's Inc said so.", &["Iran", "Inc"]),
        ] {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            let people: Vec<&str> = found.people.iter().map(|person| person.name.as_str()).collect();
            assert_eq!(people, names, "{text}");
        }
    }

    #[test]
    fn what_somebody_does_is_no_part_of_the_name() {
        check("Forecaster Absolo Reithe spoke.", &[("Absolo Reithe", &["Forecaster"])]);
        check("Headmistress Absola Reithe spoke.", &[("Absola Reithe", &["Headmistress"])]);
        check("Professor Emeritus Absolo Reithe spoke.", &[("Absolo Reithe", &["Professor Emeritus"])]);
        check("Unseeded Absolo Reithe spoke. They met Reithe.", &[("Absolo Reithe", &["Unseeded"])]);
        // A name like any other, and that of a body.
        check("Alfred Absolo Reithe spoke. They met Reithe.", &[("Alfred Absolo Reithe", &[])]);
        check("Brannel Absolo Reithe spoke.", &[("Brannel Absolo Reithe", &[])]);
        check("Farmer Absolo Association spoke.", &[("Farmer Absolo Association", &[])]);
        // Nor is a word of a company's name what it does.
        check("General Brannel Corp spoke. They met General Brannel.", &[("General Brannel Corp", &[])]);
        check("The coup d’Etat failed, said Anna Reithe.", &[("Anna Reithe", &[])]);
    }

    #[test]
    fn a_month_is_a_name_where_nothing_says_when() {
        for (text, expected) in [
            ("Jan Lind left.", &["Jan Lind"][..]),
            ("April Lind left.", &["April Lind"]),
            ("He met June Oakes.", &["June Oakes"]),
            ("In January Lind left.", &["Lind"]),
            ("In Jan. Lind left.", &["Lind"]),
            ("By Jan. Lind had left.", &["Lind"]),
            ("Since last August Oakes has been ill.", &["Oakes"]),
            ("March Lind left.", &["Lind"]),
        ] {
            check(text, &expected.iter().map(|name| (*name, &[][..])).collect::<Vec<_>>());
        }
    }
}
