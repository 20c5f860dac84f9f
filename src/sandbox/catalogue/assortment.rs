//! The assortment of a brand, before its products are generated.
//!
//! A country's brands have thousands of products, and few of them are ever requested.

use compact_str::CompactString;

use super::market::Currency;
use super::shape::Shape;
use super::{Delivery, Face, Product, plans};

/// The rule that a brand's products are generated from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Assortment {
    /// The products of a table cell.
    Shaped {
        /// The table cell.
        shape: &'static str,
        /// The currency of the amounts.
        currency: &'static Currency,
        /// How they are delivered.
        delivery: Delivery,
        /// Whether fixed amounts are also sold as PINs by e-mail.
        with_pins: bool,
        /// Whether the first product is missing although the brand's label still names it.
        without_first: bool,
    },
    /// eSIM plans for travellers to the country.
    Plans,
    /// No products.
    Nothing,
}

impl Assortment {
    /// Gift cards by e-mail, from a table cell.
    pub(super) fn cards(shape: &'static str, currency: &'static Currency) -> Self {
        let delivery = Delivery::ByEmail;
        Self::Shaped { shape, currency, delivery, with_pins: false, without_first: false }
    }

    /// Top-ups from a table cell. `way` selects the delivery: to a phone, as PINs by e-mail, or both.
    pub(super) fn top_ups(shape: &'static str, currency: &'static Currency, way: &str) -> Self {
        let delivery = if way == "e" { Delivery::ByEmail } else { Delivery::ByPhone };
        Self::Shaped { shape, currency, delivery, with_pins: way == "b", without_first: false }
    }

    /// Removes the first product.
    pub(super) fn lose_first(&mut self) {
        if let Self::Shaped { without_first, .. } = self {
            *without_first = true;
        }
    }

    /// Returns the labels of the minimum and the maximum.
    pub(super) fn labels(self, country: &str, brand: &str) -> Option<[CompactString; 2]> {
        let Self::Shaped { currency, .. } = self else { return None };
        let products = self.products(country, brand);
        let labels = match (&products.first()?.face, &products.last()?.face) {
            (Face::Range { min, max, .. }, _) => [currency.label(*min), currency.label(*max)],
            (Face::Fixed { localized: min, .. }, Face::Fixed { localized: max, .. }) => {
                [min.clone(), max.clone()]
            }
            (Face::Fixed { .. }, Face::Range { .. }) => return None,
        };
        Some(labels.map(CompactString::from))
    }

    /// Returns the products of a brand in a country, the same ones every time.
    pub(super) fn products(self, country: &str, brand: &str) -> Vec<Product> {
        match self {
            Self::Shaped { shape, currency, delivery, with_pins, without_first } => {
                let Some(shape) = Shape::parse(shape) else { return Vec::new() };
                let by = |delivery| shape.products((country, brand), currency, delivery).into_iter();
                let pins = with_pins.then(|| by(Delivery::ByEmail).filter_map(pin));
                by(delivery).chain(pins.into_iter().flatten()).skip(usize::from(without_first)).collect()
            }
            Self::Plans => plans::plans(country),
            Self::Nothing => Vec::new(),
        }
    }
}

/// Returns the same amount as a PIN, named so in its denomination. Ranges are not sold as PINs.
fn pin(product: Product) -> Option<Product> {
    match product.face {
        Face::Fixed { denomination, localized, value } => Some(Product {
            face: Face::Fixed { denomination: format!("{denomination} - PIN"), localized, value },
            ..product
        }),
        Face::Range { .. } => None,
    }
}
