//! What is waited for, and what can be typed where.

use std::io::Write;

use super::Front;
use crate::domain::time::Timestamp;
use crate::model::{FeedStatus, Model};
use crate::remote::{Recalled, Remote};
use crate::screens::Screen;
use crate::screens::checkout::Stage;
use crate::widgets::clock;

/// Said where nothing is real.
pub(super) const SANDBOX: &str =
    "SANDBOX: nothing here is real. The real shop: giftty --partner-id ID (from your account page).";

/// Which words a list takes.
pub(super) const LIST: &str =
    "Type a number, a part of a name, m for more, b back, o orders, ? help, q quit.";

/// Which words the list of brands takes.
pub(super) const BRANDS: &str = "Type a number, a part of a name, m for more, k for a kind, f for a category, \
                                 b back, o orders, ? help, q quit.";

impl<W: Write> Front<W> {
    /// What has to come before a line can be answered, as a sentence.
    pub(super) fn waits_for(&self) -> Option<String> {
        let model = &self.state.model;
        if matches!(model.records, Remote::Waiting(_)) {
            return Some("Reading your orders from this machine.".to_owned());
        }
        let top = self.state.top();
        match top {
            Screen::Orders(_) if matches!(model.earlier, Some(Ok(_))) => {
                return Some("Reading your earlier orders from this machine.".to_owned());
            }
            Screen::Delivered(delivered) if model.opens(delivered.attempt) => {
                return Some("Reading this order from this machine.".to_owned());
            }
            Screen::Pay(pay) if model.opens(pay.attempt) => {
                return Some("Reading this order from this machine.".to_owned());
            }
            _ => {}
        }
        let renewal = model.rails_recalled.as_ref().and_then(Recalled::awaited);
        if matches!(top, Screen::Tender(_)) && model.rails.awaited().or(renewal).is_some() {
            return Some("Asking the shop which coins it takes.".to_owned());
        }
        if top.page().awaits().is_empty() {
            return None;
        }
        Some(match top {
            Screen::Brands(brands) => {
                format!("Asking the shop what it sells in {}.", model.country_name(brands.country))
            }
            Screen::Product(product) if product.shelf.ready().is_none() => {
                format!("Asking the shop for what {} sells.", product.brand.name())
            }
            Screen::Product(_) => format!("Asking the shop for the price in {}.", model.tender.coin),
            Screen::Cart(_) => format!("Asking the shop for the prices in {}.", model.tender.coin),
            Screen::Checkout(checkout) if matches!(checkout.stage, Stage::Placing(..)) => {
                "Placing the order. Nothing is sent twice, whatever happens. This can take up to a minute."
                    .to_owned()
            }
            Screen::Checkout(_) => {
                "The shop checks the purchase. Nothing is ordered by that, and nothing paid.".to_owned()
            }
            Screen::Pay(pay) if pay.checking.is_some() => {
                "Asking the shop whether the order still stands like this.".to_owned()
            }
            Screen::Pay(_) => "Paying by hand, in the sandbox.".to_owned(),
            Screen::Country(_)
            | Screen::Category(_)
            | Screen::Delivered(_)
            | Screen::Orders(_)
            | Screen::Tender(_)
            | Screen::Help(_)
            | Screen::Palette(_) => "Asking the shop.".to_owned(),
        })
    }

    /// Everything that can be typed here.
    pub(super) fn help(&self) -> Vec<&'static str> {
        let here: &[&str] = match self.state.top() {
            Screen::Country(_) => &[
                "A number chooses a country. A part of a name or a code searches, m says ten more.",
                "o lists your orders, t chooses the coin to pay with, b forgets the search.",
            ],
            Screen::Brands(_) => &[
                "A number chooses a brand. A part of a name or of a category searches, m says ten more.",
                "k narrows the list to gift cards, to top-ups or to eSIM, and back to all of them.",
                "f lists the categories; a number there narrows the list to one of them, 1 to all again.",
                "o lists your orders, t chooses the coin to pay with, r asks the shop again.",
            ],
            Screen::Category(_) => {
                &["A number shows the brands of a category, 1 those of all. A part of a name searches."]
            }
            Screen::Product(_) => &[
                "A number chooses a product, or is the value where any value can be bought.",
                "x2 takes two of it. about tells what it is, how to redeem it, and its terms.",
                "buy goes on; nothing is ordered by that. t chooses the coin to pay with.",
                "add puts it into the cart; c shows the cart, from almost everywhere.",
            ],
            Screen::Cart(_) => &[
                "checkout goes on with everything in the cart; nothing is ordered by that.",
                "more 1 and less 1 change how many of line 1 there are, remove 1 takes it out.",
            ],
            Screen::Checkout(_) => &[
                "email, phone, coupon, refund and newsletter change a field; t changes the coin.",
                "check has the shop check it. Only the word order on the receipt orders it.",
                "above goes above a limit of yours, where the receipt asks for that.",
            ],
            Screen::Pay(_) => &[
                "again says all of it again. qr draws the code, qr inverted for a light screen.",
                "i says what the supplier's support needs. r asks the shop about the order now.",
                "pay pays by hand, in the sandbox only. accept accepts a total that rose.",
                "copy address, copy amount, copy link and copy support use this machine's clipboard, if it has one.",
                "reveal shows what came of an order that was delivered in part.",
            ],
            Screen::Delivered(_) => &[
                "reveal says the codes. qr draws an eSIM, qr inverted for a light screen.",
                "again says all of it again. i says what the supplier's support needs. r asks the shop again.",
            ],
            Screen::Orders(_) => &["A number goes on with an order. m says ten more, r reads them again."],
            Screen::Tender(_) => &["A number chooses a coin and its network. A part of a name searches."],
            Screen::Help(_) | Screen::Palette(_) => &[],
        };
        let everywhere = ["b goes one step back. ? says this. q leaves; orders go on and are found again."];
        here.iter().copied().chain(everywhere).collect()
    }
}

/// When the shop was heard of an order last.
pub(super) fn last_news(line: &FeedStatus, model: &Model) -> String {
    let Some(heard) = line.heard else { return "There was no news since giftty was started.".to_owned() };
    let age = i64::try_from(model.now.uptime.saturating_sub(heard).as_secs()).unwrap_or(i64::MAX);
    let at = Timestamp(model.now.wall.0.saturating_sub(age));
    format!("The last news came at {}.", clock::hour(at, model.utc_offset))
}
