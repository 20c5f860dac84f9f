//! Who gets what was bought: e-mail addresses and phone numbers, checked and never guessed.

mod dial;
mod plans;
mod typo;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use email_address::{EmailAddress, Options};

use super::country::CountryCode;
use super::text::Secret;

use plans::Number;

pub use dial::Dial;
pub use typo::likely_meant;

/// An e-mail address with a domain that has a dot. `Debug` does not tell it, and it is wiped from memory.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(Arc<Secret>);

/// Why a text is no e-mail address that a code can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address looks like name@example.com")]
pub struct NotAnEmail;

impl Email {
    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.reveal()
    }

    /// An address that a purchase of our own already carried.
    pub fn recorded(text: &str) -> Self {
        Self(Arc::new(text.into()))
    }
}

impl FromStr for Email {
    type Err = NotAnEmail;

    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
        let text = text.trim();
        match EmailAddress::parse_with_options(text, options) {
            Ok(_) if text.is_ascii() => Ok(Self(Arc::new(text.into()))),
            Ok(_) | Err(_) => Err(NotAnEmail),
        }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

/// A phone number in E.164, `+` and country code in front (contract, section 4.2). `Debug` does not
/// tell it, and it is wiped from memory.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(Arc<Secret>);

/// Why a text is no phone number that can be topped up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPhone {
    /// The country code is missing, and guessing one could top up a stranger.
    #[error("start with + and the country code")]
    NoCountryCode,
    /// It is too short, too long, or holds something that is no digit.
    #[error("this is not a complete phone number")]
    Malformed,
    /// Its country code belongs to another country than the product.
    #[error("this number belongs to {found}, the top-up is for {wanted}")]
    OtherCountry {
        /// Where the number is from.
        found: CountryCode,
        /// Where the product is for.
        wanted: CountryCode,
    },
    /// Its country code belongs to no country.
    #[error("no country has this country code")]
    Nowhere,
}

impl Phone {
    /// Reads a number for a product of a country; spaces, dashes and brackets are dropped.
    pub fn parse(text: &str, wanted: CountryCode) -> Result<Self, NotAPhone> {
        let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '/')).collect();
        let digits = bare.strip_prefix('+').ok_or(NotAPhone::NoCountryCode)?;
        let plain = (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if !plain || digits.starts_with('0') {
            return Err(NotAPhone::Malformed);
        }
        let number = Number::read(digits).ok_or(NotAPhone::Nowhere)?;
        let regions = plans::countries(number.code);
        let owner = number.owner();
        let fits = regions.contains(&wanted) && owner.is_none_or(|owner| owner == wanted);
        match owner.or(regions.first().copied()) {
            _ if fits => Ok(Self(Arc::new(bare.into()))),
            Some(found) => Err(NotAPhone::OtherCountry { found, wanted }),
            None => Err(NotAPhone::Nowhere),
        }
    }

    /// Whether its country gives out numbers of this form, as far as the numbering plans tell. They
    /// change, so this is for a hint: a number is refused for it nowhere.
    pub fn is_usual(&self) -> bool {
        let digits = self.as_str().strip_prefix('+');
        digits.and_then(Number::read).is_some_and(|number| number.is_usual())
    }

    /// The number in E.164.
    pub fn as_str(&self) -> &str {
        self.0.reveal()
    }

    /// A number that an order of our own already carried.
    pub fn recorded(text: &str) -> Self {
        Self(Arc::new(text.into()))
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

/// Where one delivery goes (contract, section 3.1: `beneficiary_account`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Beneficiary {
    /// A mailbox, for codes.
    Mailbox(Email),
    /// A phone, for direct top-ups.
    Handset(Phone),
}

impl Beneficiary {
    /// What is sent for it.
    pub fn account(&self) -> &str {
        match self {
            Self::Mailbox(email) => email.as_str(),
            Self::Handset(phone) => phone.as_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> CountryCode {
        code.parse().unwrap()
    }

    #[test]
    fn an_address_needs_a_name_and_a_domain_with_a_dot() {
        assert_eq!("you@example.com".parse::<Email>().unwrap().as_str(), "you@example.com");
        for wrong in
            ["", "you", "you@localhost", "Ann <a@b.co>", "a@[127.0.0.1]", "a b@c.de", "a@b.c\u{43e}m"]
        {
            assert!(wrong.parse::<Email>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_number_must_say_its_country_and_it_must_fit() {
        assert_eq!(Phone::parse("+49 151 23456789", country("DE")).unwrap().as_str(), "+4915123456789");
        assert_eq!(Phone::parse("0151 23456789", country("DE")), Err(NotAPhone::NoCountryCode));
        assert!(matches!(
            Phone::parse("+4915123456789", country("IT")),
            Err(NotAPhone::OtherCountry { found, .. }) if found == country("DE")
        ));
        assert_eq!(Phone::parse("+49", country("DE")), Err(NotAPhone::Malformed));
        assert_eq!(Phone::parse("+49x51234567", country("DE")), Err(NotAPhone::Malformed));
    }

    #[test]
    fn countries_that_share_a_code_are_told_apart() {
        assert!(Phone::parse("+1 876 555 1234", country("JM")).is_ok());
        assert!(Phone::parse("+1 212 555 1234", country("US")).is_ok());
        assert!(Phone::parse("+1 876 555 1234", country("US")).is_err());
    }

    #[test]
    fn debugging_tells_neither() {
        let email: Email = "you@example.com".parse().unwrap();
        let phone = Phone::recorded("+4915123456789");
        assert_eq!(format!("{email:?} {phone:?}"), "Email(…) Phone(…)");
    }
}
