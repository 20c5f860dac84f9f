//! Problems: what the shop objects to in a purchase, and how the user can fix it.

use std::fmt;

use super::text::Printable;

/// One entry of `problems` (contract, section 3.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The shop's code.
    pub code: Printable,
    /// Its `moreDetails`, as text.
    pub details: Option<Printable>,
}

/// The checkout field that a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concern {
    /// The product.
    Product,
    /// The quantity or the face value.
    Value,
    /// The recipient.
    Beneficiary,
    /// The buyer's e-mail address.
    Email,
    /// The coin and network.
    Tender,
    /// The coupon.
    Coupon,
    /// The order as a whole.
    Order,
}

/// The meaning of a code: the code, the field, a sentence for the user, and advice.
struct ProblemText(&'static str, Concern, &'static str, &'static str);

/// The maximum number of characters displayed of the shop's details.
const MOST_DETAILS: usize = 200;
/// The advice for a code that is not in the table.
const UNKNOWN_HELP: &str = "giftty does not know this code: choose something else, or ask support.";

/// All codes that the contract names. A code that is missing here is displayed verbatim.
const MEANINGS: &[ProblemText] = &[
    ProblemText(
        "AMOUNT_LESS_THEN_MINIMUM_ALLOWED",
        Concern::Value,
        "The order is below the least amount for this coin and network.",
        "Raise the value or choose another tender.",
    ),
    ProblemText(
        "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED",
        Concern::Value,
        "The order is above the most that one order may cost.",
        "Lower the value or split it into several orders.",
    ),
    ProblemText(
        "DAILY_SPENDING_LIMIT_EXCEEDED",
        Concern::Order,
        "The shop's spending limit for a day is reached.",
        "Try again tomorrow or lower the value.",
    ),
    ProblemText(
        "MONTHLY_SPENDING_LIMIT_EXCEEDED",
        Concern::Order,
        "The shop's spending limit for a month is reached.",
        "Try again next month or lower the value.",
    ),
    ProblemText(
        "PRODUCT_COUNT_EXCEEDED",
        Concern::Value,
        "There are more items than one order may hold (10).",
        "Lower the quantity.",
    ),
    ProblemText(
        "MULTIPLE_LIMITED_PRODUCT_SAME_ORDER",
        Concern::Product,
        "Only one of this product may be in an order.",
        "Lower its quantity to 1.",
    ),
    ProblemText(
        "NOT_AVAILABLE_PRODUCT",
        Concern::Product,
        "This product is no longer in the catalogue.",
        "Go back and choose another one.",
    ),
    ProblemText(
        "OUT_OF_STOCK",
        Concern::Product,
        "This product is out of stock.",
        "Choose another one, or try later.",
    ),
    ProblemText(
        "NOT_ACTIVE",
        Concern::Product,
        "This product is paused.",
        "Choose another one, or try later.",
    ),
    ProblemText(
        "INVALID_BENEFICIARY_ACCOUNT",
        Concern::Beneficiary,
        "The shop does not accept this recipient.",
        "Check the e-mail address or the phone number.",
    ),
    ProblemText(
        "NOT_ALLOWED_PAYMENT_VIA",
        Concern::Tender,
        "This cannot be paid with a wallet of your own.",
        "Choose another product.",
    ),
    ProblemText(
        "UNSUPPORTED_PROTOCOL_COIN_COMBINATION",
        Concern::Tender,
        "This brand does not take this coin on this network.",
        "Choose another tender.",
    ),
    ProblemText(
        "LOGIN_REQUIRED",
        Concern::Product,
        "The supplier sells this only to people with an account there.",
        "Choose another product.",
    ),
    ProblemText(
        "COUPON_REQUIRES_LOGIN",
        Concern::Coupon,
        "This coupon is only for people with an account at the supplier.",
        "Remove the coupon.",
    ),
    ProblemText(
        "COUPON_NOT_FOUND",
        Concern::Coupon,
        "There is no such coupon.",
        "Check its spelling or remove it.",
    ),
    ProblemText("COUPON_NOT_ACTIVE", Concern::Coupon, "This coupon is not active yet.", "Remove the coupon."),
    ProblemText(
        "COUPON_ALREADY_SPENT",
        Concern::Coupon,
        "This coupon was used already.",
        "Remove the coupon.",
    ),
    ProblemText(
        "COUPON_MAX_USAGE_REACHED",
        Concern::Coupon,
        "This coupon was used as often as it may be.",
        "Remove the coupon.",
    ),
    ProblemText("COUPON_EXPIRED", Concern::Coupon, "This coupon has expired.", "Remove the coupon."),
    ProblemText(
        "COUPON_BELOW_MIN_AMOUNT",
        Concern::Coupon,
        "The order is too small for this coupon.",
        "Raise the value or remove the coupon.",
    ),
    ProblemText(
        "COUPON_NOT_VALID_FOR_USER",
        Concern::Coupon,
        "This coupon is for somebody else.",
        "Remove the coupon.",
    ),
    ProblemText(
        "COUPON_NOT_VALID_FOR_CATEGORY",
        Concern::Coupon,
        "This coupon is not for this category.",
        "Remove the coupon.",
    ),
    ProblemText(
        "COUPON_NOT_VALID_FOR_KIND",
        Concern::Coupon,
        "This coupon is not for this kind of product.",
        "Remove the coupon.",
    ),
    ProblemText(
        "COUPON_NOT_VALID_FOR_BRAND",
        Concern::Coupon,
        "This coupon is not for this brand.",
        "Remove the coupon.",
    ),
    ProblemText(
        "COUPON_NOT_VALID_FOR_COUNTRY",
        Concern::Coupon,
        "This coupon is not for this country.",
        "Remove the coupon.",
    ),
    ProblemText(
        "COUPON_NOT_VALID_FOR_STORE",
        Concern::Coupon,
        "This coupon is not for this shop or region.",
        "Remove the coupon.",
    ),
    ProblemText(
        "SUSPENDED_COIN",
        Concern::Tender,
        "This coin takes no payments at the moment.",
        "Choose another tender.",
    ),
    ProblemText(
        "SUSPENDED_NETWORK",
        Concern::Tender,
        "This network takes no payments at the moment.",
        "Choose another tender.",
    ),
    ProblemText(
        "KYC_MISSING",
        Concern::Product,
        "The supplier asks for an identity check before it sells this.",
        "Choose another product.",
    ),
    ProblemText(
        "KYC_PENDING",
        Concern::Product,
        "The supplier is still checking an identity for this.",
        "Choose another product, or try later.",
    ),
    ProblemText(
        "VERIFICATION_REQUIRED",
        Concern::Product,
        "The supplier asks for a verification before it sells this.",
        "Choose another product.",
    ),
    ProblemText(
        "FULLNAME_MISSING",
        Concern::Tender,
        "The supplier asks for a full name on file for this network.",
        "Choose another tender.",
    ),
    ProblemText(
        "INVALID_EMAIL_DOMAIN",
        Concern::Email,
        "The shop does not accept mailboxes at this domain.",
        "Use another e-mail address.",
    ),
    ProblemText(
        "PRODUCT_NOT_AVAILABLE",
        Concern::Product,
        "The shop does not offer this product at the moment.",
        "Go back and choose another one.",
    ),
    ProblemText(
        "INVALID_DENOMINATION",
        Concern::Product,
        "The shop does not sell this denomination.",
        "Go back and choose it again.",
    ),
    ProblemText(
        "INVALID_PRODUCT_VALUE",
        Concern::Value,
        "The shop does not sell this value.",
        "Choose another value.",
    ),
    ProblemText("AMOUNT_TOO_LOW", Concern::Value, "The amount is too low.", "Raise the value."),
    ProblemText("AMOUNT_TOO_HIGH", Concern::Value, "The amount is too high.", "Lower the value."),
    ProblemText(
        "COUNTRY_NOT_SUPPORTED",
        Concern::Product,
        "The shop does not sell this in this country.",
        "Choose another country.",
    ),
];

impl Problem {
    /// Creates a problem without details.
    pub fn new(code: &str) -> Self {
        Self { code: Printable::new(code), details: None }
    }

    /// Returns the field that the problem is about, or [`Concern::Order`] if the code is unknown.
    pub fn concern(&self) -> Concern {
        self.meaning().map_or(Concern::Order, |meaning| meaning.1)
    }

    /// Returns whether the code is in the table.
    pub fn is_known(&self) -> bool {
        self.meaning().is_some()
    }

    /// Returns advice for the user.
    pub fn advice(&self) -> &'static str {
        self.meaning().map_or(UNKNOWN_HELP, |meaning| meaning.3)
    }

    /// Returns whether a single line of several can be the cause. The shop does not say which (contract,
    /// section 3.2).
    pub fn may_be_of_one_line(&self) -> bool {
        match self.code.as_str() {
            "UNSUPPORTED_PROTOCOL_COIN_COMBINATION"
            | "INVALID_PRODUCT_VALUE"
            | "AMOUNT_TOO_LOW"
            | "AMOUNT_TOO_HIGH" => true,
            _ if self.meaning().is_none() => true,
            _ => matches!(self.concern(), Concern::Product | Concern::Beneficiary),
        }
    }

    /// Returns whether the problem is that a brand does not accept this coin on this network.
    pub fn refuses_the_tender(&self) -> bool {
        self.code.as_str() == "UNSUPPORTED_PROTOCOL_COIN_COMBINATION"
    }

    /// Returns whether the problem is that the coin or the network accepts no payments at all.
    pub fn suspends_the_tender(&self) -> bool {
        matches!(self.code.as_str(), "SUSPENDED_COIN" | "SUSPENDED_NETWORK")
    }

    /// Iterates over all codes in the table, in order.
    pub fn known_codes() -> impl Iterator<Item = &'static str> {
        MEANINGS.iter().map(|meaning| meaning.0)
    }

    fn meaning(&self) -> Option<&'static ProblemText> {
        MEANINGS.iter().find(|meaning| meaning.0 == self.code.as_str())
    }
}

/// Formats the sentence and the shop's details. An unknown code is displayed verbatim.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = self.details.as_ref().map(|details| shortened(details.as_str()));
        match (self.meaning(), details) {
            (Some(meaning), None) => f.write_str(meaning.2),
            (Some(meaning), Some(details)) => write!(f, "{} The shop adds: {details}.", meaning.2),
            (None, None) => write!(f, "The shop says {}.", self.code),
            (None, Some(details)) => write!(f, "The shop says {} and adds: {details}.", self.code),
        }
    }
}

/// Shortens the shop's details so that the rest of the message fits, and removes the trailing full stop.
fn shortened(details: &str) -> String {
    let end = details.char_indices().nth(MOST_DETAILS).map_or(details.len(), |(end, _)| end);
    let cut = if end < details.len() { " …" } else { "" };
    format!("{}{cut}", details[..end].trim_end_matches(['.', '…', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_sentence_and_comes_once() {
        let mut codes: Vec<_> = MEANINGS.iter().map(|meaning| meaning.0).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), MEANINGS.len());
        assert!(MEANINGS.iter().all(|meaning| meaning.2.ends_with('.') && meaning.3.ends_with('.')));
    }

    #[test]
    fn an_unknown_code_is_shown_as_it_came() {
        let problem = Problem { code: Printable::new("MOON_PHASE"), details: Some(Printable::new("waning")) };
        assert_eq!(problem.to_string(), "The shop says MOON_PHASE and adds: waning.");
        assert_eq!(problem.concern(), Concern::Order);
    }
}
