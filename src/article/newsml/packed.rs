//! Texts that are packed in base64, as agencies send what might not pass through a wire.

use crate::article::{charset, prose, tags};

/// Whether an encoding of this name is base64: `base64`, `enc:Base64`, or the address of it.
pub(super) fn is_base64(encoding: &str) -> bool {
    crate::article::wire::code(encoding).eq_ignore_ascii_case("base64")
}

/// The words of a packed text of this MIME type; none where it is a picture, a recording or otherwise no text.
pub(super) fn words(packed: &str, kind: &str) -> Option<String> {
    let kind = kind.to_ascii_lowercase();
    if ["image", "audio", "video", "pdf", "zip"].iter().any(|other| kind.contains(other)) {
        return None;
    }
    let bytes = unpacked(packed)?;
    if bytes.contains(&0) && charset::utf16(&bytes).is_none() {
        return None;
    }
    let (text, _) = charset::decode(bytes, None);
    Some(if kind.contains("html") || tags::are_in(&text) { tags::words_of(&text) } else { prose::kept(&text) })
}

/// The bytes that base64 stands for, in either of its alphabets; white space does not count.
fn unpacked(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for letter in text.bytes().filter(|letter| !letter.is_ascii_whitespace()) {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = bits << 6 & 0xFF_FFFF | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count).to_le_bytes()[0]);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{is_base64, unpacked, words};

    #[test]
    fn base64() {
        for (packed, bytes) in [
            ("", Some("")),
            ("T25l", Some("One")),
            ("T25l\n  Lg==", Some("One.")),
            ("VHdvLg", Some("Two.")),
            ("T25l!", None),
        ] {
            assert_eq!(unpacked(packed).as_deref(), bytes.map(str::as_bytes), "{packed}");
        }
        assert_eq!(words("T25l", "image/png"), None);
        assert_eq!(words("AAEC", ""), None);
        assert!(is_base64("http://x.example/encoding/base64") && !is_base64("gzip") && !is_base64(""));
    }
}
