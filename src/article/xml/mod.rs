//! XML for the formats that are made of it: a stream of markup, the branches in it, and each branch as a tree.
//!
//! It reads what is not well formed as far as it goes, holds one branch at a time, and takes time in proportion to
//! the length of the file, however deep it is. It knows no format.

mod branches;
mod declared;
mod markup;
mod root;
mod tree;

use std::io::BufRead;

pub(super) use branches::{Around, Branch, Branches, Pick};
pub(super) use markup::{LARGEST_BRANCH, Markup, Step, Tag};
pub(super) use root::of as root;
pub(super) use tree::{Node, Tree, Visit};

use super::recode;
use crate::text::problem::Problem;

/// A stream of markup in whatever character set that begins with `head`, and what had to be guessed.
pub(super) fn markup<'a>(input: Box<dyn BufRead + 'a>, head: &[u8]) -> (Markup<'a>, Option<Problem>) {
    let (input, guessed) = recode::stream(input, head, root::charset(head).as_deref());
    (Markup::new(input), guessed)
}

/// The same, where the markup is HTML.
pub(super) fn html_markup<'a>(input: Box<dyn BufRead + 'a>, head: &[u8]) -> (Markup<'a>, Option<Problem>) {
    let (input, guessed) = recode::stream(input, head, root::charset(head).as_deref());
    (Markup::of_html(input), guessed)
}

/// A page of the web whose elements have a prefix (`<xhtml:p>`), which no browser knows, without it; other pages as
/// they are.
pub(super) fn unprefixed(page: Vec<u8>) -> Vec<u8> {
    let head = page.get(..page.len().min(4096)).unwrap_or_default();
    let prefixed = memchr::memmem::find(head, b":html").is_some_and(|at| {
        let name = head.get(..at).unwrap_or_default().rsplit(|b| *b == b'<').next().unwrap_or_default();
        !name.is_empty()
            && name.iter().all(u8::is_ascii_alphanumeric)
            && head.get(at + 5).is_some_and(|b| b" >\t\r\n".contains(b))
    });
    if !prefixed {
        return page;
    }
    let (markup, _) = html_markup(Box::new(std::io::Cursor::new(&page)), head);
    let whole = Branches::new(markup, |_, tag| if tag.local() == "html" { Pick::Take } else { Pick::Into }).next();
    match whole {
        Some(Branch::Grown(tree, _, _)) => {
            format!("<!DOCTYPE html><html>{}</html>", tree.root().to_html()).into_bytes()
        }
        Some(Branch::Lost(_)) | None => page,
    }
}

/// The first element of `text`, where it holds one.
pub(super) fn parse(text: &str) -> Option<Box<Tree>> {
    let markup = Markup::new(Box::new(std::io::Cursor::new(text.as_bytes())));
    match Branches::new(markup, |_, _| Pick::Take).next() {
        Some(Branch::Grown(tree, _, _)) => Some(tree),
        Some(Branch::Lost(_)) | None => None,
    }
}
