//! The program's own analysis of words as a tokeniser of the engine, so that an index that is made by hand holds the very same terms.
//!
//! Only what an index by hand needs: what a question means by a word is asked of `queries.rs`.

use onrecord::text::analysis::{self, Words};
use onrecord::text::running::{Piece, Running, Setting, running};
use onrecord::text::stem::Language;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Words in their spellings.
pub(crate) const WORDS: &str = "words";
/// Words and stems of running text, a body.
pub(crate) const BODY: &str = "body";
/// The same, where each line is a paragraph.
pub(crate) const LINES: &str = "lines";

/// The sign before a stem.
pub(crate) const STEM: char = '\u{2}';

/// The engine's tokenisers with ours.
pub(crate) fn tokenizers() -> TokenizerManager {
    let all = TokenizerManager::default();
    all.register(WORDS, Plain);
    all.register(BODY, Set(Setting::Body));
    all.register(LINES, Set(Setting::Lines));
    all
}

#[derive(Clone)]
struct Plain;

impl Tokenizer for Plain {
    type TokenStream<'a> = PlainStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PlainStream<'a> {
        PlainStream { words: analysis::words(text), token: Token::default() }
    }
}

struct PlainStream<'a> {
    words: Words<'a>,
    token: Token,
}

impl TokenStream for PlainStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((position, start, end, _)) = self.words.next_into(&mut self.token.text) else { return false };
        (self.token.position, self.token.offset_from, self.token.offset_to) = (position as usize, start, end);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// All texts of the archive are English.
#[derive(Clone)]
struct Set(Setting);

impl Tokenizer for Set {
    type TokenStream<'a> = SetStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> SetStream<'a> {
        let pieces = running(text, self.0, Some(Language::English));
        SetStream { pieces, token: Token::default(), piece: String::new(), stem: (u32::MAX, String::new()) }
    }
}

struct SetStream<'a> {
    pieces: Running<'a>,
    token: Token,
    piece: String,
    stem: (u32, String),
}

impl TokenStream for SetStream<'_> {
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
                Piece::Sentence => text.push_str("\u{1}s"),
                Piece::Paragraph => text.push_str("\u{1}p"),
                Piece::Body => text.push_str("\u{1}b"),
            }
            (self.token.position, self.token.offset_from, self.token.offset_to) = (position as usize, start, end);
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
