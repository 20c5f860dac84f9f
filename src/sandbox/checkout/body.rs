//! Parses the body of a validation or a creation, flat or nested (contract, section 3.1).

use rust_decimal::Decimal;
use serde_json::Value;

/// The contents of an order request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basket {
    /// The buyer's e-mail address.
    pub email: String,
    /// `payment.payment_via`.
    pub via: String,
    /// `payment.coin`.
    pub coin: String,
    /// `payment.network`, which validations may omit.
    pub network: Option<String>,
    /// `promo_code`.
    pub coupon: Option<String>,
    /// `refund_wallet_address`.
    pub refund_wallet_address: Option<String>,
    /// The requested pieces, one entry for each.
    pub lines: Vec<Wanted>,
}

/// One requested piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The exact brand name.
    pub brand: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The denomination, exactly as sent.
    pub denomination: String,
    /// The value chosen from a range.
    pub product_value: Option<Decimal>,
    /// The beneficiary's account.
    pub account: String,
    /// Whether it was sent in the nested form, which has bare values instead of denominations.
    pub nested: bool,
}

/// The request to which a body belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// `POST /v5/orders/validations`.
    Validate,
    /// `POST /v5/orders`: requires the user and the network.
    Create,
}

/// Parses a body. The error describes what is wrong with it, for a 400 answer.
pub fn read(body: &[u8], purpose: Purpose) -> Result<Basket, String> {
    let body: Value = serde_json::from_slice(body).map_err(|error| format!("not JSON: {error}"))?;
    if !body.is_object() {
        return Err("the body is not an object".to_owned());
    }
    let payment = body.get("payment").filter(|payment| payment.is_object()).ok_or("payment is missing")?;
    if payment.get("type").is_some_and(|kind| kind != "via") {
        return Err("payment.type is not `via`".to_owned());
    }
    let network = optional(payment, "network")?;
    if purpose == Purpose::Create && network.is_none() {
        return Err("payment.network is missing".to_owned());
    }
    let user_email = body.get("user").map(|user| optional(user, "email")).transpose()?.flatten();
    if purpose == Purpose::Create && user_email.is_none() {
        return Err("user.email is missing".to_owned());
    }
    let email = user_email.or(optional(&body, "email")?).ok_or("email is missing")?;
    let deliveries = body.get("deliveries").and_then(Value::as_array).ok_or("deliveries is missing")?;
    if deliveries.is_empty() {
        return Err("deliveries is empty".to_owned());
    }
    let mut lines = Vec::new();
    for delivery in deliveries {
        pieces(delivery, &mut lines)?;
    }
    Ok(Basket {
        email,
        via: text(payment, "payment_via")?,
        coin: text(payment, "coin")?,
        network,
        coupon: optional(&body, "promo_code")?.filter(|code| !code.is_empty()),
        refund_wallet_address: optional(&body, "refund_wallet_address")?,
        lines,
    })
}

/// Appends the pieces of one delivery: its quantity in the nested form, one in the flat form.
fn pieces(delivery: &Value, lines: &mut Vec<Wanted>) -> Result<(), String> {
    let nested = delivery.get("deliverable").filter(|inner| inner.is_object());
    let quantity = match (nested, delivery.get("quantity")) {
        (Some(_), Some(count)) => {
            count.as_u64().filter(|count| *count > 0).ok_or("quantity is not a count")?
        }
        _ => 1,
    };
    let inner = nested.unwrap_or(delivery);
    let account = optional(inner, "beneficiary_account")?.or(optional(delivery, "beneficiary_account")?);
    let wanted = Wanted {
        brand: text(inner, "brand_name")?,
        country: text(inner, "country_code")?,
        denomination: text(inner, "denomination")?,
        product_value: decimal(inner, "product_value")?,
        account: account.ok_or("beneficiary_account is missing")?,
        nested: nested.is_some(),
    };
    // More than a handful is refused later, so there is no point in adding thousands here.
    for _ in 0..quantity.min(100) {
        lines.push(wanted.clone());
    }
    Ok(())
}

fn text(object: &Value, name: &str) -> Result<String, String> {
    optional(object, name)?.ok_or_else(|| format!("{name} is missing"))
}

fn optional(object: &Value, name: &str) -> Result<Option<String>, String> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("{name} is not a string")),
    }
}

/// Reads a decimal from a JSON number or string, from its digits (contract, section 8, point 11).
fn decimal(object: &Value, name: &str) -> Result<Option<Decimal>, String> {
    let digits = match object.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err(format!("{name} is not a number")),
    };
    digits.parse().map(Some).map_err(|_| format!("{name} is not a number"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn flat() -> Value {
        json!({
            "email": "a@example.com",
            "user": {"email": "a@example.com"},
            "payment": {"type": "via", "payment_via": "USER_WALLET", "coin": "USDC", "network": "Base"},
            "deliveries": [{
                "brand_name": "Steam", "country_code": "US", "denomination": "10 USD",
                "beneficiary_account": "a@example.com",
            }],
        })
    }

    fn read_value(body: &Value, purpose: Purpose) -> Result<Basket, String> {
        read(body.to_string().as_bytes(), purpose)
    }

    #[test]
    fn both_forms_ask_for_the_same_pieces() {
        let mut nested = flat();
        nested["deliveries"] = json!([{
            "kind": "giftcard", "quantity": 2, "beneficiary_account": "a@example.com",
            "deliverable": {"brand_name": "Steam", "country_code": "US", "denomination": "10"},
        }]);
        let nested = read_value(&nested, Purpose::Create).expect("reads");
        assert_eq!(nested.lines.len(), 2);
        let flat = read_value(&flat(), Purpose::Create).expect("reads");
        assert_eq!(nested.lines[0].brand, flat.lines[0].brand);
        assert!(nested.lines[0].nested && !flat.lines[0].nested);
    }

    #[test]
    fn a_value_may_be_a_number_or_a_string() {
        for value in [json!(50), json!("50")] {
            let mut body = flat();
            body["deliveries"][0]["product_value"] = value;
            let basket = read_value(&body, Purpose::Validate).expect("reads");
            assert_eq!(basket.lines[0].product_value, Some(Decimal::from(50)));
        }
    }

    #[test]
    fn only_a_creation_needs_the_user_and_the_network() {
        let mut body = flat();
        body["user"] = Value::Null;
        body["payment"]["network"] = Value::Null;
        assert!(read_value(&body, Purpose::Validate).is_ok());
        assert!(read_value(&body, Purpose::Create).is_err());
    }

    #[test]
    fn what_is_malformed_says_why() {
        assert!(read(b"{", Purpose::Validate).is_err_and(|why| why.starts_with("not JSON")));
        for (path, why) in [("/payment", "payment is missing"), ("/deliveries", "deliveries is missing")] {
            let mut body = flat();
            *body.pointer_mut(path).expect("is there") = Value::Null;
            assert_eq!(read_value(&body, Purpose::Validate), Err(why.to_owned()));
        }
    }
}
