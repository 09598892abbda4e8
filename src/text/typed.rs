//! The words of a query of which only the form that was typed is meant: `=US`, `=AT&T`.
//!
//! How texts are cut into words, and in which forms these stand there, is for [`analysis`](super::analysis).

use super::analysis::{Form, words};

/// The words that a query for `text` asks for where only the form typed is meant, each with its position and spellings: a compound whole where another sign than a hyphen joins it
/// (`AT&T`, `9/11`), and capitals as capitals (`US`, `U.S.`).
pub fn asked_forms(text: &str) -> Vec<(u32, Vec<String>)> {
    let mut asked: Vec<(u32, Vec<String>)> = Vec::new();
    let mut whole = 0;
    for word in words(text) {
        if word.start < whole {
            continue;
        }
        match (word.form, asked.last_mut()) {
            (Form::Whole, _) if word.text.contains('-') => {}
            (Form::Whole, _) => {
                whole = word.end;
                asked.push((word.position, vec![word.text]));
            }
            (Form::Plain, _) => asked.push((word.position, vec![word.text])),
            (Form::Spelt, Some((position, spellings))) if *position == word.position => spellings.push(word.text),
            (Form::Capitals, Some((position, spellings))) if *position == word.position => *spellings = vec![word.text],
            _ => {}
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::asked_forms;

    #[test]
    fn only_the_form_that_is_typed_is_asked_for() {
        let cases = [
            ("US", "0:^us"),
            ("us", "0:us"),
            ("U.S. aid", "0:^us 1:aid"),
            ("Us", "0:us"),
            ("AT&T deal", "0:at&t 2:deal"),
            ("AT&T's", "0:at&t's"),
            ("9/11", "0:9/11"),
            ("counter-ISIL", "0:counter 1:^isil"),
            ("Müller", "0:muller|mueller"),
        ];
        for (text, expected) in cases {
            let asked = asked_forms(text).into_iter();
            let asked: Vec<_> =
                asked.map(|(at, words)| format!("{at}:{}", words.join("|").replace('\u{1}', "^"))).collect();
            assert_eq!(asked.join(" "), expected, "{text}");
        }
    }
}
