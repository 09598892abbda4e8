//! Names of files and entries as text: whatever bytes they are made of, nothing is lost and all of it can be printed.
//!
//! A name in UTF-8 stays as it is. Bytes that are not UTF-8 and control characters are written `\xE9`, and a backslash
//! that would look like the beginning of such an escape is written as one, `\x5C`: so two names never become one,
//! and the name that was is found again. It knows no folders; what the parts of a path are is for others.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt::Write;

/// The name as text.
pub fn printable(name: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(name)
        && !text.bytes().any(|byte| byte.is_ascii_control() || byte == b'\\')
    {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(name.len() + 8);
    let escape = |text: &mut String, byte: u8| {
        let _ = write!(text, "\\x{byte:02X}");
    };
    for chunk in name.utf8_chunks() {
        let valid = chunk.valid();
        for (at, letter) in valid.char_indices() {
            let looks_escaped = || valid.as_bytes().get(at..).is_some_and(|rest| escaped(rest).is_some());
            match u8::try_from(letter) {
                Ok(byte) if byte.is_ascii_control() || (byte == b'\\' && looks_escaped()) => escape(&mut text, byte),
                _ => text.push(letter),
            }
        }
        chunk.invalid().iter().for_each(|byte| escape(&mut text, *byte));
    }
    Cow::Owned(text)
}

/// The bytes that [`printable`] made this text of.
pub fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        match escaped(rest) {
            Some(byte) => {
                bytes.push(byte);
                rest = rest.get(4..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// The name as the system has it.
#[cfg(unix)]
pub fn of_system(text: &str) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(bytes(text))
}

/// The name as the system has it, as far as it is Unicode.
#[cfg(not(unix))]
pub fn of_system(text: &str) -> OsString {
    String::from_utf8_lossy(&bytes(text)).into_owned().into()
}

/// The system's name as text.
pub fn of_os(name: &OsStr) -> Cow<'_, str> {
    printable(name.as_encoded_bytes())
}

/// The byte that the escape at the beginning of `text` stands for.
fn escaped(text: &[u8]) -> Option<u8> {
    let [b'\\', b'x', high, low, ..] = text else { return None };
    let digit = |digit: u8| char::from(digit).to_digit(16).filter(|_| !digit.is_ascii_lowercase());
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bytes_that_cannot_be_printed_are_written_as_digits() {
        let check = |name: &[u8], expected: &str| {
            assert_eq!(printable(name), expected);
            assert_eq!(bytes(expected), name, "{expected}");
        };
        check("Küste/café.txt".as_bytes(), "Küste/café.txt");
        check(b"caf\xE9.txt", "caf\\xE9.txt");
        check(b"caf\\xE9.txt", "caf\\x5CxE9.txt");
        check(b"a\\b\\x\\xe9\\xE.txt", "a\\b\\x\\xe9\\xE.txt");
        check(b"two\nlines\x7F", "two\\x0Alines\\x7F");
    }

    proptest! {
        #[test]
        fn no_two_names_become_one(name in prop::collection::vec(prop_oneof![
            Just(b'\\'), Just(b'x'), Just(b'E'), Just(b'9'), Just(0xC3), Just(0xA9), any::<u8>(),
        ], 0..12)) {
            let text = printable(&name);
            prop_assert!(!text.contains(|letter: char| letter.is_ascii_control()));
            prop_assert_eq!(bytes(&text), name);
        }
    }
}
