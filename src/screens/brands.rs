//! Brands: what is sold in a country.

pub mod view;

use std::borrow::Cow;
use std::sync::Arc;

use super::cursor::Cursor;
use super::desk::{Desk, Toast};
use super::{Outcome, Page};
use crate::action::Action;
use crate::domain::catalogue::{Brand, Catalogue, Kind};
use crate::domain::country::CountryCode;
use crate::domain::text::Printable;
use crate::effect::{Effect, Effects};
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::remote::{Remote, RequestId};
use crate::search::Index;

/// The brands of a country, filtered by what is typed, by kind and by category.
#[derive(Debug)]
pub struct Brands {
    /// The country.
    pub country: CountryCode,
    /// What is typed.
    pub filter: Field,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this category.
    pub category: Option<Printable>,
    /// Which row is marked.
    pub cursor: Cursor,
    /// The list, once it is here.
    pub listing: Remote<Listing>,
}

/// A catalogue and what is seen of it.
#[derive(Debug)]
pub struct Listing {
    /// All brands.
    pub catalogue: Arc<Catalogue>,
    /// Places of the brands that match, the best first.
    pub shown: Vec<usize>,
    index: Index,
}

impl Listing {
    fn new(catalogue: Arc<Catalogue>) -> Self {
        let index = Index::new(catalogue.brands.iter().map(|brand| {
            let tags: Vec<&str> = brand.tags.iter().map(Printable::as_str).collect();
            let also = format!("{} {} {}", brand.family, brand.category, tags.join(" "));
            (brand.name.shown(), also)
        }));
        Self { catalogue, shown: Vec::new(), index }
    }

    /// A brand by its row.
    pub fn row(&self, row: usize) -> Option<&Brand> {
        self.catalogue.brands.get(*self.shown.get(row)?)
    }
}

impl Brands {
    /// Asks for the brands of a country.
    pub fn new(country: CountryCode, effects: &mut Effects) -> Self {
        let listing = Remote::Waiting(effects.ask(|id| Effect::FetchCatalogue(id, country)));
        Self {
            country,
            filter: Field::default(),
            kind: None,
            category: None,
            cursor: Cursor::default(),
            listing,
        }
    }

    /// The categories of the kind that is shown, by name.
    fn categories(&self) -> Vec<Printable> {
        let Some(listing) = self.listing.ready() else { return Vec::new() };
        let mut categories: Vec<Printable> = listing
            .catalogue
            .brands
            .iter()
            .filter(|brand| self.kind.is_none_or(|kind| brand.kind == kind))
            .map(|brand| brand.category.clone())
            .filter(|category| !category.is_empty())
            .collect();
        categories.sort();
        categories.dedup();
        categories
    }

    fn refilter(&mut self) {
        self.cursor = Cursor::default();
        let (kind, category, query) = (self.kind, self.category.clone(), self.filter.text().to_owned());
        let Some(listing) = self.listing.ready_mut() else { return };
        let catalogue = Arc::clone(&listing.catalogue);
        let fits = |brand: &Brand| {
            kind.is_none_or(|kind| brand.kind == kind)
                && category.as_ref().is_none_or(|category| brand.category == *category)
        };
        let searching = !query.trim().is_empty();
        let found = listing.index.find(&query).iter().map(|hit| hit.place);
        let featured = if searching { &[] } else { catalogue.featured.as_slice() };
        let mut shown: Vec<usize> = featured.to_vec();
        shown.extend(found.filter(|place| !featured.contains(place)));
        shown.retain(|&place| catalogue.brands.get(place).is_some_and(fits));
        shown.sort_by_key(|&place| catalogue.brands[place].out_of_stock);
        listing.shown = shown;
    }

    fn next_kind(&mut self) {
        self.kind = match self.kind {
            None => Some(Kind::GiftCard),
            Some(Kind::GiftCard) => Some(Kind::TopUp),
            Some(Kind::TopUp) => Some(Kind::Esim),
            Some(Kind::Esim) => None,
        };
        self.category = None;
        self.refilter();
    }

    fn next_category(&mut self) {
        let categories = self.categories();
        self.category = match &self.category {
            None => categories.into_iter().next(),
            Some(now) => categories.into_iter().skip_while(|category| category != now).nth(1),
        };
        self.refilter();
    }

    fn choose(&self) -> Option<Outcome> {
        let brand = self.listing.ready()?.row(self.cursor.at())?;
        if brand.out_of_stock {
            return Some(warn(format!("{} is out of stock at the moment.", brand.name)));
        }
        if brand.needs_account() {
            let name = &brand.name;
            return Some(warn(format!("{name} is sold only to people with an account at the supplier.")));
        }
        Some(Outcome::BrandChosen(Box::new(brand.clone())))
    }
}

fn warn(sentence: String) -> Outcome {
    Outcome::Said(Toast::Warning(sentence))
}

impl Page for Brands {
    fn title(&self, _desk: &Desk) -> Cow<'_, str> {
        "Brands".into()
    }

    fn offers(&self, _desk: &Desk) -> Vec<Command> {
        let mut offers = Vec::with_capacity(24);
        match &self.listing {
            Remote::Waiting(_) => {}
            Remote::Failed(_) => offers.push(Command::Retry),
            // The shop has been seen to answer with no brands at all, for a while.
            Remote::Ready(listing) if listing.catalogue.brands.is_empty() => offers.push(Command::Retry),
            Remote::Ready(_) => offers.extend([Command::Choose, Command::NextKind, Command::NextCategory]),
        }
        offers.extend([Command::ChooseTender, Command::ShowCart, Command::Orders]);
        offers.extend([Command::Help, Command::Back]);
        offers.extend([
            Command::ChooseCountry,
            Command::Quit,
            Command::Up,
            Command::Down,
            Command::PageUp,
            Command::PageDown,
            Command::First,
            Command::Last,
        ]);
        offers
    }

    fn typing(&self) -> Typing {
        Typing::Text
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.filter)
    }

    fn edited(&mut self, _desk: &Desk, _effects: &mut Effects) {
        self.refilter();
    }

    fn obey(&mut self, command: Command, desk: &Desk, effects: &mut Effects) -> Option<Outcome> {
        let len = self.listing.ready().map_or(0, |listing| listing.shown.len());
        if self.cursor.obey(command, len, desk.list_rows()) {
            return None;
        }
        match command {
            Command::Choose => return self.choose(),
            Command::NextKind => self.next_kind(),
            Command::NextCategory => self.next_category(),
            Command::Retry => {
                let country = self.country;
                self.listing = Remote::Waiting(effects.ask(|id| Effect::FetchCatalogue(id, country)));
            }
            Command::Back if !self.filter.is_empty() => {
                self.filter.clear();
                self.refilter();
            }
            Command::Back => return Some(Outcome::Left),
            _ => {}
        }
        None
    }

    fn hear(&mut self, fact: &Action, _desk: &Desk, _effects: &mut Effects) -> Option<Outcome> {
        if let Action::CatalogueFetched(id, answer) = fact
            && self.listing.awaited() == Some(*id)
        {
            self.listing.settle(*id, answer.clone().map(Listing::new));
            self.refilter();
        }
        None
    }

    fn awaits(&self) -> Vec<RequestId> {
        self.listing.awaited().into_iter().collect()
    }
}
