//! What the parsers make of every shape that the contract names. The bodies stand under
//! `tests/fixtures/wire`.

mod catalogue;
mod hostile;
mod orders;
mod products;
mod requests;
mod verdicts;

use crate::domain::country::CountryCode;
use crate::domain::money::Amount;

/// A body of the shop, as we wrote it down.
macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/wire/", $name))
    };
}
use fixture;

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}
