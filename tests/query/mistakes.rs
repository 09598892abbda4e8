//! What the writer of a wrong query is told: where the mistake is, and one step that mends it. What right ones mean is beside this file.

use std::fmt::Write as _;

use expect_test::{Expect, expect, expect_file};
use onrecord::query::report::report;
use onrecord::query::{MAX_BYTES, MAX_DEPTH, parse};
use onrecord::text::problem::Place;
use onrecord::text::span::Span;

use super::{read, tree};

/// Queries that are wrong; what their writers are told stands in `errors.txt`.
const WRONG: [(&str, &[&str]); 10] = [
    (
        "Fields and values that are not there",
        &[
            "speeker:kerry climate",
            "speeker:x",
            r#"zebra:"a b" Note: this"#,
            "climate sektion:Sport headline:x",
            "q:e0c12397 since:2014",
            "kind:indirekt kind:loud",
            "kind:=direct date:=2014",
            "speaker:",
            "(speaker:) date: kind:|x",
            "speaker:= Kerry",
            "speaker=Kerry",
            "speaker:-Kerry",
            "speaker:title:x",
        ],
    ),
    (
        "Dates that are none",
        &[
            "date:2014-13",
            "date:2015-02-29",
            "date:2014/3/1 date:mondy date:30days",
            r#"date:March mentions:"1 March""#,
            "date:2015..2014 date:7d..30d",
            "date:.. date:999999999d",
            "date>=soon mentions:<2015-13 date:<>2014 date>",
        ],
    ),
    (
        "Confidences that are none",
        &[
            "conf:1.2 conf:>=90 conf<-0.5",
            "conf:high climate conf:>=sure",
            "conf:90% conf:0,9 conf:0.5-0.8",
            "conf:0.8..0.5 conf:.. conf:0.5..2",
            "conf: conf:>= conf>",
            "conf:=0.9 conf=0.9 conf:<>0.9",
            "conf >= 0.9",
            "confidence:>0.9 confidence>0.9",
            "conf:0.1234567 conf:1e-1 conf:NaN conf:{least}",
            r#"conf:>"0.9"#,
        ],
    ),
    (
        "Marks and parentheses that do not pair",
        &[
            r#"climate "carbon tax"#,
            r#"speaker:="John Kerry"#,
            "(coal OR oil",
            "coal) OR oil",
            "((coal) OR (oil",
            r#"coal () "" oil"#,
        ],
    ),
    (
        "Operators that join nothing",
        &[
            "AND coal",
            "coal OR",
            "| coal || oil",
            "coal !oil",
            "coal AND OR oil",
            "coal AND AND oil NOT",
            "AND",
            "(coal AND) OR -(NOT)",
        ],
    ),
    ("Nothing to search for", &["", "  ", r#"coal & oil - gas .. — "...""#]),
    (
        "Wildcards, inexact words, weights",
        &[
            r#""clim* change" coal "x *y""#,
            "coal~3 coal~9 clim*~1 =clim* =coal~1",
            r#""a b"~ "a b"~x "a b"~9999 "a b"*~3 ="a b"~3"#,
            r#"coal^0 coal^0.0001 coal^9999 "a b"^ *^2 (coal oil)^2"#,
            r#"*** ??? title:"???""#,
            r#"/(/ /a{99999}/ /(?:a{999}){999}/ /x/^0"#,
            "speaker:=Ker* speaker:=Kery~1 speaker:=coal^2",
        ],
    ),
    (
        "Distances and counts",
        &[
            "w/5 coal",
            "coal w/5",
            "coal w/5 w/5 oil",
            "coal w/0 oil near/1001 gas pre/99999999999 tar",
            "coal w/5 -oil",
            "coal w/5 kind:direct",
            "coal w/5 date:2014 speaker:=Kerry w/5 gas",
            "(coal oil) w/5 tax",
            "(coal -oil) w/5 tax atleast2(a b) w/5 c",
            "speaker:Kerry w/5 climate",
            "(title:coal OR oil) w/5 tax",
            "coal w/5 AND oil",
            "atleast0(coal) atleast(coal) atleast9999(coal)",
            "atleast3(coal oil) atleast2()",
            "atleast2(kind:direct) atleast2(coal OR title:oil) atleast2((coal oil))",
            "atleast2(coal oil",
        ],
    ),
    (
        "Fields with parentheses, numbers, ids, names",
        &[
            "title:(coal speaker:Kerry) title:(zebra:x)",
            "title:() title:(coal OR)",
            "date:(2014 OR mondy) kind:(direct OR loud)",
            "title:(coal",
            "words:many words:1,000 words:9..5 words:<0 words:.. words:-5",
            "batch:x batch:1.5",
            "speaker:>3 title<5 lang:>en",
            "id:xyz id:7f3a19c27f3a19c27 dup:last saved:a/b saved:* id:*",
            "id:=7f3a dup:=first words:=5",
            r#"date:"2014"~3 kind:"direct"^2"#,
        ],
    ),
    (
        "Parameters",
        &[
            "{topic}s {} {to pic} {1a}",
            "date:{from}-{to} date:{a}..{b}..{c} date:{from}..mondy",
            "conf:>={least words:{a}b speaker:={a}b",
        ],
    ),
];

#[test]
fn what_is_wrong_is_said_so_that_it_can_be_mended() {
    let mut shown = String::new();
    for (heading, queries) in WRONG {
        let _ = writeln!(shown, "# {heading}\n");
        for query in queries {
            let problems = parse(query).expect_err("should be refused");
            assert!(!problems.is_empty(), "{query:?} is refused for a reason");
            let _ = writeln!(shown, "> {query}\n{}", report(query, &problems));
        }
    }
    expect_file!["errors.txt"].assert_eq(&shown);
}

/// What a screen shows for a query that is wrong.
fn check(query: &str, expected: Expect) {
    let problems = parse(query).expect_err("should be refused");
    expected.assert_eq(&report(query, &problems));
}

#[test]
fn reports_fit_the_screen() {
    // Wide characters are two columns; tabs, controls and marks that turn the line are one, and harmless.
    check(
        "東京 speeker:x",
        expect![[r#"
        error: unknown field `speeker`
          東京 speeker:x
               ^^^^^^^
        help: did you mean `speaker:`? `onrecord help query-syntax` lists all fields
    "#]],
    );
    check(
        "a\tb\u{1b}[31m \u{202e} speeker:x",
        expect![[r#"
        error: nothing to search for in `�`
          a b�[31m � speeker:x
                   ^
        help: leave it out: words need a letter or a digit
        error: unknown field `speeker`
          a b�[31m � speeker:x
                     ^^^^^^^
        help: did you mean `speaker:`? `onrecord help query-syntax` lists all fields
    "#]],
    );
    check(
        "kind:\u{1b}[31m",
        expect![[r#"
        error: unknown kind `�[31m`
          kind:�[31m
               ^^^^^
        help: the kinds are `direct`, `mixed` and `indirect`
    "#]],
    );
    // Of several lines, the one in question.
    check(
        "coal\nspeeker:x\noil",
        expect![[r#"
        error: unknown field `speeker`
          speeker:x
          ^^^^^^^
        help: did you mean `speaker:`? `onrecord help query-syntax` lists all fields
    "#]],
    );
    check(
        "coal (oil\n gas",
        expect![[r#"
        error: this parenthesis is not closed
          coal (oil
               ^
        help: write `)` where the group ends, or leave it out
    "#]],
    );
    let long = format!("{}speeker:x {}", "coal ".repeat(40), "oil ".repeat(40));
    check(
        &long,
        expect![[r#"
        error: unknown field `speeker`
          …l coal coal coal coal coal coal speeker:x oil oil oil oil oil oil oil o…
                                           ^^^^^^^
        help: did you mean `speaker:`? `onrecord help query-syntax` lists all fields
    "#]],
    );
    check(
        &"coa*~1 ".repeat(10),
        expect![[r#"
            error: a word has wildcards or a `~`, not both
              coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 
              ^^^^^^
            help: leave out one of them; `OR` between two words finds either
            error: a word has wildcards or a `~`, not both
              coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 
                     ^^^^^^
            help: leave out one of them; `OR` between two words finds either
            error: a word has wildcards or a `~`, not both
              coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 
                            ^^^^^^
            help: leave out one of them; `OR` between two words finds either
            error: a word has wildcards or a `~`, not both
              coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 
                                   ^^^^^^
            help: leave out one of them; `OR` between two words finds either
            error: a word has wildcards or a `~`, not both
              coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 
                                          ^^^^^^
            help: leave out one of them; `OR` between two words finds either
            error: a word has wildcards or a `~`, not both
              coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 
                                                 ^^^^^^
            help: leave out one of them; `OR` between two words finds either
            error: a word has wildcards or a `~`, not both
              coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 
                                                        ^^^^^^
            help: leave out one of them; `OR` between two words finds either
            error: a word has wildcards or a `~`, not both
              coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 coa*~1 
                                                               ^^^^^^
            help: leave out one of them; `OR` between two words finds either
            error: and 2 more
        "#]],
    );
}

#[test]
fn nesting_and_length_are_limited() {
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(tree(&read(&nested(MAX_DEPTH))), "a");
    let negated = read(&format!("{}a", "-".repeat(MAX_DEPTH)));
    assert_eq!(read(&negated.to_string()), negated);
    let one = |query: &str| {
        let problems = parse(query).expect_err("beyond the limit");
        assert_eq!(problems.len(), 1, "one problem, not {problems:?}");
        problems.into_iter().next().expect("just counted")
    };
    let deep = one(&nested(MAX_DEPTH + 1));
    assert_eq!(deep.message, "parentheses and negations are nested more than 64 deep");
    assert_eq!(deep.at, Place::Span(Span::new(&nested(65), 64, 65).expect("the 65th parenthesis")));
    one(&format!("{}a", "-".repeat(MAX_DEPTH + 1)));
    one(&format!("{}a", "(-".repeat(MAX_DEPTH)));

    assert!(parse(&"a".repeat(MAX_BYTES)).is_ok());
    let long = one(&"a".repeat(MAX_BYTES + 1));
    assert_eq!(long.message, "the query is too long: 8193 bytes, and 8192 are allowed");
}

#[test]
fn nasty_queries_come_to_an_end() {
    let pieces = [
        "(",
        ")",
        "\"",
        "“",
        "-",
        "- ",
        "|",
        "/",
        "/ ",
        "/a ",
        "/a/b ",
        "*",
        "~",
        "^",
        ":",
        "a:",
        "speaker:",
        "speaker:=",
        "speaker:\"",
        "date:",
        "date:..",
        "conf:>=",
        "conf>0.9",
        "conf:\"",
        "\\",
        "\"\\",
        "NOT ",
        "AND ",
        "OR ",
        "a OR ",
        "a -",
        "{",
        "{}",
        "atleast1(",
        "title:(",
        "title:(a) ",
        "title:a OR ",
        "/a/ ",
        "a w/5 ",
        "a~1 ",
        "=\"",
        "w/5 ",
        "\u{301}",
        "\u{feff}",
        "\n",
        "🙂",
        "((a) ",
        "a ",
        "a* ",
    ];
    for piece in pieces {
        let query = piece.repeat(MAX_BYTES / piece.len());
        match parse(&query) {
            Ok(found) => {
                let printed = found.to_string();
                // What prints with blanks between its parts may grow beyond what is allowed.
                if printed.len() <= MAX_BYTES {
                    assert_eq!(tree(&read(&printed)), tree(&found), "{piece:?} over and over");
                }
            }
            Err(problems) => {
                let shown = report(&query, &problems);
                assert!(shown.len() < 8 * 1024, "a short report for {piece:?} over and over, not {}", shown.len());
            }
        }
    }
}
