//! Who wrote the article of a page: the names that it gives to programs, and those that readers see beside the headline.
//!
//! Names only: no "By", no role, no handle; several are kept in their order. What readers see is believed where programs are told
//! the name of the house or of an account.

use super::blocks::{Block, Outline};
use super::linked::Linked;
use super::marks;
use super::top::{self, Top};
use crate::article::byline_words as words;
use crate::article::facts::{self, Facts, one_line};
use crate::article::fields::Field;
use crate::article::plain;

/// Names of meta elements that give the writers, best first.
const NAMES: [&str; 17] = [
    "author",
    "item:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "byline",
    "cxenseparse:author",
    "article:author",
    "article:author:name",
    "og:author",
    "creator",
    "rbauthors",
    "authors",
];

/// No page has more writers.
const MOST_NAMES: usize = 200;

/// Offers the byline.
pub(super) fn read(metas: &[(String, String)], told: &Linked, outline: &Outline, top: &Top<'_>, facts: &mut Facts) {
    let site = facts.get(Field::Outlet).map(top::folded);
    let is_house = |name: &str| site.as_deref().is_some_and(|site| !site.is_empty() && (top::folded(name) == site));
    let good = |names: &[String]| -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for name in names.iter().take(MOST_NAMES).flat_map(|name| split(name)).take(MOST_NAMES) {
            if !is_account(&name)
                && !is_house(&name)
                && !kept.iter().any(|known| top::folded(known) == top::folded(&name))
            {
                kept.push(name);
            }
        }
        kept
    };
    let meta = NAMES.iter().map(|name| {
        let values = metas.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone());
        good(&values.collect::<Vec<_>>())
    });
    let labelled = |number: u8| {
        let value = |name: String| metas.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        value(format!("twitter:label{number}"))
            .filter(|label| is_label(label))
            .and_then(|_| value(format!("twitter:data{number}")))
    };
    let card: Vec<String> = [1, 2].into_iter().filter_map(labelled).collect();
    let (seen, _) = seen(outline, top);
    let seen = good(&seen);
    let candidates = [good(&told.persons)].into_iter().chain(meta).chain([good(&card)]);
    let names = candidates.into_iter().find(|names| !names.is_empty());
    let names = match (names, seen.is_empty()) {
        (Some(names), _) => names,
        (None, false) => seen,
        (None, true) => {
            // A house is better than nobody.
            let any = told.houses.iter().chain(&told.persons).map(String::as_str);
            let any = any.chain(NAMES.iter().flat_map(|name| {
                metas.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
            }));
            any.filter(|name| !name.contains("://") && (name.contains(' ') || !name.contains(['.', '{', '@', '<'])))
                .take(1)
                .flat_map(split)
                .collect()
        }
    };
    if !names.is_empty() {
        facts.offer(Field::Byline, joined(&names));
    }
}

/// `Ada Bell, Tom Reed and Jo Lund`.
fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The single names of a value: `By Ada Bell and Tom Reed, Staff Writers`.
fn split(value: &str) -> Vec<String> {
    let Some(line) = facts::byline(value) else { return Vec::new() };
    let line = line.split(['|', '•', '·', '\n']).next().unwrap_or_default().to_owned();
    let mut names: Vec<String> = Vec::new();
    for piece in
        line.split([',', ';', '&', '/']).flat_map(|piece| piece.split(" and ")).flat_map(|piece| piece.split(" und "))
    {
        let name = piece
            .trim()
            .trim_start_matches("and ")
            .trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
        let name = facts::without_by(name).trim();
        match names.last_mut() {
            // `Ada Bell, MD`: what stands behind a name in capitals belongs to it.
            Some(last) if is_degree(name) => *last = format!("{last}, {name}"),
            // `Ada Bell, Harbour Editor`
            Some(_) if name.split_whitespace().any(is_role) => {}
            _ if name.is_empty() || name.contains("://") || name.starts_with('@') || is_role(name) => {}
            _ => names.push(name.to_owned()),
        }
    }
    names
}

/// MD, Ph.D., FOMA: a degree or an honour.
fn is_degree(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    (2..=6).contains(&letters)
        && !name.contains(' ')
        && capitals * 2 >= letters
        && (capitals == letters || name.contains('.'))
}

/// Whether it is a role or a title: `Senior Editor`, `Special to the News`.
fn is_role(name: &str) -> bool {
    let mut all = name.split_whitespace().peekable();
    let role = |word| words::is_folded(word, words::OCCUPATION | words::ROLE) || words::is(word, words::LINK);
    all.peek().is_some() && all.all(role)
}

/// Whether a name is that of an account or a placeholder.
fn is_account(name: &str) -> bool {
    let count = name.split_whitespace().count();
    let plain = words::is_folded(name, words::ACCOUNT);
    let code = count == 1
        && (name.contains(['_', '@', '.', '{', '<'])
            || !name.contains(char::is_uppercase)
            || name.chars().any(|c| c.is_ascii_digit()));
    plain || code || count > 8 || name.len() > 70 || !name.contains(char::is_alphabetic)
}

/// Whether a line labels the writer, above a name or in `twitter:label1`.
fn is_label(line: &str) -> bool {
    words::is_folded(line.trim().trim_end_matches(':').trim(), words::LABEL)
}

/// The names that the page signs with, and whether a word or a link says that they are the writers'.
fn seen(outline: &Outline, top: &Top<'_>) -> (Vec<String>, bool) {
    let near: Vec<(usize, &Block)> = top.blocks().filter(|(place, _)| Some(*place) != top.headline()).collect();
    let by = near.iter().map(|(place, block)| signed(outline, *place, block, true)).find(|names| !names.is_empty());
    if let Some(names) = by {
        return (names, true);
    }
    // A link to a page about the writer.
    let links = outline.signatures.iter().filter(|signature| near.iter().any(|(place, _)| *place == signature.block));
    let mut linked: Vec<String> = Vec::new();
    for signature in links {
        let words =
            outline.blocks.get(signature.block).and_then(|block| block.text.get(signature.start..signature.end));
        linked.extend(words.and_then(name));
    }
    if !linked.is_empty() {
        linked.truncate(4);
        return (linked, true);
    }
    let marked = |block: &Block| {
        let reach = outline.reach(block, marks::AUTHOR).is_some_and(|steps| steps <= 3);
        if reach { block.pieces().next().and_then(name) } else { None }
    };
    if let Some(name) = near.iter().find_map(|(_, block)| marked(block)) {
        return (vec![name], false);
    }
    let own = |block: &&Block| block.text.len() <= 120 && !FOREIGN.iter().any(|mark| outline.has(block, *mark));
    let elsewhere = outline.blocks.iter().enumerate().filter(|(place, _)| Some(*place) != top.headline());
    let elsewhere: Vec<(usize, &Block)> = elsewhere.filter(|(_, block)| own(block)).collect();
    let mut by = elsewhere.iter().map(|(place, block)| signed(outline, *place, block, false));
    if let Some(names) = by.find(|names| !names.is_empty()) {
        return (names, true);
    }
    (elsewhere.iter().find_map(|(_, block)| marked(block)).into_iter().collect(), false)
}

/// Where others sign.
const FOREIGN: [u8; 3] = [marks::COMMENTS, marks::RELATED, marks::CARDS];

/// The names that a block signs with: `By Ada Bell`, or a label with the name behind it or in the next block.
fn signed(outline: &Outline, place: usize, block: &Block, inside: bool) -> Vec<String> {
    let line = block.text.lines().next().unwrap_or_default();
    if is_label(line) {
        let next = outline.blocks.get(place + 1);
        return next.and_then(|next| name(next.pieces().next()?)).into_iter().collect();
    }
    let mut pieces: Vec<&str> = block.pieces().filter(|piece| piece.len() <= 120).collect();
    // `By` and the name in two elements.
    if pieces.len() > 1 && block.text.len() <= 120 && !block.text.contains('\n') {
        pieces.push(&block.text);
    }
    for piece in pieces {
        let without = facts::without_by(piece);
        let label = piece.split_once(':').filter(|(label, _)| is_label(label)).map(|(_, rest)| rest.trim());
        let inner = || {
            let short = inside && piece.split_whitespace().count() <= 14;
            let at = piece.find(" by ").or_else(|| piece.find(" By ")).filter(|_| short)?;
            piece.get(at + 4..)
        };
        let other = || behind_by(piece);
        let signed = label.or_else(|| (without.len() < piece.len()).then_some(without)).or_else(other).or_else(inner);
        if let Some(names) = signed.map(signature).filter(|names| !names.is_empty()) {
            return names;
        }
    }
    Vec::new()
}

/// The names behind "by" in other languages, where nothing else stands there: `Von Ada Bell`, `Par Tom Reed et Jo Lund`.
fn behind_by(line: &str) -> Option<&str> {
    let (_, names) = line.split_once(' ').filter(|(opening, _)| words::is(opening, words::OPENING))?;
    // What stands behind a sign is a day or a place.
    let names = names.split(['|', '•', '·', '–', '—']).next().unwrap_or_default().trim();
    let count = names.split_whitespace().count();
    let all = signature(names).iter().map(|name| name.split_whitespace().count()).sum::<usize>();
    // "and" in between is no name.
    ((2..=8).contains(&count) && all + 1 >= count).then_some(names)
}

/// Whether a line is a byline and nothing else.
pub(super) fn is_byline(line: &str) -> bool {
    plain::is_byline(line) || behind_by(line).is_some()
}

/// The names that a byline begins with, up to where they end: `Ada Bell and Tom Reed | March 5`, `Ada Bell in Port Ellery`.
fn signature(line: &str) -> Vec<String> {
    let head = line.split(['|', '•', '·', '(', '–', '—', '\n', ':']).next().unwrap_or_default();
    let mut taken: Vec<&str> = Vec::new();
    let mut all = head.split_whitespace().peekable();
    while let Some(word) = all.next() {
        let digit = all.peek().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        let joins = words::is(plain, words::JOIN) || word == "&";
        let capital = plain.starts_with(char::is_uppercase);
        if !(capital || (joins && !taken.is_empty()))
            || plain.chars().any(|c| c.is_ascii_digit())
            || (is_calendar(plain) && (digit || plain.len() > 3 && !is_month(plain)))
        {
            break;
        }
        taken.push(word);
    }
    while taken.last().is_some_and(|word| !word.starts_with(char::is_uppercase)) {
        taken.pop();
    }
    let names = split(&taken.join(" "));
    let plausible = names.iter().all(|name| name.split_whitespace().count() <= 5 && name.len() <= 50);
    if plausible { names } else { Vec::new() }
}

fn is_month(word: &str) -> bool {
    crate::article::published::month_named(word).is_some()
}

fn is_calendar(word: &str) -> bool {
    is_month(word) || words::is_folded(word, words::WEEKDAY | words::STAMP)
}

/// The one name that a short block is.
fn name(text: &str) -> Option<String> {
    let line = one_line(text)?;
    let line = facts::byline(&line)?;
    let line = line.split([',', '|', '•', '·', '(']).next()?.trim().to_owned();
    let count = line.split_whitespace().count();
    let fits = (1..=5).contains(&count)
        && line.len() <= 50
        && line.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || words::is(word, words::JOIN))
        && !line.chars().any(|c| c.is_ascii_digit() || matches!(c, '!' | '?' | ':' | '@' | '"'))
        && !is_label(&line)
        && !is_role(&line)
        && !is_account(&line)
        && !(count == 1 && line.len() <= 3)
        && !is_chrome(&line);
    fits.then_some(line)
}

/// Words of the page's own furniture that look like names.
fn is_chrome(line: &str) -> bool {
    line.split_whitespace().any(|word| words::is_folded(word, words::CHROME))
}
