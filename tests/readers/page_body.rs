//! What of a page is its article: pages as they were made in thirty years, with what stands around the text.

use super::article;

const STORY: [&str; 5] = [
    "The harbour board of Port Ellery voted on Tuesday to close the old ferry slip, ending a dispute that has split the town for years.",
    "“We had no choice,” said Ada Bell, who chairs the board. “The piles are rotten, and nobody will pay for new ones.”",
    "The slip was built in 1911, when the mill was new. It has stood empty since the northern line gave up its last boat three years ago.",
    "Tom Reed, who ran the last ferry, said he would not fight the decision. “I am seventy,” he said. “Let them have their car park.”",
    "The council will meet again on Friday to decide what happens to the waiting room, which is listed.",
];

const GERMAN: [&str; 4] = [
    "Der Hafenrat von Port Ellery hat am Dienstag beschlossen, den alten Fähranleger zu schließen und damit einen langen Streit zu beenden.",
    "„Wir hatten keine Wahl“, sagte Ada Bell, die dem Rat vorsitzt. „Die Pfähle sind morsch, und niemand will neue bezahlen.“",
    "Der Anleger wurde 1911 gebaut, als die Mühle neu war. Seit drei Jahren fährt dort kein Schiff mehr, und die Wartehalle steht leer.",
    "Tom Reed, der die letzte Fähre fuhr, will nicht gegen den Beschluss kämpfen. „Ich bin siebzig“, sagte er.",
];

const MENU: &str = "<ul><li><a href=/>Home</a><li><a href=/news>News</a><li><a href=/sport>Sport</a><li><a href=/weather>Weather</a></ul>";

const MORE: &str = "<div><h3>More from the Courier</h3><div><a href=1>Mill sold to Nordhagen firm</a></div>\
    <div><a href=2>Bridge to open in May</a></div><div><a href=3>Council quarrels over gulls</a></div></div>";

fn each(tag: &str, words: &[&str]) -> String {
    words.iter().map(|words| format!("<{tag}>{words}</{}>", tag.split(' ').next().unwrap_or(tag))).collect()
}

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    let text = article("a.html", html).text;
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    assert_eq!(paragraphs, expected, "{html}");
}

#[test]
fn an_article_among_the_furniture_of_a_page() {
    let page = format!(
        "<!doctype html><html lang=en><head><title>Slip closed | Courier</title></head><body><header><nav>{MENU}</nav></header>\
         <div class=cookie-banner><p>We use cookies to improve your experience. By using this site you accept them.</p><button>OK</button></div>\
         <main><article class=post><h1>Slip closed</h1><div class=share-bar><a href=#>Facebook</a> <a href=#>Twitter</a> <a href=#>Email</a></div>\
         <div class=entry-content>{}<blockquote><p>“It was a good slip,” said Mr Reed.</p></blockquote></div></article>\
         <div id=comments class=comments><h2>2 comments</h2><div class=comment><p>Reader 1 says:</p><p>I used to take that ferry every day to school, and I will miss it.</p></div>\
         <div class=comment><p>Reader 2 says:</p><p>“Car park” my foot. They will build flats there, you just wait and see.</p></div></div></main>\
         <aside class=sidebar>{MORE}</aside><div class=newsletter><h3>Newsletter</h3><p>Sign up for our newsletter and never miss a story.</p></div>\
         <footer>© 2019 The Courier. All rights reserved.</footer></body></html>",
        each("p", &STORY)
    );
    let mut expected = STORY.to_vec();
    expected.push("“It was a good slip,” said Mr Reed.");
    check(&page, &expected);
}

#[test]
fn tables_and_breaks_of_the_nineties() {
    check(
        &format!(
            "<html><head><title>Port Ellery Courier: Slip to close</title></head><body bgcolor=#ffffff><table width=600>\
             <tr><td colspan=2><img src=logo.gif><font size=5>Port Ellery Courier</font></td></tr><tr><td width=120 valign=top><font size=1>\
             <a href=a.html>Front page</a><br><a href=b.html>Local</a><br><a href=c.html>Sports</a><br><a href=d.html>Obituaries</a></font></td>\
             <td><font size=4><b>Slip to close</b></font><br><font size=2>By TOM REED<br>March 5, 1999</font><br><br>{}<br><br>\
             <center><font size=1><a href=mailto:x>Write to the editor</a> | Copyright 1999 Port Ellery Courier.</font></center></td></tr></table></body></html>",
            STORY.join("<br><br>")
        ),
        &STORY,
    );
}

#[test]
fn plain_boxes_without_names() {
    check(
        &format!(
            "<!doctype html><html><head><title>Slip closed</title></head><body><div>{MENU}</div><div><div>Slip closed</div>{}</div>{MORE}</body></html>",
            each("div", &STORY)
        ),
        &STORY,
    );
}

#[test]
fn another_language() {
    check(
        &format!(
            "<!doctype html><html lang=de><head><title>Anleger schließt - Ellery Bote</title></head><body><nav>{MENU}</nav><main><article>\
             <h1>Anleger schließt</h1><p class=autor>Von Ada Bell</p><p class=datum>5. März 2019, 10:15 Uhr</p>{}\
             <p><a href=/x>Lesen Sie auch: Die Mühle wird verkauft</a></p></article><section class=kommentare><h3>Kommentare</h3>\
             <p>Endlich! Der Anleger war eine Schande, das habe ich schon immer gesagt.</p></section></main><footer>Impressum Datenschutz</footer></body></html>",
            each("p", &GERMAN)
        ),
        &GERMAN,
    );
}

#[test]
fn what_a_script_would_show() {
    // Pages that stream their text hidden and have a script put it in its place.
    check(
        &format!(
            "<!doctype html><html lang=en><head><title>Slip closed</title></head><body><nav>{MENU}</nav><main><h1>Slip closed</h1>\
             <div id=B1>Loading</div></main><footer>All rights reserved</footer><div hidden id=S1><div class=story>{}</div></div></body></html>",
            each("p", &STORY)
        ),
        &STORY,
    );
}

#[test]
fn short_turns_of_speech() {
    let turns = [
        "HOST: Good morning. With me is Ada Bell, who chairs the harbour board.",
        "BELL: Good morning.",
        "HOST: Why close the slip?",
        "BELL: Because the piles are rotten, and nobody will pay for new ones. We asked everybody.",
        "HOST: Everybody?",
        "BELL: Twice.",
        "HOST: And the waiting room?",
        "BELL: That stays. It is listed, and I rather like it.",
    ];
    check(
        &format!(
            "<!doctype html><html lang=en><head><title>Transcript: Ada Bell</title></head><body><header>{MENU}</header><div id=content>\
             <h1>Transcript: Ada Bell on the ferry slip</h1>{}</div><div class=footer>Transcripts are made in a hurry. © Courier Radio</div></body></html>",
            each("p", &turns)
        ),
        &turns,
    );
}

#[test]
fn a_notice_of_one_paragraph() {
    check(
        &format!(
            "<html lang=en><head><title>Slip closed</title></head><body>{MENU}<h1>Slip closed</h1><p>{}</p><footer><a href=/>Home</a> All rights reserved</footer></body></html>",
            STORY[0]
        ),
        &STORY[..1],
    );
}

#[test]
fn entries_of_a_live_report() {
    let entries: String = STORY
        .iter()
        .enumerate()
        .map(|(n, words)| {
            format!("<div class=live-entry><time datetime=2019-03-05T1{n}:15>1{n}.15</time><h2>Part {n} of the day</h2><p>{words}</p></div>")
        })
        .collect();
    let page = format!(
        "<!doctype html><html lang=en><head><title>Storm live</title></head><body><header>{MENU}</header><main>\
         <h1>Storm live: Port Ellery braces for the tide</h1><div class=liveblog>{entries}</div></main><footer>Contact us</footer></body></html>"
    );
    let text = article("a.html", page).text;
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    for words in STORY {
        assert!(paragraphs.contains(&words), "{words} stands alone in {text}");
    }
    assert!(paragraphs.contains(&"Part 3 of the day"), "{text}");
    assert!(!text.contains("Contact us") && !text.contains("Home"), "{text}");
}
