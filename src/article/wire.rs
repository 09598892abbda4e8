//! What the formats of news agencies have in common: codes, the status of an item, its kind, how days are written.
//!
//! An item that its agency has withdrawn is no article: what it says is not on record. An embargo does not matter to
//! an archive, but an item came out no sooner than it ended.

use super::published;
use crate::text::problem::{Place, Problem};

/// The code in a name from a controlled vocabulary: `stat:usable` and `http://.../pubstatus/usable` are `usable`.
pub(super) fn code(name: &str) -> &str {
    name.trim().trim_end_matches('/').rsplit([':', '/', '#']).next().unwrap_or(name)
}

/// Why an item of this status is no article.
pub(super) fn withdrawn(status: &str) -> Option<Problem> {
    let status = code(status).to_ascii_lowercase();
    let said = match status.as_str() {
        "withheld" => "withheld by its agency: not to be published",
        "canceled" | "cancelled" => "withdrawn by its agency (its status is canceled)",
        _ => return None,
    };
    Some(Problem::new(Place::Whole, said))
}

/// Whether an item of this status must not be published yet.
pub(super) fn embargoed(status: &str) -> bool {
    code(status).eq_ignore_ascii_case("embargoed")
}

/// How the reason ends why an item of another kind is skipped.
pub(super) const NO_ARTICLE: &str = ", not an article";

/// Why an item of this kind is no article, where it has no text of its own.
pub(super) fn other_than_text(class: &str) -> Option<Problem> {
    let said = match code(class).to_ascii_lowercase().as_str() {
        "picture" | "photo" | "still" => "a picture",
        "graphic" => "a graphic",
        "animated" | "animation" => "an animation",
        "video" => "a video",
        "audio" => "a sound recording",
        "event" | "planning" | "newscoverage" => "an entry of a calendar",
        "component" | "webpage" => "a piece of a page",
        _ => return None,
    };
    Some(Problem::new(Place::Whole, format!("{said}{NO_ARTICLE}")))
}

/// A day and a time as ISO 8601 writes them with a `T` between, of what agencies write: `20080219`,
/// `20080219T030405-0500`, but also `20080219-0500` and `20080219030405-0500`.
pub(super) fn moment(written: &str) -> String {
    let written = written.trim();
    let width = written.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, zone) = written.split_at_checked(width).unwrap_or((written, ""));
    let zoned = zone.is_empty() || zone.starts_with(['+', '-', 'Z']);
    match (digits.split_at_checked(8), width) {
        // Without a time, a zone says nothing.
        (Some((day, _)), 8) if zoned => day.to_owned(),
        (Some((day, "000000")), 14) if zoned => day.to_owned(),
        (Some((day, time)), 14) if zoned => format!("{day}T{time}{zone}"),
        _ => written.to_owned(),
    }
}

/// When an item came out: when its version was made, or when its embargo ended, where that is a later day.
pub(super) fn released(made: Option<String>, embargo: Option<String>) -> Option<String> {
    let day = |written: &String| published::read_sure(written).map(|date| date.first_day());
    match (made, embargo) {
        (Some(made), Some(embargo)) => match (day(&made), day(&embargo)) {
            (Some(first), Some(second)) if second > first => Some(embargo),
            (None, Some(_)) => Some(embargo),
            _ => Some(made),
        },
        (made, embargo) => made.or(embargo),
    }
}

/// The names in a byline, without the word for "by" of some languages.
pub(super) fn names(byline: &str) -> &str {
    let byline = byline.trim();
    let opened = ["Von ", "VON ", "Par ", "PAR ", "Por ", "POR ", "Av ", "AV ", "Door ", "DOOR "];
    opened.iter().find_map(|by| byline.strip_prefix(by)).unwrap_or(byline)
}

/// Whether an address is one of the web.
pub(super) fn is_address(text: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}

#[cfg(test)]
mod tests {
    use super::{code, moment, names, released};

    #[test]
    fn codes() {
        assert_eq!(code("stat:usable"), "usable");
        assert_eq!(code("http://cv.iptc.org/newscodes/pubstatusg2/canceled/"), "canceled");
        assert_eq!(code("Usable"), "Usable");
    }

    #[test]
    fn moments() {
        for (written, expected) in [
            ("20080219", "20080219"),
            ("20080219-0500", "20080219"),
            ("20080219000000-0500", "20080219"),
            ("20080219030405-0500", "20080219T030405-0500"),
            ("20080219T030405Z", "20080219T030405Z"),
            ("2008-02-19T03:04:05+01:00", "2008-02-19T03:04:05+01:00"),
            ("19 Feb 2008", "19 Feb 2008"),
        ] {
            assert_eq!(moment(written), expected);
        }
    }

    #[test]
    fn embargoes() {
        let said = |text: &str| Some(text.to_owned());
        let check = |made: &str, embargo: &str, expected: &str| {
            assert_eq!(released(said(made), said(embargo)), said(expected), "{made}, {embargo}");
        };
        check("2018-10-21T16:00:00-05:00", "2018-10-23T12:00:00Z", "2018-10-23T12:00:00Z");
        check("2018-10-21T16:00:00-05:00", "2018-10-21T18:00:00-05:00", "2018-10-21T16:00:00-05:00");
        check("2018-10-21", "until the speech", "2018-10-21");
        assert_eq!(names("Von Jo Lund"), "Jo Lund");
        assert_eq!(names("Vonda Reed"), "Vonda Reed");
    }
}
