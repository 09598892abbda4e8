//! Running text as it is searched: its words with their stems, and where sentences, paragraphs and the lead end.
//!
//! Everything has the place of a word. It is one walk for what is indexed and for what is marked on the screen, and
//! knows neither an index nor a question.

use super::analysis::{self, Form, Words};
use super::paragraph::paragraphs;
use super::sentence::sentence_starts;
use super::stem::Language;

/// Raised whenever the same text may give other pieces than before, or be cut into lines otherwise.
pub const VERSION: u32 = 2;

/// The lead is the first paragraphs that make this many words.
const LEAD: u32 = 50;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// An article's body: paragraphs as they are read off it.
    Body,
    /// Each line is a paragraph.
    Lines,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Piece {
    /// A word, in one of its spellings.
    Word,
    /// The stem of a word, where the word is not its own stem.
    Stem,
    /// A sentence begins here, other than the first.
    Sentence,
    /// A paragraph begins here, other than the first.
    Paragraph,
    /// The first word behind the lead.
    Body,
}

/// The pieces of a text, one after another: those at one place side by side.
#[derive(Clone, Debug)]
pub struct Running<'a> {
    words: Words<'a>,
    language: Option<Language>,
    /// First bytes of sentences, last one first.
    sentences: Vec<usize>,
    /// First bytes of paragraphs, last one first.
    paragraphs: Vec<usize>,
    /// Whether the lead can still end: it ends at the first paragraph behind its words.
    lead: bool,
    /// What is given next, before the next word.
    breaks: Vec<Piece>,
    word: String,
    stem: String,
    form: Form,
    /// Place and bytes of that word, and whether it, or its stem, is still to be given.
    at: (u32, usize, usize),
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The next word is to be read.
    Read,
    /// It is to be given.
    Word { stems: bool },
    /// Its stem is to be given.
    Stem,
}

/// The pieces of `text`, in this language.
pub fn running(text: &str, setting: Setting, language: Option<Language>) -> Running<'_> {
    let mut paragraphs: Vec<usize> = match setting {
        Setting::Body => paragraphs(text).iter().map(|span| span.start()).collect(),
        Setting::Lines => lines(text),
    };
    let mut sentences = sentence_starts(text, language == Some(Language::German));
    paragraphs.reverse();
    sentences.reverse();
    Running {
        words: analysis::words(text),
        language,
        sentences,
        paragraphs,
        lead: true,
        breaks: Vec::new(),
        word: String::new(),
        stem: String::new(),
        form: Form::Plain,
        at: (0, 0, 0),
        state: State::Read,
    }
}

fn lines(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    starts
}

impl Running<'_> {
    /// The letters of the word that was given last.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// How that word stands in the text.
    pub fn form(&self) -> Form {
        self.form
    }

    /// The letters of the stem that was given last.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// Leaves out the stem of the word that was given last, and tells whether that is one that has stems.
    pub fn pass_stem(&mut self) -> bool {
        let stems = self.state == State::Stem;
        if stems {
            self.state = State::Read;
        }
        stems
    }

    /// Reads the next word, and sees what begins at its place.
    fn read(&mut self) -> Option<()> {
        let first = self.at.2 == 0;
        let before = self.at.0;
        let (position, start, end, form) = self.words.next_into(&mut self.word)?;
        self.at = (position, start, end);
        self.form = form;
        self.state = State::Word { stems: !matches!(form, Form::Whole | Form::Capitals) };
        if !first && position == before {
            return Some(());
        }
        let paragraph = passed(&mut self.paragraphs, start);
        let sentence = passed(&mut self.sentences, start) || paragraph;
        if first {
            return Some(());
        }
        if paragraph && self.lead && position >= LEAD {
            self.lead = false;
            self.breaks.push(Piece::Body);
        }
        if paragraph {
            self.breaks.push(Piece::Paragraph);
        }
        if sentence {
            self.breaks.push(Piece::Sentence);
        }
        Some(())
    }
}

impl Iterator for Running<'_> {
    /// What it is, the place of its word, and its bytes in the text.
    type Item = (Piece, u32, usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (position, start, end) = self.at;
            if let Some(piece) = self.breaks.pop() {
                return Some((piece, position, start, end));
            }
            match self.state {
                State::Read => self.read()?,
                State::Word { stems } => {
                    self.state = if stems { State::Stem } else { State::Read };
                    return Some((Piece::Word, position, start, end));
                }
                State::Stem => {
                    self.state = State::Read;
                    let stemmed = self.language.is_some_and(|language| language.stem_into(&self.word, &mut self.stem));
                    if stemmed && self.stem != self.word {
                        return Some((Piece::Stem, position, start, end));
                    }
                }
            }
        }
    }
}

/// Whether any of the starts lies at or before `at`; those that do are dropped.
fn passed(starts: &mut Vec<usize>, at: usize) -> bool {
    let before = starts.len();
    while starts.last().is_some_and(|start| *start <= at) {
        starts.pop();
    }
    starts.len() < before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, setting: Setting, language: Option<Language>) -> String {
        let mut running = running(text, setting, language);
        let mut shown = Vec::new();
        while let Some((kind, position, ..)) = running.next() {
            shown.push(match kind {
                Piece::Word => format!("{position}:{}", running.word()),
                Piece::Stem => format!("{position}:{}-", running.stem()),
                Piece::Sentence => ".".to_owned(),
                Piece::Paragraph => "¶".to_owned(),
                Piece::Body => "/".to_owned(),
            });
        }
        shown.join(" ")
    }

    #[test]
    fn words_have_stems_in_the_language_of_their_text() {
        let english = Some(Language::English);
        let line = |text, language| shown(text, Setting::Lines, language);
        assert_eq!(
            line("He promised. Kerry's run", english),
            "0:he 1:promised 1:promis- . 2:kerry's 2:kerry 2:kerri- 3:run"
        );
        assert_eq!(line("Die Häuser", Some(Language::German)), "0:die 1:hauser 1:haus- 1:haeuser 1:haus-");
        assert_eq!(line("They promised", None), "0:they 1:promised");
        assert_eq!(line("counter-ISIL 2nd", english), "0:counter-isil 0:counter 1:isil 1:\u{1}isil 2:2nd");
        assert_eq!(line("one\ntwo. Three", english), "0:one . ¶ 1:two . 2:three");
        assert_eq!(line("", english), "");
    }

    #[test]
    fn the_lead_ends_with_a_paragraph() {
        let text = format!("{}\n{}\n\nlast one", "a ".repeat(30), "b ".repeat(30));
        let shown = shown(&text, Setting::Lines, None);
        assert!(shown.ends_with("59:b . ¶ / 60:last 61:one"), "{shown}");
        assert!(shown.contains("29:a . ¶ 30:b"), "{shown}");
    }
}
