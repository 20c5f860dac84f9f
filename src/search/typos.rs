//! What was typed with one wrong letter a word, for when nothing matches as it stands.

use std::borrow::Cow;

use nucleo_matcher::chars::{normalize, to_lower_case};

use super::{Haystack, Hit, Index};

/// In shorter words one letter more or less makes another word.
const LEAST_LETTERS: usize = 4;

impl Index {
    /// As `find`; where nothing matches, what is one slip of a finger away.
    pub fn find_forgiving(&mut self, query: &str) -> Cow<'_, [Hit]> {
        let typed = words(query.chars());
        if !self.find(query).is_empty() || typed.iter().all(|word| word.len() < LEAST_LETTERS) {
            return Cow::Borrowed(&self.hits);
        }
        let near = |text: &Haystack| {
            let (name, also) = (text.name.text.slice(..), text.also.text.slice(..));
            let told = words(name.chars().chain([' ']).chain(also.chars()));
            typed.iter().all(|typed| told.iter().any(|word| is_near(typed, word)))
        };
        let texts = self.texts.0.iter().enumerate();
        texts.filter(|(_, text)| near(text)).map(|(place, _)| Hit { place, score: 0 }).collect()
    }
}

/// The words of a text, without case and accents.
fn words(text: impl Iterator<Item = char>) -> Vec<Vec<char>> {
    let letters: Vec<char> = text.map(|letter| to_lower_case(normalize(letter))).collect();
    let words = letters.split(|letter| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(<[char]>::to_vec).collect()
}

/// Whether a word begins with what was typed, but for one letter that is wrong, missing, too much,
/// or has changed places with its neighbour.
fn is_near(typed: &[char], word: &[char]) -> bool {
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
    use super::*;

    fn found(query: &str) -> Vec<usize> {
        let countries = ["Germany", "United States", "United Kingdom", "Côte d’Ivoire", "Oman"];
        let mut index = Index::new(countries.iter().map(|name| (*name, String::new())));
        index.find_forgiving(query).iter().map(|hit| hit.place).collect()
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
    fn what_matches_as_it_stands_comes_first() {
        assert_eq!(found("united"), [1, 2]);
        assert_eq!(found("unted"), [1, 2], "letters may be missing anywhere already");
    }
}
