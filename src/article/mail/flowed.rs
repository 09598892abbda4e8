//! Plain texts of e-mail: lines that were broken for the way (RFC 3676), and the signature under the text.

/// Joins the lines of a flowed text: one that ends in a blank goes on in the next. With `delete`, that blank goes.
pub(super) fn join(text: &str, delete: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // How deep the last line is quoted, where it goes on.
    let mut open: Option<usize> = None;
    for (number, line) in text.split('\n').enumerate() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let marks = line.get(..depth).unwrap_or_default();
        let words = line.get(depth..).unwrap_or_default();
        // A blank before the first word was added on the way.
        let words = words.strip_prefix(' ').unwrap_or(words);
        let signature = words.trim_end() == "--";
        if open != Some(depth) || signature {
            if number > 0 {
                out.push('\n');
            }
            if depth > 0 {
                out.push_str(marks);
                out.push(' ');
            }
        }
        open = (words.ends_with(' ') && !signature).then_some(depth);
        out.push_str(if delete && open.is_some() { words.strip_suffix(' ').unwrap_or(words) } else { words });
    }
    out
}

/// The text, and the signature with the line that opens it.
pub(super) fn signature(text: String) -> (String, String) {
    let mut from = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // Above the last few lines it is a rule between sections.
        if line.trim_end_matches(['\n', '\r']) == "-- " && text.len() - at < 2000 {
            from = Some(at);
            break;
        }
        at += line.len();
    }
    match from {
        Some(at) if at > 0 => {
            let at = text.get(..at).map_or(at, |before| before.trim_end().len());
            let below = text.get(at..).unwrap_or_default().to_owned();
            (text.get(..at).unwrap_or_default().to_owned(), below)
        }
        _ => (text, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::{join, signature};

    #[test]
    fn flowed_lines() {
        let check = |text: &str, delete: bool, expected: &str| assert_eq!(join(text, delete), expected, "{text:?}");
        check("One \ntwo\nthree \n\nfour", false, "One two\nthree \nfour");
        check("\nOne \ntwo", false, "\nOne two");
        check("> One \n> two\n>> three \nfour", false, "> One two\n>> three \nfour");
        check("Fähr \nen", true, "Fähren");
        check(" From here\n-- \nAda", false, "From here\n-- \nAda");
    }

    #[test]
    fn signatures() {
        let cut = |text: &str| signature(text.to_owned());
        assert_eq!(cut("Closed.\n\n-- \nAda Bell"), ("Closed.".to_owned(), "\n\n-- \nAda Bell".to_owned()));
        assert_eq!(cut("Closed.\n--\nMore."), ("Closed.\n--\nMore.".to_owned(), String::new()));
        assert_eq!(cut("-- \nAda"), ("-- \nAda".to_owned(), String::new()));
    }
}
