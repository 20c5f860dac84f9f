//! Buying: what is sent, what is printed, and above all what is not ordered.

use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::support::commands::{AIRBNB, Kit};

#[tokio::test]
async fn an_order_is_sent_once_and_printed_as_the_shop_has_it() {
    let kit = Kit::open().await;
    let printed = kit.buy().await;
    let orders = kit.orders().await;
    assert_eq!(orders.len(), 1);
    let order = &orders[0];
    assert_eq!(printed["order_id"], order["order_id"]);
    assert_eq!(printed["address"], order["wallet_address"]);
    assert_eq!(printed["amount"], order["coin_amount"]);
    assert_eq!(printed["link"], order["qr_text"]);
    assert_eq!(printed["state"], "WaitingForPayment");
    assert_eq!((&printed["attempt"], &printed["what"]), (&json!(1), &json!("Airbnb 100 USD")));
    assert_eq!((&printed["withheld"], &printed["sandbox"]), (&json!(null), &json!(true)));
    assert!(printed["closes_at"].as_str().is_some_and(|time| time.ends_with('Z')), "{printed}");

    let body = json!({
        "email": "you@example.com",
        "user": {"email": "you@example.com", "has_accepted_newsletter": false},
        "payment": {"type": "via", "payment_via": "USER_WALLET", "coin": "USDC", "network": "Solana"},
        "deliveries": [{
            "brand_name": "Airbnb", "country_code": "US", "denomination": "range", "product_value": 100,
            "beneficiary_account": "you@example.com",
        }],
        "lang": "en",
        "acquisition": {"utm_source": "giftty"},
    });
    assert_eq!(kit.bodies("/v5/orders").await, [body]);
}

#[tokio::test]
async fn a_fixed_denomination_is_found_by_its_label_and_sent_to_the_letter() {
    let kit = Kit::open().await;
    let steam = [
        "buy",
        "--country",
        "US",
        "--brand",
        "steam",
        "--denomination",
        "$10",
        "--quantity",
        "2",
        "--coin",
        "usdc",
        "--network",
        "solana",
        "--email",
        "you@example.com",
        "--coupon",
        "SAVE10",
        "--newsletter",
        "--yes",
        "--json",
    ];
    let ended = kit.run(&steam).await;
    assert_eq!(ended.code, 0, "{}", ended.err);
    let bodies = kit.bodies("/v5/orders").await;
    assert_eq!(bodies.len(), 1);
    let deliveries = bodies[0]["deliveries"].as_array().expect("deliveries");
    assert_eq!(deliveries.len(), 2);
    assert!(deliveries.iter().all(|line| line["denomination"] == "10 USD" && line["brand_name"] == "Steam"));
    assert_eq!(bodies[0]["promo_code"], "SAVE10");
    assert_eq!(bodies[0]["user"]["has_accepted_newsletter"], true);
}

#[tokio::test]
async fn a_top_up_goes_to_the_phone_and_only_with_its_number() {
    let kit = Kit::open().await;
    let top_up = [
        "buy",
        "--yes",
        "--json",
        "--country",
        "IT",
        "--brand",
        "WindTre",
        "--denomination",
        "10 EUR",
        "--coin",
        "USDC",
        "--network",
        "Solana",
        "--email",
        "you@example.com",
    ];
    let without = kit.run(&top_up).await;
    assert_eq!(without.code, 3);
    assert!(without.error()["sentence"].as_str().expect("text").contains("--phone"), "{}", without.err);
    let with = kit.run(&[top_up.as_slice(), &["--phone", "+39 333 123-4567"]].concat()).await;
    assert_eq!(with.code, 0, "{}", with.err);
    let bodies = kit.bodies("/v5/orders").await;
    let line = &bodies[0]["deliveries"][0];
    assert_eq!((bodies.len(), &line["beneficiary_account"]), (1, &json!("+393331234567")));
}

#[tokio::test]
async fn without_yes_nothing_is_asked_and_nothing_ordered() {
    let kit = Kit::open().await;
    let ended = kit.with_airbnb("buy", &["--json"]).await;
    assert_eq!((ended.code, ended.out.as_str()), (2, ""));
    let error = ended.error();
    assert_eq!(error["code"], "usage");
    assert!(error["sentence"].as_str().expect("text").contains("--yes"));
    assert_eq!(kit.orders().await.len(), 0);
    assert!(!kit.records().exists());
}

#[tokio::test]
async fn checking_is_free() {
    let kit = Kit::open().await;
    let ended = kit.with_airbnb("validate", &["--json"]).await;
    let expected = json!({
        "what": "Airbnb 100 USD", "deliveries": 1, "coin": "USDC", "network": "Solana", "total": "101.48",
    });
    assert_eq!(ended.json(), expected);
    assert_eq!(kit.orders().await.len(), 0);
}

#[tokio::test]
async fn what_the_shop_has_against_it_is_told_and_nothing_ordered() {
    let kit = Kit::open().await;
    for command in [&["validate"][..], &["buy", "--yes"]] {
        let ended = kit.run(&[command, AIRBNB.as_slice(), &["--coupon", "EXPIRED", "--json"]].concat()).await;
        assert_eq!((ended.code, ended.out.as_str()), (3, ""));
        let error = ended.error();
        assert_eq!(error["code"], "refused");
        assert_eq!(error["detail"]["problems"][0]["code"], "COUPON_EXPIRED");
        assert_eq!(error["detail"]["problems"][0]["about"], "coupon");
    }
    assert_eq!(kit.bodies("/v5/orders").await.len(), 0);
}

#[tokio::test]
async fn a_total_above_the_most_is_refused() {
    let kit = Kit::open().await;
    let ended = kit.with_airbnb("buy", &["--yes", "--max-total", "101.47"]).await;
    assert_eq!(ended.code, 3);
    assert_eq!(kit.bodies("/v5/orders").await.len(), 0);
    let ended = kit.with_airbnb("buy", &["--yes", "--max-total", "101.48"]).await;
    assert_eq!(ended.code, 0, "{}", ended.err);
}

#[tokio::test]
async fn what_the_command_line_gets_wrong_never_reaches_the_order() {
    let kit = Kit::open().await;
    let top_up =
        ["buy", "--yes", "--country", "IT", "--brand", "WindTre", "--coin", "USDC", "--network", "Solana"];
    let mailed = ["--email", "you@example.com", "--denomination", "10 EUR"];
    for (code, more) in [
        (2, &["--phone", "3331234567"][..]),
        (2, &["--phone", "+4915123456789"]),
        (2, &["--quantity", "11"]),
        (2, &["--refund-address", "0x0"]),
        (3, &["--family", "Nonesuch"]),
    ] {
        let ended = kit.run(&[top_up.as_slice(), &mailed, more].concat()).await;
        assert_eq!(ended.code, code, "{more:?}: {}", ended.err);
    }
    let airbnb = ["buy", "--yes", "--country", "US", "--brand", "Airbnb", "--email", "you@example.com"];
    for (code, more) in [
        (3, &["--amount", "49", "--coin", "USDC", "--network", "Solana"][..]),
        (3, &["--amount", "100", "--coin", "USDC", "--network", "Nowhere"]),
        (3, &["--amount", "100", "--coin", "XYZ", "--network", "Solana"]),
        (2, &["--amount", "-5", "--coin", "USDC", "--network", "Solana"]),
        (2, &["--amount", "100", "--coin", "USDC", "--network", "Solana", "--phone", "+14155550123"]),
    ] {
        let ended = kit.run(&[airbnb.as_slice(), more].concat()).await;
        assert_eq!(ended.code, code, "{more:?}: {}", ended.err);
    }
    assert_eq!(kit.bodies("/v5/orders").await.len(), 0);
}

#[tokio::test]
async fn an_order_that_is_under_way_is_not_cut_off() {
    let kit = Kit::open().await;
    kit.fault("delay=1s@POST:/v5/orders$").await;
    let mut child = kit.command(&[&["buy"], AIRBNB.as_slice(), &["--yes", "--json"]].concat());
    let child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
    let program = Pid::from_child(&child);
    kit.asked_for("/v5/orders").await;
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        kill_process(program, signal).expect("a program that runs");
    }
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output()).await.expect("a thread");
    let ended = ended.expect("an end");
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    assert_eq!(kit.orders().await.len(), 1);
    assert_eq!(kit.run(&["orders", "--json"]).await.json()[0]["open"], true);
}

#[tokio::test]
async fn an_unknown_outcome_is_said_and_not_repeated_unasked() {
    let kit = Kit::open().await;
    kit.fault("lost-answer x1").await;
    let lost = kit.with_airbnb("buy", &["--yes", "--json"]).await;
    assert_eq!((lost.code, lost.out.as_str()), (5, ""));
    let error = lost.error();
    assert_eq!((&error["code"], &error["detail"]["attempt"]), (&json!("unknown"), &json!(1)));

    for more in [&["--yes", "--json"][..], &["--yes", "--json", "--quantity", "2"]] {
        let again = kit.with_airbnb("buy", more).await;
        assert_eq!((again.code, &again.error()["detail"]["attempt"]), (5, &json!(1)));
    }
    assert_eq!(kit.orders().await.len(), 1);
    assert_eq!(kit.run(&["track", "1"]).await.code, 5);

    let another = kit.with_airbnb("buy", &["--yes", "--another", "--json"]).await;
    assert_eq!((another.code, &another.json()["attempt"]), (0, &json!(2)));
    assert_eq!(kit.orders().await.len(), 2);
}

#[tokio::test]
async fn an_order_added_by_its_id_names_the_attempt_in_doubt_that_it_fits() {
    let kit = Kit::open().await;
    kit.fault("lost-answer x1").await;
    assert_eq!(kit.with_airbnb("buy", &["--yes", "--json"]).await.code, 5);
    let id = kit.orders().await[0]["order_id"].as_str().expect("an id").to_owned();
    let said = "Nobody can tell whether attempt #1 became an order, and order #2 fits it.";
    for _ in 0..2 {
        let ended = kit.run(&["reveal", &id]).await;
        assert!(ended.err.contains(said) && ended.err.contains("Start giftty"), "{}", ended.err);
    }
    let ended = kit.run(&["reveal", &id, "--json"]).await;
    assert_eq!(ended.error()["detail"]["attempt"], json!(2), "a script reads nothing but JSON");
    let other = kit.with_airbnb("buy", &["--yes", "--another", "--json", "--quantity", "2"]).await;
    let other = other.json()["order_id"].as_str().expect("an id").to_owned();
    assert!(!kit.run(&["reveal", &other]).await.err.contains("Nobody can tell"));
}

#[tokio::test]
async fn an_order_that_fails_a_check_is_told_without_its_address() {
    for (field, value) in [
        ("wallet_address", json!("SandboxDoNotPay0OIl")),
        ("network", json!("Base")),
        ("coin_amount", json!("150.00")),
    ] {
        let kit = Kit::open().await;
        kit.control("tamper", &json!({"field": field, "value": value}).to_string()).await;
        let ended = kit.with_airbnb("buy", &["--yes", "--json"]).await;
        assert_eq!((ended.code, &ended.error()["code"]), (8, &json!("withheld")), "{field}");
        let printed = ended.json();
        assert!(printed["order_id"].is_string() && printed["withheld"].is_string(), "{printed}");
        for hidden in ["address", "link", "amount"] {
            assert!(printed[hidden].is_null(), "{field}: {printed}");
        }
    }
}

#[tokio::test]
async fn without_a_record_nothing_is_ordered() {
    let kit = Kit::open().await;
    std::fs::write(kit.records(), "no folder").expect("a file in the way");
    let ended = kit.with_airbnb("buy", &["--yes", "--json"]).await;
    assert_eq!((ended.code, &ended.error()["code"]), (7, &json!("unrecorded")));
    assert_eq!(kit.bodies("/v5/orders").await.len(), 0);
}
