//! What the shop is asked about products and prices.

use super::country::CountryCode;
use super::money::Amount;
use super::purchase::{Item, Lang};
use super::text::Verbatim;

/// Which family's products are asked for, and in which coin they are priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The country of the brand.
    pub country: CountryCode,
    /// The family's name.
    pub name: Verbatim,
    /// The coin that prices are told in.
    pub coin: Verbatim,
    /// Language of the descriptions.
    pub lang: Lang,
}

/// Which face value's price is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceQuestion {
    /// The brand's exact name.
    pub brand: Verbatim,
    /// Its country.
    pub country: CountryCode,
    /// The value, in the product's currency.
    pub face_value: Amount,
    /// The coin that the price is told in.
    pub coin: Verbatim,
}

/// Which item's price is asked for, and in which coin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemQuestion {
    /// The item; its quantity does not matter.
    pub item: Item,
    /// The coin that the price is told in.
    pub coin: Verbatim,
    /// Language of the request.
    pub lang: Lang,
}
