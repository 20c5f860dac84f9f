//! Matches digits against the patterns of numbering plans.
//!
//! A general regex engine compiles a pattern first, which takes milliseconds for the longest, and the core
//! has no state that could cache it until the next key press. These patterns are simple enough to be matched
//! while they are parsed: digits, `\d`, classes, groups, alternatives and repetitions.

/// Returns whether a pattern matches all digits.
pub(super) fn is_whole(pattern: &str, digits: &str) -> bool {
    ends(pattern, digits).checked_shr(digits.len().try_into().unwrap_or(u32::MAX)).is_some_and(|end| end != 0)
}

/// Returns whether a pattern matches a prefix of the digits.
pub(super) fn is_start(pattern: &str, digits: &str) -> bool {
    ends(pattern, digits) != 0
}

/// A set of positions between digits: bit `n` is the position after `n` digits.
type Positions = u32;

/// Returns the positions where a match that starts at the first digit can end.
fn ends(pattern: &str, digits: &str) -> Positions {
    // No phone number has this many digits.
    if digits.len() > 30 {
        return 0;
    }
    Matcher { rest: pattern.as_bytes(), digits: digits.as_bytes() }.alternatives(1)
}

/// Parses a pattern once and tracks all positions at the same time.
struct Matcher<'a> {
    rest: &'a [u8],
    digits: &'a [u8],
}

impl Matcher<'_> {
    /// Matches `a|b|c`, up to the end of its group.
    fn alternatives(&mut self, from: Positions) -> Positions {
        let mut ends = 0;
        loop {
            let mut at = from;
            while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
                at = self.repeated(at);
            }
            ends |= at;
            if !self.take(b'|') {
                return ends;
            }
        }
    }

    /// Matches an atom and the repetition after it.
    fn repeated(&mut self, from: Positions) -> Positions {
        let atom = self.rest;
        let mut at = self.atom(from);
        let (least, most) = self.repetition();
        let after = self.rest;
        let mut ends = if least == 0 { from } else { 0 };
        for count in 1..=most {
            if count >= least {
                ends |= at;
            }
            if at == 0 || count == most {
                break;
            }
            self.rest = atom;
            at = self.atom(at);
        }
        self.rest = after;
        ends
    }

    /// Matches a group, a class or a digit.
    fn atom(&mut self, from: Positions) -> Positions {
        match self.next() {
            Some(b'(') => {
                if self.take(b'?') {
                    self.take(b':');
                }
                let ends = self.alternatives(from);
                self.take(b')');
                ends
            }
            Some(b'[') => {
                let class = self.class();
                self.step(from, |digit| class & (1 << (digit - b'0')) != 0)
            }
            // `\d` is the only escape in these patterns.
            Some(b'\\') => {
                self.next();
                self.step(from, |_| true)
            }
            Some(b'$') => from & (1 << self.digits.len()),
            Some(wanted) => self.step(from, |digit| digit == wanted),
            None => 0,
        }
    }

    /// Parses the digits of a class such as `[02-46]`, as bits.
    fn class(&mut self) -> u16 {
        let mut class = 0;
        while let Some(first) = self.next().filter(u8::is_ascii_digit) {
            let last = if self.take(b'-') { self.next().unwrap_or(first) } else { first };
            for digit in first..=last.min(b'9') {
                class |= 1 << (digit - b'0');
            }
        }
        class
    }

    /// Parses a repetition and returns its minimum and maximum.
    fn repetition(&mut self) -> (u32, u32) {
        if self.take(b'?') {
            return (0, 1);
        }
        if !self.take(b'{') {
            return (1, 1);
        }
        let least = self.number();
        let most = if self.take(b',') { self.number() } else { least };
        self.take(b'}');
        (least, most)
    }

    fn number(&mut self) -> u32 {
        let mut number = 0;
        while let Some(digit) = self.rest.first().filter(|byte| byte.is_ascii_digit()) {
            number = number * 10 + u32::from(digit - b'0');
            self.next();
        }
        number
    }

    /// Returns the positions after those digits that are wanted.
    fn step(&self, from: Positions, is_wanted: impl Fn(u8) -> bool) -> Positions {
        let reached =
            self.digits.iter().enumerate().filter(|(at, digit)| from & (1 << at) != 0 && is_wanted(**digit));
        reached.map(|(at, _)| 1 << (at + 1)).sum()
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn take(&mut self, wanted: u8) -> bool {
        let is_next = self.rest.first() == Some(&wanted);
        if is_next {
            self.next();
        }
        is_next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_what_it_means_to_a_general_engine() {
        let patterns = [
            "12",
            "1[0-24]",
            r"1\d{2}",
            r"(?:1|23)\d{1,3}",
            "(?:12?){2}3|44",
            "1(?:2|3(?:4|5)?)?6$|7",
            "1{2}",
        ];
        for pattern in patterns {
            let whole = regex_lite::Regex::new(&format!("^(?:{pattern})$")).unwrap();
            let start = regex_lite::Regex::new(&format!("^(?:{pattern})")).unwrap();
            for number in 0..20_000_u32 {
                let digits = number.to_string();
                assert_eq!(is_whole(pattern, &digits), whole.is_match(&digits), "{pattern} {digits}");
                assert_eq!(is_start(pattern, &digits), start.is_match(&digits), "{pattern} {digits}");
            }
        }
    }

    #[test]
    fn there_may_be_no_digits_or_far_too_many() {
        assert!(!is_whole(r"\d", ""));
        assert!(!is_whole(r"\d", &"1".repeat(40)));
    }
}
