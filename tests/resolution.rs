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
fn a_pronoun_shows_the_gender_of_whom_it_means() {
    // "His coach" coaches somebody who is no "she".
    check(
        "They met Orsolo, and Orsolo won. Orsolo served well.\n\nHis coach, Vaska Brandt, said she slept. “I slept,” she said.",
        "Vaska Brandt",
    );
    check("Orsolo Prest met Vaska Brandt. He smiled. Prest sang to Brandt. “It held,” she said.", "Vaska Brandt");
    check("Orsolo Prest met Vaska Brandt. She smiled. Prest sang to Brandt. “It held,” she said.", "Orsolo Prest");
}

#[test]
fn who_is_named_and_what_only_says_where() {
    check("Prest, who farms in Orle, was glad. “It held,” she said.", "Prest");
    check("Prest, 52, was glad. “It held,” she said.", "Prest");
    check("The farm in Orle was sold. “It held,” she said.", "?");
    check("In Orle, a farm was sold. “It held,” she said.", "?");
    check("Worldwide, 52 farms were sold. “It held,” she said.", "?");
    check("“It held,” said the Orle-based weaver.", "Orle-based weaver");
    check("“It held,” the Orle-born Nina Prest said.", "Nina Prest");
    check("“It held,” chimed in Prest.", "Prest");
    check("Lord Prest of Orle said it had held for years.", "Prest");
}

#[test]
fn a_pronoun_means_what_spoke_before() {
    check("Dovar Mills said it lost money. It said it would close a quarry.", "Dovar Mills");
    check("The roads ministry said the bridge was safe. It added that the ferry was old.", "roads ministry");
    check("Three dealers told Dovar Mills that prices fell. The market was thin, they said.", "Three dealers");
    check("A harbour official said the dam held. The tide turned. “It held,” he said.", "harbour official");
    // The official and not the minister, who was only spoken of; the woman and not the man.
    check("Harold Prest stayed. A harbour official said the dam held. “It held,” he said.", "harbour official");
    check("Harold Prest said the dam held. A spokeswoman said it leaked. “It leaks,” she said.", "spokeswoman");
    check("Harold Prest said the dam held. A spokeswoman said it leaked. “It held,” he said.", "Harold Prest");
    check("His wife, the surveyor Nina Lind, said the dam held. “It held,” she said.", "Nina Lind");
    check("Harold Prest left. It rained.\n\nA farmer, who lost a cow, was not moved. “It leaks,” he said.", "farmer");
    check("Harbour master Olof Brandt was less certain. “It leaks,” he said.", "Olof Brandt");
    check("A tall farmer said it held. The farmer said it was dry. “It held,” he said.", "tall farmer");
    // One speaker is described by one word, and two by two.
    check(
        "A farmer said the dam held. A miller said it leaked. Harold Prest left. The farmer said it held. “It held,” he said.",
        "farmer",
    );
}

#[test]
fn it_and_they_mean_nobody_who_has_said_nothing() {
    check("Dovar Mills was sold. It said that prices fell.", "?");
    check("Harold Prest said the dam held. It said that prices fell.", "?");
    check("Some dealers stood at the dam. They said that prices fell.", "?");
    // A company may be "they"; a country is not, nor one person.
    check("Dovar Mills Inc said it lost money. They said that prices fell.", "Dovar Mills Inc");
    check("Kenya said it lost money. They said that prices fell.", "?");
    check("A farmer said it lost money. They said that prices fell.", "?");
}

#[test]
fn a_description_means_who_is_spoken_of() {
    check("Wabo Tarrin won the race by a minute. “I only pedalled,” said the young cyclist.", "Wabo Tarrin");
    check("Senator Ida Voss spoke first. “We will vote in May,” the Hartland Republican said.", "Ida Voss");
    // A body that has spoken is meant before one that was only named; one of a place is none of them.
    check(
        "Dovar Mills Inc said it lost money. It sold Tern Quarries Inc. The company said prices would fall.",
        "Dovar Mills Inc",
    );
    check(
        "Dovar Mills Inc said it lost money. Tern Quarries Inc is for sale. The company said prices would fall.",
        "Dovar Mills Inc",
    );
    check("Dovar Mills Inc said it lost money. The Quarn government said prices would fall.", "Quarn government");
    check("Dovar Mills Inc said it lost money. The Quarn-based company said prices would fall.", "Dovar Mills Inc");
    check("Dovar Mills Inc said it lost money. The British company said prices would fall.", "Dovar Mills Inc");
    check("Dovar Mills Inc said it lost money. It left Kenya. The company said prices would fall.", "Dovar Mills Inc");
    check("Kenya said it lost money. The army said that prices would fall.", "army");
    // The head of something is nobody who has another office.
    check("Ida Voss, a lawyer, spoke first. “We lost,” the head of the mill said.", "head of the mill");
    check("Ida Voss spoke first. “We lost,” the head of the mill said.", "Ida Voss");
    // Whoever was described before keeps to it.
    check("A dock official said the dam held. Mira Tolle left early. “It held,” the official said.", "official");
}

#[test]
fn a_subject_is_found_across_what_stands_between() {
    check("The director of works, Nina Lind, said the bridge was “as safe as a chair”.", "Nina Lind");
    check("Joe Marl of Dovar, where the old mill stands, said the wheel was “a good wheel”.", "Joe Marl");
    check("“It draws itself,” says Lundby cartoonist Andrew Holt.", "Andrew Holt");
}

#[test]
fn who_speaks_is_not_the_name_within_the_phrase() {
    for (text, speaker) in [
        ("Members of the House of Dovar protested by shouting “shame on you all!”", "Members of the House of Dovar"),
        ("Nina Lind of Dovar Mills told reporters, “We lost the boat.”", "Nina Lind"),
        ("“We lost the boat,” Nina Lind of Dovar Mills said.", "Nina Lind"),
        ("An aide to Nina Lind said, “She is not running.”", "aide to Nina Lind"),
        ("A spokesman for Dovar Mills said, “The wheel is old.”", "spokesman for Dovar Mills"),
        ("Officials in Dovar said, “We are ready for the flood.”", "Officials in Dovar"),
        (
            "“It leaks,” a spokesman for the state Dam Board in Dovar confirmed.",
            "spokesman for the state Dam Board in Dovar",
        ),
        (
            "Several members of the Dovar council have complained, “Nobody asked us.”",
            "Several members of the Dovar council",
        ),
        // A body or a document speaks for what it names, and a role before its name is a part of that.
        ("The city of Dovar announced, “The bridge is shut.”", "Dovar"),
        ("A statement from Dovar Mills said, “We are sold.”", "Dovar Mills"),
        ("Vice minister for public works Nina Lind said, “It will open.”", "Nina Lind"),
    ] {
        check(text, speaker);
    }
}

#[test]
fn a_clause_of_time_or_reason_does_not_speak_for_the_one_behind_it() {
    check("When Oakes objected, Lind said, “Sit down, all of you.”", "Lind");
    check("After Joe Oakes complained, Nina Lind said, “Sit down, all of you.”", "Nina Lind");
    check("“Sit down,” Nina Lind said, after Joe Oakes complained.", "Nina Lind");
}

#[test]
fn who_means_the_person_that_is_described() {
    check("The work was led by Nina Lind, a surveyor and lecturer at Dovar, who said, “It sank.”", "Nina Lind");
    check("He spoke with Joe Oakes, who said, “It did not.”", "Joe Oakes");
    check("Nina Lind, a surveyor, met a dock worker, who said, “It sank.”", "dock worker");
}

#[test]
fn an_interjection_is_nobody() {
    check(
        "((Dora Lind)) Yeah, they wanted a story. Yeah. Then the paper talked to the head of the club, he asked about my brother \
         first, and put me in as “and her sister too”.",
        "?",
    );
}
