//! Words that were put into UTF-8 twice: `â€œNoâ€\u{9d}` for `“No”`.
//!
//! Some program took UTF-8 for windows-1252. It cannot be seen in the bytes, which are whole, but no text has `â€` before
//! another sign of that set, and quotation marks are what it hits first.

use encoding_rs::WINDOWS_1252;

/// The words as they were meant, where they show that they are encoded twice.
pub(super) fn undone(words: &str) -> Option<String> {
    if !words.contains("â€") {
        return None;
    }
    let mut out = String::with_capacity(words.len());
    let mut changed = false;
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            'â' | 'ã' => 3,
            'Â' | 'Ã' | 'Ä' | 'Å' => 2,
            _ => 1,
        };
        let meant = if length > 1 { whole(rest, length) } else { None };
        if let Some((meant, taken)) = meant {
            out.push(meant);
            changed = true;
            rest = rest.get(taken..).unwrap_or_default();
        } else {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    changed.then_some(out)
}

/// The character that the first `length` characters are the bytes of, and how long they are.
fn whole(text: &str, length: usize) -> Option<(char, usize)> {
    let end = text.char_indices().map(|(at, _)| at).nth(length).unwrap_or(text.len());
    let (bytes, _, lost) = WINDOWS_1252.encode(text.get(..end)?);
    let meant = std::str::from_utf8(&bytes).ok().filter(|_| !lost)?;
    let mut chars = meant.chars();
    let first = chars.next().filter(|c| !c.is_ascii())?;
    chars.next().is_none().then_some((first, end))
}

#[cfg(test)]
mod tests {
    use super::undone;

    #[test]
    fn twice() {
        let double = |text: &str| WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        use encoding_rs::WINDOWS_1252;
        let said = "“Nein”, sagt Jörg – der’s weiß … é «so»";
        assert_eq!(undone(&double(said)).as_deref(), Some(said));
        for text in [said, "château", "5 â€ 6", "Ã©", "naïve â"] {
            assert_eq!(undone(text), None, "{text}");
        }
        // Half and half.
        assert_eq!(undone("â€œOuiâ€\u{9d}, dit-il “là”.").as_deref(), Some("“Oui”, dit-il “là”."));
    }
}
