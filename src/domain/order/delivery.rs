//! What an order delivers, line by line.

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
    /// A word we do not know, as it came.
    Other(Printable),
}

impl DeliveryState {
    /// Reads the shop's word.
    pub fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "" | "created" | "waitingforpayment" | "waitingfordelivery" | "pending" => Self::Waiting,
            "succeeded" | "completed" | "done" | "delivered" => Self::Succeeded,
            "failed" | "canceled" | "cancelled" | "refunded" => Self::Failed,
            _ => Self::Other(Printable::new(word)),
        }
    }

    /// A word for it that reads back as the same.
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

/// The thing that was paid for, by what its `pin_code` turned out to be (contract, section 3.4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// A code to type in.
    Pin(Secret),
    /// An https link to open; never opened by us.
    Link(Secret),
    /// An `LPA:` string to install an eSIM with.
    Esim(Secret),
}

impl Code {
    /// Tells a link and an eSIM from a code. A link that is not https stays a code to look at.
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

    /// The two parts of an eSIM that a person can type: the SM-DP+ address and the activation code.
    pub fn esim_parts(&self) -> Option<(Secret, Secret)> {
        let Self::Esim(text) = self else { return None };
        let mut parts = text.reveal().splitn(3, '$');
        match (parts.next(), parts.next(), parts.next()) {
            (Some("LPA:1"), Some(address), Some(code)) => Some((address.into(), code.into())),
            _ => None,
        }
    }

    /// The text itself.
    pub fn secret(&self) -> &Secret {
        match self {
            Self::Pin(secret) | Self::Link(secret) | Self::Esim(secret) => secret,
        }
    }
}

/// What came with a delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// The code, the link or the eSIM; nothing for a direct top-up.
    pub code: Option<Code>,
    /// The serial number that some brands add.
    pub serial: Option<Secret>,
    /// The security code that some brands add.
    pub security_code: Option<Secret>,
    /// The carrier's reference of a direct top-up.
    pub operator_reference: Option<Printable>,
    /// How to redeem it.
    pub redeem: Prose,
}

impl Delivered {
    /// Whether nothing came at all.
    pub fn is_empty(&self) -> bool {
        self.code.is_none()
            && self.serial.is_none()
            && self.security_code.is_none()
            && self.operator_reference.is_none()
    }

    /// Adds what is new, part by part. Where two snapshots differ in a part, the greater text stays:
    /// any rule would do, as long as it does not depend on which of them came first.
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

/// What the shop repeats of the choice that it was asked for (contract, section 3.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Echo {
    /// Nothing.
    #[default]
    Unsaid,
    /// A value of a range, as far as it says which.
    Range {
        /// The face value.
        value: Option<Amount>,
        /// ISO 4217 code.
        currency: Option<Printable>,
    },
    /// A denomination, or the label that stands for it.
    Fixed(Verbatim),
}

impl Echo {
    /// Whether it contradicts nothing of a choice.
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

/// One line of an order, from the shop's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its UUID, or its place in the order when the shop gives none.
    pub id: Printable,
    /// Where it stands.
    pub state: DeliveryState,
    /// The brand.
    pub brand: Verbatim,
    /// Its country.
    pub country: Option<CountryCode>,
    /// What it is worth, for people.
    pub value: Printable,
    /// What it repeats of the choice that was ordered.
    pub echo: Echo,
    /// Who gets it, as the shop repeats it.
    pub beneficiary: Secret,
    /// What came, once it came.
    pub delivered: Delivered,
    /// Why it failed.
    pub failure: Option<Printable>,
}

impl Delivery {
    /// Whether it will not be delivered.
    pub fn failed(&self) -> bool {
        self.state == DeliveryState::Failed
    }

    /// Takes in a later, earlier or equal word about the same line; a code is never unlearned.
    pub(super) fn learn(&mut self, news: Self) {
        if (news.state.rank(), news.state.word()) > (self.state.rank(), self.state.word()) {
            self.state = news.state;
        }
        self.failure = self.failure.take().max(news.failure);
        self.echo = std::mem::take(&mut self.echo).max(news.echo);
        self.delivered.learn(news.delivered);
    }
}
