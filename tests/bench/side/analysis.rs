//! The program's analysis as somebody would hand it to the engine who knows no other place for it: as a tokeniser, which the thread that
//! writes runs.

use onrecord::index::words::{self, Terms, terms};
use onrecord::text::running::Setting;
use onrecord::text::stem::Language;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// The name of the analysis of running text.
pub(crate) const RUNNING: &str = "by_hand";

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
        Stream { terms: terms(text.get(1..).unwrap_or_default(), setting, ENGLISH), token: Token::default() }
    }
}

struct Stream<'a> {
    terms: Terms<'a>,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        self.token.text.clear();
        let Some(place) = self.terms.next_behind(&mut self.token.text) else { return false };
        self.token.position = place as usize;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
