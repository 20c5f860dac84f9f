//! The brands screen in plain mode.

use super::Brands;
use crate::domain::catalogue::Brand;
use crate::model::Model;
use crate::remote::Remote;
use crate::screens::Screen;
use crate::screens::plain_text::{PlainText, Reader, again, aged, searched};

impl PlainText for Brands {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        let country = model.country_name(self.country);
        match &self.listing {
            Remote::Waiting(_) => return Vec::new(),
            Remote::Failed(failure) => return again(&format!("The brands are not here. {failure}")),
            Remote::Ready(listing) if listing.catalogue().brands.is_empty() => {
                return again(&format!("The shop lists nothing for {country} at the moment."));
            }
            Remote::Ready(_) => {}
        }
        let kind = self.kind.map(|kind| format!(" of {}", kind.plural())).unwrap_or_default();
        let category = self.category.as_ref().map(|category| format!(" in {category}")).unwrap_or_default();
        let question = format!("{country}: {} brands{kind}{category}. Which one?", self.list.shown.len());
        let mut lines = aged("These brands are", self.recalled.as_ref(), model);
        lines.push(searched(&question, "brand", self.list.filter.text(), self.list.shown.len()));
        lines.extend(reader.numbered(self.list.shown.len(), |place| self.row(place).map(brand)));
        lines.push(BRANDS.to_owned());
        lines
    }

    fn choices(&self, _model: &Model) -> usize {
        self.list.shown.len()
    }

    fn waits_for(&self, model: &Model) -> Option<String> {
        let asks = !self.pending_requests().is_empty();
        asks.then(|| format!("Asking the shop what it sells in {}.", model.country_name(self.country)))
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "A number chooses a brand. A part of a name or of a category searches, m says ten more.",
            "k narrows the list to gift cards, to top-ups or to eSIM, and back to all of them.",
            "f lists the categories; a number there narrows the list to one of them, 1 to all again.",
            "o lists your orders, t chooses the coin to pay with, r asks the shop again.",
        ]
    }
}

/// The commands available at the list of brands.
const BRANDS: &str = "Type a number, a part of a name, m for more, k for a kind, f for a category, \
                      b back, o orders, ? help, q quit.";

fn brand(brand: &Brand) -> String {
    let account = if brand.needs_account() { ", only with an account at the supplier" } else { "" };
    format!("{}, {}  {}{account}", brand.name(), brand.kind.singular(), brand.price_label())
}
