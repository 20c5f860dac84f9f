//! Search texts and prepared queries.
//!
//! The texts are laid out so that a scan of thousands of them takes less than a millisecond.

use nucleo_matcher::chars::{normalize, to_lower_case};
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Matcher, Utf32Str};

/// The search texts, in the order of their items. Preparing many of them takes a few milliseconds, so it can
/// be done on another thread.
#[derive(Default)]
pub struct Texts {
    pub(super) names: Column,
    pub(super) also: Column,
}

impl Texts {
    /// Prepares the names of items, and the other words that people search for.
    pub fn new(things: impl Iterator<Item = (impl AsRef<str>, String)>) -> Self {
        let mut texts = Self { names: Column::cased(), also: Column::default() };
        for (name, also) in things {
            texts.names.push(name.as_ref());
            // These words are only matched whole, so their case is not needed and would take memory. The
            // matcher misses a match at the very end of a text that is not all ASCII.
            texts.also.push(&if also.is_ascii() { also.to_ascii_lowercase() } else { also + " " });
        }
        texts.names.shrink();
        texts.also.shrink();
        texts
    }

    pub(super) fn len(&self) -> usize {
        self.names.texts.len()
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({})", self.len())
    }
}

/// Texts stored contiguously, so that a search scans memory sequentially.
#[derive(Default)]
pub(super) struct Column {
    narrow: String,
    wide: Vec<char>,
    /// The same texts, character by character, without case and accents; `None` if all of them were lower
    /// case.
    plain_narrow: Option<String>,
    plain_wide: Vec<char>,
    texts: Vec<IndexedText>,
}

/// Where a text is stored, and which letters it contains; those of a wide (non-ASCII) text are unknown.
struct IndexedText {
    letters: Letters,
    pairs: Pairs,
    begin: u32,
    end: u32,
}

impl IndexedText {
    fn range(&self) -> std::ops::Range<usize> {
        let place = |end: u32| usize::try_from(end).unwrap_or(usize::MAX);
        place(self.begin)..place(self.end)
    }
}

/// A text without case and accents.
pub(super) enum Plain<'a> {
    Narrow(&'a str),
    Wide(&'a [char]),
}

impl Column {
    /// Creates a column for texts that contain capitals.
    fn cased() -> Self {
        Self { plain_narrow: Some(String::new()), ..Self::default() }
    }

    fn push(&mut self, text: &str) {
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let (letters, pairs, begin, end) = match Utf32Str::new(text, &mut Vec::new()) {
            Utf32Str::Ascii(_) => {
                let begin = self.narrow.len();
                self.narrow.push_str(text);
                if let Some(plain) = &mut self.plain_narrow {
                    plain.push_str(&text.to_ascii_lowercase());
                }
                (Letters::bits(text), Pairs::bits(text), begin, self.narrow.len())
            }
            Utf32Str::Unicode(letters) => {
                let begin = self.wide.len();
                self.wide.extend_from_slice(letters);
                self.plain_wide.extend(letters.iter().copied().map(plain));
                (Letters::UNKNOWN, Pairs::UNKNOWN, begin, self.wide.len())
            }
        };
        self.texts.push(IndexedText { letters, pairs, begin: place(begin), end: place(end) });
    }

    /// Releases spare capacity after the last text.
    fn shrink(&mut self) {
        self.narrow.shrink_to_fit();
        self.wide.shrink_to_fit();
        if let Some(plain) = &mut self.plain_narrow {
            plain.shrink_to_fit();
        }
        self.plain_wide.shrink_to_fit();
        self.texts.shrink_to_fit();
    }

    fn plain_narrow(&self) -> &str {
        self.plain_narrow.as_ref().unwrap_or(&self.narrow)
    }

    /// The letters of a text; none if the index is out of range.
    pub(super) fn letters(&self, place: usize) -> Letters {
        self.texts.get(place).map_or(Letters(0), |text| text.letters)
    }

    /// The letter pairs of a text; none if the index is out of range.
    pub(super) fn pairs(&self, place: usize) -> Pairs {
        self.texts.get(place).map_or(Pairs(0), |text| text.pairs)
    }

    /// A text without case and accents; `None` if the index is out of range.
    pub(super) fn plain(&self, place: usize) -> Option<Plain<'_>> {
        let text = self.texts.get(place)?;
        Some(if text.letters == Letters::UNKNOWN {
            Plain::Wide(self.plain_wide.get(text.range())?)
        } else {
            Plain::Narrow(self.plain_narrow().get(text.range())?)
        })
    }

    /// Scores a text against a query; the letters may be scattered.
    pub(super) fn score(&self, place: usize, wanted: &Wanted, matcher: &mut Matcher) -> Option<u32> {
        let text = self.with_letters(place, wanted)?;
        wanted.strewn.score(self.text(text)?, matcher)
    }

    /// Scores a text against a query if every word of it occurs whole.
    pub(super) fn score_whole(&self, place: usize, wanted: &Wanted, matcher: &mut Matcher) -> Option<u32> {
        let text = self.with_pairs(place, wanted)?;
        match self.has_words(text, wanted) {
            Some(false) => None,
            _ => wanted.whole.score(self.text(text)?, matcher),
        }
    }

    /// Whether every word of a query occurs whole in a text.
    pub(super) fn has_whole(&self, place: usize, wanted: &Wanted, matcher: &mut Matcher) -> bool {
        self.with_pairs(place, wanted).is_some_and(|text| {
            let score = |text| wanted.whole.score(text, matcher);
            self.has_words(text, wanted).unwrap_or_else(|| self.text(text).and_then(score).is_some())
        })
    }

    /// The same without the matcher, which is several times slower; `None` if only the matcher can decide.
    fn has_words(&self, text: &IndexedText, wanted: &Wanted) -> Option<bool> {
        let words = wanted.words.as_ref().filter(|_| text.letters != Letters::UNKNOWN)?;
        let text = self.plain_narrow().get(text.range())?;
        Some(words.iter().all(|word| text.contains(word.as_str())))
    }

    fn with_pairs(&self, place: usize, wanted: &Wanted) -> Option<&IndexedText> {
        self.with_letters(place, wanted).filter(|text| text.pairs.contain(wanted.pairs))
    }

    fn with_letters(&self, place: usize, wanted: &Wanted) -> Option<&IndexedText> {
        self.texts.get(place).filter(|text| text.letters.contain(wanted.letters))
    }

    fn text(&self, text: &IndexedText) -> Option<Utf32Str<'_>> {
        Some(if text.letters == Letters::UNKNOWN {
            Utf32Str::Unicode(self.wide.get(text.range())?)
        } else {
            Utf32Str::Ascii(self.narrow.as_bytes().get(text.range())?)
        })
    }
}

/// Removes a letter's case and accents.
pub(super) fn plain(letter: char) -> char {
    to_lower_case(normalize(letter))
}

/// A prepared query.
pub(super) struct Wanted {
    strewn: Pattern,
    whole: Pattern,
    /// The words of a plain query in lower case, without single letters: for those the letter bits are
    /// enough.
    words: Option<Vec<String>>,
    letters: Letters,
    pairs: Pairs,
    unmistakable: u32,
}

impl Wanted {
    pub(super) fn new(query: &str) -> Self {
        let (case, accents) = (CaseMatching::Ignore, Normalization::Smart);
        // The matcher treats words specially whose first letter comes after two or more digits.
        let is_clear = |word: &str| word.bytes().position(|byte| byte.is_ascii_alphabetic()) < Some(2);
        let is_clear = is_plain(query) && query.split(' ').all(is_clear);
        let words = query.split(' ').filter(|word| word.len() > 1).map(str::to_ascii_lowercase);
        Self {
            strewn: Pattern::parse(query, case, accents),
            whole: Pattern::new(query, case, accents, AtomKind::Substring),
            words: Some(words.collect()).filter(|words: &Vec<String>| is_clear && !words.is_empty()),
            letters: Letters::wanted(query),
            pairs: Pairs::wanted(query),
            unmistakable: unmistakable(query),
        }
    }

    /// Whether a score alone proves that no letters are scattered.
    pub(super) fn is_unmistakable(&self, score: u32) -> bool {
        score >= self.unmistakable
    }
}

/// The score from which on the matcher has matched only beginnings of words: 16 for each letter, 8 for each
/// that follows one that begins a word, and 16 for the first. A single letter cannot be scattered.
fn unmistakable(query: &str) -> u32 {
    match query.chars().filter(|letter| !letter.is_whitespace()).count() {
        1 => 0,
        letters => u32::try_from(letters).unwrap_or(u32::MAX).saturating_mul(24).saturating_add(8),
    }
}

/// Whether a query consists of ASCII letters, digits and spaces, which have no special meaning.
pub(super) fn is_plain(query: &str) -> bool {
    query.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
}

/// The set of letters and digits of a text as bits: most texts are rejected by a single comparison.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters(u64);

impl Letters {
    /// Non-ASCII letters may match any ASCII letter.
    const UNKNOWN: Self = Self(u64::MAX);

    /// The letters that every match contains.
    pub(super) fn wanted(query: &str) -> Self {
        if is_plain(query) { Self::bits(query) } else { Self(0) }
    }

    fn bits(text: &str) -> Self {
        let bit = |byte: u8| match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => 1 << (letter - b'a'),
            digit @ b'0'..=b'9' => 1 << (26 + digit - b'0'),
            _ => 0,
        };
        Self(text.bytes().map(bit).fold(0, |all: u64, bit: u64| all | bit))
    }

    fn contain(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// How many of these letters are in neither of two texts.
    pub(super) fn missing_in(self, one: Self, other: Self) -> usize {
        usize::try_from((self.0 & !one.0 & !other.0).count_ones()).unwrap_or(usize::MAX)
    }
}

/// The set of adjacent letters and digits of a text as bits that several pairs share: most texts with only
/// scattered letters are rejected by a single comparison.
#[derive(Clone, Copy)]
pub(super) struct Pairs(u128);

impl Pairs {
    const UNKNOWN: Self = Self(u128::MAX);

    /// The pairs that every text contains in which the words occur whole.
    pub(super) fn wanted(query: &str) -> Self {
        if is_plain(query) { Self::bits(query) } else { Self(0) }
    }

    fn bits(text: &str) -> Self {
        let bit = |pair: &[u8]| match *pair {
            [one, next] if one.is_ascii_alphanumeric() && next.is_ascii_alphanumeric() => {
                let (one, next) = (one.to_ascii_lowercase(), next.to_ascii_lowercase());
                1 << (one.wrapping_mul(11).wrapping_add(next) % 128)
            }
            _ => 0,
        };
        Self(text.as_bytes().windows(2).map(bit).fold(0, |all: u128, bit: u128| all | bit))
    }

    /// How many of these pairs are in neither of two texts.
    pub(super) fn missing_in(self, one: Self, other: Self) -> usize {
        usize::try_from((self.0 & !one.0 & !other.0).count_ones()).unwrap_or(usize::MAX)
    }

    fn contain(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }
}

#[cfg(test)]
mod tests {
    use nucleo_matcher::Config;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn words_stand_whole_where_the_matcher_says_so(
            text in "[abAB1éＡ\u{301} ]{0,9}",
            query in "[abAB1é ]{1,4}",
        ) {
            let mut column = Column::cased();
            column.push(&text);
            let (wanted, mut matcher) = (Wanted::new(&query), Matcher::new(Config::DEFAULT));
            let by_matcher = wanted.whole.score(Utf32Str::new(&text, &mut Vec::new()), &mut matcher);
            prop_assert_eq!(column.score_whole(0, &wanted, &mut matcher), by_matcher);
            prop_assert_eq!(column.has_whole(0, &wanted, &mut matcher), by_matcher.is_some());
        }
    }
}
