//! What a person chose last: kept for the next start.

use super::cart::Cart;
use super::contact::{Email, Phone};
use super::tender::Tender;

/// A choice that the next start begins with. Kept on this machine only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedChoice {
    /// The last coin and network.
    Tender(Tender),
    /// The last e-mail address.
    Email(Email),
    /// The last phone number that was topped up.
    Phone(Phone),
    /// What is in the cart.
    Cart(Cart),
}

/// What was chosen last at a shop. A first screen can do without it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedChoices {
    /// The last coin and network.
    pub tender: Option<Tender>,
    /// The last e-mail address, as it was typed.
    pub email: Option<Email>,
    /// The last phone number that was topped up.
    pub phone: Option<Phone>,
    /// What is in the cart.
    pub cart: Cart,
}
