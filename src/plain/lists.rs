//! What is said of each screen: numbered choices, ten at a time, and the chosen product.

use std::io::Write;

use super::{Front, words};
use crate::domain::catalogue::Brand;
use crate::domain::ledger::{Entry, Ledger};
use crate::domain::product::{DeliveryMethod, Offer, Product as Ware, Range};
use crate::domain::record::Standing;
use crate::domain::tender::{Rail, Tender};
use crate::model::Model;
use crate::remote::{Recalled, Remote};
use crate::screens::Screen;
use crate::screens::brands::Brands;
use crate::screens::cart::Cart;
use crate::screens::category::CategoryChoice;
use crate::screens::country::Country;
use crate::screens::pay::card::SUPPORT;
use crate::screens::product::Product;
use crate::screens::tender::TenderChoice;
use crate::widgets::clock;

/// Choices that are said at once.
pub(super) const PAGE: usize = 10;

impl<W: Write> Front<W> {
    /// What is to be said of the screen that is up.
    pub(super) fn page(&mut self) -> Vec<String> {
        let model = &self.state.model;
        match self.state.top() {
            Screen::Country(country) => self.countries(country),
            Screen::Brands(brands) => self.brands(brands),
            Screen::Category(categories) => self.categories(categories),
            Screen::Product(product) if self.picked || product.rows.len() == 1 => picked(product, model),
            Screen::Product(product) => self.products(product),
            Screen::Cart(cart) => self.cart(cart),
            Screen::Checkout(checkout) => super::form::page(checkout, self.asking, model),
            Screen::Pay(pay) => self.heard.payment(pay, model),
            Screen::Delivered(delivered) => self.heard.delivered(delivered, model),
            Screen::Orders(_) => self.orders(),
            Screen::Tender(tender) => self.tenders(tender),
            Screen::Help(_) | Screen::Palette(_) => Vec::new(),
        }
    }

    /// How many choices the list that is up has.
    pub(super) fn choices(&self) -> usize {
        match self.state.top() {
            Screen::Country(country) => country.shown.len(),
            Screen::Brands(brands) => brands.listing.ready().map_or(0, |listing| listing.shown.len()),
            Screen::Category(categories) => categories.shown.len(),
            Screen::Product(product) => product.rows.len(),
            Screen::Orders(_) => self.state.model.records.ready().map_or(0, Ledger::len),
            Screen::Tender(tender) => tender.shown.len(),
            Screen::Cart(_) => self.state.model.cart.lines().len(),
            Screen::Checkout(_)
            | Screen::Pay(_)
            | Screen::Delivered(_)
            | Screen::Help(_)
            | Screen::Palette(_) => 0,
        }
    }

    /// A page of numbered choices, and how many more there are.
    fn numbered(&self, row: impl Fn(usize) -> Option<String>) -> Vec<String> {
        let (first, all) = (self.first_row, self.choices());
        let last = all.min(first + PAGE);
        let rows = (first..last).filter_map(|place| Some(format!("{} {}", place + 1, row(place)?)));
        let mut lines: Vec<String> = rows.collect();
        if last < all {
            lines.push(format!("{} more: type m.", all - last));
        }
        lines
    }

    fn countries(&self, screen: &Country) -> Vec<String> {
        let model = &self.state.model;
        let mut lines = vec![searched("Which country?", "country", screen.filter.text(), screen.shown.len())];
        lines.extend(self.numbered(|place| {
            let code = *screen.shown.get(place)?;
            Some(format!("{} ({code})", model.country_name(code)))
        }));
        lines.push(words::LIST.to_owned());
        lines
    }

    fn brands(&self, screen: &Brands) -> Vec<String> {
        let country = self.state.model.country_name(screen.country);
        let listing = match &screen.listing {
            Remote::Waiting(_) => return Vec::new(),
            Remote::Failed(failure) => return again(&format!("The brands are not here. {failure}")),
            Remote::Ready(listing) if listing.catalogue().brands.is_empty() => {
                return again(&format!("The shop lists nothing for {country} at the moment."));
            }
            Remote::Ready(listing) => listing,
        };
        let kind = screen.kind.map(|kind| format!(" of {}", kind.plural())).unwrap_or_default();
        let category = screen.category.as_ref().map(|category| format!(" in {category}")).unwrap_or_default();
        let question = format!("{country}: {} brands{kind}{category}. Which one?", listing.shown.len());
        let mut lines = aged("These brands are", screen.recalled.as_ref(), &self.state.model);
        lines.push(searched(&question, "brand", screen.filter.text(), listing.shown.len()));
        lines.extend(self.numbered(|place| listing.row(place).map(brand)));
        lines.push(words::BRANDS.to_owned());
        lines
    }

    fn categories(&self, screen: &CategoryChoice) -> Vec<String> {
        let question = format!("Which category of {}?", screen.about);
        let mut lines = vec![searched(&question, "category", screen.filter.text(), screen.shown.len())];
        lines.extend(self.numbered(|place| {
            let section = screen.row(place)?;
            let noun = if section.brands == 1 { "brand" } else { "brands" };
            Some(format!("{}, {} {noun}", section.name(), section.brands))
        }));
        lines.push("Type a number, a part of a name, m for more, b back, ? help, q quit.".to_owned());
        lines
    }

    fn products(&self, screen: &Product) -> Vec<String> {
        let shelf = match &screen.shelf {
            Remote::Waiting(_) => return Vec::new(),
            Remote::Failed(failure) => return again(&format!("The products are not here. {failure}")),
            Remote::Ready(shelf) => shelf,
        };
        if shelf.products.is_empty() {
            return vec![format!("{} sells nothing at the moment. b goes back.", screen.brand.name())];
        }
        let mut lines = aged("What is sold here is", screen.recalled.as_ref(), &self.state.model);
        lines.push(format!("What of {}?", screen.brand.name()));
        let ware = |place: usize| shelf.products.get(*screen.rows.get(place)?);
        lines.extend(self.numbered(|place| ware(place).map(product)));
        lines.push("Type a number, m for more, about, t for the coin, b back, ? help, q quit.".to_owned());
        lines
    }

    fn cart(&self, screen: &Cart) -> Vec<String> {
        let model = &self.state.model;
        let (items, coin) = (model.cart.lines(), &model.tender.coin);
        if items.is_empty() {
            return vec!["The cart is empty. b goes back.".to_owned()];
        }
        let mut lines = vec!["In the cart:".to_owned()];
        lines.extend(self.numbered(|place| {
            let item = items.get(place)?;
            Some(format!("{} x {}, {}", item.quantity, item.label(), model.country_name(item.country)))
        }));
        if let Some(failure) = screen.pricing.failure(coin) {
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

    fn orders(&self) -> Vec<String> {
        let model = &self.state.model;
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
        lines.extend(self.numbered(|place| records.get(place).map(|kept| order(&kept.entry(), model))));
        lines.push("Type a number, m for more, b to go shopping, ? help, q quit.".to_owned());
        lines
    }

    fn tenders(&self, screen: &TenderChoice) -> Vec<String> {
        let model = &self.state.model;
        if let Some(failure) = model.rails.failure() {
            return again(&format!("The ways to pay are not here. {failure}"));
        }
        let question = "Pay with which coin, on which network?";
        let mut lines = aged("These ways to pay are", model.rails_recalled.as_ref(), model);
        lines.push(searched(question, "coin or network", screen.filter.text(), screen.shown.len()));
        lines.extend(self.numbered(|place| screen.shown.get(place).map(|rail| tender(rail, model))));
        lines.push("Type a number, a part of a name, m for more, b back, ? help, q quit.".to_owned());
        lines
    }
}

/// How old something is that the shop could not tell anew, and why.
fn aged(what: &str, recalled: Option<&Recalled>, model: &Model) -> Vec<String> {
    let told = |recalled: &Recalled| {
        let age = clock::age(model.now.wall.since(recalled.told));
        let failure = recalled.renewal.as_ref().err()?;
        Some(format!("{what} {age} old. {failure} r asks again."))
    };
    recalled.and_then(told).into_iter().collect()
}

fn again(sentence: &str) -> Vec<String> {
    vec![format!("{sentence} Type r to try again, b to go back.")]
}

/// The question of a list, or how much a search found.
fn searched(question: &str, what: &str, query: &str, found: usize) -> String {
    match (query.is_empty(), found) {
        (true, _) => question.to_owned(),
        (false, 0) => format!("No {what} is called “{query}”. Type b to forget the search."),
        (false, found) => format!("Found for “{query}”: {found}."),
    }
}

fn brand(brand: &Brand) -> String {
    let account = if brand.needs_account() { ", only with an account at the supplier" } else { "" };
    format!("{}, {}  {}{account}", brand.name(), brand.kind.singular(), brand.price_label())
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

fn tender(rail: &Rail, model: &Model) -> String {
    let mut words = vec![rail.tender.to_string()];
    words.extend(rail.minimum.map(|least| format!("least order {least} {}", rail.tender.coin)));
    words.extend(rail.transfer_cost.as_ref().map(|cost| format!("a transfer costs {cost}")));
    words.extend((rail.tender == model.tender).then(|| "in use".to_owned()));
    words.extend((rail.tender == Tender::recommended()).then(|| "recommended".to_owned()));
    words.extend(rail.suspended.then(|| "suspended".to_owned()));
    words.join(", ")
}

fn order(entry: &Entry, model: &Model) -> String {
    let begun = clock::day(entry.begun, model.utc_offset);
    format!("Order {}, {begun}: {}, {}", entry.attempt, entry.summary(), entry.standing())
}

/// What is known of an attempt that has no order to be followed.
pub(super) fn orderless(standing: &Standing) -> Vec<String> {
    match standing {
        Standing::Placed(_) => Vec::new(),
        Standing::Refused(why) => vec![format!("The shop refused this; there is no order. {why}")],
        Standing::NotSent(why) => vec![format!("Nothing was sent; there is no order. {why}")],
        Standing::Intended | Standing::Unknown(_) => {
            let why = match standing {
                Standing::Unknown(why) => why.as_str(),
                _ => "giftty ended before the shop answered.",
            };
            vec![
                format!("An order may exist. {why}"),
                "The shop may hold an order of which giftty knows nothing: do not pay twice.".to_owned(),
                format!("Look into your e-mail, or write to {SUPPORT} with these lines:"),
            ]
        }
    }
}

/// The product that was picked: its value, its price, how many.
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

/// What the typed value costs, as far as the shop has said.
fn cost(screen: &Product, model: &Model) -> String {
    match (screen.price(), &screen.quote) {
        (Some(price), _) => format!(" One costs {} {}.", price.amount, price.coin),
        (None, Some(Remote::Failed(failure))) => format!(" {failure} r asks for the price again."),
        (None, _) => format!(" The receipt says what it costs in {}.", model.tender.coin),
    }
}
