//! The checkout's fields: filled in by a person, read into a purchase.

use super::super::desk::Desk;
use crate::domain::address::{self, Verdict};
use crate::domain::contact::{Beneficiary, Email, Phone};
use crate::domain::problem::Concern;
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Item, Line, Purchase};
use crate::field::Field;

/// Where the focus can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The e-mail address.
    Email,
    /// The phone number to top up.
    Phone,
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
            Self::Email | Self::Phone => Concern::Beneficiary,
            Self::Coupon => Concern::Coupon,
            Self::Refund => Concern::Tender,
            Self::Newsletter => Concern::Order,
        }
    }
}

/// What is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The buyer's e-mail address; codes go there too.
    pub email: Field,
    /// The phone number, for a top-up.
    pub phone: Field,
    /// The coupon code.
    pub coupon: Field,
    /// The address that a refund would go to.
    pub refund: Field,
    /// Whether the supplier's newsletter is wanted.
    pub newsletter: bool,
    /// Where the focus is.
    pub focus: Spot,
    /// How the item is delivered, which decides who gets it.
    pub delivery: DeliveryMethod,
}

impl Form {
    /// Empty fields, but for the e-mail address that is remembered.
    pub fn new(delivery: DeliveryMethod, email: Option<&str>) -> Self {
        let email = Field::with(email.unwrap_or_default());
        let focus = match delivery {
            DeliveryMethod::ByPhone => Spot::Phone,
            DeliveryMethod::ByEmail => Spot::Email,
        };
        Self {
            email,
            phone: Field::default(),
            coupon: Field::default(),
            refund: Field::default(),
            newsletter: false,
            focus,
            delivery,
        }
    }

    /// The fields that there are, from top to bottom.
    pub fn spots(&self) -> &'static [Spot] {
        match self.delivery {
            DeliveryMethod::ByPhone => {
                &[Spot::Phone, Spot::Email, Spot::Coupon, Spot::Refund, Spot::Newsletter]
            }
            DeliveryMethod::ByEmail => &[Spot::Email, Spot::Coupon, Spot::Refund, Spot::Newsletter],
        }
    }

    /// The field that says who gets it.
    pub fn beneficiary_spot(&self) -> Spot {
        match self.delivery {
            DeliveryMethod::ByPhone => Spot::Phone,
            DeliveryMethod::ByEmail => Spot::Email,
        }
    }

    /// The field with the focus, when it takes text.
    pub fn focused(&mut self) -> Option<&mut Field> {
        match self.focus {
            Spot::Email => Some(&mut self.email),
            Spot::Phone => Some(&mut self.phone),
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

    /// The purchase that the fields say, or everything that is wrong with them, from top to bottom.
    pub fn purchase(&self, item: &Item, desk: &Desk) -> Result<Purchase, Vec<(Spot, String)>> {
        let mut notes = Vec::new();
        let buyer = self.email.text().parse::<Email>();
        if let Err(why) = &buyer {
            notes.push((Spot::Email, format!("Your e-mail: {why}.")));
        }
        let phone = match self.delivery {
            DeliveryMethod::ByPhone => Some(Phone::parse(self.phone.text(), item.country)),
            DeliveryMethod::ByEmail => None,
        };
        if let Some(Err(why)) = &phone {
            notes.push((Spot::Phone, format!("Phone number: {why}.")));
        }
        let refund_address = self.refund.text().trim();
        if let (false, Some(why)) = (refund_address.is_empty(), wrong_address(refund_address, desk)) {
            notes.push((Spot::Refund, format!("Refund address: {why}")));
        }
        let beneficiary = match (&buyer, phone) {
            (_, Some(Ok(phone))) => Some(Beneficiary::Handset(phone)),
            (Ok(email), None) => Some(Beneficiary::Mailbox(email.clone())),
            (_, Some(Err(_))) | (Err(_), None) => None,
        };
        let (Ok(buyer), Some(beneficiary), true) = (buyer, beneficiary, notes.is_empty()) else {
            notes.sort_by_key(|(wrong, _)| self.spots().iter().position(|spot| spot == wrong));
            return Err(notes);
        };
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Purchase {
            lines: vec![Line { item: item.clone(), beneficiary }],
            buyer,
            tender: desk.tender.clone(),
            coupon: some(self.coupon.text().trim()),
            refund_address: some(refund_address),
            newsletter: self.newsletter,
            lang: desk.lang,
        })
    }
}

fn wrong_address(text: &str, desk: &Desk) -> Option<String> {
    let (coin, network) = (desk.tender.coin.sent(), desk.tender.network.sent());
    match address::check(coin, network, text) {
        Verdict::Wrong(fault) => Some(format!("{fault}")),
        Verdict::Right(_) | Verdict::NotChecked(_) => None,
    }
}
