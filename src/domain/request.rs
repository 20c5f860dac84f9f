//! Requests to the shop about products and prices.

use super::country::CountryCode;
use super::money::Amount;
use super::purchase::{Item, Lang};
use super::text::Verbatim;

/// The family whose products are requested, and the coin they are priced in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The country of the brand.
    pub country: CountryCode,
    /// The family's name.
    pub name: Verbatim,
    /// The coin that prices are quoted in.
    pub coin: Verbatim,
    /// The language of the descriptions.
    pub lang: Lang,
}

/// A request for the price of a face value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceQuestion {
    /// The brand's exact name.
    pub brand: Verbatim,
    /// The brand's country.
    pub country: CountryCode,
    /// The face value, in the product's currency.
    pub face_value: Amount,
    /// The coin that the price is quoted in.
    pub coin: Verbatim,
}

/// A request for the price of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemQuestion {
    /// The item. Its quantity is ignored.
    pub item: Item,
    /// The coin that the price is quoted in.
    pub coin: Verbatim,
    /// The language of the request.
    pub lang: Lang,
}
