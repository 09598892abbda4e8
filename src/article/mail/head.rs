//! What e-mail begins with: how it is told from other texts, and what in its structure must not be followed.

use std::borrow::Cow;

/// Headers that only e-mail has.
const TECHNICAL: [&str; 12] = [
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "content-type",
    "content-transfer-encoding",
    "dkim-signature",
    "list-id",
    "list-unsubscribe",
    "in-reply-to",
    "references",
];

/// Messages in messages beyond these are not looked into.
const MOST_NESTED: usize = 100;

/// No message has so many parts, nor so many headers in a row.
const MOST_PARTS: usize = 20_000;
const MOST_HEADERS: usize = 20_000;

/// Whether a mailbox begins so: `From ada@x.example Tue Mar  5 10:00:00 2019`, and a header on the next line.
pub(in crate::article) fn opens_mailbox(head: &[u8]) -> bool {
    let mut lines = head.split(|b| *b == b'\n');
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    is_postmark(first) && (header(second).is_some() || second.starts_with(b">From "))
}

/// Whether a line opens a message in a mailbox.
pub(super) fn is_postmark(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> =
        rest.trim_ascii().split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).take(12).collect();
    let time =
        |word: &&[u8]| word.len() >= 4 && word.contains(&b':') && word.iter().all(|b| b.is_ascii_digit() || *b == b':');
    let year = |word: &&[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words.iter().any(time) && words.iter().any(year)
}

/// When the message behind this line was put into its mailbox.
pub(super) fn posted(postmark: &[u8]) -> String {
    let line = String::from_utf8_lossy(postmark);
    line.split_once(' ')
        .and_then(|(_, rest)| rest.trim().split_once(' '))
        .map(|(_, day)| day.trim().to_owned())
        .unwrap_or_default()
}

/// Whether a message begins so: headers of e-mail, of which some are only there.
pub(in crate::article) fn opens_message(head: &[u8]) -> bool {
    let (mut technical, mut usual, mut address) = (0, 0, false);
    for (number, line) in head.split(|b| *b == b'\n').enumerate().take(200) {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        let Some(name) = header(line) else {
            if number > 0 && (line.starts_with(b" ") || line.starts_with(b"\t")) {
                continue;
            }
            return false;
        };
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        technical += usize::from(TECHNICAL.contains(&name.as_str()));
        usual += usize::from(matches!(name.as_str(), "from" | "to" | "date" | "subject"));
        address |= name == "from" && line.contains(&b'@');
    }
    (technical >= 1 && usual >= 2) || (usual >= 3 && address)
}

/// Whether the first line is a header of any kind.
pub(in crate::article) fn opens_with_header(head: &[u8]) -> bool {
    header(head.split(|b| *b == b'\n').next().unwrap_or_default()).is_some()
}

/// The name in a line of a header.
fn header(line: &[u8]) -> Option<&[u8]> {
    let end = line.iter().take(80).position(|b| *b == b':').filter(|end| *end > 0)?;
    let name = line.get(..end)?;
    name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_').then_some(name)
}

/// The message without what no message has: messages in messages without end (beyond a number, they are attachments
/// of no kind) and parts without number (the rest is left out, and whether it was is told). An error where its headers are without number.
pub(super) fn tame(bytes: &[u8]) -> Result<(Cow<'_, [u8]>, bool), &'static str> {
    let (mut parts, mut headers, mut cut) = (0, 0, bytes.len());
    let mut at = 0;
    for line in bytes.split(|b| *b == b'\n') {
        headers = if header(line).is_some() { headers + 1 } else { 0 };
        if headers > MOST_HEADERS {
            return Err("more headers than any e-mail has");
        }
        parts += usize::from(line.starts_with(b"--"));
        if parts > MOST_PARTS {
            cut = at;
            break;
        }
        at += line.len() + 1;
    }
    // Words may be set apart by rules of hyphens, as many as there are.
    let multipart = || bytes.windows(10).any(|part| part.eq_ignore_ascii_case(b"multipart/"));
    let left_out = cut < bytes.len() && multipart();
    let bytes = if left_out { bytes.get(..cut).unwrap_or(bytes) } else { bytes };
    let mut nested: Vec<usize> = Vec::new();
    for at in memchr::memchr_iter(b'/', bytes) {
        let kind = |name: &[u8]| {
            let start = at.checked_sub(name.iter().position(|b| *b == b'/').unwrap_or(0));
            start
                .and_then(|start| bytes.get(start..start + name.len()))
                .is_some_and(|part| part.eq_ignore_ascii_case(name))
        };
        if kind(b"message/rfc822") || kind(b"message/global") || kind(b"multipart/digest") {
            nested.push(at);
        }
    }
    if nested.len() <= MOST_NESTED {
        return Ok((Cow::Borrowed(bytes), left_out));
    }
    let mut out = bytes.to_vec();
    for at in nested.into_iter().skip(MOST_NESTED) {
        if let Some(first) = out.get_mut(at + 1) {
            *first = b'x';
        }
    }
    Ok((Cow::Owned(out), left_out))
}

#[cfg(test)]
mod tests {
    use super::{opens_mailbox, opens_message, posted};

    #[test]
    fn what_is_mail() {
        let mail = |head: &str| opens_message(head.as_bytes());
        assert!(mail("Received: from a\n\tby b; Tue\nFrom: a@x.example\nSubject: Slip\n\nClosed."));
        assert!(mail(
            "From: Ada <a@x.example>\r\nDate: Tue, 5 Mar 2019 10:00:00 +0100\r\nSubject: Slip\r\n\r\nClosed."
        ));
        // Header lines of an article, a transcript, a recipe.
        assert!(!mail("Title: Slip\nDate: March 5, 2019\nAuthor: Ada Bell\n\nClosed."));
        assert!(!mail("From: Ada Bell\nDate: March 5, 2019\nSubject: Slip\n\nClosed."));
        assert!(!mail("WALLACE: Will it close?\nREED: It will."));
        assert!(!mail("From: Ada\nIt is closed.\nSubject: x\n"));
        assert!(!mail(""));
    }

    #[test]
    fn what_is_a_mailbox() {
        let mailbox = |head: &str| opens_mailbox(head.as_bytes());
        assert!(mailbox("From ada@x.example Tue Mar  5 10:00:00 2019\nSubject: Slip\n"));
        assert!(mailbox("From - Tue Mar 05 10:00:00 2019\r\nX-Mozilla-Status: 0001\r\n"));
        assert!(!mailbox("From Monday the slip is closed.\nIt was built in 1910.\n"));
        assert!(!mailbox("From the desk of Ada Bell, 10:00 on 5 March 2019\nClosed, they said.\n"));
        assert_eq!(posted(b"From ada@x.example Tue Mar  5 10:00:00 2019\n"), "Tue Mar  5 10:00:00 2019");
    }
}
