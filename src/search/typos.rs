//! Matches queries with one wrong letter per word, for when nothing matches exactly.

use std::borrow::Cow;

use super::texts::{Letters, Pairs, Plain, plain};
use super::{Index, MatcherScratch, Texts};

/// In shorter words one letter more or less makes a different word.
const LEAST_LETTERS: usize = 4;

impl Index {
    /// Like `find`, but if nothing matches except scattered letters, items within one typo come first.
    pub fn find_forgiving(&mut self, query: &str, scratch: &MatcherScratch) -> Cow<'_, [usize]> {
        let letters: Vec<char> = query.chars().map(plain).collect();
        let typed: Vec<Typed> = words(&letters, char::is_alphanumeric).map(Typed::new).collect();
        self.find(query, scratch);
        let slips = typed.iter().filter(|word| word.letters.len() >= LEAST_LETTERS).count();
        if slips == 0 || !self.is_strewn() {
            return Cow::Borrowed(&self.found);
        }
        let Texts { names, also } = &*self.texts;
        // A typo adds at most one letter to a word, and at most three pairs of letters, if two are swapped:
        // most texts need no closer comparison.
        let (wanted, pairs) = (Letters::wanted(query), Pairs::wanted(query));
        let places = (0..self.texts.len()).filter(|place| {
            wanted.missing_in(names.letters(*place), also.letters(*place)) <= slips
                && pairs.missing_in(names.pairs(*place), also.pairs(*place)) <= 3 * slips
        });
        let found = places.filter(|place| {
            let texts = [names.plain(*place), also.plain(*place)];
            typed.iter().all(|word| texts.iter().flatten().any(|text| word.is_near_in(text)))
        });
        let mut near: Vec<usize> = found.collect();
        if near.is_empty() {
            return Cow::Borrowed(&self.found);
        }
        let is_new = |place: &&usize| near.binary_search(place).is_err();
        let strewn: Vec<usize> = self.found.iter().filter(is_new).copied().collect();
        near.extend(strewn);
        Cow::Owned(near)
    }
}

/// Whether two texts are equal except for case and accents.
pub fn alike(one: &str, other: &str) -> bool {
    one.chars().map(plain).eq(other.chars().map(plain))
}

/// A typed word without case and accents: as characters, and as bytes for ASCII texts, in which nothing
/// matches a non-ASCII letter.
struct Typed {
    letters: Vec<char>,
    bytes: Vec<u8>,
}

impl Typed {
    fn new(letters: &[char]) -> Self {
        let byte = |letter: &char| u8::try_from(*letter).ok().filter(u8::is_ascii).unwrap_or_default();
        Self { letters: letters.to_vec(), bytes: letters.iter().map(byte).collect() }
    }

    fn is_near_in(&self, text: &Plain<'_>) -> bool {
        match text {
            Plain::Narrow(text) => words(text.as_bytes(), |byte| byte.is_ascii_alphanumeric())
                .any(|word| is_near(&self.bytes, word)),
            Plain::Wide(text) => words(text, char::is_alphanumeric).any(|word| is_near(&self.letters, word)),
        }
    }
}

fn words<T: Copy>(letters: &[T], is_letter: impl Fn(T) -> bool) -> impl Iterator<Item = &[T]> {
    letters.split(move |letter| !is_letter(*letter)).filter(|word| !word.is_empty())
}

/// Whether a word begins with the typed one, except for one letter that is wrong, missing, extra, or swapped
/// with its neighbour.
fn is_near<T: PartialEq>(typed: &[T], word: &[T]) -> bool {
    let same = typed.iter().zip(word).take_while(|(one, other)| one == other).count();
    let (typed_rest, word_rest) = (&typed[same..], &word[same..]);
    let Some((_, typed_on)) = typed_rest.split_first() else { return true };
    if typed.len() < LEAST_LETTERS {
        return false;
    }
    let Some((_, word_on)) = word_rest.split_first() else { return typed_on.is_empty() };
    let swapped = match (typed_rest, word_rest) {
        ([a, b, typed_on @ ..], [c, d, word_on @ ..]) => a == d && b == c && word_on.starts_with(typed_on),
        _ => false,
    };
    swapped
        || word_on.starts_with(typed_on)
        || word_on.starts_with(typed_rest)
        || word_rest.starts_with(typed_on)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(query: &str) -> Vec<usize> {
        let countries = ["Germany", "United States", "United Kingdom", "Côte d’Ivoire", "Oman"];
        let mut index = Index::new(countries.iter().map(|name| (*name, String::new())));
        index.find_forgiving(query, &MatcherScratch::default()).into_owned()
    }

    #[test]
    fn one_slip_a_word_is_forgiven() {
        for slip in ["germnay", "Gernany", "grmany", "gerrmany", "germna", "germamy", "hermany"] {
            assert_eq!(found(slip), [0], "{slip}");
        }
        assert_eq!(found("untied states"), [1]);
        assert_eq!(found("cotr"), [3]);
    }

    #[test]
    fn two_slips_in_a_word_and_slips_in_short_words_are_not() {
        assert_eq!(found("gernamy"), Vec::<usize>::new());
        assert_eq!(found("xma"), Vec::<usize>::new());
    }

    #[test]
    fn a_slip_comes_before_letters_that_are_strewn() {
        let countries = ["Saint Pierre and Miquelon", "Spain"];
        let mut index = Index::new(countries.iter().map(|name| (*name, String::new())));
        assert_eq!(*index.find_forgiving("spian", &MatcherScratch::default()), [1, 0]);
        assert_eq!(*index.find_forgiving("spain", &MatcherScratch::default()), [1, 0]);
    }

    #[test]
    fn what_matches_as_it_stands_comes_first() {
        assert_eq!(found("united"), [1, 2]);
        assert_eq!(found("unted"), [1, 2], "letters may be missing anywhere already");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_slip_is_left_out_unseen(
            names in prop::collection::vec("[a-cA é-]{0,9}", 0..9),
            query in "[a-cA]{1,6}( [a-cé]{1,5})?",
        ) {
            let mut index = Index::new(names.iter().map(|name| (name.as_str(), "acb abca".to_owned())));
            let scratch = MatcherScratch::default();
            let letters = |text: &str| text.chars().map(plain).collect::<Vec<char>>();
            let typed = letters(&query);
            let is_meant = |name: &&String| {
                let text = letters(&format!("{name} acb abca"));
                words(&typed, char::is_alphanumeric)
                    .all(|typed| words(&text, char::is_alphanumeric).any(|word| is_near(typed, word)))
            };
            let can_slip = words(&typed, char::is_alphanumeric).any(|word| word.len() >= LEAST_LETTERS);
            let found = index.find(&query, &scratch).to_vec();
            let near = names.iter().filter(is_meant).count();
            let is_forgiven = index.is_strewn() && can_slip;
            let forgiven = index.find_forgiving(&query, &scratch).into_owned();
            if is_forgiven {
                let (first, rest) = forgiven.split_at(near);
                prop_assert!(first.iter().all(|place| is_meant(&&names[*place])), "{first:?}");
                prop_assert!(rest.iter().all(|place| found.contains(place)), "{rest:?}");
            } else {
                prop_assert_eq!(forgiven, found);
            }
        }
    }
}
