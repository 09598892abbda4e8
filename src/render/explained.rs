//! How a question was understood, as lines for a reader: a tree with counts, and what could be asked instead.

use super::card::{Look, NAME, QUIET};
use super::number::{counted, grouped};
use super::wrap;

/// A line of the tree.
#[derive(Clone, Copy, Debug)]
pub struct Branch<'a> {
    /// How deep it stands: 0 is the whole question.
    pub depth: usize,
    /// The clause.
    pub text: &'a str,
    /// How many pass it.
    pub count: u64,
    /// What it stands for.
    pub means: Option<&'a str>,
}

/// The tree: each clause set in below what it is a part of, how many `noun`s pass it, and what it stands for.
pub fn tree(branches: &[Branch<'_>], noun: &str, look: Look) -> String {
    let indent = |branch: &Branch<'_>| "  ".repeat(branch.depth);
    let texts: Vec<String> =
        branches.iter().map(|branch| format!("{}{}", indent(branch), wrap::tame(branch.text))).collect();
    let room = look.columns() / 2;
    let wide = texts.iter().map(|text| wrap::columns(text)).filter(|wide| *wide <= room).max().unwrap_or(room);
    let counts: Vec<String> = branches.iter().map(|branch| grouped(branch.count)).collect();
    let digits = counts.iter().map(String::len).max().unwrap_or(0);
    let mut out = String::new();
    for (number, ((branch, text), count)) in branches.iter().zip(&texts).zip(&counts).enumerate() {
        out.push_str(&look.paint(NAME, text));
        // A long clause stands on a line of its own.
        match wide.checked_sub(wrap::columns(text)) {
            Some(gap) => out.push_str(&" ".repeat(gap)),
            None => out.push_str(&format!("\n{}", " ".repeat(wide))),
        }
        let unit = if number > 0 { String::new() } else { counted(branch.count, noun).replace(count, "") };
        out.push_str(&format!("  {count:>digits$}{unit}"));
        if let Some(means) = branch.means {
            out.push_str("  ");
            out.push_str(&look.paint(QUIET, &wrap::tame(means)));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_stand_below_their_whole() {
        let branch = |depth, text, count, means| Branch { depth, text, count, means };
        let look = Look { width: 80, color: false };
        let shown = tree(
            &[
                branch(0, "coal date:2014", 0, None),
                branch(1, "coal", 1204, Some("all forms of coal-")),
                branch(1, "date:2014", 1, Some("2014-01-01..2014-12-31")),
            ],
            "quote",
            look,
        );
        let expected = "coal date:2014      0 quotes\n  coal          1,204  all forms of coal-\n  date:2014         1  2014-01-01..2014-12-31\n";
        assert_eq!(shown, expected);
    }
}
