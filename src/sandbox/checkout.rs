//! Judges a basket as strictly as the shop does: refusals, problems, or a price.

pub mod body;
pub mod coupons;
pub mod price;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use super::catalogue::{Brand, Catalogue, Delivery};
use super::order::Line;
use super::payment_methods::{self, PaymentMethod};
use body::{Basket, Wanted};

/// The most deliveries of one order.
const MOST_DELIVERIES: usize = 10;

/// The most that one order may be worth, in EUR.
const MOST_EUROS: u32 = 5000;

/// One entry of `problems`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The code.
    pub code: String,
    /// `moreDetails`.
    pub details: Option<Value>,
}

impl Problem {
    /// A problem that says no more than its code.
    pub fn bare(code: &str) -> Self {
        Self { code: code.to_owned(), details: None }
    }

    fn with(code: &str, details: Value) -> Self {
        Self { code: code.to_owned(), details: Some(details) }
    }

    /// The entry on the wire.
    pub fn json(&self) -> Value {
        match &self.details {
            None => json!({"problem": self.code}),
            Some(details) => json!({"problem": self.code, "moreDetails": details}),
        }
    }
}

/// What a basket would cost.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The payment method it would be paid on; none where a validation named no network.
    pub payment_method: Option<&'static PaymentMethod>,
    /// What is to be paid, in coin units.
    pub coin_amount: Decimal,
    /// The same without the coupon.
    pub original: Decimal,
    /// The value in EUR.
    pub euros: Decimal,
    /// The coupon that was taken.
    pub coupon: Option<String>,
    /// What is bought.
    pub lines: Vec<Line>,
}

/// What the shop thinks of a basket.
#[derive(Debug)]
pub enum Judgement {
    /// It does not even look at the details: 422 with this body (contract, section 5.2).
    Refused(Value),
    /// It will not sell this.
    Problems(Vec<Problem>),
    /// It will, at this price.
    Good(Box<Quote>),
}

/// Judges a basket; `forced` are problems that a control route has asked for.
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

/// A coin or network that takes no payments today.
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
        // The status is a string here: both kinds were seen.
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

/// The problem of a coin on a network that does not take it, with the combinations that would do.
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

/// Rewarble takes USDC, but not on Base (contract, section 3.1).
fn refused_network(basket: &Basket, brand: &Brand) -> Option<Problem> {
    let on_base = basket.coin == "USDC" && basket.network.as_deref() == Some("Base");
    (on_base && brand.family.starts_with("Rewarble"))
        .then(|| unsupported("USDC", |payment_method| payment_method.network != "Base"))
}

/// One line and its price, or what is wrong with it.
fn line(basket: &Basket, brand: &Brand, wanted: &Wanted) -> Result<Line, Vec<Problem>> {
    if brand.out_of_stock {
        return Err(vec![Problem::bare("OUT_OF_STOCK")]);
    }
    let chosen = price::choose(brand, wanted, &basket.coin);
    let delivery = chosen.as_ref().ok().map(|chosen| chosen.product.delivery);
    // A product that is not known says nothing about its beneficiary, so the brand's first one does.
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

/// Whether the account has the form that the delivery needs; nobody checks whose it is.
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

/// `^\+[1-9]\d{7,14}$` (contract, section 4.2).
pub fn is_phone(account: &str) -> bool {
    account.strip_prefix('+').is_some_and(|digits| {
        (8..=15).contains(&digits.len())
            && digits.bytes().all(|digit| digit.is_ascii_digit())
            && !digits.starts_with('0')
    })
}

/// One `@`, something before it, a dotted host behind it, no spaces.
pub fn is_email(account: &str) -> bool {
    account.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && !host.contains('@')
            && host.split('.').count() > 1
            && host.split('.').all(|label| !label.is_empty())
            && !account.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

/// The sum, its coupon, and whether it is too little or too much.
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
    // A basket whose lines have failed has no amount to speak of.
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

/// An address such as `problem+kyc_missing@example.com` asks for that problem.
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
