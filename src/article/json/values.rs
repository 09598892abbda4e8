//! A JSON document to the bytes of its records, without parsing it: so that a document of any size is read
//! record by record, and a broken record costs only itself.

use std::io::BufRead;

use crate::article::read::broken;
use crate::text::problem::{Place, Problem};

/// A value beyond this is no record; it may wrap all records of a file.
const LARGEST_VALUE: usize = 64 << 20;

/// A value of more members and elements is a table of numbers. They take far more memory than their letters do.
const MOST_PARTS: usize = 2_000_000;

/// Splits a document into its records: the elements of its array, or the values that stand in a row.
pub(super) struct Values<'a> {
    input: Box<dyn BufRead + 'a>,
    /// Inside the outermost array.
    in_array: bool,
    any: bool,
    ended: bool,
}

impl<'a> Values<'a> {
    /// For a document.
    pub(super) fn new(input: Box<dyn BufRead + 'a>) -> Self {
        Self { input, in_array: false, any: false, ended: false }
    }

    /// The bytes of the next value; `None` at the end.
    fn value(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        let mut scan = Scan::default();
        loop {
            let block = self.input.fill_buf().map_err(|error| broken(&error))?;
            if block.is_empty() {
                self.ended = true;
                return match scan.bytes.is_empty() {
                    true if self.any && !self.in_array => Ok(None),
                    true if !self.any && !self.in_array => Err(Problem::new(Place::Whole, "no record in it")),
                    true => Err(Problem::new(Place::Whole, "not JSON: the array is not closed")),
                    false => Ok(Some(scan.bytes)),
                };
            }
            let mut taken = 0;
            let mut step = Step::More;
            while let Some(rest) = block.get(taken..).filter(|rest| step == Step::More && !rest.is_empty()) {
                taken += scan.skim(rest);
                if let Some(byte) = block.get(taken) {
                    taken += 1;
                    step = scan.step(*byte, &mut self.in_array, self.any);
                }
            }
            self.input.consume(taken);
            match step {
                Step::More | Step::Value if scan.parts > MOST_PARTS => {
                    self.ended = true;
                    let said = format!("a record of more than {MOST_PARTS} values: not one article");
                    return Err(Problem::new(Place::Whole, said));
                }
                Step::Value => return Ok(Some(scan.bytes)),
                Step::End => self.in_array = false,
                Step::More if scan.bytes.len() > LARGEST_VALUE => {
                    self.ended = true;
                    let said = format!("a record larger than {} MB: not one article", LARGEST_VALUE >> 20);
                    return Err(Problem::new(Place::Whole, said));
                }
                Step::More => {}
            }
        }
    }
}

impl Iterator for Values<'_> {
    type Item = Result<Vec<u8>, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let value = self.value();
        self.ended |= value.is_err();
        self.any = true;
        value.transpose()
    }
}

#[derive(PartialEq)]
enum Step {
    More,
    Value,
    /// The outermost array is closed.
    End,
}

/// How far into a value the splitter is.
#[derive(Default)]
struct Scan {
    bytes: Vec<u8>,
    depth: usize,
    /// Members and elements so far, on all levels.
    parts: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Takes the letters of a string, up to what ends or escapes them, which are most of a document; gives their number.
    fn skim(&mut self, rest: &[u8]) -> usize {
        if !self.in_string || self.escaped {
            return 0;
        }
        let length = memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
        self.bytes.extend_from_slice(rest.get(..length).unwrap_or_default());
        length
    }

    fn step(&mut self, byte: u8, in_array: &mut bool, any: bool) -> Step {
        if self.in_string {
            self.bytes.push(byte);
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return if !self.in_string && self.depth == 0 { Step::Value } else { Step::More };
        }
        if self.depth == 0 {
            let scalar = !self.bytes.is_empty();
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b',' | 0x1E if scalar => return Step::Value,
                b' ' | b'\t' | b'\r' | b'\n' | b',' | 0x1E => return Step::More,
                b'[' if !*in_array && !any && !scalar => {
                    *in_array = true;
                    return Step::More;
                }
                b']' if *in_array && !scalar => return Step::End,
                // The value goes out with it and does not parse; what follows is read on.
                b']' if *in_array => {
                    *in_array = false;
                    return Step::Value;
                }
                _ => {}
            }
        }
        self.bytes.push(byte);
        match byte {
            b'"' => self.in_string = true,
            b',' => self.parts += 1,
            b'{' | b'[' => {
                self.depth += 1;
                self.parts += 1;
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    return Step::Value;
                }
            }
            _ => {}
        }
        Step::More
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    /// The values of a document that is read in blocks of this size.
    fn values(document: &str, block: usize) -> Vec<Result<String, Problem>> {
        let input = BufReader::with_capacity(block, document.as_bytes());
        let values = Values::new(Box::new(input));
        values.map(|value| value.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())).collect()
    }

    #[test]
    fn records_are_split_where_they_end_and_nowhere_else() {
        let check = |document: &str, expected: &[&str]| {
            let split: Vec<String> = values(document, 4096).into_iter().filter_map(Result::ok).collect();
            assert_eq!(split, expected, "{document}");
        };
        check(r#"[{"a":"x, ]"},{"b":"}\""}] "#, &[r#"{"a":"x, ]"}"#, r#"{"b":"}\""}"#]);
        check(r#"{"a":"\\"}{"b":"\\\""}"#, &[r#"{"a":"\\"}"#, r#"{"b":"\\\""}"#]);
        check(r#""one" "t\"wo""#, &[r#""one""#, r#""t\"wo""#]);
        check(r#"{"a":"never closed"#, &[r#"{"a":"never closed"#]);
    }

    proptest! {
        #[test]
        fn where_a_block_ends_does_not_matter(
            document in r#"(\[|\]|\{|\}|"|\\|,|:| |a|é|7){0,40}"#,
            block in 1_usize..9,
        ) {
            prop_assert_eq!(values(&document, block), values(&document, 4096));
        }
    }
}
