//! The eSIM plans of a country.

use rust_decimal::Decimal;

use super::market::dollar;
use super::seed::{self, Dice};
use super::{Benefit, Delivery, Face, Product};

/// Returns the eSIM plans. They are priced in dollars, but their face value is not a money amount to show.
pub(super) fn plans(country: &str) -> Vec<Product> {
    // Per gigabyte, in cents. Italy's price was recorded (contract, section 2.6).
    let cents = match country {
        "IT" => 250,
        country => 160 + 5 * i64::from(Dice::of(&["esim", country]).below(70)),
    };
    // The label, and the price in thousandths of the price of the first gigabyte.
    let plans = [
        ("1 GB 7 days", 1000),
        ("3 GB 30 days", 2400),
        ("5 GB 30 days", 3600),
        ("10 GB 30 days", 6400),
        ("20 GB 30 days", 10800),
        ("Unlimited 3 days", 4200),
        ("Unlimited 7 days", 8800),
    ];
    plans
        .into_iter()
        .map(|(plan, share)| Product {
            id: seed::id(&[country, "eSIM", plan]),
            face: Face::Fixed {
                denomination: plan.to_owned(),
                localized: plan.to_owned(),
                value: Decimal::new(cents * share / 1000, 2),
            },
            currency: dollar().code,
            delivery: Delivery::ByEmail,
            markup: None,
            benefit: Benefit::read(plan),
        })
        .collect()
}
