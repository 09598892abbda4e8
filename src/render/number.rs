//! Numbers and durations as a reader likes them: `18,204`, `48 s`, `1.2 MB`.

use std::time::Duration;

/// Digits in groups of three: `18,204`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun, in the plural unless it is one: `1 quote`, `312 quotes`, `2 matches`.
pub fn counted(number: u64, noun: &str) -> String {
    let number_of = grouped(number);
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end));
    let vowel = ["ay", "ey", "oy", "uy"].iter().any(|end| noun.ends_with(end));
    match noun.strip_suffix('y') {
        _ if number == 1 => format!("{number_of} {noun}"),
        Some(stem) if !vowel => format!("{number_of} {stem}ies"),
        _ if hisses => format!("{number_of} {noun}es"),
        _ => format!("{number_of} {noun}s"),
    }
}

/// A time that something took: `0.4 s`, `48 s`, `3 min 20 s`.
pub fn took(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{}.{} s", seconds, time.subsec_millis() / 100),
        10..120 => format!("{seconds} s"),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// Bytes in the unit that suits them: `640 B`, `12.3 MB`.
pub fn bytes(number: u64) -> String {
    let mut unit = 1_u64;
    for (name, next) in [("B", 1_000_u64), ("kB", 1_000_000), ("MB", 1_000_000_000), ("GB", u64::MAX)] {
        if number < next {
            let tenths = if unit == 1 { String::new() } else { format!(".{}", number % unit * 10 / unit) };
            return format!("{}{tenths} {name}", grouped(number / unit));
        }
        unit = next;
    }
    grouped(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let shown: Vec<String> = [0, 7, 312, 1_000, 18_204, 1_234_567].into_iter().map(grouped).collect();
        assert_eq!(shown, ["0", "7", "312", "1,000", "18,204", "1,234,567"]);
        assert_eq!(counted(1, "quote") + ", " + &counted(2_000, "quote"), "1 quote, 2,000 quotes");
        assert_eq!(
            counted(1, "query") + ", " + &counted(2, "query") + ", " + &counted(2, "day"),
            "1 query, 2 queries, 2 days"
        );
        assert_eq!(counted(1, "match") + ", " + &counted(0, "match"), "1 match, 0 matches");
    }

    #[test]
    fn times_and_sizes_have_their_units() {
        let times: Vec<String> =
            [420, 9_999, 48_000, 200_000].into_iter().map(|ms| took(Duration::from_millis(ms))).collect();
        assert_eq!(times, ["0.4 s", "9.9 s", "48 s", "3 min 20 s"]);
        let sizes: Vec<String> = [0, 640, 12_340, 12_340_000, 5_000_000_000].into_iter().map(bytes).collect();
        assert_eq!(sizes, ["0 B", "640 B", "12.3 kB", "12.3 MB", "5.0 GB"]);
    }
}
