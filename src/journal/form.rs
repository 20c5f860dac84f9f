//! The form in which purchases and orders are written down: JSON of our own, read back to the letter.
//!
//! The domain knows nothing of serialisation, and the wire's shapes may change with the shop: so
//! these stand apart from both. A part that we do not know makes the whole text unreadable, since
//! half a purchase is worse than none, and writing it again would lose the other half.

mod order;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::trouble::Trouble;
use crate::domain::cart::Cart;
use crate::domain::contact::{Beneficiary, Email, Phone};
use crate::domain::order::{Order, OrderState};
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Choice, Item, Lang, Line, Purchase};
use crate::domain::tender::Tender;
use crate::domain::text::{Printable, Verbatim};

/// Text that is borrowed while it is written, and where possible while it is read.
type Text<'a> = Cow<'a, str>;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PurchaseForm<'a> {
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
#[serde(deny_unknown_fields)]
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

/// A line of the cart: nobody is named yet who gets it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
struct TenderForm<'a> {
    coin: Text<'a>,
    network: Text<'a>,
}

/// A purchase as text.
pub(super) fn write_purchase(purchase: &Purchase) -> Result<Zeroizing<String>, Trouble> {
    let form = PurchaseForm {
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

/// The purchase that was written down, unless the text is something else.
pub(super) fn read_purchase(text: &str) -> Option<Purchase> {
    serde_json::from_str::<PurchaseForm<'_>>(text).ok()?.read()
}

/// An order as text.
pub(super) fn write_order(order: &Order) -> Result<Zeroizing<String>, Trouble> {
    write(&order::OrderForm::of(order))
}

/// The order that was written down, unless the text is something else.
pub(super) fn read_order(text: &str) -> Option<Order> {
    serde_json::from_str::<order::OrderForm<'_>>(text).ok()?.read()
}

/// How the text of an order in a state goes on from there; nothing for a word that we do not know.
pub(super) fn known_state(state: &OrderState) -> Option<String> {
    order::known_state(state)
}

/// A tender as text.
pub(super) fn write_tender(tender: &Tender) -> Result<Zeroizing<String>, Trouble> {
    write(&TenderForm::of(tender))
}

/// The tender that was written down, unless the text is something else.
pub(super) fn read_tender(text: &str) -> Option<Tender> {
    Some(serde_json::from_str::<TenderForm<'_>>(text).ok()?.read())
}

/// A cart as text.
pub(super) fn write_cart(cart: &Cart) -> Result<Zeroizing<String>, Trouble> {
    write(&cart.lines().iter().map(ItemForm::of).collect::<Vec<_>>())
}

/// The cart that was written down, unless the text is something else.
pub(super) fn read_cart(text: &str) -> Option<Cart> {
    let lines = serde_json::from_str::<Vec<ItemForm<'_>>>(text).ok()?;
    Some(Cart::of(lines.into_iter().map(ItemForm::read).collect::<Option<Vec<_>>>()?))
}

/// The text holds codes and addresses, so it is wiped once it is used.
fn write(form: &impl Serialize) -> Result<Zeroizing<String>, Trouble> {
    match serde_json::to_string(form) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(_) => Err(Trouble::said("it could not be written down")),
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
            lang: read_lang(&self.lang)?,
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

/// The language of a code; nothing for a word that is none of ours.
fn read_lang(code: &str) -> Option<Lang> {
    let lang = Lang::of_locale(code);
    (lang.code() == code).then_some(lang)
}

#[cfg(test)]
mod tests;
