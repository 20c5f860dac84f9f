//! The state machine of an order: a pure function from a standing and an event to the next standing.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How fast orders advance without control requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Paid after 20 seconds, then a few seconds for each step.
    #[default]
    Demo,
    /// Paid after 3 minutes, then half a minute to two minutes for each step.
    Real,
    /// Orders advance and expire only by the control routes.
    Manual,
    /// Every step takes this long.
    Every(Duration),
}

/// A pace other than `demo`, `real`, `manual` and `every=DURATION`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no pace: say demo, real, manual, or every=500ms")]
pub struct UnknownPace(String);

impl FromStr for Pace {
    type Err = UnknownPace;

    fn from_str(text: &str) -> Result<Self, UnknownPace> {
        match text {
            "demo" => Ok(Self::Demo),
            "real" => Ok(Self::Real),
            "manual" => Ok(Self::Manual),
            other => other
                .strip_prefix("every=")
                .and_then(super::faults::duration)
                .map(Self::Every)
                .ok_or_else(|| UnknownPace(other.to_owned())),
        }
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Demo => f.write_str("demo"),
            Self::Real => f.write_str("real"),
            Self::Manual => f.write_str("manual"),
            Self::Every(step) => write!(f, "every={}ms", step.as_millis()),
        }
    }
}

/// Milliseconds from `created_at` to the end of the payment window.
pub const WINDOW_MS: u64 = 30 * 60 * 1000;

/// The states of an order in the sandbox (contract, sections 3.6 and 3.7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// `order_state`.
    pub state: String,
    /// `payment_state`.
    pub payment: String,
    /// How much of the price has been received; `Order::sent` derives the amount from it.
    pub seen: Seen,
    /// The result of the deliveries.
    pub delivery: Outcome,
    /// When the order advances by itself, in Unix milliseconds. `None` if it waits for a control request.
    pub due: Option<u64>,
}

/// How much of the price the shop has received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seen {
    /// Nothing.
    Nothing,
    /// Half of the price.
    Part,
    /// Exactly the price.
    Exactly,
    /// One percent too much.
    TooMuch,
}

/// The result of the deliveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Nothing has been delivered.
    Pending,
    /// Every line was delivered.
    All,
    /// The last line failed; the others were delivered.
    LastFailed,
}

/// An event of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The order's own deadline has passed.
    Due,
    /// One step forward, as if the deadline had passed.
    Step,
    /// The whole price, or the rest of it, was received.
    Pay,
    /// Half of the price was received.
    Underpay,
    /// One percent too much was received.
    Overpay,
    /// The payment window has closed.
    Expire,
    /// The payment failed.
    Fail,
    /// The payment could not be set up.
    FailSetup,
    /// The order was cancelled.
    Cancel,
    /// The payment was refunded.
    Refund,
    /// The order needs manual action.
    Hold,
    /// Every line is delivered, from any state.
    Deliver,
    /// Every line but the last is delivered.
    FailDelivery,
    /// The order reports an arbitrary state word.
    Say(String),
}

impl Event {
    /// Returns the event of a control route's last path segment, or `None` if it is unknown.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "step" => Self::Step,
            "pay" => Self::Pay,
            "underpay" => Self::Underpay,
            "overpay" => Self::Overpay,
            "expire" => Self::Expire,
            "fail" => Self::Fail,
            "fail-setup" => Self::FailSetup,
            "cancel" => Self::Cancel,
            "refund" => Self::Refund,
            "hold" => Self::Hold,
            "deliver" => Self::Deliver,
            "fail-delivery" => Self::FailDelivery,
            _ => return None,
        })
    }
}

/// Returns the standing of a new order.
pub fn opened(pace: Pace, now: u64) -> Standing {
    let waits = wait(pace, "WaitingForPayment").map(|wait| now.saturating_add(wait));
    Standing {
        state: "WaitingForPayment".to_owned(),
        payment: "WalletCreated".to_owned(),
        seen: Seen::Nothing,
        delivery: Outcome::Pending,
        due: waits,
    }
}

/// Returns the standing of a stored order at a pace that may differ from the one it was stored at. Deadlines
/// are kept, but removed at the manual pace and set again when the order leaves it.
pub fn resumed(mut standing: Standing, pace: Pace, now: u64) -> Standing {
    let waits = wait(pace, &standing.state).map(|wait| now.saturating_add(wait));
    standing.due = if pace == Pace::Manual { None } else { standing.due.or(waits) };
    standing
}

/// Returns whether no more changes can follow: the stream sends `stop` after such a state. `Expired` is not
/// terminal, because a late payment may still be honoured.
pub fn is_terminal(state: &str) -> bool {
    matches!(state, "Done" | "Canceled" | "Cancelled" | "PaymentFailed" | "PaymentSetupFailed" | "Refunded")
}

/// Returns the next standing, or the same one if the event changes nothing.
pub fn step(standing: &Standing, event: &Event, pace: Pace, created: u64, now: u64) -> Standing {
    let mut next = standing.clone();
    let mut say = |state: &str, payment: &str, seen: Seen| {
        state.clone_into(&mut next.state);
        payment.clone_into(&mut next.payment);
        next.seen = seen;
        // A partial payment waits for the rest until the payment window closes.
        next.due = match wait(pace, state) {
            None if state == "PartialPaymentStarted" && pace != Pace::Manual => Some(created + WINDOW_MS),
            waits => waits.map(|wait| now.saturating_add(wait)),
        };
    };
    let seen = standing.seen;
    match event {
        Event::Due | Event::Step => match standing.state.as_str() {
            "PartialPaymentStarted" if *event == Event::Due => say("Expired", "Expired", seen),
            "Created" | "WaitingForPayment" | "PartialPaymentStarted" => {
                say("PaymentStarted", "PaymentRequested", Seen::Exactly);
            }
            "PaymentStarted" => say("PaymentReceived", "PaymentReceived", seen),
            "PaymentReceived" | "WaitingForManualAction" => {
                say("WaitingForDelivery", "PaymentReceived", seen);
            }
            "WaitingForDelivery" => return delivered(standing, Outcome::All),
            _ => next.due = None,
        },
        Event::Pay => say("PaymentStarted", "PaymentRequested", Seen::Exactly),
        Event::Underpay => say("PartialPaymentStarted", "PaymentRequested", Seen::Part),
        Event::Overpay => say("WaitingForManualAction", "PaymentQuarantined", Seen::TooMuch),
        Event::Expire => say("Expired", "Expired", seen),
        Event::Fail => say("PaymentFailed", "PaymentFailed", seen),
        Event::FailSetup => say("PaymentSetupFailed", "PaymentFailed", seen),
        Event::Cancel => say("Canceled", "Expired", seen),
        Event::Refund => say("Refunded", "PaymentReceived", seen),
        Event::Hold => say("WaitingForManualAction", "PaymentReceived", Seen::Exactly),
        Event::Deliver => return delivered(standing, Outcome::All),
        Event::FailDelivery => return delivered(standing, Outcome::LastFailed),
        Event::Say(word) => {
            word.clone_into(&mut next.state);
            next.due = None;
        }
    }
    next
}

/// Returns the standing of an order that is done.
fn delivered(standing: &Standing, outcome: Outcome) -> Standing {
    let seen = if standing.seen == Seen::TooMuch { Seen::TooMuch } else { Seen::Exactly };
    Standing {
        state: "Done".to_owned(),
        payment: "PaymentReceived".to_owned(),
        seen,
        delivery: outcome,
        due: None,
    }
}

/// Returns how many milliseconds an order stays in a state before it advances by itself, or `None` if it stays.
fn wait(pace: Pace, state: &str) -> Option<u64> {
    let (demo, real) = match state {
        "WaitingForPayment" => (20_000, 180_000),
        "PaymentStarted" => (3_000, 120_000),
        "PaymentReceived" => (2_000, 30_000),
        "WaitingForDelivery" => (4_000, 60_000),
        _ => return None,
    };
    match pace {
        Pace::Demo => Some(demo),
        Pace::Real => Some(real),
        Pace::Manual => None,
        Pace::Every(step) => Some(u64::try_from(step.as_millis()).unwrap_or(u64::MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000_000;

    fn after(events: &[Event], pace: Pace) -> Standing {
        events.iter().fold(opened(pace, NOW), |standing, event| step(&standing, event, pace, NOW, NOW))
    }

    #[test]
    fn an_order_walks_to_its_end_by_its_own_deadlines() {
        let mut standing = opened(Pace::Demo, NOW);
        let mut walked = vec![standing.state.clone()];
        while let Some(due) = standing.due {
            standing = step(&standing, &Event::Due, Pace::Demo, NOW, due);
            walked.push(standing.state.clone());
        }
        let states = ["WaitingForPayment", "PaymentStarted", "PaymentReceived", "WaitingForDelivery", "Done"];
        assert_eq!(walked, states);
        assert_eq!((standing.payment.as_str(), standing.delivery), ("PaymentReceived", Outcome::All));
    }

    #[test]
    fn nothing_moves_by_itself_at_the_manual_pace() {
        for events in [vec![], vec![Event::Pay], vec![Event::Underpay], vec![Event::Pay, Event::Step]] {
            assert_eq!(after(&events, Pace::Manual).due, None);
        }
    }

    #[test]
    fn a_part_payment_waits_for_the_rest_until_the_window_is_over() {
        let part = after(&[Event::Underpay], Pace::Demo);
        assert_eq!((part.state.as_str(), part.seen), ("PartialPaymentStarted", Seen::Part));
        assert_eq!(part.due, Some(NOW + WINDOW_MS));
        assert_eq!(step(&part, &Event::Due, Pace::Demo, NOW, NOW + WINDOW_MS).state, "Expired");
        assert_eq!(step(&part, &Event::Pay, Pace::Demo, NOW, NOW).seen, Seen::Exactly);
    }

    #[test]
    fn an_overpayment_is_quarantined_and_waits_for_a_human() {
        let over = after(&[Event::Overpay], Pace::Demo);
        assert_eq!(
            (over.state.as_str(), over.payment.as_str()),
            ("WaitingForManualAction", "PaymentQuarantined")
        );
        assert_eq!(over.due, None);
    }

    #[test]
    fn a_saved_order_goes_on_at_the_pace_of_the_day() {
        let saved = opened(Pace::Demo, NOW);
        assert_eq!(resumed(saved.clone(), Pace::Real, NOW + 5).due, saved.due);
        let still = resumed(saved, Pace::Manual, NOW + 5);
        assert_eq!(still.due, None);
        assert_eq!(resumed(still, Pace::Demo, NOW + 5).due, Some(NOW + 5 + 20_000));
    }

    #[test]
    fn a_late_payment_is_honoured() {
        let late = after(&[Event::Expire, Event::Pay], Pace::Demo);
        assert_eq!(late.state, "PaymentStarted");
        assert!(late.due.is_some());
    }

    #[test]
    fn a_pace_reads_as_it_is_written() {
        for pace in [Pace::Demo, Pace::Real, Pace::Manual, Pace::Every(Duration::from_millis(50))] {
            assert_eq!(pace.to_string().parse(), Ok(pace));
        }
        assert!("hasty".parse::<Pace>().is_err());
    }
}
