//! Numbering plans: splits phone numbers and finds their countries with the table `assets/phone_plans.tsv`.
//!
//! Follows libphonenumber, which the table comes from. `tests/giftty/phone_plans.rs` describes how it is
//! generated.

mod pattern;

use regex_lite::Regex;

use self::pattern::{is_start, is_whole};
use super::CountryCode;

const TABLE: &str = include_str!("../../../assets/phone_plans.tsv");

/// A phone number: its country's calling code, and the national number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) code: i32,
    /// The national number without the prefix that is dialled within the country, such as the zero in +49 (0)
    /// 151.
    national: String,
}

impl Number {
    /// Parses the digits after the plus sign. Returns `None` if no country has the calling code, or if fewer
    /// than two digits follow it, or too many.
    pub(super) fn read(digits: &str) -> Option<Self> {
        // No calling code is a prefix of another.
        let (code, national, plan) = (1..=3).find_map(|length| {
            let (code, national) = digits.split_at_checked(length)?;
            let plan = Plan::sharing(code).next()?;
            Some((code.parse().ok()?, national, plan))
        })?;
        if national.len() < 2 {
            return None;
        }
        let national = plan.without_prefix(national).unwrap_or_else(|| national.to_owned());
        (2..=17).contains(&national.len()).then_some(Self { code, national })
    }

    /// Returns the country of the number. Countries that share a calling code (+1, +7, +44 …) are
    /// distinguished by their numbers.
    pub(super) fn owner(&self) -> Option<CountryCode> {
        Some(self.plan()?.country)
    }

    /// Returns whether the country issues numbers of this form.
    pub(super) fn is_usual(&self) -> bool {
        self.plan().is_some_and(|plan| plan.gives_out(&self.national))
    }

    fn plan(&self) -> Option<Plan> {
        let code = self.code.to_string();
        let mut plans = Plan::sharing(&code);
        let first = plans.next()?;
        let mut rest = plans.peekable();
        if rest.peek().is_none() {
            return Some(first);
        }
        let is_owner = |plan: &Plan| {
            let told = !plan.leading_digits.is_empty() && is_start(plan.leading_digits, &self.national);
            told || plan.gives_out(&self.national)
        };
        std::iter::once(first).chain(rest).find(is_owner)
    }
}

/// Returns the countries that share a calling code, the main one first; empty if the code is not assigned.
pub(super) fn countries(code: i32) -> Vec<CountryCode> {
    Plan::sharing(&code.to_string()).map(|plan| plan.country).collect()
}

/// Returns the calling code of a country.
pub(super) fn code_of(country: CountryCode) -> Option<i32> {
    rows().find(|row| row.country == country.as_str())?.code.parse().ok()
}

/// The fields that identify a line of the table, and the rest of the line.
struct PlanRow {
    code: &'static str,
    country: &'static str,
    rest: &'static str,
}

fn rows() -> impl Iterator<Item = PlanRow> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (code, rest) = line.split_once('\t')?;
        let (country, rest) = rest.split_once('\t')?;
        Some(PlanRow { code, country, rest })
    })
}

/// The numbering plan of a country.
struct Plan {
    country: CountryCode,
    /// The pattern of the prefix that is removed from a national number, and its replacement.
    prefix: &'static str,
    replacement: &'static str,
    /// The pattern that identifies the country among those that share its calling code.
    leading_digits: &'static str,
    /// Lengths that are only dialled within a region.
    local_lengths: &'static str,
    /// The form of all numbers.
    any: Form,
    /// The forms of each kind of number: landline, mobile, …
    kinds: Vec<Form>,
}

/// The form of a kind of number.
struct Form {
    lengths: &'static str,
    pattern: &'static str,
}

impl Plan {
    /// Iterates over the plans that share a calling code, the main country's first.
    fn sharing(code: &str) -> impl Iterator<Item = Self> {
        rows().filter(move |row| row.code == code).filter_map(|row| Self::read(&row))
    }

    fn read(row: &PlanRow) -> Option<Self> {
        let mut fields = row.rest.split('\t');
        let [prefix, replacement, leading_digits, local_lengths] =
            [fields.next()?, fields.next()?, fields.next()?, fields.next()?];
        let forms = std::iter::from_fn(|| Some(Form { lengths: fields.next()?, pattern: fields.next()? }));
        let mut forms = forms.fuse();
        let country = row.country.parse().ok()?;
        let any = forms.next()?;
        Some(Self {
            country,
            prefix,
            replacement,
            leading_digits,
            local_lengths,
            any,
            kinds: forms.collect(),
        })
    }

    fn gives_out(&self, national: &str) -> bool {
        self.any.fits(national) && self.kinds.iter().any(|kind| kind.fits(national))
    }

    /// Removes the prefix that is dialled within the country. Returns `None` if the number has none, or if
    /// the rest would not be a number.
    fn without_prefix(&self, number: &str) -> Option<String> {
        if self.prefix.is_empty() {
            return None;
        }
        let prefix = Regex::new(&format!("^(?:{})", self.prefix)).ok()?;
        let found = prefix.captures(number)?;
        let group = |index: usize| found.get(index).map(|group| group.as_str());
        let is_replaced = !self.replacement.is_empty()
            && match (group(1), group(2)) {
                (Some(_), Some(second)) => !second.is_empty(),
                (Some(first), None) => !first.is_empty(),
                (None, _) => false,
            };
        let replacement = if is_replaced { self.replacement } else { "" };
        let bare = prefix.replace(number, replacement).into_owned();
        let spoils = is_whole(self.any.pattern, number) && !is_whole(self.any.pattern, &bare);
        (!spoils && self.is_long_enough(&bare)).then_some(bare)
    }

    /// Returns whether a number has a possible full length, or is longer.
    fn is_long_enough(&self, national: &str) -> bool {
        let length = national.len();
        let longest = lengths(self.any.lengths).max().unwrap_or_default();
        !lengths(self.local_lengths).any(|local| local == length)
            && (length > longest || lengths(self.any.lengths).any(|possible| possible == length))
    }
}

impl Form {
    fn fits(&self, national: &str) -> bool {
        let has_length =
            self.lengths.is_empty() || lengths(self.lengths).any(|length| length == national.len());
        has_length && is_whole(self.pattern, national)
    }
}

fn lengths(list: &str) -> impl Iterator<Item = usize> {
    list.split(',').filter_map(|length| length.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(digits: &str) -> Number {
        Number::read(digits).unwrap()
    }

    fn owner(digits: &str) -> String {
        number(digits).owner().map(|country| country.to_string()).unwrap_or_default()
    }

    #[test]
    fn the_table_has_a_plan_for_every_country() {
        assert_eq!(rows().filter_map(|row| Plan::read(&row)).count(), rows().count());
        assert!(rows().count() > 240);
        assert_eq!(countries(1).len(), 25);
        assert_eq!(countries(44)[0].as_str(), "GB");
        assert_eq!(countries(999), []);
        assert_eq!(code_of("JM".parse().unwrap()), Some(1));
    }

    #[test]
    fn the_prefix_that_is_dialled_within_a_country_is_no_part_of_a_number() {
        for (digits, national) in [
            ("610491570156", "491570156"),
            ("4901512345678", "1512345678"),
            ("789161234567", "9161234567"),
            ("540111512345678", "91112345678"),
            ("4402012345678", "2012345678"),
        ] {
            assert_eq!(number(digits).national, national, "{digits}");
        }
    }

    #[test]
    fn a_zero_that_is_part_of_a_number_is_kept() {
        for (digits, national) in
            [("390612345678", "0612345678"), ("390669812345", "0669812345"), ("3780549886377", "0549886377")]
        {
            assert_eq!(number(digits).national, national, "{digits}");
        }
        assert_eq!(number("378886377").national, "0549886377", "San Marino leaves it out at home");
    }

    #[test]
    fn countries_that_share_a_code_are_told_apart() {
        for (digits, country) in [
            ("12125551234", "US"),
            ("14165551234", "CA"),
            ("18765551234", "JM"),
            ("18095551234", "DO"),
            ("79161234567", "RU"),
            ("77012345678", "KZ"),
            ("447400123456", "GB"),
            ("447781123456", "GG"),
            ("390669812345", "VA"),
            ("393123456789", "IT"),
            ("4915123456789", "DE"),
            ("1999", ""),
        ] {
            assert_eq!(owner(digits), country, "{digits}");
        }
    }

    #[test]
    fn a_number_is_usual_where_its_country_gives_it_out() {
        assert!(number("4915123456789").is_usual() && number("12125551234").is_usual());
        assert!(!number("49151").is_usual() && !number("11125551234").is_usual());
        assert_eq!(Number::read("80012345678"), None, "no country has this code");
        assert_eq!(Number::read("491"), None);
    }
}
