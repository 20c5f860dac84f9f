//! Product groups and products (contract, section 2.6).

use serde::Deserialize;

use super::brand::ToldBrand;
use super::lenient::{Decimal, Exact, Flag, List, Maybe, Text, array};
use super::plan::{Benefit, plan};
use super::unreadable;
use crate::domain::catalogue::Kind;
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::product::{DeliveryMethod, Description, Offer, Price, Product, ProductGroup, Range};
use crate::domain::request::Family;
use crate::domain::text::{Printable, Prose};

/// The denomination of a product with a free face value.
pub(super) const RANGE: &str = "range";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Group<'a> {
    #[serde(borrow)]
    rich_description: Maybe<RichDescription<'a>>,
    product_tc: Text<'a>,
    redeem_method: List<Text<'a>>,
    products: List<ToldProduct<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RichDescription<'a> {
    #[serde(borrow)]
    description: Text<'a>,
    note: Text<'a>,
    how_to_redeem: Text<'a>,
    term_and_conditions: Text<'a>,
    // The page spells it in the singular, its other fields in the plural.
    terms_and_conditions: Text<'a>,
    redeem_geo: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ToldProduct<'a> {
    #[serde(borrow)]
    product_id: Text<'a>,
    is_dynamic: Flag,
    denomination: Exact<'a>,
    localized_denomination: Exact<'a>,
    coin: Text<'a>,
    coin_amount: Decimal,
    delivery_type: Text<'a>,
    range: Maybe<ToldRange<'a>>,
    face_value: Maybe<FaceValue<'a>>,
    currency_code: Text<'a>,
    benefits: List<Benefit<'a>>,
}

/// The bounds of a range, as they appear in products and in prices.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ToldRange<'a> {
    pub(super) min: Decimal,
    pub(super) max: Decimal,
    #[serde(borrow)]
    currency: Text<'a>,
    step_size: Decimal,
    default: Decimal,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FaceValue<'a> {
    #[serde(borrow)]
    currency_code: Text<'a>,
    amount: Maybe<FaceAmount<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FaceAmount<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    min: Bound<'a>,
    max: Bound<'a>,
    minimum: Bound<'a>,
    maximum: Bound<'a>,
}

/// A bound of a face value: a plain number, or an object with its own currency.
#[derive(Default)]
struct Bound<'a> {
    value: Decimal,
    currency: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BoundObject<'a> {
    amount: Decimal,
    value: Decimal,
    minimum: Decimal,
    maximum: Decimal,
    #[serde(borrow)]
    currency: Text<'a>,
    currency_code: Text<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Bound<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&serde_json::value::RawValue>::deserialize(deserializer)?.get();
        if !raw.starts_with('{') {
            return Ok(Self {
                value: serde_json::from_str(raw).unwrap_or_default(),
                currency: Text::default(),
            });
        }
        let object: BoundObject<'_> = serde_json::from_str(raw).unwrap_or_default();
        let value = [object.amount, object.value, object.minimum, object.maximum].into_iter();
        let currency =
            if object.currency.as_str().is_some() { object.currency } else { object.currency_code };
        Ok(Self { value: value.into_iter().find(|one| one.0.is_some()).unwrap_or_default(), currency })
    }
}

/// Parses the products of a family: one group per brand, in the supplier's order.
pub(in crate::api) fn shelves(json: &str, family: &Family) -> Result<Vec<ProductGroup>, Failure> {
    let json = array(json, ["products", "brands", "data", "items", "results"])
        .ok_or_else(|| unreadable("it holds no products"))?;
    let list = List::<&serde_json::value::RawValue>::read(json);
    let shelves: Vec<ProductGroup> =
        list.items.iter().filter_map(|group| shelf(group.get(), family)).collect();
    if shelves.is_empty() && !list.items.is_empty() {
        return Err(unreadable("none of its products has a brand"));
    }
    Ok(shelves)
}

/// The fields of the brand and of the group are in the same object, so it is parsed twice.
fn shelf(json: &str, family: &Family) -> Option<ProductGroup> {
    let brand: ToldBrand<'_> = serde_json::from_str(json).ok()?;
    let group: Group<'_> = serde_json::from_str(json).ok()?;
    let brand = brand.into_domain(family.country)?;
    let worded = brand.kind == Kind::Esim || brand.category() == "mobile data";
    let products =
        group.products.items.iter().filter_map(|one| one.to_domain(family, brand.kind, worded)).collect();
    let description = describe(&group.rich_description.or_default(), &group.product_tc, &group.redeem_method);
    Some(ProductGroup { brand, description, products })
}

fn describe(
    rich: &RichDescription<'_>,
    plain_terms: &Text<'_>,
    redeem_method: &List<Text<'_>>,
) -> Description {
    let either = |first: &Text<'_>, second: &Text<'_>| {
        first.as_str().or(second.as_str()).unwrap_or_default().to_owned()
    };
    let about = match (rich.description.as_str(), rich.note.as_str()) {
        (Some(about), Some(note)) => format!("{about}<br>{note}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    };
    let mut how_to_redeem = Prose::from_html(rich.how_to_redeem.or_empty());
    if how_to_redeem.is_empty() {
        let lines: Vec<&str> = redeem_method.items.iter().filter_map(Text::as_str).collect();
        how_to_redeem = Prose::from_html(&lines.join("\n"));
    }
    let mut terms = Prose::from_html(&either(&rich.term_and_conditions, &rich.terms_and_conditions));
    if terms.is_empty() {
        terms = Prose::from_html(plain_terms.or_empty());
    }
    let region = rich.redeem_geo.as_str().map(Prose::from_html);
    let region = region.and_then(|geo| geo.lines().first().map(|line| Printable::new(line.as_str())));
    Description { about: Prose::from_html(&about), how_to_redeem, terms, region }
}

impl ToldProduct<'_> {
    /// Converts the product. Returns `None` if it cannot be ordered.
    fn to_domain(&self, family: &Family, kind: Kind, worded: bool) -> Option<Product> {
        let delivery = match (self.delivery_type.or_empty().to_ascii_lowercase().as_str(), kind) {
            ("by_email", _) | ("", Kind::GiftCard | Kind::Esim) => DeliveryMethod::ByEmail,
            ("by_phone", _) | ("", Kind::TopUp) => DeliveryMethod::ByPhone,
            // Without a known delivery type there is no way to address the delivery.
            _ => return None,
        };
        let denomination = self.denomination.text();
        let worded_as_range = denomination.or_empty().eq_ignore_ascii_case(RANGE);
        let fixed = denomination.as_str().filter(|_| !worded_as_range && !self.is_dynamic.is_set());
        let offer = match fixed {
            Some(word) => Offer::Fixed {
                denomination: word.into(),
                label: self.label(word),
                price: self.price(family),
                plan: plan(&self.benefits, word, worded),
            },
            None => Offer::Range(self.range()?),
        };
        let id = self.product_id.printable().unwrap_or_default();
        Some(Product { id, delivery, offer })
    }

    fn label(&self, denomination: &str) -> Printable {
        let localized = self.localized_denomination.text().printable();
        localized.unwrap_or_else(|| Printable::new(denomination))
    }

    /// The price, if it is in the requested coin.
    fn price(&self, family: &Family) -> Option<Price> {
        let amount = self.coin_amount.positive()?;
        same_coin(&self.coin, family.coin.sent()).then(|| Price { amount, coin: family.coin.clone() })
    }

    /// The bounds of `range`, or else of the face value where they are missing.
    fn range(&self) -> Option<Range> {
        let range = self.range.0.clone().unwrap_or_default();
        let (face_min, face_max, face_currency) = self.face_bounds();
        let min = range.min.plain().or(face_min)?;
        let max = range.max.plain().or(face_max)?;
        if max < min || max.is_zero() {
            return None;
        }
        let currency =
            range.currency.printable().or(face_currency).or_else(|| self.currency_code.printable());
        Some(Range {
            min,
            max,
            step: range.step_size.plain().unwrap_or(Amount::ZERO),
            default: range.default.plain().filter(|&value| min <= value && value <= max),
            currency: currency.unwrap_or_default(),
        })
    }

    fn face_bounds(&self) -> (Option<Amount>, Option<Amount>, Option<Printable>) {
        let Some(face) = &self.face_value.0 else { return (None, None, None) };
        let currency = face.currency_code.printable();
        let Some(amount) = &face.amount.0 else { return (None, None, currency) };
        if amount.kind.or_empty().eq_ignore_ascii_case("fixed") {
            return (None, None, currency);
        }
        let first = |one: &Bound<'_>, other: &Bound<'_>| one.value.plain().or(other.value.plain());
        let own = [&amount.min, &amount.max, &amount.minimum, &amount.maximum];
        let currency = currency.or_else(|| own.into_iter().find_map(|bound| bound.currency.printable()));
        (first(&amount.min, &amount.minimum), first(&amount.max, &amount.maximum), currency)
    }
}

/// Whether a response echoes the requested coin; a response without an echo is accepted.
pub(super) fn same_coin(echo: &Text<'_>, asked: &str) -> bool {
    echo.as_str().is_none_or(|echo| echo.trim().eq_ignore_ascii_case(asked.trim()))
}
