//! Halves of surrogate pairs: `\ud83d` without the other half behind it, as is left where a text was cut in the middle of an emoji.
//!
//! No text can hold one, and a parser refuses all of the record for it. Here each becomes the sign for what cannot be read.

/// The JSON with whole pairs only; nothing where there is no half.
pub(super) fn mended(json: &str) -> Option<String> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = json.get(at..).and_then(|rest| rest.find('\\')) {
        let start = at + found;
        at = match unit(json, start) {
            // `\\` and the like are two bytes; what stands behind the backslash may be longer only in what is no JSON.
            None => start + 1 + json.get(start + 1..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8),
            Some(0xD800..=0xDBFF) if matches!(unit(json, start + 6), Some(0xDC00..=0xDFFF)) => start + 12,
            Some(0xD800..=0xDFFF) => {
                out.push_str(json.get(copied..start).unwrap_or_default());
                out.push('\u{FFFD}');
                copied = start + 6;
                copied
            }
            Some(_) => start + 6,
        };
    }
    (copied > 0).then(|| out + json.get(copied..).unwrap_or_default())
}

/// The number of the escape `\u1234` at `at`.
fn unit(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
    if digits.starts_with('+') { None } else { u16::from_str_radix(digits, 16).ok() }
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn halves() {
        for (json, expected) in [
            (r"a \ud83d b", Some("a \u{FFFD} b")),
            (r"\ude00", Some("\u{FFFD}")),
            (r"\ud83d\ud83d\ude42\\ud83d\n", Some("\u{FFFD}\\ud83d\\ude42\\\\ud83d\\n")),
            (r"\ud83d\ude42 \u00e9", None),
            (r"\\ud83d", None),
            (r"\", None),
            ("\\é\\ud83", None),
        ] {
            assert_eq!(mended(json).as_deref(), expected, "{json}");
        }
    }
}
