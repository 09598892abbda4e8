//! `onrecord like`: the quotations, or articles, that are most like one.

use anyhow::bail;

use crate::archive::speakers::SpeakersFile;
use crate::desk::speakers::apply::{name_article, name_quote};
use crate::index::{Found, Reader};
use crate::render::number::counted;

use super::extras::Extras;
use super::output::Output;
use super::plan::LikePlan;
use super::{Ending, hits};

pub(crate) fn run(plan: LikePlan, output: &mut Output) -> anyhow::Result<Ending> {
    let reader = Reader::open(&plan.index)?;
    let speakers = SpeakersFile::beside(&plan.index).read()?;
    let id = plan.id.trim();
    let id = id.strip_prefix("q:").or_else(|| id.strip_prefix("a:")).unwrap_or(id);
    let (found, noun) = match reader.find(id)? {
        Found::Quote(quote) => {
            let mut like = reader.quotes_like(&quote, plan.limit)?;
            like.iter_mut().for_each(|hit| name_quote(hit, &speakers));
            let sheet = plan.quotes?;
            let mut extras = Extras::of(&[&sheet], None, &reader);
            like.iter_mut().try_for_each(|hit| extras.give(hit))?;
            hits::write_all(&like, &sheet, output)?;
            (like.len(), "quote")
        }
        Found::Article(article, _) => {
            let mut like = reader.articles_like(&article, plan.limit)?;
            like.iter_mut().for_each(|hit| name_article(hit, &speakers));
            hits::write_all(&like, &plan.articles?, output)?;
            (like.len(), "article")
        }
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
    };
    output.note(&match found {
        0 => format!("no {noun} is like it"),
        found => counted(found as u64, &format!("similar {noun}")),
    });
    Ok(if found > 0 { Ending::Done } else { Ending::NothingFound })
}
