//! Countries: their codes, and the list that is there before the network is.

use std::fmt;
use std::str::FromStr;

use super::text::Printable;

/// An upper-case ISO 3166-1 alpha-2 code, `XK` included (contract, section 1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

/// The text was not two ASCII letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a country is two letters, like US or DE")]
pub struct NotACountryCode;

impl CountryCode {
    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CountryCode {
    type Err = NotACountryCode;

    /// Takes either case.
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
    /// Its code.
    pub code: CountryCode,
    /// Its English name.
    pub name: Printable,
    /// What else people type for it: native names and common aliases.
    pub also: Printable,
}

/// One line a country: code, name, other names.
const BUNDLED: &str = include_str!("../../assets/countries.tsv");

/// The 233 countries of the contract (section 2.1), by name.
pub fn bundled() -> Vec<Country> {
    BUNDLED
        .lines()
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let code = columns.next()?.parse().ok()?;
            let name = Printable::new(columns.next()?);
            let also = Printable::new(columns.next().unwrap_or_default());
            Some(Country { code, name, also })
        })
        .collect()
}

/// The shop's list with our native names and aliases added; ours alone when the shop's is empty.
pub fn enriched(fresh: Vec<Country>) -> Vec<Country> {
    let known = bundled();
    if fresh.is_empty() {
        return known;
    }
    let mut list: Vec<Country> = fresh
        .into_iter()
        .map(|country| match known.iter().find(|ours| ours.code == country.code) {
            Some(ours) => Country { also: ours.also.clone(), ..country },
            None => country,
        })
        .collect();
    list.sort_by(|a, b| a.name.cmp(&b.name));
    list.dedup_by(|a, b| a.code == b.code);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_list_is_the_contracts() {
        let list = bundled();
        assert_eq!(list.len(), 233);
        assert!(list.iter().any(|country| country.code.as_str() == "XK"));
        for absent in ["AF", "BY", "CU", "IQ", "IR", "KP", "LY", "MM", "RU", "SD", "SY", "VE"] {
            assert!(list.iter().all(|country| country.code.as_str() != absent), "{absent}");
        }
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
