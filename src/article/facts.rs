//! What is known about an article beside its text, and how it is tidied: one way for every format.
//!
//! A reader collects [`Facts`] as they are written (a column, a member, a meta element, a header line);
//! [`Facts::onto`] turns them into the article's own fields and says what could not be understood.

use super::fields::Field;
use super::published::{self, Written};
use super::read::ReadOptions;
use super::{Article, DateSource, Part, address, dateline, entities};
use crate::text::day::PartialDate;
use crate::text::problem::{Place, Problem};
use crate::text::zone::Zone;

/// Facts about one article, as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// For each field its value, and how good the name was that it came under.
    values: [Option<(usize, String)>; Field::ALL.len()],
    /// A date that stands beside the headline.
    near: Option<String>,
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

    /// Keeps a date that stands beside the headline for readers, where none was kept before.
    pub(super) fn offer_near(&mut self, date: &str) {
        if self.near.is_none() && published::read(date).is_some() {
            self.near = Some(date.to_owned());
        }
    }

    /// Gives the facts to an article; its text, body and what it already has are left alone. Returns what could not be
    /// understood.
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
            problems.extend(self.publish(article, options));
        }
        problems
    }

    /// Gives an article its day of publication, by the first of all that tell it; what tells it to a finer grain is
    /// preferred where it lies inside.
    fn publish(&self, article: &mut Article, options: &ReadOptions) -> Option<Problem> {
        let (said, problem) = self.get(Field::Date).map_or((None, None), |text| date(text, options.zone));
        if let Some(PartialDate::Day(_)) = said {
            (article.published, article.date_source) = (said, Some(DateSource::Metadata));
            return problem;
        }
        let by_url = article.url.as_deref().and_then(address::date);
        let by_text = self.near.as_deref().and_then(|text| date(text, options.zone).0);
        let by_path = options.published_by_path.filter(|date| is_kept(*date));
        let known = [said, by_path, by_url, by_text, options.published].into_iter().flatten().next();
        let by_line = dateline::read(article.body()).and_then(|line| dateline::published(line, known));
        // Without a year of its own, a dateline counts for less than a day that the user gives.
        let given = options.published.filter(|date| matches!(date, PartialDate::Day(_)) && Some(*date) == known);
        let by_line = by_line.filter(|(_, complete)| *complete || given.is_none()).map(|(date, _)| date);
        let told = [
            (DateSource::Metadata, said),
            (DateSource::Path, by_path),
            (DateSource::Dateline, by_line),
            (DateSource::Url, by_url),
            (DateSource::Text, by_text),
            (DateSource::Option, options.published),
        ];
        let told = told.into_iter().filter_map(|(source, date)| Some((source, date?)));
        let best = told.reduce(|best, next| if sharpens(next.1, best.1) { next } else { best });
        article.published = best.map(|(_, date)| date);
        article.date_source = best.map(|(source, _)| source);
        problem
            .or_else(|| options.published_by_path.filter(|date| !is_kept(*date)).map(|date| outside(&date.to_string())))
    }
}

/// Whether `one` says more than `other` and does not contradict it.
fn sharpens(one: PartialDate, other: PartialDate) -> bool {
    one != other && other.first_day() <= one.first_day() && one.last_day() <= other.last_day()
}

fn is_kept(date: PartialDate) -> bool {
    published::YEARS.contains(&date.first_day().year())
}

fn outside(text: &str) -> Problem {
    let (first, last) = published::YEARS.into_inner();
    Problem::new(Place::Whole, format!("the date `{}` is not kept: years go from {first} to {last}", shown(text)))
}

/// Reads a date of metadata, with what is odd about it.
fn date(text: &str, zone: Option<Zone>) -> (Option<PartialDate>, Option<Problem>) {
    match published::read_in(text, zone) {
        Some(Written::Date(date)) => (Some(date), None),
        Some(Written::Ambiguous { day_first, .. }) => {
            let said = format!("the day `{}` can be read in two ways; only its year is kept", shown(text));
            (
                Some(PartialDate::Year(day_first.year())),
                Some(Problem::new(Place::Whole, said).hint("write days as 2019-03-05")),
            )
        }
        None => {
            let problem = if published::is_outside(text) {
                outside(text)
            } else {
                let said = format!("the date `{}` is not understood", shown(text));
                Problem::new(Place::Whole, said).hint("write days as 2019-03-05")
            };
            (None, Some(problem))
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
