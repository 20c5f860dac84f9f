//! Countries: their codes, and the bundled list that is available before the network is.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use unicode_normalization::char::is_combining_mark;

use super::text::Printable;

/// An upper-case ISO 3166-1 alpha-2 code, including `XK` (contract, section 1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

/// The text is not two ASCII letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a country is two letters, like US or DE")]
pub struct NotACountryCode;

impl CountryCode {
    /// Returns the two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CountryCode {
    type Err = NotACountryCode;

    /// Parses two letters in either case.
    fn from_str(text: &str) -> Result<Self, NotACountryCode> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(NotACountryCode),
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A country that the shop sells in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// The country's code.
    pub code: CountryCode,
    /// Its English name.
    pub name: Printable,
    /// Native names and common aliases, for searching.
    pub also: Printable,
}

impl Country {
    /// Iterates over all names of the country.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.also.as_str().split(", "))
    }

    /// Iterates over the other names that every terminal draws in as many columns as this program counts: no
    /// combining marks and no right-to-left text. The rest is for searching only.
    pub fn legible(&self) -> impl Iterator<Item = &str> {
        let steady = |letter: char| !is_combining_mark(letter) && !matches!(letter, '\u{590}'..='\u{8ff}');
        self.also.as_str().split(", ").filter(move |name| name.chars().all(steady))
    }
}

/// One line per country: code, name, other names.
const BUNDLED: &str = include_str!("../../assets/countries.tsv");

/// The offsets of the lines. They are computed at compile time, since the first frame waits for this list.
const LINES: [Line; 233] = lines(BUNDLED.as_bytes());

/// The offsets of a line's start, of the end of its name, and of its end.
type Line = [u16; 3];

const fn lines(list: &[u8]) -> [Line; 233] {
    let mut lines = [[0; 3]; 233];
    let (mut line, mut place) = (0, 0_u16);
    while line < lines.len() {
        lines[line][0] = place;
        // The first tab ends the code.
        place += 3;
        while list[place as usize] != b'\t' {
            place += 1;
        }
        lines[line][1] = place;
        while list[place as usize] != b'\n' {
            place += 1;
        }
        lines[line][2] = place;
        place += 1;
        line += 1;
    }
    assert!(place as usize == list.len(), "a line is too much");
    lines
}

/// Returns the 233 countries of the contract (section 2.1), sorted by name.
pub fn bundled() -> Vec<Country> {
    let column = |from: u16, to: u16| BUNDLED.get(usize::from(from)..usize::from(to)).unwrap_or_default();
    let country = |[begin, name, end]: Line| {
        let code = column(begin, begin + 2).parse().ok()?;
        let (name, also) = (column(begin + 3, name), column(name + 1, end));
        Some(Country { code, name: Printable::own(name), also: Printable::own(also) })
    };
    LINES.into_iter().filter_map(country).collect()
}

/// Adds the bundled native names and aliases to the shop's list, keeping its order. Returns the bundled list
/// if the shop's is empty.
pub fn enriched(fresh: Vec<Country>) -> Vec<Country> {
    let known = bundled();
    if fresh.is_empty() {
        return known;
    }
    let mut seen = HashSet::new();
    let fresh = fresh.into_iter().filter(|country| seen.insert(country.code));
    let also = |code| known.iter().find(|ours| ours.code == code).map(|ours| ours.also.clone());
    fresh.map(|country| Country { also: also(country.code).unwrap_or_default(), ..country }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_list_is_the_contracts() {
        let list = bundled();
        assert_eq!(list.len(), 233);
        let told = |country: &Country| format!("{}\t{}\t{}", country.code, country.name, country.also);
        assert_eq!(list.iter().map(told).collect::<Vec<_>>(), BUNDLED.lines().collect::<Vec<_>>());
        assert!(list.iter().any(|country| country.code.as_str() == "XK"));
        for absent in ["AF", "BY", "CU", "IQ", "IR", "KP", "LY", "MM", "RU", "SD", "SY", "VE"] {
            assert!(list.iter().all(|country| country.code.as_str() != absent), "{absent}");
        }
    }

    #[test]
    fn names_that_terminals_disagree_about_are_for_searching_only() {
        let list = bundled();
        let legible = |code: &str| {
            let country = list.iter().find(|country| country.code.as_str() == code).unwrap();
            country.legible().collect::<Vec<_>>().join(", ")
        };
        assert_eq!(legible("DZ"), "Algérie");
        assert_eq!(legible("BD"), "");
        assert!(legible("KR").contains("한국"));
    }

    #[test]
    fn a_fresh_list_keeps_its_order_and_gets_our_aliases() {
        let country = |code: &str, name: &str| Country {
            code: code.parse().unwrap(),
            name: Printable::new(name),
            also: Printable::default(),
        };
        let list =
            enriched(vec![country("NL", "Netherlands"), country("AX", "Åland"), country("NL", "Again")]);
        let codes: Vec<&str> = list.iter().map(|country| country.code.as_str()).collect();
        assert_eq!(codes, ["NL", "AX"]);
        assert!(list[0].also.as_str().contains("Holland"));
        assert_eq!(enriched(Vec::new()), bundled());
    }

    #[test]
    fn aliases_and_native_names_are_known() {
        let list = bundled();
        let also = |code: &str| {
            list.iter().find(|country| country.code.as_str() == code).unwrap().also.as_str().to_lowercase()
        };
        assert!(also("GB").contains("uk"));
        assert!(also("NL").contains("holland"));
        assert!(also("KR").contains("한국"));
    }

    #[test]
    fn a_code_is_two_letters_of_either_case() {
        assert_eq!("us".parse::<CountryCode>().unwrap().as_str(), "US");
        for wrong in ["", "U", "USA", "U1", "ÄÖ"] {
            assert!(wrong.parse::<CountryCode>().is_err(), "{wrong}");
        }
    }
}
