//! What each phase of an order means for the money, and what to do: one card each.

use crate::domain::order::Phase;
use crate::domain::record::Record;

/// A card: a headline, what it means for the money, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What happened.
    pub headline: String,
    /// What it means and what to do, a sentence a line.
    pub sentences: Vec<String>,
    /// Whether something is wrong.
    pub alarming: bool,
}

/// Where the supplier's people can be asked (contract, section 9).
pub const SUPPORT: &str = "support@cryptorefills.com";

/// The card of a phase; `coin` names the coin that was asked for.
pub fn card(phase: &Phase, coin: &str) -> Card {
    let (alarming, headline, sentences): (bool, &str, Vec<String>) = match phase {
        Phase::AwaitingPayment => (false, "Waiting for your payment", vec![]),
        Phase::PartlyPaid(missing) => (
            true,
            "A part of the payment arrived",
            vec![
                format!("Missing: {missing} {coin}, on the same network."),
                "Your money is not lost. Ask support before you send the rest:".into(),
                format!("{SUPPORT}, with the support block (i)."),
            ],
        ),
        Phase::PaymentSeen => (
            false,
            "Your payment was seen",
            vec!["The network has to confirm it. There is nothing more to do; do not send again.".into()],
        ),
        Phase::Paid => (
            false,
            "Your payment is confirmed",
            vec!["The delivery starts now. There is nothing more to do.".into()],
        ),
        Phase::Delivering => {
            (false, "Your order is being delivered", vec!["This usually takes less than a minute.".into()])
        }
        Phase::ManualAction => (
            true,
            "The supplier's people look at this order",
            vec![
                "Your money arrived; this can take up to 24 hours. Do not pay again.".into(),
                format!("You can ask {SUPPORT}, with the support block (i)."),
            ],
        ),
        Phase::Quarantined(excess) => {
            let first = match excess {
                Some(excess) => format!("You sent {excess} {coin} more than was asked for."),
                None => "The payment does not fit the order.".into(),
            };
            (
                true,
                "Your payment arrived and is held",
                vec![
                    first,
                    "A human at the supplier has to release or return it. Do not pay again.".into(),
                    format!("Write to {SUPPORT}, with the support block (i)."),
                ],
            )
        }
        Phase::PaidLate => (
            true,
            "Your payment came after the time was over",
            vec![
                "It may still be honoured; following goes on. Do not pay again.".into(),
                format!("If nothing moves, write to {SUPPORT} with the support block (i)."),
            ],
        ),
        Phase::Delivered => (false, "Delivered", vec![]),
        Phase::DeliveredInPart(failed) => (
            true,
            "Delivered in part",
            vec![
                format!("{failed} of the items could not be delivered; the others are here (↵)."),
                format!("Write to {SUPPORT} about the rest, with the support block (i)."),
            ],
        ),
        Phase::Expired => (
            true,
            "The time to pay is over: do not pay this order",
            vec![
                "I did not send anything: nothing is lost. Buy it again.".into(),
                "I already sent: do not send again. Following goes on; late payments are sometimes".into(),
                format!("honoured. Else write to {SUPPORT} with the support block (i)."),
            ],
        ),
        Phase::Cancelled => (
            true,
            "The order was cancelled: do not pay it",
            vec![format!("If you have sent money, write to {SUPPORT} with the support block (i).")],
        ),
        Phase::PaymentFailed => (
            true,
            "The payment failed: do not pay this order",
            vec![format!("If you have sent money, write to {SUPPORT} with the support block (i).")],
        ),
        Phase::SetupFailed => (
            true,
            "The payment could not be set up: do not pay this order",
            vec!["No address is valid for it. Nothing is lost; buy it again.".into()],
        ),
        Phase::Refunded => (
            false,
            "Your money went back",
            vec!["The supplier returned the payment or mailed you how to claim it (90 days).".into()],
        ),
        Phase::Unknown(word) => (
            true,
            "The order is in a state that giftty does not know",
            vec![
                format!("The shop says: {word}. Do not pay until this is clear; following goes on."),
                format!("You can ask {SUPPORT}, with the support block (i)."),
            ],
        ),
    };
    Card { headline: headline.to_owned(), sentences, alarming }
}

/// What the supplier's support needs to find an order, as text.
pub fn support_block(record: &Record) -> String {
    let mut lines = vec![format!("What:    {}", record.summary())];
    if let Some(order) = record.order() {
        let known = &order.known;
        lines.push(format!("Order:   {}", order.id().reveal()));
        lines.push(format!("State:   {} / {}", known.state.word(), known.payment.word()));
        if let Some(terms) = &known.terms {
            lines.push(format!("Asked:   {} {}", terms.amount, terms.tender));
            lines.push(format!("Address: {}", terms.address));
        }
        lines.push(format!("Sent:    {}", known.sent));
        if let Some(created) = known.created_at {
            lines.push(format!("Created: {} (Unix time)", created.0));
        }
    } else {
        lines.push(format!("Attempt: {} ({})", record.attempt, record.standing()));
        lines.push(format!("Begun:   {} (Unix time)", record.begun.0));
    }
    lines.join("\n")
}
