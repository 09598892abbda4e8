//! Sentences of news, put together from the lexicon. Nobody says anything in those told; the others stand between marks, and are neither
//! told nor counted here.

use super::lexicon::Lexicon;
use super::mutate::Lot;

/// Writes what is drawn.
pub(crate) struct Pen<'a> {
    pub(crate) words: &'a Lexicon,
    pub(crate) lot: &'a mut Lot,
}

impl Pen<'_> {
    /// A sentence that tells something, with its full stop.
    pub(crate) fn told(&mut self, into: &mut String) {
        let begin = into.len();
        match self.lot.below(26) {
            0 | 1 => self.form("the A N P the N of the N in L.", into),
            2 => self.form("in L, the N P a A N for # days.", into),
            3 => self.form("about # per cent of the N was P after the N, and the A N will B the N.", into),
            4 => self.form("the N in L has P its A N, which the N had P in the N.", into),
            5 => self.form("a A N and a N were P D on the road to L.", into),
            6 => self.form("it was the first N since the A N of L P the N.", into),
            7 => self.form("the N, which cost # crowns, was P by the A N of the N.", into),
            8 => self.form("neither the N nor the N of L P to B the A N.", into),
            9 => self.form("D, the N and its N P the N, while the A N P # of the N.", into),
            10 => self.form("the N is to B the N and the N of L before the A N of next year.", into),
            11 => self.form("for years, N and N had P what the N of L could not B.", into),
            12 => self.form("when the N P, # people from L P D into the A N.", into),
            13 => self.form("under the N, every N with a A N must B its N within # weeks.", into),
            14 => self.form("that left L without N, and its N with # A N.", into),
            15 => self.form("few in L had P the N, let alone the A N behind it.", into),
            16 => self.form("last year # N were P, # more than in the year of the A N.", into),
            17 => self.form("despite A N, the N between L and L stays A.", into),
            18 => self.form("instead of N it P N, and instead of a N a A N.", into),
            19 => self.form("its A N, once P for N, now P the N of L.", into),
            20 => self.form("whether this will B the N depends D on N, N and the A N.", into),
            21 => self.form("more A than A, the N P its N D.", into),
            22 => self.form("from L to L, N P as N grew A.", into),
            23 => self.form("two of the # N P by the N were A; the third P a N.", into),
            24 => self.form("no N has P so much N since N was A in L.", into),
            _ => self.form("on both sides of the N, A N P to B N.", into),
        }
        capital(begin, into);
    }

    /// What somebody says: a sentence without its full stop.
    pub(crate) fn said(&mut self, into: &mut String) {
        let begin = into.len();
        match self.lot.below(16) {
            0 | 1 => self.form("we will B the N and the A N of L", into),
            2 => self.form("the N was P D, and nobody P the A N", into),
            3 => self.form("I have never P a N like this A one in L", into),
            4 => self.form("there is no N that we did not B for the N", into),
            5 => self.form("if they B the N, the A N will B the N", into),
            6 => self.form("our N needs a A N, not # of them", into),
            7 => self.form("you cannot B a N with the N of # years", into),
            8 => self.form("they P the N because the N in L was A", into),
            9 => self.form("the N is A and the N is A, but we have to B it", into),
            10 => self.form("nothing about this N is A, and N will not B it", into),
            11 => self.form("my N P # of them before anybody in L had P a N", into),
            12 => self.form("what L needs is N, A N and somebody to B the N", into),
            13 => self.form("ask the N in L what it did with our A N", into),
            14 => self.form("without N there would be no N to B, and no A N either", into),
            _ => self.form("people here B D for every N that they B", into),
        }
        capital(begin, into);
    }

    /// Some words for a quotation inside a sentence.
    pub(crate) fn fragment(&mut self, into: &mut String) {
        match self.lot.below(3) {
            0 => self.form("a A N of the N", into),
            1 => self.form("A and P D", into),
            _ => self.form("the N that P the A N", into),
        }
    }

    /// A headline.
    pub(crate) fn headline(&mut self, into: &mut String) {
        let begin = into.len();
        match self.lot.below(4) {
            0 => self.form("L to B A N", into),
            1 => self.form("A N P in L N", into),
            2 => self.form("N of N P by L N", into),
            _ => self.form("# N P as N and N B the N", into),
        }
        capital(begin, into);
    }

    /// A form, in which capitals that stand alone are words to be drawn: noun, verb (past, base), adjective, adverb, place, number.
    fn form(&mut self, form: &str, into: &mut String) {
        let mut words = form.split(' ').peekable();
        while let Some(word) = words.next() {
            let core = word.trim_end_matches([',', '.', ';']);
            let begin = into.len();
            match core {
                "N" => self.words.push_noun(self.lot, into),
                "P" => self.words.push_past(self.lot, into),
                "B" => self.words.push_base(self.lot, into),
                "A" => self.words.push_adjective(self.lot, into),
                "D" => into.push_str(self.words.adverbs[super::lexicon::zipf(self.lot, self.words.adverbs.len(), 3)]),
                "L" => self.words.push_place(self.lot, into),
                "#" => push_number(2 + super::lexicon::zipf(self.lot, 20_000, 3), into),
                _ => into.push_str(core),
            }
            let (before, drawn) = into.split_at(begin);
            let article =
                before.strip_suffix("a ").is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '\n', '“', '"']));
            if article && drawn.starts_with(['a', 'e', 'i', 'o']) {
                into.insert(begin - 1, 'n');
            }
            into.push_str(word.split_at(core.len()).1);
            if words.peek().is_some() {
                into.push(' ');
            }
        }
    }
}

/// A number with its thousands apart.
pub(crate) fn push_number(number: usize, into: &mut String) {
    if number >= 1000 {
        push_number(number / 1000, into);
        into.push(',');
        for place in [100, 10, 1] {
            into.push(char::from(b'0' + u8::try_from(number / place % 10).unwrap_or(0)));
        }
    } else {
        let digits = [number / 100, number / 10 % 10, number % 10];
        let from = if number >= 100 { 0 } else { 1 + usize::from(number < 10) };
        digits[from..].iter().for_each(|digit| into.push(char::from(b'0' + u8::try_from(*digit).unwrap_or(0))));
    }
}

/// Makes the first letter of what was written a capital.
fn capital(begin: usize, into: &mut str) {
    if let Some(first) = into.get_mut(begin..begin + 1) {
        first.make_ascii_uppercase();
    }
}
