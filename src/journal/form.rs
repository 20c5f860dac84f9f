//! The stored forms of purchases, orders and choices: JSON of our own, read back exactly.
//!
//! The domain types have no serialisation, and the wire format may change with the shop, so these forms are
//! separate from both.
//!
//! Every stored object has a version, `v`. A later giftty may add optional fields without raising it: they are
//! ignored here, and [`keep_unknown`] keeps them when an order is written again. An object with a higher
//! version, without a required field, or with an unknown word where only certain words are allowed, cannot be
//! read at all: half a purchase is worse than none.

mod extras;
mod order;
mod reason;
mod unknown;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::JournalError;
use crate::domain::cart::Cart;
use crate::domain::contact::{Beneficiary, Email, Phone};
use crate::domain::order::Order;
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Choice, Item, Line, Purchase};
use crate::domain::tender::Tender;
use crate::domain::text::{Printable, Verbatim};

pub(super) use extras::{read_favourite, read_mismatch, write_favourite, write_mismatch};
pub(super) use reason::{StoredReason, read_reason, write_reason};
pub(super) use unknown::keep_unknown;

/// Text that is borrowed when writing, and when reading if the JSON has no escapes in it.
type Text<'a> = Cow<'a, str>;

#[derive(Serialize, Deserialize)]
struct PurchaseForm<'a> {
    #[serde(default)]
    v: ObjectVersion,
    #[serde(borrow)]
    lines: Vec<LineForm<'a>>,
    buyer: Text<'a>,
    tender: TenderForm<'a>,
    coupon: Option<Text<'a>>,
    refund_address: Option<Text<'a>>,
    newsletter: bool,
    lang: Text<'a>,
}

#[derive(Serialize, Deserialize)]
struct LineForm<'a> {
    brand: Text<'a>,
    family: Text<'a>,
    country: Text<'a>,
    #[serde(borrow)]
    choice: ChoiceForm<'a>,
    delivery: DeliveryForm,
    quantity: u8,
    beneficiary: BeneficiaryForm<'a>,
}

/// The version of a stored object. There is only one so far, and objects without a version have it, too.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct ObjectVersion;

impl ObjectVersion {
    const NUMBER: u32 = 1;
}

impl TryFrom<u32> for ObjectVersion {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        if number <= Self::NUMBER { Ok(Self) } else { Err("a newer version") }
    }
}

impl From<ObjectVersion> for u32 {
    fn from(_: ObjectVersion) -> Self {
        ObjectVersion::NUMBER
    }
}

#[derive(Serialize, Deserialize)]
struct CartForm<'a> {
    #[serde(default)]
    v: ObjectVersion,
    #[serde(borrow)]
    lines: Vec<ItemForm<'a>>,
}

/// A line of the cart, which has no recipient yet.
#[derive(Serialize, Deserialize)]
struct ItemForm<'a> {
    brand: Text<'a>,
    family: Text<'a>,
    country: Text<'a>,
    #[serde(borrow)]
    choice: ChoiceForm<'a>,
    delivery: DeliveryForm,
    quantity: u8,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChoiceForm<'a> {
    Fixed { denomination: Text<'a>, label: Text<'a> },
    Range { value: Text<'a>, currency: Text<'a> },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DeliveryForm {
    ByEmail,
    ByPhone,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum BeneficiaryForm<'a> {
    Mailbox(Text<'a>),
    Handset(Text<'a>),
}

#[derive(Serialize, Deserialize)]
struct TenderForm<'a> {
    coin: Text<'a>,
    network: Text<'a>,
}

/// Writes a purchase.
pub(super) fn write_purchase(purchase: &Purchase) -> Result<Zeroizing<String>, JournalError> {
    let form = PurchaseForm {
        v: ObjectVersion,
        lines: purchase.lines.iter().map(LineForm::of).collect(),
        buyer: purchase.buyer.as_str().into(),
        tender: TenderForm::of(&purchase.tender),
        coupon: purchase.coupon.as_deref().map(Text::from),
        refund_address: purchase.refund_address.as_deref().map(Text::from),
        newsletter: purchase.newsletter,
        lang: purchase.lang.code().into(),
    };
    write(&form)
}

/// Reads a purchase. Returns `None` if the text is not in a form of this version.
pub(super) fn read_purchase(text: &str) -> Option<Purchase> {
    serde_json::from_str::<PurchaseForm<'_>>(text).ok()?.read()
}

/// Writes an order.
pub(super) fn write_order(order: &Order) -> Result<Zeroizing<String>, JournalError> {
    write(&order::OrderForm::of(order))
}

/// Reads an order. Returns `None` if the text is not in a form of this version.
pub(super) fn read_order(text: &str) -> Option<Order> {
    serde_json::from_str::<order::OrderForm<'_>>(text).ok()?.read()
}

/// Writes a tender.
pub(super) fn write_tender(tender: &Tender) -> Result<Zeroizing<String>, JournalError> {
    write(&TenderForm::of(tender))
}

/// Reads a tender. Returns `None` if the text is not a tender.
pub(super) fn read_tender(text: &str) -> Option<Tender> {
    Some(serde_json::from_str::<TenderForm<'_>>(text).ok()?.read())
}

/// Writes a cart.
pub(super) fn write_cart(cart: &Cart) -> Result<Zeroizing<String>, JournalError> {
    write(&CartForm { v: ObjectVersion, lines: cart.lines().iter().map(ItemForm::of).collect() })
}

/// Reads a cart. The earliest ones were a list without a version.
pub(super) fn read_cart(text: &str) -> Option<Cart> {
    let form = serde_json::from_str::<CartForm<'_>>(text).map(|form| form.lines);
    let lines = form.or_else(|_| serde_json::from_str::<Vec<ItemForm<'_>>>(text)).ok()?;
    Some(Cart::of(lines.into_iter().map(ItemForm::read).collect::<Option<Vec<_>>>()?))
}

/// Serialises a form. The text may hold codes and addresses, so it is wiped when it is dropped.
fn write(form: &impl Serialize) -> Result<Zeroizing<String>, JournalError> {
    match serde_json::to_string(form) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(_) => Err(JournalError::other("it could not be written down")),
    }
}

impl PurchaseForm<'_> {
    fn read(self) -> Option<Purchase> {
        Some(Purchase {
            lines: self.lines.into_iter().map(LineForm::read).collect::<Option<_>>()?,
            buyer: Email::recorded(&self.buyer),
            tender: self.tender.read(),
            coupon: self.coupon.map(Text::into_owned),
            refund_address: self.refund_address.map(Text::into_owned),
            newsletter: self.newsletter,
            // A later version may have more languages. The language is not essential to a purchase.
            lang: self.lang.parse().unwrap_or_default(),
        })
    }
}

impl<'a> LineForm<'a> {
    fn of(line: &'a Line) -> Self {
        Self {
            brand: line.item.brand.sent().into(),
            family: line.item.family.sent().into(),
            country: line.item.country.as_str().into(),
            choice: ChoiceForm::of(&line.item.choice),
            delivery: DeliveryForm::of(line.item.delivery),
            quantity: line.item.quantity,
            beneficiary: match &line.beneficiary {
                Beneficiary::Mailbox(email) => BeneficiaryForm::Mailbox(email.as_str().into()),
                Beneficiary::Handset(phone) => BeneficiaryForm::Handset(phone.as_str().into()),
            },
        }
    }

    fn read(self) -> Option<Line> {
        let item = Item {
            brand: Verbatim::new(self.brand),
            family: Verbatim::new(self.family),
            country: self.country.parse().ok()?,
            choice: self.choice.read()?,
            delivery: self.delivery.read(),
            quantity: self.quantity,
        };
        let beneficiary = match self.beneficiary {
            BeneficiaryForm::Mailbox(email) => Beneficiary::Mailbox(Email::recorded(&email)),
            BeneficiaryForm::Handset(phone) => Beneficiary::Handset(Phone::recorded(&phone)),
        };
        Some(Line { item, beneficiary })
    }
}

impl<'a> ItemForm<'a> {
    fn of(item: &'a Item) -> Self {
        Self {
            brand: item.brand.sent().into(),
            family: item.family.sent().into(),
            country: item.country.as_str().into(),
            choice: ChoiceForm::of(&item.choice),
            delivery: DeliveryForm::of(item.delivery),
            quantity: item.quantity,
        }
    }

    fn read(self) -> Option<Item> {
        Some(Item {
            brand: Verbatim::new(self.brand),
            family: Verbatim::new(self.family),
            country: self.country.parse().ok()?,
            choice: self.choice.read()?,
            delivery: self.delivery.read(),
            quantity: self.quantity,
        })
    }
}

impl DeliveryForm {
    fn of(delivery: DeliveryMethod) -> Self {
        match delivery {
            DeliveryMethod::ByEmail => Self::ByEmail,
            DeliveryMethod::ByPhone => Self::ByPhone,
        }
    }

    fn read(self) -> DeliveryMethod {
        match self {
            Self::ByEmail => DeliveryMethod::ByEmail,
            Self::ByPhone => DeliveryMethod::ByPhone,
        }
    }
}

impl<'a> ChoiceForm<'a> {
    fn of(choice: &'a Choice) -> Self {
        match choice {
            Choice::Fixed { denomination, label } => {
                Self::Fixed { denomination: denomination.sent().into(), label: label.as_str().into() }
            }
            Choice::Range { value, currency } => {
                Self::Range { value: value.to_string().into(), currency: currency.as_str().into() }
            }
        }
    }

    fn read(self) -> Option<Choice> {
        Some(match self {
            Self::Fixed { denomination, label } => {
                Choice::Fixed { denomination: Verbatim::new(denomination), label: Printable::new(&label) }
            }
            Self::Range { value, currency } => {
                Choice::Range { value: value.parse().ok()?, currency: Printable::new(&currency) }
            }
        })
    }
}

impl<'a> TenderForm<'a> {
    fn of(tender: &'a Tender) -> Self {
        Self { coin: tender.coin.sent().into(), network: tender.network.sent().into() }
    }

    fn read(self) -> Tender {
        Tender::new(&self.coin, &self.network)
    }
}

#[cfg(test)]
mod tests;
