//! The two request bodies, in the flat form (contract, section 3.1).

use serde::Serialize;
use serde_json::value::RawValue;

use super::product::RANGE;
use crate::domain::money::Amount;
use crate::domain::purchase::{Choice, Line, Purchase};

/// The payment method that needs nothing but the buyer's own wallet.
const OWN_WALLET: &str = "USER_WALLET";

#[derive(Serialize)]
struct RequestBody<'a> {
    email: &'a str,
    user: User<'a>,
    payment: PaidBy<'a>,
    deliveries: Vec<Delivery<'a>>,
    lang: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    promo_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_wallet_address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acquisition: Option<Acquisition>,
}

#[derive(Serialize)]
struct User<'a> {
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_accepted_newsletter: Option<bool>,
}

#[derive(Serialize)]
struct PaidBy<'a> {
    r#type: &'static str,
    payment_via: &'static str,
    coin: &'a str,
    network: &'a str,
}

#[derive(Clone, Serialize)]
struct Delivery<'a> {
    brand_name: &'a str,
    country_code: &'a str,
    denomination: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    product_value: Option<Box<RawValue>>,
    beneficiary_account: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    localized_denomination: Option<&'a str>,
}

#[derive(Serialize)]
struct Acquisition {
    utm_source: &'static str,
}

/// Serializes the body of a validation. Returns `None` if it cannot be serialized.
pub(in crate::api) fn validation_body(purchase: &Purchase) -> Option<Vec<u8>> {
    serde_json::to_vec(&body(purchase)?).ok()
}

/// Serializes the body of an order. Returns `None` if it cannot be serialized.
pub(in crate::api) fn order_body(purchase: &Purchase) -> Option<Vec<u8>> {
    let plain = body(purchase)?;
    let order = RequestBody {
        user: User { has_accepted_newsletter: Some(purchase.newsletter), ..plain.user },
        refund_wallet_address: given(purchase.refund_address.as_deref()),
        acquisition: Some(Acquisition { utm_source: "giftty" }),
        ..plain
    };
    serde_json::to_vec(&order).ok()
}

/// The members that both bodies share.
fn body(purchase: &Purchase) -> Option<RequestBody<'_>> {
    let email = purchase.buyer.as_str();
    let mut deliveries = Vec::new();
    for line in &purchase.lines {
        // The flat form has no quantity, so each unit is a delivery of its own.
        deliveries.extend(std::iter::repeat_n(delivery(line)?, usize::from(line.item.quantity)));
    }
    Some(RequestBody {
        email,
        user: User { email, has_accepted_newsletter: None },
        payment: PaidBy {
            r#type: "via",
            payment_via: OWN_WALLET,
            coin: purchase.tender.coin.sent(),
            network: purchase.tender.network.sent(),
        },
        deliveries,
        lang: purchase.lang.code(),
        promo_code: given(purchase.coupon.as_deref()),
        refund_wallet_address: None,
        acquisition: None,
    })
}

fn delivery(line: &Line) -> Option<Delivery<'_>> {
    let (denomination, product_value, label) = match &line.item.choice {
        Choice::Fixed { denomination, label } => (denomination.sent(), None, given(Some(label.as_str()))),
        // A literal value for a range brand would buy a different, more expensive product.
        Choice::Range { value, .. } => (RANGE, Some(number(*value)?), None),
    };
    Some(Delivery {
        brand_name: line.item.brand.sent(),
        country_code: line.item.country.as_str(),
        denomination,
        product_value,
        beneficiary_account: line.beneficiary.account(),
        localized_denomination: label,
    })
}

/// The amount as a JSON number with its digits unchanged.
fn number(amount: Amount) -> Option<Box<RawValue>> {
    RawValue::from_string(amount.to_string()).ok()
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
