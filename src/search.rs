//! Finding things by a few letters: fuzzy, accents forgiven, best first.

pub mod stock;
pub mod typos;

use std::cmp::Reverse;
use std::sync::Arc;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};

/// Things that are searched: their texts, and what a search needs besides.
pub struct Index {
    texts: Arc<Texts>,
    matcher: Matcher,
    /// What was looked for last, and what was found: one more letter is looked for only there.
    query: String,
    hits: Vec<Hit>,
}

/// The texts that are searched, in the order of the things they stand for. To take many of them
/// apart costs a few milliseconds, so it can be done away from whoever searches.
pub struct Texts(Vec<Haystack>);

impl Texts {
    /// Takes apart the names of things, and the other words that people find them by.
    pub fn new<'a>(things: impl Iterator<Item = (&'a str, String)>) -> Self {
        Self(things.map(|(name, also)| Haystack { name: Text::new(name), also: Text::new(&also) }).collect())
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({})", self.0.len())
    }
}

struct Haystack {
    name: Text,
    also: Text,
}

/// A text, and the letters that it is made of.
struct Text {
    text: Utf32String,
    letters: Letters,
}

/// A thing that was found: its place, and how well it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place among the things that were indexed.
    pub place: usize,
    score: u32,
}

/// A hit in a thing's name is worth more than one in its other words.
const NAME_BONUS: u32 = 1_000;

impl Index {
    /// Indexes things by their name and by other words that people find them by.
    pub fn new<'a>(things: impl Iterator<Item = (&'a str, String)>) -> Self {
        Self::over(Arc::new(Texts::new(things)))
    }

    /// An index over texts that are ready.
    pub fn over(texts: Arc<Texts>) -> Self {
        let hits = all(texts.0.len());
        Self { texts, matcher: Matcher::new(Config::DEFAULT), query: String::new(), hits }
    }

    /// Everything in its own order for an empty query, else what matches, the best first.
    pub fn find(&mut self, query: &str) -> &[Hit] {
        let query = query.trim_start();
        if query.trim().is_empty() {
            self.hits = all(self.texts.0.len());
        } else {
            if !narrows(&self.query, query) {
                self.hits = all(self.texts.0.len());
            }
            self.narrow(query);
        }
        query.clone_into(&mut self.query);
        &self.hits
    }

    /// Keeps of the hits what matches.
    fn narrow(&mut self, query: &str) {
        let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        // Among many other words, letters that are strewn about mean nothing.
        let whole = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Substring);
        let wanted = Letters::wanted(query);
        let Self { texts, matcher, hits, .. } = self;
        hits.retain_mut(|hit| {
            let Some(Haystack { name, also }) = texts.0.get(hit.place) else { return false };
            let by_name = name.score(&pattern, wanted, matcher).map(|score| score + NAME_BONUS);
            let score = by_name.or_else(|| also.score(&whole, wanted, matcher));
            hit.score = score.unwrap_or_default();
            score.is_some()
        });
        hits.sort_unstable_by_key(|hit| (Reverse(hit.score), hit.place));
    }
}

fn all(len: usize) -> Vec<Hit> {
    (0..len).map(|place| Hit { place, score: 0 }).collect()
}

/// Whether everything that matches a query matched an earlier one too. Signs that turn a query's
/// meaning around are not plain.
fn narrows(earlier: &str, query: &str) -> bool {
    query.starts_with(earlier) && is_plain(query)
}

fn is_plain(query: &str) -> bool {
    query.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
}

impl Text {
    fn new(text: &str) -> Self {
        Self { letters: Letters::of(text), text: Utf32String::from(text) }
    }

    fn score(&self, pattern: &Pattern, wanted: Letters, matcher: &mut Matcher) -> Option<u32> {
        self.letters.contain(wanted).then(|| pattern.score(self.text.slice(..), matcher)).flatten()
    }
}

/// Which letters and digits there are, as bits: most texts are left out by a single comparison.
#[derive(Clone, Copy)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Self {
        // Letters beyond ASCII may stand for those within.
        if text.is_ascii() { Self::bits(text) } else { Self(u64::MAX) }
    }

    /// The letters that every match has.
    fn wanted(query: &str) -> Self {
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
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Index({} things)", self.texts.0.len())
    }
}

/// Tells which characters of a name a query matches, for marking them; made once for a whole list.
pub struct Marker {
    search: Option<(Pattern, Matcher)>,
    letters: Vec<char>,
    places: Vec<u32>,
}

impl Marker {
    /// A marker for a query; an empty one matches nothing.
    pub fn new(query: &str) -> Self {
        let search = (!query.trim().is_empty()).then(|| {
            let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
            (pattern, Matcher::new(Config::DEFAULT))
        });
        // Room for the longest names, so that no row needs more; none where there is nothing to mark.
        let room = if search.is_some() { 64 } else { 0 };
        Self { search, letters: Vec::with_capacity(room), places: Vec::with_capacity(room) }
    }

    /// The places of the characters of `name` that match, in order.
    pub fn marks(&mut self, name: &str) -> &[u32] {
        self.places.clear();
        if let Some((pattern, matcher)) = &mut self.search {
            pattern.indices(Utf32Str::new(name, &mut self.letters), matcher, &mut self.places);
            self.places.sort_unstable();
            self.places.dedup();
        }
        &self.places
    }
}

impl std::fmt::Debug for Marker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Marker(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn index() -> Index {
        let things = [("Airbnb", "travel"), ("Café Nero", "food"), ("Air France", "travel")];
        Index::new(things.iter().map(|(name, also)| (*name, (*also).to_owned())))
    }

    fn places(query: &str) -> Vec<usize> {
        index().find(query).iter().map(|hit| hit.place).collect()
    }

    #[test]
    fn nothing_typed_finds_everything_in_its_own_order() {
        assert_eq!(places("  "), [0, 1, 2]);
    }

    #[test]
    fn accents_and_case_are_forgiven() {
        assert_eq!(places("cafe"), [1]);
        assert_eq!(places("AIRB"), [0]);
    }

    #[test]
    fn other_words_find_it_too_after_the_names() {
        assert_eq!(places("travel"), [0, 2]);
    }

    #[test]
    fn strewn_letters_count_in_names_only() {
        assert_eq!(places("tvl"), Vec::<usize>::new());
        assert_eq!(places("arn"), [0, 2]);
    }

    #[test]
    fn marks_are_the_letters_that_match() {
        assert_eq!(Marker::new("air").marks("Airbnb"), [0, 1, 2]);
        assert_eq!(Marker::new("").marks("Airbnb"), [0_u32; 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn letter_by_letter_finds_what_a_fresh_search_finds(
            names in prop::collection::vec("[a-dé A1]{0,8}", 0..30),
            queries in prop::collection::vec("[a-dé A1!^$' ]{0,5}", 1..4),
        ) {
            let fresh = || {
                Index::new(names.iter().map(|name| (name.as_str(), name.chars().rev().collect::<String>())))
            };
            let mut patient = fresh();
            for query in &queries {
                for end in query.char_indices().map(|(end, _)| end).chain([query.len()]) {
                    let typed = &query[..end];
                    let mut plain = fresh();
                    plain.query = "!".to_owned();
                    prop_assert_eq!(patient.find(typed), plain.find(typed), "{:?}", typed);
                }
            }
        }

        #[test]
        fn no_name_is_left_out_unseen(name in "[a-zA-Z0-9 éß]{0,12}", query in "[a-zA-Z0-9 ]{1,4}") {
            let pattern = Pattern::parse(&query, CaseMatching::Ignore, Normalization::Smart);
            let mut letters = Vec::new();
            let bare = pattern.score(Utf32Str::new(&name, &mut letters), &mut Matcher::new(Config::DEFAULT));
            let mut index = Index::new([(name.as_str(), String::new())].into_iter());
            prop_assert_eq!(index.find(&query).len(), usize::from(bare.is_some() || query.trim().is_empty()));
        }
    }
}
