//! What was typed with one wrong letter a word, for when hardly anything matches as it stands.

use nucleo_matcher::chars::{normalize, to_lower_case};

use super::{Haystack, Hit, Index};

/// With fewer hits than this, slips of the finger are looked for.
const TOO_FEW: usize = 3;
/// In shorter words one letter more or less makes another word.
const LEAST_LETTERS: usize = 4;

impl Index {
    /// As `find`; where hardly anything matches, what is one slip of a finger away comes after it.
    pub fn find_forgiving(&mut self, query: &str) -> Vec<Hit> {
        let mut hits = self.find(query);
        let words = words(query.chars());
        let worth_it = words.iter().any(|word| word.len() >= LEAST_LETTERS);
        if hits.len() >= TOO_FEW || !worth_it {
            return hits;
        }
        let found: Vec<usize> = hits.iter().map(|hit| hit.place).collect();
        let near = |haystack: &Haystack| {
            let told = haystack.name.slice(..).chars().chain([' ']).chain(haystack.also.slice(..).chars());
            let told = self::words(told);
            words.iter().all(|typed| told.iter().any(|word| is_near(typed, word)))
        };
        let places = self.texts.0.iter().enumerate().filter(|(place, _)| !found.contains(place));
        hits.extend(places.filter(|(_, text)| near(text)).map(|(place, _)| Hit {
            place,
            near: true,
            score: 0,
        }));
        hits
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
        index.find_forgiving(query).into_iter().map(|hit| hit.place).collect()
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
