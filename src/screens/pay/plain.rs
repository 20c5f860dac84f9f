//! The pay screen in plain mode: the payment terms, each phase once, and the outcome.

use super::Pay;
use super::card::{ask, card};
use crate::domain::order::{Order, Phase};
use crate::domain::payment_link::Holds;
use crate::domain::record::{Attempt, Record};
use crate::domain::settlement::{Settlement, Withheld};
use crate::domain::time::Timestamp;
use crate::model::Model;
use crate::model::unsaved::{ASKED_AGAIN, ending, news, without_it};
use crate::screens::Screen;
use crate::screens::plain_text::{Heard, PlainText, Reader, Reply};
use crate::widgets::clock;

impl PlainText for Pay {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        let Some(order) = self.order(model) else { return Vec::new() };
        let mut lines = vec![about(self.attempt, model)];
        lines.extend(not_saved(self.attempt, model));
        lines.extend(reader.heard.standing(self.attempt, order, model));
        match &self.settlement {
            Ok(settlement) => lines.extend(reader.heard.terms(self, settlement, model)),
            Err(why) => lines.extend(withheld(why, order, model)),
        }
        lines.push("Every change is said here. Type again, qr, i, r, b, o, ? or q.".to_owned());
        lines
    }

    fn waits_for(&self, model: &Model) -> Option<String> {
        if model.opens(self.attempt) {
            return Some("Reading this order from this machine.".to_owned());
        }
        if self.pending_requests().is_empty() {
            return None;
        }
        Some(if self.checking.is_some() {
            "Asking the shop whether the order still stands like this.".to_owned()
        } else {
            "Paying by hand, in the sandbox.".to_owned()
        })
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "again says all of it again. qr draws the code, qr inverted for a light screen.",
            "i says what the supplier's support needs. r asks the shop about the order now.",
            "pay pays by hand, in the sandbox only. accept accepts a total that rose.",
            "copy address, copy amount, copy link and copy support use this machine's clipboard, if it has one.",
            "reveal shows what came of an order that was delivered in part.",
        ]
    }

    fn reply(&self) -> Reply {
        Reply::Payment
    }
}

impl Heard {
    /// Returns the lines on a phase: the time it began, and what it means for the money.
    pub fn standing(&mut self, attempt: Attempt, order: &Order, model: &Model) -> Vec<String> {
        let phase = order.phase();
        let last = self.phases.iter().rfind(|(about, ..)| *about == attempt);
        let hour = match last {
            Some((_, known, hour)) if *known == phase => hour.clone(),
            _ => {
                let since = order.known.updated_at.map_or(model.now.wall, |at| model.here(at));
                let hour = clock::hour(since, model.utc_offset);
                self.phases.push((attempt, phase.clone(), hour.clone()));
                hour
            }
        };
        let mut lines = vec![format!("{hour} {}.", phase.title())];
        lines.extend(meaning(&phase, order, model));
        lines
    }

    /// Returns the lines on what to pay where, all from the checked settlement.
    fn terms(&mut self, pay: &Pay, settlement: &Settlement, model: &Model) -> Vec<String> {
        let Settlement { tender, amount, address, .. } = settlement;
        let mut lines = vec![
            format!("Send exactly: {amount} {}", tender.coin),
            format!("On network: {}", tender.network),
            "To this address, in one piece:".to_owned(),
            address.as_str().to_owned(),
            "The same address in groups:".to_owned(),
            address.groups().join(" "),
        ];
        if !settlement.checked {
            lines.push("No checksum proves this address: compare it twice.".to_owned());
        }
        lines.push(format!(
            "Only {} on {}. Anything else sent to this address may be lost.",
            tender.coin, tender.network
        ));
        let link = settlement.contents.first().filter(|content| content.holds != Holds::AddressOnly);
        if let Some(content) = link.filter(|content| content.text.bytes().all(|byte| byte.is_ascii_graphic()))
        {
            lines.push("A link for wallets:".to_owned());
            lines.push(content.text.clone());
        }
        if let Some(end) = settlement.closes_at {
            let hour = self.end(end, model);
            lines.push(format!("The time to pay ends about {hour}, by estimate; the shop's word decides."));
            if pay.time_left(model).is_some_and(|time| time.urgent) {
                lines.push(format!("Less than a quarter of the time is left: it ends about {hour}."));
            }
        }
        if model.shop.sandbox {
            lines.push("Do not pay this: it is the sandbox. Type pay to pay it by hand.".to_owned());
        }
        lines
    }

    /// Returns the local time at which a window closes.
    fn end(&mut self, end: Timestamp, model: &Model) -> String {
        if let Some((_, hour)) = self.ends.iter().find(|(known, _)| *known == end) {
            return hour.clone();
        }
        let hour = clock::hour(model.here(end), model.utc_offset);
        self.ends.push((end, hour.clone()));
        hour
    }
}

/// Returns the card of a phase as one line, or `None` if it adds nothing to the phase's title.
fn meaning(phase: &Phase, order: &Order, model: &Model) -> Option<String> {
    let card = card(phase, order, model);
    let cases = card.cases.iter().map(|case| format!("{}: {}", case.who, case.what));
    let sentences: Vec<String> = card.sentences.into_iter().chain(cases).collect();
    (!sentences.is_empty()).then(|| format!("{}. {}", card.headline, sentences.join(" ")))
}

/// Returns what to write down or know about an attempt that the journal does not have, with the order's id
/// verbatim.
pub fn unsaved(record: &Record, model: &Model) -> Vec<String> {
    let Some(unsaved) = model.unsaved.get(&record.attempt) else { return Vec::new() };
    let Some(order) = record.order() else {
        return vec![format!("NOT SAVED: {} {} {}", ending(record), without_it(record), unsaved.why)];
    };
    if unsaved.kept {
        return vec![format!("{} {ASKED_AGAIN} {}", news(record), unsaved.why)];
    }
    vec![
        format!("NOT SAVED: write down the id of order {}. {}", record.attempt, unsaved.why),
        order.id().reveal().to_owned(),
    ]
}

/// Returns the same lines, for an attempt that remains unsaved.
pub fn not_saved(attempt: Attempt, model: &Model) -> Vec<String> {
    let mut lines: Vec<String> =
        model.record(attempt).map(|record| unsaved(record, model)).unwrap_or_default();
    if let Some(unsaved) = model.unsaved.get(&attempt).filter(|_| !lines.is_empty()) {
        if !unsaved.kept {
            lines.push("Write down the amount and the address too.".to_owned());
        }
        lines.push("giftty tries to save it every 5 seconds, and says when it is saved.".to_owned());
    }
    lines
}

/// Returns the line that names the order.
pub fn about(attempt: Attempt, model: &Model) -> String {
    let what = model.record(attempt).map(Record::summary).unwrap_or_default();
    let sandbox = if model.shop.sandbox { " SANDBOX: nothing here is real." } else { "" };
    format!("Order {attempt}: {what}.{sandbox}")
}

/// Returns why nothing may be paid, if the phase does not already say so.
fn withheld(why: &Withheld, order: &Order, model: &Model) -> Option<String> {
    match why {
        Withheld::NotAsked(_) => None,
        Withheld::WindowClosed => meaning(&Phase::Expired, order, model),
        Withheld::Dearer { .. } | Withheld::Cheaper { .. } => {
            let how = if matches!(why, Withheld::Dearer { .. }) { "dearer" } else { "cheaper" };
            Some(format!(
                "The order became {how}. {why} Nothing is lost: the order ends by itself when it is not \
                 paid. Type accept to accept the new total."
            ))
        }
        Withheld::NoTerms
        | Withheld::NeedsMemo
        | Withheld::Changed
        | Withheld::OtherTender { .. }
        | Withheld::OtherLines
        | Withheld::WrongAddress(_)
        | Withheld::NothingSafe
        | Withheld::OtherInvoice => Some(format!(
            "Do not pay this order. {why} No address is said, so that nothing gets lost. If you have sent \
             money, {}",
            ask(model)
        )),
    }
}
