//! The words of one block of Markdown: links, emphasis, code, tags and references are marked and cut out.
//!
//! Every mark looks only so far for its end, so that a text of nothing but marks takes linear time.

use crate::article::entities::{self, Resolved};

/// A target, a tag or a piece of code is no longer than this, in bytes: what is longer is words.
const LONGEST: usize = 4000;

/// The words of one block.
pub(super) fn inline(source: &str) -> String {
    if !source.contains(['[', ']', '*', '_', '`', '<', '&', '\\', '~', '{']) {
        return source.to_owned();
    }
    let cuts = Marks::new(source).find();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for cut in cuts {
        if cut.start < at {
            continue;
        }
        out.push_str(source.get(at..cut.start).unwrap_or_default());
        match cut.instead {
            Instead::Nothing => {}
            Instead::Words(words) => out.push_str(words),
            Instead::Char(c) => out.push(c),
        }
        at = cut.end;
    }
    out.push_str(source.get(at..).unwrap_or_default());
    out
}

#[derive(Clone, Copy)]
enum Instead {
    Nothing,
    Words(&'static str),
    Char(char),
}

struct Cut {
    start: usize,
    end: usize,
    instead: Instead,
}

/// Finds what is not words in a block.
struct Marks<'a> {
    source: &'a str,
    bytes: &'a [u8],
    cuts: Vec<Cut>,
    /// Brackets that are open: where, and whether of an image.
    open: Vec<(usize, bool)>,
}

impl<'a> Marks<'a> {
    fn new(source: &'a str) -> Self {
        Self { source, bytes: source.as_bytes(), cuts: Vec::new(), open: Vec::new() }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    fn cut(&mut self, start: usize, end: usize) {
        self.cuts.push(Cut { start, end, instead: Instead::Nothing });
    }

    /// The nearest `what` behind `from`, not farther than any mark reaches.
    fn near(&self, from: usize, what: u8) -> Option<usize> {
        let window = self.bytes.get(from..(from + LONGEST).min(self.bytes.len()))?;
        memchr::memchr(what, window).map(|at| from + at)
    }

    fn find(mut self) -> Vec<Cut> {
        let mut at = 0;
        while at < self.bytes.len() {
            at = match self.byte(at) {
                b'\\' => self.escape(at),
                b'`' => self.code(at),
                b'<' => self.tag(at),
                b'&' => self.reference(at),
                b'!' if self.byte(at + 1) == b'[' => {
                    self.open.push((at, true));
                    at + 2
                }
                b'[' => {
                    self.open.push((at, false));
                    at + 1
                }
                b']' => self.close(at),
                mark @ (b'*' | b'_' | b'~') => self.emphasis(at, mark),
                // Kramdown's `{:target="_blank"}` behind a link.
                b'{' if self.byte(at + 1) == b':' => match self.near(at, b'}') {
                    Some(end) => {
                        self.cut(at, end + 1);
                        end + 1
                    }
                    None => at + 1,
                },
                _ => at + 1,
            };
        }
        self.cuts.sort_by_key(|cut| (cut.start, std::cmp::Reverse(cut.end)));
        self.cuts
    }

    fn escape(&mut self, at: usize) -> usize {
        if self.byte(at + 1).is_ascii_punctuation() {
            self.cut(at, at + 1);
            return at + 2;
        }
        at + 1
    }

    fn code(&mut self, at: usize) -> usize {
        let length = self.bytes.iter().skip(at).take_while(|b| **b == b'`').count();
        let (mut from, end) = (at + length, (at + LONGEST).min(self.bytes.len()));
        while let Some(close) = self.near(from, b'`').filter(|close| *close < end) {
            let run = self.bytes.iter().skip(close).take_while(|b| **b == b'`').count();
            if run == length {
                self.cut(at, at + length);
                self.cut(close, close + run);
                return close + run;
            }
            from = close + run;
        }
        at + length
    }

    fn tag(&mut self, at: usize) -> usize {
        let next = self.byte(at + 1);
        let Some(end) = self.near(at, b'>').filter(|_| next.is_ascii_alphabetic() || next == b'/') else {
            return at + 1;
        };
        let inner = self.source.get(at + 1..end).unwrap_or_default();
        if inner.starts_with("http://")
            || inner.starts_with("https://")
            || (inner.contains('@') && !inner.contains(' '))
        {
            self.cut(at, at + 1);
            self.cut(end, end + 1);
            return end + 1;
        }
        let name = inner.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let breaks =
            ["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"].iter().any(|tag| name.eq_ignore_ascii_case(tag));
        // Reuters writes <ICI.L> for a company: a tag's name is followed by a blank, a slash or its end.
        let tail = inner.trim_start_matches('/').get(name.len()..).unwrap_or_default();
        if !(tail.is_empty() || tail.starts_with([' ', '/', '\n'])) || !is_tag(name) {
            return at + 1;
        }
        self.cuts.push(Cut {
            start: at,
            end: end + 1,
            instead: if breaks { Instead::Words("\n") } else { Instead::Nothing },
        });
        end + 1
    }

    fn reference(&mut self, at: usize) -> usize {
        match self.source.get(at..).and_then(entities::reference) {
            Some((length, resolved)) => {
                let instead = match resolved {
                    Resolved::Char(c) => Instead::Char(c),
                    Resolved::Words(words) => Instead::Words(words),
                };
                self.cuts.push(Cut { start: at, end: at + length, instead });
                at + length
            }
            None => at + 1,
        }
    }

    /// A closing bracket: of a link, an image, a footnote's mark or of plain brackets.
    fn close(&mut self, at: usize) -> usize {
        let Some((start, image)) = self.open.pop() else { return at + 1 };
        let inner = if image { start + 2 } else { start + 1 };
        let end = match self.byte(at + 1) {
            b'(' => self.target(at + 1),
            b'[' if self.near(at + 1, b']').is_some_and(|end| end - at < 100) => {
                self.near(at + 1, b']').map(|end| end + 1)
            }
            _ if !image && self.byte(inner) == b'^' => {
                self.cut(start, at + 1);
                return at + 1;
            }
            _ => None,
        };
        let Some(end) = end else { return at + 1 };
        if image {
            self.cut(start, end);
        } else {
            self.cut(start, inner);
            self.cut(at, end);
        }
        end
    }

    /// The end of `(target "title")` that opens at `at`.
    fn target(&self, at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (offset, byte) in self.bytes.iter().skip(at).take(LONGEST).enumerate() {
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at + offset + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    fn emphasis(&mut self, at: usize, mark: u8) -> usize {
        let length = self.bytes.iter().skip(at).take_while(|b| **b == mark).count();
        let end = at + length;
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let before = self.source.get(..at).and_then(|text| text.chars().next_back());
        let after = self.source.get(end..).and_then(|text| text.chars().next());
        let inside = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        let marks = match mark {
            b'*' => length <= 3 && !(blank(before) && blank(after)),
            // snake_case and a blank to fill in are words.
            b'_' => length <= 3 && !inside && !(blank(before) && blank(after)),
            _ => length == 2 && !(blank(before) && blank(after)),
        };
        if marks {
            self.cut(at, end);
        }
        end
    }
}

fn is_tag(name: &str) -> bool {
    const TAGS: &str = " a abbr address article aside audio b blockquote body br button caption center cite code col dd del details div dl \
         dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr html i iframe img input ins kbd label li link \
         main mark meta nav noscript object ol option p param picture pre q s samp script section select small source span strike strong \
         style sub summary sup svg table tbody td tfoot th thead time tr u ul video wbr path ";
    TAGS.contains(&format!(" {} ", name.to_ascii_lowercase()))
}
