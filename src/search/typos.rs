//! What was typed with one wrong letter a word, for when nothing matches as it stands.

use std::borrow::Cow;

use nucleo_matcher::Utf32Str;
use nucleo_matcher::chars::{normalize, to_lower_case};

use super::{Index, Letters, Texts};

/// In shorter words one letter more or less makes another word.
const LEAST_LETTERS: usize = 4;

impl Index {
    /// As `find`; where nothing matches but strewn letters, what is one slip of a finger away comes first.
    pub fn find_forgiving(&mut self, query: &str) -> Cow<'_, [usize]> {
        let mut letters = Vec::new();
        plain(query.chars(), &mut letters);
        let typed: Vec<Vec<char>> = words(&letters).map(<[char]>::to_vec).collect();
        self.find(query);
        if !self.is_strewn() || typed.iter().all(|word| word.len() < LEAST_LETTERS) {
            return Cow::Borrowed(&self.found);
        }
        let Texts { names, also } = &*self.texts;
        // A slip brings at most one letter into a word that is not in it: most texts need no closer look.
        let (wanted, slips) = (Letters::wanted(query), typed.len());
        let texts = names.texts.iter().zip(&also.texts).enumerate();
        let texts = texts.filter(|(_, (name, more))| wanted.missing_in(name.letters, more.letters) <= slips);
        let found = texts.filter(|(_, (name, more))| {
            let (name, more) = (names.text(name), also.text(more));
            let told = name.into_iter().flat_map(Utf32Str::chars).chain([' ']);
            plain(told.chain(more.into_iter().flat_map(Utf32Str::chars)), &mut letters);
            typed.iter().all(|typed| words(&letters).any(|word| is_near(typed, word)))
        });
        let mut near: Vec<usize> = found.map(|(place, _)| place).collect();
        if near.is_empty() {
            return Cow::Borrowed(&self.found);
        }
        let is_new = |place: &&usize| near.binary_search(place).is_err();
        let strewn: Vec<usize> = self.found.iter().filter(is_new).copied().collect();
        near.extend(strewn);
        Cow::Owned(near)
    }
}

/// Whether two texts are the same but for case and accents.
pub fn alike(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.chars().map(|letter| to_lower_case(normalize(letter))).collect::<Vec<_>>();
    plain(one) == plain(other)
}

/// The letters of a text, without case and accents.
fn plain(text: impl Iterator<Item = char>, letters: &mut Vec<char>) {
    letters.clear();
    letters.extend(text.map(|letter| to_lower_case(normalize(letter))));
}

fn words(letters: &[char]) -> impl Iterator<Item = &[char]> {
    letters.split(|letter| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
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
        index.find_forgiving(query).into_owned()
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
        assert_eq!(*index.find_forgiving("spian"), [1, 0]);
        assert_eq!(*index.find_forgiving("spain"), [1, 0]);
    }

    #[test]
    fn what_matches_as_it_stands_comes_first() {
        assert_eq!(found("united"), [1, 2]);
        assert_eq!(found("unted"), [1, 2], "letters may be missing anywhere already");
    }
}
