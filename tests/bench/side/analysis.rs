//! The program's analysis as somebody would hand it to the engine who knows no other place for it: as a tokeniser, which the thread that
//! writes runs. With each word it gives its stem, as the engine's own stemmers do: how else to find all forms of a word the engine does
//! not tell.

use onrecord::index::words::{self, BODY, PARAGRAPH, SENTENCE};
use onrecord::text::running::{Piece, Running, Setting, running};
use onrecord::text::stem::Language;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// The name of the analysis of running text.
pub(crate) const RUNNING: &str = "by_hand";

/// What terms of stems begin with.
pub(crate) const STEM: char = '\u{2}';

/// All texts of the archive are English.
const ENGLISH: Option<Language> = Some(Language::English);

/// The program's tokenisers, and that of running text.
pub(crate) fn tokenizers() -> TokenizerManager {
    let tokenizers = words::tokenizers();
    tokenizers.register(RUNNING, Analysis);
    tokenizers
}

/// A running text, and how it is set.
pub(crate) fn set(text: &str, setting: Setting) -> String {
    let sign = match setting {
        Setting::Body => 'b',
        Setting::Lines => 'l',
    };
    format!("{sign}{text}")
}

#[derive(Clone)]
struct Analysis;

impl Tokenizer for Analysis {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let setting = if text.starts_with('b') { Setting::Body } else { Setting::Lines };
        let pieces = running(text.get(1..).unwrap_or_default(), setting, ENGLISH);
        Stream { pieces, token: Token::default() }
    }
}

struct Stream<'a> {
    pieces: Running<'a>,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some((kind, place, ..)) = self.pieces.next() else { return false };
        self.token.position = place as usize;
        self.token.text.clear();
        match kind {
            Piece::Word => self.token.text.push_str(self.pieces.word()),
            Piece::Stem => {
                self.token.text.push(STEM);
                self.token.text.push_str(self.pieces.stem());
            }
            Piece::Sentence => self.token.text.push_str(SENTENCE),
            Piece::Paragraph => self.token.text.push_str(PARAGRAPH),
            Piece::Body => self.token.text.push_str(BODY),
        }
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
