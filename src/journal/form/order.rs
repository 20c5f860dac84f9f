//! The stored form of an order: everything the shop reported about it that must not be lost.

use serde::{Deserialize, Serialize};

use super::{ObjectVersion, TenderForm, Text};
use crate::domain::money::Amount;
use crate::domain::order::{
    Code, Delivered, Delivery, DeliveryState, Echo, Order, OrderId, OrderState, PaymentState, Snapshot, Terms,
};
use crate::domain::text::{Printable, Prose, Secret, Verbatim};
use crate::domain::time::Timestamp;

#[derive(Serialize, Deserialize)]
pub(super) struct OrderForm<'a> {
    #[serde(default)]
    v: ObjectVersion,
    id: Text<'a>,
    #[serde(borrow)]
    state: WordForm<'a>,
    payment: WordForm<'a>,
    terms: Option<TermsForm<'a>>,
    terms_changed: bool,
    sent: Text<'a>,
    created_at: Option<i64>,
    updated_at: Option<i64>,
    deliveries: Vec<DeliveryForm<'a>>,
}

/// A state: one of the known states by the shop's word, or an unknown word. They are stored differently,
/// because an unknown word made printable may look like a known one.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WordForm<'a> {
    Known(Text<'a>),
    Other(Text<'a>),
}

#[derive(Serialize, Deserialize)]
struct TermsForm<'a> {
    #[serde(borrow)]
    tender: TenderForm<'a>,
    amount: Text<'a>,
    address: Text<'a>,
    qr_text: Option<Text<'a>>,
    /// Absent in records written before the field was added.
    #[serde(default)]
    memo: Option<Text<'a>>,
}

#[derive(Serialize, Deserialize)]
struct DeliveryForm<'a> {
    id: Text<'a>,
    #[serde(borrow)]
    state: WordForm<'a>,
    brand: Text<'a>,
    country: Option<Text<'a>>,
    value: Text<'a>,
    /// Absent in records written before the field was added.
    #[serde(default)]
    echo: Option<EchoForm<'a>>,
    beneficiary: Text<'a>,
    code: Option<CodeForm<'a>>,
    serial: Option<Text<'a>>,
    security_code: Option<Text<'a>>,
    operator_reference: Option<Text<'a>>,
    redeem: Vec<Text<'a>>,
    failure: Option<Text<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CodeForm<'a> {
    Pin(Text<'a>),
    Link(Text<'a>),
    Esim(Text<'a>),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EchoForm<'a> {
    Fixed(Text<'a>),
    Range { value: Option<Text<'a>>, currency: Option<Text<'a>> },
}

impl<'a> OrderForm<'a> {
    pub(super) fn of(order: &'a Order) -> Self {
        let known = &order.known;
        Self {
            v: ObjectVersion,
            id: known.id.reveal().into(),
            state: match &known.state {
                OrderState::Other(word) => WordForm::Other(word.as_str().into()),
                ours => WordForm::Known(ours.word().into()),
            },
            payment: match &known.payment {
                PaymentState::Other(word) => WordForm::Other(word.as_str().into()),
                ours => WordForm::Known(ours.word().into()),
            },
            terms: known.terms.as_ref().map(TermsForm::of),
            terms_changed: order.terms_changed,
            sent: known.sent.to_string().into(),
            created_at: known.created_at.map(|time| time.0),
            updated_at: known.updated_at.map(|time| time.0),
            deliveries: known.deliveries.iter().map(DeliveryForm::of).collect(),
        }
    }

    pub(super) fn read(self) -> Option<Order> {
        let snapshot = Snapshot {
            id: OrderId::parse(&self.id).ok()?,
            state: self.state.read(OrderState::read, OrderState::Other),
            payment: self.payment.read(PaymentState::read, PaymentState::Other),
            terms: self.terms.map_or(Some(None), |terms| terms.read().map(Some))?,
            sent: amount(&self.sent)?,
            created_at: self.created_at.map(Timestamp),
            updated_at: self.updated_at.map(Timestamp),
            deliveries: self.deliveries.into_iter().map(DeliveryForm::read).collect::<Option<_>>()?,
        };
        Some(Order::recorded(snapshot, self.terms_changed))
    }
}

impl WordForm<'_> {
    fn read<T>(self, known: impl Fn(&str) -> T, other: impl Fn(Printable) -> T) -> T {
        match self {
            Self::Known(word) => known(&word),
            Self::Other(word) => other(Printable::new(&word)),
        }
    }
}

impl<'a> TermsForm<'a> {
    fn of(terms: &'a Terms) -> Self {
        Self {
            tender: TenderForm::of(&terms.tender),
            amount: terms.amount.to_string().into(),
            address: terms.address.as_str().into(),
            qr_text: terms.qr_text.as_deref().map(Text::from),
            memo: terms.memo.as_deref().map(Text::from),
        }
    }

    fn read(self) -> Option<Terms> {
        Some(Terms {
            tender: self.tender.read(),
            amount: amount(&self.amount)?,
            address: self.address.into_owned(),
            qr_text: self.qr_text.map(Text::into_owned),
            memo: self.memo.map(Text::into_owned),
        })
    }
}

impl<'a> DeliveryForm<'a> {
    fn of(delivery: &'a Delivery) -> Self {
        let delivered = &delivery.delivered;
        Self {
            id: delivery.id.as_str().into(),
            state: match &delivery.state {
                DeliveryState::Other(word) => WordForm::Other(word.as_str().into()),
                ours => WordForm::Known(ours.word().into()),
            },
            brand: delivery.brand.sent().into(),
            country: delivery.country.as_ref().map(|country| country.as_str().into()),
            value: delivery.value.as_str().into(),
            echo: EchoForm::of(&delivery.echo),
            beneficiary: delivery.beneficiary.reveal().into(),
            code: delivered.code.as_ref().map(CodeForm::of),
            serial: delivered.serial.as_ref().map(|secret| secret.reveal().into()),
            security_code: delivered.security_code.as_ref().map(|secret| secret.reveal().into()),
            operator_reference: delivered.operator_reference.as_ref().map(|line| line.as_str().into()),
            redeem: delivered.redeem.lines().iter().map(|line| line.as_str().into()).collect(),
            failure: delivery.failure.as_ref().map(|line| line.as_str().into()),
        }
    }

    fn read(self) -> Option<Delivery> {
        Some(Delivery {
            id: Printable::new(&self.id),
            state: self.state.read(DeliveryState::read, DeliveryState::Other),
            brand: Verbatim::new(self.brand),
            country: match self.country {
                Some(code) => Some(code.parse().ok()?),
                None => None,
            },
            value: Printable::new(&self.value),
            echo: self.echo.map_or(Some(Echo::Unsaid), EchoForm::read)?,
            beneficiary: Secret::new(self.beneficiary),
            delivered: Delivered {
                code: self.code.map(CodeForm::read),
                serial: self.serial.map(Secret::new),
                security_code: self.security_code.map(Secret::new),
                operator_reference: self.operator_reference.map(|line| Printable::new(&line)),
                redeem: Prose::from_plain(&self.redeem.join("\n")),
            },
            failure: self.failure.map(|line| Printable::new(&line)),
        })
    }
}

impl<'a> EchoForm<'a> {
    fn of(echo: &'a Echo) -> Option<Self> {
        match echo {
            Echo::Unsaid => None,
            Echo::Fixed(word) => Some(Self::Fixed(word.sent().into())),
            Echo::Range { value, currency } => Some(Self::Range {
                value: value.map(|value| value.to_string().into()),
                currency: currency.as_ref().map(|code| code.as_str().into()),
            }),
        }
    }

    fn read(self) -> Option<Echo> {
        Some(match self {
            Self::Fixed(word) => Echo::Fixed(Verbatim::new(word)),
            Self::Range { value, currency } => Echo::Range {
                value: match value {
                    Some(value) => Some(amount(&value)?),
                    None => None,
                },
                currency: currency.map(|code| Printable::new(&code)),
            },
        })
    }
}

impl<'a> CodeForm<'a> {
    fn of(code: &'a Code) -> Self {
        match code {
            Code::Pin(secret) => Self::Pin(secret.reveal().into()),
            Code::Link(secret) => Self::Link(secret.reveal().into()),
            Code::Esim(secret) => Self::Esim(secret.reveal().into()),
        }
    }

    fn read(self) -> Code {
        match self {
            Self::Pin(text) => Code::Pin(Secret::new(text)),
            Self::Link(text) => Code::Link(Secret::new(text)),
            Self::Esim(text) => Code::Esim(Secret::new(text)),
        }
    }
}

fn amount(text: &str) -> Option<Amount> {
    text.parse().ok()
}
