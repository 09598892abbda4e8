//! Texts that are packed in base64, as agencies send what might not pass through a wire.

use crate::article::{charset, mail, prose, tags};

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
    let bytes = mail::unpacked(packed)?;
    if bytes.contains(&0) && charset::utf16(&bytes).is_none() {
        return None;
    }
    let (text, _) = charset::decode(bytes, None);
    Some(if kind.contains("html") || tags::are_in(&text) { tags::words_of(&text) } else { prose::kept(&text) })
}

#[cfg(test)]
mod tests {
    use super::{is_base64, words};

    #[test]
    fn base64() {
        for (packed, text) in [
            ("", Some("")),
            ("T25l", Some("One")),
            ("T25l\n  Lg==", Some("One.")),
            ("VHdvLg", Some("Two.")),
            ("PHA+T25lPC9wPjxwPlR3bzwvcD4=", Some("One\n\nTwo")),
            ("T25l!", None),
        ] {
            assert_eq!(words(packed, "").as_deref(), text, "{packed}");
        }
        assert_eq!(words("T25l", "image/png"), None);
        assert_eq!(words("AAEC", ""), None);
        assert!(is_base64("http://x.example/encoding/base64") && !is_base64("gzip") && !is_base64(""));
    }
}
