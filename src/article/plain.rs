//! Plain text: one article a file, kept as it is.
//!
//! Finds where the headline, the byline and the body stand: after header lines, or in the first lines by
//! how they look. The text itself is never changed; everything found is a span of it. Scans of whole
//! pages have no headline that can be told, and get none.

use super::byline_words as words;
use super::facts::{self, Facts};
use super::fields::Field;
use super::read::ReadOptions;
use super::{Article, Part, Reading, Source, charset, credit, dateline, headers, lines as line_ends, published};
use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

/// Reads the article.
pub(super) fn read(source: Source, bytes: Vec<u8>, options: &ReadOptions) -> Reading {
    let (text, problem) = charset::decode(bytes, options.charset.as_deref());
    if text.trim().is_empty() {
        return Reading::Skipped(Problem::new(Place::Whole, "no text: only blanks"));
    }
    let mut article = Article::from_text(source, line_ends::of_today(text));
    let mut problems: Vec<Problem> = problem.into_iter().collect();
    problems.extend(lay_out(&mut article, 0, options));
    Reading::Article(Box::new(article), problems)
}

/// A line: where it stands in the text, without the blanks around it.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    /// Where the next line begins.
    next: usize,
    /// Blanks before its first letter.
    indent: usize,
}

impl Line {
    fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    fn is_blank(self) -> bool {
        self.start == self.end
    }
}

/// The lines of `text` from byte `from` on.
fn lines(text: &str, from: usize) -> impl Iterator<Item = Line> + '_ {
    let mut at = from;
    text.get(from..).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let next = at + line.len();
        let indent = line.len() - line.trim_start().len();
        let length = line.trim().len();
        let start = if length == 0 { at } else { at + indent };
        at = next;
        Line { start, end: start + length, next, indent }
    })
}

/// Finds headline, byline, date and body of a text that begins at byte `from`.
pub(super) fn lay_out(article: &mut Article, from: usize, options: &ReadOptions) -> Vec<Problem> {
    let text = std::mem::take(&mut article.text);
    let mut facts = Facts::default();
    let tail = text.get(from..).unwrap_or_default();
    let (headers, length) = headers::read(tail);
    for header in headers {
        let (start, end) = (from + header.value.start, from + header.value.end);
        let value = text.get(start..end).unwrap_or_default();
        match header.field {
            Some(Field::Title) if !value.contains('\n') && !value.is_empty() && article.headline.is_none() => {
                article.headline = Span::new(&text, start, end).map(Part::Here);
            }
            Some(Field::Byline) if article.byline.is_none() => article.byline = by(&text, start, end),
            Some(field) => facts.offer(field, value),
            None => {}
        }
    }
    let mut body = from + length;
    // The headline stands alone, or again under its header.
    if let Some(title) = headline(&text, body, length > 0) {
        match &article.headline {
            None => {
                article.headline = Span::new(&text, title.start, title.end).map(Part::Here);
                body = title.next;
            }
            Some(Part::Here(known)) if known.of(&text) == title.of(&text) => body = title.next,
            Some(Part::Beside(known)) if known == title.of(&text) => body = title.next,
            Some(_) => {}
        }
    }
    body = credits(article, &text, body, &mut facts, length > 0);
    let end = text.trim_end().len();
    let start = body + text.get(body..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    article.body = Span::new(&text, start.min(end), end).unwrap_or(Span::whole(""));
    article.text = text;
    facts.onto(article, options)
}

/// The names of a byline at `start..end`, without "By" before and a full stop behind.
fn by(text: &str, start: usize, end: usize) -> Option<Part> {
    let value = text.get(start..end)?;
    let names = facts::without_by(value);
    let start = end - names.len();
    let names = names.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | ':' | '-' | '–' | '—'));
    names
        .chars()
        .any(char::is_alphabetic)
        .then(|| Span::new(text, start, start + names.len()).map(Part::Here))
        .flatten()
}

/// A headline is no longer than this, in bytes.
const LONGEST_HEADLINE: usize = 250;

/// The line or lines from `from` on that are a headline.
fn headline(text: &str, from: usize, after_headers: bool) -> Option<Line> {
    // Enough to see how the text is set.
    let head: Vec<Line> = lines(text, from).skip_while(|line| line.is_blank()).take(60).collect();
    let first = *head.first()?;
    if first.end - first.start > LONGEST_HEADLINE || !speaks(first.of(text)) {
        return None;
    }
    let words = first.of(text);
    let opens = dateline::read(words).is_some_and(|line| line.day.is_some() || line.agency || words.len() > 120);
    if opens || is_byline(words) || whole_date(words) {
        return None;
    }
    let widest = head.iter().map(|line| line.end - line.start).max().unwrap_or(0);
    let block = head.iter().take_while(|line| !line.is_blank()).count();
    let more = head.iter().skip(block).any(|line| !line.is_blank());
    if !more && block == 1 {
        // One line is the whole text: a headline only where it looks like one.
        return (!after_headers && !is_sentence(words)).then_some(first);
    }
    if block <= 3 && more {
        // Set off by a blank line; a long headline may be broken over two or three.
        let last = *head.get(block - 1)?;
        let whole = Line { end: last.end, next: last.next, ..first };
        let words = whole.of(text);
        let credits = head.iter().take(block).position(|line| is_byline(line.of(text)));
        if let Some(at) = credits {
            let last = *head.get(at.checked_sub(1)?)?;
            return Some(Line { end: last.end, next: last.next, ..first });
        }
        let long = whole.end - whole.start > LONGEST_HEADLINE;
        // Two lines of one paragraph each are no broken headline.
        if block > 1 && (last.end - last.start) * 10 > LONGEST_HEADLINE * 6 {
            return (!is_sentence(first.of(text))).then_some(first);
        }
        return (!long && !is_sentence(words)).then_some(whole);
    }
    let second = *head.get(1)?;
    if widest > 100 {
        // One paragraph a line: the first is a headline if it is no sentence.
        let longer = head.iter().skip(1).take(3).any(|line| line.end - line.start > words.len());
        return (!is_sentence(words) && longer).then_some(first);
    }
    if is_byline(second.of(text)) {
        return Some(first);
    }
    // Broken lines without a blank one behind the headline: it has to look different from the text.
    let differs = looks_like_title(words) && !looks_like_title(second.of(text));
    let set_off = second.indent > first.indent && second.indent - first.indent <= 8;
    (!is_sentence(words) && differs && (set_off || dateline::read(second.of(text)).is_some())).then_some(first)
}

/// Whether a line is made of words: not the noise of a scan, a rule or a number.
fn speaks(line: &str) -> bool {
    let (mut letters, mut others) = (0, 0);
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        if c.is_alphanumeric() || matches!(c, '\'' | '’' | '"' | '“' | '”' | ',' | '-' | '$' | '%') {
            letters += 1;
        } else {
            others += 1;
        }
    }
    let words = line.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 3).count();
    letters >= 4 && others * 5 <= letters && words >= 1
}

/// Whether a line reads as a sentence of the text: it ends as one does, and is not set as a title.
fn is_sentence(words: &str) -> bool {
    let end = words.trim_end_matches(['"', '”', '’', '\'', ')', '»']);
    let stopped = end.ends_with(['.', ',', ';', ':', '…']) || (end.ends_with('-') && end.len() > 60);
    stopped && !(end.ends_with('.') && looks_like_title(end))
}

/// Whether most of the longer words have capitals.
fn looks_like_title(words: &str) -> bool {
    let long: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| word.chars().count() >= 4)
        .collect();
    let capital = long.iter().filter(|word| !word.starts_with(char::is_lowercase)).count();
    long.len() >= 2 && capital * 4 >= long.len() * 3
}

/// Whether a line is a byline.
pub(super) fn is_byline(line: &str) -> bool {
    credit::read(line).is_some()
}

/// Whether a line is a date and nothing else.
pub(super) fn whole_date(line: &str) -> bool {
    let words = line.split_whitespace().count();
    line.len() <= 60
        && words <= 9
        && line.bytes().any(|b| b.is_ascii_digit())
        && published::read(line).is_some()
        && line.split(|c: char| !c.is_alphabetic()).all(|word| word.len() < 3 || calendar(word))
}

fn calendar(word: &str) -> bool {
    published::month_named(word).is_some() || words::is_folded(word, words::WEEKDAY | words::STAMP | words::CLOCK)
}

/// Whether a line below a byline says whom the writer works for: two or more capitalised words, no sentence, and an empty line
/// behind it.
fn is_employer(text: &str, line: &Line) -> bool {
    let small = words::JOIN | words::LINK | words::OCCUPATION;
    let said = line.of(text);
    let capital = |word: &str| word.starts_with(char::is_uppercase) || words::is(word, small);
    let sentence = said.contains(['"', '“', '(', ':', '—']) || said.ends_with(['.', '?', '!', ',', '-']);
    let alone = lines(text, line.next).next().is_none_or(|next| next.is_blank());
    let several = said.split_whitespace().filter(|word| capital(word) && !calendar(word)).count() > 1;
    said.len() <= 60 && !sentence && alone && several && said.split_whitespace().all(capital)
}

/// The outlet that such a line names; none where it says what the writer is, or who wrote besides.
fn employer(said: &str) -> Option<&str> {
    let is_occupation = |word: &str| {
        words::is_folded(word.trim_matches(|c: char| !c.is_alphanumeric()), words::OCCUPATION | words::BESIDES)
    };
    let front = said.split_once(' ').filter(|(front, _)| words::is_folded(front, words::FRONT));
    let name = front.map_or(said, |(_, name)| name);
    (!said.split_whitespace().any(is_occupation)).then_some(name)
}

/// Takes bylines and dates off the head of the body: the lines between headline and text. Returns where
/// the body begins.
fn credits(article: &mut Article, text: &str, from: usize, facts: &mut Facts, after_headers: bool) -> usize {
    let mut body = from;
    // Where a line would stand right below a byline.
    let mut below = usize::MAX;
    let known = article.headline.is_some() || after_headers;
    for line in lines(text, from).filter(|line| !line.is_blank()).take(4) {
        let words = line.of(text);
        if let Some(credit) = credit::read(words) {
            if article.byline.is_none() {
                article.byline = by(text, line.start + credit.names.start, line.start + credit.names.end);
            }
            if let Some(day) = credit.day {
                facts.offer_near(day);
            }
            below = line.next;
        } else if whole_date(words) && (known || article.byline.is_some()) {
            facts.offer_near(words);
        } else if line.start - line.indent == below && is_employer(text, &line) {
            // "Dovar Post", "Dovar Post Staff Writer"
            if let Some(outlet) = employer(words) {
                facts.offer(Field::Outlet, outlet);
            }
        } else {
            break;
        }
        body = line.next;
    }
    // A text of nothing else keeps it all.
    if text.get(body..).is_none_or(|rest| rest.trim().is_empty()) && article.headline.is_none() { from } else { body }
}
