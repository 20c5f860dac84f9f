//! No bytes make a parser panic, and none of them make it grow without bound.

use proptest::prelude::*;

use super::super::lenient::{Decimal, Epoch, List, Text};
use super::super::{
    Refusal, catalogue, countries, featured, payment_methods, placed, quote, shelves, snapshot, validation,
};
use super::{amount, country, fixture};
use crate::domain::purchase::Lang;
use crate::domain::request::{Family, PriceQuestion};

/// Hands a body to every parser there is.
fn everywhere(json: &str) {
    let family = Family { country: country("US"), name: "x".into(), coin: "BTC".into(), lang: Lang::En };
    let question = PriceQuestion {
        brand: "x".into(),
        country: country("US"),
        face_value: amount("5"),
        coin: "BTC".into(),
    };
    drop((countries(json), payment_methods(json), catalogue(json, country("US"), &[]), featured(json)));
    drop((shelves(json, &family), quote(json, &question), validation(json, "BTC")));
    drop((snapshot(json), placed(json), Refusal::read(json)));
}

const FIXTURES: [&str; 8] = [
    fixture!("brands_all.json"),
    fixture!("payment_methods.json"),
    fixture!("products_range.json"),
    fixture!("products_esim.json"),
    fixture!("validation_problems.json"),
    fixture!("order_done.json"),
    fixture!("price.json"),
    fixture!("homepage_sections.json"),
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        everywhere(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_body_with_one_wrong_byte_never_panics(
        which in 0..FIXTURES.len(), place in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(),
    ) {
        let mut bytes = FIXTURES[which].as_bytes().to_vec();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if cut {
            bytes.truncate(place + 1);
        }
        everywhere(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_body_with_one_other_value_never_panics(
        which in 0..FIXTURES.len(), place in any::<prop::sample::Index>(),
        value in prop::sample::select(vec!["null", "[]", "{}", "-1", "1e999", "\"\"", "true", "[[[]]]", "\"\\ud800\""]),
    ) {
        let colons: Vec<usize> = FIXTURES[which].match_indices(": ").map(|(at, _)| at + 2).collect();
        let at = colons[place.index(colons.len())];
        let rest = &FIXTURES[which][at..];
        let end = rest.find([',', '\n', '}']).unwrap_or(rest.len());
        everywhere(&format!("{}{value}{}", &FIXTURES[which][..at], &rest[end..]));
    }

    #[test]
    fn an_amount_is_its_digits_or_nothing(text in "[-+0-9.eE \u{661}]{0,12}") {
        let read: Decimal = serde_json::from_str(&format!("\"{text}\"")).unwrap();
        prop_assert_eq!(read.0, text.trim().parse().ok());
    }
}

#[test]
fn a_mistyped_value_is_a_missing_one() {
    let decimal =
        |json: &str| serde_json::from_str::<Decimal>(json).unwrap().0.map(|amount| amount.to_string());
    assert_eq!(decimal("\"0.10\"").as_deref(), Some("0.10"));
    assert_eq!(decimal("0.10").as_deref(), Some("0.10"));
    assert_eq!(decimal("\"\\u0031\"").as_deref(), Some("1"));
    for none in ["null", "\"\"", "\"NaN\"", "-1", "1e3", "1E-8", "\"1,5\"", "true", "[]", "{}", "\"-0.1\""] {
        assert_eq!(decimal(none), None, "{none}");
    }
    let text = |json: &str| serde_json::from_str::<Text<'_>>(json).unwrap().as_str().map(str::to_owned);
    assert_eq!(text("12").as_deref(), Some("12"));
    for none in ["null", "\" \"", "1.5", "true", "[1]", "{\"a\":{}}"] {
        assert_eq!(text(none), None, "{none}");
    }
    let epoch = |json: &str| serde_json::from_str::<Epoch>(json).unwrap().0.map(|time| time.0);
    assert_eq!(epoch("\"1787679708\""), Some(1_787_679_708));
    assert_eq!(epoch("\"2026-08-25T14:21:48+02:00\""), Some(1_787_660_508));
    for none in ["null", "\"\"", "-5", "1e9", "\"soon\"", "\"99999999999999999999\"", "[]"] {
        assert_eq!(epoch(none), None, "{none}");
    }
}

#[test]
fn a_body_of_brackets_does_not_fill_the_memory() {
    let many = format!("[{}{{}}]", "{},".repeat(50_000));
    let list = List::<Text<'_>>::read(&many);
    assert_eq!((list.items.len(), list.bad), (20_000, 30_001));
    everywhere(&many);
    everywhere(&"[".repeat(200_000));
    everywhere(&"{\"order\":".repeat(50_000));
    everywhere(&format!("{{\"problems\":{}{}}}", "[".repeat(5000), "]".repeat(5000)));
}
