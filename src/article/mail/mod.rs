//! E-mail: a message an article, alone in a file or in a mailbox of many.
//!
//! Press offices and newsletters send articles so, and lists archive them. The subject is the headline, the sender the
//! byline, the list the outlet. The text is the plain one, where the message has one that says anything; else its HTML.
//! Attachments, also messages that are attached, are passed over.

mod flowed;
mod head;
mod mailbox;

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::{Address, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

pub(super) use head::{opens_mailbox, opens_message, opens_with_header};
pub(super) use mailbox::Mailbox;

use super::fields::Field;
use super::read::ReadOptions;
use super::story::Story;
use super::{Reading, Source, charset, prose, tags, wire};
use crate::text::problem::{Place, Problem};

/// A message beyond this is its attachments.
pub(super) const LARGEST: u64 = 64 * 1024 * 1024;

/// Reads a message.
pub(super) fn read(place: Source, bytes: Vec<u8>, options: &ReadOptions) -> Reading {
    match story(&bytes, None) {
        Ok(story) => story.into_reading(&place, options),
        Err(problem) => Reading::Skipped(problem),
    }
}

/// The bytes that base64 stands for, in mail and elsewhere; white space does not count.
pub(super) fn unpacked(packed: &str) -> Option<Vec<u8>> {
    base64_decode(packed.as_bytes())
}

/// The story in a message; `sent` is when it was put into its mailbox.
fn story(bytes: &[u8], sent: Option<&str>) -> Result<Story, Problem> {
    let (bytes, left_out) = head::tame(bytes).map_err(|said| Problem::new(Place::Whole, said))?;
    let Some(message) = MessageParser::default().parse(bytes.as_ref()) else {
        return Err(Problem::new(Place::Whole, "no e-mail: it begins with no header"));
    };
    let mut story = Story::default();
    if left_out {
        story.problems.push(Problem::new(Place::Whole, "more parts than any e-mail has: the rest is left out"));
    }
    read_headers(&message, &mut story);
    story.facts.offer_ranked(Field::Date, 5, sent.unwrap_or_default());
    let (text, signature) = flowed::signature(text(&message, &bytes));
    (story.text, story.below) = (text, signature);
    if !story.has_text() && story.facts.get(Field::Title).is_none() {
        return Err(Problem::new(Place::Whole, "a message without a text or a subject"));
    }
    Ok(story)
}

fn read_headers(message: &Message<'_>, story: &mut Story) {
    let facts = &mut story.facts;
    let raw = |name: &'static str| message.header_raw(name).map(str::trim).unwrap_or_default();
    facts.offer(Field::Title, message.subject().unwrap_or_default());
    facts.offer(Field::Byline, message.from().or_else(|| message.sender()).map(names).unwrap_or_default());
    // As written: the zone belongs to it.
    facts.offer_ranked(Field::Date, 0, raw("Date"));
    let received = raw("Received").rsplit(';').next().unwrap_or_default();
    facts.offer_ranked(Field::Date, 4, received);
    facts.offer(Field::Outlet, message.list_id().as_address().and_then(list).unwrap_or_default());
    facts.offer(Field::Outlet, message.header("Organization").and_then(|value| value.as_text()).unwrap_or_default());
    facts.offer(Field::Lang, raw("Content-Language"));
    facts.offer(Field::Id, message.message_id().unwrap_or_default());
    let archived = raw("Archived-At").trim_matches(['<', '>']);
    if wire::is_address(archived) {
        facts.offer(Field::Url, archived);
    }
}

/// The names of the senders; of one without a name, the address.
fn names(address: &Address<'_>) -> String {
    let name = |addr: &mail_parser::Addr<'_>| {
        let name = addr.name().map(str::trim).filter(|name| !name.is_empty());
        name.or(addr.address()).map(|name| name.trim_matches(['"', '\'']).to_owned())
    };
    address.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// The name of a list: `Harbour News <news.harbour.example>`.
fn list(address: &Address<'_>) -> Option<String> {
    let first = address.first()?;
    first.name().or(first.address()).map(str::to_owned)
}

/// A plain text shorter than this may be a note that there is a better one.
const STUB: usize = 400;

/// The text of a message.
fn text(message: &Message<'_>, raw: &[u8]) -> String {
    let joined = |parts: &[u32]| {
        let mut text = String::new();
        for part in parts.iter().filter_map(|number| message.parts.get(usize::try_from(*number).ok()?)) {
            match &part.body {
                PartType::Text(_) => add(&mut text, &words(part, raw)),
                PartType::Html(_) => add(&mut text, &tags::words_of(&words(part, raw))),
                _ => {}
            }
        }
        text
    };
    // Parts of both (a footer that a list puts under every message) are no forms of the text: they say nothing about which is better.
    let (plain, pages) = (&message.text_body, &message.html_body);
    let only = |these: &[u32], others: &[u32]| -> Vec<u32> {
        these.iter().filter(|part| !others.contains(part)).copied().collect()
    };
    let said = joined(&only(plain, pages)).trim().len();
    let better = said < STUB && joined(&only(pages, plain)).len() > said * 2;
    joined(if better { pages } else { plain })
}

fn add(text: &mut String, more: &str) {
    if !more.trim().is_empty() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(more.trim_end());
    }
}

/// The words of a part: HTML as it is, a plain text with its lines.
fn words<'a>(part: &'a MessagePart<'_>, raw: &[u8]) -> Cow<'a, str> {
    let Some(text) = part.text_contents() else { return Cow::Borrowed("") };
    let mut text = Cow::Borrowed(text);
    if text.contains('\u{FFFD}') && part.encoding == Encoding::None {
        // Sent as bytes without a word on their character set.
        let body = raw.get(part.raw_body_offset() as usize..part.raw_end_offset() as usize).unwrap_or_default();
        text = Cow::Owned(charset::decode(body.to_vec(), None).0);
    }
    if part.is_text_html() {
        return text;
    }
    let kind = part.content_type();
    let said = |name: &str, value: &str| {
        kind.and_then(|kind| kind.attribute(name)).is_some_and(|said| said.eq_ignore_ascii_case(value))
    };
    let kept = prose::kept(&text);
    Cow::Owned(if said("format", "flowed") { flowed::join(&kept, said("delsp", "yes")) } else { kept })
}
