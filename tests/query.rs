//! The query language: what a query means, what is wrong with one, and that it prints back.

use std::fmt::Write as _;

use expect_test::{Expect, expect, expect_file};
use onrecord::query::ast::{
    Field, KindValue, Node, Open, Query, Reach, Scalar, Share, Shares, Sign, Unit, Value, Weight, When,
};
use onrecord::query::report::report;
use onrecord::query::{MAX_BYTES, MAX_DEPTH, SYNTAX, parse};
use onrecord::text::day::{Day, PartialDate};
use onrecord::text::problem::Place;
use onrecord::text::span::Span;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

/// The tree without its spans, as a list in parentheses.
fn tree(query: &Query) -> String {
    let list = |name: &str, parts: &[Query]| {
        let parts: Vec<String> = parts.iter().map(tree).collect();
        format!("({name} {})", parts.join(" "))
    };
    match &query.node {
        Node::And(parts) => list("and", parts),
        Node::Or(parts) => list("or", parts),
        Node::Not(part) => list("not", std::slice::from_ref(part)),
        Node::Near(first, others) => {
            let others: Vec<String> =
                others.iter().map(|(reach, part)| format!("{} {}", distance(*reach), tree(part))).collect();
            format!("(near {} {})", tree(first), others.join(" "))
        }
        Node::AtLeast(least, parts) => list(&format!("least {least}"), parts),
        Node::Boost(part, weight) => format!("{}^{}", tree(part), weight.thousandths()),
        Node::Leaf(field, value) => {
            let name = field.map_or(String::new(), |field| format!("{}:", field.name()));
            let value = match value {
                Value::Form(words) => format!("form[{words}]"),
                Value::Pattern(word) => format!("pattern[{word}]"),
                Value::Fuzzy(word, edits) => format!("fuzzy{edits}[{word}]"),
                Value::Loose { words, slop, prefix } => {
                    format!("[{words}]~{slop}{}", if *prefix { "…" } else { "" })
                }
                Value::Regex(body) => format!("regex[{body}]"),
                Value::Any => "any".to_owned(),
                Value::After(date) => format!("after {}", when(Some(*date))),
                Value::Before(date) => format!("before {}", when(Some(*date))),
                Value::Numbers(from, to) => format!("{from:?}–{to:?}").replace("Some", ""),
                Value::First => "first".to_owned(),
                Value::Open(open) => format!("{open:?}").replace('"', ""),
                Value::Word(word) => word.clone(),
                Value::Phrase(words) => format!("[{words}]"),
                Value::Exact(whole) => format!("=[{whole}]"),
                Value::Kind(kind) => format!("{kind:?}"),
                Value::Days { from, to } => format!("{}~{}", when(*from), when(*to)),
                Value::Shares(shares) => format!("{shares:?}").replace("Share", ""),
            };
            format!("{name}{value}")
        }
    }
}

fn distance(reach: Reach) -> String {
    match reach {
        Reach::Within(words) => format!("<{words}>"),
        Reach::Before(words) => format!("{words}>"),
        Reach::Sentence => "<sentence>".to_owned(),
        Reach::Paragraph => "<paragraph>".to_owned(),
    }
}

fn when(when: Option<When>) -> String {
    match when {
        None => "∞".to_owned(),
        Some(When::At(date)) => date.to_string(),
        Some(other) => format!("{other:?}"),
    }
}

fn read(query: &str) -> Query {
    parse(query).unwrap_or_else(|problems| panic!("{query:?} should parse:\n{}", report(query, &problems)))
}

/// `query ==> tree`, one a line; blank lines divide.
#[test]
fn queries_mean_what_they_should() {
    let table = r#"
climate ==> climate
climate change ==> (and climate change)
climate AND change ==> (and climate change)
climate OR change ==> (or climate change)
climate|change ==> (or climate change)
a OR b c ==> (or a (and b c))
(a OR b) c ==> (and (or a b) c)
a b OR c d ==> (or (and a b) (and c d))
(a OR b) OR c ==> (or a b c)
(a b) (c d) e ==> (and a b c d e)
((a)) ==> a
NOT a ==> (not a)
-a ==> (not a)
a -b ==> (and a (not b))
a NOT b OR c ==> (or (and a (not b)) c)
a AND NOT b ==> (and a (not b))
a OR -b ==> (or a (not b))
--a ==> (not (not a))
-(a b) ==> (not (and a b))
-"a b" ==> (not [a b])
-speaker:Kerry ==> (not speaker:Kerry)
(a)-b ==> (and a (not b))
AND"x"y ==> !
a AND(b)OR"c" ==> (or (and a b) [c])

and or not ==> (and and or not)
android ORCHID NOTE ==> (and android ORCHID NOTE)
title:AND ==> title:AND

"climate change" ==> [climate change]
“climate change” ==> [climate change]
„climate change“ ==> [climate change]
«climate change» ==> [climate change]
»climate change« ==> [climate change]
"climate change” ==> [climate change]
"a""b" ==> (and [a] [b])
"x \"y\" z" ==> [x "y" z]
"back\\slash \n" ==> [back\slash \n]
"speaker:Kerry AND (x" ==> [speaker:Kerry AND (x]
"Why? w/5 a~2 ^" ==> [Why? w/5 a~2 ^]
‘tis the ‘season’ ==> (and ‘tis the ‘season’)

https://example.org/a?b=c*d~1 ==> https://example.org/a?b=c*d~1
www.example.org/?q=1 ==> www.example.org/?q=1
title:https://example.org/?q=1 ==> title:https://example.org/?q=1
9:30 ==> 9:30
9/11 ==> 9/11
AT&T ==> AT&T
O'Neill O’Neill don't ==> (and O'Neill O’Neill don't)
U.S. ==> U.S.
counter-ISIL ==> counter-ISIL
C++ C# ==> (and C++ C#)
#metoo @desk ==> (and #metoo @desk)
$5 50% ~50% §7 ==> (and $5 50% ~50% §7)
/etc/passwd ==> /etc/passwd
and/or w/o 24/7 ==> (and and/or w/o 24/7)
a~b x^y ==> (and a~b x^y)
3>2 x=y R&D; ==> (and 3>2 x=y R&D;)
東京 Müller naïve ==> (and 東京 Müller naïve)
title:12:30 ==> title:12:30
atleast 5 (a OR b) ==> (and atleast 5 (or a b))

speaker:Kerry ==> speaker:Kerry
Speaker:Kerry KIND:Direct ==> (and speaker:Kerry kind:Direct)
speaker:"John Kerry" ==> speaker:[John Kerry]
speaker:=Kerry ==> speaker:=[Kerry]
speaker:="John Kerry" ==> speaker:=[John Kerry]
speaker:="Ann \"Nan\" Oduya" ==> speaker:=[Ann "Nan" Oduya]
outlet:="**" ==> outlet:=[**]
quote:="a" title:="a" body:="a" byline:="a" role:="a" ==> (and quote:=[a] title:=[a] body:=[a] byline:=[a] role:=[a])
quote:a role:b title:c body:d outlet:e byline:f ==> (and quote:a role:b title:c body:d outlet:e byline:f)
kind:direct | kind:mixed | kind:indirect ==> (or kind:Direct kind:Mixed kind:Indirect)
kind:"direct" ==> kind:Direct
(speaker:Kerry)climate ==> (and speaker:Kerry climate)
speaker:Kerry"a b" ==> (and speaker:Kerry [a b])

date:2014 ==> date:2014~2014
date:2014-03 ==> date:2014-03~2014-03
date:2014-03-01 ==> date:2014-03-01~2014-03-01
date:"2014-03-01" ==> date:2014-03-01~2014-03-01
mentions:2014-03 ==> mentions:2014-03~2014-03
date:2014-02..2014-04 ==> date:2014-02~2014-04
date:2014..2014-03 ==> date:2014~2014-03
date:..2014 ==> date:∞~2014
date:2014.. ==> date:2014~∞
date:today ==> date:Today~Today
date:Yesterday ==> date:Yesterday~Yesterday
date:monday.. ==> date:Weekday(0)~∞
date:sunday ==> date:Weekday(6)~Weekday(6)
date:30d ==> date:Back(30, Days)~Today
date:6w ==> date:Back(6, Weeks)~Today
date:6mo ==> date:Back(6, Months)~Today
date:2y ==> date:Back(2, Years)~Today
date:30d..today ==> date:Back(30, Days)~Today
date:60d..30d ==> date:Back(60, Days)~Back(30, Days)
date:..30d ==> date:∞~Back(30, Days)
date:2014-03..today ==> date:2014-03~Today

conf:>=0.9 ==> conf:AtLeast((900000))
conf>=0.9 ==> conf:AtLeast((900000))
Conf:>.9 ==> conf:Above((900000))
conf:<=1 ==> conf:AtMost((1000000))
conf<0.30 ==> conf:Below((300000))
conf:0.5..0.8 ==> conf:Between((500000), (800000))
conf:0.5.. ==> conf:AtLeast((500000))
conf:..0.8 ==> conf:AtMost((800000))
conf:0.972 ==> conf:Between((972000), (972000))
conf:"0.5..0.8" conf:>="0.9" conf>“0.9” ==> (and conf:Between((500000), (800000)) conf:AtLeast((900000)) conf:Above((900000)))
conf:0.123456000 ==> conf:Between((123456), (123456))
-conf:<0.5 (conf>0.8)"a b" ==> (and (not conf:Below((500000))) conf:Above((800000)) [a b])
price>100 ==> price>100

coal w/5 oil ==> (near coal <5> oil)
coal W/5 oil NEAR/3 gas pre/2 tar ==> (near coal <5> oil <3> gas 2> tar)
coal w/s oil ==> (near coal <sentence> oil)
coal w/p oil ==> (near coal <paragraph> oil)
a coal w/5 oil b ==> (and a (near coal <5> oil) b)
-coal w/5 oil ==> (not (near coal <5> oil))
NOT coal w/5 oil OR a ==> (or (not (near coal <5> oil)) a)
(coal OR gas) w/5 "carbon tax" ==> (near (or coal gas) <5> [carbon tax])
(coal w/5 oil) w/9 gas ==> (near (near coal <5> oil) <9> gas)
coal w/9 (gas w/5 oil) ==> (near coal <9> (near gas <5> oil))
title:coal w/5 title:oil ==> (near title:coal <5> title:oil)
title:(coal w/5 oil) ==> (near title:coal <5> title:oil)
clim* w/3 clmate~2 w/3 /ta.+/ w/3 "oil ga"* ==> (near pattern[clim*] <3> fuzzy2[clmate] <3> regex[ta.+] <3> [oil ga]~0…)
w/o w/x 5/w a/s ==> (and w/o w/x 5/w a/s)
"w/5" ==> [w/5]

clim* w?rd *gate ==> (and pattern[clim*] pattern[w?rd] pattern[*gate])
counter-IS* speaker:Kerr? ==> (and pattern[counter-IS*] speaker:pattern[Kerr?])
why? ==> pattern[why?]
* ==> any
speaker:* title:* date:* conf:* words:* kind:* ==> (and speaker:any title:any date:any conf:any words:any kind:any)
-speaker:* ==> (not speaker:any)
clmate~ clmate~1 clmate~2 ==> (and fuzzy1[clmate] fuzzy1[clmate] fuzzy2[clmate])
speaker:Kery~1 ==> speaker:fuzzy1[Kery]
"climate change"~3 ==> [climate change]~3
"climate change"~0 ==> [climate change]
"weapons of mass des"* ==> [weapons of mass des]~0…
„carbon ta“~2* ==> [carbon ta]~2…
body:"a b"~1 ==> body:[a b]~1
/clim.+/ ==> regex[clim.+]
/clim.+ (a|b)/ coal speaker:/K.+/ ==> (and regex[clim.+ (a|b)] coal speaker:regex[K.+])
=running ==> form[running]
="running water" ==> form[running water]
title:(=running) ==> title:form[running]
coal^2 "carbon tax"^0.5 /x+/^3 clim*^2 clmate~1^2 =run^2 ==> (and coal^2000 [carbon tax]^500 regex[x+]^3000 pattern[clim*]^2000 fuzzy1[clmate]^2000 form[run]^2000)
"a b"~3*^1.25 ==> [a b]~3…^1250
title:coal^2 ==> title:coal^2000
x^y a^ ^a ==> (and x^y a^ ^a)

atleast3(climate) ==> (least 3 climate)
atleast3(climate OR carbon) ==> (least 3 (or climate carbon))
ATLEAST2(coal oil gas) ==> (least 2 coal oil gas)
atleast2((coal oil) gas) ==> (least 2 (and coal oil) gas)
atleast2(coal -oil kind:direct) ==> (least 2 coal (not oil) kind:Direct)
atleast2(coal w/5 oil) ==> (least 2 (near coal <5> oil))
atleast1(coal) gas ==> (and (least 1 coal) gas)
title:(atleast2(coal oil)) ==> (least 2 title:coal title:oil)

speaker:(Kerry OR Lavrov) ==> (or speaker:Kerry speaker:Lavrov)
speaker:("John Kerry" Lav*) x ==> (and speaker:[John Kerry] speaker:pattern[Lav*] x)
title:(coal (oil OR gas) -tar) ==> (and title:coal (or title:oil title:gas) (not title:tar))
date:(2014 OR 2016..) ==> (or date:2014~2014 date:2016~∞)
date:(>=2014 <2016) ==> (and date:2014~∞ date:before 2016)
conf:(<0.2 OR >0.9) ==> (or conf:Below((200000)) conf:Above((900000)))
kind:(direct|mixed) words:(5 OR 7..9) ==> (and (or kind:Direct kind:Mixed) (or words:(5)–(5) words:(7)–(9)))
-speaker:(Kerry OR Lavrov) ==> (not (or speaker:Kerry speaker:Lavrov))
title:(coal)oil ==> (and title:coal oil)

date>=2014 date>2014 date<2014-03 date<=30d ==> (and date:2014~∞ date:after 2014 date:before 2014-03 date:∞~Back(30, Days))
date:>=2014 mentions:<today ==> (and date:2014~∞ mentions:before Today)
words>500 words:<=20 words:5..7 words:>=5 words:9 ==> (and words:(501)–None words:None–(20) words:(5)–(7) words:(5)–None words:(9)–(9))
batch:41 batch>=40 batch:40.. ==> (and batch:(41)–(41) batch:(40)–None batch:(40)–None)
cue:told about:Lavrov hlead:coal section:Sport lang:de url:example.org path:2014/03 ==> (and cue:told about:Lavrov hlead:coal section:Sport lang:de url:example.org path:2014/03)
section:="World News" lang:=en path:="a/b c.txt" ==> (and section:=[World News] lang:=[en] path:=[a/b c.txt])
id:7F3a19c2 id:q:7f3a id:a:00 ==> (and id:7f3a19c2 id:7f3a id:00)
dup:first saved:kerry-climate saved:"a.b" ==> (and dup:first saved:kerry-climate saved:a.b)

{topic} speaker:={who} speaker:{who} ==> (and Value(topic) speaker:Exact(who) speaker:Value(who))
date:{from}..{to} date:2014..{to} date:{from}.. date:{day} ==> (and date:Range(Some(Named(from)), Some(Named(to))) date:Range(Some(Typed(2014)), Some(Named(to))) date:Range(Some(Named(from)), None) date:Value(day))
conf:>={least} words<{most} kind:{kind} {topic}^2 ==> (and conf:Compared(AtLeast, least) words:Compared(Below, most) kind:Value(kind) Value(topic)^2000)
{a} w/5 coal ==> (near Value(a) <5> coal)
"#;
    let mut wrong = String::new();
    for line in table.lines().filter(|line| !line.is_empty()) {
        let (query, expected) = line.split_once(" ==> ").expect("every line of the table has an arrow");
        let found = parse(query).map_or("!".to_owned(), |query| tree(&query));
        if found != expected {
            let _ = writeln!(wrong, "{query} ==> {found}");
        }
    }
    assert_eq!(wrong, "", "these do not mean what the table says");
}

/// `query ==> printed`, where the two differ.
#[test]
fn printing_is_canonical() {
    let table = r#"
a AND b ==> a b
a|b ==> a OR b
NOT a ==> -a
((a OR b)) AND (c d) ==> (a OR b) c d
NOT (a) ==> -a
NOT (a b) ==> -(a b)
(a b) OR c ==> a b OR c
“a  b” ==> "a  b"
„a \« b“ ==> "a \« b"
Speaker:="Kerry" ==> speaker:=Kerry
speaker:=“John Kerry” ==> speaker:="John Kerry"
speaker:="/x/" ==> speaker:=/x/
speaker:="x*" ==> speaker:="x*"
date:30d..today ==> date:30d
date:2014..2014 ==> date:2014
date:30d..30d ==> date:30d..30d
date:TODAY.. ==> date:today..
kind:DIRECT ==> kind:direct
conf>=0.90 ==> conf:>=0.9
conf:.5..1.0 ==> conf:0.5..1
conf:0.5.. ==> conf:>=0.5
conf:..0.5 ==> conf:<=0.5
conf:0.5..0.5 ==> conf:0.5
conf:000 ==> conf:0
conf:<0.000001 ==> conf:<0.000001
coal NEAR/5 oil ==> coal w/5 oil
(coal w/5 oil) w/9 gas ==> (coal w/5 oil) w/9 gas
coal w/9 (gas W/P oil) ==> coal w/9 (gas w/p oil)
(coal|gas) w/5 oil ==> (coal OR gas) w/5 oil
NOT (coal w/5 oil) ==> -coal w/5 oil
speaker:Kerry OR speaker:Lavrov ==> speaker:(Kerry OR Lavrov)
speaker:Kerry OR speaker:="Lavrov" ==> speaker:Kerry OR speaker:=Lavrov
title:coal w/5 title:oil ==> title:(coal w/5 oil)
-(title:coal title:oil) ==> -title:(coal oil)
a title:(coal) ==> a title:coal
(date:2014 OR date:>=2016) AND a ==> date:(2014 OR 2016..) a
title:(AND OR x) ==> !
title:AND OR title:x ==> title:AND OR title:x
clmate~ ==> clmate~1
"a b"~0 ==> "a b"
"a b"~03 ==> "a b"~3
coal^2.50 ==> coal^2.5
title:(=run) ==> title:(=run)
title:(=run coal) ==> title:(=run coal)
=“a b” ==> ="a b"
atleast2(coal AND oil gas) ==> atleast2(coal oil gas)
atleast02((coal | oil)) ==> atleast2(coal OR oil)
words>5 ==> words:>=6
date>=2014 ==> date:2014..
date:>2014 ==> date:>2014
id:q:7F3A ==> id:7f3a
DUP:FIRST ==> dup:first
"#;
    for line in table.lines().filter(|line| !line.is_empty()) {
        let (query, expected) = line.split_once(" ==> ").expect("every line of the table has an arrow");
        if expected == "!" {
            assert!(parse(query).is_err(), "{query}");
            continue;
        }
        let printed = read(query).to_string();
        assert_eq!(printed, expected, "of {query}");
        assert_eq!(tree(&read(&printed)), tree(&read(query)), "{query} reads back");
    }
}

#[test]
fn trees_made_by_hand_print_to_something_that_parses() {
    for word in ["AND", "a b", "clim*", "speaker:x", "w/5", "-x", "a\"b", "(", "/x/", "date>=3 x", "=x"] {
        let leaf = |field| Query { node: Node::Leaf(field, Value::Word(word.to_owned())), span: Span::whole("") };
        for field in [None, Some(Field::Speaker)] {
            let printed = leaf(field).to_string();
            if word.contains(char::is_alphabetic) && word != "clim*" {
                read(&printed);
            }
        }
    }
}

#[test]
fn every_part_knows_its_place() {
    let text = "a (speaker:\"J. Kerry\" | -b)";
    let query = read(text);
    let Node::And(parts) = &query.node else { panic!("an AND, not {query:?}") };
    let Some(Query { node: Node::Or(inner), .. }) = parts.get(1) else { panic!("an OR in it") };
    let places: Vec<&str> = [&query].into_iter().chain(parts).chain(inner).map(|part| part.span.of(text)).collect();
    assert_eq!(places, [text, "a", "(speaker:\"J. Kerry\" | -b)", "speaker:\"J. Kerry\"", "-b"]);
}

#[test]
fn relative_days_are_seen_from_today() {
    let today = Day::new(2015, 9, 18).expect("a Friday");
    let days = |query: &str| {
        let Node::Leaf(_, Value::Days { from, to }) = read(query).node else { panic!("{query} tests days") };
        let from = from.map_or("".to_owned(), |when| when.days(today).0.to_string());
        let to = to.map_or("".to_owned(), |when| when.days(today).1.to_string());
        format!("{from}..{to}")
    };
    assert_eq!(days("date:2014-02..2014-04"), "2014-02-01..2014-04-30");
    assert_eq!(days("date:2016-02"), "2016-02-01..2016-02-29");
    assert_eq!(days("date:..2014"), "..2014-12-31");
    assert_eq!(days("date:today"), "2015-09-18..2015-09-18");
    assert_eq!(days("date:yesterday"), "2015-09-17..2015-09-17");
    assert_eq!(days("date:friday"), "2015-09-18..2015-09-18");
    assert_eq!(days("date:saturday"), "2015-09-12..2015-09-12");
    assert_eq!(days("date:30d"), "2015-08-19..2015-09-18");
    assert_eq!(days("date:6w"), "2015-08-07..2015-09-18");
    assert_eq!(days("date:6mo"), "2015-03-18..2015-09-18");
    assert_eq!(days("date:2y"), "2013-09-18..2015-09-18");
    assert_eq!(days("date:60d..30d"), "2015-07-20..2015-08-19");
    assert_eq!(days("date:..1y"), "..2014-09-18");
}

/// Queries that are wrong; what their writers are told stands in `query/errors.txt`.
const WRONG: [(&str, &[&str]); 10] = [
    (
        "Fields and values that are not there",
        &[
            "speeker:kerry climate",
            "speeker:x",
            r#"zebra:"a b" Note: this"#,
            "climate sektion:Sport headline:x",
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
    expect_file!["query/errors.txt"].assert_eq(&shown);
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

/// The examples of the reference: the lines set in by four blanks, up to two blanks in a row.
fn examples(part: &str) -> Vec<&str> {
    let lines = part.lines().filter_map(|line| line.strip_prefix("    "));
    lines.map(|line| line.split_once("  ").map_or(line, |(example, _)| example)).collect()
}

#[test]
fn the_reference_holds() {
    let there = examples(SYNTAX);
    assert!(there.len() > 80, "the reference has examples");
    for example in there {
        read(example);
    }
    for field in Field::ALL {
        assert!(SYNTAX.contains(&format!("{}:", field.name())), "the reference names {}", field.name());
    }
    for line in SYNTAX.lines() {
        assert!(line.chars().count() <= 120, "fits a screen: {line}");
    }
}

/// Words that stand for themselves.
fn plain_word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zäé東]{1,6}",
        "[A-Za-z][a-z]{0,4}['’.&/+-][a-z0-9]{1,4}",
        "[#$@]?[0-9]{1,4}[%:.,][0-9]{1,2}",
        Just("and".to_owned()),
        Just("https://example.org/?q=a*".to_owned()),
    ]
    .prop_filter("no operator", |word| parse(word).is_ok())
}

fn moment() -> impl Strategy<Value = When> {
    let unit = prop_oneof![Just(Unit::Days), Just(Unit::Weeks), Just(Unit::Months), Just(Unit::Years)];
    prop_oneof![
        (0..3000).prop_map(|year| When::At(PartialDate::Year(year))),
        (1000..3000, 1u32..13).prop_map(|(year, month)| When::At(PartialDate::Month(year, month))),
        (-100_000..100_000).prop_map(|day| When::At(PartialDate::Day(Day::from_number(day)))),
        Just(When::Today),
        Just(When::Yesterday),
        (0u32..7).prop_map(When::Weekday),
        (0u32..2000, unit).prop_map(|(count, unit)| When::Back(count, unit)),
    ]
}

fn shares() -> impl Strategy<Value = Shares> {
    let share = || (0..=Share::WHOLE).prop_map(|millionths| Share::new(millionths).expect("not more than one"));
    prop_oneof![
        share().prop_map(Shares::AtLeast),
        share().prop_map(Shares::Above),
        share().prop_map(Shares::AtMost),
        share().prop_map(Shares::Below),
        (share(), share()).prop_map(|(one, other)| Shares::Between(one.min(other), one.max(other))),
    ]
}

fn text_field() -> impl Strategy<Value = Option<Field>> {
    prop::sample::select(vec![
        None,
        None,
        Some(Field::Quote),
        Some(Field::Speaker),
        Some(Field::Role),
        Some(Field::Cue),
        Some(Field::About),
        Some(Field::Title),
        Some(Field::Body),
        Some(Field::Hlead),
        Some(Field::Outlet),
        Some(Field::Byline),
        Some(Field::Section),
        Some(Field::Lang),
        Some(Field::Url),
        Some(Field::Path),
    ])
}

fn phrase_text() -> impl Strategy<Value = String> {
    "[ -)+-~“”„«»\\\\]{0,8}x[ -)+-~“”„«»\\\\]{0,8}"
}

/// What asks for words, and so has places.
fn placed() -> impl Strategy<Value = Value> {
    let letters = || "[a-zé]{1,5}";
    prop_oneof![
        5 => plain_word().prop_map(Value::Word),
        3 => phrase_text().prop_map(Value::Phrase),
        1 => plain_word().prop_filter("no address", |word| !word.contains("//")).prop_map(Value::Form),
        1 => phrase_text().prop_map(Value::Form),
        1 => (letters(), "[*?]", "[a-z]{0,3}[*?]?").prop_map(|(head, sign, tail)| Value::Pattern(head + &sign + &tail)),
        1 => (letters(), 1u8..3).prop_map(|(word, edits)| Value::Fuzzy(word, edits)),
        1 => (phrase_text(), 0u32..9, any::<bool>()).prop_map(|(words, slop, prefix)| match (slop, prefix) {
            (0, false) => Value::Phrase(words),
            _ => Value::Loose { words, slop, prefix },
        }),
        1 => "[a-z][.]?[*+]?([(]a[|]b[)])?".prop_map(Value::Regex),
        1 => "[a-z][a-z0-9_-]{0,4}".prop_map(|name| Value::Open(Open::Value(name))),
    ]
}

fn open() -> impl Strategy<Value = (Field, Open)> {
    let name = || "[a-z]{1,4}";
    let field = prop::sample::select(vec![Field::Date, Field::Mentions, Field::Words, Field::Batch, Field::Conf]);
    let sign = prop::sample::select(vec![Sign::Above, Sign::AtLeast, Sign::Below, Sign::AtMost]);
    (field, name(), name(), sign, 0..5_usize).prop_map(|(field, one, other, sign, shape)| {
        let named = |name: String| Some(Scalar::Named(name));
        // It is right for all of these fields.
        let typed = || Some(Scalar::Typed(if field == Field::Conf { "0.5" } else { "2014" }.to_owned()));
        let open = match shape {
            0 => Open::Value(one),
            1 => Open::Range(named(one), named(other)),
            2 => Open::Range(typed(), named(other)),
            3 => Open::Range(named(one), None),
            _ => Open::Compared(sign, one),
        };
        (field, open)
    })
}

fn numbers() -> impl Strategy<Value = Value> {
    (prop::option::of(0..2000_u64), prop::option::of(0..2000_u64)).prop_map(|range| match range {
        (Some(one), Some(other)) => Value::Numbers(Some(one.min(other)), Some(one.max(other))),
        (None, None) => Value::Any,
        (from, to) => Value::Numbers(from, to),
    })
}

fn leaf() -> impl Strategy<Value = Node> {
    let days = || prop::sample::select(vec![Field::Date, Field::Mentions]);
    let exact = "[ -~“”„«»\\\\]{0,8}x[ -~“”„«»\\\\]{0,8}".prop_map(Value::Exact);
    let node = |(field, value)| Node::Leaf(Some(field), value);
    let weighed = (text_field(), placed(), 1u32..5000).prop_map(|(field, value, weight)| {
        let weight = Weight::new(weight).expect("a weight");
        // An address holds no syntax, not even a weight.
        match &value {
            Value::Word(word) if word.contains("//") => Node::Leaf(field, value),
            _ => Node::Boost(Box::new(unplaced(Node::Leaf(field, value))), weight),
        }
    });
    let saved = "[a-z][a-z0-9._-]{0,6}".prop_map(|name| Node::Leaf(Some(Field::Saved), Value::Word(name)));
    let id = "[0-9a-f]{1,16}".prop_map(|id| Node::Leaf(Some(Field::Id), Value::Word(id)));
    prop_oneof![
        8 => (text_field(), placed()).prop_map(|(field, value)| Node::Leaf(field, value)),
        1 => weighed,
        1 => text_field().prop_map(|field| Node::Leaf(field, Value::Any)),
        1 => (text_field(), exact).prop_map(|(field, value)| Node::Leaf(field.or(Some(Field::Speaker)), value)),
        1 => prop::sample::select(KindValue::ALL.to_vec())
            .prop_map(|kind| Node::Leaf(Some(Field::Kind), Value::Kind(kind))),
        1 => shares().prop_map(|shares| Node::Leaf(Some(Field::Conf), Value::Shares(shares))),
        1 => (prop::sample::select(vec![Field::Words, Field::Batch]), numbers()).prop_map(node),
        1 => (days(), moment(), any::<bool>())
            .prop_map(|(field, when, after)| (field, if after { Value::After(when) } else { Value::Before(when) }))
            .prop_map(node),
        1 => open().prop_map(|(field, open)| Node::Leaf(Some(field), Value::Open(open))),
        1 => prop_oneof![saved, id, Just(Node::Leaf(Some(Field::Dup), Value::First))],
        1 => (days(), prop::option::of(moment()), prop::option::of(moment())).prop_filter_map("not a range", |(field, from, to)| {
            let query = Node::Leaf(Some(field), Value::Days { from, to });
            let printed = unplaced(query.clone()).to_string();
            // Ranges that end before they begin, or have no end, are none.
            parse(&printed).is_ok().then_some(query)
        }),
    ]
}

/// Units of one field at distances, some of them units at distances themselves.
fn near() -> impl Strategy<Value = Node> {
    let reach = || {
        prop_oneof![
            (1..=1000_u32).prop_map(Reach::Within),
            (1..=1000_u32).prop_map(Reach::Before),
            Just(Reach::Sentence),
            Just(Reach::Paragraph),
        ]
    };
    let row = move |unit: BoxedStrategy<Node>| {
        (unit.clone(), prop::collection::vec((reach(), unit), 1..3)).prop_map(|(first, others)| {
            let others = others.into_iter().map(|(reach, part)| (reach, unplaced(part))).collect();
            Node::Near(Box::new(unplaced(first)), others)
        })
    };
    text_field().prop_flat_map(move |field| {
        let leaf = placed().prop_map(move |value| Node::Leaf(field, value)).boxed();
        let either = prop::collection::vec(leaf.clone(), 2..4)
            .prop_map(|parts| Node::Or(parts.into_iter().map(unplaced).collect()))
            .boxed();
        let unit = prop_oneof![4 => leaf, 1 => either].boxed();
        let inner = prop_oneof![4 => unit.clone(), 1 => row(unit)].boxed();
        row(inner)
    })
}

fn unplaced(node: Node) -> Query {
    Query { node, span: Span::whole("") }
}

/// Trees as the parser makes them: lists of at least two, none inside its like.
fn node() -> impl Strategy<Value = Node> {
    prop_oneof![6 => leaf(), 1 => near()].prop_recursive(6, 40, 4, |inner| {
        let parts = prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            parts.clone().prop_map(|parts| {
                let flat = parts.into_iter().flat_map(|part| match part {
                    Node::And(inner) => inner,
                    other => vec![unplaced(other)],
                });
                Node::And(flat.collect())
            }),
            parts.prop_map(|parts| {
                let flat = parts.into_iter().flat_map(|part| match part {
                    Node::Or(inner) => inner,
                    other => vec![unplaced(other)],
                });
                Node::Or(flat.collect())
            }),
            inner.clone().prop_map(|part| Node::Not(Box::new(unplaced(part)))),
            (1..5_u32, prop::collection::vec(inner, 2..5)).prop_map(|(least, parts)| {
                let most = u32::try_from(parts.len()).expect("a few");
                Node::AtLeast(least.min(most), parts.into_iter().map(unplaced).collect())
            }),
            (1..5_u32, near()).prop_map(|(least, part)| Node::AtLeast(least, vec![unplaced(part)])),
        ]
    })
}

/// Strings made of what the language is made of.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "(",
        ")",
        "\"",
        "“",
        "”",
        "\\",
        "-",
        "|",
        " ",
        " AND ",
        " OR ",
        " NOT ",
        "speaker:",
        "speaker:=",
        "date:",
        "kind:",
        "conf:",
        "conf",
        "0.9",
        "zzz:",
        "2014",
        "..",
        "30d",
        "today",
        "direct",
        "*",
        "?",
        "~",
        "^",
        "/",
        "{",
        "}",
        "a",
        "Kerry",
        " w/5 ",
        " w/s ",
        "atleast2(",
        "title:(",
        "words:",
        "{x}",
        ":",
        "=",
        ">",
        "<",
        "é",
        "東",
        "\n",
        "\u{202e}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

fn survives(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            let again = parse(&printed).map_err(|problems| TestCaseError::fail(report(&printed, &problems)))?;
            prop_assert_eq!(tree(&again), tree(&query), "{:?} prints as {:?}", text, printed);
            prop_assert_eq!(again.to_string(), printed);
        }
        Err(problems) => {
            prop_assert!(!problems.is_empty());
            report(text, &problems);
            for problem in problems {
                if let Place::Span(span) = problem.at {
                    prop_assert!(Span::new(text, span.start(), span.end()).is_some());
                }
            }
        }
    }
    Ok(())
}

/// A failing case is kept beside this file, as `query.regressions`.
fn config() -> ProptestConfig {
    let beside = FileFailurePersistence::WithSource("regressions");
    ProptestConfig { failure_persistence: Some(Box::new(beside)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_printed_tree_reads_back(node in node()) {
        let query = unplaced(node);
        let printed = query.to_string();
        let again = parse(&printed).map_err(|problems| TestCaseError::fail(report(&printed, &problems)))?;
        prop_assert_eq!(tree(&again), tree(&query), "{}", printed);
    }

    #[test]
    fn no_text_breaks_the_parser(text in any::<String>()) {
        survives(&text)?;
    }

    #[test]
    fn no_mixture_breaks_the_parser(text in soup()) {
        survives(&text)?;
    }
}
