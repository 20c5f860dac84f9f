//! The checkout's fields: filled in by a person, read into a purchase.

use crate::domain::address::{self, Verdict};
use crate::domain::contact::{Beneficiary, Email, Phone};
use crate::domain::problem::Concern;
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Item, Line, Purchase};
use crate::field::Field;
use crate::model::Model;

/// Where the focus can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The e-mail address.
    Email,
    /// The phone number to top up, of the line in this place.
    Phone(usize),
    /// The coupon code.
    Coupon,
    /// The address that a refund would go to.
    Refund,
    /// Whether the newsletter is wanted.
    Newsletter,
}

impl Spot {
    /// What a problem with it is about.
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
    /// The place of the line.
    pub line: usize,
    /// What the line buys.
    pub item: Item,
    /// The number.
    pub number: Field,
}

/// What is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The buyer's e-mail address; codes go there too.
    pub email: Field,
    /// The phone numbers, one for each line that tops up a phone.
    pub phones: Vec<Handset>,
    /// The coupon code.
    pub coupon: Field,
    /// The address that a refund would go to.
    pub refund: Field,
    /// Whether the supplier's newsletter is wanted.
    pub newsletter: bool,
    /// Where the focus is.
    pub focus: Spot,
}

impl Form {
    /// Empty fields, but for what this machine remembers of the last purchase: that is offered.
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

    /// The fields as an earlier checkout left them, for what is bought now.
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

    /// The number that was typed for the same thing, else for the same brand, else the last one that
    /// was topped up, where it is a number of the right country: one of another is no guess at all.
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

    /// The field that comes first: a phone without a number, else the e-mail address or the first field.
    fn first_empty(&self) -> Spot {
        let phone = self.phones.iter().find(|phone| phone.number.is_empty());
        match (phone, self.phones.first()) {
            (Some(phone), _) => Spot::Phone(phone.line),
            (None, Some(first)) if !self.email.is_empty() => Spot::Phone(first.line),
            (None, _) => Spot::Email,
        }
    }

    /// The fields that there are, from top to bottom.
    pub fn spots(&self) -> Vec<Spot> {
        let phones = self.phones.iter().map(|phone| Spot::Phone(phone.line));
        phones.chain([Spot::Email, Spot::Coupon, Spot::Refund, Spot::Newsletter]).collect()
    }

    /// The field that says who gets a line, or the only line that tops up a phone.
    pub fn beneficiary_spot(&self, line: Option<usize>) -> Option<Spot> {
        let phone = |line| self.phones.iter().find(|phone| phone.line == line);
        match (line, self.phones.as_slice()) {
            (Some(line), _) => Some(phone(line).map_or(Spot::Email, |phone| Spot::Phone(phone.line))),
            (None, []) => Some(Spot::Email),
            (None, [only]) => Some(Spot::Phone(only.line)),
            (None, _) => None,
        }
    }

    /// The phone of a line.
    pub fn phone(&self, line: usize) -> Option<&Handset> {
        self.phones.iter().find(|phone| phone.line == line)
    }

    /// Whether what stands in the field with the focus is only offered, so that typing replaces it.
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

    /// The field with the focus, when it takes text.
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

    /// Moves the focus down, and from the last to the first.
    pub fn next(&mut self) {
        self.step(1);
    }

    /// Moves the focus up, and from the first to the last.
    pub fn previous(&mut self) {
        self.step(self.spots().len() - 1);
    }

    fn step(&mut self, by: usize) {
        let spots = self.spots();
        let here = spots.iter().position(|spot| *spot == self.focus).unwrap_or_default();
        self.focus = spots[(here + by) % spots.len()];
    }

    /// What the checks say of the refund address that is typed; nothing when none is.
    pub fn refund_verdict(&self, model: &Model) -> Option<Verdict> {
        let text = self.refund.text().trim();
        let (coin, network) = (model.tender.coin.sent(), model.tender.network.sent());
        (!text.is_empty()).then(|| address::looks_like_refund_address(coin, network, text))
    }

    /// The purchase that the fields say, or everything that is wrong with them, from top to bottom.
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

/// What is wrong with a field, as a sentence of its own: it stands at the field, whose name is there.
fn sentence(why: &impl ToString) -> String {
    let why = why.to_string();
    let mut letters = why.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}
