//! Pages that no browser would lay out: elements nested thousands deep.
//!
//! Parsing takes time with the square of the depth, so beyond a depth that no article has the tags are
//! dropped and their words kept; so are tags with thousands of attributes, for the same reason. Ordinary
//! pages pass through untouched.

use std::borrow::Cow;
use std::collections::HashMap;

/// Deeper than any page seen in use; weighing the elements takes longer the deeper they are.
const DEEPEST: usize = 200;

/// Elements that have no end, or that the next of their kind ends.
const UNCOUNTED: &str = " area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th tbody thead \
     tfoot colgroup optgroup rp rt html head body path rect circle line polygon polyline ellipse use stop ";

/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// More attributes than any element has.
const MOST_ATTRIBUTES: usize = 2000;

struct Tag<'a> {
    name: &'a str,
    closes: bool,
    itself: bool,
    crowded: bool,
    end: usize,
}

/// Elements that a browser opens again where another that holds them ends before they do.
const LETTERS: &str = " a b big code em font i nobr s small strike strong tt u ";

/// The elements that are open, no more of them than [`DEEPEST`].
#[derive(Default)]
struct Open {
    names: Vec<String>,
    /// Those that were open in one that has ended, and are opened again in each that comes.
    again: Vec<String>,
}

impl Open {
    fn depth(&self) -> usize {
        self.names.len() + self.again.len()
    }

    /// Ends the innermost element of this name, with all that is open in it; where there is none, nothing ends.
    fn end(&mut self, name: &str) {
        let letters = |name: &str| LETTERS.contains(&format!(" {name} "));
        match self.names.iter().rposition(|open| open == name) {
            // What is open in a way of setting letters stays open behind it.
            Some(at) if letters(name) => drop(self.names.remove(at)),
            Some(at) => {
                let inner = self.names.drain(at..).skip(1);
                self.again.extend(inner.filter(|name| letters(name)));
            }
            None => {
                if let Some(at) = self.again.iter().rposition(|open| open == name) {
                    self.again.remove(at);
                }
            }
        }
    }
}

/// The page, without tags that are too deep.
pub(super) fn tame(html: &str) -> Cow<'_, str> {
    let mut open = Open::default();
    let mut deep = false;
    let crowded = walk(html, |tag, name| {
        if tag.closes {
            open.end(&name);
        } else if !tag.itself {
            deep |= open.depth() >= DEEPEST;
            if !deep {
                open.names.push(name);
            }
        }
        true
    });
    if !deep && crowded.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut copied = 0;
    let mut open = Open::default();
    let mut dropped: HashMap<String, usize> = HashMap::new();
    let cuts = walk(html, |tag, name| {
        if tag.closes {
            if let Some(count) = dropped.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                return false;
            }
            open.end(&name);
        } else if !tag.itself {
            if open.depth() >= DEEPEST {
                *dropped.entry(name).or_default() += 1;
                return false;
            }
            open.names.push(name);
        }
        true
    });
    for (start, end) in cuts {
        out.push_str(html.get(copied..start).unwrap_or_default());
        out.push(' ');
        copied = end;
    }
    out.push_str(html.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// How many elements and attributes a page may have, roughly and rather too many: tags that open, and signs of equality and blanks in tags.
pub(super) fn elements(html: &[u8]) -> usize {
    let mut count = 0;
    let mut inside = false;
    for at in memchr::memchr3_iter(b'<', b'>', b'=', html) {
        match html.get(at) {
            Some(b'<') => {
                inside = html.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
                count += usize::from(inside);
            }
            Some(b'>') => inside = false,
            _ => count += usize::from(inside),
        }
    }
    count
}

/// The words between the tags.
pub(super) fn bare(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(rest.get(..start).unwrap_or_default());
        out.push(' ');
        let behind = rest.get(start..).unwrap_or_default();
        rest = behind.get(tag(behind).map_or(1, |tag| tag.end)..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Shows every counted tag to `keep`, with its name in small letters; returns where those stand that it refuses.
fn walk(html: &str, mut keep: impl FnMut(&Tag<'_>, String) -> bool) -> Vec<(usize, usize)> {
    let mut refused = Vec::new();
    let mut at = 0;
    while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        let rest = html.get(start..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("<!--") {
            match comment.find("-->") {
                Some(end) => at = start + 4 + end + 3,
                None => break,
            }
            continue;
        }
        let Some(tag) = tag(rest) else {
            at = start + 1;
            continue;
        };
        at = start + tag.end;
        let lower = tag.name.to_ascii_lowercase();
        if tag.crowded {
            refused.push((start, at));
            continue;
        }
        if UNCOUNTED.contains(&format!(" {lower} ")) {
            continue;
        }
        let raw = RAW.contains(&lower.as_str()).then(|| format!("</{lower}"));
        if !keep(&tag, lower) {
            refused.push((start, at));
        }
        if let Some(close) = raw.filter(|_| !tag.closes) {
            // What is inside is skipped up to its end, which is shown like any other.
            let rest = html.get(at..).unwrap_or_default();
            match find_folded(rest, &close) {
                Some(found) => at += found,
                None => break,
            }
        }
    }
    refused
}

fn find_folded(text: &str, what: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text.get(at..)?.find("</") {
        let start = at + found;
        if text.get(start..start + what.len()).is_some_and(|head| head.eq_ignore_ascii_case(what)) {
            return Some(start);
        }
        at = start + 2;
    }
    None
}

fn tag(rest: &str) -> Option<Tag<'_>> {
    let inner = rest.get(1..)?;
    let closes = inner.starts_with('/');
    let inner = if closes { inner.get(1..)? } else { inner };
    let length = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = inner.get(..length)?;
    let close = inner.find('>').unwrap_or(inner.len().saturating_sub(1));
    let itself = inner.get(..close).is_some_and(|tag| tag.ends_with('/'));
    let end = rest.len() - inner.len() + close + 1;
    let attributes = inner
        .get(..close)
        .filter(|tag| tag.len() > MOST_ATTRIBUTES)
        .map_or(0, |tag| tag.split_ascii_whitespace().count());
    Some(Tag { name, closes, itself, crowded: attributes > MOST_ATTRIBUTES, end: end.min(rest.len()) })
}
