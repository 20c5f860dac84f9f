//! Fuzzy search that ignores accents and returns the best matches first.

mod matcher_scratch;
pub mod catalogue_index;
mod texts;
pub mod typos;

use std::sync::Arc;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Matcher, Utf32Str};

pub use self::matcher_scratch::MatcherScratch;
pub use self::texts::Texts;
use self::texts::{Wanted, is_plain};

/// A searchable list: its texts, and the state of the last search.
pub struct Index {
    texts: Arc<Texts>,
    /// The last query and its hits in index order: a query that only adds letters searches these alone.
    query: String,
    kept: Vec<Hit>,
    /// The indices of the same hits, best first.
    found: Vec<usize>,
}

/// A match: the index of the item and its score.
#[derive(Clone, Copy)]
struct Hit {
    place: u32,
    score: u32,
}

impl Hit {
    fn place(self) -> usize {
        usize::try_from(self.place).unwrap_or(usize::MAX)
    }
}

/// A match in an item's name ranks above one in its other words, and that above scattered letters in its
/// name.
const NAME_BONUS: u32 = 2_000;
const WORDS_BONUS: u32 = 1_000;

impl Index {
    /// Indexes items by their name and by other words that people search for.
    pub fn new(things: impl Iterator<Item = (impl AsRef<str>, String)>) -> Self {
        Self::over(Arc::new(Texts::new(things)))
    }

    /// Creates an index over prepared texts.
    pub fn over(texts: Arc<Texts>) -> Self {
        let mut index = Self { texts, query: String::new(), kept: Vec::new(), found: Vec::new() };
        index.keep_all();
        index
    }

    /// Returns the indices of the matching items, best first; for an empty query, of all items in index
    /// order.
    pub fn find(&mut self, query: &str, scratch: &MatcherScratch) -> &[usize] {
        let query = query.trim_start();
        if query.trim().is_empty() {
            self.keep_all();
        } else {
            if !narrows(&self.query, query) {
                self.keep_all();
            }
            scratch.with(|matcher| self.narrow(query, matcher));
        }
        query.clone_into(&mut self.query);
        best_first(&self.kept, &mut self.found);
        &self.found
    }

    fn keep_all(&mut self) {
        self.kept.clear();
        let places = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.kept.extend((0..places).map(|place| Hit { place, score: 0 }));
    }

    /// Retains the hits that match. They stay in index order, which is the order of their texts in memory.
    fn narrow(&mut self, query: &str, matcher: &mut Matcher) {
        let wanted = Wanted::new(query);
        let Self { texts, kept, .. } = self;
        kept.retain_mut(|hit| {
            let by_name = texts.names.score(hit.place(), &wanted, matcher);
            let is_whole = |score: &u32| {
                wanted.is_unmistakable(*score) || texts.names.has_whole(hit.place(), &wanted, matcher)
            };
            let in_name = by_name.filter(is_whole).map(|score| score + NAME_BONUS);
            // Scattered letters in the other words mean nothing: there are too many of them.
            let score = in_name.or_else(|| {
                let by_words = texts.also.score_whole(hit.place(), &wanted, matcher);
                by_words.map(|score| score + WORDS_BONUS).or(by_name)
            });
            hit.score = score.unwrap_or_default();
            score.is_some()
        });
    }

    /// Whether all matches are names with scattered letters.
    fn is_strewn(&self) -> bool {
        self.kept.iter().all(|hit| hit.score < WORDS_BONUS)
    }
}

/// Sorts the hits by score; equal scores stay in index order. There are few distinct scores, so this is a
/// counting sort.
fn best_first(hits: &[Hit], found: &mut Vec<usize>) {
    let score = |hit: &Hit| usize::try_from(hit.score).unwrap_or(usize::MAX);
    let best = hits.iter().map(score).max().unwrap_or_default();
    let least = hits.iter().map(score).min().unwrap_or_default();
    found.clear();
    if best == least {
        found.extend(hits.iter().map(|hit| hit.place()));
        return;
    }
    // The next position for each score, best score first.
    let mut next = vec![0; best - least + 2];
    for hit in hits {
        next[best - score(hit) + 1] += 1;
    }
    for rank in 1..next.len() {
        next[rank] += next[rank - 1];
    }
    found.resize(hits.len(), 0);
    for hit in hits {
        let at = &mut next[best - score(hit)];
        found[*at] = hit.place();
        *at += 1;
    }
}

/// Whether everything that matches `query` also matched `earlier`. A query with operators that invert its
/// meaning is not plain.
fn narrows(earlier: &str, query: &str) -> bool {
    query.starts_with(earlier) && is_plain(query)
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Index({} things)", self.texts.len())
    }
}

/// Finds the characters of a name that a query matches, for highlighting; created once for a whole list.
pub struct Marker<'a> {
    pattern: Option<Pattern>,
    scratch: &'a MatcherScratch,
    letters: Vec<char>,
    places: Vec<u32>,
}

impl<'a> Marker<'a> {
    /// Creates a marker for a query; an empty query matches nothing.
    pub fn new(query: &str, scratch: &'a MatcherScratch) -> Self {
        let parsed = || Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        let pattern = (!query.trim().is_empty()).then(parsed);
        // Enough capacity for the longest names, so that no row reallocates; none if there is nothing to
        // highlight.
        let room = if pattern.is_some() { 64 } else { 0 };
        Self { pattern, scratch, letters: Vec::with_capacity(room), places: Vec::with_capacity(room) }
    }

    /// Returns the indices of the matching characters of `name`, in ascending order.
    pub fn marks(&mut self, name: &str) -> &[u32] {
        self.places.clear();
        if let Some(pattern) = &self.pattern {
            let name = Utf32Str::new(name, &mut self.letters);
            self.scratch.with(|matcher| pattern.indices(name, matcher, &mut self.places));
            self.places.sort_unstable();
            self.places.dedup();
        }
        &self.places
    }
}

impl std::fmt::Debug for Marker<'_> {
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
        index().find(query, &MatcherScratch::default()).to_vec()
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
    fn a_word_is_found_before_a_name_in_which_its_letters_are_strewn() {
        let things = [("Ford travels vast lands", "cars"), ("Airbnb", "homes"), ("Nice Homes", "")];
        let mut index = Index::new(things.iter().map(|(name, also)| (*name, (*also).to_owned())));
        assert_eq!(index.find("homes", &MatcherScratch::default()), [2, 1]);
        assert_eq!(index.find("cars", &MatcherScratch::default()), [0]);
        assert_eq!(
            index.find("favls", &MatcherScratch::default()),
            [0],
            "strewn letters are found all the same"
        );
        let mut index = Index::new([("Flooded", String::new()), ("Bakery", "food".to_owned())].into_iter());
        assert_eq!(index.find("food", &MatcherScratch::default()), [1, 0]);
    }

    #[test]
    fn a_word_in_other_letters_is_found_at_the_end_too() {
        let things = [("Japan", "Nihon, 日本"), ("South Korea", "大韓, 대한민국, 한국")];
        let mut index = Index::new(things.iter().map(|(name, also)| (*name, (*also).to_owned())));
        assert_eq!(index.find("日本", &MatcherScratch::default()), [0]);
        assert_eq!(index.find("한국", &MatcherScratch::default()), [1]);
        assert_eq!(index.find("대한", &MatcherScratch::default()), [1]);
    }

    #[test]
    fn marks_are_the_letters_that_match() {
        assert_eq!(Marker::new("air", &MatcherScratch::default()).marks("Airbnb"), [0, 1, 2]);
        assert_eq!(Marker::new("", &MatcherScratch::default()).marks("Airbnb"), [0_u32; 0]);
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
            let (mut patient, scratch) = (fresh(), MatcherScratch::default());
            for query in &queries {
                for end in query.char_indices().map(|(end, _)| end).chain([query.len()]) {
                    let typed = &query[..end];
                    let mut plain = fresh();
                    plain.query = "!".to_owned();
                    prop_assert_eq!(patient.find(typed, &scratch), plain.find(typed, &scratch), "{:?}", typed);
                }
            }
        }

        #[test]
        fn no_name_is_left_out_unseen(name in "[a-zA-Z0-9 éß]{0,12}", query in "[a-zA-Z0-9 ]{1,4}") {
            let pattern = Pattern::parse(&query, CaseMatching::Ignore, Normalization::Smart);
            let mut letters = Vec::new();
            let scratch = MatcherScratch::default();
            let bare = scratch.with(|matcher| pattern.score(Utf32Str::new(&name, &mut letters), matcher));
            let mut index = Index::new([(name.as_str(), String::new())].into_iter());
            let found = index.find(&query, &scratch).len();
            prop_assert_eq!(found, usize::from(bare.is_some() || query.trim().is_empty()));
        }
    }
}
