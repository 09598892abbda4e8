//! The analysis of words, handed to the engine: of names and the like, and of running text with its stems and breaks.
//!
//! It is public for whoever measures this index beside one that was made by hand: both have to hold the same terms.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::analysis::{self, Words};
use crate::text::running::{Piece, Running, Setting, running};
use crate::text::stem::Language;

/// The name under which the analysis of words is known to the engine.
pub const WORDS: &str = "words";

/// And that of running text, which takes what [`set`] makes of it.
pub const RUNNING: &str = "running";

/// Where a sentence begins, as a term; words begin with letters, far behind it.
pub(super) const SENTENCE: &str = "\u{1}s";
/// Where a paragraph begins.
pub(super) const PARAGRAPH: &str = "\u{1}p";
/// The first word behind the lead.
pub(super) const BODY: &str = "\u{1}b";
/// What terms of stems begin with.
pub const STEM: char = '\u{2}';
/// No term of a word is below this one, and no other above.
pub(super) const FIRST_WORD: &str = "\u{3}";

/// The engine's tokenisers: ours, and its own for values that are kept whole.
pub fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(WORDS, Analysis);
    tokenizers.register(RUNNING, RunningAnalysis);
    tokenizers
}

/// A running text with what its analysis has to know before it: how it is set, and in which language.
pub fn set(text: &str, setting: Setting, language: Option<Language>) -> String {
    let mut set = String::with_capacity(text.len() + 2);
    set.push(match setting {
        Setting::Body => 'b',
        Setting::Lines => 'l',
    });
    set.push(match language {
        None => '-',
        Some(Language::English) => 'e',
        Some(Language::German) => 'd',
    });
    set.push_str(text);
    set
}

#[derive(Clone)]
struct Analysis;

impl Tokenizer for Analysis {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream { words: analysis::words(text), token: Token::default() }
    }
}

struct WordStream<'a> {
    words: Words<'a>,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((position, start, end, _)) = self.words.next_into(&mut self.token.text) else { return false };
        self.token.position = position as usize;
        self.token.offset_from = start;
        self.token.offset_to = end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[derive(Clone)]
struct RunningAnalysis;

impl Tokenizer for RunningAnalysis {
    type TokenStream<'a> = RunningStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> RunningStream<'a> {
        let mut signs = text.chars();
        let setting = if signs.next() == Some('b') { Setting::Body } else { Setting::Lines };
        let language = match signs.next() {
            Some('e') => Some(Language::English),
            Some('d') => Some(Language::German),
            _ => None,
        };
        let pieces = running(signs.as_str(), setting, language);
        RunningStream { pieces, token: Token::default(), piece: String::new(), stem: (u32::MAX, String::new()) }
    }
}

struct RunningStream<'a> {
    pieces: Running<'a>,
    token: Token,
    piece: String,
    /// The stem given last, with its place: two spellings of a word can share it.
    stem: (u32, String),
}

impl TokenStream for RunningStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some((piece, position, start, end)) = self.pieces.next_into(&mut self.piece) else { return false };
            let text = &mut self.token.text;
            text.clear();
            match piece {
                Piece::Word => text.push_str(&self.piece),
                Piece::Stem if self.stem.0 == position && self.stem.1 == self.piece => continue,
                Piece::Stem => {
                    self.stem.0 = position;
                    self.stem.1.clone_from(&self.piece);
                    text.push(STEM);
                    text.push_str(&self.piece);
                }
                Piece::Sentence => text.push_str(SENTENCE),
                Piece::Paragraph => text.push_str(PARAGRAPH),
                Piece::Body => text.push_str(BODY),
            }
            self.token.position = position as usize;
            self.token.offset_from = start;
            self.token.offset_to = end;
            return true;
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
