//! The deliveries of an order, one per line.

use super::super::country::CountryCode;
use super::super::money::Amount;
use super::super::purchase::Choice;
use super::super::text::{Printable, Prose, Secret, Verbatim};

/// The shop's `delivery_state` (contract, section 3.9), compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// Not delivered yet.
    Waiting,
    /// Delivered.
    Succeeded,
    /// Will not be delivered.
    Failed,
    /// An unknown word, made printable.
    Other(Printable),
}

impl DeliveryState {
    /// Parses the shop's word.
    pub fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "" | "created" | "waitingforpayment" | "waitingfordelivery" | "pending" => Self::Waiting,
            "succeeded" | "completed" | "done" | "delivered" => Self::Succeeded,
            "failed" | "canceled" | "cancelled" | "refunded" => Self::Failed,
            _ => Self::Other(Printable::new(word)),
        }
    }

    /// Returns a word that parses to the same state.
    pub fn word(&self) -> &str {
        match self {
            Self::Waiting => "WaitingForDelivery",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Other(word) => word.as_str(),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Waiting => 0,
            Self::Other(_) => 1,
            Self::Failed => 2,
            Self::Succeeded => 3,
        }
    }
}

/// What was paid for, classified by its `pin_code` (contract, section 3.4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// A code to type in.
    Pin(Secret),
    /// An https link. The program never opens it.
    Link(Secret),
    /// An `LPA:` string that installs an eSIM.
    Esim(Secret),
}

impl Code {
    /// Classifies the text as a link, an eSIM or a code. A link that is not https counts as a code.
    pub fn read(text: &str) -> Self {
        let secret = Secret::new(text);
        if text.starts_with("https://") {
            Self::Link(secret)
        } else if text.starts_with("LPA:") {
            Self::Esim(secret)
        } else {
            Self::Pin(secret)
        }
    }

    /// Returns the two parts of an eSIM string that can be typed, the SM-DP+ address and the activation code,
    /// or `None` if it is not an eSIM with both parts.
    pub fn esim_parts(&self) -> Option<(Secret, Secret)> {
        let Self::Esim(text) = self else { return None };
        let mut parts = text.reveal().splitn(3, '$');
        match (parts.next(), parts.next(), parts.next()) {
            (Some("LPA:1"), Some(address), Some(code)) => Some((address.into(), code.into())),
            _ => None,
        }
    }

    /// Returns the text itself.
    pub fn secret(&self) -> &Secret {
        match self {
            Self::Pin(secret) | Self::Link(secret) | Self::Esim(secret) => secret,
        }
    }
}

/// The contents of a delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// The code, the link or the eSIM; `None` for a direct top-up.
    pub code: Option<Code>,
    /// The serial number that some brands add.
    pub serial: Option<Secret>,
    /// The security code that some brands add.
    pub security_code: Option<Secret>,
    /// The carrier's reference for a direct top-up.
    pub operator_reference: Option<Printable>,
    /// How to redeem it.
    pub redeem: Prose,
}

impl Delivered {
    /// Returns whether nothing was delivered.
    pub fn is_empty(&self) -> bool {
        self.code.is_none()
            && self.serial.is_none()
            && self.security_code.is_none()
            && self.operator_reference.is_none()
    }

    /// Merges a newer delivery field by field. If two snapshots differ in a field, the greater text wins: any
    /// rule would do, as long as it does not depend on which came first.
    fn learn(&mut self, news: Self) {
        let Self { code, serial, security_code, operator_reference, redeem } = news;
        self.code = self.code.take().max(code);
        self.serial = self.serial.take().max(serial);
        self.security_code = self.security_code.take().max(security_code);
        self.operator_reference = self.operator_reference.take().max(operator_reference);
        if self.redeem.lines() < redeem.lines() {
            self.redeem = redeem;
        }
    }
}

/// The part of the requested choice that the shop repeats in an order (contract, section 3.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Echo {
    /// The shop repeats nothing.
    #[default]
    Unsaid,
    /// A value of a range, with the parts that the shop sent.
    Range {
        /// The face value.
        value: Option<Amount>,
        /// The ISO 4217 code.
        currency: Option<Printable>,
    },
    /// A denomination, or the label that stands for it.
    Fixed(Verbatim),
}

impl Echo {
    /// Returns whether the echo is consistent with a choice.
    pub fn fits(&self, choice: &Choice) -> bool {
        match (self, choice) {
            (Self::Unsaid, _) => true,
            (Self::Fixed(told), Choice::Fixed { denomination, label }) => {
                [denomination.sent(), label.as_str()].iter().any(|word| word.trim() == told.sent().trim())
            }
            (Self::Range { value: told, currency: code }, Choice::Range { value, currency }) => {
                let same_code = |code: &Printable| code.as_str().eq_ignore_ascii_case(currency.as_str());
                told.is_none_or(|told| told == *value)
                    && (currency.is_empty() || code.as_ref().is_none_or(same_code))
            }
            (Self::Fixed(_), Choice::Range { .. }) | (Self::Range { .. }, Choice::Fixed { .. }) => false,
        }
    }
}

/// One line of an order, as the shop reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its UUID, or its index in the order if the shop sent no id.
    pub id: Printable,
    /// The delivery state.
    pub state: DeliveryState,
    /// The brand.
    pub brand: Verbatim,
    /// The brand's country.
    pub country: Option<CountryCode>,
    /// The face value, for display.
    pub value: Printable,
    /// The part of the requested choice that the shop repeats.
    pub echo: Echo,
    /// The recipient, as the shop repeats it.
    pub beneficiary: Secret,
    /// The contents, once delivered.
    pub delivered: Delivered,
    /// Why the delivery failed.
    pub failure: Option<Printable>,
}

impl Delivery {
    /// Returns whether it will not be delivered.
    pub fn failed(&self) -> bool {
        self.state == DeliveryState::Failed
    }

    /// Merges an update of the same line that may be later, earlier or equal. A known code is never lost.
    pub(super) fn learn(&mut self, news: Self) {
        if (news.state.rank(), news.state.word()) > (self.state.rank(), self.state.word()) {
            self.state = news.state;
        }
        self.failure = self.failure.take().max(news.failure);
        self.echo = std::mem::take(&mut self.echo).max(news.echo);
        self.delivered.learn(news.delivered);
    }
}
