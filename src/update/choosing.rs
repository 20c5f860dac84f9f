//! Choosing where and among what: the country, and the category of its brands.

use crate::domain::country::CountryCode;
use crate::domain::text::Printable;
use crate::effect::{Effect, Preference};
use crate::screens::Screen;
use crate::screens::brands::Brands;
use crate::screens::category::CategoryChoice;
use crate::state::State;

impl State {
    pub(super) fn enter(&mut self, country: CountryCode) {
        self.desk.likely.retain(|likely| *likely != country);
        self.desk.likely.insert(0, country);
        self.effects.wish(Effect::Remember(Preference::Country(country)));
        // Another country takes the place of the one that was there before.
        self.stack.truncate(1);
        self.stack.push(Screen::Brands(Box::new(Brands::new(country, &mut self.effects))));
    }

    /// Lists the categories of the brands that are looked at.
    pub(super) fn show_categories(&mut self) {
        let Some(Screen::Brands(brands)) = self.stack.last_mut() else { return };
        let sections = brands.sections();
        let choice = CategoryChoice::new(brands.looked_at(), sections, brands.category.clone());
        self.stack.push(Screen::Category(Box::new(choice)));
    }

    /// Shows the brands of a category, or of all of them.
    pub(super) fn narrow_to(&mut self, category: Option<Printable>) {
        self.back();
        if let Some(Screen::Brands(brands)) = self.stack.last_mut() {
            brands.narrow_to(category);
        }
    }

    /// Counts the categories anew whose list is open, when the brands below it may be others.
    pub(super) fn recount(&mut self) {
        let lists = |screen: &Screen| matches!(screen, Screen::Category(_));
        let Some(place) = self.stack.iter().position(lists) else { return };
        let (below, above) = self.stack.split_at_mut(place);
        if let (Some(Screen::Brands(brands)), Some(Screen::Category(choice))) =
            (below.last_mut(), above.first_mut())
        {
            choice.renew(brands.sections());
        }
    }
}
