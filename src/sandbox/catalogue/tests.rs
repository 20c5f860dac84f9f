//! What the catalogue promises.

use std::collections::HashSet;

use allocation_counter::measure;

use super::*;

const BASE: &str = "http://127.0.0.1:9";

fn everything() -> Vec<(Arc<Brand>, Product)> {
    let catalogue = Catalogue::default();
    let countries = ["US", "ID", "GW", "AD"];
    let stock =
        countries.into_iter().flat_map(|country| catalogue.brands(country).expect("a stocked country"));
    stock.flat_map(|brand| brand.products().into_iter().map(move |one| (Arc::clone(&brand), one))).collect()
}

/// What a body says.
fn body(listing: Option<Listing>) -> Value {
    let pages: Vec<Vec<u8>> = listing.expect("a catalogue").collect();
    serde_json::from_slice(&pages.concat()).expect("JSON")
}

fn gift_cards(brands: &[Arc<Brand>]) -> usize {
    brands.iter().filter(|brand| brand.kind == "giftcard").count()
}

#[test]
fn two_shops_sell_the_same_at_every_start() {
    let (one, other) = (Catalogue::default(), Catalogue::default());
    for country in ["US", "JP", "GW"] {
        assert_eq!(body(one.listing(country, BASE)), body(other.listing(country, BASE)));
    }
    let steam = one.brand("US", "Steam").expect("Steam");
    assert_eq!(steam.id, seed::id(&["US", "Steam"]));
}

#[test]
fn a_country_is_stocked_once() {
    let catalogue = Catalogue::default();
    let first = catalogue.brand("US", "Steam").expect("Steam");
    assert!(Arc::ptr_eq(&first, &catalogue.brand("US", "Steam").expect("Steam")));
}

#[test]
fn the_united_states_have_hundreds_of_brands_and_every_country_some() {
    let catalogue = Catalogue::default();
    let america = catalogue.brands("US").expect("a catalogue");
    assert!(gift_cards(&america) >= 450, "{}", gift_cards(&america));
    for market in market::all() {
        let brands = catalogue.brands(market.country).expect("a catalogue");
        let cards = gift_cards(&brands);
        assert!(market.country == "US" || (60..=200).contains(&cards), "{} {cards}", market.country);
        assert!(brands.iter().any(|brand| brand.kind == "mobile_recharge"), "{}", market.country);
    }
}

#[test]
fn at_least_twenty_four_countries_pay_in_their_own_currency() {
    let catalogue = Catalogue::default();
    let mut currencies = HashSet::new();
    let mut national = 0;
    for market in market::all().filter(|market| market.scope == market::Scope::National) {
        national += 1;
        let netflix = catalogue.brand(market.country, "Netflix").expect("Netflix");
        assert_eq!(netflix.products()[0].currency, market.currency.code);
        currencies.insert(market.currency.code);
    }
    assert!(national >= 24 && currencies.len() >= 20, "{national} {}", currencies.len());
}

#[test]
fn a_brand_has_another_id_in_every_country() {
    let catalogue = Catalogue::default();
    let id = |country: &str| catalogue.brand(country, "eSIM").expect("eSIM").id;
    assert_ne!(id("US"), id("AD"));
}

#[test]
fn no_two_brands_of_a_country_share_a_name_or_products_an_id() {
    let catalogue = Catalogue::default();
    for country in ["US", "DE", "GW", "IT"] {
        let (mut names, mut ids) = (HashSet::new(), HashSet::new());
        for brand in catalogue.brands(country).expect("a catalogue") {
            assert!(names.insert(brand.name.clone()), "{country} {}", brand.name);
            for product in brand.products() {
                assert!(ids.insert(product.id), "{country} {} {:?}", brand.name, product.face);
            }
        }
    }
}

#[test]
fn every_product_has_a_price_in_every_coin() {
    for (brand, product) in everything() {
        let value = match &product.face {
            Face::Fixed { .. } => None,
            Face::Range { min, max, .. } => {
                assert!(product.face.accepts(Some(*max)).is_some(), "{} {}", brand.country, brand.name);
                Some(*min)
            }
        };
        for coin in payment_methods::coins() {
            let price = brand.unit_price(&product, value, coin.name);
            assert!(price.is_some_and(|price| price > Decimal::ZERO), "{} {}", brand.name, coin.name);
        }
    }
}

#[test]
fn one_family_holds_several_brands() {
    let catalogue = Catalogue::default();
    let in_family = |country: &str, family: &str| {
        let brands = catalogue.brands(country).expect("a catalogue");
        brands.iter().filter(|brand| brand.family == family).count()
    };
    assert_eq!(in_family("US", "Lycamobile"), 2);
    assert_eq!(in_family("GW", "Orange"), 5);
    assert_eq!(catalogue.brand("AE", "Du Data").expect("Du Data").family, "Du");
}

#[test]
fn some_brands_sell_to_phones_and_by_mail() {
    let catalogue = Catalogue::default();
    for (country, name) in [("IT", "WindTre"), ("DE", "Ay Yildiz"), ("US", "Libon")] {
        let brand = catalogue.brand(country, name).expect("a carrier");
        for way in [Delivery::ByEmail, Delivery::ByPhone] {
            assert!(brand.products().iter().any(|product| product.delivery == way), "{name}");
        }
    }
    assert!(catalogue.brand("DE", "Ay Yildiz").expect("a carrier").fixed("15 EUR - PIN").is_some());
}

#[test]
fn denominations_are_opaque() {
    let catalogue = Catalogue::default();
    for (country, name, denomination) in [
        ("US", "Steam", "10 USD"),
        ("US", "Minecraft", "Java & Bedrock Ed"),
        ("US", "Spotify", "1 month"),
        ("US", "Roblox", "800 Robux"),
        ("US", "PUBG Mobile", "60 UC"),
        ("TR", "Riot Cash", "Riot Cash 120 TL"),
        ("ID", "Steam", "150.000 IDR"),
        ("AE", "Steam", "1 000 AED"),
        ("DE", "Paysafecard", "5 EUR - PIN"),
        ("IT", "eSIM", "Unlimited 3 days"),
    ] {
        let brand = catalogue.brand(country, name).expect(name);
        assert!(brand.fixed(denomination).is_some(), "{country} {name} {denomination}");
    }
}

#[test]
fn about_four_percent_are_out_of_stock_and_have_no_labels() {
    let catalogue = Catalogue::default();
    let brands = catalogue.brands("US").expect("a catalogue");
    let gone: Vec<Value> =
        brands.iter().filter(|brand| brand.out_of_stock).map(|brand| brand.to_json(BASE)).collect();
    let share = gone.len() * 100 / brands.len();
    assert!((2..=6).contains(&share), "{share}");
    assert!(gone.iter().all(|brand| brand["min"].is_null() && brand["is_out_of_stock"] == true));
    assert!(gone.iter().any(|brand| brand.get("min").is_none()));
    assert!(gone.iter().any(|brand| brand.get("min").is_some()));
}

#[test]
fn some_brands_are_listed_though_their_products_are_gone() {
    let catalogue = Catalogue::default();
    let brands = catalogue.brands("US").expect("a catalogue");
    let empty = brands.iter().filter(|brand| brand.products().is_empty() && !brand.out_of_stock);
    assert!(empty.map(|brand| assert!(brand.min_label.is_some())).count() > 0);
}

#[test]
fn a_brand_stands_in_every_category_it_names_and_once_in_all() {
    let body = body(Catalogue::default().listing("US", BASE));
    let categories = body["categories"].as_array().expect("a list");
    let listed = |group: &&Value| {
        group["brands"].as_array().is_some_and(|list| list.iter().any(|brand| brand["brand"] == "Amazon.com"))
    };
    assert_eq!(categories.iter().filter(listed).count(), 2);
    let all = body["all_brands"].as_array().expect("a list");
    assert_eq!(all.iter().filter(|brand| brand["brand"] == "Amazon.com").count(), 1);
    assert!(categories.iter().any(|group| group["category"].is_null()));
    assert!(!body["popular_brands"].as_array().expect("a list").is_empty());
    assert_eq!((&body["suggestions"], &body["last_user_purchases"]), (&json!([]), &json!([])));
}

#[test]
fn every_list_repeats_the_brands_as_they_are() {
    let catalogue = Catalogue::default();
    for country in ["US", "AE", "GW"] {
        let stock = catalogue.brands(country).expect("a catalogue");
        let entries = |is_in: &dyn Fn(&Brand) -> bool, most: usize| -> Value {
            let members: Vec<&Arc<Brand>> = stock.iter().filter(|brand| is_in(brand)).take(most).collect();
            let popular = members.iter().filter(|brand| brand.popular);
            json!([
                members.iter().map(|brand| brand.to_json(BASE)).collect::<Value>(),
                popular.map(|brand| brand.to_json(BASE)).collect::<Value>(),
            ])
        };
        let (all, home) = (body(catalogue.listing(country, BASE)), body(catalogue.homepage(country, BASE)));
        let everything = entries(&|_| true, usize::MAX);
        assert_eq!(json!([all["all_brands"], all["popular_brands"]]), everything);
        assert_eq!(home["popular_brands"], everything[1]);
        for (body, most) in [(all, usize::MAX), (home, 12)] {
            for group in body["categories"].as_array().expect("a list") {
                let word = group["category"].as_str().unwrap_or("other_products");
                let is_in = |brand: &Brand| {
                    let named = brand.category == word || brand.additional_categories.contains(&word);
                    named && brand.kind == group["kind"]
                };
                assert_eq!(
                    json!([group["brands"], group["popular_brands"]]),
                    entries(&is_in, most),
                    "{word}"
                );
            }
        }
    }
}

#[test]
fn a_stocked_country_and_its_list_take_little_memory() {
    let catalogue = Catalogue::default();
    // What is read once for all countries.
    catalogue.brands("GW");
    let stocked = measure(|| drop(catalogue.brands("US")));
    let count = i64::try_from(catalogue.brands("US").expect("a catalogue").len()).expect("hundreds");
    assert!(stocked.bytes_current / count < 384, "{} for {count} brands", stocked.bytes_current);
    let mut length = 0;
    let listed = measure(|| {
        let pages = catalogue.listing("US", BASE).expect("a catalogue");
        length = pages.map(|page| u64::try_from(page.len()).expect("a page")).sum();
    });
    assert!(listed.bytes_max * 8 < length && listed.bytes_current == 0, "{listed:?} for {length}");
}

#[test]
fn every_brand_shows_what_it_sells_unless_it_is_out_of_stock() {
    let catalogue = Catalogue::default();
    for market in market::all() {
        for brand in catalogue.brands(market.country).expect("a catalogue") {
            assert_eq!(brand.min_label.is_none(), brand.out_of_stock, "{} {}", brand.country, brand.name);
        }
    }
}

#[test]
fn labels_show_what_the_supplier_shows() {
    let catalogue = Catalogue::default();
    let label = |country: &str, name: &str| catalogue.brand(country, name).expect(name).min_label.clone();
    assert_eq!(label("US", "Amazon.com").as_deref(), Some("$5"));
    assert_eq!(label("GW", "Orange").as_deref(), Some("F CFA1,968"));
    assert_eq!(label("GW", "Orange Data").as_deref(), Some("200 MB 1 Day"));
    assert_eq!(label("US", "Minecraft").as_deref(), Some("Java & Bedrock Ed"));
    assert_eq!(label("DE", "Lime").as_deref(), Some("€2,50"));
}

#[test]
fn logos_are_under_the_address_of_the_sandbox() {
    let brand = Catalogue::default().brand("US", "Amazon.com").expect("Amazon").to_json(BASE);
    assert_eq!(brand["logo_base_url"], "http://127.0.0.1:9/__sandbox/logos/amazon-com");
    assert_eq!(brand["logo_url"], "http://127.0.0.1:9/__sandbox/logos/amazon-com.webp");
    assert_eq!(brand["bg_color"].as_str().map(str::len), Some(7));
}

#[test]
fn nothing_is_sold_where_nobody_lives() {
    let catalogue = Catalogue::default();
    for country in ["", "us", "USA", "QQ", "KP", "../etc"] {
        assert!(catalogue.brands(country).is_none(), "{country}");
        assert!(catalogue.listing(country, BASE).is_none());
    }
}

#[test]
fn what_people_come_for_is_always_there() {
    let catalogue = Catalogue::default();
    for country in ["US", "GB", "DE", "BR", "JP", "AD", "IQ"] {
        for name in ["Steam", "Netflix", "Roblox", "Minecraft", "Rewarble VISA"] {
            let brand = catalogue.brand(country, name).expect(name);
            assert!(!brand.out_of_stock && !brand.products().is_empty(), "{country} {name}");
        }
    }
    assert!(catalogue.brand("GB", "Steam").expect("Steam").popular);
    assert_eq!(catalogue.brand("US", "Rewarble VISA").expect("a card").category, "e-money");
}
