//! Whom a pronoun, a description or a name in passing means: one quotation a case, and the full name of its speaker.

use onrecord::article::{Article, Source};
use onrecord::extract::{Speaker, extract};

/// The speaker of the last quotation in `text`.
fn check(text: &str, expected: &str) {
    let found = extract(&Article::from_text(Source::file("a"), text));
    let said = found.quotes.last().map(|quote| &quote.attribution.speaker);
    let name = match said {
        Some(Speaker::Named(person)) => found.people.get(*person).map_or("", |person| person.name.as_str()),
        Some(Speaker::Described(words)) => words,
        Some(Speaker::Unknown) => "?",
        None => "no quotation",
    };
    assert_eq!(name, expected, "{text:?}");
}

#[test]
fn a_pronoun_means_who_was_named_last() {
    check(
        "Harold Prest opened the mill.\n\nIt stood idle. The mill was sold last year to the baker Wabo Tarrin, 50. \
         “I knead it twice,” he said.",
        "Wabo Tarrin",
    );
    check(
        "Harold Prest spoke first. “We had flour,” he said. “We had water,” he said.\n\nMarcus Vell, a miller, said he ran \
         to the sluice.\n\n“It was open,” he told the court.",
        "Marcus Vell",
    );
}

#[test]
fn a_description_means_who_is_spoken_of() {
    check("Wabo Tarrin won the race by a minute. “I only pedalled,” said the young cyclist.", "Wabo Tarrin");
    check("Senator Ida Voss spoke first. “We will vote in May,” the Hartland Republican said.", "Ida Voss");
    // Whoever was described before keeps to it.
    check("A dock official said the dam held. Mira Tolle left early. “It held,” the official said.", "official");
}

#[test]
fn a_subject_is_found_across_what_stands_between() {
    check("The director of works, Nina Lind, said the bridge was “as safe as a chair”.", "Nina Lind");
    check("Joe Marl of Dovar, where the old mill stands, said the wheel was “a good wheel”.", "Joe Marl");
    check("“It draws itself,” says Lundby cartoonist Andrew Holt.", "Andrew Holt");
}
