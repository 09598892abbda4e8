//! A hit as a card for a reader at a terminal.
//!
//! Who, when and where on the first line, with the id to ask for more by; the words as said; and a line of
//! what the writer put around them. It is told the width and whether to colour; it asks no terminal.

use anstyle::{AnsiColor, Style};

use crate::index::hit::{ArticleHit, QuoteHit, Repeats};

use super::number::{counted, grouped};
use super::{marked, why, wrap};

/// How cards look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns of the screen.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
}

/// The narrowest card: on a smaller screen the lines run over.
const NARROWEST: usize = 40;
/// The widest card: longer lines are hard to read.
const WIDEST: usize = 110;

impl Look {
    pub(crate) fn columns(self) -> usize {
        self.width.clamp(NARROWEST, WIDEST)
    }

    /// `text` in that style, where there is colour.
    pub(crate) fn paint(self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The style of a name.
pub(crate) const NAME: Style = Style::new().bold();
/// The style of what is beside the point.
pub(crate) const QUIET: Style = Style::new().dimmed();
/// The style of an id.
pub(crate) const ID: Style = AnsiColor::Yellow.on_default();
/// The style of quoted words.
pub(crate) const WORDS: Style = AnsiColor::Green.on_default();

/// The style of quoted words that answer the question.
pub(crate) const FOUND: Style = WORDS.bold().underline();

/// What stands between the pieces of a split quotation.
const CUT: &str = " … ";

/// The first digits of an id, as cards show it.
pub(crate) fn short(id: impl ToString) -> String {
    id.to_string().chars().take(8).collect()
}

/// The card of a quotation, its last line feed included.
pub fn quote(hit: &QuoteHit, look: Look) -> String {
    let mut card = quote_header(hit, look);
    let (words, marks) = marked::tame(&hit.quote, &hit.marks);
    let (words, marks) = marked::between("“", (words, marks), "”");
    for line in marked::lines(&words, &marks, look.columns() - 2, |piece, mark| {
        look.paint(if mark { FOUND } else { WORDS }, piece)
    }) {
        card.push_str("  ");
        card.push_str(&line);
        card.push('\n');
    }
    let around = wrap::tame(&surroundings(&hit.context, &hit.quote));
    if around.chars().any(char::is_alphanumeric) {
        card.push_str("  ");
        card.push_str(&look.paint(QUIET, &wrap::cut(&around, look.columns() - 2)));
        card.push('\n');
    }
    with_why(card, hit, look)
}

/// The card of a quotation inside of its context, which is shown whole.
pub fn passage(hit: &QuoteHit, look: Look) -> String {
    let mut card = quote_header(hit, look);
    let context = wrap::tame(&hit.context);
    // Colour is an addition: the marks of the quotation are in the text.
    let (quote, marks) = marked::tame(&hit.quote, &hit.marks);
    let (mut words, mut at, mut begin) = (Vec::new(), 0, 0);
    for part in quote.split(CUT) {
        if let Some(found) = context.get(at..).and_then(|rest| rest.find(part)) {
            let there = |(from, to, mark)| (from + at + found - begin, to + at + found - begin, mark);
            words.extend(marked::pieces((begin, begin + part.len()), &marks).into_iter().map(there));
            at += found + part.len();
        }
        begin += part.len() + CUT.len();
    }
    let paint = |piece: &str, sort: Option<bool>| match sort {
        Some(true) => look.paint(FOUND, piece),
        Some(false) => look.paint(WORDS, piece),
        None => piece.to_owned(),
    };
    for line in marked::lines_of(&context, &words, look.columns() - 2, paint) {
        card.push_str("  ");
        card.push_str(&line);
        card.push('\n');
    }
    with_why(card, hit, look)
}

fn quote_header(hit: &QuoteHit, look: Look) -> String {
    let speaker = wrap::tame(hit.speaker.as_deref().unwrap_or("(speaker not known)"));
    let mut rest = String::new();
    if let Some(role) = &hit.role {
        rest.push_str(", ");
        rest.push_str(&wrap::tame(role));
    }
    push_facts(&mut rest, [hit.date.map(|date| date.to_string()), hit.outlet.as_deref().map(wrap::tame)]);
    let id = format!("q:{}", short(hit.id));
    let measure = format!(" {} {:.2}{}", hit.kind.name(), hit.confidence, times(hit.repeats));
    header(&speaker, &rest, &id, &measure, look)
}

/// For how many copies it stands.
fn times(repeats: Option<Repeats>) -> String {
    match repeats {
        None | Some(Repeats { count: 1, .. }) => String::new(),
        Some(Repeats { outlets: 0, count, .. }) => format!(" ×{}", grouped(count)),
        Some(Repeats { outlets, count, .. }) if outlets == count => format!(" ×{}", counted(outlets, "outlet")),
        Some(Repeats { outlets, count, .. }) => format!(" ×{} in {}", grouped(count), counted(outlets, "outlet")),
    }
}

fn with_why(mut card: String, hit: &QuoteHit, look: Look) -> String {
    if hit.why.is_some() {
        card.push_str(&format!("  {}\n", look.paint(QUIET, &format!("rule {}{}", hit.rule, cue(hit)))));
        card.push_str(&reasons(hit, look));
    }
    card
}

/// The cue, behind the rule.
pub(super) fn cue(hit: &QuoteHit) -> String {
    hit.cue.as_ref().map(|cue| format!(", cue “{}”", wrap::tame(cue))).unwrap_or_default()
}

/// The lines of the reasons, set in.
pub(super) fn reasons(hit: &QuoteHit, look: Look) -> String {
    let lines = why::lines_of_hit(hit).into_iter().flat_map(|line| why::fold(&line, look.columns() - 4));
    lines.map(|line| format!("    {}\n", look.paint(QUIET, &line))).collect()
}

/// The card of an article, its last line feed included.
pub fn article(hit: &ArticleHit, look: Look) -> String {
    let (title, marks) = marked::tame(hit.title.as_deref().unwrap_or("(no headline)"), &hit.marks);
    let mut rest = String::new();
    push_facts(&mut rest, [hit.date.map(|date| date.to_string()), hit.outlet.as_deref().map(wrap::tame)]);
    let id = format!("a:{}", short(hit.id));
    let quotes = if hit.quotes == 1 { "1 quote".to_owned() } else { format!("{} quotes", hit.quotes) };
    let measure = format!(" {} words, {quotes}{}", hit.words, times(hit.repeats));
    let mut card = header_marked(&title, &marks, &rest, &id, &measure, look);
    let mut facts = Vec::new();
    if let Some(byline) = &hit.byline {
        facts.push(format!("By {byline}"));
    }
    if !hit.speakers.is_empty() {
        facts.push(format!("quotes {}", hit.speakers.join(", ")));
    }
    facts.push(hit.path.clone());
    if let Some(snippet) = &hit.snippet {
        let (snippet, marks) = marked::tame(snippet, &hit.snippet_marks);
        let paint = |piece: &str, found: bool| if found { look.paint(FOUND, piece) } else { piece.to_owned() };
        for line in marked::lines(&snippet, &marks, look.columns() - 2, paint) {
            card.push_str("  ");
            card.push_str(&line);
            card.push('\n');
        }
    }
    for fact in facts {
        card.push_str("  ");
        card.push_str(&look.paint(QUIET, &wrap::cut(&wrap::tame(&fact), look.columns() - 2)));
        card.push('\n');
    }
    card
}

fn push_facts<const N: usize>(rest: &mut String, facts: [Option<String>; N]) {
    for fact in facts.into_iter().flatten() {
        rest.push_str(" · ");
        rest.push_str(&fact);
    }
}

/// The first line: who and where on the left, the id on the right where both fit, else below one another.
fn header(name: &str, rest: &str, id: &str, measure: &str, look: Look) -> String {
    header_marked(name, &[], rest, id, measure, look)
}

/// The same with some words of the name marked.
fn header_marked(name: &str, marks: &[(usize, usize)], rest: &str, id: &str, measure: &str, look: Look) -> String {
    let left = wrap::columns(name) + wrap::columns(rest);
    let right = wrap::columns(id) + wrap::columns(measure);
    let gap =
        if left + right + 2 <= look.columns() { " ".repeat(look.columns() - left - right) } else { "\n  ".to_owned() };
    let name = marked::paint(name, marks, |piece, mark| look.paint(if mark { NAME.underline() } else { NAME }, piece));
    let rest = look.paint(Style::new(), rest);
    format!("{name}{rest}{gap}{}{}\n", look.paint(ID, id), look.paint(QUIET, measure))
}

/// What the context says besides the quotation: its words and their marks give way to `…`.
fn surroundings(context: &str, quote: &str) -> String {
    let mut left = context;
    let mut around: Vec<&str> = Vec::new();
    for part in quote.split(CUT) {
        let Some((before, after)) = left.split_once(part) else { continue };
        around.push(before);
        left = after;
    }
    around.push(left);
    let marks = |c: char| c.is_whitespace() || "\"“”„‟«»‘’'`,;".contains(c);
    let around: Vec<&str> = around.iter().map(|piece| piece.trim_matches(marks)).collect();
    let joined = around.join(" … ");
    let joined = joined.trim_start_matches([' ', '…', '.']).trim_end();
    joined.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(context: &str, quote: &str, expected: &str) {
        assert_eq!(surroundings(context, quote), expected, "{context:?} without {quote:?}");
    }

    #[test]
    fn the_context_does_not_say_it_twice() {
        check(
            "“We sail at dawn,” Mayor Ada Lund said on Friday.",
            "We sail at dawn,",
            "Mayor Ada Lund said on Friday.",
        );
        check("Lund said: “We sail at dawn.”", "We sail at dawn.", "Lund said: …");
        check("“We sail,” said Lund, “at dawn.”", "We sail, … at dawn.", "said Lund …");
        check("Lund called it “a folly” and left.", "a folly", "Lund called it … and left.");
        check("Something else altogether.", "a folly", "Something else altogether.");
    }

    #[test]
    fn found_words_are_marked_inside_of_the_context() {
        let context = "The tide ran. “We wait for the tide,” Lund said, “and the tide for us.”";
        let quote = "We wait for the tide, … and the tide for us.";
        let marks = [(16, 20), (34, 38)].to_vec();
        let hit = QuoteHit { quote: quote.to_owned(), context: context.to_owned(), marks, ..QuoteHit::blank() };
        let card = passage(&hit, Look { width: 100, color: true });
        let words = |text: &str| format!("{WORDS}{text}{WORDS:#}");
        let found = format!("{FOUND}tide{FOUND:#}");
        let first = format!("The tide ran. “{}{found}{}”", words("We wait for the "), words(","));
        assert!(card.contains(&first), "{card:?}");
        let second = format!("“{}{found}{}”", words("and the "), words(" for us."));
        assert!(card.contains(&second), "{card:?}");
        let phrase = QuoteHit { marks: vec![(12, 38)], ..hit };
        let card = passage(&phrase, Look { width: 100, color: true });
        assert!(card.contains(&format!("{FOUND}the tide,{FOUND:#}”")), "a phrase crosses the cut: {card:?}");
    }
}
