//! Languages: German is read by its own words and word order (`german.txt` is the table of who speaks), other languages by their
//! marks alone.

use onrecord::article::{Article, Source};
use onrecord::extract::{Extraction, Kind, Speaker, extract};

/// What is found in a text of which the source says no language.
fn found(text: &str) -> (Article, Extraction) {
    let article = Article::from_text(Source::file("article"), text);
    let extraction = extract(&article);
    (article, extraction)
}

/// Each quotation with who said it: `words | speaker`, `-` for nobody.
fn check(text: &str, expected: &[&str]) {
    let (article, extraction) = found(text);
    let lines = extraction.quotes.iter().map(|quote| {
        let words: Vec<&str> = quote.spans.iter().map(|span| span.of(&article.text)).collect();
        let speaker = match &quote.attribution.speaker {
            Speaker::Named(person) => extraction.people.get(*person).map_or("?", |person| person.name.as_str()),
            Speaker::Described(words) => words,
            Speaker::Unknown => "-",
        };
        format!("{} | {speaker}", words.join(" ... "))
    });
    assert_eq!(lines.collect::<Vec<_>>(), expected, "{text:?}");
}

/// A first sentence long enough to show the language.
const HAFEN: &str = "Der Hafen von Lindmar bleibt bis auf Weiteres geschlossen, weil die Mauer am Kai nach dem Sturm nicht mehr sicher ist.\n\n";

fn check_german(text: &str, expected: &[&str]) {
    check(&format!("{HAFEN}{text}"), expected);
}

/// The speakers of what stands between marks in a text, as `german.txt` writes them.
fn speakers(text: &str) -> String {
    let mut article = Article::from_text(Source::file("case.txt"), text.replace(" / ", "\n\n"));
    article.lang = Some("de".to_owned());
    let extraction = extract(&article);
    let marked = extraction.quotes.iter().filter(|quote| quote.kind != Kind::Indirect);
    let said = marked.map(|quote| match &quote.attribution.speaker {
        Speaker::Named(person) => extraction.people.get(*person).map_or("", |person| person.name.as_str()),
        Speaker::Described(words) => words,
        Speaker::Unknown => "?",
    });
    let said = said.collect::<Vec<_>>().join("; ");
    if said.is_empty() { "-".to_owned() } else { said }
}

#[test]
fn every_german_text_of_the_table_has_its_speakers() {
    let (mut wrong, mut cases) = (Vec::new(), 0);
    for (line, number) in include_str!("german.txt").lines().zip(1..) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        cases += 1;
        let Some((text, expected)) = line.split_once(" ==> ") else {
            wrong.push(format!("{number} is no case: {line}"));
            continue;
        };
        let found = speakers(text);
        if found != expected {
            wrong.push(format!("{number}: {text}\n    expected {expected}\n    found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases >= 90, "the table has {cases} cases");
}

#[test]
fn german_speakers_stand_on_either_side_of_their_verb() {
    check_german(
        "„Wir können die Boote nicht mehr schützen“, sagte Jürgen Hallstedt am Freitag.",
        &["Wir können die Boote nicht mehr schützen | Jürgen Hallstedt"],
    );
    check_german(
        "Jürgen Hallstedt sagte: „Wir können die Boote nicht mehr schützen.“",
        &["Wir können die Boote nicht mehr schützen. | Jürgen Hallstedt"],
    );
    check_german(
        "Am Montag erklärte Sabine Orrmann: „Wir haben alle Pläne geprüft.“",
        &["Wir haben alle Pläne geprüft. | Sabine Orrmann"],
    );
    check_german(
        "„Das Geld reicht nicht für eine neue Mauer“, so die Bürgermeisterin Sabine Orrmann.",
        &["Das Geld reicht nicht für eine neue Mauer | Sabine Orrmann"],
    );
}

#[test]
fn the_name_of_a_paper_between_marks_is_no_quotation() {
    let words = "Wir wollen das nicht.";
    for told in [
        "sagte dem „Spiegel“",
        "sagte der „Zeit“",
        "sagte der „Post am Sonntag“ am Freitag",
        "sagte gegenüber der „Lupe“",
        "sagte im „Kurier“",
        "sagte dem Magazin „Lupe“",
    ] {
        check_german(&format!("Sabine Orrmann {told}: „{words}“"), &[&format!("{words} | Sabine Orrmann")]);
    }
    for told in
        ["told “Newsnight”", "said in “The Courier”", "told the “Lens” on Friday", "said in an interview with “Lens”"]
    {
        check(&format!("Town\n\nNina Lind {told}: “{words}”"), &[&format!("{words} | Nina Lind")]);
    }
    // What is said in one word goes on.
    check(
        "Town\n\nNina Lind replied “Never”: “We do not want that.”",
        &["Never | Nina Lind", "We do not want that. | Nina Lind"],
    );
    for said in ["warned “Beware”", "promised “Change”", "replied with “Never”"] {
        let first = said.split('“').nth(1).and_then(|rest| rest.split('”').next()).expect("marks");
        check(
            &format!("Town\n\nNina Lind {said}: “{words}”"),
            &[&format!("{first} | Nina Lind"), &format!("{words} | Nina Lind")],
        );
    }
}

#[test]
fn german_papers_between_marks_speak_of_others() {
    for paper in ["Der „Spiegel“ bezeichnete", "Die „Lupe“ nannte", "Die Zeitung „Lupe“ nannte"] {
        let name = if paper.contains("Lupe") { "Lupe" } else { "Spiegel" };
        let label = if paper.ends_with("nannte") { "" } else { "als " };
        check_german(
            &format!("{paper} Sabine Orrmann {label}„eine bedeutende Frau“."),
            &[&format!("eine bedeutende Frau | {name}")],
        );
    }
}

#[test]
fn what_a_german_frame_alone_makes_a_quotation_is_likely_right() {
    let text = format!("{HAFEN}Für Ministerin Nina Lind ist der Entwurf „ein Armutszeugnis“.");
    let mut article = Article::from_text(Source::file("case.txt"), text);
    article.lang = Some("de".to_owned());
    let found: Vec<f32> = extract(&article).quotes.iter().map(|quote| quote.attribution.confidence).collect();
    assert!(matches!(found.as_slice(), [confidence] if *confidence > 0.5), "{found:?}");
}

#[test]
fn what_somebody_calls_a_paper_is_not_what_the_paper_says() {
    check_german(
        "Sabine Orrmann kam. Den „Aufbruch“ nannte Orrmann „eine kluge Idee“.",
        &["eine kluge Idee | Sabine Orrmann"],
    );
}

#[test]
fn a_german_compound_with_a_hyphen_is_what_its_last_part_is() {
    for who in ["Jury-Mitglied", "Jurymitglied", "SPD-Politiker", "Jury-Sprecher"] {
        check_german(
            &format!("Ein {who} sagte: „Das Buch ist eine kluge Geschichte.“"),
            &[&format!("Das Buch ist eine kluge Geschichte. | {who}")],
        );
    }
    // Two surnames, of which the first is given as well.
    check_german(
        "Petra Werner-Richter kam. „Das Buch ist eine kluge Geschichte“, sagte Werner-Richter.",
        &["Das Buch ist eine kluge Geschichte | Petra Werner-Richter"],
    );
    check_german(
        "Karl-Heinz Orrmann sagte: „Das Buch ist eine kluge Geschichte.“",
        &["Das Buch ist eine kluge Geschichte. | Karl-Heinz Orrmann"],
    );
}

#[test]
fn german_verbs_of_temper_and_people_of_all_trades_speak() {
    let words = "Das ist ein Skandal";
    for (said, who) in [
        ("schimpft Sabine Orrmann", "Sabine Orrmann"),
        ("ärgert sich Sabine Orrmann", "Sabine Orrmann"),
        ("pflichtete Sabine Orrmann ihm bei", "Sabine Orrmann"),
        ("sagte Gastwirt Jürgen Hallstedt", "Jürgen Hallstedt"),
        ("sagte Paul Jäger", "Paul Jäger"),
        ("seufzte der Förster", "Förster"),
        ("konterte die Landrätin", "Landrätin"),
        ("heißt es aus dem Rathaus", "Rathaus"),
    ] {
        check_german(&format!("„{words}“, {said}."), &[&format!("{words} | {who}")]);
    }
}

#[test]
fn german_nouns_are_no_people() {
    let (_, extraction) = found(&format!(
        "{HAFEN}Die Fischer brauchen Eis, Netze und Geld. „Wir warten seit Wochen auf Hilfe“, sagte Jürgen Hallstedt."
    ));
    let names: Vec<&str> = extraction.people.iter().map(|person| person.name.as_str()).collect();
    for noun in ["Eis", "Netze", "Geld", "Mauer", "Sturm", "Hafen", "Kai"] {
        assert!(!names.contains(&noun), "{noun} in {names:?}");
    }
    assert!(names.contains(&"Jürgen Hallstedt"), "{names:?}");
}

#[test]
fn a_german_surname_and_a_pronoun_mean_whom_the_full_name_named() {
    check_german(
        "Die Leiterin Sabine Orrmann sprach mit den Fischern. „Wir haben alle Pläne geprüft“, sagte Orrmann.\n\nDer Rat tagt im Mai wieder. „Das Geld reicht nicht für eine neue Mauer“, erklärte sie.",
        &[
            "Wir haben alle Pläne geprüft | Sabine Orrmann",
            "Das Geld reicht nicht für eine neue Mauer | Sabine Orrmann",
        ],
    );
}

#[test]
fn other_languages_get_their_marks_found_and_nobody_named() {
    check(
        "Le port de Lindmar restera fermé jusqu'à nouvel ordre, parce que le mur du quai n'est plus sûr depuis la tempête. « Nous ne pouvons plus protéger les bateaux », a déclaré Jean Hallet. Le mot « quai » manque.",
        &["Nous ne pouvons plus protéger les bateaux | -"],
    );
    check(
        "El puerto de Lindmar seguirá cerrado hasta nuevo aviso, porque el muro del muelle ya no es seguro después de la tormenta. «No podemos proteger los barcos», dijo Juan Halcón. Pidió una ayuda “urgente y sin condiciones” para todos.",
        &["No podemos proteger los barcos | -", "urgente y sin condiciones | -"],
    );
    let (_, extraction) = found(
        "El puerto de Lindmar seguirá cerrado hasta nuevo aviso, porque el muro ya no es seguro. «No podemos proteger los barcos», dijo Juan Halcón. Pidió una ayuda “urgente y sin condiciones” para todos.",
    );
    let kinds: Vec<Kind> = extraction.quotes.iter().map(|quote| quote.kind).collect();
    assert_eq!(kinds, [Kind::Direct, Kind::Mixed]);
    assert!(
        extraction.quotes.iter().all(|quote| quote.attribution.confidence < 0.5),
        "an unknown speaker is never sure"
    );
}

#[test]
fn the_source_says_the_language() {
    let text = "“We cannot protect the boats,” said Anna Hallet.";
    let mut article = Article::from_text(Source::file("article"), text);
    let speaker = |article: &Article| extract(article).quotes.first().map(|quote| quote.attribution.speaker.clone());
    assert_eq!(speaker(&article), Some(Speaker::Named(0)));
    article.lang = Some("en-GB".to_owned());
    assert_eq!(speaker(&article), Some(Speaker::Named(0)));
    article.lang = Some("nl".to_owned());
    assert_eq!(speaker(&article), Some(Speaker::Unknown));
}
