//! The user's most recent selections, saved for the next start.

use super::cart::Cart;
use super::contact::{Email, Phone};
use super::tender::Tender;

/// A selection that the next start begins with. It is stored on this machine only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedChoice {
    /// The last coin and network.
    Tender(Tender),
    /// The last e-mail address.
    Email(Email),
    /// The last phone number that was topped up.
    Phone(Phone),
    /// The contents of the cart.
    Cart(Cart),
}

/// The most recent selections at a shop. The first screen works without them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedChoices {
    /// The last coin and network.
    pub tender: Option<Tender>,
    /// The last e-mail address, as typed.
    pub email: Option<Email>,
    /// The last phone number that was topped up.
    pub phone: Option<Phone>,
    /// The contents of the cart.
    pub cart: Cart,
}
