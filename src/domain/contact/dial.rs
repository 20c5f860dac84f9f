//! Identifies the country of a phone number, as far as its digits allow.

use super::CountryCode;
use super::plans::{self, Number};

/// The country calling code at the start of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dial {
    /// The digits after the plus sign, such as 49.
    pub code: i32,
    /// The country, if the digits so far identify one.
    pub owner: Option<CountryCode>,
    /// All countries that share this code.
    pub countries: Vec<CountryCode>,
}

impl Dial {
    /// Parses what was typed so far. Returns `None` until the calling code is complete.
    pub fn of(text: &str) -> Option<Self> {
        let digits: String =
            text.trim().strip_prefix('+')?.chars().filter(char::is_ascii_digit).take(15).collect();
        // No calling code is a prefix of another, so the first existing one is correct.
        let code = (1..=3).find_map(|len| {
            let code = digits.get(..len)?.parse().ok()?;
            (!plans::countries(code).is_empty()).then_some(code)
        })?;
        let countries = plans::countries(code);
        let owner = match countries.as_slice() {
            [only] => Some(*only),
            _ => Number::read(&digits).and_then(|number| number.owner()),
        };
        Some(Self { code, owner, countries })
    }

    /// Returns the calling code of a country.
    pub fn code_for(country: CountryCode) -> Option<i32> {
        plans::code_of(country)
    }

    /// Returns whether a number of this country can start like this.
    pub fn fits(&self, country: CountryCode) -> bool {
        self.countries.contains(&country) && self.owner.is_none_or(|owner| owner == country)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> CountryCode {
        code.parse().unwrap()
    }

    #[test]
    fn the_country_shows_as_soon_as_its_code_is_typed() {
        assert_eq!(Dial::of("+4"), None);
        let dial = Dial::of("+49").unwrap();
        assert_eq!((dial.code, dial.owner), (49, Some(country("DE"))));
        assert_eq!(Dial::of("0049 151"), None);
        assert_eq!(Dial::of("+999 1"), None);
    }

    #[test]
    fn a_shared_code_tells_its_country_only_when_the_digits_do() {
        let dial = Dial::of("+1").unwrap();
        assert_eq!(dial.owner, None);
        assert!(dial.fits(country("US")) && dial.fits(country("JM")));
        let dial = Dial::of("+1 876 555 1234").unwrap();
        assert_eq!(dial.owner, Some(country("JM")));
        assert!(dial.fits(country("JM")) && !dial.fits(country("US")));
    }

    #[test]
    fn every_country_has_the_code_that_its_numbers_begin_with() {
        assert_eq!(Dial::code_for(country("DE")), Some(49));
        assert_eq!(Dial::code_for(country("US")), Some(1));
    }
}
