//! Which of the titles that a page gives itself is the headline of its article, and what of them is the name of the site.

use onrecord::article::{ReadOptions, Reading};

use super::{article, readings};

const STORY: &str = "<p>The harbour board of Port Ellery voted on Tuesday to close the old ferry slip, ending a dispute that has split the town.</p>\
    <p>“We had no choice,” said Ada Lund, who chairs the board. “The piles are rotten, and nobody will pay for new ones.”</p>\
    <p>The slip was built when the mill was new, and it has stood empty since the northern line gave up its last boat.</p>";

/// A page with this window's title, title for friends, rest of the head, and top of the article.
fn page(window: &str, social: &str, head: &str, top: &str) -> String {
    let social =
        if social.is_empty() { String::new() } else { format!("<meta property=og:title content=\"{social}\">") };
    format!(
        "<!doctype html><html lang=en><head><title>{window}</title>{social}{head}</head><body><nav><a href=/>Home</a>\
         <a href=/news>News</a></nav><main><div class=top>{top}</div>{STORY}</main><footer>All rights reserved</footer></body></html>"
    )
}

fn check(rows: &[(&str, &str, &str, &str, &str)]) {
    for (window, social, head, top, expected) in rows {
        let article = article("a.html", page(window, social, head, top));
        assert_eq!(article.headline(), Some(*expected), "{window} / {social} / {top}");
    }
}

#[test]
fn the_site_is_known_by_its_address() {
    let address = "<link rel=canonical href=https://news.port-ellery-signal.example/slip/closed>";
    check(&[
        // Behind the headline, which has its number before it as the heading has not.
        (
            "8 Ways to Close a Slip - Port Ellery Signal",
            "8 Ways to Close a Slip - Port Ellery Signal",
            address,
            "<h1>Ways to Close a Slip</h1>",
            "8 Ways to Close a Slip",
        ),
        // Behind it, so that heading and title are seen to be one with something more in the heading.
        (
            "Board Closes the Old Ferry Slip - Port Ellery Signal",
            "Board Closes the Old Ferry Slip - Port Ellery Signal",
            address,
            "<h1>Board Closes the Old Ferry Slip <a href=/from>(millnews.example)</a> 87</h1>",
            "Board Closes the Old Ferry Slip",
        ),
        // Before it, under both names.
        (
            "Port Ellery Signal | PortEllerySignal.example - Board Closes Slip",
            "",
            "<link rel=canonical href=https://www.portellerysignal.example/slip>",
            "<h1>Harbour notes</h1>",
            "Board Closes Slip",
        ),
        // A dash in the headline.
        ("Board Closes Slip - Harbour Master Quits", "", address, "", "Board Closes Slip - Harbour Master Quits"),
    ]);
    // The address may come with the page: a crawl's record names it.
    let html = page("Board Closes Slip - Port Ellery Signal", "", "", "<h1>Home</h1>");
    let options =
        ReadOptions { url: Some("https://portellerysignal.example/slip".to_owned()), ..ReadOptions::default() };
    match readings("a.html", html, &options).as_slice() {
        [Reading::Article(article, _)] => assert_eq!(article.headline(), Some("Board Closes Slip")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn headings_that_name_the_site_are_no_headlines() {
    check(&[
        // It leads home.
        (
            "gulls.example Closing the Slip",
            "",
            "",
            "<h1><a href=https://gulls.example/>gulls.example</a></h1><h3>Closing the Slip</h3>",
            "Closing the Slip",
        ),
        (
            "Ada's Boats: Closing the Slip",
            "",
            "",
            "<h1><a href=/>Ada's Boats</a></h1><h3>How it was closed</h3>",
            "Closing the Slip",
        ),
        // Its class says so.
        (
            "Closing the Slip | Boats and Gulls",
            "",
            "",
            "<h1 class='gulls-logo'>Ellery Institute of Boats</h1>",
            "Closing the Slip",
        ),
        (
            "Closing the Slip – Signals from the Slip",
            "",
            "<link rel=canonical href=https://gulls.example/closing-the-slip>",
            "<h1 class=site-title>Signals from the Slip</h1><h2>Closing the Slip</h2>",
            "Closing the Slip",
        ),
        // But a headline may speak of the site.
        (
            "Port Ellery Signal 18 – The Board Votes",
            "Port Ellery Signal 18 – The Board Votes",
            "<meta property=og:site_name content='Port Ellery Signal'>",
            "<h1 class=head>Port Ellery Signal 18 – The Board Votes</h1><h1 class=part>A Board Votes?</h1><h1 class=part>Boats</h1>",
            "Port Ellery Signal 18 – The Board Votes",
        ),
    ]);
}

#[test]
fn the_title_that_readers_see_in_another_heading() {
    let title = "Board Closes the Old Ferry Slip";
    check(&[
        // The first heading is one of the text's own.
        (
            "Board Closes the Old Ferry Slip | The Signal",
            title,
            "",
            "<h2>Board Closes the Old Ferry Slip</h2><p>A long vote.</p><h1 id=promise>But what the board closes it promises to build anew</h1>",
            title,
        ),
        // An appeal stands above it, and one of several titles told to friends is seen.
        (
            "Why the Slip Closes - The Signal",
            "Why the Slip Closes",
            "<meta name=twitter:title content='Board Closes the Old Ferry Slip'>",
            "<h1>A word from Tom Reed, who founded this paper:</h1><h3 class=post-title>Board Closes the Old Ferry Slip</h3>",
            title,
        ),
        // A link to another page that says it is none.
        (
            "Board Closes the Old Ferry Slip | The Signal",
            title,
            "",
            "<h1>The Ferry Slip Is Closed for Good</h1><h3><a href=/slip>Board Closes the Old Ferry Slip</a></h3>",
            "The Ferry Slip Is Closed for Good",
        ),
    ]);
}

#[test]
fn headings_set_by_hand_or_in_pieces() {
    let told = "Port Ellery Ferry Slip Closes: What It Means";
    for top in [
        "<h1><b>What Does the Vote on the Slip Mean?</b></h1>",
        "<h1>The <strong>ferry slip</strong> and the vote on it</h1>",
        "<h1>The Vote on the Slip<br>Your Guide to What It Means</h1>",
        "<h1>Read what the <em style='color: navy'>ferry slip</em> means today</h1>",
        "<h1>The Ferry Slip's Vote<span>All that it means for Port Ellery</span></h1>",
    ] {
        check(&[(told, told, "", top, told)]);
    }
    check(&[
        // The names of works are set in italics by the system itself.
        (
            told,
            told,
            "",
            "<h1>The Ferry Slip in <i>The Tide</i> and What It Means</h1>",
            "The Ferry Slip in The Tide and What It Means",
        ),
        // A line above the headline is not in the title.
        (
            "The Ferry Slip | The Signal",
            "The Ferry Slip",
            "",
            "<h1><div class=over>Get to know</div> <span>The Ferry Slip</span></h1>",
            "The Ferry Slip",
        ),
        // Pieces that touch are words apart where nothing else is told, and parts of one word where they look so.
        (
            "",
            "",
            "",
            "<h1><span>The slip closes</span><span>Board votes nine to two</span></h1>",
            "The slip closes Board votes nine to two",
        ),
        ("", "", "", "<h1><span>T</span>he slip is <span>un</span>safe</h1>", "The slip is unsafe"),
    ]);
}

#[test]
fn the_writer_and_the_text_are_found_by_the_heading_that_is_seen() {
    let told = "Port Ellery Ferry Slip Closes: What It Means";
    let top = "<h1><b>What Does the Vote on the Slip Mean?</b></h1><p>By Ada Lund</p>";
    let article = article("a.html", page(told, told, "", top));
    assert_eq!((article.headline(), article.byline()), (Some(told), Some("Ada Lund")));
    assert!(article.body().starts_with("The harbour board"), "{}", article.body());
}

#[test]
fn labels_and_lists() {
    check(&[
        // A short heading is no label where the page's address was made of it.
        (
            "What the northern line will charge from May on",
            "What the northern line will charge from May on",
            "<link rel=canonical href=https://signal.example/news/ferry-fares.html>",
            "<h1>Ferry fares</h1>",
            "Ferry fares",
        ),
        (
            "What the northern line will charge from May on",
            "What the northern line will charge from May on",
            "<link rel=canonical href=https://signal.example/news/charges>",
            "<h1>Ferry fares</h1>",
            "What the northern line will charge from May on",
        ),
        // Nor is a long one, whatever the title speaks of.
        (
            "Easy Ferry Checklist",
            "Easy Ferry Checklist",
            "",
            "<h1>Find the Boat That Is Right for You</h1>",
            "Find the Boat That Is Right for You",
        ),
        // The headline is not one of many alike, nor does it stand in a menu or at the foot.
        (
            "Where to Walk | The Signal",
            "Our Favourite Walks by the Slip",
            "",
            "<h1 class=head>The Best Paths and Piers Around the Slip</h1><h1 class=item>To the Mill</h1><h1 class=item>Boats by the Sound</h1>",
            "The Best Paths and Piers Around the Slip",
        ),
        (
            "Easy Ferry Checklist",
            "Easy Ferry Checklist",
            "",
            "<h1>A Ferry List That Is Simple to Follow</h1><footer><h1>Select Your Town</h1></footer>",
            "A Ferry List That Is Simple to Follow",
        ),
        (
            "Your Ferry Checklist",
            "You Need This! The Best Ferry Planning Checklist",
            "",
            "<nav><h1>First Steps</h1><h1>Planning</h1></nav><h1>Ferry Planning Checklist: A Guide</h1>",
            "Ferry Planning Checklist: A Guide",
        ),
        // The name of the site with its abbreviation.
        (
            "Boats of Ellery - The Society for Old Boats of the Sound (SOBS)",
            "Boats of Ellery - The Society for Old Boats of the Sound (SOBS)",
            "<meta property=og:site_name content=SOBS>",
            "<h1>Old Boats: Ellery</h1>",
            "Old Boats: Ellery",
        ),
    ]);
}

#[test]
fn headings_typed_into_the_text() {
    let window = "10 Best Boats for a Small Harbour | The Signal";
    let (title, heading) = ("10 Best Boats for a Small Harbour", "Ten Vessels That Every Small Harbour Needs");
    let address = "<link rel=canonical href=https://signal.example/best-boats-for-a-small-harbour>";
    let plain = format!("<h1>{heading}</h1>");
    check(&[
        // The address was made of the page's own title.
        (window, "", address, &plain, title),
        (window, title, address, &plain, title),
        // Not of that one, or of both.
        (
            window,
            "",
            "<link rel=canonical href=https://signal.example/vessels-every-small-harbour-needs>",
            &plain,
            heading,
        ),
        (window, "", "<link rel=canonical href=https://signal.example/1874>", &plain, heading),
        // The system filled the heading in.
        (window, "", address, &format!("<h1 class=page-title>{heading}</h1>"), heading),
        // The title holds the heading, and what else may be the site's.
        (
            "Small Harbour Boats: Best Boats",
            "",
            "<link rel=canonical href=https://signal.example/small-harbour-best-boats>",
            "<h1>Best Boats</h1>",
            "Best Boats",
        ),
    ]);
}

#[test]
fn titles_without_end() {
    // Neither the depth of the stack nor the time grows with them.
    let window = "Boats | Gulls - ".repeat(100_000);
    let headings = "<h1><div>".repeat(3_000) + "The Slip";
    let article = article("a.html", page(&window, "", "", &headings));
    assert!(article.headline().is_some());
}
