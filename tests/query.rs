//! The query language: what a query means, what is wrong with one, and that it prints back.

mod mistakes;
mod random;

use std::fmt::Write as _;

use onrecord::query::ast::{Field, Node, Query, Reach, Value, When};
use onrecord::query::report::report;
use onrecord::query::{SYNTAX, parse, since};
use onrecord::text::day::Day;
use onrecord::text::span::Span;

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
        let Node::Leaf(_, value) = read(query).node else { panic!("{query} is one test") };
        let (from, to) = value.days(today).expect("it tests days");
        let shown = |day: Option<Day>| day.map_or(String::new(), |day| day.to_string());
        format!("{}..{}", shown(from), shown(to))
    };
    assert_eq!(days("date:2014-02..2014-04"), "2014-02-01..2014-04-30");
    assert_eq!(days("date:2016-02"), "2016-02-01..2016-02-29");
    assert_eq!(days("date:..2014"), "..2014-12-31");
    assert_eq!(days("date:today"), "2015-09-18..2015-09-18");
    assert_eq!(days("date:yesterday"), "2015-09-17..2015-09-17");
    assert_eq!(days("date:friday"), "2015-09-18..2015-09-18");
    assert_eq!(days("date:saturday"), "2015-09-12..2015-09-12");
    assert_eq!(days("date:1d"), "2015-09-18..2015-09-18");
    assert_eq!(days("date:0d"), "2015-09-18..2015-09-18");
    assert_eq!(days("date:7d"), "2015-09-12..2015-09-18");
    assert_eq!(days("date:1w"), "2015-09-12..2015-09-18");
    assert_eq!(days("date:30d"), "2015-08-20..2015-09-18");
    assert_eq!(days("date:30d..today"), "2015-08-20..2015-09-18");
    assert_eq!(days("date:6w"), "2015-08-08..2015-09-18");
    assert_eq!(days("date:6mo"), "2015-03-19..2015-09-18");
    assert_eq!(days("date:2y"), "2013-09-19..2015-09-18");
    assert_eq!(days("date:..1y"), "..2014-09-18");
    // What follows the last seven days, and what lies before them, is the same in every spelling.
    for query in ["date:7d..", "date:>=7d", "date:>7d", "date:1w.."] {
        assert_eq!(days(query), "2015-09-12..", "{query}");
    }
    for query in ["date:..7d", "date:<=7d", "date:<7d"] {
        assert_eq!(days(query), "..2015-09-11", "{query}");
    }
    let since = |typed: &str| since(typed, today).expect("a date").to_string();
    assert_eq!([since("7d"), since("2015-03")], ["2015-09-12", "2015-03-01"]);
    assert_eq!(days("date:7d..2015-09-18"), "2015-09-12..2015-09-18");
    assert_eq!(days("date:7d..yesterday"), "2015-09-12..2015-09-17");
    assert_eq!(days("date:60d..30d"), "2015-07-21..2015-08-19");
    assert_eq!(days("date:30d..30d"), "2015-08-19..2015-08-19");
    assert_eq!(days("date:1d..yesterday"), "2015-09-17..2015-09-17");
    assert_eq!(days("date:>=0d"), "2015-09-18..");
    // A range that ends before it begins stays one.
    assert_eq!(days("date:7d..2014"), "2015-09-11..2014-12-31");
    assert_eq!(days("date:>2014"), "2015-01-01..");
    assert_eq!(days("date:<2014"), "..2013-12-31");
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
