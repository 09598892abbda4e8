//! HTML inside other formats: whether a text is it, by tags that no other text has, and what words it holds.
//!
//! RSS, JSON and mail leave open what a text is. A sign such as `<IBM.N>` is no tag. What is far larger than any article is
//! read without building a page of it, since that takes many times its size in memory.

use std::io::Cursor;

use super::html;
use super::prose::Prose;
use super::xml::{Markup, Step};

/// Elements whose tags say that a text is HTML.
const TAGS: [&str; 41] = [
    "a",
    "b",
    "i",
    "em",
    "strong",
    "p",
    "br",
    "div",
    "span",
    "img",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "hr",
    "font",
    "center",
    "pre",
    "code",
    "iframe",
    "video",
    "audio",
    "figure",
    "small",
    "sub",
    "sup",
    "u",
    "section",
    "q",
    "cite",
    "abbr",
];

/// Whether a text holds tags of HTML.
pub(super) fn are_in(words: &str) -> bool {
    let mut rest = words;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        let tag = rest.strip_prefix('/').unwrap_or(rest);
        let length = tag.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let name = tag.get(..length).unwrap_or_default().to_ascii_lowercase();
        let ends = tag.get(length..).is_some_and(|behind| behind.starts_with(['>', ' ', '/', '\n', '\t']));
        if ends && TAGS.contains(&name.as_str()) {
            return true;
        }
    }
    false
}

/// Beyond this size no page is built.
const LARGEST: usize = 4 * 1024 * 1024;

/// Elements between which no word goes on.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "q", "s", "small", "span", "strike", "strong", "sub", "sup",
    "tt", "u", "wbr", "ins",
];

/// The words of a piece of HTML, a blank line between paragraphs.
pub(super) fn words_of(page: &str) -> String {
    if page.len() <= LARGEST {
        return html::words_of(page);
    }
    let mut markup = Markup::of_html(Box::new(Cursor::new(page.as_bytes())));
    let mut out = Prose::default();
    let mut silent = false;
    loop {
        markup.refuel();
        let name = match markup.step() {
            Step::Words(words) => {
                if !silent {
                    out.words(&words);
                }
                continue;
            }
            Step::Open(tag) => {
                silent |= matches!(tag.local(), "script" | "style");
                tag.local().to_ascii_lowercase()
            }
            Step::Shut(end) => {
                silent &= !matches!(end.name().0, "script" | "style");
                end.name().0.to_ascii_lowercase()
            }
            Step::Aside => continue,
            Step::End(_) => return out.finish(),
        };
        match name.as_str() {
            "br" => out.end_line(),
            name if INLINE.contains(&name) => {}
            _ => out.end_paragraph(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, are_in, words_of};

    #[test]
    fn however_large() {
        let large = "<p>One <b>t</b>wo &amp; three.<br>Four.</p><script>x</script>".repeat(LARGEST / 50);
        assert!(large.len() > LARGEST);
        let words = words_of(&large);
        assert!(
            words.starts_with("One two & three.\nFour.\n\nOne two"),
            "{}",
            words.chars().take(80).collect::<String>()
        );
        assert_eq!(words.matches("One").count(), LARGEST / 50);
    }

    #[test]
    fn tags() {
        for html in ["a <b>b</b>", "<p class='x'>", "one<br/>two", "x</DIV>", "<a\nhref='y'>"] {
            assert!(are_in(html), "{html}");
        }
        for text in ["", "<IBM.N> rose", "a < b", "<bill> and <pay>", "<", "2<3 and b>a", "<é>"] {
            assert!(!are_in(text), "{text}");
        }
    }
}
