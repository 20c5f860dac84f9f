//! The brands screen: lists the brands sold in a country.

mod listing;
pub mod plain;
pub mod view;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub use self::listing::Listing;
use self::listing::Wanted;
use super::category::Section;
use super::{Screen, ScreenEvent};
use crate::action::Action;
use crate::domain::catalogue::{Brand, Kind};
use crate::domain::country::CountryCode;
use crate::domain::failure::Failure;
use crate::domain::product::{Description, ProductGroup};
use crate::domain::request::Family;
use crate::domain::text::Printable;
use crate::domain::time::Dated;
use crate::effect::{Effect, Effects};
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout;
use crate::layout::Spot;
use crate::list::{Cursor, FilteredList, MOVES};
use crate::model::{Model, Toast};
use crate::remote::{Recalled, Remote, RequestId};
use crate::search::MatcherScratch;
use crate::search::catalogue_index::CatalogueIndex;

/// The maximum number of brands whose descriptions are cached.
const MOST_TOLD: usize = 200;

/// The commands the screen can offer together, one set per mode, except those that work everywhere.
pub const COMMANDS: &[&[Command]] = &[&[
    Command::Retry,
    Command::Choose,
    Command::NextKind,
    Command::ChooseCategory,
    Command::Describe,
    Command::ShowCart,
    Command::Up,
    Command::Down,
    Command::PageUp,
    Command::PageDown,
    Command::First,
    Command::Last,
]];

/// The brands of a country, filtered by text, kind and category.
#[derive(Debug)]
pub struct Brands {
    /// The country.
    pub country: CountryCode,
    /// Indices of the matching brands in the catalogue.
    pub list: FilteredList<usize>,
    /// The kind to show, or `None` for all.
    pub kind: Option<Kind>,
    /// The category to show, or `None` for all.
    pub category: Option<Printable>,
    /// The catalogue and what is derived from it.
    pub listing: Remote<Listing>,
    /// The age of the catalogue while it comes from the cache.
    pub recalled: Option<Recalled>,
    /// The brand descriptions received in this session, by brand id.
    pub told: HashMap<Printable, Description>,
    /// The brand whose description is requested, with the state of the request.
    pub asking: Option<(Printable, Remote<()>)>,
}

impl Brands {
    /// Creates the screen and requests the brands of a country.
    pub fn new(country: CountryCode, effects: &mut Effects) -> Self {
        let listing = Remote::Waiting(effects.ask(|id| Effect::FetchCatalogue(id, country)));
        Self {
            country,
            list: FilteredList::default(),
            kind: None,
            category: None,
            listing,
            recalled: None,
            told: HashMap::new(),
            asking: None,
        }
    }

    /// Like `new`, but shows the cached catalogue until the shop answers.
    pub fn recalled(
        country: CountryCode,
        last: Dated<Arc<CatalogueIndex>>,
        scratch: &MatcherScratch,
        effects: &mut Effects,
    ) -> Self {
        let mut screen = Self::new(country, effects);
        if let Some(id) = screen.listing.awaited() {
            screen.recall(id, last, scratch);
        }
        screen
    }

    fn recall(&mut self, id: RequestId, last: Dated<Arc<CatalogueIndex>>, scratch: &MatcherScratch) {
        if self.listing.answer(id, Ok(Listing::new(last.value))) {
            self.recalled = Some(Recalled { told: last.told, renewal: Ok(id) });
            self.refilter(scratch);
        }
    }

    /// Replaces the cached catalogue by the shop's answer. The cached one stays if the answer is a failure or
    /// lists no brands: the shop has been seen to answer with no brands at all, for a while.
    fn renew(
        &mut self,
        answer: Result<Arc<CatalogueIndex>, Failure>,
        scratch: &MatcherScratch,
        effects: &mut Effects,
    ) {
        let nothing = || Failure::Unreadable(Printable::new("it lists no brands at the moment"));
        let answer = answer.and_then(|stock| if is_empty(&stock) { Err(nothing()) } else { Ok(stock) });
        let Some(recalled) = &mut self.recalled else { return };
        match answer {
            Ok(stock) => {
                let marked = self.row(self.list.cursor.at());
                let marked = marked.map(|brand| Printable::new(brand.id()));
                effects.push(Effect::CacheCatalogue(Arc::clone(&stock)));
                self.listing = Remote::Ready(Listing::new(stock));
                self.recalled = None;
                let cursor = self.list.cursor;
                self.refilter(scratch);
                self.mark(cursor, marked.as_ref());
            }
            Err(failure) => recalled.renewal = Err(failure),
        }
    }

    /// Selects the brand that was selected before a refresh, if it is still in the list.
    fn mark(&mut self, before: Cursor, marked: Option<&Printable>) {
        let Self { list, listing, .. } = self;
        let Some(catalogue) = listing.ready().map(Listing::catalogue) else { return };
        let id = |place: &usize| catalogue.brands.get(*place).map(Brand::id);
        list.mark_again(before, |place| id(place) == marked.map(Printable::as_str));
    }

    /// Returns a section for all categories, then those with matching brands of the current kind, by name.
    /// Includes the selected category even if it has none.
    pub fn sections(&mut self, scratch: &MatcherScratch) -> Vec<Section> {
        let (kind, query) = (self.kind, self.list.filter.text().to_owned());
        let Some(listing) = self.listing.ready_mut() else { return Vec::new() };
        let found = listing.find(&query, scratch);
        let brands = found.iter().filter_map(|&place| listing.catalogue().brands.get(place));
        let (mut all, mut counts) = (0, BTreeMap::new());
        for brand in brands.filter(|brand| kind.is_none_or(|kind| brand.kind == kind)) {
            all += 1;
            for category in brand.categories() {
                *counts.entry(category).or_default() += 1;
            }
        }
        if let Some(used) = &self.category {
            counts.entry(used.as_str()).or_default();
        }
        let each = counts.into_iter().map(|(category, brands)| (Some(Printable::new(category)), brands));
        let sections = std::iter::once((None, all)).chain(each);
        sections.map(|(category, brands)| Section { category, brands }).collect()
    }

    /// Describes the brands that the filter and the kind select.
    pub fn looked_at(&self) -> String {
        let what = self.kind.map_or("brands", Kind::plural);
        match self.list.filter.text().trim() {
            "" => what.to_owned(),
            query => format!("{what} that match “{query}”"),
        }
    }

    /// Shows only the brands of a category, or of all if it is `None`.
    pub fn narrow_to(&mut self, category: Option<Printable>, scratch: &MatcherScratch) {
        self.category = category;
        self.refilter(scratch);
    }

    /// The brand in a row of the list.
    pub fn row(&self, row: usize) -> Option<&Brand> {
        self.listing.ready()?.catalogue().brands.get(*self.list.shown.get(row)?)
    }

    fn refilter(&mut self, scratch: &MatcherScratch) {
        let Self { list, kind, category, listing, .. } = self;
        let wanted = Wanted { query: list.filter.text(), kind: *kind, category: category.as_ref() };
        let found = listing.ready_mut().map(|listing| listing.find_wanted(&wanted, scratch));
        list.show(found.unwrap_or_default());
    }

    fn next_kind(&mut self, scratch: &MatcherScratch) {
        self.kind = match self.kind {
            None => Some(Kind::GiftCard),
            Some(Kind::GiftCard) => Some(Kind::TopUp),
            Some(Kind::TopUp) => Some(Kind::Esim),
            Some(Kind::Esim) => None,
        };
        self.category = None;
        self.refilter(scratch);
    }

    /// Requests the description of the selected brand unless it is cached.
    fn describe(&mut self, model: &Model, effects: &mut Effects) {
        let Some(brand) = self.row(self.list.cursor.at()) else {
            return;
        };
        if self.told.contains_key(brand.id()) {
            return;
        }
        let family = Family {
            country: brand.country,
            name: brand.family().into(),
            coin: model.tender.coin.clone(),
            lang: model.lang,
        };
        let id = effects.ask(|id| Effect::FetchProducts(id, family));
        self.asking = Some((Printable::new(brand.id()), Remote::Waiting(id)));
    }

    /// Caches the descriptions of brands, whichever screen requested them.
    fn learn(&mut self, shelves: &[ProductGroup]) {
        if self.told.len() > MOST_TOLD {
            self.told.clear();
        }
        for shelf in shelves {
            self.told.insert(Printable::new(shelf.brand.id()), shelf.description.clone());
        }
    }

    fn choose(&self) -> Option<ScreenEvent> {
        let brand = self.row(self.list.cursor.at())?;
        if brand.out_of_stock {
            return Some(warn(format!("{} is out of stock at the moment.", brand.name())));
        }
        if brand.needs_account() {
            let name = &brand.name();
            return Some(warn(format!("{name} is sold only to people with an account at the supplier.")));
        }
        Some(ScreenEvent::BrandChosen(Box::new(brand.clone())))
    }
}

fn is_empty(stock: &CatalogueIndex) -> bool {
    stock.catalogue.brands.is_empty()
}

fn warn(sentence: String) -> ScreenEvent {
    ScreenEvent::Said(Toast::Warning(sentence))
}

impl Screen for Brands {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        "Brands".into()
    }

    fn commands(&self, model: &Model) -> Vec<Command> {
        let mut commands = Vec::with_capacity(24);
        let with_pane = layout::pane_columns(model.size.columns) > 0;
        match &self.listing {
            Remote::Waiting(_) => {}
            Remote::Failed(_) => commands.push(Command::Retry),
            // The shop has been seen to answer with no brands at all, for a while.
            Remote::Ready(listing) if listing.catalogue().brands.is_empty() => commands.push(Command::Retry),
            Remote::Ready(_) => {
                // Offered even if nothing matches, so that the footer does not change while the user types.
                commands.extend([Command::Choose, Command::NextKind]);
                // With items in the cart, showing it is the likely next step.
                commands.extend((!model.cart.is_empty()).then_some(Command::ShowCart));
                commands.push(Command::ChooseCategory);
                if self.recalled.as_ref().is_some_and(|recalled| recalled.renewal.is_err()) {
                    commands.push(Command::Retry);
                }
            }
        }
        commands.push(Command::ChooseTender);
        if with_pane && !self.list.shown.is_empty() {
            commands.push(Command::Describe);
        }
        if !commands.contains(&Command::ShowCart) {
            commands.push(Command::ShowCart);
        }
        commands.extend([Command::Orders, Command::Help, Command::Back]);
        commands.extend([Command::ChooseCountry, Command::Quit]);
        commands.extend(MOVES);
        commands
    }

    fn typing(&self) -> Typing {
        Typing::Text
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.list.filter)
    }

    fn edited(&mut self, model: &Model, _effects: &mut Effects) {
        self.refilter(&model.scratch);
    }

    fn row_at(&self, _model: &Model, spot: Spot) -> Option<(usize, usize)> {
        let rows = view::rows(self, spot.area);
        self.listing.ready().and_then(|_| self.list.seen(rows.height).at(spot, rows))
    }

    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        if self.list.on_command(command, model.list_rows()) {
            return None;
        }
        match command {
            Command::Choose => return self.choose(),
            Command::Describe => self.describe(model, effects),
            Command::NextKind => self.next_kind(&model.scratch),
            Command::Retry => {
                let country = self.country;
                let id = effects.ask(|id| Effect::FetchCatalogue(id, country));
                match &mut self.recalled {
                    Some(recalled) => recalled.renewal = Ok(id),
                    None => self.listing = Remote::Waiting(id),
                }
            }
            Command::Back if !self.list.filter.is_empty() => {
                self.list.filter.clear();
                self.refilter(&model.scratch);
            }
            Command::Back => return Some(ScreenEvent::Left),
            _ => {}
        }
        None
    }

    fn on_action(&mut self, action: &Action, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        match action {
            Action::ProductsRecalled(_, last) => self.learn(&last.value),
            Action::ProductsFetched(id, answer) => {
                self.learn(answer.as_deref().unwrap_or_default());
                if let Some((brand, asked)) = &mut self.asking
                    && asked.answer(*id, answer.clone().map(drop))
                    && asked.ready().is_some()
                {
                    // A brand without a description is not requested again.
                    self.told.entry(brand.clone()).or_default();
                    self.asking = None;
                }
            }
            Action::CatalogueRecalled(id, last) => self.recall(*id, last.clone(), &model.scratch),
            Action::CatalogueFetched(id, answer) if self.listing.awaited() == Some(*id) => {
                if let Some(stock) = answer.as_ref().ok().filter(|stock| !is_empty(stock)) {
                    effects.push(Effect::CacheCatalogue(Arc::clone(stock)));
                }
                self.listing.answer(*id, answer.clone().map(Listing::new));
                self.refilter(&model.scratch);
            }
            Action::CatalogueFetched(id, answer)
                if self.recalled.as_ref().and_then(Recalled::awaited) == Some(*id) =>
            {
                self.renew(answer.clone(), &model.scratch, effects);
            }
            _ => {}
        }
        None
    }

    fn pending_requests(&self) -> Vec<RequestId> {
        let renewal = self.recalled.as_ref().and_then(Recalled::awaited);
        let telling = self.asking.as_ref().and_then(|(_, asked)| asked.awaited());
        self.listing.awaited().into_iter().chain(renewal).chain(telling).collect()
    }

    fn pictured(&self, model: &Model) -> Option<&Brand> {
        let with_pane = layout::pane_columns(model.size.columns) > 0;
        self.row(self.list.cursor.at()).filter(|_| with_pane)
    }
}
