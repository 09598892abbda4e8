//! An index that is asked all of something: its reader, who is who in it, and the question, once each.
//!
//! What is done with the answer, each command knows.

use std::path::Path;

use crate::archive::speakers::{Speakers, SpeakersFile};
use crate::desk::question::Question;
use crate::desk::stream::Asked;
use crate::index::Reader;

use super::output::Output;
use super::search::understood;

/// What a command asks, and of what.
pub(super) struct Opened {
    pub(super) reader: Reader,
    /// The text of the file of speakers, where there is one.
    pub(super) speakers_text: Option<String>,
    speakers: Speakers,
    question: Option<Question>,
}

impl Opened {
    /// The index at `index`, asked `query`; everything, where there is none. What is wrong with the query is said.
    pub(super) fn asking(query: Option<&str>, index: &Path, output: &mut Output) -> anyhow::Result<Self> {
        let question = query.map(|query| understood(query, index, output)).transpose()?;
        let reader = Reader::open(index)?;
        let file = SpeakersFile::beside(index);
        let speakers_text = file.text()?;
        let speakers = file.parse(speakers_text.as_deref().unwrap_or_default())?;
        let question = question.map(|question| question.knowing(speakers.clone()));
        Ok(Self { reader, speakers_text, speakers, question })
    }

    /// What is asked.
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked { question: self.question.as_ref(), speakers: &self.speakers }
    }
}
