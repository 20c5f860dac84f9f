//! The two bodies that are sent, to the letter.

use super::super::{order_body, validation_body};
use super::country;
use crate::domain::contact::{Beneficiary, Phone};
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Choice, Item, Lang, Line, Purchase};
use crate::domain::tender::Tender;
use crate::domain::text::Printable;

fn purchase() -> Purchase {
    let email = "buyer@example.com".parse::<crate::domain::contact::Email>().unwrap();
    let fixed = Item {
        brand: "TIM \u{200b}".into(),
        family: "TIM".into(),
        country: country("IT"),
        choice: Choice::Fixed { denomination: "10 EUR".into(), label: Printable::new("€10") },
        delivery: DeliveryMethod::ByPhone,
        quantity: 1,
    };
    let range = Item {
        brand: "Amazon.com".into(),
        family: "Amazon.com".into(),
        country: country("US"),
        choice: Choice::Range { value: "50.10".parse().unwrap(), currency: Printable::new("USD") },
        delivery: DeliveryMethod::ByEmail,
        quantity: 2,
    };
    let phone = Beneficiary::Handset(Phone::recorded("+393331234567"));
    Purchase {
        lines: vec![
            Line { item: range, beneficiary: Beneficiary::Mailbox(email.clone()) },
            Line { item: fixed, beneficiary: phone },
        ],
        buyer: email,
        tender: Tender::new("USDC", "Polygon (Matic)"),
        coupon: Some(" SAVE10 ".to_owned()),
        refund_address: Some("0xabc".to_owned()),
        newsletter: false,
        lang: Lang::De,
    }
}

const AMAZON: &str = r#"{"brand_name":"Amazon.com","country_code":"US","denomination":"range","product_value":50.10,"beneficiary_account":"buyer@example.com"}"#;
const TIM: &str = "{\"brand_name\":\"TIM \u{200b}\",\"country_code\":\"IT\",\"denomination\":\"10 EUR\",\"beneficiary_account\":\"+393331234567\",\"localized_denomination\":\"€10\"}";
const PAYMENT: &str =
    r#""payment":{"type":"via","payment_via":"USER_WALLET","coin":"USDC","network":"Polygon (Matic)"}"#;

#[test]
fn an_order_is_flat_and_says_everything_once() {
    let body = String::from_utf8(order_body(&purchase()).unwrap()).unwrap();
    let expected = format!(
        "{{\"email\":\"buyer@example.com\",\"user\":{{\"email\":\"buyer@example.com\",\"has_accepted_newsletter\":false}},\
         {PAYMENT},\"deliveries\":[{AMAZON},{AMAZON},{TIM}],\"lang\":\"de\",\"promo_code\":\"SAVE10\",\
         \"refund_wallet_address\":\"0xabc\",\"acquisition\":{{\"utm_source\":\"giftty\"}}}}"
    );
    assert_eq!(body, expected);
}

#[test]
fn a_dry_run_says_less() {
    let body = String::from_utf8(validation_body(&purchase()).unwrap()).unwrap();
    let expected = format!(
        "{{\"email\":\"buyer@example.com\",\"user\":{{\"email\":\"buyer@example.com\"}},\
         {PAYMENT},\"deliveries\":[{AMAZON},{AMAZON},{TIM}],\"lang\":\"de\",\"promo_code\":\"SAVE10\"}}"
    );
    assert_eq!(body, expected);
}

#[test]
fn what_was_left_empty_is_not_sent() {
    let plain =
        Purchase { coupon: Some("  ".to_owned()), refund_address: None, newsletter: true, ..purchase() };
    let body = String::from_utf8(order_body(&plain).unwrap()).unwrap();
    assert!(!body.contains("promo_code") && !body.contains("refund_wallet_address"));
    assert!(body.contains("\"has_accepted_newsletter\":true"));
}
