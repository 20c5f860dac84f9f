//! The reading calls: what they send, what they repeat, and where they stop.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::shop::{Reply, Request, Shop, json, with_headers};
use super::{ID, ORDER, client, limits, order_id, purchase, settings};
use crate::api::{Base, Client, Limits, OnDelay, Settings};
use crate::domain::failure::Failure;
use crate::domain::purchase::Lang;
use crate::domain::request::{Family, PriceQuestion};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/wire/", $name))
    };
}

#[tokio::test]
async fn every_call_says_who_asks() {
    let shop = Shop::open(|_, _| json(200, "[]")).await;
    let named = Settings {
        partner_id: Some("partner-1".to_owned()),
        country: Some("DE".parse().unwrap()),
        ..settings(&format!("{}/", shop.base))
    };
    Client::with_limits(named, limits()).payment_methods().await.unwrap();
    client(&shop).payment_methods().await.unwrap();
    let seen = shop.seen();
    let header = |number: usize, name: &str| seen[number].headers.get(name).map(String::as_str);
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(seen[0].path, "/v3/payment_vias");
    assert_eq!(header(0, "x-cr-application"), Some("partner-1"));
    assert_eq!(header(0, "x-cr-version"), Some(version));
    assert_eq!(header(0, "x-country-iso-code"), Some("DE"));
    assert_eq!(header(0, "user-agent"), Some(format!("giftty/{version}").as_str()));
    assert_eq!(header(0, "accept"), Some("application/json"));
    assert_eq!(header(0, "content-type"), None);
    assert_eq!((header(1, "x-cr-application"), header(1, "x-country-iso-code")), (None, Some("US")));
    assert_eq!(header(1, "x-forwarded-for"), None);
}

#[tokio::test]
async fn questions_are_asked_where_the_contract_says() {
    let shop = Shop::open(|request: &Request, _| match request.path.split('?').next().unwrap() {
        "/api/available-countries" => json(200, fixture!("countries.json")),
        "/v2/brands" => json(200, fixture!("brands_all.json")),
        "/v2/homepage" => json(200, fixture!("homepage_sections.json")),
        "/v4/products/price" => json(200, fixture!("price.json")),
        "/v5/orders/validations" => json(200, fixture!("validation_null.json")),
        path if path.starts_with("/v5/orders/") => json(200, ORDER),
        _ => json(200, "[]"),
    })
    .await;
    let client = client(&shop);
    let us = "US".parse().unwrap();
    assert_eq!(client.countries().await.unwrap().len(), 4);
    assert_eq!(client.catalogue(us).await.unwrap().featured.len(), 3);
    let family = Family { country: us, name: "H&M + Co / é".into(), coin: "USDC".into(), lang: Lang::De };
    assert_eq!(client.shelves(&family).await, Ok(vec![]));
    let question = PriceQuestion {
        brand: "Amazon.com".into(),
        country: us,
        face_value: "25.50".parse().unwrap(),
        coin: "BTC".into(),
    };
    client.price(&question).await.unwrap();
    assert!(client.validate(&purchase()).await.unwrap().payable().is_some());
    client.order(&order_id()).await.unwrap();
    client.pay_in_sandbox(&order_id()).await.unwrap();
    let mut asked: Vec<_> =
        shop.seen().into_iter().map(|request| format!("{} {}", request.method, request.path)).collect();
    asked[1..3].sort();
    let expected = [
        "GET /api/available-countries".to_owned(),
        "GET /v2/brands?country_code=US".to_owned(),
        "GET /v2/homepage?country_code=US".to_owned(),
        "GET /v5/products/country/US?family_name=H%26M%20%2B%20Co%20%2F%20%C3%A9&coin=USDC&lang=de"
            .to_owned(),
        "GET /v4/products/price?brand_name=Amazon.com&country_code=US&face_value=25.50&coin=BTC".to_owned(),
        "POST /v5/orders/validations".to_owned(),
        format!("GET /v5/orders/{ID}"),
        format!("POST /__sandbox/orders/{ID}/pay"),
    ];
    assert_eq!(asked, expected);
    let dry_run = &shop.seen()[5];
    assert_eq!(dry_run.headers["content-type"], "application/json");
    assert!(dry_run.body.starts_with("{\"email\":\"buyer@example.com\","), "{}", dry_run.body);
}

/// A shop with brands, and a homepage of its own kind.
async fn with_homepage(homepage: impl Fn() -> Reply + Send + Sync + 'static) -> Shop {
    Shop::open(move |request: &Request, _| match request.path.split('?').next() {
        Some("/v2/brands") => json(200, fixture!("brands_all.json")),
        _ => homepage(),
    })
    .await
}

#[tokio::test]
async fn a_homepage_that_fails_costs_nothing() {
    for status in [500, 404, 200] {
        let shop = with_homepage(move || json(status, "<html>")).await;
        let catalogue = client(&shop).catalogue("US".parse().unwrap()).await.unwrap();
        assert_eq!(catalogue.featured.len(), 2, "those that the brands themselves put forward");
    }
    let shop = with_homepage(|| Reply::Silence).await;
    let hasty = Limits { homepage: Duration::from_millis(10), ..limits() };
    let client = Client::with_limits(settings(&shop.base), hasty);
    assert!(client.catalogue("US".parse().unwrap()).await.is_ok());
}

#[tokio::test]
async fn reading_is_tried_again_while_that_may_help() {
    let shop = Shop::open(|_, number| match number {
        0 => Reply::Reset,
        1 => json(503, "busy"),
        2 => with_headers(429, "retry-after: 0\r\n", b""),
        _ => json(200, ORDER),
    })
    .await;
    assert!(client(&shop).order(&order_id()).await.is_ok());
    assert_eq!(shop.seen().len(), 4);
    let broken = Shop::open(|_, _| json(500, "")).await;
    assert_eq!(client(&broken).order(&order_id()).await, Err(Failure::Trouble(500)));
    assert_eq!(broken.seen().len(), 4, "once and three times more");
}

#[tokio::test]
async fn who_waits_is_told_before_each_further_try() {
    let shop = Shop::open(|_, number| match number {
        0 => json(503, "busy"),
        1 => with_headers(429, "retry-after: 0\r\n", b""),
        _ => json(200, "[]"),
    })
    .await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let on_delay: OnDelay = Arc::new(move |why: &Failure, _| heard.lock().unwrap().push(why.clone()));
    client(&shop).telling(on_delay).payment_methods().await.unwrap();
    let expected = [Failure::Trouble(503), Failure::TooMany(Some(Duration::ZERO))];
    assert_eq!(*told.lock().unwrap(), expected);
}

#[tokio::test]
async fn reading_is_not_tried_again_where_that_helps_nobody() {
    let cases = [
        (json(404, "{\"message\":\"no\"}"), Failure::Refused { status: 404, detail: "no".into() }),
        (with_headers(429, "retry-after: 90\r\n", b""), Failure::TooMany(Some(Duration::from_secs(90)))),
        (with_headers(429, "", b""), Failure::TooMany(None)),
        (with_headers(503, "retry-after: 90\r\n", b""), Failure::TooMany(Some(Duration::from_secs(90)))),
        (json(200, "<html>"), Failure::Unreadable("it is no order".into())),
        (json(200, &"x".repeat((1 << 20) + 1)), Failure::TooLarge),
        (with_headers(302, "location: http://127.0.0.1:1/\r\n", b""), Failure::Trouble(302)),
        (with_headers(302, "location: https://shop.example/\r\n", b""), Failure::Trouble(302)),
    ];
    for (reply, expected) in cases {
        let reply = Mutex::new(Some(reply));
        let shop = Shop::open(move |_, _| reply.lock().unwrap().take().expect("asked once")).await;
        assert_eq!(client(&shop).order(&order_id()).await, Err(expected));
        assert_eq!(shop.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_redirect_on_the_same_host_is_followed_but_not_for_ever() {
    let shop = Shop::open(|request: &Request, _| match request.path.as_str() {
        "/elsewhere" => json(200, "[]"),
        _ => with_headers(301, "location: /elsewhere\r\n", b""),
    })
    .await;
    assert!(client(&shop).payment_methods().await.is_ok());
    let circle = Shop::open(|_, _| with_headers(302, "location: /again\r\n", b"")).await;
    assert!(matches!(client(&circle).payment_methods().await, Err(Failure::Trouble(_))));
    assert_eq!(circle.seen().len(), 4);
}

#[tokio::test]
async fn a_small_body_that_unpacks_into_a_large_one_is_refused() {
    // 2 MiB of zeros, packed into 2 kB by gzip.
    let bomb = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/wire/zeros.json.gz"));
    let shop = Shop::open(|_, _| with_headers(200, "content-encoding: gzip\r\n", bomb)).await;
    assert_eq!(client(&shop).order(&order_id()).await, Err(Failure::TooLarge));
}

#[tokio::test]
async fn a_large_catalogue_is_read_and_a_larger_one_is_not() {
    let filler = format!("{{\"all_brands\":[],\"x\":\"{}\"}}", "x".repeat(15 << 20));
    let shop = Shop::open(move |_, _| json(200, &filler)).await;
    assert!(client(&shop).catalogue("US".parse().unwrap()).await.is_ok());
    let shop = Shop::open(|_, _| json(200, &" ".repeat((16 << 20) + 1))).await;
    assert_eq!(client(&shop).catalogue("US".parse().unwrap()).await, Err(Failure::TooLarge));
}

#[tokio::test]
async fn bytes_that_are_no_text_cost_one_letter() {
    let shop = Shop::open(|_, _| {
        with_headers(
            200,
            "",
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/wire/not_utf8.json")),
        )
    })
    .await;
    assert_eq!(client(&shop).catalogue("US".parse().unwrap()).await.unwrap().brands.len(), 2);
}

#[tokio::test]
async fn what_the_shop_has_against_a_purchase_comes_as_problems() {
    for (status, body, code) in [
        (400, fixture!("refusal_suspended.json"), "SUSPENDED_COIN"),
        (422, fixture!("refusal_login.json"), "LOGIN_REQUIRED"),
        (422, fixture!("refusal_problems.json"), "INVALID_BENEFICIARY_ACCOUNT"),
        (503, "{\"detail\":\"SUSPENDED_NETWORK\"}", "SUSPENDED_NETWORK"),
    ] {
        let shop = Shop::open(move |_, _| json(status, body)).await;
        let validation = client(&shop).validate(&purchase()).await.unwrap();
        assert_eq!((validation.payable(), validation.problems[0].code.as_str()), (None, code));
    }
    for (status, body, failure) in [
        (500, "", Failure::Trouble(500)),
        (429, fixture!("refusal_login.json"), Failure::TooMany(None)),
        (400, "{\"detail\":\"odd\"}", Failure::Refused { status: 400, detail: "odd".into() }),
    ] {
        let shop = Shop::open(move |_, _| json(status, body)).await;
        assert_eq!(client(&shop).validate(&purchase()).await, Err(failure));
        assert_eq!(shop.seen().len(), 1, "a dry run is not repeated either");
    }
}

#[tokio::test]
async fn nothing_is_paid_by_hand_in_the_live_shop() {
    let live = Settings { base: Base::live(), partner_id: None, country: None };
    let refused = Client::new(live).pay_in_sandbox(&order_id()).await;
    assert_eq!(refused, Err(Failure::Unreachable("there is no sandbox here".into())));
}

#[tokio::test]
async fn a_failure_tells_neither_the_address_nor_the_order() {
    let shop = Shop::open(|_, _| Reply::Reset).await;
    let failure = client(&shop).order(&order_id()).await.unwrap_err();
    for told in [failure.to_string(), format!("{failure:?}"), format!("{:?}", client(&shop))] {
        assert!(!told.contains(ID), "{told}");
    }
    assert_eq!(failure.to_string(), "The shop did not answer: the connection broke.");
}

#[tokio::test]
async fn certificates_are_only_looked_for_when_they_are_needed() {
    // Making a client does nothing at all; the first call to a port that is closed fails there.
    let client = Client::with_limits(settings("https://127.0.0.1:1"), limits());
    let Err(Failure::Unreachable(why)) = client.payment_methods().await else {
        panic!("nobody listens there")
    };
    let reasons = ["connection refused", "this machine has no certificates to check it by"];
    assert!(reasons.contains(&why.as_str()), "{why}");
}

#[test]
fn every_call_can_be_a_task() {
    fn is_send<T: Send>(_: impl FnOnce(&'static Client) -> T) {}
    is_send(|client| client.catalogue("US".parse().unwrap()));
    is_send(Client::countries);
    is_send(Client::payment_methods);
    is_send(|client| async { client.place(&purchase()).await });
    is_send(|client| async { client.validate(&purchase()).await });
    is_send(|client| async { client.order(&order_id()).await });
}

#[tokio::test]
async fn an_order_is_checked_with_a_few_tries_and_must_be_the_one_that_was_asked_for() {
    let shop = Shop::open(|_, number| if number < 2 { Reply::Reset } else { json(200, ORDER) }).await;
    assert_eq!(client(&shop).check(&order_id()).await.unwrap().id, order_id());
    assert_eq!(
        shop.paths(),
        [format!("/v5/orders/{ID}"), format!("/v5/orders/{ID}"), format!("/v5/orders/{ID}")]
    );
    let other = crate::domain::order::OrderId::parse("another-order-0001").unwrap();
    let foreign = client(&shop).check(&other).await;
    assert!(matches!(foreign, Err(Failure::Unreadable(_))), "{foreign:?}");
}

#[tokio::test]
async fn a_check_ends_when_nobody_would_wait_any_longer() {
    let shop = Shop::open(|_, _| Reply::Silence).await;
    let hasty = Limits { check: Duration::from_millis(30), ..limits() };
    let answer = Client::with_limits(settings(&shop.base), hasty).check(&order_id()).await;
    assert!(matches!(answer, Err(Failure::Interrupted(_))), "{answer:?}");
}

#[tokio::test]
async fn the_shops_clock_is_learned_from_answers_about_orders_alone() {
    let date = "date: Wed, 21 Oct 2015 07:28:00 GMT\r\n";
    let shop = Shop::open(move |request: &Request, _| {
        let body = if request.path.contains("/orders") { ORDER } else { "[]" };
        with_headers(200, date, body.as_bytes())
    })
    .await;
    let client = client(&shop);
    let clock = client.clock();
    client.payment_methods().await.unwrap();
    assert_eq!(*clock.borrow(), None, "what may come out of a cache tells no time");
    client.check(&order_id()).await.unwrap();
    assert_eq!(*clock.borrow(), Some(crate::domain::time::Timestamp(1_445_412_480)));
    for placing in [false, true] {
        let other = Client::with_limits(settings(&shop.base), limits());
        let clock = other.clock();
        if placing {
            other.place(&purchase()).await;
        } else {
            other.validate(&purchase()).await.unwrap();
        }
        assert!(clock.borrow().is_some(), "{placing}");
    }
}
