//! Choosing where, among what and by which means: the country, a category of its brands, the ways to pay.

use crate::domain::choices::SavedChoices;
use crate::domain::country::CountryCode;
use crate::domain::failure::Failure;
use crate::domain::tender::{Rails, Tender};
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
    pub(super) fn recall_rails(&mut self, id: RequestId, last: &Dated<Rails>) {
        if self.model.rails.settle(id, Ok(last.value.clone())) {
            self.model.rails_recalled = Some(Recalled { told: last.told, renewal: Ok(id) });
        }
    }

    /// Takes the ways to pay. An answer without any is worth nothing where there are some from memory.
    pub(super) fn learn_rails(&mut self, id: RequestId, answer: Result<Rails, Failure>) {
        let Some(recalled) = self.model.rails_recalled.as_mut().filter(|last| last.awaited() == Some(id))
        else {
            self.model.rails.settle(id, answer);
            return;
        };
        match answer {
            Ok(rails) if !rails.all().is_empty() => {
                self.model.rails = Remote::Ready(rails);
                self.model.rails_recalled = None;
            }
            Ok(_) => {
                let nothing = Printable::new("it names no ways to pay at the moment");
                recalled.renewal = Err(Failure::Unreadable(nothing));
            }
            Err(failure) => recalled.renewal = Err(failure),
        }
    }

    /// Asks for the ways to pay again, if they are not here or could not be renewed.
    pub(super) fn ask_for_rails(&mut self) {
        let id = self.effects.ask(Effect::FetchRails);
        match &mut self.model.rails_recalled {
            Some(recalled) => recalled.renewal = Ok(id),
            None => self.model.rails = Remote::Waiting(id),
        }
    }

    /// Lists the categories of the brands that are looked at.
    pub(super) fn show_categories(&mut self) {
        let Some(AnyScreen::Brands(brands)) = self.stack.last_mut() else { return };
        let (sections, used) = (brands.sections(&self.model.pad), brands.category.clone());
        let choice = CategoryChoice::new(brands.looked_at(), sections, used, &self.model.pad);
        self.stack.push(AnyScreen::from(choice));
    }

    /// Shows the brands of a category, or of all of them.
    pub(super) fn narrow_to(&mut self, category: Option<Printable>) {
        self.back();
        if let Some(AnyScreen::Brands(brands)) = self.stack.last_mut() {
            brands.narrow_to(category, &self.model.pad);
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
            choice.renew(brands.sections(&self.model.pad), &self.model.pad);
        }
    }
}
