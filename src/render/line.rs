//! A hit as one JSON line: `"schema"` first, then the fields asked for, in the order asked for.

use std::io;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::field::Fields;

/// Appends the JSON line of `hit` with these fields, its line feed included.
///
/// # Errors
/// None in practice: `out` takes all bytes. The signature is that of the serialiser.
pub fn write_line<F: Fields>(out: &mut Vec<u8>, hit: &F::Hit, fields: &[F]) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { hit, fields })?;
    out.push(b'\n');
    Ok(())
}

struct Line<'a, F: Fields> {
    hit: &'a F::Hit,
    fields: &'a [F],
}

impl<F: Fields> Serialize for Line<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len() + 1))?;
        map.serialize_entry("schema", F::SCHEMA)?;
        for field in self.fields {
            map.serialize_entry(field.name(), &field.of(self.hit))?;
        }
        map.end()
    }
}
