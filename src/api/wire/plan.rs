//! The data and duration of a data plan (contract, sections 2.6 and 4.3).
//!
//! They come from its `benefits` and from the words of its denomination.

use rust_decimal::Decimal as Number;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient::{Exact, List, Text, scalar};
use crate::domain::product::{Data, Plan};

/// The amount of data that means "no limit".
const UNLIMITED: &str = "-1";

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Benefit<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    unit: Text<'a>,
    unit_type: Text<'a>,
    amount: Volume,
}

/// An amount of data, as a number or wrapped in `base` or `total_including_tax`.
#[derive(Clone, Default)]
struct Volume(Option<String>);

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wrapped<'a> {
    base: Inner,
    total_including_tax: Inner,
    #[serde(borrow)]
    amount: Exact<'a>,
}

#[derive(Default)]
struct Inner(Option<String>);

#[derive(Default, Deserialize)]
#[serde(default)]
struct InnerObject<'a> {
    #[serde(borrow)]
    amount: Exact<'a>,
}

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let inside =
            || serde_json::from_str::<InnerObject<'_>>(raw).ok()?.amount.text().as_str().map(str::to_owned);
        Ok(Self(scalar(raw).map(std::borrow::Cow::into_owned).or_else(inside)))
    }
}

impl<'de> Deserialize<'de> for Volume {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        if let Some(plain) = scalar(raw) {
            return Ok(Self(Some(plain.into_owned())));
        }
        let Ok(wrapped) = serde_json::from_str::<Wrapped<'_>>(raw) else { return Ok(Self(None)) };
        let plain = wrapped.amount.text().as_str().map(str::to_owned);
        Ok(Self(wrapped.base.0.or(wrapped.total_including_tax.0).or(plain)))
    }
}

/// Returns a product's plan. The amount of data is read from the denomination only if it is `worded` as a
/// plan.
pub(super) fn plan(benefits: &List<Benefit<'_>>, denomination: &str, worded: bool) -> Option<Plan> {
    let mut from_benefits =
        benefits.items.iter().filter(|one| one.kind.or_empty().eq_ignore_ascii_case("DATA"));
    let data = from_benefits.find_map(data_of);
    let data = data.or_else(|| worded.then(|| data_in(denomination)).flatten())?;
    Some(Plan { data, days: days_in(denomination) })
}

fn data_of(benefit: &Benefit<'_>) -> Option<Data> {
    let amount = benefit.amount.0.as_deref()?.trim();
    if amount == UNLIMITED || amount == "-1.0" {
        return Some(Data::Unlimited);
    }
    let unit = benefit.unit.as_str().or(benefit.unit_type.as_str())?;
    megabytes(amount, unit)
}

/// Converts an amount of data to whole megabytes; a gigabyte is a thousand of them, as carriers count.
fn megabytes(amount: &str, unit: &str) -> Option<Data> {
    let factor = match unit.trim().to_ascii_uppercase().as_str() {
        "MB" | "MEGABYTE" | "MEGABYTES" => 1_u32,
        "GB" | "GIGABYTE" | "GIGABYTES" => 1_000,
        "TB" | "TERABYTE" | "TERABYTES" => 1_000_000,
        _ => return None,
    };
    let amount = Number::from_str_exact(amount).ok()?.checked_mul(Number::from(factor))?;
    amount.trunc().to_u64().filter(|&megabytes| megabytes > 0).map(Data::Megabytes)
}

fn data_in(denomination: &str) -> Option<Data> {
    let words = pairs(denomination);
    let unlimited = denomination.split_whitespace().any(|word| word.eq_ignore_ascii_case("unlimited"));
    words
        .iter()
        .find_map(|(number, unit)| megabytes(number, unit))
        .or_else(|| unlimited.then_some(Data::Unlimited))
}

fn days_in(denomination: &str) -> Option<u32> {
    pairs(denomination).iter().find_map(|(number, unit)| {
        let length = match unit.to_ascii_lowercase().trim_end_matches('s') {
            "day" => 1,
            "week" => 7,
            "month" => 30,
            "year" => 365,
            _ => return None,
        };
        number.parse::<u32>().ok()?.checked_mul(length).filter(|&days| days > 0)
    })
}

/// Returns each number with the word after it, with or without a space between: `1 GB`, `7days`.
fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut fresh = true;
    for c in text.chars() {
        let numeric = c.is_ascii_digit() || c == '.';
        match pairs.last_mut() {
            Some((number, unit)) if numeric && unit.is_empty() && !fresh => number.push(c),
            _ if numeric => pairs.push((c.to_string(), String::new())),
            Some((_, unit)) if c.is_alphabetic() && (unit.is_empty() || !fresh) => unit.push(c),
            _ => {}
        }
        // After a space a digit begins a new number, and a second word is ignored.
        fresh = !numeric && !c.is_alphabetic();
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_denomination_tells_days_and_for_an_esim_the_data() {
        let read = |text: &str| plan(&List::default(), text, true);
        let of = |data, days| Some(Plan { data, days });
        assert_eq!(read("1 GB 7 days"), of(Data::Megabytes(1000), Some(7)));
        assert_eq!(read("200 MB 1 Day"), of(Data::Megabytes(200), Some(1)));
        assert_eq!(read("1.5GB 1 month"), of(Data::Megabytes(1500), Some(30)));
        assert_eq!(read("Unlimited 3 days"), of(Data::Unlimited, Some(3)));
        assert_eq!(read("2 weeks 10 GB"), of(Data::Megabytes(10_000), Some(14)));
        assert_eq!(read("5 GB"), of(Data::Megabytes(5000), None));
        assert_eq!(read("10 USD"), None);
        assert_eq!(plan(&List::default(), "1 GB 7 days", false), None);
    }

    #[test]
    fn no_text_makes_it_stumble() {
        for odd in ["", ".", "..", "1", "GB", "99999999999999999999 GB 99999999999 days", "1..2 GB", "٣ GB"]
        {
            assert!(plan(&List::default(), odd, true).is_none_or(|plan| plan.days.is_none()), "{odd}");
        }
    }
}
