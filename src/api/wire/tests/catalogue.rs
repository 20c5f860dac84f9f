//! Countries, ways to pay, brands and the homepage.

use super::super::{catalogue, countries, featured, payment_methods};
use super::{amount, country, fixture};
use crate::domain::catalogue::{Brand, Catalogue, Kind};
use crate::domain::failure::Failure;
use crate::domain::tender::{Tender, Token};
use crate::domain::text::Printable;

fn read(json: &str) -> Catalogue {
    catalogue(json, country("US"), &[]).unwrap()
}

fn names(catalogue: &Catalogue) -> Vec<&str> {
    catalogue.brands.iter().map(|brand| brand.name().sent()).collect()
}

fn forward(catalogue: &Catalogue) -> Vec<&str> {
    catalogue.featured.iter().map(|&place| catalogue.brands[place].name().sent()).collect()
}

#[test]
fn countries_come_wrapped_or_bare_and_bad_ones_are_left_out() {
    let list = countries(fixture!("countries.json")).unwrap();
    let codes: Vec<_> = list.iter().map(|one| one.code.to_string()).collect();
    assert_eq!(codes, ["AX", "DE", "US", "XK"]);
    assert_eq!(list[0].name.as_str(), "Åland Islands");
    assert_eq!(countries(fixture!("countries_array.json")).unwrap().len(), 2);
    assert_eq!(countries("[]").unwrap().len(), 0);
    for wrong in ["{}", "null", "[{}]", fixture!("page.html"), fixture!("cut.json")] {
        assert!(matches!(countries(wrong), Err(Failure::Unreadable(_))), "{wrong}");
    }
}

#[test]
fn only_ones_own_wallet_pays_and_suspended_rails_are_told() {
    let payment_methods = payment_methods(fixture!("payment_methods.json")).unwrap();
    let told: Vec<_> = payment_methods
        .all()
        .iter()
        .map(|payment_method| (payment_method.tender.to_string(), payment_method.suspended))
        .collect();
    let expected = [
        ("USDC on Solana", false),
        ("BTC on Mainnet", false),
        ("BTC on Lightning", true),
        ("USDC on Polygon (Matic)", false),
        ("USDC on Base", false),
        ("SOL on Solana", true),
    ];
    assert_eq!(told, expected.map(|(payment_method, suspended)| (payment_method.to_owned(), suspended)));
}

#[test]
fn a_rail_brings_its_threshold_chain_and_contract() {
    let payment_methods = payment_methods(fixture!("payment_methods.json")).unwrap();
    let payment_method = |coin, network| payment_methods.find(&Tender::new(coin, network)).unwrap();
    let solana = payment_method("USDC", "Solana");
    assert_eq!(solana.minimum.unwrap().to_string(), "0.562099175481640");
    let contract = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v".to_owned();
    assert_eq!(solana.token, Some(Token { address: contract, decimals: 6 }));
    assert_eq!(solana.transfer_cost, Some(Printable::new("€0")));
    let polygon = payment_method("USDC", "Polygon (Matic)");
    assert_eq!((polygon.chain_id, polygon.minimum), (Some(137), Some(amount("10"))));
    assert_eq!(polygon.token.as_ref().unwrap().decimals, 6);
    assert_eq!(
        (payment_method("USDC", "Base").chain_id, &payment_method("USDC", "Base").token),
        (Some(8453), &None)
    );
    let bitcoin = payment_method("BTC", "Mainnet");
    assert_eq!(bitcoin.network_name.as_str(), "Bitcoin");
    assert_eq!(bitcoin.minimum, Some(amount("0.000012")));
}

#[test]
fn ways_to_pay_come_wrapped_too() {
    let wrapped = format!("{{\"payment_vias\":{}}}", fixture!("payment_methods.json"));
    assert_eq!(payment_methods(&wrapped), payment_methods(fixture!("payment_methods.json")));
    assert!(payment_methods("[]").unwrap().all().is_empty());
    assert!(matches!(payment_methods("{\"message\":\"no\"}"), Err(Failure::Unreadable(_))));
}

#[test]
fn one_bad_brand_does_not_empty_the_catalogue() {
    let catalogue = read(fixture!("brands_all.json"));
    assert_eq!(
        names(&catalogue),
        ["Amazon.com", "eSIM", "Lycamobile Credits", "Rewarble VISA", "Steam", "Gone"]
    );
    assert_eq!(forward(&catalogue), ["Amazon.com", "eSIM"], "what is out of stock is not put forward");
    let brand = |name: &str| catalogue.brands.iter().find(|one| one.name().sent() == name).unwrap();
    let amazon = brand("Amazon.com");
    assert_eq!(amazon.colour, Some([0xff, 0x99, 0x00]));
    assert_eq!(amazon.logo(), Some("https://cdn.cryptorefills.com/x"));
    assert_eq!(amazon.also_in().collect::<Vec<_>>(), ["electronics"]);
    assert_eq!(amazon.price_label(), "$5 – $500");
    assert_eq!((brand("Gone").min(), brand("Gone").max(), brand("Gone").out_of_stock), (None, None, true));
    assert_eq!((brand("eSIM").kind, brand("eSIM").colour), (Kind::Esim, None));
    let lyca = brand("Lycamobile Credits");
    assert_eq!((lyca.kind, lyca.family().sent(), lyca.logo()), (Kind::TopUp, "Lycamobile", None));
    assert!(brand("Rewarble VISA").needs_account());
}

#[test]
fn without_a_list_of_all_the_categories_are_read() {
    let catalogue = read(fixture!("brands_categories.json"));
    assert_eq!(names(&catalogue), ["Amazon.com", "Bare", "Steam"]);
    assert_eq!(forward(&catalogue), ["Steam"]);
    let bare = &catalogue.brands[1];
    assert_eq!((bare.kind, bare.family().sent(), bare.country), (Kind::TopUp, "Bare", country("US")));
    assert_eq!(names(&read(fixture!("brands_popular_only.json"))), ["Steam"]);
}

#[test]
fn a_brand_stands_in_every_category_that_names_it() {
    let read_in = |body: &str| {
        let words = |brand: &Brand| brand.categories().map(ToString::to_string).collect::<Vec<_>>();
        read(body).brands.iter().map(words).collect::<Vec<_>>()
    };
    let one = r#"{"brand":"A","brand_id":"1","kind":"giftcard","category":"books_learning",
        "additional_categories":["home","books_learning","home"],"brand_tags":["paper"]}"#;
    let two = r#"{"brand":"B","brand_id":"2"}"#;
    let groups = format!(
        r#"[{{"category":"e-commerce","brands":[{one},{two}]}},{{"category":null,"brands":[{one}]}},
        7,{{"category":"sports_fitness","brands":[{two},null,{{"brand_id":"3"}}]}}]"#
    );
    let with_all = format!(r#"{{"categories":{groups},"all_brands":[{one},{two}]}}"#);
    let first = ["books learning", "home", "e-commerce"];
    assert_eq!(read_in(&with_all), [&first[..], &["e-commerce", "sports fitness"]]);
    let groups_alone = format!(r#"{{"categories":{groups}}}"#);
    assert_eq!(read_in(&groups_alone), [&first[..], &["e-commerce", "sports fitness"]]);
}

#[test]
fn an_id_of_which_nothing_can_be_seen_is_none() {
    let body = r#"[{"brand":"A","brand_id":"\u200b"},{"brand":"B","brand_id":"\u200b"}]"#;
    assert_eq!(names(&read(body)), ["A", "B"], "neither is the other");
}

#[test]
fn an_empty_catalogue_is_one_and_no_catalogue_is_none() {
    for empty in ["{\"all_brands\":[]}", "{\"categories\":[],\"country_code\":\"US\"}", "[]"] {
        assert!(read(empty).brands.is_empty(), "{empty}");
    }
    let half = &fixture!("brands_all.json")[..600];
    for wrong in
        ["{}", "null", "7", "{\"all_brands\":null}", half, "[{\"brand\":\"Steam\"}, ", fixture!("page.html")]
    {
        let answer = catalogue(wrong, country("US"), &[]);
        assert!(matches!(answer, Err(Failure::Unreadable(_))), "{wrong}");
    }
}

#[test]
fn a_homepage_of_any_shape_puts_its_brands_forward() {
    let ids = |json: &str| featured(json).iter().map(ToString::to_string).collect::<Vec<_>>();
    let id = |number: u8| format!("{number:08}-0000-4000-8000-000000000000");
    assert_eq!(ids(fixture!("homepage_sections.json")), [id(2), "12".to_owned(), id(1)]);
    assert_eq!(ids(fixture!("homepage_popular.json")), [id(4), id(2), id(1)]);
    for none in ["", "null", "{}", "[]", "\"home\"", "12.5", fixture!("page.html")] {
        assert!(ids(none).is_empty(), "{none}");
    }
    assert_eq!(
        ids(&fixture!("homepage_sections.json")[..800]),
        [id(2), "12".to_owned()],
        "what came before the cut counts"
    );
    assert!(ids(&"[".repeat(100_000)).is_empty());
    let homepage = featured(fixture!("homepage_sections.json"));
    let catalogue = catalogue(fixture!("brands_all.json"), country("US"), &homepage).unwrap();
    assert_eq!(forward(&catalogue), ["Amazon.com", "eSIM", "Steam"]);
}

#[test]
fn a_byte_that_is_no_text_costs_one_letter() {
    let bytes = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/wire/not_utf8.json"));
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(names(&read(&text)), ["Caf\u{fffd}", "Steam"]);
}

#[test]
fn one_torn_brand_costs_nothing_but_itself() {
    let good =
        r#"{"brand":"Steam","brand_id":"1","is_out_of_stock":"FALSE","brand_tags":["games",7,null,{}]}"#;
    for torn in
        ["7", "null", "\"x\"", "[[]]", r#"{"brand":"\ud800"}"#, r#"{"brand":"A","brand":"B"}"#, "1e999"]
    {
        for body in [
            format!("[{torn},{good}]"),
            format!(r#"{{"all_brands":[{good},{torn}],"popular_brands":[{torn},{good}]}}"#),
            format!(r#"{{"all_brands":null,"brands":[{good}],"popular_brands":{torn}}}"#),
            format!(r#"{{"all_brands":[],"categories":[{torn},{{"brands":[{torn},{good}]}}]}}"#),
        ] {
            let catalogue = read(&body);
            assert_eq!(names(&catalogue), ["Steam"], "{body}");
            let steam = &catalogue.brands[0];
            assert_eq!(steam.tags().collect::<Vec<_>>(), ["games", "7"], "{body}");
            assert!(!steam.out_of_stock);
        }
    }
}
