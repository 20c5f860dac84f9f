//! Updates the cart, and what is known of prices and refused tenders.

use crate::domain::choices::SavedChoice;
use crate::domain::money::Amount;
use crate::domain::purchase::Item;
use crate::domain::tender::Tender;
use crate::effect::Effect;
use crate::keymap::{Command, Typing};
use crate::model::Toast;
use crate::screens::cart::{Cart, CartChange};
use crate::screens::checkout::Checkout;
use crate::screens::{AnyScreen, Refusal};
use crate::state::State;

impl State {
    /// Adds an item to the cart and goes back to the brands.
    pub(super) fn add_to_cart(&mut self, item: Item, price: Option<Amount>) {
        let label = item.label();
        if let Some(price) = price {
            let (coin, now) = (self.model.tender.coin.clone(), self.model.now.uptime);
            self.model.prices.learn(item.clone(), coin, Some(price), now);
        }
        match self.model.cart.add(item) {
            Ok(()) => {
                self.keep_cart();
                self.back();
                let key = self.model.key(Command::ShowCart, Typing::Text);
                self.model.toast = Some(Toast::Note(format!("{label} is in the cart: {key} shows it.")));
            }
            Err(full) => self.model.toast = Some(Toast::Warning(full.to_string())),
        }
    }

    /// Changes the quantity of an item in the cart or removes it.
    pub(super) fn change_cart(&mut self, change: CartChange) {
        let cart = &mut self.model.cart;
        match change {
            CartChange::More(place) => {
                if let Err(full) = cart.more(place) {
                    self.model.toast = Some(Toast::Warning(full.to_string()));
                }
            }
            CartChange::Fewer(place) => cart.fewer(place),
            CartChange::Remove(place) => {
                let gone = cart.remove(place);
                let note = gone.map(|item| format!("{} is out of the cart.", item.label()));
                self.model.toast = note.map(Toast::Note);
            }
        }
        self.keep_cart();
    }

    /// Shows the cart, or goes back to it if it is already open.
    pub(super) fn show_cart(&mut self) {
        if let Some(place) = self.stack.iter().position(|screen| matches!(screen, AnyScreen::Cart(_))) {
            self.stack.truncate(place + 1);
        } else {
            let cart = Cart::new(&self.model, &mut self.effects);
            self.stack.push(AnyScreen::from(cart));
        }
    }

    /// Opens the checkout for the whole cart.
    pub(super) fn check_out_cart(&mut self) {
        let draft = match self.stack.last_mut() {
            Some(AnyScreen::Cart(cart)) => cart.draft.take(),
            _ => None,
        };
        let checkout = Checkout::of_cart(&self.model, draft);
        self.stack.push(AnyScreen::from(checkout));
    }

    /// Empties the cart once its contents were ordered.
    pub(super) fn empty_cart_if_ordered(&mut self) {
        let ordered = self
            .stack
            .iter()
            .any(|screen| matches!(screen, AnyScreen::Checkout(checkout) if checkout.is_of_cart));
        if ordered {
            self.model.cart = crate::domain::cart::Cart::default();
            self.keep_cart();
        }
    }

    /// Records a refused tender, so that the tender screen shows it.
    pub(super) fn learn_refusal(&mut self, tender: &Tender, refusal: Refusal) {
        match refusal {
            Refusal::Suspended => {
                if let Some(payment_methods) = self.model.payment_methods.ready_mut() {
                    payment_methods.suspend(tender);
                }
            }
            Refusal::Brands(brands) => {
                let refused = &mut self.model.refused;
                refused.extend(brands.into_iter().map(|brand| (brand, tender.clone())));
                refused.sort();
                refused.dedup();
            }
        }
    }

    fn keep_cart(&mut self) {
        self.effects.push(Effect::Remember(SavedChoice::Cart(self.model.cart.clone())));
    }
}
