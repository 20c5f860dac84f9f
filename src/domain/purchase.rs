//! Purchases: what the user decided to buy, for whom, and the payment tender.

use std::fmt;
use std::str::FromStr;

use super::contact::{Beneficiary, Email, Phone};
use super::country::CountryCode;
use super::money::Amount;
use super::problem::Problem;
use super::product::DeliveryMethod;
use super::tender::Tender;
use super::text::{Printable, Verbatim};

/// The maximum number of deliveries in one order (contract, section 3.1).
pub const MOST_DELIVERIES: u8 = 10;

/// What was selected of a brand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A denomination, in the supplier's own words.
    Fixed {
        /// The denomination as it is sent, verbatim.
        denomination: Verbatim,
        /// Its display label.
        label: Printable,
    },
    /// A face value of a range.
    Range {
        /// The face value, in `currency`.
        value: Amount,
        /// The ISO 4217 code.
        currency: Printable,
    },
}

impl Choice {
    /// Returns a display label for the choice.
    pub fn label(&self) -> String {
        match self {
            Self::Fixed { label, .. } => label.to_string(),
            Self::Range { value, currency } => format!("{value} {currency}"),
        }
    }
}

/// A line of a purchase without a beneficiary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The brand's exact name.
    pub brand: Verbatim,
    /// The family under which it was found.
    pub family: Verbatim,
    /// The country of the brand.
    pub country: CountryCode,
    /// What was selected.
    pub choice: Choice,
    /// The delivery method.
    pub delivery: DeliveryMethod,
    /// The quantity, from 1 to 10.
    pub quantity: u8,
}

impl Item {
    /// Returns whether both items are the same goods, ignoring their quantities.
    pub fn is_same_goods(&self, other: &Self) -> bool {
        let what = |item: &Self| (item.brand.clone(), item.country, item.choice.clone(), item.delivery);
        what(self) == what(other)
    }

    /// Returns a display label: the brand and the choice.
    pub fn label(&self) -> String {
        format!("{} {}", self.brand, self.choice.label())
    }
}

/// An item and its beneficiary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The item.
    pub item: Item,
    /// The beneficiary of every unit of it.
    pub beneficiary: Beneficiary,
}

impl Line {
    /// Returns whether both lines buy the same for the same beneficiary, ignoring their quantities.
    pub fn repeats(&self, other: &Self) -> bool {
        let what = |line: &Self| (line.item.brand.clone(), line.item.country, line.item.choice.clone());
        let for_the_same = self.beneficiary.account().eq_ignore_ascii_case(other.beneficiary.account());
        for_the_same && what(self) == what(other)
    }
}

/// Everything that an order is placed with (contract, section 3.1).
#[derive(Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The lines; never empty.
    pub lines: Vec<Line>,
    /// The buyer's address, which receives receipts and codes.
    pub buyer: Email,
    /// The coin and network of the payment.
    pub tender: Tender,
    /// A coupon code.
    pub coupon: Option<String>,
    /// The address for a refund.
    pub refund_address: Option<String>,
    /// Whether the buyer subscribed to the supplier's newsletter.
    pub newsletter: bool,
    /// The language of the supplier's messages.
    pub lang: Lang,
}

impl Purchase {
    /// Returns the number of deliveries.
    pub fn deliveries(&self) -> usize {
        self.lines.iter().map(|line| usize::from(line.item.quantity)).sum()
    }

    /// Returns the phone number of the last top-up line, or `None` if there is none.
    pub fn last_phone(&self) -> Option<&Phone> {
        self.lines.iter().rev().find_map(|line| match &line.beneficiary {
            Beneficiary::Handset(phone) => Some(phone),
            Beneficiary::Mailbox(_) => None,
        })
    }

    /// Returns whether a checkout can repeat this purchase: every line is for a phone or for the buyer.
    pub fn is_repeatable(&self) -> bool {
        let fits = |beneficiary: &Beneficiary| match beneficiary {
            Beneficiary::Handset(_) => true,
            Beneficiary::Mailbox(email) => *email == self.buyer,
        };
        !self.lines.is_empty() && self.lines.iter().all(|line| fits(&line.beneficiary))
    }

    /// Returns a one-line summary of what is bought.
    pub fn summary(&self) -> String {
        let mut parts = self.lines.iter().map(|line| {
            let times =
                if line.item.quantity > 1 { format!(" × {}", line.item.quantity) } else { String::new() };
            format!("{} {}{times}", line.item.brand, line.item.choice.label())
        });
        let first = parts.next().unwrap_or_default();
        match parts.count() {
            0 => first,
            more => format!("{first} and {more} more"),
        }
    }
}

/// A coupon is worth money and a refund address is private, so the debug output contains neither.
impl fmt::Debug for Purchase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Purchase")
            .field("lines", &self.lines)
            .field("tender", &self.tender)
            .field("coupon", &self.coupon.is_some())
            .field("refund_address", &self.refund_address.is_some())
            .finish_non_exhaustive()
    }
}

/// The result of validating a purchase, which costs nothing (contract, section 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    /// The total to pay, if the shop returned one above zero.
    pub total: Option<Amount>,
    /// The shop's objections.
    pub problems: Vec<Problem>,
}

impl Validation {
    /// Returns the total if the purchase may be ordered: there are no problems and the total is above zero.
    pub fn payable(&self) -> Option<Amount> {
        self.total.filter(|total| self.problems.is_empty() && !total.is_zero())
    }
}

/// A language that the API supports (contract, section 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English; the default if the API does not support the user's language.
    #[default]
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// German.
    De,
    /// Italian.
    It,
    /// Portuguese.
    Pt,
    /// Chinese.
    Zh,
    /// Turkish.
    Tr,
    /// Vietnamese.
    Vi,
    /// Filipino.
    Tl,
}

impl Lang {
    const ALL: [Self; 10] =
        [Self::En, Self::Es, Self::Fr, Self::De, Self::It, Self::Pt, Self::Zh, Self::Tr, Self::Vi, Self::Tl];

    /// Returns the code that is sent as `lang`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::De => "de",
            Self::It => "it",
            Self::Pt => "pt",
            Self::Zh => "zh",
            Self::Tr => "tr",
            Self::Vi => "vi",
            Self::Tl => "tl",
        }
    }

    /// Returns the language of a locale such as `de_AT.UTF-8`, or English if the API does not support it.
    pub fn of_locale(locale: &str) -> Self {
        locale.parse().unwrap_or_default()
    }
}

/// The text names no language that the API supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the shop's texts are in en, es, fr, de, it, pt, zh, tr, vi or tl")]
pub struct NotALang;

/// Parses a code such as `de`, or a locale such as `de_AT.UTF-8`.
impl FromStr for Lang {
    type Err = NotALang;

    fn from_str(text: &str) -> Result<Self, NotALang> {
        let word = text.trim().split(['_', '-', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        // Operating systems use the newer code for Filipino.
        let word = if word == "fil" { "tl" } else { &word };
        Self::ALL.into_iter().find(|lang| lang.code() == word).ok_or(NotALang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_that_the_shop_knows_is_named_and_no_other_is_one() {
        for lang in Lang::ALL {
            assert!(NotALang.to_string().contains(lang.code()), "{lang:?}");
            assert_eq!(lang.code().parse(), Ok(lang));
        }
        for (locale, lang) in [("de_AT.UTF-8", Lang::De), ("zh-TW", Lang::Zh), ("fil_PH", Lang::Tl)] {
            assert_eq!(locale.parse(), Ok(lang), "{locale}");
        }
        for other in ["xx", "", "C", "ja_JP.UTF-8", "english"] {
            assert_eq!(other.parse::<Lang>(), Err(NotALang), "{other}");
            assert_eq!(Lang::of_locale(other), Lang::En, "{other}");
        }
    }
}
