//! One story for each kind of product: what is chosen is what the shop is asked for, to the letter. The
//! whole bodies are compared, as the contract has them (sections 3.1 and 4).

use serde_json::{Value, json};

use super::shop_stub::ShopStub;
use crate::support::story::Story;

const EMAIL: &str = "you@example.com";

/// What both bodies say besides what is bought.
fn validation(deliveries: &Value) -> Value {
    json!({
        "email": EMAIL,
        "user": {"email": EMAIL},
        "payment": {"type": "via", "payment_via": "USER_WALLET", "coin": "USDC", "network": "Solana"},
        "deliveries": deliveries,
        "lang": "en",
    })
}

fn order(deliveries: &Value) -> Value {
    let mut order = validation(deliveries);
    order["user"]["has_accepted_newsletter"] = json!(false);
    order["acquisition"] = json!({"utm_source": "giftty"});
    order
}

/// Buys what is chosen; the shop was asked once to check it and once to sell it, and just so.
async fn buys(counter: &ShopStub, mut story: Story, deliveries: Value) {
    story.press("↵");
    counter.answers(&mut story).await;
    assert!(!story.shown_receipt().total.is_zero());
    story.press("p");
    counter.answers(&mut story).await;
    assert!(story.pay().settlement.is_ok(), "it can be paid");
    assert_eq!(counter.bodies("/v5/orders/validations").await, [validation(&deliveries)]);
    assert_eq!(counter.bodies("/v5/orders").await, [order(&deliveries)]);
}

#[tokio::test]
async fn a_fixed_gift_card_is_bought_by_the_suppliers_own_string_once_for_each() {
    let counter = ShopStub::open().await;
    let mut story = counter.visited("US", "Steam").await;
    story.press("j j + ↵").types(EMAIL);
    let card = json!({
        "brand_name": "Steam", "country_code": "US", "denomination": "50 USD",
        "localized_denomination": "$50", "beneficiary_account": EMAIL,
    });
    buys(&counter, story, json!([card, card])).await;
}

#[tokio::test]
async fn a_fixed_top_up_goes_to_a_number_in_e164() {
    let counter = ShopStub::open().await;
    let mut story = counter.visited("US", "T-Mobile Prepaid").await;
    story.press("j ↵").types("+1 (212) 555-1234").press("⇥").types(EMAIL);
    let top_up = json!({
        "brand_name": "T-Mobile Prepaid", "country_code": "US", "denomination": "25 USD",
        "localized_denomination": "$25", "beneficiary_account": "+12125551234",
    });
    buys(&counter, story, json!([top_up])).await;
}

#[tokio::test]
async fn a_pin_of_the_same_carrier_goes_to_the_mailbox() {
    let counter = ShopStub::open().await;
    let mut story = counter.visited("IT", "WindTre").await;
    story.press("G ↵").types(EMAIL);
    let pin = json!({
        "brand_name": "WindTre", "country_code": "IT", "denomination": "50 EUR - PIN",
        "localized_denomination": "€50", "beneficiary_account": EMAIL,
    });
    buys(&counter, story, json!([pin])).await;
}

#[tokio::test]
async fn a_gift_card_of_any_value_is_bought_as_a_range_with_its_value() {
    let counter = ShopStub::open().await;
    let mut story = counter.visited("US", "Amazon.com").await;
    story.press("^U").types("50");
    counter.answers(&mut story).await;
    story.press("↵").types(EMAIL);
    let card = json!({
        "brand_name": "Amazon.com", "country_code": "US", "denomination": "range",
        "product_value": 50, "beneficiary_account": EMAIL,
    });
    buys(&counter, story, json!([card])).await;
}

#[tokio::test]
async fn a_top_up_of_any_value_is_bought_as_a_range_with_its_value() {
    let counter = ShopStub::open().await;
    let mut story = counter.visited("US", "AT&T Prepaid").await;
    story.press("^U").types("20");
    counter.answers(&mut story).await;
    story.press("↵").types("+12125551234").press("⇥").types(EMAIL);
    let top_up = json!({
        "brand_name": "AT&T Prepaid", "country_code": "US", "denomination": "range",
        "product_value": 20, "beneficiary_account": "+12125551234",
    });
    buys(&counter, story, json!([top_up])).await;
}

#[tokio::test]
async fn a_product_that_is_only_a_label_is_bought_by_that_label() {
    let counter = ShopStub::open().await;
    let mut story = counter.visited("US", "Minecraft").await;
    story.press("j ↵").types(EMAIL);
    let label = "Java & Bedrock Deluxe Ed";
    let card = json!({
        "brand_name": "Minecraft", "country_code": "US", "denomination": label,
        "localized_denomination": label, "beneficiary_account": EMAIL,
    });
    buys(&counter, story, json!([card])).await;
}

#[tokio::test]
async fn an_esim_is_bought_from_the_sorted_table_by_the_words_of_its_plan() {
    let counter = ShopStub::open().await;
    let mut story = counter.visited("IT", "eSIM").await;
    story.press("s s g ↵").types(EMAIL);
    let plan = json!({
        "brand_name": "eSIM", "country_code": "IT", "denomination": "Unlimited 3 days",
        "localized_denomination": "Unlimited 3 days", "beneficiary_account": EMAIL,
    });
    buys(&counter, story, json!([plan])).await;
}

#[tokio::test]
async fn a_plan_for_a_phone_is_bought_for_its_number() {
    let counter = ShopStub::open().await;
    let mut story = counter.visited("US", "Lycamobile Bundle").await;
    story.press("j ↵").types("+12125551234").press("⇥").types(EMAIL);
    let plan = json!({
        "brand_name": "Lycamobile Bundle", "country_code": "US", "denomination": "5 GB 30 days",
        "localized_denomination": "5 GB 30 days", "beneficiary_account": "+12125551234",
    });
    buys(&counter, story, json!([plan])).await;
}

#[tokio::test]
async fn all_that_can_be_filled_in_is_sent_and_only_then() {
    let counter = ShopStub::open().await;
    let mut story = counter.visited("US", "Steam").await;
    let refund = giftty::sandbox::addresses::solana(3);
    story
        .press("↵")
        .types(EMAIL)
        .press("⇥")
        .types("SAVE10")
        .press("⇥")
        .types(&refund)
        .press("⇥")
        .types(" ")
        .press("↵");
    counter.answers(&mut story).await;
    story.press("p");
    counter.answers(&mut story).await;
    let card = json!([{
        "brand_name": "Steam", "country_code": "US", "denomination": "10 USD",
        "localized_denomination": "$10", "beneficiary_account": EMAIL,
    }]);
    let (mut asked, mut sold) = (validation(&card), order(&card));
    asked["promo_code"] = json!("SAVE10");
    sold["promo_code"] = json!("SAVE10");
    sold["refund_wallet_address"] = json!(refund);
    sold["user"]["has_accepted_newsletter"] = json!(true);
    assert_eq!(counter.bodies("/v5/orders/validations").await, [asked]);
    assert_eq!(counter.bodies("/v5/orders").await, [sold]);
}
