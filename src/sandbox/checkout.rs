//! Validates a basket as strictly as the real shop: a refusal, problems, or a price.

pub mod body;
pub mod coupons;
pub mod price;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use super::catalogue::{Brand, Catalogue, Delivery};
use super::order::Line;
use super::payment_methods::{self, PaymentMethod};
use body::{Basket, Wanted};

/// The largest number of deliveries in one order.
const MOST_DELIVERIES: usize = 10;

/// The largest value of one order, in EUR.
const MOST_EUROS: u32 = 5000;

/// One entry of `problems`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The problem code.
    pub code: String,
    /// `moreDetails`.
    pub details: Option<Value>,
}

impl Problem {
    /// Creates a problem with a code and no details.
    pub fn bare(code: &str) -> Self {
        Self { code: code.to_owned(), details: None }
    }

    fn with(code: &str, details: Value) -> Self {
        Self { code: code.to_owned(), details: Some(details) }
    }

    /// Returns the problem as it is sent.
    pub fn json(&self) -> Value {
        match &self.details {
            None => json!({"problem": self.code}),
            Some(details) => json!({"problem": self.code, "moreDetails": details}),
        }
    }
}

/// The price of a basket.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The payment method, or `None` if a validation named no network.
    pub payment_method: Option<&'static PaymentMethod>,
    /// The amount to pay, in coin units.
    pub coin_amount: Decimal,
    /// The amount without the coupon, in coin units.
    pub original: Decimal,
    /// The value in EUR.
    pub euros: Decimal,
    /// The coupon that was applied.
    pub coupon: Option<String>,
    /// The order's lines.
    pub lines: Vec<Line>,
}

/// The result of validating a basket.
#[derive(Debug)]
pub enum Judgement {
    /// Refused before the details are checked: 422 with this body (contract, section 5.2).
    Refused(Value),
    /// The basket cannot be ordered.
    Problems(Vec<Problem>),
    /// The basket can be ordered at this price.
    Good(Box<Quote>),
}

/// Validates a basket. `forced` are the problems that a control route has requested.
pub fn judge(basket: &Basket, catalogue: &Catalogue, forced: Vec<Problem>) -> Judgement {
    if let Some(refusal) = suspension(basket) {
        return Judgement::Refused(refusal);
    }
    let mut problems = payment_problems(basket);
    let mut lines = Vec::new();
    if basket.lines.len() > MOST_DELIVERIES {
        problems.push(Problem::bare("PRODUCT_COUNT_EXCEEDED"));
    }
    for wanted in &basket.lines {
        let Some(brand) = catalogue.brand(&wanted.country, &wanted.brand) else {
            problems.push(Problem::bare("NOT_AVAILABLE_PRODUCT"));
            continue;
        };
        if let Some(refused) = refused_network(basket, &brand) {
            problems.push(refused);
        } else if brand.category == "e-money" {
            return Judgement::Refused(json!({"detail": "LOGIN_REQUIRED"}));
        }
        match line(basket, &brand, wanted) {
            Ok(line) => lines.push(line),
            Err(found) => problems.extend(found),
        }
    }
    let quote = quote(basket, lines, &mut problems);
    problems.extend(magic(&basket.email));
    problems.extend(forced);
    let mut seen = Vec::new();
    problems.retain(|problem| {
        let fresh = !seen.contains(&problem.code);
        seen.push(problem.code.clone());
        fresh
    });
    if problems.is_empty() { Judgement::Good(Box::new(quote)) } else { Judgement::Problems(problems) }
}

/// Returns the refusal for a suspended coin or network.
fn suspension(basket: &Basket) -> Option<Value> {
    let mut of_coin =
        payment_methods::all().iter().filter(|payment_method| payment_method.coin == basket.coin);
    if of_coin.any(|payment_method| payment_method.coin_suspended) {
        let details = json!({"coin": basket.coin});
        return Some(json!({"status": 422, "detail": "SUSPENDED_COIN", "moreDetails": details}));
    }
    let network = basket.network.as_deref()?;
    payment_methods::find(&basket.coin, network)
        .is_some_and(|payment_method| payment_method.network_suspended)
        // Both a string and a number were observed as the status; here it is a string.
        .then(|| json!({"status": "422", "detail": "SUSPENDED_NETWORK", "moreDetails": {"network": network}}))
}

fn payment_problems(basket: &Basket) -> Vec<Problem> {
    let mut problems = Vec::new();
    if basket.via != "USER_WALLET" {
        problems.push(Problem::with("NOT_ALLOWED_PAYMENT_VIA", json!(["USER_WALLET"])));
    }
    let known = match &basket.network {
        Some(network) => payment_methods::find(&basket.coin, network).is_some(),
        None => payment_methods::all().iter().any(|payment_method| payment_method.coin == basket.coin),
    };
    if !known {
        problems.push(unsupported(&basket.coin, |_| true));
    }
    problems
}

/// Returns the problem of a coin on a network that does not support it, with the supported combinations.
fn unsupported(coin: &str, keep: impl Fn(&PaymentMethod) -> bool) -> Problem {
    let allowed: Vec<Value> = payment_methods::all()
        .iter()
        .filter(|payment_method| {
            payment_method.coin == coin && !payment_method.network_suspended && keep(payment_method)
        })
        .map(|payment_method| json!({"coin": payment_method.coin, "network": payment_method.network}))
        .collect();
    Problem::with("UNSUPPORTED_PROTOCOL_COIN_COMBINATION", json!(allowed))
}

/// Rewarble accepts USDC, but not on Base (contract, section 3.1).
fn refused_network(basket: &Basket, brand: &Brand) -> Option<Problem> {
    let on_base = basket.coin == "USDC" && basket.network.as_deref() == Some("Base");
    (on_base && brand.family.starts_with("Rewarble"))
        .then(|| unsupported("USDC", |payment_method| payment_method.network != "Base"))
}

/// Prices one line, or returns its problems.
fn line(basket: &Basket, brand: &Brand, wanted: &Wanted) -> Result<Line, Vec<Problem>> {
    if brand.out_of_stock {
        return Err(vec![Problem::bare("OUT_OF_STOCK")]);
    }
    let chosen = price::choose(brand, wanted, &basket.coin);
    let delivery = chosen.as_ref().ok().map(|chosen| chosen.product.delivery);
    // An unknown product has no delivery type, so that of the brand's first product is used.
    let delivery = delivery.or_else(|| brand.products().first().map(|product| product.delivery));
    let mut problems: Vec<Problem> = delivery
        .filter(|delivery| !reaches(*delivery, &wanted.account))
        .map(|delivery| Problem::with("INVALID_BENEFICIARY_ACCOUNT", json!({"reason": complaint(delivery)})))
        .into_iter()
        .collect();
    match chosen {
        Err(code) => {
            problems.push(Problem::bare(code));
            Err(problems)
        }
        Ok(chosen) if problems.is_empty() => Ok(chosen.into_line(brand, wanted)),
        Ok(_) => Err(problems),
    }
}

/// Returns whether the account has the format that the delivery needs. Its owner is not checked.
fn reaches(delivery: Delivery, account: &str) -> bool {
    match delivery {
        Delivery::ByPhone => is_phone(account),
        Delivery::ByEmail => is_email(account),
    }
}

fn complaint(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::ByPhone => "The format of the given phone number is not valid",
        Delivery::ByEmail => "The format of the given e-mail address is not valid",
    }
}

/// Matches `^\+[1-9]\d{7,14}$` (contract, section 4.2).
pub fn is_phone(account: &str) -> bool {
    account.strip_prefix('+').is_some_and(|digits| {
        (8..=15).contains(&digits.len())
            && digits.bytes().all(|digit| digit.is_ascii_digit())
            && !digits.starts_with('0')
    })
}

/// Returns whether the text has one `@`, something before it, a dotted host after it, and no spaces.
pub fn is_email(account: &str) -> bool {
    account.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && !host.contains('@')
            && host.split('.').count() > 1
            && host.split('.').all(|label| !label.is_empty())
            && !account.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

/// Adds up the lines, applies the coupon, and checks the minimum and the maximum.
fn quote(basket: &Basket, lines: Vec<Line>, problems: &mut Vec<Problem>) -> Quote {
    let sum = |text: fn(&Line) -> &String| -> Decimal {
        lines.iter().filter_map(|line| text(line).parse::<Decimal>().ok()).sum()
    };
    let original = sum(|line| &line.coin_amount);
    let euros = sum(|line| &line.original_price);
    let payment_method =
        basket.network.as_deref().and_then(|network| payment_methods::find(&basket.coin, network));
    let coupon = basket.coupon.as_deref().map(|code| coupons::judge(code, euros));
    let left = coupon.and_then(Result::ok).unwrap_or(Decimal::ONE);
    let mut coin_amount =
        (original * left).round_dp_with_strategy(original.scale(), RoundingStrategy::ToPositiveInfinity);
    coin_amount.rescale(original.scale());
    // If lines have failed there is no amount to check.
    if !lines.is_empty() {
        if payment_method.is_some_and(|payment_method| coin_amount < payment_method.threshold) {
            problems.push(Problem::bare("AMOUNT_LESS_THEN_MINIMUM_ALLOWED"));
        }
        if euros > Decimal::from(MOST_EUROS) {
            let details = json!({"maximum": MOST_EUROS.to_string(), "currency": "EUR"});
            problems.push(Problem::with("MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED", details));
        }
    }
    if let Some(Err(code)) = coupon {
        problems.push(Problem::bare(code));
    }
    Quote { payment_method, coin_amount, original, euros, coupon: basket.coupon.clone(), lines }
}

/// Returns the problem that an address such as `problem+kyc_missing@example.com` requests.
fn magic(email: &str) -> Option<Problem> {
    let local = email.split_once('@')?.0;
    local.strip_prefix("problem+").map(|code| Problem::bare(&code.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_need_their_form_and_no_more() {
        // A number of another country passes, as it did at the real shop (contract, section 4.2).
        assert!(is_phone("+3290626384"));
        for wrong in ["3290626384", "+0290626384", "+1234567", "+1234567890123456", "+39 333 1234567", ""] {
            assert!(!is_phone(wrong), "{wrong}");
        }
    }

    #[test]
    fn e_mail_addresses_need_their_form_and_no_more() {
        assert!(is_email("buyer+tag@mail.example.com"));
        for wrong in ["buyer", "@example.com", "a@b", "a@b.", "a b@example.com", "a@b@example.com"] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_address_can_ask_for_a_problem() {
        assert_eq!(magic("problem+kyc_missing@example.com"), Some(Problem::bare("KYC_MISSING")));
        assert_eq!(magic("buyer@example.com"), None);
    }
}
