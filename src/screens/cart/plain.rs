//! The cart screen in plain mode.

use super::Cart;
use crate::model::Model;
use crate::screens::Screen;
use crate::screens::plain_text::{PlainText, Reader, Reply};

impl PlainText for Cart {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        let (items, coin) = (model.cart.lines(), &model.tender.coin);
        if items.is_empty() {
            return vec!["The cart is empty. b goes back.".to_owned()];
        }
        let mut lines = vec!["In the cart:".to_owned()];
        lines.extend(reader.numbered(items.len(), |place| {
            let item = items.get(place)?;
            Some(format!("{} x {}, {}", item.quantity, item.label(), model.country_name(item.country)))
        }));
        if let Some(failure) = self.pricing.failure(coin) {
            lines.push(format!("{failure} r asks for the prices again."));
        }
        lines.push(match model.prices.total(items, coin) {
            Some(total) => format!("Together {total} {coin}, by the prices that were seen."),
            None => "The receipt says what it costs together.".to_owned(),
        });
        lines.push(
            "Type checkout, or more, less or remove and a number; t for the coin, b back, ? help.".to_owned(),
        );
        lines
    }

    fn choices(&self, model: &Model) -> usize {
        model.cart.lines().len()
    }

    fn waits_for(&self, model: &Model) -> Option<String> {
        let asks = !self.pending_requests().is_empty();
        asks.then(|| format!("Asking the shop for the prices in {}.", model.tender.coin))
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "checkout goes on with everything in the cart; nothing is ordered by that.",
            "more 1 and less 1 change how many of line 1 there are, remove 1 takes it out.",
        ]
    }

    fn reply(&self) -> Reply {
        Reply::Cart
    }
}
