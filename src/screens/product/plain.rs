//! The product screen in plain mode: a brand's products, and the picked one.

use super::Product;
use crate::domain::product::{DeliveryMethod, Offer, Product as Ware, Range};
use crate::model::Model;
use crate::remote::Remote;
use crate::screens::Screen;
use crate::screens::plain_text::{PlainText, Reader, Reply, again, aged};

impl PlainText for Product {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        if reader.picked || self.rows.len() == 1 {
            return picked(self, model);
        }
        let shelf = match &self.shelf {
            Remote::Waiting(_) => return Vec::new(),
            Remote::Failed(failure) => return again(&format!("The products are not here. {failure}")),
            Remote::Ready(shelf) => shelf,
        };
        if shelf.products.is_empty() {
            return vec![format!("{} sells nothing at the moment. b goes back.", self.brand.name())];
        }
        let mut lines = aged("What is sold here is", self.recalled.as_ref(), model);
        lines.push(format!("What of {}?", self.brand.name()));
        let ware = |place: usize| shelf.products.get(*self.rows.get(place)?);
        lines.extend(reader.numbered(self.rows.len(), |place| ware(place).map(product)));
        lines.push("Type a number, m for more, about, t for the coin, b back, ? help, q quit.".to_owned());
        lines
    }

    fn choices(&self, _model: &Model) -> usize {
        self.rows.len()
    }

    fn waits_for(&self, model: &Model) -> Option<String> {
        if self.pending_requests().is_empty() {
            return None;
        }
        Some(match self.shelf.ready() {
            None => format!("Asking the shop for what {} sells.", self.brand.name()),
            Some(_) => format!("Asking the shop for the price in {}.", model.tender.coin),
        })
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "A number chooses a product, or is the value where any value can be bought.",
            "x2 takes two of it. about tells what it is, how to redeem it, and its terms.",
            "buy goes on; nothing is ordered by that. t chooses the coin to pay with.",
            "add puts it into the cart; c shows the cart, from almost everywhere.",
        ]
    }

    fn reply(&self) -> Reply {
        Reply::Product
    }
}

fn product(ware: &Ware) -> String {
    match &ware.offer {
        Offer::Fixed { label, price: Some(price), .. } => {
            format!("{label}  {} {}", price.amount, price.coin)
        }
        Offer::Fixed { label, price: None, .. } => label.to_string(),
        Offer::Range(Range { min, max, currency, .. }) => format!("any value from {min} to {max} {currency}"),
    }
}

/// Returns the lines on the picked product: its value, price and quantity.
fn picked(screen: &Product, model: &Model) -> Vec<String> {
    let Some(ware) = screen.marked() else { return Vec::new() };
    let way = match ware.delivery {
        DeliveryMethod::ByEmail => "It goes to your e-mail address.",
        DeliveryMethod::ByPhone => "It goes to a phone number.",
    };
    let mut lines = vec![format!("{}: {}. {way}", screen.brand.name(), product(ware))];
    if let Offer::Range(range) = &ware.offer {
        let Range { step, currency, .. } = range;
        let picks: Vec<String> = range.quick_picks().iter().map(ToString::to_string).collect();
        lines.push(format!("In steps of {step}; for example {}.", picks.join(", ")));
        lines.push(match screen.face_value() {
            None => "Type a value.".to_owned(),
            Some(Err(why)) => format!("This value is not sold: {why}."),
            Some(Ok(value)) => format!("Value: {value} {currency}.{}", cost(screen, model)),
        });
    }
    lines.push(format!("Quantity: {}.", screen.quantity));
    let value = if screen.range().is_some() { "a value, " } else { "" };
    lines.push(format!(
        "Type {value}x2 for two of it, buy to go on, add for the cart, about, b back, ? help, q quit."
    ));
    lines
}

/// Returns the price of the typed value, if the shop has quoted it.
fn cost(screen: &Product, model: &Model) -> String {
    match (screen.price(), &screen.quote) {
        (Some(price), _) => format!(" One costs {} {}.", price.amount, price.coin),
        (None, Some(Remote::Failed(failure))) => format!(" {failure} r asks for the price again."),
        (None, _) => format!(" The receipt says what it costs in {}.", model.tender.coin),
    }
}
