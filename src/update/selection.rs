//! Choosing where, among what and by which means: the country, a category of its brands, the ways to pay.

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
    /// Goes on with what was chosen last.
    pub(super) fn recall(&mut self, choices: SavedChoices) {
        let SavedChoices { tender, email, phone, cart } = choices;
        self.model.tender = tender.unwrap_or_else(Tender::recommended);
        (self.model.email, self.model.phone, self.model.cart) = (email, phone, cart);
    }

    pub(super) fn enter(&mut self, country: CountryCode) {
        self.model.likely.retain(|likely| *likely != country);
        self.model.likely.insert(0, country);
        self.effects.push(Effect::RememberCountry(country));
        // Another country takes the place of the one that was there before.
        self.stack.truncate(1);
        self.stack.push(AnyScreen::from(Brands::new(country, &mut self.effects)));
    }

    /// Shows the ways to pay that the shop told last, while it is asked.
    pub(super) fn recall_payment_methods(&mut self, id: RequestId, last: &Dated<PaymentMethods>) {
        if self.model.payment_methods.answer(id, Ok(last.value.clone())) {
            self.model.payment_methods_recalled = Some(Recalled { told: last.told, renewal: Ok(id) });
        }
    }

    /// Takes the ways to pay. An answer without any is worth nothing where there are some from memory.
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

    /// StartPolicy for the ways to pay again, if they are not here or could not be renewed.
    pub(super) fn ask_for_rails(&mut self) {
        let id = self.effects.ask(Effect::FetchPaymentMethods);
        match &mut self.model.payment_methods_recalled {
            Some(recalled) => recalled.renewal = Ok(id),
            None => self.model.payment_methods = Remote::Waiting(id),
        }
    }

    /// Lists the categories of the brands that are looked at.
    pub(super) fn show_categories(&mut self) {
        let Some(AnyScreen::Brands(brands)) = self.stack.last_mut() else { return };
        let (sections, used) = (brands.sections(&self.model.scratch), brands.category.clone());
        let choice = CategoryChoice::new(brands.looked_at(), sections, used, &self.model.scratch);
        self.stack.push(AnyScreen::from(choice));
    }

    /// Shows the brands of a category, or of all of them.
    pub(super) fn narrow_to(&mut self, category: Option<Printable>) {
        self.back();
        if let Some(AnyScreen::Brands(brands)) = self.stack.last_mut() {
            brands.narrow_to(category, &self.model.scratch);
        }
    }

    /// Counts the categories anew whose list is open, when the brands below it may be others.
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
