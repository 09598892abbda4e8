//! Samples: in proportion, and the same whoever draws them from whatever index of the same records.

use std::collections::BTreeSet;

use onrecord::index::{Records, Sample};

use super::clip::{Archive, Clip, ask, clip, word};

fn clips() -> Vec<Clip> {
    let outlets = ["Bay Courier", "Cape Wire", ""];
    let one = |n: usize| {
        let made =
            clip(&n.to_string(), "tide in").on(&format!("{}-01-01", 2012 + n % 4)).says("Ada Quill", &["tide in"]);
        // Six in ten, three in ten, one in ten.
        let outlet = outlets[usize::from(n % 10 >= 6) + usize::from(n % 10 == 9)];
        if outlet.is_empty() { made } else { made.outlet(outlet) }
    };
    (0..200).map(one).collect()
}

fn draw(archive: &Archive, most: u64, seed: u64) -> Sample {
    archive.reader().sample(Records::Quotes, Some(&word("tide")), &ask(), (most, seed)).expect("a sample")
}

#[test]
fn a_sample_is_in_proportion() {
    let sample = draw(&Archive::of(&clips()), 40, 0);
    assert_eq!(sample.ids.len(), 40);
    for (stratum, (size, drawn)) in &sample.strata {
        let due = size * 40 / 200;
        assert!((due..=due + 1).contains(drawn), "{drawn} of {size} in {stratum:?}");
    }
    let of = |outlet: Option<&str>| -> u64 {
        sample.strata.iter().filter(|((name, _), _)| name.as_deref() == outlet).map(|(_, (_, drawn))| drawn).sum()
    };
    assert_eq!((of(Some("Bay Courier")), of(Some("Cape Wire")), of(None)), (24, 12, 4));
}

#[test]
fn the_same_records_give_the_same_sample() {
    let clips = clips();
    let whole = draw(&Archive::of(&clips), 30, 7);
    let pieces = Archive::empty();
    for some in clips.rchunks(70) {
        pieces.put(some);
    }
    // What was put again leaves deleted records behind, which are never drawn.
    pieces.put(clips.get(..50).expect("fifty"));
    assert_eq!(draw(&pieces, 30, 7), whole);
    assert_ne!(draw(&pieces, 30, 8).ids, whole.ids);
    let more: BTreeSet<_> = draw(&pieces, 60, 7).ids.into_iter().collect();
    assert!(
        whole.ids.iter().filter(|id| more.contains(id)).count() >= 28,
        "a larger sample holds the smaller one but for rounding"
    );
}

#[test]
fn a_sample_is_never_more_than_there_is() {
    let archive = Archive::of(clips().get(..5).expect("five"));
    assert_eq!(draw(&archive, 1000, 0).ids.len(), 5);
    assert_eq!(draw(&Archive::of(&[clip("a", "nothing said")]), 3, 0), Sample::default());
}
