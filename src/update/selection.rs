//! Handles the choice of country, category and payment method.

use crate::domain::choices::SavedChoices;
use crate::domain::country::CountryCode;
use crate::domain::failure::Failure;
use crate::domain::tender::{PaymentMethods, Tender};
use crate::domain::text::Printable;
use crate::domain::time::Dated;
use crate::effect::Effect;
use crate::remote::{Recalled, Remote, RequestId};
use crate::screens::AnyScreen;
use crate::screens::brands::Brands;
use crate::screens::category::CategoryChoice;
use crate::state::State;

impl State {
    /// Restores the choices of the last session.
    pub(super) fn recall(&mut self, choices: SavedChoices) {
        let SavedChoices { tender, email, phone, cart } = choices;
        self.model.tender = tender.unwrap_or_else(Tender::recommended);
        (self.model.email, self.model.phone, self.model.cart) = (email, phone, cart);
    }

    /// Opens the brands of a country and stores it for the next start.
    pub(super) fn enter(&mut self, country: CountryCode) {
        self.model.likely.retain(|likely| *likely != country);
        self.model.likely.insert(0, country);
        self.effects.push(Effect::RememberCountry(country));
        // The new country replaces the previous one.
        self.stack.truncate(1);
        self.stack.push(AnyScreen::from(Brands::new(country, &mut self.effects)));
    }

    /// Shows the cached payment methods while the shop is asked.
    pub(super) fn recall_payment_methods(&mut self, id: RequestId, last: &Dated<PaymentMethods>) {
        if self.model.payment_methods.answer(id, Ok(last.value.clone())) {
            self.model.payment_methods_recalled = Some(Recalled { told: last.told, renewal: Ok(id) });
        }
    }

    /// Stores the payment methods. An empty answer does not replace cached ones.
    pub(super) fn learn_payment_methods(&mut self, id: RequestId, answer: Result<PaymentMethods, Failure>) {
        let Some(recalled) =
            self.model.payment_methods_recalled.as_mut().filter(|last| last.awaited() == Some(id))
        else {
            self.model.payment_methods.answer(id, answer);
            return;
        };
        match answer {
            Ok(payment_methods) if !payment_methods.all().is_empty() => {
                self.model.payment_methods = Remote::Ready(payment_methods);
                self.model.payment_methods_recalled = None;
            }
            Ok(_) => {
                let nothing = Printable::new("it names no ways to pay at the moment");
                recalled.renewal = Err(Failure::Unreadable(nothing));
            }
            Err(failure) => recalled.renewal = Err(failure),
        }
    }

    /// Requests the payment methods again, if they are missing or could not be renewed.
    pub(super) fn ask_for_rails(&mut self) {
        let id = self.effects.ask(Effect::FetchPaymentMethods);
        match &mut self.model.payment_methods_recalled {
            Some(recalled) => recalled.renewal = Ok(id),
            None => self.model.payment_methods = Remote::Waiting(id),
        }
    }

    /// Opens the categories of the brands on the top screen.
    pub(super) fn show_categories(&mut self) {
        let Some(AnyScreen::Brands(brands)) = self.stack.last_mut() else { return };
        let (sections, used) = (brands.sections(&self.model.scratch), brands.category.clone());
        let choice = CategoryChoice::new(brands.looked_at(), sections, used, &self.model.scratch);
        self.stack.push(AnyScreen::from(choice));
    }

    /// Goes back to the brands and shows those of a category, or all of them.
    pub(super) fn narrow_to(&mut self, category: Option<Printable>) {
        self.back();
        if let Some(AnyScreen::Brands(brands)) = self.stack.last_mut() {
            brands.narrow_to(category, &self.model.scratch);
        }
    }

    /// Updates the counts of an open category list, since the brands below it may have changed.
    pub(super) fn recount(&mut self) {
        let lists = |screen: &AnyScreen| matches!(screen, AnyScreen::Category(_));
        let Some(place) = self.stack.iter().position(lists) else { return };
        let (below, above) = self.stack.split_at_mut(place);
        if let (Some(AnyScreen::Brands(brands)), Some(AnyScreen::Category(choice))) =
            (below.last_mut(), above.first_mut())
        {
            choice.renew(brands.sections(&self.model.scratch), &self.model.scratch);
        }
    }
}
