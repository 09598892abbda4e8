//! `onrecord show`: articles with their quotations marked in place, or quotations.
//!
//! Of several ids, each is shown as it is read; what has none of them is said, and does not keep the others back.

use std::io::BufRead;
use std::slice;

use anyhow::{Context, anyhow};

use crate::archive::speakers::{Speakers, SpeakersFile};
use crate::desk::reasons::give_reasons;
use crate::desk::speakers::apply::{name_article, name_quote};
use crate::index::{Found, Reader};
use crate::render::field::{ArticleField, Fields, QuoteField};
use crate::render::{line, page};

use super::output::Output;
use super::plan::ShowPlan;
use super::search::note_outdated;
use super::{Ending, Said};

pub(crate) fn run(plan: &ShowPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let reader = Reader::open(&plan.index)?;
    let speakers = SpeakersFile::beside(&plan.index).read()?;
    let mut shown = Shown { plan, reader: &reader, speakers: &speakers, found: 0, wrong: 0 };
    for id in &plan.ids {
        if id != "-" {
            shown.show(id, output)?;
            continue;
        }
        for line in std::io::stdin().lock().lines() {
            let line = line.context("cannot read stdin")?;
            // Of a line of TSV, the id is the first column that can be one, wherever `--fields` put it.
            let columns = || line.split('\t').map(str::trim);
            let whole = |column: &&str| column.len() == 16 && column.bytes().all(|b| b.is_ascii_hexdigit());
            let id = columns().find(whole).or_else(|| columns().next()).unwrap_or_default();
            if !id.is_empty() {
                shown.show(id, output)?;
            }
        }
    }
    match shown {
        Shown { wrong: 1.., .. } => Err(Said.into()),
        Shown { found: 0, .. } => Ok(Ending::NothingFound),
        _ => Ok(Ending::Done),
    }
}

struct Shown<'a> {
    plan: &'a ShowPlan,
    reader: &'a Reader,
    speakers: &'a Speakers,
    /// How many were shown, and how many ids made no sense.
    found: u64,
    wrong: u64,
}

impl Shown<'_> {
    fn show(&mut self, typed: &str, output: &mut Output) -> anyhow::Result<()> {
        // Cards write `q:` and `a:` before an id: what is copied from there is taken as it is.
        let id = typed.trim();
        let id = id.strip_prefix("q:").or_else(|| id.strip_prefix("a:")).unwrap_or(id);
        let found = self.reader.find(id)?;
        let error = match found {
            Found::Article(..) | Found::Quote(_) => {
                if self.found > 0 && !self.plan.json {
                    output.data("\n")?;
                }
                self.found += 1;
                let bytes = self.written(found, output)?;
                return output.data(bytes);
            }
            Found::Nothing => {
                output.note(&format!("nothing in {} has an id that begins with `{id}`", self.plan.index.display()));
                return Ok(());
            }
            Found::Several(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                anyhow!("`{id}` begins several ids: {}\nhelp: write more of it", ids.join(", "))
            }
            Found::NotAnId => anyhow!(
                "`{id}` is no id\nhelp: an id is 16 hex digits, or the first 4 or more of them, as `search` shows them"
            ),
        };
        output.error(&error.to_string());
        self.wrong += 1;
        Ok(())
    }

    fn written(&self, mut found: Found, output: &mut Output) -> anyhow::Result<Vec<u8>> {
        let Self { plan, reader, speakers, .. } = self;
        match &mut found {
            Found::Article(article, quotes) => {
                name_article(article, speakers);
                quotes.iter_mut().for_each(|quote| name_quote(quote, speakers));
                if plan.why {
                    give_reasons(quotes, speakers, reader)?;
                    note_outdated(quotes, &plan.index, output);
                }
            }
            Found::Quote(quote) => {
                name_quote(quote, speakers);
                if plan.why || !plan.json {
                    let quote = slice::from_mut(&mut **quote);
                    give_reasons(quote, speakers, reader)?;
                    note_outdated(quote, &plan.index, output);
                }
            }
            Found::Several(_) | Found::Nothing | Found::NotAnId => {}
        }
        let mut of_quote = QuoteField::LINE.to_vec();
        if plan.why {
            of_quote.push(QuoteField::Why);
        }
        let mut bytes = Vec::new();
        match found {
            Found::Article(article, quotes) if plan.json => {
                let mut fields = ArticleField::LINE.to_vec();
                fields.push(ArticleField::Text);
                line::write_line(&mut bytes, article.as_ref(), &fields)?;
                for quote in &quotes {
                    line::write_line(&mut bytes, quote, &of_quote)?;
                }
            }
            Found::Quote(quote) if plan.json => line::write_line(&mut bytes, quote.as_ref(), &of_quote)?,
            Found::Article(article, quotes) => {
                bytes.extend(page::article(&article, &quotes, output.look()).into_bytes());
            }
            Found::Quote(quote) => bytes.extend(page::quote(&quote, output.look()).into_bytes()),
            Found::Several(_) | Found::Nothing | Found::NotAnId => {}
        }
        Ok(bytes)
    }
}
