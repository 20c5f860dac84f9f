//! The states of an order and of its payment, and what they mean together.

use super::super::money::Amount;
use super::super::text::Printable;
use super::Snapshot;

/// The shop's `order_state` (contract, section 3.6), compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OrderState {
    /// Before any payment activity.
    Created,
    /// The window to pay is open.
    WaitingForPayment,
    /// A part of the amount was seen.
    PartialPaymentStarted,
    /// A payment was seen and is not confirmed yet.
    PaymentStarted,
    /// The payment is confirmed.
    PaymentReceived,
    /// The delivery is queued.
    WaitingForDelivery,
    /// The supplier's people have to look at it.
    WaitingForManualAction,
    /// Delivered.
    Done,
    /// The window closed; it can still be paid late.
    Expired,
    /// Called off.
    Canceled,
    /// The payment failed.
    PaymentFailed,
    /// The payment could not be set up.
    PaymentSetupFailed,
    /// The money went back.
    Refunded,
    /// A word we do not know, as it came.
    Other(Printable),
}

impl OrderState {
    /// The states in which following an order any longer brings nothing.
    pub const FINAL: [Self; 5] =
        [Self::Done, Self::Refunded, Self::Canceled, Self::PaymentFailed, Self::PaymentSetupFailed];

    /// Reads the shop's word.
    pub fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "created" => Self::Created,
            "waitingforpayment" => Self::WaitingForPayment,
            "partialpaymentstarted" => Self::PartialPaymentStarted,
            "paymentstarted" => Self::PaymentStarted,
            "paymentreceived" => Self::PaymentReceived,
            "waitingfordelivery" => Self::WaitingForDelivery,
            "waitingformanualaction" => Self::WaitingForManualAction,
            "done" | "completed" => Self::Done,
            "expired" => Self::Expired,
            "canceled" | "cancelled" => Self::Canceled,
            "paymentfailed" => Self::PaymentFailed,
            "paymentsetupfailed" => Self::PaymentSetupFailed,
            "refunded" => Self::Refunded,
            _ => Self::Other(Printable::new(word)),
        }
    }

    /// The shop's word for it.
    pub fn word(&self) -> &str {
        match self {
            Self::Other(word) => word.as_str(),
            known => known.known().unwrap_or_default(),
        }
    }

    /// The word, where it is one that we know.
    pub fn known(&self) -> Option<&'static str> {
        Some(match self {
            Self::Created => "Created",
            Self::WaitingForPayment => "WaitingForPayment",
            Self::PartialPaymentStarted => "PartialPaymentStarted",
            Self::PaymentStarted => "PaymentStarted",
            Self::PaymentReceived => "PaymentReceived",
            Self::WaitingForDelivery => "WaitingForDelivery",
            Self::WaitingForManualAction => "WaitingForManualAction",
            Self::Done => "Done",
            Self::Expired => "Expired",
            Self::Canceled => "Canceled",
            Self::PaymentFailed => "PaymentFailed",
            Self::PaymentSetupFailed => "PaymentSetupFailed",
            Self::Refunded => "Refunded",
            Self::Other(_) => return None,
        })
    }

    /// Whether the state itself says that money arrived.
    pub(super) fn means_money(&self) -> bool {
        matches!(
            self,
            Self::PartialPaymentStarted
                | Self::PaymentStarted
                | Self::PaymentReceived
                | Self::WaitingForDelivery
                | Self::WaitingForManualAction
                | Self::Done
                | Self::Refunded
        )
    }

    /// Whether the order reached an end that nothing takes back.
    pub(super) fn is_settled(&self) -> bool {
        matches!(self, Self::Done | Self::Refunded)
    }

    /// Whether following it any longer brings nothing. `Expired` is soft: it can be paid late.
    pub fn is_final(&self) -> bool {
        Self::FINAL.contains(self)
    }

    /// How far along it is, between snapshots that say nothing about their age.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Created => 0,
            Self::WaitingForPayment => 1,
            Self::Expired => 2,
            Self::PartialPaymentStarted => 3,
            Self::PaymentStarted => 4,
            Self::PaymentReceived => 5,
            Self::WaitingForDelivery => 6,
            Self::Other(_) => 7,
            Self::WaitingForManualAction => 8,
            Self::PaymentSetupFailed => 9,
            Self::PaymentFailed => 10,
            Self::Canceled => 11,
            Self::Done => 12,
            Self::Refunded => 13,
        }
    }
}

/// The shop's `payment_state` (contract, section 3.7), compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PaymentState {
    /// There is an address and nothing else yet.
    WalletCreated,
    /// Payment was asked for.
    Requested,
    /// The money is there.
    Received,
    /// The window closed.
    Expired,
    /// The money is held: it needs a human.
    Quarantined,
    /// Money came after the window had closed.
    ExpiredAfterDetection,
    /// The shop left it out.
    Unsaid,
    /// A word we do not know, as it came.
    Other(Printable),
}

impl PaymentState {
    /// Reads the shop's word.
    pub fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "" => Self::Unsaid,
            "walletcreated" => Self::WalletCreated,
            "paymentrequested" => Self::Requested,
            "paymentreceived" | "paymentcompleted" => Self::Received,
            "expired" => Self::Expired,
            "paymentquarantined" => Self::Quarantined,
            "expiredafterpaymentdetection" => Self::ExpiredAfterDetection,
            _ => Self::Other(Printable::new(word)),
        }
    }

    /// The shop's word for it.
    pub fn word(&self) -> &str {
        match self {
            Self::WalletCreated => "WalletCreated",
            Self::Requested => "PaymentRequested",
            Self::Received => "PaymentReceived",
            Self::Expired => "Expired",
            Self::Quarantined => "PaymentQuarantined",
            Self::ExpiredAfterDetection => "ExpiredAfterPaymentDetection",
            Self::Unsaid => "",
            Self::Other(word) => word.as_str(),
        }
    }

    /// Whether the state itself says that money arrived.
    pub(super) fn means_money(&self) -> bool {
        matches!(self, Self::Received | Self::Quarantined | Self::ExpiredAfterDetection)
    }

    /// How far along it is, between snapshots of the same age and order state.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Unsaid => 0,
            Self::WalletCreated => 1,
            Self::Requested => 2,
            Self::Other(_) => 3,
            Self::Expired => 4,
            Self::Received => 5,
            Self::ExpiredAfterDetection => 6,
            Self::Quarantined => 7,
        }
    }

    /// Whether a payment may still be asked for: any word that we do not know forbids it.
    pub fn allows_payment(&self) -> bool {
        matches!(self, Self::WalletCreated | Self::Requested | Self::Unsaid)
    }
}

/// What an order is in, for a person: both states, the money and the lines read together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Nothing was paid yet.
    AwaitingPayment,
    /// A part was paid; so much of the coin is missing.
    PartlyPaid(Amount),
    /// A payment was seen and is not confirmed yet.
    PaymentSeen,
    /// The payment is confirmed.
    Paid,
    /// The delivery is on its way.
    Delivering,
    /// The supplier's people have to look at it.
    ManualAction,
    /// The money is held at the supplier; more than asked for, when the excess is given.
    Quarantined(Option<Amount>),
    /// Money came after the window had closed.
    PaidLate,
    /// Everything was delivered.
    Delivered,
    /// The order is done, and so many of its lines were not delivered.
    DeliveredInPart(usize),
    /// The order is done, and nothing of it was delivered.
    Undelivered,
    /// The window closed and nothing was paid.
    Expired,
    /// The order was called off.
    Cancelled,
    /// The payment failed.
    PaymentFailed,
    /// The payment could not be set up.
    SetupFailed,
    /// The money went back.
    Refunded,
    /// The shop uses a word that we do not know.
    Unknown(Printable),
}

impl Phase {
    pub(super) fn of(order: &Snapshot) -> Self {
        let paid_all = order.terms.as_ref().is_some_and(|terms| order.sent >= terms.amount);
        match (&order.state, &order.payment) {
            (OrderState::Done, _) => match order.deliveries.iter().filter(|line| line.failed()).count() {
                0 => Self::Delivered,
                _ if order.deliveries.iter().all(|line| line.failed() && line.delivered.is_empty()) => {
                    Self::Undelivered
                }
                failed => Self::DeliveredInPart(failed),
            },
            (OrderState::Refunded, _) => Self::Refunded,
            (OrderState::Canceled, _) => Self::Cancelled,
            (OrderState::PaymentFailed, _) => Self::PaymentFailed,
            (OrderState::PaymentSetupFailed, _) => Self::SetupFailed,
            (_, PaymentState::Quarantined) => Self::Quarantined(order.excess()),
            (OrderState::WaitingForManualAction, _) => Self::ManualAction,
            (_, PaymentState::ExpiredAfterDetection) => Self::PaidLate,
            (OrderState::Expired, _) if order.money_seen() => Self::PaidLate,
            (OrderState::Expired, _) => Self::Expired,
            (OrderState::Other(word), _) => Self::Unknown(word.clone()),
            (OrderState::WaitingForDelivery, _) => Self::Delivering,
            (OrderState::PaymentReceived, _) | (_, PaymentState::Received) => Self::Paid,
            (OrderState::PaymentStarted, _) => Self::PaymentSeen,
            (OrderState::PartialPaymentStarted, _) => Self::PartlyPaid(order.missing()),
            (OrderState::Created | OrderState::WaitingForPayment, payment) => match payment {
                PaymentState::Other(word) => Self::Unknown(word.clone()),
                // The payment's own word comes before the order's.
                PaymentState::Expired if order.sent.is_zero() => Self::Expired,
                _ if paid_all => Self::PaymentSeen,
                _ if order.sent.is_zero() => Self::AwaitingPayment,
                _ => Self::PartlyPaid(order.missing()),
            },
        }
    }

    /// The phase in two or three words.
    pub fn title(&self) -> String {
        match self {
            Self::AwaitingPayment => "waiting for payment".into(),
            Self::PartlyPaid(_) => "partly paid".into(),
            Self::PaymentSeen => "payment seen".into(),
            Self::Paid => "payment received".into(),
            Self::Delivering => "being delivered".into(),
            Self::ManualAction => "needs support".into(),
            Self::Quarantined(_) => "payment held".into(),
            Self::PaidLate => "paid late".into(),
            Self::Delivered => "delivered".into(),
            Self::DeliveredInPart(_) => "delivered in part".into(),
            Self::Undelivered => "not delivered".into(),
            Self::Expired => "expired".into(),
            Self::Cancelled => "cancelled".into(),
            Self::PaymentFailed => "payment failed".into(),
            Self::SetupFailed => "payment not set up".into(),
            Self::Refunded => "refunded".into(),
            Self::Unknown(word) => format!("the shop says {word}"),
        }
    }
}

impl Snapshot {
    fn missing(&self) -> Amount {
        self.terms.as_ref().map_or(Amount::ZERO, |terms| terms.amount.minus(self.sent))
    }

    /// What was sent beyond what was asked for, in coin units; nothing where nothing was.
    pub fn excess(&self) -> Option<Amount> {
        excess(self.sent, self.terms.as_ref()?.amount)
    }
}

/// What was sent beyond what was asked for; nothing where nothing was.
pub fn excess(sent: Amount, asked: Amount) -> Option<Amount> {
    let excess = sent.minus(asked);
    (!excess.is_zero()).then_some(excess)
}
