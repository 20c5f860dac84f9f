//! Finding things by a few letters: fuzzy, accents forgiven, best first.

pub mod stock;
pub mod typos;

use std::sync::Arc;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};

/// Things that are searched: their texts, and what a search needs besides.
pub struct Index {
    texts: Arc<Texts>,
    matcher: Matcher,
}

/// The texts that are searched, in the order of the things they stand for. To take many of them
/// apart costs a few milliseconds, so it can be done away from whoever searches.
pub struct Texts(Vec<Haystack>);

impl Texts {
    /// Takes apart the names of things, and the other words that people find them by.
    pub fn new<'a>(things: impl Iterator<Item = (&'a str, String)>) -> Self {
        let haystack =
            |(name, also)| Haystack { name: Utf32String::from(name), also: Utf32String::from(also) };
        Self(things.map(haystack).collect())
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({})", self.0.len())
    }
}

struct Haystack {
    name: Utf32String,
    also: Utf32String,
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
        Self { texts, matcher: Matcher::new(Config::DEFAULT) }
    }

    /// Everything in its own order for an empty query, else what matches, the best first.
    pub fn find(&mut self, query: &str) -> Vec<Hit> {
        if query.trim().is_empty() {
            return (0..self.texts.0.len()).map(|place| Hit { place, score: 0 }).collect();
        }
        let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        // Among many other words, letters that are strewn about mean nothing.
        let whole = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Substring);
        let matcher = &mut self.matcher;
        let mut hits: Vec<Hit> = self
            .texts
            .0
            .iter()
            .enumerate()
            .filter_map(|(place, haystack)| {
                let by_name = pattern.score(haystack.name.slice(..), matcher).map(|score| score + NAME_BONUS);
                let score = by_name.or_else(|| whole.score(haystack.also.slice(..), matcher))?;
                Some(Hit { place, score })
            })
            .collect();
        hits.sort_by(|a, b| b.score.cmp(&a.score).then(a.place.cmp(&b.place)));
        hits
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Index({} things)", self.texts.0.len())
    }
}

/// The places of the characters of `name` that a query matches, in order; for marking them.
pub fn marks(query: &str, name: &str) -> Vec<usize> {
    if query.trim().is_empty() {
        return Vec::new();
    }
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut letters = Vec::new();
    let mut places = Vec::new();
    pattern.indices(Utf32Str::new(name, &mut letters), &mut Matcher::new(Config::DEFAULT), &mut places);
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|place| usize::try_from(place).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let things = [("Airbnb", "travel"), ("Café Nero", "food"), ("Air France", "travel")];
        Index::new(things.iter().map(|(name, also)| (*name, (*also).to_owned())))
    }

    fn places(query: &str) -> Vec<usize> {
        index().find(query).into_iter().map(|hit| hit.place).collect()
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
        assert_eq!(marks("air", "Airbnb"), [0, 1, 2]);
        assert_eq!(marks("", "Airbnb"), Vec::<usize>::new());
    }
}
