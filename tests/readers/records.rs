//! JSON, lines of JSON, and tables.

use onrecord::article::{FieldMap, Format, ReadOptions};

use super::{article, check, check_with};

#[test]
fn one_object_and_arrays() {
    check(
        "a.json",
        r#"{"title":"Slip","text":"  Closed. \n","date":"2019-03-05T23:30:00-05:00","byline":"By Ada Bell","outlet":"Courier","section":"Local","lang":"en","url":"https://x.example/1"}"#,
        "#0 Slip | by Ada Bell | in Courier | section Local | on 2019-03-05 | lang en | https://x.example/1: \"  Closed. \\n\"",
    );
    check(
        "a.json",
        "[{\"title\":\"A\",\"text\":\"One\"},\n {\"headline\":\"B\",\"body\":\"Two\"}]",
        "#0 A: \"One\"\n#1 B: \"Two\"",
    );
    check(
        "a.json",
        r#"{"status":"ok","articles":[{"title":"A","content":"One","source":{"id":null,"name":"Courier"},"publishedAt":"2019-03-05"}]}"#,
        "#0 A | in Courier | on 2019-03-05: \"One\"",
    );
    check(
        "a.json",
        r#"{"response":{"docs":[{"headline":{"main":"A"},"body":"One","byline":{"original":"By ADA BELL"},"pub_date":"2019-03-05"}]}}"#,
        "#0 A | by ADA BELL | on 2019-03-05: \"One\"",
    );
    check(
        "a.json",
        r#"{"webTitle":"A","fields":{"bodyText":"One","byline":"Ada Bell"}}"#,
        "#0 A | by Ada Bell: \"One\"",
    );
    check(
        "a.json",
        r#"{"title":"A","body":["One.","Two."],"authors":[{"name":"Ada Bell"},{"name":"Tom Reed"}],"date":1551780000}"#,
        "#0 A | by Ada Bell, Tom Reed | on 2019-03-05: \"One.\\n\\nTwo.\"",
    );
    check(
        "a.json",
        r#"{"title":{"rendered":"A &amp; B"},"content":{"rendered":"<p>One.</p><p hidden>Unseen.</p><button>Press</button><p>Two.</p>"}}"#,
        "#0 A & B: \"One.\\n\\nTwo.\"",
    );
    // The member `text` is never taken for HTML.
    check("a.json", r#"{"text":"<p>One.</p>"}"#, "#0 : \"<p>One.</p>\"");
    // A headline alone is an article; a summary stands in for a text.
    check("a.json", r#"{"title":"A","text":""}"#, "#0 A: \"\"");
    check("a.json", r#"{"title":"A","text":null,"description":"One."}"#, "#0 A: \"One.\"");
    // Objects in a row, over several lines.
    check("a.json", "{\n \"text\": \"One\"\n}\n{\n \"text\": \"Two\"\n}\n", "#0 : \"One\"\n#1 : \"Two\"");
    check("a.json", r#"{"text":"One","score":NaN}"#, "#0 : \"One\"");
}

#[test]
fn a_bad_record_is_skipped_under_its_number() {
    check(
        "a.json",
        r#"[{"text":"One"},{"text":},7,{"x":1},{"text":"Two"}]"#,
        "#0 : \"One\"\nskipped: record 2: not JSON: expected value at column 9\nskipped: record 3: not a JSON object but a number or a truth value\nskipped: record 4: neither a text nor a title in this record\n#4 : \"Two\"",
    );
    check(
        "a.jsonl",
        "{\"text\":\"One\"}\n\n{\"text\":\n[1]\n{\"text\":\"Two\"}",
        "#0 : \"One\"\nskipped: record 3: not JSON: EOF while parsing a value at column 8\nskipped: record 4: not a JSON object but an array\n#4 : \"Two\"",
    );
    check("a.json", "[{\"text\":\"One\"},", "#0 : \"One\"\nskipped: record 2: not JSON: the array is not closed");
    check("a.json", "[]", "skipped: no record in it");
}

#[test]
fn a_file_of_other_records_gives_one_line() {
    check("a.json", r#"[{"x":1},{"x":2},{"x":3}]"#, "skipped: none of its 3 records has a text or a title");
    check("a.json", r#"{"x":1}"#, "skipped: record 1: neither a text nor a title in this record");
    check("a.jsonl", "{\"x\":1}\n{\"x\":2}\n", "skipped: none of its 2 records has a text or a title");
    check(
        "a.jsonl",
        "{\"x\":1}\n{\"text\":\"One\"}\n",
        "skipped: record 1: neither a text nor a title in this record\n#1 : \"One\"",
    );
}

#[test]
fn a_dateline_gives_the_day() {
    check(
        "a.json",
        r#"{"text":"LONDON, Sept 18, 2015 (Agency) - Closed.","date":"2015"}"#,
        "#0 on 2015-09-18: \"LONDON, Sept 18, 2015 (Agency) - Closed.\"",
    );
}

#[test]
fn lines_of_json() {
    check(
        "a.ndjson",
        "{\"id\":\"x\",\"title\":\"A\",\"text\":\"One\\nmore\",\"date\":\"1987-02-26T15:02:20\"}\r\n{\"text\":\"Two\"}\n",
        "#0 A | on 1987-02-26: \"One\\nmore\"\n#1 : \"Two\"",
    );
    // Named otherwise, or not at all.
    check("a.json", "{\"text\":\"One\"}\n{\"text\":\"Two\"}\n", "#0 : \"One\"\n#1 : \"Two\"");
    check("dump", "{\"text\":\"One\"}\n{\"text\":\"Two\"}\n", "#0 : \"One\"\n#1 : \"Two\"");
    check("a.jsonl", "[{\"text\":\"One\"}]", "#0 : \"One\"");
    assert_eq!(article("a.jsonl", "{\"id\":17,\"text\":\"One\"}").given_id.as_deref(), Some("17"));
    let lines = ReadOptions { format: Some(Format::JsonLines), ..ReadOptions::default() };
    check_with(&lines, "-", "{\"text\":\"One\"}\n", "#0 : \"One\"");
    // Ids are by line.
    let all = super::readings("a.jsonl", "{\"text\":\"One\"}\nbad\n{\"text\":\"Two\"}\n", &ReadOptions::default());
    assert_eq!(all.len(), 3);
}

#[test]
fn tables() {
    check(
        "a.csv",
        "url,date,title,text\nhttps://x.example/1,2019-03-05,\"A, or B\",\"One \"\"two\"\"\nthree\"\n,,,\nu2,2019,C,Four\n",
        "#0 A, or B | on 2019-03-05 | https://x.example/1: \"One \\\"two\\\"\\nthree\"\n#2 C | on 2019 | u2: \"Four\"",
    );
    check(
        "a.tsv",
        "Headline\tPub Date\tBody_Text\tAuthor(s)\nA\t5 March 2019\tOne\tAda Bell\n",
        "#0 A | by Ada Bell | on 2019-03-05: \"One\"",
    );
    check("a.csv", "sep=;\r\nTitle;Content;Source\r\nA;One;Courier\r\n", "#0 A | in Courier: \"One\"");
    check("a.csv", "title|text\nA|One\n", "#0 A: \"One\"");
    check("a.tsv", "title\ttext\nA\t\"One\" is cut\nB\t\"Two\n", "#0 A: \"\\\"One\\\" is cut\"\n#1 B: \"\\\"Two\"");
    check(
        "a.csv",
        "title,text\nA,One,two\n,\nB\n",
        "#0 A: \"One\"\n  ! record 1: 3 cells under 2 column names\n#2 B: \"\"",
    );
    check(
        "a.csv",
        "title,text,date\n,,2019\nA,One,NaN\n",
        "skipped: record 1: neither a text nor a title in this record\n#1 A: \"One\"",
    );
    check("a.csv", "name,size\nx,1\n", "skipped: no column holds a text or a title; the columns are: name, size");
    check("a.csv", "title,text\n", "skipped: no rows under the column names");
    check("a.csv", "title,text\n,\n,\n", "skipped: no rows under the column names");
    check("dump", "title,text,date\nA,One,2019\n", "#0 A | on 2019: \"One\"");
}

#[test]
fn a_map_names_columns_and_members() {
    let map =
        FieldMap::parse("text = \"story\"\ntitle = [\"hl1\", \"hl2\"]\n[ignored]\n").expect_err("an unknown field");
    assert!(map.message.contains("`ignored`"), "{map:?}");
    let map = FieldMap::parse("[fields]\ntext = \"story\"\ntitle = [\"hl1\", \"hl2\"]\ndate = \"meta.printed\"\n")
        .expect("a map");
    let options = ReadOptions { map: Some(map), ..ReadOptions::default() };
    check_with(&options, "a.csv", "story,hl2,text\nOne,A,Two\n", "#0 A: \"One\"");
    check_with(
        &options,
        "a.jsonl",
        r#"{"story":"One","hl2":"A","text":"Two","meta":{"printed":"2019-03-05"},"outlet":"Courier"}"#,
        "#0 A | in Courier | on 2019-03-05: \"One\"",
    );
    for (toml, said) in [("text = 3", "`text`"), ("text = ", "not TOML"), ("txt = \"a\"", "`txt`")] {
        let problem = FieldMap::parse(toml).expect_err(toml);
        assert!(problem.message.contains(said) && problem.hint.is_some(), "{toml}: {problem:?}");
    }
}

#[test]
fn tables_that_lack_something() {
    check(
        "a.csv",
        "Title,Story_de\nA,One\nB,Two\n",
        "#0 A: \"\"\n  ! record 1: no column holds a text; the columns are: Title, Story_de\n#1 B: \"\"",
    );
    check(
        "a.csv",
        "title,text\nA,\"One\nB,Two\n",
        "#0 A: \"One\\nB,Two\\n\"\n  ! record 1: a quotation mark opens a cell and is not closed: the rest of the file is in that cell",
    );
    check(
        "a.csv",
        "title,text\nA,\"One \"\"\n\"\"\"\nB,a 5\" pipe\n",
        "#0 A: \"One \\\"\\n\\\"\"\n#1 B: \"a 5\\\" pipe\"",
    );
    check("a.csv", "title,text\nA,\"One\"", "#0 A: \"One\"");
}

#[test]
fn tables_in_german() {
    for (names, expected) in [
        ("Überschrift;Artikeltext;Zeitung;Sprache;Datum", "#0 A | in Courier | on 2015-09-14 | lang de: \"Eins.\""),
        ("Titel;Artikel-Text;Medium;Sprache;Datum", "#0 A | in Courier | on 2015-09-14 | lang de: \"Eins.\""),
        ("ueberschrift;Inhalt;Quelle;sprache;datum", "#0 A | in Courier | on 2015-09-14 | lang de: \"Eins.\""),
    ] {
        check("a.csv", format!("{names}\nA;Eins.;Courier;deutsch;14.9.15\n"), expected);
    }
}
