//! Shelves, products, plans and prices.

use super::super::{quote, shelves};
use super::{amount, country, fixture};
use crate::domain::failure::Failure;
use crate::domain::product::{Data, DeliveryMethod, Offer, Plan, Product, ProductGroup, Range};
use crate::domain::purchase::Lang;
use crate::domain::request::{Family, PriceQuestion};

fn family() -> Family {
    Family { country: country("US"), name: "Steam".into(), coin: "USDC".into(), lang: Lang::En }
}

fn shelf(json: &str) -> ProductGroup {
    shelves(json, &family()).unwrap().remove(0)
}

fn fixed(product: &Product) -> (&str, &str, Option<String>) {
    match &product.offer {
        Offer::Fixed { denomination, label, price, .. } => {
            let price = price.as_ref().map(|price| format!("{} {}", price.amount, price.coin));
            (denomination.sent(), label.as_str(), price)
        }
        Offer::Range(range) => panic!("{range:?}"),
    }
}

fn ranges(shelf: &ProductGroup) -> Vec<&Range> {
    let offers = shelf.products.iter().map(|product| &product.offer);
    offers
        .map(|offer| match offer {
            Offer::Range(range) => range,
            Offer::Fixed { denomination, .. } => panic!("{denomination}"),
        })
        .collect()
}

#[test]
fn denominations_are_kept_to_the_letter_and_prices_to_the_digit() {
    let shelf = shelf(fixture!("products_fixed.json"));
    let told: Vec<_> = shelf.products.iter().map(fixed).collect();
    let price = |text: &str| Some(text.to_owned());
    let expected = [
        ("10 USD", "$10", price("11.26 USDC")),
        ("50 USD", "50 USD", price("53.86 USDC")),
        ("100 USD", "$10", None),
        ("150 USD", "$10", None),
        ("200 USD", "$10", None),
        ("20", "$10", price("11.26 USDC")),
        ("5 EUR - PIN", "$10", None),
    ];
    assert_eq!(told, expected);
}

#[test]
fn descriptions_are_text_and_fall_back_to_the_plain_ones() {
    let steam = shelf(fixture!("products_fixed.json"));
    let lines = |prose: &crate::domain::text::Prose| {
        prose.lines().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(lines(&steam.description.about), ["Games & more: it's Steam.", "US accounts only"]);
    assert_eq!(lines(&steam.description.how_to_redeem), ["1. Open Steam", "2. Enter the code"]);
    assert_eq!(lines(&steam.description.terms), ["No refunds."]);
    assert_eq!(steam.description.region.unwrap().as_str(), "United States");
    let amazon = shelf(fixture!("products_range.json"));
    assert!(amazon.description.about.is_empty());
    assert_eq!(lines(&amazon.description.terms), ["Plain terms."]);
    assert_eq!(lines(&amazon.description.how_to_redeem), ["Open the page", "Type the code"]);
}

#[test]
fn a_range_is_read_in_each_of_its_shapes() {
    let shelf = shelf(fixture!("products_range.json"));
    let told: Vec<_> = ranges(&shelf)
        .into_iter()
        .map(|range| {
            (range.min.to_string(), range.max.to_string(), range.step.to_string(), range.currency.to_string())
        })
        .collect();
    let row = |min: &str, max: &str, step: &str, currency: &str| {
        (min.to_owned(), max.to_owned(), step.to_owned(), currency.to_owned())
    };
    let expected = [
        row("5", "500", "1", "USD"),
        row("50", "500", "0", "USD"),
        row("5", "250.5", "0", "EUR"),
        row("1", "2", "0", "TRY"),
    ];
    assert_eq!(told, expected, "and those without bounds are left out");
    assert_eq!(ranges(&shelf)[0].default, Some(amount("500")));
}

#[test]
fn a_plan_tells_its_data_and_days() {
    let shelf = shelf(fixture!("products_esim.json"));
    let plans: Vec<_> = shelf
        .products
        .iter()
        .map(|product| match &product.offer {
            Offer::Fixed { plan, .. } => *plan,
            Offer::Range(_) => None,
        })
        .collect();
    let of = |data, days| Some(Plan { data, days });
    let expected = [
        of(Data::Megabytes(1000), Some(7)),
        of(Data::Unlimited, Some(3)),
        of(Data::Megabytes(500), Some(30)),
        of(Data::Megabytes(3000), Some(30)),
        of(Data::Megabytes(2500), None),
        None,
    ];
    assert_eq!(plans, expected);
    assert_eq!(shelf.brand.country, country("IT"));
}

#[test]
fn mobile_data_tells_its_plan_in_its_words() {
    let told = |category: &str| {
        let product = r#"{"product_id":"1","denomination":"3 GB 30 Days","delivery_type":"by_phone"}"#;
        let shelf = shelf(&format!(
            r#"[{{"brand":"Lyca","kind":"mobile_recharge","category":"{category}","products":[{product}]}}]"#
        ));
        match &shelf.products[0].offer {
            Offer::Fixed { plan, .. } => *plan,
            Offer::Range(range) => panic!("{range:?}"),
        }
    };
    assert_eq!(told("mobile_data"), Some(Plan { data: Data::Megabytes(3000), days: Some(30) }));
    assert_eq!(told("mobile_credits"), None);
}

#[test]
fn the_way_of_delivery_is_the_products_own() {
    let shelf = shelf(fixture!("products_topup.json"));
    let ways: Vec<_> = shelf.products.iter().map(|product| product.delivery).collect();
    assert_eq!(ways, [DeliveryMethod::ByPhone, DeliveryMethod::ByEmail, DeliveryMethod::ByPhone]);
}

#[test]
fn an_unknown_family_is_an_empty_list_and_a_page_is_no_list() {
    assert_eq!(shelves("[]", &family()), Ok(vec![]));
    let wrapped = format!("{{\"products\":{}}}", fixture!("products_topup.json"));
    assert_eq!(shelves(&wrapped, &family()).unwrap().len(), 1);
    for wrong in ["{}", "null", "[1,{}]", fixture!("page.html"), "[{\"brand\":\"Steam\",\"products\":["] {
        assert!(matches!(shelves(wrong, &family()), Err(Failure::Unreadable(_))), "{wrong}");
    }
}

fn question(value: &str, coin: &str) -> PriceQuestion {
    PriceQuestion {
        brand: "Amazon.com".into(),
        country: country("US"),
        face_value: amount(value),
        coin: coin.into(),
    }
}

#[test]
fn a_price_is_believed_only_for_what_was_asked() {
    let answer = quote(fixture!("price.json"), &question("25", "BTC")).unwrap();
    assert_eq!((answer.price.amount.to_string(), answer.face_value), ("0.00032666".to_owned(), amount("25")));
    assert!(quote(fixture!("price.json"), &question("25", "btc")).is_ok());
    for (value, coin) in [("25", "USDC"), ("501", "BTC"), ("4.99", "BTC")] {
        let answer = quote(fixture!("price.json"), &question(value, coin));
        assert!(matches!(answer, Err(Failure::Unreadable(_))), "{value} {coin}");
    }
    let json = fixture!("price.json");
    for (from, to) in [
        ("\"is_dynamic\": true", "\"is_dynamic\": false"),
        ("\"coin_amount\": \"0.00032666\"", "\"coin_amount\": null"),
        ("\"coin_amount\": \"0.00032666\"", "\"coin_amount\": 0"),
        ("\"coin_amount\": \"0.00032666\"", "\"coin_amount\": 3e-4"),
        ("\"coin_amount\": \"0.00032666\"", "\"coin_amount\": \"-1\""),
        ("\"coin_amount\": \"0.00032666\"", "\"coin_amount\": \"NaN\""),
    ] {
        let odd = json.replacen(from, to, 1);
        assert_ne!(odd, json);
        assert!(quote(&odd, &question("25", "BTC")).is_err(), "{to}");
    }
    let sold_out = "{\"problems\":[{\"problem\":\"OUT_OF_STOCK\"}]}";
    let refused = quote(sold_out, &question("25", "BTC")).unwrap_err();
    assert_eq!(refused.detail(), Some("OUT_OF_STOCK"));
    assert!(quote(fixture!("page.html"), &question("25", "BTC")).is_err());
}
