//! Markdown posts: front matter, and the words that readers see.

use super::{article, check};

#[test]
fn front_matter() {
    check(
        "a.md",
        "---\ntitle: 'Slip &#8216;Closed&#8217;'\ndate: 2014-05-01 13:20:39 -0400\nauthors:\n  - Ada Bell\n  - Tom Reed\ncategories: [Local, Harbour]\nurl: https://courier.example/1\noutlet: The Ellery Courier\nlang: en-GB\n---\n\nThe slip is closed.\n",
        "#0 Slip ‘Closed’ | by Ada Bell, Tom Reed | in The Ellery Courier | section Local, Harbour | on 2014-05-01 | lang en | https://courier.example/1: \"The slip is closed.\"",
    );
    check(
        "a.md",
        "+++\ntitle = \"Slip Closed\"\ndate = 2014-05-01T23:30:00-04:00\nauthor = \"Ada Bell\"\n[params]\nsection = \"Local\"\n+++\nThe slip is closed.\n",
        "#0 Slip Closed | by Ada Bell | section Local | on 2014-05-01: \"The slip is closed.\"",
    );
    // By its fence, whatever the name.
    check("a.txt", "---\ntitle: Slip Closed\n---\nThe slip is closed.\n", "#0 Slip Closed: \"The slip is closed.\"");
    // The day in the name of a Jekyll post.
    check(
        "_posts/2014-05-01-slip.md",
        "---\ntitle: Slip Closed\n---\nThe slip is closed.\n",
        "#0 Slip Closed | on 2014-05-01: \"The slip is closed.\"",
    );
    // A body is not needed.
    check("a.md", "---\ntitle: Slip Closed\n---\n", "#0 Slip Closed: \"\"");
    check("a.md", "---\ndraft: true\n---\n", "skipped: no text: neither a body nor a title");
    check("a.md", "---\n---\nThe slip is closed.\n", "#0 : \"The slip is closed.\"");
}

#[test]
fn broken_front_matter_costs_only_itself() {
    let got = super::report(
        "a.md",
        "---\ntitle: Slip: Closed\ndate: 2014-05-01\n---\nThe slip is closed.\n",
        &Default::default(),
    );
    assert!(
        got.starts_with("#0 Slip: Closed | on 2014-05-01: \"The slip is closed.\"\n  ! the front matter is broken: "),
        "{got}"
    );
}

#[track_caller]
fn words(markdown: &str, expected: &str) {
    assert_eq!(article("a.md", markdown).text, expected, "{markdown}");
}

#[test]
fn the_words_that_readers_see() {
    words("“It is [a race](https://x.example/a_(b) \"T\"),” said *Ada **Bell***.", "“It is a race,” said Ada Bell.");
    words("&#8220;Closed,&#8221; she said &mdash; twice.", "“Closed,” she said — twice.");
    words("“The slip\nis closed,”\nshe said.\n\nNobody spoke.", "“The slip is closed,” she said.\n\nNobody spoke.");
    words("> “The slip\n> is closed,”\n\nshe said.", "“The slip is closed,”\n\nshe said.");
    words("One {{< ref \"a.md\" >}}two {{% note %}}three{{% /note %}} {% raw %}four.", "One two three four.");
    words("See [the post]({{< ref \"a b.md\" >}}) of May.", "See the post of May.");
    words("![An image](a.png \"x\")\n\nText with ![one](b.png) inside.", "Text with  inside.");
    words(
        "## What next?\n\n1. First *do* this\n2. Then that\n\n* snake_case stays, 2 * 3 * 4 too",
        "What next?\n\n1. First do this\n\n2. Then that\n\nsnake_case stays, 2 * 3 * 4 too",
    );
    words("```js\nlet x = 1;\n```\n\nText and `code`.", "Text and code.");
    words(
        "A [reference][1], a note[^2] and [sic] brackets.\n\n[1]: https://x.example\n[^2]: The note.",
        "A reference, a note and [sic] brackets.\n\nThe note.",
    );
    words(
        "<p align=\"center\">Old <b>page</b><br>line</p>\n\n<!-- hidden\nstill --> End <ICI.L> 3 < 4.",
        "Old page\nline\n\nEnd <ICI.L> 3 < 4.",
    );
    words("| Name | Votes |\n|------|------:|\n| Bell | 4 |", "Name  Votes\n\nBell  4");
    words("Rock \\*and\\* roll, ~~gone~~.", "Rock *and* roll, gone.");
    words("Line one  \nline two\n\n---\n\nEnd", "Line one\nline two\n\nEnd");
}

#[test]
fn a_first_level_heading_is_the_headline() {
    check(
        "a.md",
        "# Slip Closed #\n\nBy Ada Bell\n\nThe slip is closed.\n",
        "#0 Slip Closed | by Ada Bell: \"The slip is closed.\"",
    );
    check("a.md", "Slip Closed\n===\n\nThe slip is closed.\n", "#0 Slip Closed: \"The slip is closed.\"");
    check("a.md", "---\ntitle: Slip\n---\n# Slip\n\nThe slip is closed.\n", "#0 Slip: \"The slip is closed.\"");
}

#[test]
fn marks_without_end_take_linear_time() {
    for mark in ["[", "](", "![", "<", "<a ", "`", "``a`", "**a", "_", "&", "{{<", "{%", "<!--", "\\"] {
        let text = format!("words {} words", mark.repeat(30_000));
        assert!(article("a.md", &text).text.len() <= text.len());
    }
}

#[test]
fn numbers_are_words() {
    for (markdown, expected) in [
        ("14. September 2015 war ein Montag.", "14. September 2015 war ein Montag."),
        ("3. Mai war Markt.", "3. Mai war Markt."),
        ("1. FC Koeln gewann.", "1. FC Koeln gewann."),
        ("1. One\n2. Two", "1. One\n\n2. Two"),
        ("1) One\n2) Two", "1) One\n\n2) Two"),
        // Only a list that begins with 1 may stand right under a paragraph.
        ("Am Montag, dem\n14. September, war Markt.", "Am Montag, dem 14. September, war Markt."),
        ("Two things:\n1. One\n2. Two", "Two things:\n\n1. One\n\n2. Two"),
        ("5. Five\n6. Six", "5. Five\n\n6. Six"),
    ] {
        assert_eq!(article("a.md", markdown).text, expected, "{markdown}");
    }
}
