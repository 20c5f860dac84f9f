//! The states of an order and of its payment, and the phase that they amount to.

use super::super::money::Amount;
use super::super::text::Printable;
use super::Snapshot;

/// The shop's `order_state` (contract, section 3.6), compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OrderState {
    /// Before any payment activity.
    Created,
    /// The payment window is open.
    WaitingForPayment,
    /// Part of the amount was detected.
    PartialPaymentStarted,
    /// A payment was detected and is not confirmed yet.
    PaymentStarted,
    /// The payment is confirmed.
    PaymentReceived,
    /// The delivery is queued.
    WaitingForDelivery,
    /// The supplier's staff has to handle it.
    WaitingForManualAction,
    /// Delivered.
    Done,
    /// The payment window closed; a late payment is still possible.
    Expired,
    /// The order was cancelled.
    Canceled,
    /// The payment failed.
    PaymentFailed,
    /// The payment could not be set up.
    PaymentSetupFailed,
    /// The money was refunded.
    Refunded,
    /// An unknown word, made printable.
    Other(Printable),
}

impl OrderState {
    /// The final states: an order in one of these needs no further updates.
    pub const FINAL: [Self; 5] =
        [Self::Done, Self::Refunded, Self::Canceled, Self::PaymentFailed, Self::PaymentSetupFailed];

    /// Parses the shop's word.
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

    /// Returns the shop's word for the state.
    pub fn word(&self) -> &str {
        match self {
            Self::Other(word) => word.as_str(),
            known => known.known().unwrap_or_default(),
        }
    }

    /// Returns the word if the state is a known one, else `None`.
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

    /// Returns whether the state itself implies that money arrived.
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

    /// Returns whether the order reached an irreversible end.
    pub(super) fn is_settled(&self) -> bool {
        matches!(self, Self::Done | Self::Refunded)
    }

    /// Returns whether the order needs no further updates. `Expired` is not final: a late payment is
    /// possible.
    pub fn is_final(&self) -> bool {
        Self::FINAL.contains(self)
    }

    /// The order's progress, for comparing snapshots without a timestamp.
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
    /// There is an address and no activity yet.
    WalletCreated,
    /// A payment was requested.
    Requested,
    /// The money was received.
    Received,
    /// The payment window closed.
    Expired,
    /// The money is held and needs manual handling.
    Quarantined,
    /// Money arrived after the payment window had closed.
    ExpiredAfterDetection,
    /// The shop sent no payment state.
    Unsaid,
    /// An unknown word, made printable.
    Other(Printable),
}

impl PaymentState {
    /// Parses the shop's word.
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

    /// Returns the shop's word for the state.
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

    /// Returns whether the state itself implies that money arrived.
    pub(super) fn means_money(&self) -> bool {
        matches!(self, Self::Received | Self::Quarantined | Self::ExpiredAfterDetection)
    }

    /// The payment's progress, for comparing snapshots of the same age and order state.
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

    /// Returns whether a payment may still be requested. An unknown word forbids it.
    pub fn allows_payment(&self) -> bool {
        matches!(self, Self::WalletCreated | Self::Requested | Self::Unsaid)
    }
}

/// The phase of an order for display, derived from both states, the money received and the lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Nothing was paid yet.
    AwaitingPayment,
    /// Part of the amount was paid. Contains the amount still missing, in coin units.
    PartlyPaid(Amount),
    /// A payment was detected and is not confirmed yet.
    PaymentSeen,
    /// The payment is confirmed.
    Paid,
    /// The delivery is in progress.
    Delivering,
    /// The supplier's staff has to handle it.
    ManualAction,
    /// The supplier holds the money. Contains the overpaid amount, if any.
    Quarantined(Option<Amount>),
    /// Money arrived after the payment window had closed.
    PaidLate,
    /// Everything was delivered.
    Delivered,
    /// The order is done. Contains the number of lines that were not delivered.
    DeliveredInPart(usize),
    /// The order is done and none of it was delivered.
    Undelivered,
    /// The payment window closed and nothing was paid.
    Expired,
    /// The order was cancelled.
    Cancelled,
    /// The payment failed.
    PaymentFailed,
    /// The payment could not be set up.
    SetupFailed,
    /// The money was refunded.
    Refunded,
    /// The shop sent an unknown word, which is given.
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
                // The payment's own state takes precedence over the order's.
                PaymentState::Expired if order.sent.is_zero() => Self::Expired,
                _ if paid_all => Self::PaymentSeen,
                _ if order.sent.is_zero() => Self::AwaitingPayment,
                _ => Self::PartlyPaid(order.missing()),
            },
        }
    }

    /// Returns the phase in a few words.
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

    /// Returns how much more was sent than requested, in coin units, or `None` if nothing was overpaid.
    pub fn excess(&self) -> Option<Amount> {
        excess(self.sent, self.terms.as_ref()?.amount)
    }
}

/// Returns how much more was sent than requested, or `None` if nothing was overpaid.
pub fn excess(sent: Amount, asked: Amount) -> Option<Amount> {
    let excess = sent.minus(asked);
    (!excess.is_zero()).then_some(excess)
}
