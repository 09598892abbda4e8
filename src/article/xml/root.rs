//! What the head of a file says before its content begins: its first element, its document type, its character set.

use super::markup::{Markup, Step};

/// The first element of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::article) struct Root {
    /// Its name, without a prefix.
    pub(in crate::article) name: String,
    attributes: Vec<(String, String)>,
}

impl Root {
    /// The value of an attribute, by its whole name.
    pub(in crate::article) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The first element of the file that begins with `head`; where a long document type stands before it, the element
/// that this names.
pub(in crate::article) fn of(head: &[u8]) -> Option<Root> {
    // Words before anything that is marked up: most files that are no markup show it by their first letters.
    if head.iter().take_while(|byte| !matches!(byte, b'<' | b'&')).any(u8::is_ascii_alphanumeric) {
        return None;
    }
    let head = String::from_utf8_lossy(head);
    let mut markup = Markup::new(Box::new(std::io::Cursor::new(head.as_bytes())));
    loop {
        match markup.step() {
            Step::Open(tag) => {
                let attributes = tag.attributes().map(|(name, value)| (name.to_owned(), value)).collect();
                return Some(Root { name: tag.local().to_owned(), attributes });
            }
            // Words before the first element: this is something else.
            Step::Words(words) if !words.trim().is_empty() => return None,
            Step::Words(_) | Step::Shut(_) | Step::Aside => {}
            Step::End(_) => return doctype(&head),
        }
    }
}

fn doctype(head: &str) -> Option<Root> {
    let (_, rest) = head.split_once("<!DOCTYPE")?;
    let name = rest.trim_start().split(|c: char| c.is_whitespace() || matches!(c, '[' | '>')).next()?;
    let name = name.rsplit(':').next()?;
    (!name.is_empty()).then(|| Root { name: name.to_owned(), attributes: Vec::new() })
}

/// The character set that an XML declaration names.
pub(super) fn charset(head: &[u8]) -> Option<String> {
    let start = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = start.get(..start.len().min(400))?.split(|b| *b == b'>').next()?;
    let at = memchr::memmem::find(declaration, b"encoding")?;
    let label: Vec<u8> = declaration
        .get(at + 8..)?
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'=' | b'"' | b'\'' | b' ' | b'\t'))
        .take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b))
        .collect();
    String::from_utf8(label).ok().filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{charset, of};

    #[test]
    fn roots() {
        let check = |head: &str, expected: Option<&str>| {
            assert_eq!(of(head.as_bytes()).map(|root| root.name).as_deref(), expected, "{head}");
        };
        check("<nitf>", Some("nitf"));
        check(
            "<?xml version='1.0'?>\n<!-- <rss> --><!DOCTYPE nitf SYSTEM \"x\" [<!ENTITY a \">\">]>\n<n:nitf a='1'>",
            Some("nitf"),
        );
        check("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\">", Some("REUTERS"));
        check("<!DOCTYPE NewsML SYSTEM 'x' [ <!ELEMENT NewsML (Catalog", Some("NewsML"));
        check("a < b", None);
        check("", None);
        assert_eq!(charset(b"<?xml version=\"1.0\" encoding = 'ISO-8859-15'?>").as_deref(), Some("ISO-8859-15"));
        assert_eq!(charset(b"<?xml version=\"1.0\"?><a encoding='x'>"), None);
    }
}
