//! One thing over and over, as long as is asked for, with words in it that are others each time. What is done with it is not known here.

/// So many bytes of `kind` behind a headline, where `#` is a number that counts up, `@` a word that counts up, `^` the same with a capital.
pub(crate) fn repeated(kind: &str, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + kind.len());
    text.push_str("Town\n\n");
    let mut number = 0;
    while text.len() < bytes {
        for ch in kind.chars() {
            match ch {
                '#' => text.push_str(&number.to_string()),
                '@' => text.push_str(&word(number, false)),
                '^' => text.push_str(&word(number, true)),
                ch => text.push(ch),
            }
        }
        number += 1;
    }
    text
}

/// A word for a number, of which each has another.
fn word(mut number: usize, capital: bool) -> String {
    let mut word = String::from(if capital { "B" } else { "b" });
    loop {
        word.push(char::from(b"aeiou"[number % 5]));
        number /= 5;
        word.push(char::from(b"klmnprst"[number % 8]));
        number /= 8;
        if number == 0 {
            return word;
        }
    }
}
