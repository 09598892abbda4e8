//! A sample of what matches, in proportion to outlets and years, that anybody can draw again.
//!
//! Which records are drawn depends on their ids and the seed alone, not on where they lie in the index or when they were put
//! there; so of an archive that grew, most of the old sample is drawn again.

use std::collections::{BTreeMap, BinaryHeap, HashMap};

use tantivy::columnar::Column;
use tantivy::query::EnableScoring;

use crate::query::ast::Query;
use crate::text::day::Day;
use crate::text::id::Id;

use super::ask::Ask;
use super::count::Records;
use super::error::Error;
use super::read::Reader;
use super::schema::column;

/// The outlet and the year of publication, where they are known.
pub type Stratum = (Option<String>, Option<i32>);

/// What was drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// In the order of ids.
    pub ids: Vec<Id>,
    /// Of each stratum, how many match and how many were drawn.
    pub strata: BTreeMap<Stratum, (u64, u64)>,
}

impl Reader {
    /// Draws `most` of the records that `query` asks for (without one, of all), or all of them where there are no more.
    pub fn sample(
        &self,
        records: Records,
        query: Option<&Query>,
        ask: &Ask,
        (most, seed): (u64, u64),
    ) -> Result<Sample, Error> {
        let mut sizes: BTreeMap<Stratum, u64> = BTreeMap::new();
        self.each_in_stratum(records, query, ask, &mut |stratum, _| match sizes.get_mut(stratum) {
            Some(size) => *size += 1,
            None => {
                sizes.insert(stratum.clone(), 1);
            }
        })?;
        let shares = shares(&sizes.values().copied().collect::<Vec<_>>(), most);
        let mut drawn: HashMap<Stratum, (usize, BinaryHeap<(Id, u64)>)> = HashMap::new();
        for (stratum, share) in sizes.keys().zip(&shares).filter(|(_, share)| **share > 0) {
            drawn.insert(stratum.clone(), (usize::try_from(*share).unwrap_or(usize::MAX), BinaryHeap::new()));
        }
        self.each_in_stratum(records, query, ask, &mut |stratum, id| {
            let Some((share, first)) = drawn.get_mut(stratum) else { return };
            let lot = (Id::of_parts([b"sample".as_slice(), &seed.to_le_bytes(), &id.to_be_bytes()]), id);
            if first.len() < *share {
                first.push(lot);
            } else if let Some(mut last) = first.peek_mut()
                && lot < *last
            {
                *last = lot;
            }
        })?;
        let mut ids: Vec<Id> = drawn.into_values().flat_map(|(_, lots)| lots).map(|(_, id)| Id(id)).collect();
        ids.sort_unstable();
        let strata = sizes.into_iter().zip(shares).map(|((stratum, size), share)| (stratum, (size, share))).collect();
        Ok(Sample { ids, strata })
    }

    fn each_in_stratum(
        &self,
        records: Records,
        query: Option<&Query>,
        ask: &Ask,
        each: &mut dyn FnMut(&Stratum, u64),
    ) -> Result<(), Error> {
        let (searcher, compiled) = match records {
            Records::Quotes => (self.quote_searcher()?, self.compiled_quotes(query, ask)?),
            Records::Articles => (self.article_searcher()?, self.compiled_articles(query, ask)?),
        };
        let mut run = || -> tantivy::Result<()> {
            let weight = compiled.weight(EnableScoring::disabled_from_searcher(searcher))?;
            for segment in searcher.segment_readers() {
                let columns = segment.fast_fields();
                let (ids, outlets) = (columns.u64(column::ID)?, columns.str(column::OUTLET)?);
                let days: Option<Column<i64>> = columns.column_opt(column::FIRST_DAY)?;
                let mut names: HashMap<u64, String> = HashMap::new();
                if let Some(outlets) = &outlets {
                    for ordinal in 0..outlets.dictionary().num_terms() as u64 {
                        let mut name = String::new();
                        outlets.ord_to_str(ordinal, &mut name)?;
                        names.insert(ordinal, name);
                    }
                }
                let mut last: Stratum = (None, None);
                weight.for_each_no_score(segment, &mut |docs| {
                    for &doc in docs.iter().filter(|&&doc| !segment.is_deleted(doc)) {
                        let outlet = outlets.as_ref().and_then(|outlets| outlets.ords().first(doc));
                        let outlet = outlet.and_then(|ordinal| names.get(&ordinal));
                        let day =
                            days.as_ref().and_then(|days| days.first(doc)).and_then(|day| i32::try_from(day).ok());
                        if last.0.as_ref() != outlet {
                            last.0 = outlet.cloned();
                        }
                        last.1 = day.map(|day| Day::from_number(day).year());
                        each(&last, ids.first(doc).unwrap_or_default());
                    }
                })?;
            }
            Ok(())
        };
        run().map_err(Error::engine(self.dir()))
    }
}

/// So many of each of these, in proportion, `most` in all: what is left over by rounding down goes to the largest remainders,
/// the first of equal ones first.
fn shares(sizes: &[u64], most: u64) -> Vec<u64> {
    let all: u64 = sizes.iter().sum();
    if all <= most {
        return sizes.to_vec();
    }
    let parts = |size: &u64| u128::from(*size) * u128::from(most);
    let mut shares: Vec<u64> =
        sizes.iter().map(|size| u64::try_from(parts(size) / u128::from(all)).unwrap_or(*size)).collect();
    let mut left = most - shares.iter().sum::<u64>();
    let mut remainders: Vec<(u128, usize)> = sizes.iter().map(|size| parts(size) % u128::from(all)).zip(0..).collect();
    remainders.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, place) in remainders {
        if left == 0 {
            break;
        }
        if let Some(share) = shares.get_mut(place) {
            *share += 1;
            left -= 1;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn shares_are_in_proportion_and_add_up() {
        let cases: [(&[u64], u64, &[u64]); 6] = [
            (&[10, 20, 70], 10, &[1, 2, 7]),
            (&[1, 1, 1], 2, &[1, 1, 0]),
            (&[5, 5], 100, &[5, 5]),
            (&[999, 1], 10, &[10, 0]),
            (&[], 3, &[]),
            (&[u64::MAX / 2, 1], 3, &[3, 0]),
        ];
        for (sizes, most, expected) in cases {
            assert_eq!(shares(sizes, most), expected, "{most} of {sizes:?}");
        }
    }
}
