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

/// What there is too much of on a web page, and what is repeated.
pub(crate) const PAGES: &[(&str, &str)] = &[
    ("paragraphs", "<p>The slip is closed.</p>"),
    ("paragraphs that never end", "<p>The slip is closed."),
    ("boxes", "<div>The slip is closed.</div>"),
    ("boxes in boxes", "<div>a "),
    ("boxes closed by others", "<div></x>a "),
    ("boxes closed by paragraphs", "<div></p>a "),
    ("styles of letters", "<b><p>a"),
    ("styles closed early", "<b><div></b>a"),
    ("styles with attributes", "<font size=#>a"),
    ("styles closed by others", "<font size=#></x>a"),
    ("links in links", "<a href=#>a<p>"),
    ("links", "<p><a href='/@'>The slip</a> is closed."),
    ("tables in tables", "<table><tr><td>a"),
    ("what is no table in tables", "<table><a>a"),
    ("rows", "<tr><td>a<td>b"),
    ("cells of a table", "<table><tr><td>The slip</td><td>2</td></tr></table>"),
    ("lists in lists", "<ul><li>a"),
    ("drawings", "<svg><g>a"),
    ("formulas", "<math><mi>a"),
    ("choices", "<select><option>a"),
    ("templates", "<template><p>a"),
    ("forms", "<form><input>a"),
    ("buttons", "<button>a"),
    ("headings", "<h1>^ closed</h1>"),
    ("headings that never end", "<h1>^"),
    ("one class", "<div class='article-body content'>The slip is closed.</div>"),
    ("classes", "<div class='@ x'>The slip is closed.</div>"),
    ("ids", "<p id=@>The slip is closed, said Lind.</p>"),
    ("attributes", "<p a=1 b=2 c=3 d=4 e=5 f=6 g=7 h=8>a</p>"),
    ("hidden boxes", "<div style='display:none'>The slip is closed.</div>"),
    ("metas", "<meta name='author' content='^ Lind'>"),
    ("metas of days", "<meta property='article:published_time' content='2014-03-05'>"),
    ("times", "<time datetime='2014-03-05'>March 5, 2014</time>"),
    ("scripts", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"^\"}</script>"),
    ("scripts that never end", "<script type='application/ld+json'>{\"a\":"),
    ("comments", "<!-- a -->"),
    ("comments that never end", "<!-- a"),
    ("writers", "<p class='byline'>By ^ Lind</p>"),
    ("figures", "<figure><img src=a><figcaption>^</figcaption></figure>"),
    ("quotes", "<blockquote>“We wait,” said ^ Lind.</blockquote>"),
    ("quotes in quotes", "<blockquote>a"),
    ("articles", "<article><h2>^</h2><p>The slip is closed.</p></article>"),
    ("sections", "<section>a"),
    ("frames", "<iframe>a"),
    ("breaks", "a<br>"),
    ("rubies", "<ruby>a<rt>b"),
    ("references", "&amp;"),
    ("references without end", "&nosuch"),
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
