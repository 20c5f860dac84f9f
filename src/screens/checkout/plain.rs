//! The checkout in plain mode: one question after the other, then the receipt.

use super::form::Spot;
use super::{Checkout, Receipt, Stage};
use crate::domain::purchase::{Item, Purchase};
use crate::model::Model;
use crate::screens::Screen;
use crate::screens::pay::card::SUPPORT;
use crate::screens::plain_text::{Asking, PlainText, Reader, Reply};

/// Returns what to ask for after `asking`, which is `None` before the first question.
pub fn next(asking: Option<Asking>, checkout: &Checkout) -> Asking {
    match asking {
        None if checkout.stage == Stage::Filling => {
            needed(checkout).next().map_or(Asking::Tender, Asking::Needed)
        }
        None => Asking::Word,
        Some(Asking::Checked) if checkout.stage == Stage::Filling => correction(checkout),
        Some(asking) => asking,
    }
}

/// Returns what to ask for after a required field.
pub fn after(spot: Spot, checkout: &Checkout) -> Asking {
    needed(checkout).skip_while(|before| *before != spot).nth(1).map_or(Asking::Tender, Asking::Needed)
}

/// The required fields, from top to bottom.
fn needed(checkout: &Checkout) -> impl Iterator<Item = Spot> {
    checkout.form.spots().into_iter().filter(|spot| matches!(spot, Spot::Email | Spot::Phone(_)))
}

/// Returns what to ask for after a check reported problems: the first field to correct, if any.
fn correction(checkout: &Checkout) -> Asking {
    let spot = checkout.notes.iter().find_map(|note| note.spot);
    spot.map_or(Asking::Word, Asking::Changed)
}

impl PlainText for Checkout {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        match &self.stage {
            Stage::Filling => {
                let what = |item: &Item| format!("Buying {} x {}.", item.quantity, item.label());
                let mut lines: Vec<String> = self.items.iter().map(what).collect();
                lines.extend(self.notes.iter().map(|note| match note.line {
                    Some(line) if self.items.len() > 1 => format!("Line {}: {}", line + 1, note.sentence),
                    _ => note.sentence.clone(),
                }));
                lines.extend(self.consequence().map(str::to_owned));
                lines.push(question(reader.asking.unwrap_or(Asking::Word), self, model));
                lines
            }
            Stage::Checking(..) | Stage::Searching(_) | Stage::Placing(..) => Vec::new(),
            Stage::Receipt(receipt) => said(self, receipt, model),
            Stage::Unknown(attempt, failure) => {
                let name =
                    attempt.map_or_else(|| "It is not recorded".to_owned(), |it| format!("It is {it}"));
                vec![
                    format!("An order may exist: do not pay twice. {failure}"),
                    "The shop may have taken the order before the answer was lost, and nobody here can tell."
                        .to_owned(),
                    "Nothing was paid, and giftty sends nothing again by itself.".to_owned(),
                    format!(
                        "Do not buy it again before this is clear: look into your e-mail, or ask {SUPPORT}."
                    ),
                    format!("{name} among your orders. Type o for them, b back, q quit."),
                ]
            }
        }
    }

    fn waits_for(&self, _model: &Model) -> Option<String> {
        if self.pending_requests().is_empty() {
            return None;
        }
        Some(if matches!(self.stage, Stage::Placing(..)) {
            "Placing the order. Nothing is sent twice, whatever happens. This can take up to a minute."
                .to_owned()
        } else {
            "The shop checks the purchase. Nothing is ordered by that, and nothing paid.".to_owned()
        })
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "email, phone, coupon, refund and newsletter change a field; t changes the coin.",
            "check has the shop check it. Only the word order on the receipt orders it.",
            "above goes above a limit of yours, where the receipt asks for that.",
        ]
    }

    fn reply(&self) -> Reply {
        Reply::Checkout
    }
}

fn question(asking: Asking, checkout: &Checkout, model: &Model) -> String {
    let form = &checkout.form;
    let spot = match asking {
        Asking::Needed(spot) | Asking::Changed(spot) => spot,
        Asking::Tender => {
            return format!("Pay with {}? Enter takes it, t chooses another.", model.tender);
        }
        Asking::Word | Asking::Checked => {
            return "Type check to have it checked, email, phone, coupon, refund, newsletter or t to change it, \
                    b back, ? help, q quit."
                .to_owned();
        }
    };
    let (ask, held) = match spot {
        Spot::Email => ("Your e-mail address? Receipts and codes go there.".to_owned(), form.email.text()),
        Spot::Phone(line) => {
            let phone = form.phone(line);
            let what = match phone {
                Some(phone) if form.phones.len() > 1 => format!(" with {}", phone.item.label()),
                _ => String::new(),
            };
            let held = phone.map(|phone| phone.number.text()).unwrap_or_default();
            (format!("The phone number to top up{what}, with + and its country code?"), held)
        }
        Spot::Coupon => ("Coupon code? A dash is for none.".to_owned(), form.coupon.text()),
        Spot::Refund => (
            format!("Where would a refund go, on {}? A dash is for nowhere.", model.tender.network),
            form.refund.text(),
        ),
        Spot::Newsletter => {
            let now = if form.newsletter { "yes" } else { "no" };
            return format!("The supplier's newsletter? Type yes or no; it is {now} now.");
        }
    };
    if held.is_empty() { ask } else { format!("{ask} Enter keeps {held}.") }
}

/// The lines of the receipt.
fn said(checkout: &Checkout, receipt: &Receipt, model: &Model) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(failure) = &receipt.not_sent {
        lines.push(format!("Nothing was sent. {failure} There is no order; placing it again is safe."));
    }
    lines.push("The receipt. Nothing is ordered yet, and nothing is paid.".to_owned());
    lines.extend(slip(&receipt.purchase, model));
    let (total, tender) = (receipt.total, &receipt.purchase.tender);
    lines.push(format!("Total: {total} {} on the {} network.", tender.coin, tender.network));
    if let Some(seen) = checkout.expected().filter(|seen| *seen != total) {
        let (difference, word) =
            if total > seen { (total.minus(seen), "more") } else { (seen.minus(total), "less") };
        let coin = &tender.coin;
        lines
            .push(format!("That is {difference} {coin} {word} than the {seen} {coin} that was said before."));
    }
    let excess = checkout.excess(model);
    if let Some(failure) = model.records.failure() {
        lines.push(format!("Nothing can be ordered now. {failure} Type r to try the records again."));
    } else if !excess.is_empty() {
        lines.push("This is above a limit of yours.".to_owned());
        lines.extend(excess.iter().map(ToString::to_string));
        lines.push("Type above to go ABOVE it, this once; nothing is ordered by that yet.".to_owned());
    } else if checkout.may_exist_already(model) {
        lines.push(
            "You may already have ordered this: nobody knows what became of an earlier attempt at the same \
             thing. Look into your orders (o) and your e-mail first. A second order is a second purchase."
                .to_owned(),
        );
        lines.push("Type order another to place ANOTHER order.".to_owned());
    } else {
        lines.push("Type order to place the order.".to_owned());
    }
    lines
        .push("email, phone, coupon, refund, newsletter or t changes it. b back, ? help, q quit.".to_owned());
    lines
}

fn slip(purchase: &Purchase, model: &Model) -> Vec<String> {
    let mut lines: Vec<String> = purchase
        .lines
        .iter()
        .map(|line| {
            let (item, country) = (&line.item, model.country_name(line.item.country));
            let what = format!("{} x {} {}", item.quantity, item.brand, item.choice.label());
            format!("{what}, {country}, for {}.", line.beneficiary.account())
        })
        .collect();
    lines.push(format!("Receipt to: {}.", purchase.buyer));
    lines.push(format!("Refund address: {}.", purchase.refund_address.as_deref().unwrap_or("none")));
    lines.push(format!("Coupon: {}.", purchase.coupon.as_deref().unwrap_or("none")));
    if purchase.newsletter {
        lines.push("The supplier's newsletter: yes.".to_owned());
    }
    lines
}
