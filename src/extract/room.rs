//! Room that is kept from one article to the next: what is large and is made of each article anew.
//!
//! An allocator may hand large pieces back to the system as soon as an article is done, which then has to clear them again for
//! the next one. It knows nothing of what stands in the room, and nothing is left there.

use std::cell::Cell;
use std::thread::LocalKey;

/// A list that each thread keeps for the next article.
pub(super) type Room<T> = LocalKey<Cell<Vec<T>>>;

/// More than this many bytes are not kept: an article that needs them is one of few.
const MOST: usize = 4 << 20;

/// An empty list with room for `least`.
pub(super) fn take<T>(room: &'static Room<T>, least: usize) -> Vec<T> {
    let mut list = room.try_with(Cell::take).unwrap_or_default();
    list.reserve(least);
    list
}

/// Keeps the room of a list.
pub(super) fn give_back<T>(room: &'static Room<T>, mut list: Vec<T>) {
    list.clear();
    if list.capacity().saturating_mul(size_of::<T>()) <= MOST {
        // A thread that ends keeps nothing.
        let _ = room.try_with(|room| room.set(list));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{MOST, give_back, take};

    thread_local! {
        static BYTES: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    }

    #[test]
    fn room_is_kept_and_nothing_in_it() {
        let mut list = take(&BYTES, 100);
        list.extend(*b"words");
        let room = list.capacity();
        give_back(&BYTES, list);
        let list = take(&BYTES, 10);
        assert_eq!((list.len(), list.capacity()), (0, room));
        give_back(&BYTES, Vec::with_capacity(MOST + 1));
        assert_eq!(take(&BYTES, 0).capacity(), 0, "too much to keep");
    }
}
