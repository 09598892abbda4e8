//! `onrecord search --explain`: how a question was understood, instead of what answers it.

use crate::desk::explain::{AdviceKind, Emptied, Explained};
use crate::desk::question::{Question, Wish};
use crate::index::Reader;
use crate::render::explained::{Branch, tree};
use crate::render::number::counted;

use super::Ending;
use super::output::Output;

pub(super) fn run(
    question: &Question,
    reader: &Reader,
    wish: Wish,
    articles: bool,
    output: &mut Output,
) -> anyhow::Result<Ending> {
    let explained = question.explain(reader, wish, articles)?;
    let noun = if articles { "article" } else { "quote" };
    output.data(shown(&explained, noun, output))?;
    let found = explained.clauses.first().is_some_and(|whole| whole.count > 0);
    Ok(if found { Ending::Done } else { Ending::NothingFound })
}

fn shown(explained: &Explained, noun: &str, output: &Output) -> String {
    let branches: Vec<Branch<'_>> = explained
        .clauses
        .iter()
        .map(|clause| Branch {
            depth: clause.depth,
            text: &clause.text,
            count: clause.count,
            means: clause.means.as_deref(),
        })
        .collect();
    let mut out = tree(&branches, noun, output.look());
    if explained.cut {
        out.push_str("…\n");
    }
    match &explained.emptied {
        Some(Emptied::Alone(clause)) => out.push_str(&format!("nothing passes `{clause}`\n")),
        Some(Emptied::After(clause, before)) => {
            out.push_str(&format!("`{clause}` leaves nothing of what passes `{before}`\n"));
        }
        None => {}
    }
    for advice in &explained.advice {
        let count = counted(advice.count, noun);
        let query = &advice.query;
        out.push_str(&match advice.kind {
            AdviceKind::Reading | AdviceKind::Spelling | AdviceKind::Name => {
                format!("did you mean `{query}`? {count}\n")
            }
            AdviceKind::Loose => format!("not side by side: `{query}` has {count}\n"),
            AdviceKind::Without => format!("without it: `{query}` has {count}\n"),
        });
    }
    out
}
