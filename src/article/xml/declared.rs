//! References (`&ldquo;`, `&#8220;`, `&agency;`) and what a file's own declarations make of them.
//!
//! Names are HTML's, which feeds use without declaring them, and those of the internal subset of the document
//! type. A declared value is resolved once, when it is declared, and kept only where it stays short: entities that
//! multiply each other come to nothing. What is outside the file is never fetched.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::article::entities::{self, Resolved};

/// No agency's name or sign is longer, in bytes.
const LONGEST: usize = 1024;

/// More declarations than any document type that is written by hand.
const MOST: usize = 2000;

/// What a file declares.
#[derive(Debug, Default)]
pub(in crate::article) struct Declared {
    values: HashMap<String, String>,
}

impl Declared {
    /// Reads the declarations in a document type.
    pub(super) fn read(&mut self, doctype: &str) {
        let mut rest = doctype;
        while let Some(at) = rest.find("<!") {
            rest = rest.get(at + 2..).unwrap_or_default();
            if let Some(comment) = rest.strip_prefix("--") {
                rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            } else if let Some(entity) = rest.strip_prefix("ENTITY")
                && let Some((name, value)) = declaration(entity)
                && self.values.len() < MOST
                && !self.values.contains_key(name)
            {
                let value = self.decode(value);
                if value.len() <= LONGEST {
                    let value = value.into_owned();
                    self.values.insert(name.to_owned(), value);
                }
            }
        }
    }

    /// What `&name;` stands for; itself, where nobody says.
    pub(super) fn resolve(&self, name: &str) -> Cow<'_, str> {
        if let Some(value) = self.values.get(name) {
            return Cow::Borrowed(value);
        }
        // In running text they are the ends of lines, which a page would take for blanks.
        match name {
            "#9" | "#x9" => return Cow::Borrowed("\t"),
            "#10" | "#xA" | "#xa" => return Cow::Borrowed("\n"),
            "#13" | "#xD" | "#xd" => return Cow::Borrowed("\r"),
            _ => {}
        }
        let whole = format!("&{name};");
        match entities::reference(&whole) {
            Some((_, Resolved::Words(words))) => Cow::Borrowed(words),
            Some((_, Resolved::Char(c))) => Cow::Owned(c.to_string()),
            None => Cow::Owned(whole),
        }
    }

    /// A value with its references resolved.
    pub(in crate::article) fn decode<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.values.is_empty() {
            return entities::decode(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            let (before, tail) = rest.split_at(at);
            out.push_str(before);
            let end = tail.bytes().take(LONGEST).position(|b| b == b';');
            match end.and_then(|end| tail.get(1..end)) {
                // Beyond that it is not kept anyway.
                Some(name) if !name.contains(['&', ' ']) && out.len() <= text.len() + LONGEST => {
                    out.push_str(&self.resolve(name));
                    rest = tail.get(name.len() + 2..).unwrap_or_default();
                }
                _ => {
                    out.push('&');
                    rest = tail.get(1..).unwrap_or_default();
                }
            }
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

/// The name and the value of ` name "value">`; nothing of a parameter entity or one that lies elsewhere.
fn declaration(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix(|c: char| c.is_ascii_whitespace())?.trim_start();
    let (name, rest) = text.split_once(|c: char| c.is_ascii_whitespace())?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = rest.get(1..)?.split_once(quote)?.0;
    (name != "%").then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::Declared;

    #[track_caller]
    fn check(doctype: &str, text: &str, expected: &str) {
        let mut declared = Declared::default();
        declared.read(doctype);
        assert_eq!(declared.decode(text), expected, "{doctype}");
    }

    #[test]
    fn names() {
        let own =
            "news [<!-- <!ENTITY a \"no\"> --> <!ENTITY a \"Ada &amp; Co\"> <!ENTITY b '&a;, Ltd'> <!ENTITY a 'late'>
            <!ENTITY % p \"x\"> <!ENTITY far SYSTEM \"file:///etc/passwd\">]";
        check(
            own,
            "&a; and &b; &mdash; &far; &p; & &none; &#8220;",
            "Ada & Co and Ada & Co, Ltd — &far; &p; & &none; “",
        );
        check("news", "a&#10;b &lt;", "a b <");
        check(own, "a&#10;b", "a\nb");
    }

    #[test]
    fn entities_that_multiply_come_to_nothing() {
        let mut own = "lolz [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\">".to_owned();
        for (before, name) in "abcdefgh".chars().zip("bcdefghi".chars()) {
            own.push_str(&format!("<!ENTITY {name} \"{}\">", format!("&{before};").repeat(10)));
        }
        let mut declared = Declared::default();
        declared.read(&own);
        assert_eq!(declared.resolve("b").len(), 400);
        assert_eq!(declared.resolve("c"), "&c;");
        assert!(declared.decode(&"&b;".repeat(1000)).len() < 2 * 3000 + 1024 + 400);
    }
}
