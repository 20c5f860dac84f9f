//! Looking without buying.

use serde_json::{Value, json};

use crate::support::commands::Kit;

#[tokio::test]
async fn brands_are_an_array_of_flat_objects() {
    let kit = Kit::open().await;
    let ended = kit.run(&["brands", "--country", "US", "--search", "Airbnb", "--json"]).await;
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    let first = &ended.json()[0];
    assert!(first["id"].is_string());
    let mut rest = first.clone();
    rest["id"] = Value::Null;
    let expected = json!({
        "id": null, "family": "Airbnb", "brand": "Airbnb", "country": "US", "kind": "gift-card",
        "category": first["category"], "additional_categories": [], "min": "$50", "max": "$500", "out_of_stock": false,
        "needs_account": false,
    });
    assert_eq!(rest, expected);
}

#[tokio::test]
async fn brands_can_be_of_one_kind() {
    let kit = Kit::open().await;
    for kind in ["gift-card", "top-up", "esim"] {
        let ended = kit.run(&["brands", "--country", "IT", "--kind", kind, "--json"]).await;
        let brands = ended.json();
        let brands = brands.as_array().expect("an array");
        assert!(!brands.is_empty(), "{kind}");
        assert!(brands.iter().all(|brand| brand["kind"] == kind), "{kind}");
    }
}

#[tokio::test]
async fn brands_can_be_of_one_category_also_of_one_that_is_not_their_own() {
    let kit = Kit::open().await;
    let apparel = kit.run(&["brands", "--country", "US", "--category", "Apparel_Clothing", "--json"]).await;
    assert_eq!(apparel.json()[0]["category"], "apparel clothing");
    let ended = kit.run(&["brands", "--country", "US", "--category", "retail", "--json"]).await;
    let brands = ended.json();
    let brands = brands.as_array().expect("an array");
    let word = json!("retail");
    let further = |brand: &Value| brand["additional_categories"].as_array().expect("a list").contains(&word);
    assert!(brands.iter().all(|brand| brand["category"] == word || further(brand)), "{brands:?}");
    assert!(brands.iter().any(|brand| brand["category"] == word));
    assert!(brands.iter().any(further));
}

#[tokio::test]
async fn countries_are_listed_by_code_and_name() {
    let kit = Kit::open().await;
    let json = kit.run(&["countries", "--json"]).await.json();
    let list = json.as_array().expect("an array");
    assert!(list.iter().any(|country| country["code"] == "DE" && country["name"] == "Germany"));
    let plain = kit.run(&["countries"]).await;
    assert_eq!(plain.out.lines().count(), list.len());
    assert!(plain.out.lines().any(|line| line == "DE  Germany"), "{}", plain.out);
}

#[tokio::test]
async fn products_tell_denominations_to_the_letter_and_ranges() {
    let kit = Kit::open().await;
    let asked = ["products", "--country", "US", "--brand", "Steam", "--coin", "USDC", "--json"];
    let shelves = kit.run(&asked).await.json();
    let first = &shelves[0]["products"][0];
    assert_eq!((&first["denomination"], &first["delivery"]), (&json!("10 USD"), &json!("e-mail")));
    assert!(first["price"]["amount"].is_string() && first["range"].is_null());

    let asked = ["products", "--country", "US", "--brand", "Airbnb", "--json"];
    let shelves = kit.run(&asked).await.json();
    let range = &shelves[0]["products"][0]["range"];
    let told = [&range["min"], &range["max"], &range["currency"]];
    assert_eq!(told, [&json!("50"), &json!("500"), &json!("USD")]);
}

#[tokio::test]
async fn a_price_is_exact_and_only_for_what_is_sold() {
    let kit = Kit::open().await;
    let price = ["price", "--country", "US", "--brand", "Airbnb", "--coin", "USDC", "--json", "--amount"];
    let asked = kit.run(&[price.as_slice(), &["100"]].concat()).await;
    assert_eq!(asked.json()["price"], json!({"amount": "101.48", "coin": "USDC"}));
    let off = kit.run(&[price.as_slice(), &["100.5"]].concat()).await;
    assert_eq!(off.code, 3);
    assert!(off.error()["sentence"].as_str().expect("text").contains("100 and 101"), "{}", off.err);
}

#[tokio::test]
async fn what_is_not_sold_is_refused_with_what_is() {
    let kit = Kit::open().await;
    let brand = kit.run(&["products", "--country", "US", "--brand", "Nonesuch"]).await;
    assert_eq!((brand.code, brand.out.as_str()), (3, ""));
    assert!(brand.err.contains("Nonesuch"));
    let hostile =
        kit.run(&["products", "--country", "US", "--brand", "\u{1b}[31mNone\u{9b}\u{202e}such"]).await;
    assert!(hostile.err.trim_end().chars().all(|letter| letter.is_ascii_graphic() || letter == ' '));
    let price = ["price", "--country", "US", "--brand", "Steam", "--denomination", "11 USD"];
    let value = kit.run(&price).await;
    assert_eq!(value.code, 3);
    assert!(value.err.contains("\"10 USD\""), "{}", value.err);
}

#[tokio::test]
async fn json_is_plain_ascii_whatever_the_shop_says() {
    let kit = Kit::open().await;
    for country in ["KR", "TR"] {
        let ended = kit.run(&["brands", "--country", country, "--json"]).await;
        assert!(ended.out.trim_end().bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()));
    }
}
