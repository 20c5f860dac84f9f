//! What the endpoints answer, oddities included.

use super::*;

const BASE: &str = "http://127.0.0.1:9";

fn shop(catalogue: &Catalogue) -> Storefront<'_> {
    Storefront::new(catalogue, BASE)
}

fn group(country: &str, family: &str, coin: &str, lang: &str) -> Value {
    let catalogue = Catalogue::default();
    let body =
        shop(&catalogue).products(country, Some(family), None, Some(coin), Some(lang)).expect("an answer");
    body[0].clone()
}

fn coin_amount(country: &str, brand: &str, value: &str, coin: &str) -> String {
    let catalogue = Catalogue::default();
    let body = shop(&catalogue).price(Some(brand), Some(country), Some(value), Some(coin)).expect("a price");
    assert_eq!(body["coin_amount"], body["original_coin_amount"]);
    body["coin_amount"].as_str().expect("a string").to_owned()
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> u16 {
    let refusal = answer.expect_err("a refusal");
    assert_eq!(refusal.body["status"], refusal.status);
    assert!(refusal.body["detail"].is_string());
    refusal.status
}

#[test]
fn prices_are_those_on_record() {
    assert_eq!(coin_amount("US", "Airbnb", "100", "USDC"), "101.48");
    assert_eq!(coin_amount("US", "Amazon.com", "5", "USDC"), "5.18");
    assert_eq!(coin_amount("US", "Steam", "10", "USDC"), "11.27");
    assert_eq!(coin_amount("US", "Steam", "50", "USDC"), "53.86");
    assert_eq!(coin_amount("US", "Amazon.com", "25", "BTC"), "0.00032666");
    let esim = group("IT", "eSIM", "USDC", "en");
    assert_eq!(esim["products"][0]["coin_amount"], "2.77");
}

#[test]
fn a_literal_amount_of_a_range_is_dearer() {
    let catalogue = Catalogue::default();
    let amazon = catalogue.brand("US", "Amazon.com").expect("Amazon");
    assert_eq!(literal_price(&amazon, "25 USD", "BTC").expect("a price").to_string(), "0.00032833");
    let airbnb = catalogue.brand("US", "Airbnb").expect("Airbnb");
    assert_eq!(literal_price(&airbnb, "100 USD", "USDC").expect("a price").to_string(), "104.65");
    assert_ne!(airbnb.literal("100 USD").expect("a product").id, airbnb.products()[0].id);
    for rebuilt in ["100 EUR", "100", "40 USD", "100.5 USD", "range", "-100 USD"] {
        assert_eq!(literal_price(&airbnb, rebuilt, "USDC"), None, "{rebuilt}");
    }
    let steam = catalogue.brand("US", "Steam").expect("Steam");
    assert_eq!(literal_price(&steam, "50 USD", "USDC").expect("a price").to_string(), "53.86");
    assert_eq!(literal_price(&steam, "12 USD", "USDC"), None);
}

#[test]
fn a_unit_price_wants_a_value_on_the_step_of_a_range() {
    let catalogue = Catalogue::default();
    let airbnb = catalogue.brand("US", "Airbnb").expect("Airbnb");
    let price =
        |value: Option<i64>| unit_price(&airbnb, &airbnb.products()[0], value.map(Decimal::from), "USDC");
    assert_eq!((price(None), price(Some(49)), price(Some(501))), (None, None, None));
    assert!(price(Some(50)).is_some() && price(Some(500)).is_some());
    assert_eq!(unit_price(&airbnb, &airbnb.products()[0], Some(Decimal::from(60)), "NOPE"), None);
}

#[test]
fn the_countries_are_the_listed_ones() {
    let body = countries();
    let list = body["countries"].as_array().expect("a list");
    assert_eq!(list.len(), 233);
    assert_eq!(list[0], json!({"isoCode": "AX", "name": "Åland Islands"}));
    let catalogue = Catalogue::default();
    let code = |country: &Value| country["isoCode"].as_str().unwrap_or_default().to_owned();
    assert!(list.iter().all(|country| catalogue.brand(&code(country), "Netflix").is_some()));
}

#[test]
fn countries_off_the_list_are_served_too_but_not_just_any() {
    let catalogue = Catalogue::default();
    for country in ["IQ", "IR", "BY"] {
        assert!(shop(&catalogue).brands(country).is_ok(), "{country}");
    }
    for country in ["", "us", "QQ", "USA", "U"] {
        assert_eq!(refused(shop(&catalogue).brands(country)), 400);
        assert_eq!(refused(shop(&catalogue).homepage(country)), 400);
        assert_eq!(refused(shop(&catalogue).products(country, Some("Steam"), None, None, None)), 400);
    }
}

#[test]
fn unfiltered_products_are_refused_and_an_unknown_family_is_empty() {
    let catalogue = Catalogue::default();
    assert_eq!(refused(shop(&catalogue).products("US", None, Some(" "), None, None)), 400);
    assert_eq!(shop(&catalogue).products("US", Some("Nobody"), None, None, None), Ok(json!([])));
    assert_eq!(refused(shop(&catalogue).products("US", Some("Steam"), None, Some("NOPE"), None)), 400);
}

#[test]
fn families_are_found_in_any_case_and_hold_every_brand() {
    let catalogue = Catalogue::default();
    let found = |family, brand| shop(&catalogue).products("US", family, brand, None, None).expect("a list");
    assert_eq!(found(Some("airbnb"), None)[0]["brand"], "Airbnb");
    assert_eq!(found(Some("lycamobile"), None).as_array().map(Vec::len), Some(2));
    let one = found(Some("Lycamobile"), Some("Lycamobile Bundle"));
    assert_eq!(one.as_array().map(Vec::len), Some(1));
    assert_eq!(one[0]["brand"], "Lycamobile Bundle");
}

#[test]
fn a_fixed_product_carries_its_price_and_no_range() {
    let steam = group("US", "Steam", "USDC", "en");
    let products = steam["products"].as_array().expect("a list");
    let denominations: Vec<&str> = products.iter().filter_map(|one| one["denomination"].as_str()).collect();
    assert_eq!(denominations, ["10 USD", "20 USD", "50 USD", "100 USD", "150 USD", "200 USD"]);
    let first = &products[0];
    assert_eq!(first["is_dynamic"], false);
    assert_eq!((&first["coin"], &first["payment_method"]), (&json!("USDC"), &json!("USDC-MATIC")));
    assert_eq!(
        first["face_value"],
        json!({"currency_code": "USD", "amount": {"type": "fixed", "price": "10"}})
    );
    assert_eq!((&first["coin_amount"], &first["points"]), (&json!("11.27"), &json!("8")));
    assert_eq!(first["localized_denomination"], "$10");
    assert!(first.get("range").is_none());
}

#[test]
fn a_range_mixes_numbers_and_strings_and_has_no_price() {
    let airbnb = group("US", "Airbnb", "USDC", "en");
    let product = &airbnb["products"][0];
    let range = serde_json::to_string(&product["range"]).expect("JSON");
    assert_eq!(range, r#"{"currency":"USD","default":"500.0","max":500.0,"min":50.0,"step_size":1.0}"#);
    assert!(product.get("coin_amount").is_none());
    assert_eq!(product["is_dynamic"], true);
    let bounds = json!({"type": "range", "min": "50.00", "max": "500.00"});
    assert_eq!(product["face_value"]["amount"], bounds);
    let amazon = group("US", "Amazon.com", "USDC", "en");
    let amount = &amazon["products"][0]["face_value"]["amount"];
    assert_eq!(amount["min"], json!({"amount": 5, "currency": "USD"}));
}

#[test]
fn plans_list_their_data_and_unlimited_is_minus_one() {
    let esim = group("IT", "eSIM", "USDC", "en");
    let products = esim["products"].as_array().expect("a list");
    let data = |label: &str| {
        let plan = products.iter().find(|product| product["denomination"] == label).expect(label);
        plan["benefits"][0]["amount"]["total_including_tax"]["amount"].clone()
    };
    assert_eq!((data("1 GB 7 days"), data("Unlimited 3 days")), (json!(1), json!(-1)));
    assert_eq!((&esim["category"], &esim["kind"]), (&json!("e-sim"), &json!("mobile_recharge")));
    assert_eq!(esim["product_type"], "physical");
}

#[test]
fn descriptions_are_html_in_a_known_language_and_null_in_another() {
    for lang in ["en", "es", "fr", "de", "it", "pt", "zh", "tr", "vi", "tl"] {
        let text = group("US", "Steam", "USDC", lang)["rich_description"].clone();
        assert_eq!((&text["locale"], &text["markup"]), (&json!(lang), &json!("html")), "{lang}");
        assert!(text["how_to_redeem"].as_str().is_some_and(|html| html.starts_with("<ol>")), "{lang}");
    }
    assert!(group("US", "Steam", "USDC", "fa")["rich_description"].is_null());
    let macys = group("US", "Macy's", "USDC", "en")["rich_description"]["description"].clone();
    let place = group("GB", "Steam", "USDC", "en")["rich_description"]["redeem_geo"].clone();
    assert_eq!(place, "Redeemable in United Kingdom only.");
    assert!(macys.as_str().is_some_and(|html| html.contains("Macy&#39;s") && html.contains("&amp;")));
}

#[test]
fn a_price_repeats_the_range_and_says_no_expiry() {
    let catalogue = Catalogue::default();
    let answer = shop(&catalogue).price(Some("Amazon.com"), Some("US"), Some("25"), Some("BTC"));
    let body = answer.expect("a price");
    assert_eq!((&body["points"], &body["payment_method"]), (&json!("22"), &json!("BTC")));
    assert_eq!((&body["range"]["default"], &body["is_dynamic"]), (&json!("500.0"), &json!(true)));
    assert_eq!((&body["delivery_type"], &body["product_type"]), (&json!("by_email"), &json!("physical")));
}

#[test]
fn a_fixed_brand_falls_back_to_its_default_without_a_word() {
    assert_eq!(coin_amount("US", "Steam", "33", "USDC"), coin_amount("US", "Steam", "10", "USDC"));
}

#[test]
fn a_price_is_refused_for_strangers_and_nonsense() {
    let catalogue = Catalogue::default();
    let price = |brand, country, value, coin| refused(shop(&catalogue).price(brand, country, value, coin));
    let (airbnb, us, coin) = (Some("Airbnb"), Some("US"), Some("USDC"));
    assert_eq!(price(Some("Nobody"), us, Some("100"), coin), 404);
    assert_eq!(price(Some("Airbnb"), Some("QQ"), Some("100"), coin), 400);
    assert_eq!(price(None, us, Some("100"), coin), 400);
    assert_eq!(price(airbnb, us, Some("100"), Some("NOPE")), 400);
    for value in
        [None, Some("100 USD"), Some("-100"), Some("1e2"), Some("49"), Some("501"), Some("60.5"), Some("")]
    {
        assert_eq!(price(airbnb, us, value, coin), 400, "{value:?}");
    }
}

#[test]
fn a_search_finds_names_and_families_in_any_case() {
    let catalogue = Catalogue::default();
    let body = shop(&catalogue).search("US", "STEAM", Some("de")).expect("an answer");
    assert_eq!(body["products"][0]["brand"], "Steam");
    assert_eq!(body["products"][0]["rich_description"]["locale"], "de");
    assert_eq!(refused(shop(&catalogue).search("US", " ", None)), 400);
    assert_eq!(refused(shop(&catalogue).search("QQ", "steam", None)), 400);
}

#[test]
fn a_homepage_is_made_of_brands() {
    let catalogue = Catalogue::default();
    let pages: Vec<Vec<u8>> = shop(&catalogue).homepage("GB").expect("an answer").collect();
    let body: Value = serde_json::from_slice(&pages.concat()).expect("JSON");
    assert_eq!(body["country_code"], "GB");
    let groups = body["categories"].as_array().expect("a list");
    assert!(groups.iter().all(|group| group["brands"].as_array().is_some_and(|list| list.len() <= 12)));
    assert!(body["popular_brands"].as_array().is_some_and(|list| !list.is_empty()));
}
