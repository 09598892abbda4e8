//! Quotation marks and what stands between them.
//!
//! Marks are paired inside one paragraph, so that a mark that somebody forgot spoils no more than its
//! paragraph. A region left open is kept where it can be one: at the head of a paragraph that the next one
//! goes on from (the custom for quotations of several paragraphs), or where nothing else fits. What a region
//! is for, a quotation or a title, is not decided here.

use memchr::{memchr2, memchr3, memmem};

use super::span::Span;

/// The text between an opening and a closing mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Where the opening mark begins.
    pub open: u32,
    /// What is between the marks, without white space around it.
    pub inside: Span,
    /// Where the closing mark ends; the end of `inside` where there is none.
    pub close: u32,
    /// Whether there is a closing mark.
    pub closed: bool,
    /// Whether the next paragraph goes on with it (it opens with a mark and this one was left open).
    pub continues: bool,
    /// Which of the paragraphs it stands in.
    pub paragraph: u32,
}

/// The regions of `text` in order; `paragraphs` as [`super::paragraph::paragraphs`] gives them.
pub fn regions(text: &str, paragraphs: &[Span]) -> Vec<Region> {
    let mut found = Vec::new();
    let mut marks = Vec::new();
    let single = singles_are_primary(text, paragraphs);
    for (number, &paragraph) in paragraphs.iter().enumerate() {
        marks.clear();
        scan(text, paragraph, single, &mut marks);
        if marks.is_empty() {
            continue;
        }
        let next_opens = paragraphs.get(number + 1).is_some_and(|next| opens(next.of(text)));
        pair(text, paragraph, &marks, next_opens, u32::try_from(number).unwrap_or(u32::MAX), &mut found);
    }
    found
}

/// What a mark can do, seen from its glyph and its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    Either,
    /// A single mark that ends a region only where its own kind, or nothing better, does.
    Weak,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    role: Role,
}

fn opens(paragraph: &str) -> bool {
    paragraph.starts_with(['"', '“', '„', '«', '»', '”', '‟'])
        || paragraph.starts_with("''")
        || paragraph.starts_with("``")
}

/// Whether single marks do the work of double ones, as in many British texts: at least one single one closes right behind a comma or a
/// full stop, and there is no double mark, or only between single ones.
fn singles_are_primary(text: &str, paragraphs: &[Span]) -> bool {
    let has = |mark: &str| memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    let double = || ["\"", "“", "''", "``", "„", "«"].iter().any(|mark| has(mark));
    [",’", ".’", ",'", ".'", "?’", "?'", "!’", "!'"].iter().any(|end| has(end))
        && (!double() || doubles_are_inside(text, paragraphs))
}

/// Whether a single mark is open wherever a double one stands: `‘She said “no”,’ he said`.
fn doubles_are_inside(text: &str, paragraphs: &[Span]) -> bool {
    let (mut single, mut double) = (Vec::new(), Vec::new());
    paragraphs.iter().all(|&paragraph| {
        single.clear();
        double.clear();
        scan(text, paragraph, true, &mut single);
        scan(text, paragraph, false, &mut double);
        let mut single = single.iter().peekable();
        let mut open = false;
        double.iter().filter(|mark| mark.role != Role::Weak).all(|mark| {
            while let Some(before) = single.next_if(|before| before.start < mark.start) {
                open = before.role == Role::Open;
            }
            open
        })
    })
}

/// Finds the bytes that a mark can begin with.
struct Finder<'a> {
    bytes: &'a [u8],
    /// Grave accents and guillemets are not looked for where there are none.
    rare: bool,
    /// The next of the other marks, as it was found last: looked for once, however many rare ones stand before it.
    near: Option<usize>,
}

impl Finder<'_> {
    /// The first such byte from `at` on, where `at` only grows.
    fn next(&mut self, at: usize) -> Option<usize> {
        let rest = self.bytes.get(at..)?;
        let end = self.bytes.len();
        let near = self.near.filter(|near| *near >= at);
        let near = near.unwrap_or_else(|| memchr3(b'"', b'\'', 0xe2, rest).map_or(end, |near| at + near));
        self.near = Some(near);
        let rare = if self.rare { memchr2(b'`', 0xc2, self.bytes.get(at..near)?) } else { None };
        rare.map(|rare| at + rare).or_else(|| (near < end).then_some(near))
    }
}

fn scan(text: &str, paragraph: Span, single: bool, into: &mut Vec<Mark>) {
    let bytes = text.as_bytes().get(..paragraph.end()).unwrap_or_default();
    let rare = memchr2(b'`', 0xc2, paragraph.of(text).as_bytes()).is_some();
    let mut finder = Finder { bytes, rare, near: None };
    let mut at = paragraph.start();
    while let Some(next) = finder.next(at) {
        at = next;
        let Some((&byte, rest)) = bytes.get(at).zip(bytes.get(at..)) else { break };
        let glyph = match byte {
            b'"' => Some((1, None)),
            b'\'' if rest.starts_with(b"''") => Some((2, None)),
            b'`' if rest.starts_with(b"``") => Some((2, Some(Role::Open))),
            b'\'' => Some((1, Some(Role::Weak))),
            0xe2 if rest.get(1) == Some(&0x80) => match rest.get(2) {
                Some(0x9c) => Some((3, Some(Role::Open))),
                Some(0x9d) => Some((3, Some(Role::Close))),
                Some(0x9e | 0x9f) => Some((3, Some(Role::Open))),
                Some(0x98 | 0x99) => Some((3, Some(Role::Weak))),
                _ => None,
            },
            0xc2 if matches!(rest.get(1), Some(0xab | 0xbb)) => Some((2, None)),
            _ => None,
        };
        let Some((length, role)) = glyph else {
            at += 1;
            continue;
        };
        let (start, end) = (at, at + length);
        at = end;
        let before = text.get(paragraph.start()..start).and_then(|s| s.chars().next_back());
        let after = text.get(end..paragraph.end()).and_then(|s| s.chars().next());
        if before == Some('=') {
            // The value of an attribute in markup, not speech: leave it out, both marks.
            at = after_attribute(text, paragraph, end);
            continue;
        }
        let role = match role {
            Some(Role::Open) if !single && !loose(before) && after.is_none_or(char::is_whitespace) => Some(Role::Close),
            Some(Role::Weak) => weak(before, after, single),
            // They stand inside.
            _ if single => None,
            Some(Role::Close) if loose(before) && after.is_some_and(char::is_alphanumeric) => Some(Role::Either),
            Some(role) => Some(role),
            None => spaced_guillemet(byte, rest, before, after).or_else(|| straight(before, after)),
        };
        into.extend(role.map(|role| Mark { start, end, role }));
    }
}

/// Behind the mark that closes an attribute's value, if it does so soon.
fn after_attribute(text: &str, paragraph: Span, from: usize) -> usize {
    const LONGEST: usize = 2048;
    let rest = text.as_bytes().get(from..paragraph.end()).unwrap_or_default();
    let length = rest.iter().take(LONGEST).position(|&b| b == b'"' || b == b'\'');
    length.map_or(from, |length| from + length + 1)
}

/// Nothing that a closing mark could hang on stands here.
fn loose(before: Option<char>) -> bool {
    before.is_none_or(|ch| {
        ch.is_whitespace() || matches!(ch, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '\u{2015}')
    })
}

/// `« Nous partons »`: set off by spaces, as in French, a guillemet points away from what is said.
fn spaced_guillemet(byte: u8, rest: &[u8], before: Option<char>, after: Option<char>) -> Option<Role> {
    let space = |ch: Option<char>| ch.is_some_and(char::is_whitespace);
    match rest.get(1) {
        Some(0xab) if byte == 0xc2 && loose(before) && space(after) => Some(Role::Open),
        Some(0xbb) if byte == 0xc2 && space(before) && after.is_none_or(|ch| !ch.is_alphanumeric()) => {
            Some(Role::Close)
        }
        _ => None,
    }
}

fn straight(before: Option<char>, after: Option<char>) -> Option<Role> {
    let open = loose(before) && after.is_some_and(|ch| !ch.is_whitespace());
    let close = before.is_some_and(|ch| !ch.is_whitespace())
        && after.is_none_or(|ch| !ch.is_alphanumeric() && !matches!(ch, '$' | '#' | '@'));
    match (open, close) {
        (true, false) => Some(Role::Open),
        (false, true) => Some(Role::Close),
        (true, true) if before.is_none_or(char::is_whitespace) => Some(Role::Open),
        _ => Some(Role::Either),
    }
}

/// A single mark: an apostrophe most of the time.
fn weak(before: Option<char>, after: Option<char>, single: bool) -> Option<Role> {
    let open = loose(before) && after.is_some_and(|ch| ch.is_alphanumeric() || matches!(ch, '…' | '.' | '$'));
    let ends = after.is_none_or(|ch| !ch.is_alphanumeric());
    let behind_stop = before.is_some_and(|ch| matches!(ch, ',' | '.' | '!' | '?' | '…' | '—' | '-'));
    match single {
        true if open => Some(Role::Open),
        true if ends
            && (behind_stop
                || before.is_some_and(|ch| ch.is_alphanumeric() && ch != 's' || matches!(ch, '”' | '"'))) =>
        {
            Some(Role::Close)
        }
        false if ends && behind_stop => Some(Role::Weak),
        _ => None,
    }
}

/// How many marks ahead a decision may look, so that a page of nothing but marks stays linear.
const AHEAD: usize = 32;

fn pair(text: &str, paragraph: Span, marks: &[Mark], next_opens: bool, number: u32, found: &mut Vec<Region>) {
    let mut open: Option<usize> = None;
    let mut at = 0;
    let mut push = |opening: Mark, until: usize, close: usize, closed: bool, continues: bool| {
        let Some(inside) = trimmed(text, opening.end, until) else { return };
        let (Ok(from), Ok(to)) = (u32::try_from(opening.start), u32::try_from(close)) else { return };
        found.push(Region { open: from, inside, close: to, closed, continues, paragraph: number });
    };
    while let Some(&mark) = marks.get(at) {
        let Some(first) = open.and_then(|i| marks.get(i).copied()) else {
            let inches = inches(text, mark, paragraph);
            let can = matches!(mark.role, Role::Open | Role::Either) && !inches;
            let closes = || marks.iter().skip(at + 1).take(AHEAD).any(|m| m.role == Role::Close);
            if can && (mark.role == Role::Open || closes()) {
                open = Some(at);
            }
            at += 1;
            continue;
        };
        let low = text.get(first.start..first.end) == Some("„");
        match mark.role {
            Role::Open if low && text.get(mark.start..mark.end) == Some("“") => {
                push(first, mark.start, mark.end, true, false);
                open = None;
            }
            Role::Close | Role::Either => {
                let whole = mark.role == Role::Close || mark.end > first.end + 1;
                if whole && !inches_inside(text, mark, marks, at) {
                    push(first, mark.start, mark.end, true, false);
                    open = None;
                }
            }
            Role::Weak => {
                // “Like this,’ somebody typed: it closes where no mark of the right kind comes before the next opening one.
                let next = marks.iter().skip(at + 1).take(AHEAD).find(|m| m.role != Role::Weak);
                if next.is_none_or(|m| m.role == Role::Open) && !(next.is_none() && next_opens) {
                    push(first, mark.start, mark.end, true, false);
                    open = None;
                }
            }
            Role::Open => {
                let mut later = marks.iter().skip(at + 1).take(AHEAD).filter(|m| m.role != Role::Weak);
                let nested = matches!(
                    (later.next().map(|m| m.role), later.next().map(|m| m.role)),
                    (Some(Role::Close | Role::Either), Some(Role::Close | Role::Either))
                );
                if nested {
                    // Skip to the mark that closes the inner one.
                    while marks.get(at + 1).is_some_and(|m| m.role == Role::Weak) {
                        at += 1;
                    }
                    at += 1;
                } else if ends_sentence(text.get(first.end..mark.start).unwrap_or_default()) {
                    // “It rained. “We left,” she said: some writers open again what is still open. The speaker goes on.
                } else {
                    // The earlier one was never closed: it ends before this one, and this one begins.
                    push(first, mark.start, mark.start, false, false);
                    open = Some(at);
                }
            }
        }
        at += 1;
    }
    if let Some(first) = open.and_then(|i| marks.get(i).copied()) {
        let heads = first.start == paragraph.start();
        let before = text.get(paragraph.start()..first.start).unwrap_or_default().trim_end();
        let introduced = before.ends_with([':', ',', '.', '?', '!', '-', '—', '”', '"', '\'']);
        if next_opens || heads || introduced {
            push(first, paragraph.end(), paragraph.end(), false, next_opens);
        }
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '…'])
}

/// `12"` and `6'2"`: a straight mark right behind a figure, where nothing is open.
fn inches(text: &str, mark: Mark, paragraph: Span) -> bool {
    let before = text.get(paragraph.start()..mark.start).and_then(|s| s.chars().next_back());
    before.is_some_and(|ch| ch.is_ascii_digit())
}

/// `6'2"` inside a quotation: feet before the figure, or another closing mark still to come.
fn inches_inside(text: &str, mark: Mark, marks: &[Mark], at: usize) -> bool {
    let figure = text.get(..mark.start).unwrap_or_default();
    let digits = figure.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits == 0 || mark.end - mark.start != 1 {
        return false;
    }
    let feet = figure.as_bytes().get(figure.len().saturating_sub(digits + 1)).is_some_and(|&b| b == b'\'');
    let later = marks.iter().skip(at + 1).take(AHEAD).find(|m| m.role != Role::Weak);
    feet && later.is_some_and(|m| m.role == Role::Close)
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let inside = text.get(start..end)?;
    let lead = inside.len() - inside.trim_start().len();
    let body = inside.trim();
    (!body.is_empty()).then(|| Span::new(text, start + lead, start + lead + body.len())).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::paragraphs;
    use super::regions;

    /// Regions in brackets, `~` before the end of one that was left open.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = regions(text, &paragraphs(text))
            .iter()
            .map(|r| {
                format!(
                    "{}{}",
                    r.inside.of(text),
                    if r.closed {
                        ""
                    } else if r.continues {
                        "~>"
                    } else {
                        "~"
                    }
                )
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn every_kind_of_mark_pairs() {
        check("\"We left,\" she said, \"at noon.\"", &["We left,", "at noon."]);
        check("“We left,” she said.", &["We left,"]);
        check("„Wir gehen“, sagte sie.", &["Wir gehen"]);
        check("«We left», she said.", &["We left"]);
        check("»Wir gehen«, sagte sie.", &["Wir gehen"]);
        check("« Nous partons », a dit Lind. « Demain ! »", &["Nous partons", "Demain !"]);
        check("''We left,'' she said.", &["We left,"]);
        check("``We left,'' she said.", &["We left,"]);
        check("'We left,' she said. 'It's over.'", &["We left,", "It's over."]);
        check("‘We left,’ she said, ‘and the dog’s fine.’", &["We left,", "and the dog’s fine."]);
        check("‘I call it “the beast”,’ he said. ‘It eats.’", &["I call it “the beast”,", "It eats."]);
        check(
            "'She said, \"No\", and left,' he said. 'It's our \"home\"'.",
            &["She said, \"No\", and left,", "It's our \"home\""],
        );
        // Where a double mark stands alone, it does its own work.
        check("The ‘beast,’ he called it: “It eats ‘diesel.’”", &["It eats ‘diesel.’"]);
    }

    #[test]
    fn nested_marks_belong_to_the_outer_one() {
        check("\"He told me 'never again' and left,\" she said.", &["He told me 'never again' and left,"]);
        check("“He told me “never again” and left,” she said.", &["He told me “never again” and left,"]);
    }

    #[test]
    fn feet_and_inches_are_no_marks() {
        check("He is 6'2\" tall and she is 5'9\".", &[]);
        check("A 12\" pipe, she said, is \"too wide.\"", &["too wide."]);
    }

    #[test]
    fn attributes_in_markup_are_no_quotations() {
        check("<a id=\"12\" by=\"x\">Hello</a>", &[]);
        check("<a href=\"/x\">“We left,”</a> she said.", &["We left,"]);
    }

    #[test]
    fn an_open_mark_runs_to_the_end_of_its_paragraph() {
        check("\"One.\n\n\"Two,\" he said.", &["One.~>", "Two,"]);
        check("“One, he said.\n\nNext came rain.", &["One, he said.~"]);
        check("a “b, c.\n\n“Fine,” he said.", &["b, c.~>", "Fine,"]);
    }

    #[test]
    fn a_mark_that_opens_again_at_a_new_sentence_goes_on_with_the_quotation() {
        check("“It rained. “We left,” she said.", &["It rained. “We left,"]);
        check("\"It rained. \"We left,\" she said.", &["It rained. \"We left,"]);
        check("He bought “Rain and sang “Fog.”", &["Rain and sang~", "Fog."]);
    }

    #[test]
    fn a_wrong_closing_mark_still_closes() {
        check("“We left,’ she said. “Then it rained.”", &["We left,", "Then it rained."]);
        check("“We left,\" she said.", &["We left,"]);
    }
}
