//! The analysis of words, handed to the engine: of names and the like as they are written, of running text as it was spelled out.
//!
//! It is public for whoever measures this index beside one that was made by hand: both have to hold the same terms.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::analysis::{self, Words};

use super::spelled::Spelled;
pub use super::spelled::{STEM, Terms, terms};

/// The name under which the analysis of words is known to the engine.
pub const WORDS: &str = "words";

/// And that of running text, whose terms are found before the engine gets it.
pub(super) const RUNNING: &str = "running";

/// The engine's tokenisers: ours, and its own for values that are kept whole.
pub fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(WORDS, Analysis);
    tokenizers.register(RUNNING, TakenOff);
    tokenizers
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
struct TakenOff;

impl Tokenizer for TakenOff {
    type TokenStream<'a> = SpelledStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> SpelledStream<'a> {
        SpelledStream { terms: Spelled::new(text), token: Token::default() }
    }
}

struct SpelledStream<'a> {
    terms: Spelled<'a>,
    /// Its bytes in the text are not known, and nothing asks for them.
    token: Token,
}

impl TokenStream for SpelledStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((place, term)) = self.terms.next() else { return false };
        self.token.position = place as usize;
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
