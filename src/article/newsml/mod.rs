//! NewsML of both generations: 1 in [`old`], G2 in [`g2`].
//!
//! Both wrap texts of other formats in what an agency says about them. This module knows what is between the
//! wrapping and the text: NITF, XHTML, or words alone.

pub(super) mod g2;
pub(super) mod old;
mod packed;

use super::story::Story;
use super::xml::Node;
use super::{nitf, prose, tags};

/// Takes the text that stands in `holder`, whatever it is written in, and what it says about itself.
fn take_text(holder: Node<'_>, story: &mut Story) {
    let Some(first) = holder.children().next() else {
        let words = holder.text();
        let text = if tags::are_in(&words) { tags::words_of(&words) } else { prose::kept(&words) };
        add(&mut story.text, &text);
        return;
    };
    if let Some(inner) = holder.children().find(|child| child.name() == "nitf") {
        // A text that its agency has withdrawn is so inside its wrapping, too; the wrapping says it as well.
        if let Ok(inner) = nitf::story(inner) {
            add(&mut story.above, &inner.above);
            add(&mut story.text, &inner.text);
            story.facts.offer_all(&inner.facts);
        }
    } else if matches!(first.name(), "body.content" | "block" | "bodycontent") {
        add(&mut story.text, &nitf::text(holder));
    } else {
        add(&mut story.text, &tags::words_of(&holder.to_html()));
    }
}

/// Adds paragraphs to a text.
fn add(text: &mut String, more: &str) {
    if more.trim().is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more);
}

/// The words of an element on one line.
fn line(node: Node<'_>) -> String {
    node.text().split_whitespace().collect::<Vec<_>>().join(" ")
}
