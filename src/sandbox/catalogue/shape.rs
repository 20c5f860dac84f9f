//! Parses how the embedded tables specify what a brand sells: `f10,20`, `r5-500`, `l1 month=10`.

use rust_decimal::Decimal;

use super::market::Currency;
use super::{Benefit, Delivery, Face, Product, seed};

/// What a brand sells. Amounts are in whole units of the table, before they are scaled to the currency.
#[derive(Debug)]
pub(super) enum Shape {
    /// Fixed amounts, some with a markup of their own.
    Fixed(Vec<(Decimal, Option<Decimal>)>),
    /// Any amount between a minimum and a maximum.
    Range(Decimal, Decimal),
    /// Labels and the value of each.
    Labels(Vec<(&'static str, Decimal)>),
}

impl Shape {
    /// Parses a table cell.
    pub(super) fn parse(cell: &'static str) -> Option<Self> {
        let (letter, rest) = cell.split_at_checked(1)?;
        match letter {
            "f" => rest.split(',').map(amount).collect::<Option<_>>().map(Self::Fixed),
            "r" => {
                let (min, max) = rest.split_once('-')?;
                Some(Self::Range(min.parse().ok()?, max.parse().ok()?))
            }
            "l" => rest.split(';').map(label).collect::<Option<_>>().map(Self::Labels),
            _ => None,
        }
    }

    /// Returns the products of this shape, with amounts scaled to the currency.
    pub(super) fn products(
        &self,
        owner: (&str, &str),
        currency: &'static Currency,
        delivery: Delivery,
    ) -> Vec<Product> {
        let ((country, brand), scale) = (owner, currency.scale);
        let product = |face: Face, name: &str, markup: Option<Decimal>| Product {
            id: seed::id(&[country, brand, name, delivery.word()]),
            benefit: Benefit::read(name),
            face,
            currency: currency.code,
            delivery,
            markup,
        };
        match self {
            Self::Fixed(amounts) => amounts
                .iter()
                .map(|&(amount, markup)| {
                    let value = amount * scale;
                    let denomination = currency.denomination(value);
                    let localized = currency.label(value);
                    product(
                        Face::Fixed { denomination: denomination.clone(), localized, value },
                        &denomination,
                        markup,
                    )
                })
                .collect(),
            Self::Labels(labels) => labels
                .iter()
                .map(|&(label, worth)| {
                    let (denomination, localized) = (label.to_owned(), label.to_owned());
                    product(Face::Fixed { denomination, localized, value: worth * scale }, label, None)
                })
                .collect(),
            Self::Range(min, max) => {
                let (min, max) = (min * scale, max * scale);
                let step = currency.step();
                vec![product(Face::Range { min, max, step, default: max }, "range", None)]
            }
        }
    }
}

fn amount(cell: &str) -> Option<(Decimal, Option<Decimal>)> {
    match cell.split_once('@') {
        Some((amount, markup)) => Some((amount.parse().ok()?, Some(markup.parse().ok()?))),
        None => Some((cell.parse().ok()?, None)),
    }
}

fn label(cell: &'static str) -> Option<(&'static str, Decimal)> {
    let (label, worth) = cell.rsplit_once('=')?;
    Some((label, worth.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_spells_no_shape_is_none() {
        for cell in ["", "x1", "f", "f1,b", "r5", "l1 month"] {
            assert!(Shape::parse(cell).is_none(), "{cell}");
        }
    }
}
