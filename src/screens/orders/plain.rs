//! The orders screen in plain mode.

use super::Orders;
use crate::domain::ledger::{Entry, Ledger};
use crate::domain::record::Standing;
use crate::model::Model;
use crate::remote::Remote;
use crate::screens::pay::card::SUPPORT;
use crate::screens::plain_text::{PlainText, Reader, Reply, again};
use crate::widgets::clock;

impl PlainText for Orders {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        let records = match &model.records {
            Remote::Waiting(_) => return Vec::new(),
            Remote::Failed(failure) => return again(&format!("Your orders cannot be read. {failure}")),
            Remote::Ready(records) => records,
        };
        if records.is_empty() {
            return vec!["No orders yet. b goes back.".to_owned()];
        }
        let mut lines = vec!["Your orders, newest first:".to_owned()];
        if let Some(Err(failure)) = &model.earlier {
            lines.push(format!("Earlier orders are missing here. {failure} Type b, then o, to try again."));
        }
        lines.extend(
            reader
                .numbered(records.len(), |place| records.get(place).map(|kept| order(&kept.entry(), model))),
        );
        lines.push("Type a number, m for more, b to go shopping, ? help, q quit.".to_owned());
        lines
    }

    fn choices(&self, model: &Model) -> usize {
        model.records.ready().map_or(0, Ledger::len)
    }

    fn waits_for(&self, model: &Model) -> Option<String> {
        let reads = matches!(model.earlier, Some(Ok(_)));
        reads.then(|| "Reading your earlier orders from this machine.".to_owned())
    }

    fn usage(&self) -> &'static [&'static str] {
        &["A number goes on with an order. m says ten more, r reads them again."]
    }

    fn reply(&self) -> Reply {
        Reply::Orders
    }
}

fn order(entry: &Entry, model: &Model) -> String {
    let begun = clock::day(entry.begun, model.utc_offset);
    format!("Order {}, {begun}: {}, {}", entry.attempt, entry.summary(), entry.standing())
}

/// Returns what is known of an attempt without an order to follow.
pub fn orderless(standing: &Standing) -> Vec<String> {
    match standing {
        Standing::Placed(_) => Vec::new(),
        Standing::Refused(why) => vec![format!("The shop refused this; there is no order. {why}")],
        Standing::NotSent(why) => vec![format!("Nothing was sent; there is no order. {why}")],
        Standing::Intended | Standing::Unknown(_) => {
            let why = match standing {
                Standing::Unknown(why) => why.to_string(),
                _ => "giftty ended before the shop answered.".to_owned(),
            };
            vec![
                format!("An order may exist. {why}"),
                "The shop may hold an order of which giftty knows nothing: do not pay twice.".to_owned(),
                format!("Look into your e-mail, or write to {SUPPORT} with these lines:"),
            ]
        }
    }
}
