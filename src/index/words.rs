//! The analysis of words, handed to the engine: of names and the like as they are written, of running text as it was spelled out.
//!
//! It is public for whoever measures this index beside one that was made by hand: both have to hold the same terms.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::analysis::{self, Words};

use super::spelled::Spelled;
pub use super::spelled::{BODY, PARAGRAPH, SENTENCE};

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
    type TokenStream<'a> = Tokens<Words<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<Words<'a>> {
        Tokens { walk: analysis::words(text), token: Token::default() }
    }
}

#[derive(Clone)]
struct TakenOff;

impl Tokenizer for TakenOff {
    type TokenStream<'a> = Tokens<Spelled<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<Spelled<'a>> {
        Tokens { walk: Spelled::new(text), token: Token::default() }
    }
}

/// A walk over the terms of a text.
trait Walk {
    /// Puts the next term in place of the one before it; `false` where there is none.
    fn next_token(&mut self, token: &mut Token) -> bool;
}

impl Walk for Words<'_> {
    fn next_token(&mut self, token: &mut Token) -> bool {
        let Some((position, start, end, _)) = self.next_into(&mut token.text) else { return false };
        token.position = position as usize;
        token.offset_from = start;
        token.offset_to = end;
        true
    }
}

impl Walk for Spelled<'_> {
    /// Its bytes in the text are not known, and nothing asks for them.
    fn next_token(&mut self, token: &mut Token) -> bool {
        let Some((place, term)) = self.next() else { return false };
        token.position = place as usize;
        token.text.clear();
        token.text.push_str(term);
        true
    }
}

/// What a walk meets, as the engine takes it.
struct Tokens<W> {
    walk: W,
    token: Token,
}

impl<W: Walk> TokenStream for Tokens<W> {
    fn advance(&mut self) -> bool {
        self.walk.next_token(&mut self.token)
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
