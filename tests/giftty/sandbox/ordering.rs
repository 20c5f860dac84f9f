//! Creating orders, and their way through life.

use serde_json::{Value, json};

use super::shop::{Shop, amazon, body, body_of, body_on, id};

#[tokio::test]
async fn an_order_has_the_fields_of_the_contract() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    assert_eq!(order["order_state"], "WaitingForPayment");
    assert_eq!(order["payment_state"], "WalletCreated");
    assert_eq!((&order["coin"], &order["network"]), (&json!("USDC"), &json!("Solana")));
    assert_eq!(order["sent_coin_amount"], "0");
    assert!(order["coin_amount"].is_string() && order["payment_value"].is_number());
    assert_eq!(order["user"]["email"], "buyer@example.com");
    assert!(order["wallet_address"].as_str().is_some_and(|address| address.starts_with("SandboxDoNotPay")));
    assert_eq!(order["qr_text"], order["wallet_address"]);
    let deliverable = &order["deliveries"][0]["deliverable"];
    assert_eq!(deliverable["denomination"], "10 USD");
    assert_eq!(deliverable["pin_code"], Value::Null);
    assert_eq!(shop.get(&format!("/v5/orders/{}", id(&order))).await, (200, order));
}

#[tokio::test]
async fn two_equal_requests_make_two_orders_with_their_own_addresses() {
    let shop = Shop::open().await;
    let (one, two) = (shop.order(&body()).await, shop.order(&body()).await);
    assert_ne!(id(&one), id(&two));
    assert_ne!(one["wallet_address"], two["wallet_address"]);
    assert_eq!(shop.count().await, 2);
}

#[tokio::test]
async fn a_range_order_echoes_range_in_both_denominations() {
    let shop = Shop::open().await;
    let order = shop.order(&body_of(&[amazon(&json!(25))])).await;
    let deliverable = &order["deliveries"][0]["deliverable"];
    assert_eq!(
        (&deliverable["denomination"], &deliverable["localized_denomination"]),
        (&json!("range"), &json!("range"))
    );
    assert!([json!(25), json!("25")].contains(&deliverable["product_value"]));
}

#[tokio::test]
async fn every_usable_rail_takes_an_order_and_warns_where_it_can() {
    let shop = Shop::open().await;
    let (_, vias) = shop.get("/v3/payment_vias").await;
    let mut taken = 0;
    for currency in vias[0]["currencies"].as_array().expect("currencies") {
        for network in currency["networks"].as_array().expect("networks") {
            if currency["is_suspended"] == true || network["is_suspended"] == true {
                continue;
            }
            let (coin, network) = (currency["name"].as_str(), network["name"].as_str());
            let (coin, network) = (coin.expect("a coin"), network.expect("a network"));
            let order = shop.order(&body_on(coin, network)).await;
            let address = order["wallet_address"].as_str().expect("an address").to_lowercase();
            let words = ["sandboxdonotpay", "00dead", "lnbc"];
            assert!(words.iter().any(|word| address.contains(word)), "{coin} {network}: {address}");
            if let Some(text) = order["qr_text"].as_str() {
                assert!(text.to_lowercase().contains(&address), "{text}");
            }
            taken += 1;
        }
    }
    assert!(taken > 25, "{taken}");
}

#[tokio::test]
async fn a_lightning_order_asks_for_its_amount_in_the_invoice() {
    let shop = Shop::open().await;
    let order = shop.order(&body_on("BTC", "Lightning")).await;
    let amount: rust_decimal::Decimal =
        order["coin_amount"].as_str().expect("text").parse().expect("a decimal");
    let invoice = order["wallet_address"].as_str().expect("an invoice");
    let nano = (amount * rust_decimal::Decimal::from(1_000_000_000)).normalize();
    let checked =
        bech32::primitives::decode::CheckedHrpstring::new::<bech32::Bech32>(invoice).expect("checksum");
    let hrp = checked.hrp().to_string();
    assert!(
        [format!("lnbc{nano}n"), format!("lnbc{}u", nano / rust_decimal::Decimal::from(1000))].contains(&hrp),
        "{hrp} {nano}"
    );
    assert_eq!(order["qr_text"], format!("lightning:{invoice}"));
    assert_eq!(
        (&order["payment_method"], &order["payment_method_protocol"]),
        (&json!("BTC-LIGHTNING"), &json!("LIGHTNING_LIKE"))
    );
}

#[tokio::test]
async fn a_refused_order_is_no_order() {
    let shop = Shop::open().await;
    let mut wrong = body();
    wrong["promo_code"] = json!("EXPIRED");
    let (status, answer) = shop.post("/v5/orders", &wrong).await;
    assert_eq!((status, &answer["problems"][0]["problem"]), (422, &json!("COUPON_EXPIRED")));
    assert_eq!(shop.count().await, 0);
}

#[tokio::test]
async fn codes_show_only_when_the_order_is_done() {
    let shop = Shop::open().await;
    let mut order = shop.order(&body()).await;
    let mut states = vec![order["order_state"].clone()];
    while order["order_state"] != "Done" {
        assert_eq!(order["deliveries"][0]["deliverable"]["pin_code"], Value::Null);
        order = shop.happen(&order, "step").await;
        states.push(order["order_state"].clone());
    }
    assert_eq!(
        states,
        ["WaitingForPayment", "PaymentStarted", "PaymentReceived", "WaitingForDelivery", "Done"]
    );
    let delivery = &order["deliveries"][0];
    assert_eq!(
        (&order["payment_state"], &delivery["delivery_state"]),
        (&json!("PaymentReceived"), &json!("Succeeded"))
    );
    assert!(delivery["deliverable"]["pin_code"].is_string());
    assert_eq!(order["sent_coin_amount"], order["coin_amount"]);
}

/// The first product of a brand in a country, as a delivery.
async fn delivery(shop: &Shop, brand: &str, country: &str, account: &str) -> Value {
    let path = format!("/v5/products/country/{country}?brand_name={brand}&coin=USDC");
    let (_, groups) = shop.get(&path).await;
    let wanted = if account.starts_with('+') { "by_phone" } else { "by_email" };
    let products = groups[0]["products"].as_array().expect("products").iter();
    let product = products
        .filter(|product| product["denomination"].is_string() && product["is_dynamic"] == false)
        .find(|product| product["delivery_type"] == wanted)
        .expect("a fixed product");
    json!({
        "brand_name": brand, "country_code": country, "denomination": product["denomination"],
        "beneficiary_account": account,
    })
}

#[tokio::test]
async fn an_esim_comes_as_an_activation_string() {
    let shop = Shop::open().await;
    let line = delivery(&shop, "eSIM", "IT", "buyer@example.com").await;
    let order = shop.order(&body_of(&[line])).await;
    let done = shop.happen(&order, "deliver").await;
    let deliverable = &done["deliveries"][0]["deliverable"];
    let code = deliverable["pin_code"].as_str().expect("a code");
    assert!(code.starts_with("LPA:1$smdp.sandbox.example$"), "{code}");
    assert!(deliverable["qr_image_url"].is_string());
}

#[tokio::test]
async fn a_direct_top_up_has_a_reference_and_no_code() {
    let shop = Shop::open().await;
    // A number of another country passes (contract, section 4.2).
    let line = delivery(&shop, "WindTre", "IT", "+3290626384").await;
    let order = shop.order(&body_of(&[line])).await;
    let done = shop.happen(&order, "deliver").await;
    let deliverable = &done["deliveries"][0]["deliverable"];
    assert_eq!(deliverable["pin_code"], Value::Null);
    assert!(deliverable["operator_reference"].is_string());
}

#[tokio::test]
async fn a_wrong_phone_number_is_refused_by_its_form() {
    let shop = Shop::open().await;
    let mut line = delivery(&shop, "WindTre", "IT", "+393331234567").await;
    line["beneficiary_account"] = json!("3331234567");
    let (_, answer) = shop.post("/v5/orders/validations", &body_of(&[line])).await;
    let problem = &answer["problems"][0];
    assert_eq!(problem["problem"], "INVALID_BENEFICIARY_ACCOUNT");
    assert_eq!(problem["moreDetails"]["reason"], "The format of the given phone number is not valid");
}

#[tokio::test]
async fn a_failed_line_leaves_the_others_delivered() {
    let shop = Shop::open().await;
    let order = shop.order(&body_of(&[super::shop::steam(), super::shop::steam()])).await;
    let done = shop.happen(&order, "fail-delivery").await;
    let lines = &done["deliveries"];
    assert_eq!(
        (&lines[0]["delivery_state"], &lines[1]["delivery_state"]),
        (&json!("Succeeded"), &json!("Failed"))
    );
    assert!(lines[1]["deliverable"]["failure_reason"].is_string());
    assert_eq!(lines[1]["deliverable"]["pin_code"], Value::Null);
}

#[tokio::test]
async fn payments_go_wrong_in_every_way() {
    let shop = Shop::open().await;
    for (event, state, payment) in [
        ("underpay", "PartialPaymentStarted", "PaymentRequested"),
        ("overpay", "WaitingForManualAction", "PaymentQuarantined"),
        ("expire", "Expired", "Expired"),
        ("fail", "PaymentFailed", "PaymentFailed"),
        ("fail-setup", "PaymentSetupFailed", "PaymentFailed"),
        ("cancel", "Canceled", "Expired"),
        ("hold", "WaitingForManualAction", "PaymentReceived"),
        ("refund", "Refunded", "PaymentReceived"),
        ("state/Reticulating", "Reticulating", "WalletCreated"),
    ] {
        let order = shop.order(&body()).await;
        let changed = shop.happen(&order, event).await;
        assert_eq!((&changed["order_state"], &changed["payment_state"]), (&json!(state), &json!(payment)));
    }
    assert_eq!(shop.post("/__sandbox/orders/none/pay", &json!({})).await.0, 404);
}

#[tokio::test]
async fn part_of_the_price_is_less_and_too_much_is_more() {
    let shop = Shop::open().await;
    let amount = |order: &Value, field: &str| -> rust_decimal::Decimal {
        order[field].as_str().expect("text").parse().expect("a decimal")
    };
    let order = shop.order(&body()).await;
    let part = shop.happen(&order, "underpay").await;
    assert!(amount(&part, "sent_coin_amount") < amount(&part, "coin_amount"));
    assert!(amount(&part, "sent_coin_amount") > rust_decimal::Decimal::ZERO);
    let over = shop.happen(&order, "overpay").await;
    assert!(amount(&over, "sent_coin_amount") > amount(&over, "coin_amount"));
}

#[tokio::test]
async fn a_late_payment_is_honoured() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    shop.happen(&order, "expire").await;
    assert_eq!(shop.happen(&order, "pay").await["order_state"], "PaymentStarted");
}

#[tokio::test]
async fn snapshots_can_be_falsified_and_made_right_again() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    let route = format!("/__sandbox/orders/{}/tamper", id(&order));
    let (_, false_one) =
        shop.post(&route, &json!({"field": "wallet_address", "value": "SomebodyElse"})).await;
    assert_eq!(false_one["wallet_address"], "SomebodyElse");
    let (_, right) = shop.post(&route, &json!({"field": "wallet_address", "value": null})).await;
    assert_eq!(right["wallet_address"], order["wallet_address"]);
}

#[tokio::test]
async fn the_very_first_answer_can_be_false() {
    let shop = Shop::open().await;
    shop.post("/__sandbox/tamper", &json!({"field": "network", "value": "Tron"})).await;
    assert_eq!(shop.order(&body()).await["network"], "Tron");
    assert_eq!(shop.order(&body()).await["network"], "Solana");
}

#[tokio::test]
async fn a_delivered_code_can_be_falsified() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    let code = json!({"field": "/deliveries/0/deliverable/pin_code", "value": "javascript:alert(1)"});
    shop.post(&format!("/__sandbox/orders/{}/tamper", id(&order)), &code).await;
    let done = shop.happen(&order, "deliver").await;
    assert_eq!(done["deliveries"][0]["deliverable"]["pin_code"], "javascript:alert(1)");
}
