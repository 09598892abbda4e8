//! What decides how a file is read, apart from its bytes: options, what its place says, and the versions of the readers.
//!
//! Where this is another than it was, a file is read again although nothing in it has changed.

use std::borrow::Cow;

use crate::archive::container::Hint;
use crate::archive::{Found, PathPattern};
use crate::article::{self, ReadOptions};
use crate::extract;
use crate::text::id::Id;

use super::Order;

/// How the files of a run are read.
pub(super) struct Fingerprint<'a> {
    order: &'a Order,
    /// Of files of whose place nothing is asked.
    plain: Id,
}

impl<'a> Fingerprint<'a> {
    pub(super) fn new(order: &'a Order) -> Self {
        Self { order, plain: of(order, &order.read) }
    }

    /// Whether the places of files are asked for anything.
    pub(super) fn asks_places(&self) -> bool {
        self.order.date_from_path.is_some() || self.order.outlet_from_path.is_some()
    }

    /// Of the file that was found, which is `None` where nothing is asked of places. Of a container the patterns themselves
    /// count: they may say other things of each of its entries.
    pub(super) fn of(&self, found: Option<&Found>, container: bool) -> Id {
        let known = match found {
            Some(found) if self.asks_places() => of(self.order, &options(self.order, found)),
            _ => self.plain,
        };
        match container && self.asks_places() {
            true => {
                let patterns = format!("{:?} {:?}", self.order.date_from_path, self.order.outlet_from_path);
                Id::of_parts([known.0.to_le_bytes().as_slice(), patterns.as_bytes()])
            }
            false => known,
        }
    }
}

/// What is known of a file from outside it.
pub(super) fn options<'a>(order: &'a Order, found: &Found) -> Cow<'a, ReadOptions> {
    let published = order.date_from_path.as_ref().and_then(|pattern| pattern.date(found.below()));
    let outlet = order.outlet_from_path.as_ref().and_then(|pattern| pattern.outlet(found.below()));
    if published.is_none() && outlet.is_none() {
        return Cow::Borrowed(&order.read);
    }
    let mut options = order.read.clone();
    options.published_by_path = published;
    options.outlet = outlet.or(options.outlet);
    Cow::Owned(options)
}

/// What is known of an entry of the container that was found: where the entry lies says more than where the container does.
pub(super) fn entry_options(order: &Order, found: &Found, name: &str, hint: Hint) -> ReadOptions {
    let inside = found.below().join(name.replace("!/", "/").trim_start_matches('/'));
    let date = |pattern: &PathPattern| pattern.date(&inside).or_else(|| pattern.date(found.below()));
    let outlet = |pattern: &PathPattern| pattern.outlet(&inside).or_else(|| pattern.outlet(found.below()));
    let mut options = order.read.clone();
    options.published_by_path = order.date_from_path.as_ref().and_then(date);
    options.outlet = order.outlet_from_path.as_ref().and_then(outlet).or(options.outlet);
    options.format = options.format.or(hint.format);
    options.charset = hint.charset.or(options.charset);
    options.url = hint.url.or(options.url);
    options
}

fn of(order: &Order, options: &ReadOptions) -> Id {
    // Every option is in what it says of itself, those that are added later too.
    let options = format!("{options:?} {:?}", order.limits);
    let versions = [article::VERSION.to_le_bytes(), extract::VERSION.to_le_bytes()].concat();
    Id::of_parts([versions.as_slice(), options.as_bytes()])
}
