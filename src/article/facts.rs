//! What is known about an article beside its text, and how it is tidied: one way for every format.
//!
//! A reader collects [`Facts`] as they are written (a column, a member, a meta element, a header line);
//! [`Facts::onto`] turns them into the article's own fields and says what could not be understood.

use super::fields::Field;
use super::published::{self, Written};
use super::read::ReadOptions;
use super::{Article, Part, dateline, entities};
use crate::text::day::PartialDate;
use crate::text::problem::{Place, Problem};

/// Facts about one article, as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// For each field its value, and how good the name was that it came under.
    values: [Option<(usize, String)>; Field::ALL.len()],
}

/// A date that cannot be read counts for less than any that can.
const UNREADABLE: usize = 1000;

impl Facts {
    /// Keeps `value`, where it says anything and nothing was kept for this field before.
    pub(super) fn offer(&mut self, field: Field, value: impl AsRef<str>) {
        self.offer_ranked(field, 0, value.as_ref());
    }

    /// Keeps `value`, where it says anything and nothing of as good a rank (0 is best) was kept before.
    pub(super) fn offer_ranked(&mut self, field: Field, rank: usize, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let unreadable = field == Field::Date && published::read(value).is_none();
        let rank = if unreadable { rank + UNREADABLE } else { rank };
        if let Some(place) = self.values.get_mut(field.place())
            && place.as_ref().is_none_or(|(kept, _)| rank < *kept)
        {
            *place = Some((rank, value.to_owned()));
        }
    }

    /// Keeps `value` instead of what was kept before, where it says anything.
    pub(super) fn replace(&mut self, field: Field, value: &str) {
        if let Some(place) = self.values.get_mut(field.place())
            && !value.trim().is_empty()
        {
            *place = Some((0, value.to_owned()));
        }
    }

    /// Keeps what `others` know and these do not, or under a worse name.
    pub(super) fn offer_all(&mut self, others: &Self) {
        for (place, other) in self.values.iter_mut().zip(&others.values) {
            if let Some((rank, _)) = other
                && place.as_ref().is_none_or(|(kept, _)| rank < kept)
            {
                place.clone_from(other);
            }
        }
    }

    /// What was kept for this field.
    pub(super) fn get(&self, field: Field) -> Option<&str> {
        self.values.get(field.place())?.as_ref().map(|(_, value)| value.as_str())
    }

    /// Gives the facts to an article; its text, body and what it already has are left alone. A dateline at the
    /// head of the body gives the day where nothing else does. Returns what could not be understood.
    pub(super) fn onto(&self, article: &mut Article, options: &ReadOptions) -> Vec<Problem> {
        let mut problems = Vec::new();
        if article.headline.is_none() {
            article.headline = self.get(Field::Title).and_then(one_line).map(Part::Beside);
        }
        if article.byline.is_none() {
            article.byline = self.get(Field::Byline).and_then(byline).map(Part::Beside);
        }
        article.section = article.section.take().or_else(|| self.get(Field::Section).and_then(one_line));
        article.lang = article.lang.take().or_else(|| self.get(Field::Lang).and_then(language));
        article.url = article.url.take().or_else(|| self.get(Field::Url).and_then(address));
        article.given_id = article.given_id.take().or_else(|| self.get(Field::Id).and_then(one_line));
        article.outlet = article.outlet.take().or_else(|| self.get(Field::Outlet).and_then(one_line));
        if article.outlet.is_none() {
            article.outlet.clone_from(&options.outlet);
        }
        if article.published.is_none() {
            let (date, problem) = self.get(Field::Date).map_or((None, None), date);
            article.published = sharper(date, options.published);
            problems.extend(problem);
        }
        if !matches!(article.published, Some(PartialDate::Day(_)))
            && let Some(line) = dateline::read(article.body())
            && let Some(day) = dateline::published(line, article.published)
        {
            article.published = Some(day);
        }
        problems
    }
}

/// What the article says of its day, unless the folder knows it to a finer grain.
fn sharper(said: Option<PartialDate>, known: Option<PartialDate>) -> Option<PartialDate> {
    match (said, known) {
        (Some(said), Some(known)) => {
            let inside = said.first_day() <= known.first_day() && known.last_day() <= said.last_day();
            Some(if inside { known } else { said })
        }
        (said, known) => said.or(known),
    }
}

/// Reads a date of metadata, with what is odd about it.
pub(super) fn date(text: &str) -> (Option<PartialDate>, Option<Problem>) {
    match published::read(text) {
        Some(Written::Date(date)) => (Some(date), None),
        Some(Written::Ambiguous(year)) => {
            let said = format!("the day `{}` can be read in two ways; only its year is kept", shown(text));
            (Some(PartialDate::Year(year)), Some(Problem::new(Place::Whole, said).hint("write days as 2019-03-05")))
        }
        None => {
            let said = format!("the date `{}` is not understood", shown(text));
            (None, Some(Problem::new(Place::Whole, said).hint("write days as 2019-03-05")))
        }
    }
}

fn shown(text: &str) -> String {
    let text = text.trim();
    let mut cut: String = text.chars().take(40).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

/// On one line, without the blanks around it and with HTML's character references resolved.
pub(super) fn one_line(text: &str) -> Option<String> {
    let text = entities::decode(text);
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    (!line.is_empty()).then_some(line)
}

/// The names in a byline: `By Ada Bell` is "Ada Bell".
pub(super) fn byline(text: &str) -> Option<String> {
    let line = one_line(text)?;
    let names =
        without_by(&line).trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | ':' | '-' | '–' | '—'));
    (names.chars().any(char::is_alphabetic)).then(|| names.to_owned())
}

/// The line behind `By `, `BY ` or `Written by `.
pub(super) fn without_by(line: &str) -> &str {
    for opening in ["written by ", "posted by ", "reported by ", "by "] {
        if let Some(head) = line.get(..opening.len())
            && head.eq_ignore_ascii_case(opening)
        {
            return line.get(opening.len()..).unwrap_or_default().trim_start();
        }
    }
    line
}

/// `en-US`, `en_US` and `English` are `en`.
fn language(text: &str) -> Option<String> {
    let text = text.trim();
    let tag = text.split(['-', '_', ',', ';', ' ']).next()?.to_lowercase();
    let named = match tag.as_str() {
        "english" | "eng" => "en",
        "german" | "deutsch" | "deu" | "ger" => "de",
        "french" | "français" | "fra" | "fre" => "fr",
        "spanish" | "español" | "spa" => "es",
        "italian" | "italiano" | "ita" => "it",
        _ => tag.as_str(),
    };
    let plain = (2..=3).contains(&named.len()) && named.bytes().all(|b| b.is_ascii_lowercase());
    plain.then(|| named.to_owned())
}

fn address(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.contains(char::is_whitespace) && text.len() <= 4096).then(|| text.to_owned())
}
