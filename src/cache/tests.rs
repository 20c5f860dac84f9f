//! What is kept comes back as it was, and what is spoiled is as good as gone.

use super::*;
use crate::domain::catalogue::{Brand, Facts, Kind};
use crate::domain::product::{Data, DeliveryMethod, Description, Offer, Plan, Price, Product, Range};
use crate::domain::purchase::Lang;
use crate::domain::tender::{PaymentMethod, Tender, Token};
use crate::domain::text::{Prose, Verbatim};

const NOW: Timestamp = Timestamp(1_700_000_000);

fn country() -> CountryCode {
    "US".parse().unwrap()
}

fn brand(number: usize) -> Brand {
    Brand::new(&Facts {
        id: &format!("{number:08}-3c1d-4d49-9f3b-0d0f6b7e2a11"),
        family: if number.is_multiple_of(2) { "" } else { "Café \u{202e}family " },
        name: &format!("Brand  {number}"),
        country: country(),
        kind: Kind::ALL[number % 3],
        category: "travel",
        also_in: "food",
        tags: "homes\n日本",
        min: "$5",
        max: "",
        out_of_stock: number.is_multiple_of(5),
        colour: Some([1, 2, 3]),
        logo: "https://cdn.cryptorefills.com/brand",
    })
    .unwrap()
}

fn catalogue(brands: usize) -> Catalogue {
    let brands: Vec<Brand> = (0..brands).map(brand).collect();
    let featured: Vec<_> = brands.iter().take(3).map(|brand| brand.id().into()).collect();
    Catalogue::new(country(), brands, &featured)
}

fn family(coin: &str) -> Family {
    Family { country: country(), name: "Air ' %".into(), coin: coin.into(), lang: Lang::En }
}

fn shelf(price: Option<Price>) -> ProductGroup {
    let amount = |text: &str| text.parse().unwrap();
    let plan = Some(Plan { data: Data::Unlimited, days: Some(7) });
    let fixed = Offer::Fixed { denomination: "50.00 USD  - PIN".into(), label: "$50".into(), price, plan };
    let range = Offer::Range(Range {
        min: amount("5.00"),
        max: amount("500"),
        step: amount("0.10"),
        default: Some(amount("20")),
        currency: "USD".into(),
    });
    let product = |delivery, offer| Product { id: "one".into(), delivery, offer };
    ProductGroup {
        brand: brand(1),
        description: Description {
            about: Prose::from_plain("One.\nTwo."),
            region: Some("US only".into()),
            ..Description::default()
        },
        products: vec![product(DeliveryMethod::ByEmail, fixed), product(DeliveryMethod::ByPhone, range)],
    }
}

fn cache() -> (tempfile::TempDir, Cache) {
    let home = tempfile::tempdir().unwrap();
    let cache = Cache::new(&home.path().join("data"), "https://shop.example/");
    (home, cache)
}

#[test]
fn brands_come_back_as_they_were_told_and_when() {
    let (_home, cache) = cache();
    assert_eq!(cache.catalogue(country()), None);
    let told = catalogue(50);
    cache.keep_catalogue(&told, NOW);
    assert_eq!(cache.catalogue(country()), Some(Dated { value: told, told: NOW }));
    assert_eq!(cache.catalogue("DE".parse().unwrap()), None);
}

#[test]
fn products_come_back_without_their_prices_whatever_the_coin() {
    let (_home, cache) = cache();
    let price = Price { amount: "11.26".parse().unwrap(), coin: "USDC".into() };
    cache.keep_shelves(&family("USDC"), &[shelf(Some(price))], NOW);
    let kept = cache.shelves(&family("BTC")).unwrap().value;
    assert_eq!(kept, [shelf(None)]);
}

#[test]
fn ways_to_pay_and_countries_come_back() {
    let (_home, cache) = cache();
    let payment_method = PaymentMethod {
        tender: Tender::new("USDC", "Polygon (Matic)"),
        network_name: "Polygon".into(),
        suspended: true,
        minimum: Some("1.50".parse().unwrap()),
        chain_id: Some(137),
        token: Some(Token { address: "0x1".to_owned(), decimals: 6 }),
        transfer_cost: None,
    };
    let payment_methods = PaymentMethods::new(vec![payment_method]);
    cache.keep_payment_methods(&payment_methods, NOW);
    assert_eq!(cache.payment_methods().unwrap().value, payment_methods);
    let countries = crate::domain::country::bundled();
    cache.keep_countries(&countries, NOW);
    assert_eq!(cache.countries().unwrap().value, countries);
}

#[test]
fn the_country_that_was_chosen_last_comes_back() {
    let (_home, cache) = cache();
    assert_eq!(cache.country(), None);
    for code in ["US", "DE"] {
        cache.keep_country(code.parse().unwrap(), NOW);
        assert_eq!(cache.country(), code.parse().ok());
    }
}

#[test]
fn shops_do_not_see_each_others_answers() {
    let (home, cache) = cache();
    cache.keep_catalogue(&catalogue(3), NOW);
    let other = Cache::new(&home.path().join("data"), "sandbox");
    assert_eq!(other.catalogue(country()), None);
}

#[test]
fn a_file_that_is_no_answer_is_written_anew() {
    let (_home, cache) = cache();
    cache.keep_catalogue(&catalogue(3), NOW);
    let file = cache.file("brands US");
    for other in [&b""[..], b"giftty", b"a file of somebody else that has a few more letters than the head"] {
        fs::write(&file, other).unwrap();
        assert_eq!(cache.catalogue(country()), None);
        cache.keep_catalogue(&catalogue(3), NOW);
        assert!(cache.catalogue(country()).is_some());
    }
}

#[test]
fn an_answer_of_which_a_byte_changed_on_the_disk_is_not_believed() {
    let (_home, cache) = cache();
    cache.keep_catalogue(&catalogue(3), NOW);
    let file = cache.file("brands US");
    let whole = fs::read(&file).unwrap();
    for place in 0..whole.len() {
        let mut spoiled = whole.clone();
        spoiled[place] ^= 1;
        fs::write(&file, spoiled).unwrap();
        assert_eq!(cache.catalogue(country()), None, "byte {place}");
    }
    fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(cache.catalogue(country()), None);
}

#[test]
fn the_file_of_another_version_is_written_anew() {
    let (_home, cache) = cache();
    cache.keep_catalogue(&catalogue(3), NOW);
    let file = cache.file("brands US");
    let mut other = fs::read(&file).unwrap();
    other[MARK.len() - 1] += 1;
    fs::write(&file, other).unwrap();
    assert_eq!(cache.catalogue(country()), None);
    cache.keep_catalogue(&catalogue(3), NOW);
    assert!(cache.catalogue(country()).is_some());
}

#[test]
fn a_program_that_was_stopped_while_it_wrote_spoils_nothing() {
    let (_home, cache) = cache();
    cache.keep_catalogue(&catalogue(3), NOW);
    let half = cache.file("brands US").with_extension("half");
    fs::write(half, b"giftty").unwrap();
    assert!(cache.catalogue(country()).is_some());
    cache.keep_catalogue(&catalogue(4), NOW);
    assert_eq!(cache.catalogue(country()).unwrap().value.brands.len(), 4);
}

#[test]
fn a_folder_that_cannot_be_written_costs_nothing() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("data"), b"a file where the folder should be").unwrap();
    let cache = Cache::new(&home.path().join("data"), "shop");
    cache.keep_catalogue(&catalogue(3), NOW);
    assert_eq!(cache.catalogue(country()), None);
}

#[test]
fn what_somebody_looked_at_is_for_their_eyes_only() {
    use std::os::unix::fs::PermissionsExt;
    let (home, cache) = cache();
    cache.keep_catalogue(&catalogue(3), NOW);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&cache.file("brands US")), 0o600);
    assert_eq!(mode(&cache.folder), 0o700);
    assert_eq!(mode(&home.path().join("data")), 0o700);
}

#[test]
fn the_oldest_answers_go_first() {
    let (_home, cache) = cache();
    cache.keep_payment_methods(&PaymentMethods::default(), Timestamp(1));
    for number in 0..MOST {
        let family = Family { name: Verbatim::new(number.to_string()), ..family("USDC") };
        cache.keep_shelves(&family, &[], NOW);
    }
    assert!(cache.payment_methods().is_none());
    let last = Family { name: Verbatim::new("0"), ..family("USDC") };
    assert!(cache.shelves(&last).is_some());
}
