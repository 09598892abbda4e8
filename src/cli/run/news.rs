//! `onrecord run --new` and `--diff`: what has come since the last run, what is done about it, and that it was done.
//!
//! The order of things is what keeps them safe: the lock, the state, the results on stdout, the program that is run for them, and
//! only then the new state. Whatever ends a run before, the next one begins where it began.

use std::collections::BTreeSet;

use crate::archive::speakers::{Speakers, SpeakersFile};
use crate::desk::question::{Question, Wish};
use crate::desk::saved::news::{Look, News, Run, Since, compare, recent};
use crate::desk::saved::state::{Held, State, Store};
use crate::desk::saved::{Loaded, alert};
use crate::desk::stream::Asked;
use crate::index::hit::QuoteHit;
use crate::index::{Error, Reader};
use crate::render::card::Look as Screen;
use crate::render::number::{counted, grouped};
use crate::render::outcome::{Outcome, OutcomeField};
use crate::render::sheet::Sheet;
use crate::text::id::Id;

use super::super::args::FormArgs;
use super::super::extras::Extras;
use super::super::output::Output;
use super::super::plan::{Compared, RunPlan};
use super::super::{Ending, Said, clock, told as told_of};

/// The width of cards that no terminal shows.
const WIDTH: usize = 80;

/// A saved query to be run.
pub(super) struct Job<'a> {
    pub(super) plan: &'a RunPlan,
    pub(super) loaded: &'a Loaded,
    pub(super) sheet: &'a Sheet<OutcomeField>,
    pub(super) wish: Wish,
    /// What is asked, as text.
    pub(super) text: String,
}

impl Job<'_> {
    fn name(&self) -> &str {
        &self.loaded.place.name
    }

    /// The values that make this another run than the usual one.
    fn given(&self) -> Vec<(String, String)> {
        let usual = |(name, value): &&(String, String)| {
            let default = self.loaded.form.params.iter().find(|param| param.name == *name);
            default.and_then(|param| param.default.as_ref()) == Some(value)
        };
        self.plan.params.iter().filter(|given| !usual(given)).cloned().collect()
    }

    pub(super) fn run(&self, question: Question, output: &mut Output) -> anyhow::Result<Ending> {
        let index = &self.plan.index;
        let uuid = Reader::open(index)?.uuid().to_owned();
        let store = Store::of(index, &uuid, self.name(), &self.given());
        // A look needs no lock, and writes nothing: a state is replaced in one step.
        let held = if self.plan.args.peek { None } else { Some(self.hold(&store, output)?) };
        if let Some(held) = held.as_ref().filter(|_| self.plan.args.reset) {
            let any = held.forget()?;
            if self.plan.compared != Compared::Forgotten {
                return self.look(&store, (Some(held), uuid), question, output);
            }
            let forgotten = if any { "forgotten what was seen" } else { "nothing was seen before" };
            output.note(&format!("{}: {forgotten}; to the next run everything is new", self.name()));
            return Ok(Ending::Done);
        }
        self.look(&store, (held.as_ref(), uuid), question, output)
    }

    fn hold<'s>(&self, store: &'s Store, output: &mut Output) -> anyhow::Result<Held<'s>> {
        if let Some(held) = store.try_hold()? {
            return Ok(held);
        }
        output.note(&format!("another run of `{}` is under way; waiting for its end", self.name()));
        Ok(store.hold()?)
    }

    fn look(
        &self,
        store: &Store,
        (held, uuid): (Option<&Held<'_>>, String),
        question: Question,
        output: &mut Output,
    ) -> anyhow::Result<Ending> {
        let index = &self.plan.index;
        // Opened under the lock: it is never older than what the run before has seen.
        let reader = Reader::open(index)?;
        if reader.uuid() != uuid {
            anyhow::bail!("the index in {} was made anew just now; run `{}` again", index.display(), self.name());
        }
        let speakers = SpeakersFile::beside(index).read()?;
        let question = question.knowing(speakers.clone());
        let (before, since) = self.before(store, &reader, output)?;
        let look = Look {
            since,
            diff: self.plan.compared == Compared::Diff,
            again: self.plan.again.map(|day| day.to_string()),
        };
        let run = Run { today: self.wish.today.to_string(), now: clock::now_text(), query: self.text.clone() };
        let asked = (&question, &speakers);
        let (news, state) = compare(asked, (&reader, self.wish), before, &look, &run)?;
        let new = news.new.len() as u64;
        let alert = self.loaded.form.alert.as_ref().filter(|_| self.plan.compared == Compared::New);
        if let Some(alert) = alert.filter(|alert| !self.plan.args.peek && new > 0 && new < alert.min_new) {
            output.note(&format!(
                "{}: {} new, and `min_new` is {}: kept for a later run",
                self.name(),
                grouped(new),
                grouped(alert.min_new)
            ));
            return Ok(Ending::NothingFound);
        }
        let exec = alert.and_then(|alert| alert.exec.as_ref()).filter(|_| !self.plan.args.peek && new > 0);
        let mut sink = Sink::of(self, exec.is_some())?;
        let shown = self.write(asked, (&reader, since), &news, &mut sink, output)?;
        output.flush()?;
        if let Some(exec) = exec {
            let title = self.loaded.form.title.as_deref().unwrap_or(self.name());
            match alert::send(exec, title, new, &sink.sent) {
                Ok(said) if said.trim().is_empty() => {}
                Ok(said) => output.note(&format!("{}: {}", self.name(), said.trim())),
                Err(error) => {
                    let error = told_of(&error.into());
                    output.error(&format!("{}: {error}\nhelp: what is new stays new for the next run", self.name()));
                    return Err(Said.into());
                }
            }
        }
        if let Some(held) = held {
            held.write(&state)?;
        }
        output.note(&format!("{}: {}", self.name(), told(&news)));
        Ok(if shown > 0 { Ending::Done } else { Ending::NothingFound })
    }

    /// What was seen, and how the index stands to it.
    fn before(&self, store: &Store, reader: &Reader, output: &mut Output) -> anyhow::Result<(Option<State>, Since)> {
        let name = self.name();
        if self.plan.args.reset {
            return Ok((None, Since::Never));
        }
        let (before, since) = match store.read()? {
            Some(state) if state.batch > reader.generation() => {
                output.complain(&format!(
                    "{name}: the index is older than at the last run (batch {} now, {} then); what was not seen then is new",
                    reader.generation(),
                    state.batch
                ));
                (state, Since::Ids)
            }
            Some(state) => {
                let since = Since::Batch(state.batch);
                (state, since)
            }
            None => match store.read_earlier()? {
                Some(state) => {
                    output.complain(&format!(
                        "{name}: the index was made anew since the last run; what was not seen then is new"
                    ));
                    (state, Since::Ids)
                }
                None => {
                    output.note(&format!("{name}: the first run, to which everything is new"));
                    return Ok((None, Since::Never));
                }
            },
        };
        if before.query != self.text {
            output.complain(&format!(
                "{name}: the query has changed since the last run; it was: {}\nhelp: what was in the index then is not new; `onrecord run {name} --reset` forgets what was seen",
                before.query
            ));
        }
        Ok((Some(before), since))
    }

    /// Writes what is to be shown; gives how many there were.
    fn write(
        &self,
        (question, speakers): (&Question, &Speakers),
        (reader, since): (&Reader, Since),
        news: &News,
        sink: &mut Sink<'_>,
        output: &mut Output,
    ) -> anyhow::Result<u64> {
        let wanted: BTreeSet<Id> = news.new.iter().chain(&news.again).chain(news.changed.keys()).copied().collect();
        let recent = recent(question, since);
        let by_ids = !news.again.is_empty() || !news.changed.is_empty();
        let asked = Asked { question: Some(&recent), speakers };
        let hits: Box<dyn Iterator<Item = Result<QuoteHit, Error>>> = if by_ids {
            let ids: Vec<Id> = wanted.iter().copied().collect();
            Box::new(asked.quotes_of(reader, self.wish, &ids)?)
        } else if wanted.is_empty() {
            Box::new(std::iter::empty())
        } else {
            Box::new(asked.quotes(reader, self.wish, 0)?)
        };
        let diff = self.plan.compared == Compared::Diff;
        // Whoever is sent a mail for each line that is printed wants none without news.
        if !wanted.is_empty() || !news.gone.is_empty() {
            sink.begin(output)?;
        }
        let sheets: Vec<_> = std::iter::once(sink.sheet).chain(sink.program.as_ref()).collect();
        let mut extras = Extras::of(&sheets, Some(question), reader);
        for hit in hits {
            let mut quote = hit?;
            if !wanted.contains(&quote.id) {
                continue;
            }
            extras.give(&mut quote)?;
            let is_new = news.new.contains(&quote.id);
            let was = news.changed.get(&quote.id).cloned();
            let change = diff.then_some(if was.is_some() && !is_new { "changed" } else { "new" });
            sink.put(Outcome { saved: self.name().to_owned(), change, was, quote }, is_new, output)?;
        }
        for quote in &news.gone {
            let (change, quote) = (Some("disappeared"), quote.clone());
            sink.put(Outcome { saved: self.name().to_owned(), change, was: None, quote }, false, output)?;
        }
        Ok(sink.written)
    }
}

/// Where results go: to stdout, and what is new of them to the program that is run.
struct Sink<'a> {
    sheet: &'a Sheet<OutcomeField>,
    written: u64,
    program: Option<Sheet<OutcomeField>>,
    sent: Vec<u8>,
    count: u64,
}

impl<'a> Sink<'a> {
    fn of(job: &Job<'a>, program: bool) -> anyhow::Result<Self> {
        let usual = FormArgs { format: super::Form::Auto, json: false, fields: Vec::new() };
        let program = program.then(|| super::sheet(&usual, &job.loaded.form.output, false)).transpose()?;
        Ok(Self { sheet: job.sheet, written: 0, program, sent: Vec::new(), count: 0 })
    }

    fn begin(&mut self, output: &mut Output) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        self.sheet.begin(&mut bytes);
        output.data(bytes)?;
        if let Some(program) = &self.program {
            program.begin(&mut self.sent);
        }
        Ok(())
    }

    fn put(&mut self, outcome: Outcome, is_new: bool, output: &mut Output) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        self.sheet.hit(&mut bytes, self.written, &outcome, output.look())?;
        output.data(bytes)?;
        self.written += 1;
        if let Some(program) = self.program.as_ref().filter(|_| is_new) {
            program.hit(&mut self.sent, self.count, &outcome, Screen { width: WIDTH, color: false })?;
            self.count += 1;
        }
        Ok(())
    }
}

/// How much there is of what.
fn told(news: &News) -> String {
    let again = news.again.iter().filter(|id| !news.new.contains(id)).count() as u64;
    let mut parts = vec![match news.new.len() as u64 {
        0 => "nothing new".to_owned(),
        new => counted(new, "new quote"),
    }];
    let others =
        [(news.changed.len(), "changed"), (news.gone.len(), "disappeared")].into_iter().filter(|(count, _)| *count > 0);
    parts.extend(others.map(|(count, what)| format!("{} {what}", grouped(count as u64))));
    if again > 0 {
        parts.push(format!("{} again", grouped(again)));
    }
    parts.join(" · ")
}
