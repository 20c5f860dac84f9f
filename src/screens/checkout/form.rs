//! The checkout's form: text fields and their conversion to a purchase.

use crate::domain::address::{self, Verdict};
use crate::domain::contact::{Beneficiary, Email, Phone};
use crate::domain::problem::Concern;
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Item, Line, Purchase};
use crate::field::Field;
use crate::model::Model;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The e-mail address.
    Email,
    /// The phone number to top up, with the index of its line.
    Phone(usize),
    /// The coupon code.
    Coupon,
    /// The refund address.
    Refund,
    /// The newsletter checkbox.
    Newsletter,
}

impl Spot {
    /// The concern of a problem with this field.
    pub fn concern(self) -> Concern {
        match self {
            Self::Email => Concern::Email,
            Self::Phone(_) => Concern::Beneficiary,
            Self::Coupon => Concern::Coupon,
            Self::Refund => Concern::Tender,
            Self::Newsletter => Concern::Order,
        }
    }
}

/// The phone that a line tops up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handset {
    /// The index of the line.
    pub line: usize,
    /// The item that the line buys.
    pub item: Item,
    /// The phone number.
    pub number: Field,
}

/// The contents of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The buyer's e-mail address; codes are sent there too.
    pub email: Field,
    /// The phone numbers, one for each line that tops up a phone.
    pub phones: Vec<Handset>,
    /// The coupon code.
    pub coupon: Field,
    /// The refund address.
    pub refund: Field,
    /// Whether to subscribe to the supplier's newsletter.
    pub newsletter: bool,
    /// The focused field.
    pub focus: Spot,
}

impl Form {
    /// Creates a form that suggests the stored details of the last purchase and is empty otherwise.
    pub fn new(items: &[Item], model: &Model) -> Self {
        let empty = Self {
            email: Field::offering(model.email.as_ref().map(Email::as_str).unwrap_or_default()),
            phones: Vec::new(),
            coupon: Field::default(),
            refund: Field::default(),
            newsletter: false,
            focus: Spot::Email,
        };
        Self::resumed(empty, items, model)
    }

    /// Reuses the form of an earlier checkout for the given items.
    pub fn resumed(mut draft: Self, items: &[Item], model: &Model) -> Self {
        let phones: Vec<Handset> = items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.delivery == DeliveryMethod::ByPhone)
            .map(|(line, item)| Handset { line, item: item.clone(), number: draft.number_for(item, model) })
            .collect();
        draft.phones = phones;
        draft.focus = draft.first_empty();
        draft
    }

    /// The number typed for the same item, else for the same brand, else the last one topped up if it is
    /// valid in the item's country. A number of another country would not be a useful suggestion.
    fn number_for(&self, item: &Item, model: &Model) -> Field {
        let brand = |phone: &&Handset| {
            phone.item.brand == item.brand && phone.item.country == item.country && !phone.number.is_empty()
        };
        let same = self.phones.iter().find(|phone| phone.item.is_same_goods(item));
        if let Some(phone) = same.or_else(|| self.phones.iter().find(brand)) {
            return phone.number.clone();
        }
        let last =
            model.phone.as_ref().map(Phone::as_str).filter(|phone| Phone::parse(phone, item.country).is_ok());
        Field::offering(last.unwrap_or_default())
    }

    /// The field to focus first: a phone without a number, else the e-mail address or the first field.
    fn first_empty(&self) -> Spot {
        let phone = self.phones.iter().find(|phone| phone.number.is_empty());
        match (phone, self.phones.first()) {
            (Some(phone), _) => Spot::Phone(phone.line),
            (None, Some(first)) if !self.email.is_empty() => Spot::Phone(first.line),
            (None, _) => Spot::Email,
        }
    }

    /// All fields, from top to bottom.
    pub fn spots(&self) -> Vec<Spot> {
        let phones = self.phones.iter().map(|phone| Spot::Phone(phone.line));
        phones.chain([Spot::Email, Spot::Coupon, Spot::Refund, Spot::Newsletter]).collect()
    }

    /// The field for the beneficiary of a line. Without a line, the only phone, or the e-mail address if there
    /// are no phones.
    pub fn beneficiary_spot(&self, line: Option<usize>) -> Option<Spot> {
        let phone = |line| self.phones.iter().find(|phone| phone.line == line);
        match (line, self.phones.as_slice()) {
            (Some(line), _) => Some(phone(line).map_or(Spot::Email, |phone| Spot::Phone(phone.line))),
            (None, []) => Some(Spot::Email),
            (None, [only]) => Some(Spot::Phone(only.line)),
            (None, _) => None,
        }
    }

    /// The phone that a line tops up.
    pub fn phone(&self, line: usize) -> Option<&Handset> {
        self.phones.iter().find(|phone| phone.line == line)
    }

    /// Returns whether the focused field's text is only a suggestion, so that typing replaces it.
    pub fn offers_focused(&self) -> bool {
        let field = match self.focus {
            Spot::Email => Some(&self.email),
            Spot::Phone(line) => self.phone(line).map(|phone| &phone.number),
            Spot::Coupon => Some(&self.coupon),
            Spot::Refund => Some(&self.refund),
            Spot::Newsletter => None,
        };
        field.is_some_and(Field::is_offered)
    }

    /// The focused field, if it takes text.
    pub fn focused(&mut self) -> Option<&mut Field> {
        match self.focus {
            Spot::Email => Some(&mut self.email),
            Spot::Phone(line) => {
                self.phones.iter_mut().find(|phone| phone.line == line).map(|phone| &mut phone.number)
            }
            Spot::Coupon => Some(&mut self.coupon),
            Spot::Refund => Some(&mut self.refund),
            Spot::Newsletter => None,
        }
    }

    /// Moves the focus down, wrapping around from the last field to the first.
    pub fn next(&mut self) {
        self.step(1);
    }

    /// Moves the focus up, wrapping around from the first field to the last.
    pub fn previous(&mut self) {
        self.step(self.spots().len() - 1);
    }

    fn step(&mut self, by: usize) {
        let spots = self.spots();
        let here = spots.iter().position(|spot| *spot == self.focus).unwrap_or_default();
        self.focus = spots[(here + by) % spots.len()];
    }

    /// Returns the verdict on the typed refund address, or `None` if there is none.
    pub fn refund_verdict(&self, model: &Model) -> Option<Verdict> {
        let text = self.refund.text().trim();
        let (coin, network) = (model.tender.coin.sent(), model.tender.network.sent());
        (!text.is_empty()).then(|| address::looks_like_refund_address(coin, network, text))
    }

    /// Converts the form to a purchase, or returns all errors from top to bottom.
    pub fn purchase(&self, items: &[Item], model: &Model) -> Result<Purchase, Vec<(Spot, String)>> {
        let mut notes = Vec::new();
        let mut lines = Vec::new();
        let buyer = self.email.text().parse::<Email>();
        for (place, item) in items.iter().enumerate() {
            let beneficiary = match (self.phone(place), &buyer) {
                (Some(phone), _) => match Phone::parse(phone.number.text(), item.country) {
                    Ok(number) => Some(Beneficiary::Handset(number)),
                    Err(why) => {
                        notes.push((Spot::Phone(place), sentence(&why)));
                        None
                    }
                },
                (None, Ok(email)) => Some(Beneficiary::Mailbox(email.clone())),
                (None, Err(_)) => None,
            };
            lines.extend(beneficiary.map(|beneficiary| Line { item: item.clone(), beneficiary }));
        }
        if let Err(why) = &buyer {
            notes.push((Spot::Email, sentence(why)));
        }
        if let Some(Verdict::Wrong(fault)) = self.refund_verdict(model) {
            notes.push((Spot::Refund, format!("No refund can go there. {fault}")));
        }
        let (Ok(buyer), true) = (buyer, notes.is_empty()) else { return Err(notes) };
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Purchase {
            lines,
            buyer,
            tender: model.tender.clone(),
            coupon: some(self.coupon.text().trim()),
            refund_address: some(self.refund.text().trim()),
            newsletter: self.newsletter,
            lang: model.lang,
        })
    }
}

/// Formats an error as a sentence; it need not name the field that it is shown at.
fn sentence(why: &impl ToString) -> String {
    let why = why.to_string();
    let mut letters = why.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}
