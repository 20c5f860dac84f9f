//! What each phase of an order means for the money, and what to do, as one card each.

use std::time::Duration;

use crate::domain::ledger::Entry;
use crate::domain::money::Amount;
use crate::domain::order::{Order, Phase, excess};
use crate::domain::record::Record;
use crate::domain::settlement::WINDOW;
use crate::domain::tender::Tender;
use crate::domain::time::Timestamp;
use crate::keymap::{Command, Typing};
use crate::model::Model;
use crate::widgets::clock;

/// A card: a headline, what it means for the money, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What happened.
    pub headline: String,
    /// What it means and what to do, one or two sentences per paragraph.
    pub sentences: Vec<String>,
    /// The cases to distinguish, if the meaning depends on what the user did.
    pub cases: Vec<Case>,
    /// Whether something is wrong.
    pub alarming: bool,
}

/// A part of a card that applies to some users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Whom it applies to, in the first person.
    pub who: &'static str,
    /// What it means for them.
    pub what: &'static str,
    /// The keys that help them, if they are available.
    pub keys: Vec<(Command, &'static str)>,
}

/// The supplier's support address (contract, section 9).
pub const SUPPORT: &str = "support@cryptorefills.com";

/// The facts that a card is built from.
struct Told<'a> {
    sent: Amount,
    terms: Option<(Amount, &'a Tender)>,
    lines: usize,
    created_at: Option<Timestamp>,
    terms_changed: bool,
    money_seen: bool,
    model: &'a Model,
}

/// Returns the card of an order in a phase.
pub fn card(phase: &Phase, order: &Order, model: &Model) -> Card {
    let known = &order.known;
    let told = Told {
        sent: known.sent,
        terms: known.terms.as_ref().map(|terms| (terms.amount, &terms.tender)),
        lines: known.deliveries.len(),
        created_at: known.created_at,
        terms_changed: order.terms_changed,
        money_seen: known.money_seen(),
        model,
    };
    tell(phase, &told)
}

/// Returns the card of a finished order that is held only as an entry. Nothing can be paid any more, so its
/// age and whether its terms changed do not matter.
pub fn of_entry(phase: &Phase, entry: &Entry, model: &Model) -> Card {
    let (sent, terms, lines) = (entry.sent, entry.terms(), entry.lines());
    let money_seen = !sent.is_zero();
    tell(phase, &Told { sent, terms, lines, created_at: None, terms_changed: false, money_seen, model })
}

fn tell(phase: &Phase, told: &Told<'_>) -> Card {
    let mut card = match phase {
        Phase::AwaitingPayment => calm("Waiting for your payment", []),
        Phase::PaymentSeen => calm(
            "Your payment was seen",
            [
                "The network has to confirm it, which can take minutes; then the shop delivers.".into(),
                NOTHING_TO_DO.into(),
            ],
        ),
        Phase::Paid => calm(
            "Your payment is confirmed",
            ["The shop has your money and prepares the delivery.".into(), NOTHING_TO_DO.into()],
        ),
        Phase::Delivering => calm(
            "Your order is being delivered",
            [
                "It is paid. This usually takes less than a minute.".into(),
                NOTHING_TO_DO.into(),
                told.too_much().unwrap_or_else(|| format!("If nothing came after an hour: {}", told.ask())),
            ],
        ),
        Phase::Delivered => calm("Delivered", []),
        Phase::Refunded => calm(
            "Your money went back",
            [
                "The supplier returned the payment, or mailed you how to claim it within 90 days.".into(),
                "Nothing will be delivered. You can buy the same again.".into(),
            ],
        ),
        Phase::PartlyPaid(missing) => told.in_part(&missing.to_string()),
        Phase::Quarantined(excess) => told.held(excess.as_ref().map(ToString::to_string)),
        Phase::DeliveredInPart(failed) => told.delivered_in_part(*failed),
        Phase::Undelivered => told.undelivered(),
        Phase::Unknown(word) => told.unknown(word.as_str()),
        Phase::ManualAction => alarm(
            "The supplier's people look at this order",
            [
                format!("{} This can take up to 24 hours. Do not pay again.", told.arrived()),
                format!("If it takes longer: {}", told.ask()),
            ],
        ),
        Phase::PaidLate => alarm(
            "Your payment came after the time was over",
            [
                format!(
                    "{} It may still be honoured, and following goes on. Do not pay again.",
                    told.arrived()
                ),
                format!("If nothing moves: {}", told.ask()),
            ],
        ),
        Phase::Expired | Phase::Cancelled | Phase::PaymentFailed | Phase::SetupFailed => told.over(phase),
    };
    if matches!(phase, Phase::PaymentSeen | Phase::Paid | Phase::Delivered) {
        card.sentences.extend(told.too_much());
    }
    card
}

/// The advice while a payment is on its way.
const NOTHING_TO_DO: &str = "There is nothing more to do; do not send again.";

fn calm<const N: usize>(headline: &str, sentences: [String; N]) -> Card {
    Card { headline: headline.to_owned(), sentences: sentences.into(), cases: Vec::new(), alarming: false }
}

fn alarm<const N: usize>(headline: &str, sentences: [String; N]) -> Card {
    Card { alarming: true, ..calm(headline, sentences) }
}

impl Told<'_> {
    /// Returns the sentence on how to contact support.
    fn ask(&self) -> String {
        ask(self.model)
    }

    fn tender(&self) -> Option<&Tender> {
        self.terms.map(|(_, tender)| tender)
    }

    fn coin(&self) -> &str {
        self.tender().map_or("", |tender| tender.coin.shown())
    }

    /// Returns how much of the user's money arrived, or that it is not lost.
    fn arrived(&self) -> String {
        if self.sent.is_zero() {
            "Your money is not lost.".to_owned()
        } else {
            format!("{} {} of yours arrived and are not lost.", self.sent, self.coin())
        }
    }

    /// Returns how to get back money sent in excess, if there is any.
    fn too_much(&self) -> Option<String> {
        let excess = excess(self.sent, self.terms?.0)?;
        let coin = self.coin();
        Some(format!("You sent {excess} {coin} too much. To have that back: {}", self.ask()))
    }

    /// Returns how long the rest can still be sent, if that is known and not over (contract, section 3.8).
    fn rest_of_time(&self) -> Option<String> {
        let closes_at = self.created_at?.plus(WINDOW);
        let left = closes_at.since(self.model.shop_time());
        let whole =
            if left < Duration::from_secs(60) { "less than a minute".into() } else { clock::age(left) };
        (!left.is_zero()).then_some(whole)
    }

    /// Returns the card of a partly paid order: whether the rest may go to the same address, and until when.
    fn in_part(&self, missing: &str) -> Card {
        let (coin, ask) = (self.coin(), self.ask());
        let network = self.tender().map_or("", |tender| tender.network.shown());
        let sums = format!("{} {coin} arrived and are not lost. Missing: {missing} {coin}.", self.sent);
        let [rest, help] = if self.terms_changed {
            let changed = "The shop changed the order meanwhile: do not send the rest.";
            [changed.to_owned(), format!("To have it settled or sent back: {ask}")]
        } else if network.eq_ignore_ascii_case("lightning") {
            let once = "A Lightning invoice is paid once: do not pay the same one again.";
            [once.to_owned(), format!("To have it settled or sent back: {ask}")]
        } else if let Some(left) = self.rest_of_time() {
            let same = format!(
                "Send exactly the missing {missing} {coin} on {network} to the same address, the one in your \
                 wallet's history, within {left}. No address is shown here once money was seen."
            );
            [same, format!("If that is not possible: {ask}")]
        } else {
            let over = "The time to pay is over: do not send the rest to the same address.";
            [over.to_owned(), format!("To have it settled or sent back: {ask}")]
        };
        alarm("A part of the payment arrived", [sums, rest, help])
    }

    fn held(&self, excess: Option<String>) -> Card {
        let why = match excess {
            Some(excess) => format!("You sent {excess} {} more than was asked for.", self.coin()),
            None => "The payment does not fit the order.".to_owned(),
        };
        let what_next = "Your money is not lost, and nothing is delivered yet: a human at the supplier has to \
                         release or return it. Do not pay again.";
        let help = format!("To have it cleared up: {}", self.ask());
        alarm("Your payment arrived and is held", [why, what_next.to_owned(), help])
    }

    fn delivered_in_part(&self, failed: usize) -> Card {
        let all = self.lines;
        let key = self.model.key(Command::Choose, Typing::Off);
        let items = if all == 1 { "item" } else { "items" };
        let what = format!("{failed} of {all} {items} could not be delivered; what came is here ({key}).");
        alarm("Delivered in part", [what, format!("For the money of what is missing: {}", self.ask())])
    }

    fn undelivered(&self) -> Card {
        let what = "It is paid, and the shop could deliver nothing of it. Do not pay again.";
        alarm("Nothing was delivered", [what.to_owned(), format!("For your money: {}", self.ask())])
    }

    fn unknown(&self, word: &str) -> Card {
        let then = if self.money_seen {
            format!("{} Do not pay again.", self.arrived())
        } else {
            "Do not pay until this is clear. If you have sent money, it is not lost.".to_owned()
        };
        alarm(
            "The order is in a state that giftty does not know",
            [
                format!("The shop says: {word}. Following goes on."),
                then,
                format!("To have it cleared up: {}", self.ask()),
            ],
        )
    }

    fn over(&self, phase: &Phase) -> Card {
        let sent = if self.sent.is_zero() {
            format!("If you have sent money, it is not lost: {}", self.ask())
        } else {
            format!("{} To have it back: {}", self.arrived(), self.ask())
        };
        match phase {
            Phase::SetupFailed => alarm(
                "The payment could not be set up: do not pay this order",
                ["No address is valid for it. Nothing was taken and nothing is owed: buy it again.".into()],
            ),
            Phase::PaymentFailed => alarm(
                "The payment failed: do not pay this order",
                ["The shop could not take it, and nothing will be delivered.".into(), sent],
            ),
            Phase::Cancelled => {
                let nothing = "Nothing will be delivered, and nothing is owed.";
                alarm("The order was cancelled: do not pay it", [nothing.into(), sent])
            }
            _ => Card { cases: cases_of_expiry(), ..alarm("The time is over: do not pay this order", []) },
        }
    }
}

/// Returns where to ask for help, with the key that copies the support block.
pub fn ask(model: &Model) -> String {
    let key = model.key(Command::CopySupport, Typing::Off);
    format!("write to {SUPPORT}, with the support block ({key}).")
}

fn cases_of_expiry() -> Vec<Case> {
    vec![
        Case {
            who: "I did not send anything",
            what: "Nothing is lost, and nothing is owed. Do not use the old address.",
            keys: vec![(Command::BuyAgain, "buys the same again, at today's price")],
        },
        Case {
            who: "I already sent",
            what: "Do not send again. Late payments are sometimes honoured, and following goes on. If \
                   nothing moves, write to support@cryptorefills.com.",
            keys: vec![
                (Command::Refresh, "asks the shop now"),
                (Command::CopySupport, "copies what support needs to know"),
            ],
        },
    ]
}

/// Returns the text that the supplier's support needs to find an order.
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
        return support_block_of(&Entry::of(record));
    }
    lines.join("\n")
}

/// Returns the support text of an attempt without an order.
pub fn support_block_of(entry: &Entry) -> String {
    format!(
        "What:    {}\nAttempt: {} ({})\nBegun:   {} (Unix time)",
        entry.summary(),
        entry.attempt,
        entry.standing(),
        entry.begun.0
    )
}
