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

/// The card of a phase; `coin` names the coin that was asked for.
pub fn card(phase: &Phase, coin: &str) -> Card {
    match phase {
        Phase::AwaitingPayment => calm("Waiting for your payment", &[]),
        Phase::PaymentSeen => calm(
            "Your payment was seen",
            &["The network has to confirm it. There is nothing more to do; do not send again."],
        ),
        Phase::Paid => {
            calm("Your payment is confirmed", &["The delivery starts now. There is nothing more to do."])
        }
        Phase::Delivering => {
            calm("Your order is being delivered", &["This usually takes less than a minute."])
        }
        Phase::Delivered => calm("Delivered", &[]),
        Phase::Refunded => calm(
            "Your money went back",
            &["The supplier returned the payment or mailed you how to claim it (90 days)."],
        ),
        Phase::PartlyPaid(missing) => alarm(
            "A part of the payment arrived",
            &[
                &format!("Missing: {missing} {coin}, on the same network."),
                "Your money is not lost. Ask support before you send the rest:",
                ASK,
            ],
        ),
        Phase::Quarantined(excess) => held(excess.as_ref().map(ToString::to_string), coin),
        Phase::DeliveredInPart(failed) => alarm(
            "Delivered in part",
            &[&format!("{failed} of the items could not be delivered; the others are here."), ASK],
        ),
        Phase::Unknown(word) => alarm(
            "The order is in a state that giftty does not know",
            &[&format!("The shop says: {word}. Do not pay until this is clear; following goes on."), ASK],
        ),
        Phase::ManualAction | Phase::PaidLate => waiting_for_people(phase),
        Phase::Expired | Phase::Cancelled | Phase::PaymentFailed | Phase::SetupFailed => over(phase),
    }
}

/// Where the supplier's people can be asked (contract, section 9).
pub const SUPPORT: &str = "support@cryptorefills.com";

/// The sentence that sends somebody there.
const ASK: &str = "Write to support@cryptorefills.com, with the support block (i).";

fn calm(headline: &str, sentences: &[&str]) -> Card {
    let sentences = sentences.iter().map(|&sentence| sentence.to_owned()).collect();
    Card { headline: headline.to_owned(), sentences, alarming: false }
}

fn alarm(headline: &str, sentences: &[&str]) -> Card {
    Card { alarming: true, ..calm(headline, sentences) }
}

fn held(excess: Option<String>, coin: &str) -> Card {
    let why = match excess {
        Some(excess) => format!("You sent {excess} {coin} more than was asked for."),
        None => "The payment does not fit the order.".to_owned(),
    };
    let what_next = "A human at the supplier has to release or return it. Do not pay again.";
    alarm("Your payment arrived and is held", &[&why, what_next, ASK])
}

fn waiting_for_people(phase: &Phase) -> Card {
    if *phase == Phase::PaidLate {
        return alarm(
            "Your payment came after the time was over",
            &["It may still be honoured; following goes on. Do not pay again.", "If nothing moves:", ASK],
        );
    }
    alarm(
        "The supplier's people look at this order",
        &["Your money arrived; this can take up to 24 hours. Do not pay again.", ASK],
    )
}

fn over(phase: &Phase) -> Card {
    let sent = "If you have sent money, it is not lost:";
    match phase {
        Phase::Cancelled => alarm("The order was cancelled: do not pay it", &[sent, ASK]),
        Phase::PaymentFailed => alarm("The payment failed: do not pay this order", &[sent, ASK]),
        Phase::SetupFailed => alarm(
            "The payment could not be set up: do not pay this order",
            &["No address is valid for it. Nothing is lost; buy it again."],
        ),
        _ => alarm(
            "The time to pay is over: do not pay this order",
            &[
                "I did not send anything: nothing is lost. Buy it again.",
                "I already sent: do not send again. Late payments are sometimes honoured, and following \
                 goes on. If nothing moves, write to support@cryptorefills.com with the support block (i).",
            ],
        ),
    }
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
