//! `onrecord show`: an article with its quotations marked in place, or one quotation.

use std::slice;

use anyhow::bail;

use crate::archive::speakers::SpeakersFile;
use crate::desk::reasons::give_reasons;
use crate::desk::speakers::apply::{name_article, name_quote};
use crate::index::{Found, Reader};
use crate::render::field::{ArticleField, Fields, QuoteField};
use crate::render::{line, page};

use super::Ending;
use super::output::Output;
use super::plan::ShowPlan;
use super::search::note_outdated;

pub(crate) fn run(plan: &ShowPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let reader = Reader::open(&plan.index)?;
    // Cards write `q:` and `a:` before an id: what is copied from there is taken as it is.
    let id = plan.id.trim();
    let id = id.strip_prefix("q:").or_else(|| id.strip_prefix("a:")).unwrap_or(id);
    let mut bytes = Vec::new();
    let speakers = SpeakersFile::beside(&plan.index).read()?;
    let mut found = reader.find(id)?;
    match &mut found {
        Found::Article(article, quotes) => {
            name_article(article, &speakers);
            quotes.iter_mut().for_each(|quote| name_quote(quote, &speakers));
            if plan.why {
                give_reasons(quotes, &speakers, &reader)?;
                note_outdated(quotes, &plan.index, output);
            }
        }
        Found::Quote(quote) => {
            name_quote(quote, &speakers);
            if plan.why || !plan.json {
                let quote = slice::from_mut(&mut **quote);
                give_reasons(quote, &speakers, &reader)?;
                note_outdated(quote, &plan.index, output);
            }
        }
        Found::Several(_) | Found::Nothing | Found::NotAnId => {}
    }
    let mut of_quote = QuoteField::LINE.to_vec();
    if plan.why {
        of_quote.push(QuoteField::Why);
    }
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
        Found::Article(article, quotes) => bytes.extend(page::article(&article, &quotes, output.look()).into_bytes()),
        Found::Quote(quote) => bytes.extend(page::quote(&quote, output.look()).into_bytes()),
        Found::Several(ids) => {
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            bail!("`{id}` begins several ids: {}\nhelp: write more of it", ids.join(", "));
        }
        Found::Nothing => {
            output.note(&format!("nothing in {} has an id that begins with `{id}`", plan.index.display()));
            return Ok(Ending::NothingFound);
        }
        Found::NotAnId => bail!(
            "`{id}` is no id\nhelp: an id is 16 hex digits, or the first 4 or more of them, as `search` shows them"
        ),
    }
    output.data(bytes)?;
    Ok(Ending::Done)
}
