//! Recipients: e-mail addresses and phone numbers, validated and never guessed.

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

/// An e-mail address whose domain has a dot. Its `Debug` output is redacted, and it is wiped from memory when
/// dropped.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(Arc<Secret>);

/// The text is not an e-mail address that a code can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address looks like name@example.com")]
pub struct NotAnEmail;

impl Email {
    /// Returns the address.
    pub fn as_str(&self) -> &str {
        self.0.reveal()
    }

    /// Restores an address from a recorded purchase, without validation.
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

/// A phone number in E.164, starting with `+` and the country code (contract, section 4.2). Its `Debug`
/// output is redacted, and it is wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(Arc<Secret>);

/// Why a text is not a phone number that can be topped up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPhone {
    /// The country code is missing; a guessed one could top up a stranger's phone.
    #[error("start with + and the country code")]
    NoCountryCode,
    /// It is too short or too long, or contains something other than digits.
    #[error("this is not a complete phone number")]
    Malformed,
    /// Its country code belongs to another country than the product's.
    #[error("this number belongs to {found}, the top-up is for {wanted}")]
    OtherCountry {
        /// The number's country.
        found: CountryCode,
        /// The product's country.
        wanted: CountryCode,
    },
    /// Its country code is not assigned to any country.
    #[error("no country has this country code")]
    Nowhere,
}

impl Phone {
    /// Parses a number for a product of the country `wanted`. Spaces, dashes, dots, slashes and parentheses
    /// are removed.
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

    /// Returns whether the country issues numbers of this form, according to the numbering plans. Since they
    /// change, this is only for a hint: no number is rejected because of it.
    pub fn is_usual(&self) -> bool {
        let digits = self.as_str().strip_prefix('+');
        digits.and_then(Number::read).is_some_and(|number| number.is_usual())
    }

    /// Returns the number in E.164.
    pub fn as_str(&self) -> &str {
        self.0.reveal()
    }

    /// Restores a number from a recorded order, without validation.
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

/// The recipient of a delivery (contract, section 3.1: `beneficiary_account`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Beneficiary {
    /// A mailbox, for codes.
    Mailbox(Email),
    /// A phone, for direct top-ups.
    Handset(Phone),
}

impl Beneficiary {
    /// Returns the value that is sent for it.
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
