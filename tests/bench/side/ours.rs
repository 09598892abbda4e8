//! The program itself, asked as `search`, `count` and `export` ask it: one reader that stays open, the query read anew each time.

use std::path::Path;

use onrecord::archive::speakers::Speakers;
use onrecord::desk::count::Counting;
use onrecord::desk::question::{Question, Wish};
use onrecord::desk::stream::Asked;
use onrecord::index::{Facet, Grouping, Reader, Records, Sort};
use onrecord::text::day::Day;

use super::classes::{Among, Class, Test, Want};

/// The program with an index open.
pub(crate) struct Ours {
    reader: Reader,
    speakers: Speakers,
}

/// The question as it is typed.
pub(crate) fn typed(test: &Test, among: Among) -> String {
    let each = |words: &[&str], sign: &str, between: &str| {
        words.iter().map(|word| format!("{sign}{word}")).collect::<Vec<_>>().join(between)
    };
    let text = match test {
        Test::Word(word) => format!("={word}"),
        Test::Forms(word) => (*word).to_owned(),
        Test::And(words) => each(words, "=", " "),
        Test::Or(words) => each(words, "=", " OR "),
        Test::OrForms(words) => each(words, "", " OR "),
        Test::Phrase(words) => format!("=\"{}\"", words.join(" ")),
        Test::Near(one, other, most) => format!("={one} w/{most} ={other}"),
        Test::Prefix(begin) => format!("{begin}*"),
        Test::Fuzzy(word) => format!("{word}~1"),
        Test::Said(surname, word) => format!("speaker:{surname} ={word}"),
        Test::Days(word, from, to) => format!("={word} date:{from}..{to}"),
    };
    if among == Among::Bodies { format!("body:({text})") } else { text }
}

impl Ours {
    /// Opens an index.
    pub(crate) fn open(index: &Path) -> Result<Self, String> {
        let reader = Reader::open(index).map_err(|error| error.to_string())?;
        Ok(Self { reader, speakers: Speakers::default() })
    }

    /// Asks; gives how many records were given, or counted.
    pub(crate) fn ask(&self, test: &Test, class: &Class) -> Result<u64, String> {
        let text = typed(test, class.among);
        let failed = |error: onrecord::index::Error| format!("{text}: {error}");
        let question = Question::parse(&text).map_err(|problems| format!("{text}: {problems:?}"))?;
        let wish =
            |limit, count, sort| Wish { limit, count, sort, group: Grouping::None, today: Day::from_number(20_000) };
        let asked = Asked { question: Some(&question), speakers: &self.speakers };
        let records = if class.among == Among::Quotes { Records::Quotes } else { Records::Articles };
        let hits = |wish| match class.among {
            Among::Quotes => question.quotes(&self.reader, wish).map(|answer| (answer.hits.len() as u64, answer.total)),
            Among::Bodies => {
                question.articles(&self.reader, wish).map(|answer| (answer.hits.len() as u64, answer.total))
            }
        };
        match class.want {
            Want::Best => hits(wish(10, false, None)).map(|(hits, _)| hits).map_err(failed),
            Want::Newest => hits(wish(10, false, Some(Sort::DateDescending))).map(|(hits, _)| hits).map_err(failed),
            Want::Count => hits(wish(0, true, None)).map(|(_, total)| total.unwrap_or(0)).map_err(failed),
            Want::Facet => {
                let counting = Counting { records, by: vec![Facet::Outlet], per_articles: false };
                let tally = asked.count(&self.reader, wish(usize::MAX, false, None), &counting).map_err(failed)?;
                Ok(tally.rows.iter().map(|row| row.count).sum())
            }
            Want::Everything => {
                let all = asked.quotes(&self.reader, wish(usize::MAX, false, Some(Sort::DateDescending)), 0);
                let mut count = 0;
                for hit in all.map_err(failed)? {
                    count += u64::from(!hit.map_err(failed)?.quote.is_empty());
                }
                Ok(count)
            }
        }
    }
}
