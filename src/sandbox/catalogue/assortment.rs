//! What a brand sells, before its products are made: a country's brands sell thousands of them, and hardly
//! any is ever asked for.

use compact_str::CompactString;

use super::market::Currency;
use super::shape::Shape;
use super::{Delivery, Face, Product, plans};

/// What products are made from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Assortment {
    /// What a cell of a table spells.
    Shaped {
        /// The cell.
        shape: &'static str,
        /// What the amounts are in.
        currency: &'static Currency,
        /// How they are delivered.
        delivery: Delivery,
        /// Whether fixed amounts are sold as PINs by e-mail too.
        with_pins: bool,
        /// Whether the first is gone, though the brand's label still names it.
        without_first: bool,
    },
    /// Data for travellers to the country.
    Plans,
    /// Nothing any more.
    Nothing,
}

impl Assortment {
    /// Gift cards by e-mail, of what a cell spells.
    pub(super) fn cards(shape: &'static str, currency: &'static Currency) -> Self {
        let delivery = Delivery::ByEmail;
        Self::Shaped { shape, currency, delivery, with_pins: false, without_first: false }
    }

    /// Top-ups of what a cell spells, by the letter of their way: to a phone, as PINs by e-mail, or both.
    pub(super) fn top_ups(shape: &'static str, currency: &'static Currency, way: &str) -> Self {
        let delivery = if way == "e" { Delivery::ByEmail } else { Delivery::ByPhone };
        Self::Shaped { shape, currency, delivery, with_pins: way == "b", without_first: false }
    }

    /// From now on the first is gone.
    pub(super) fn lose_first(&mut self) {
        if let Self::Shaped { without_first, .. } = self {
            *without_first = true;
        }
    }

    /// The least and the most of it, as shown.
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

    /// The products that a brand of a country sells; the same ones every time.
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

/// The same amount as a PIN, which its denomination says; ranges are not sold as PINs.
fn pin(product: Product) -> Option<Product> {
    match product.face {
        Face::Fixed { denomination, localized, value } => Some(Product {
            face: Face::Fixed { denomination: format!("{denomination} - PIN"), localized, value },
            ..product
        }),
        Face::Range { .. } => None,
    }
}
