//! Texts of one kind, as long as is asked for: articles in which one thing is there too often. `#` is a number that counts up, `@` a
//! word that counts up, `^` the same with a capital. What is done with them is not known here.

/// What there is too much of, and what is repeated.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("one paragraph", "The slip at Lundby is closed and the ferry is gone for good. "),
    ("paragraphs", "The slip at Lundby is closed and the ferry is gone for good.\n\n"),
    ("lines", "The slip is closed.\n"),
    ("people of one surname", "^ Lind left town. "),
    ("people of one surname who speak", "“We wait @,” said ^ Lind. "),
    ("a surname of many", "^ Lind left town. Lind said it rained.\n\n"),
    ("people of one given name", "Anna ^ left town. Anna said it rained.\n\n"),
    ("people", "^ Bz^ left town.\n\n"),
    ("people who speak", "“We wait @,” said ^ Bz^.\n\n"),
    ("people who speak in one paragraph", "“We wait @,” said ^ Bz^. "),
    ("one speaker", "“We wait @,” said Anna Lind. "),
    ("one speaker in paragraphs", "“We wait @,” said Anna Lind.\n\n"),
    ("a pronoun that speaks", "“We wait @,” she said. "),
    ("a speaker named once and a pronoun", "Lind came. “We wait,” he said, “and wait.”\n\n"),
    ("roles of one person", "Anna Lind, a @ minister, left town. "),
    ("roles before one name", "The @ minister Anna Lind left. "),
    ("descriptions that speak", "“We wait,” said a @ clerk. "),
    ("descriptions", "The @ chairman left town. "),
    ("bodies", "The ^ Council met. The council of ^ met. "),
    ("acronyms", "The Bz^ Harbour Board (BHB) met. BHB said it rained. "),
    ("capitals", "Bz^ "),
    ("capitals without end", "Lundby "),
    ("given names", "Anna "),
    ("initials", "J. "),
    ("titles", "Mr. "),
    ("surnames with titles", "Mr. Lind said. Mrs. Lind said. "),
    ("cues", "said "),
    ("cues and names", "Lind said "),
    ("who said", "who said "),
    ("indirect speech in indirect speech", "Lind said that "),
    ("according to", "according to Lind, "),
    ("subordinate clauses", "which the man who "),
    ("of", "of the house "),
    ("appositions", "Anna Lind, the mayor of Lundby, the town on the sound, "),
    ("commas", "a, "),
    ("blanks between", "a          "),
    ("dashes", "a — "),
    ("brackets", "(a "),
    ("brackets that close", "a) "),
    ("opening marks", "“a "),
    ("closing marks", "a” "),
    ("opening marks of paragraphs", "“a\n\n"),
    ("straight marks", "\" a "),
    ("straight marks that open", "\"a "),
    ("straight marks in paragraphs", "\"a\n\n"),
    ("single marks", "'a "),
    ("single marks that close", "a' "),
    ("apostrophes", "’a "),
    ("marks in marks", "“a ‘b "),
    ("angles", "«a "),
    ("angles the other way", "»a "),
    ("low marks", "„a "),
    ("backticks", "``a "),
    ("pairs", "“a” "),
    ("straight pairs", "\"a\" "),
    ("pairs across paragraphs", "“a\n\nb” "),
    ("full stops", "a. "),
    ("stops", ". "),
    ("exclamations", "!"),
    ("letters", "a"),
    ("capital letters", "A"),
    ("digits", "1"),
    ("digits and signs", "1-"),
    ("figures with strokes", "3/4/"),
    ("hyphens", "a-"),
    ("apostrophes inside", "a'"),
    ("dots inside", "a."),
    ("combining marks", "\u{301}"),
    ("ideographs", "字"),
    ("emoji", "🙂"),
    ("joiners", "\u{200d}"),
    ("line feeds", "\n"),
    ("carriage returns", "\r"),
    ("tabs", "\t"),
    ("days", "on March 5, 2014, "),
    ("days without a year", "March 5 and "),
    ("weekdays", "on Monday "),
    ("months", "in March "),
    ("years", "2014 "),
    ("ranges", "from March to May 2012 "),
    ("ranges that never end", "from March to "),
    ("between", "between 2012 and "),
    ("spans", "two weeks ago "),
    ("numbers in words", "twenty "),
    ("numbers in words joined", "one hundred and "),
    ("ordinals", "the 3rd "),
    ("of dates", "the end of the beginning of "),
    ("the first of the first", "the first half of "),
    ("last", "last "),
    ("the", "the "),
    ("decades", "the 1990s, the late '80s, "),
    ("holidays", "Christmas "),
    ("fiscal years", "fiscal 2013 "),
    ("ISO days", "2014-03-05T10:00:00 "),
    ("turns of talk", "LIND: We wait.\n\n"),
    ("turns of many", "BZ^: We wait.\n\n"),
    ("questions and answers", "Q: Who? A: We.\n"),
    ("cells", "a\tb\tc\n"),
    ("German speakers", "„Wir warten“, sagte die Sprecherin ^ Lind am Mittwoch und der Rat der Stadt. "),
    ("German indirect speech", "Lind sagte, er habe gesagt, sie sei "),
    ("German according to", "Nach Angaben der Sprecherin des Rates der Stadt Lundby "),
    ("other languages", "« Nous attendons », a dit Anna Lind hier à Lundby avec les autres. "),
];

/// So many bytes of it.
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
