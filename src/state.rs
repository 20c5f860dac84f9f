//! The state of the program: the model, and a stack of screens that is never empty.

mod asked;
mod window;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use asked::Asked;

use crate::domain::cart::Cart;
use crate::domain::country::{self, CountryCode};
use crate::domain::order::OrderId;
use crate::domain::purchase::Lang;
use crate::domain::tender::Tender;
use crate::domain::time::{Dated, Moment, ShopClock};
use crate::effect::{Effect, Effects, Subscription};
use crate::input::Size;
use crate::keymap::{Command, Typing};
use crate::layout;
use crate::model::delays::Delays;
use crate::model::logos::Logos;
use crate::model::pricing::PriceBook;
use crate::model::{Model, Preferences, Shop, Toast};
use crate::picture::Display;
use crate::remote::{Recalled, Remote, RequestId};
use crate::screens::AnyScreen;
use crate::screens::brands::Brands;
use crate::screens::country::Country;
use crate::search::MatcherScratch;
use crate::search::catalogue_index::CatalogueIndex;

/// The most orders that are followed at once.
pub const MOST_FOLLOWED: usize = 20;

/// How many of the orders that were open at the start are asked about at once: a start has other
/// questions, too, and all of them together are no crowd of connections. The next order follows as soon
/// as one is heard of.
const ASKED_AT_ONCE: usize = 8;

/// What a session begins with.
#[derive(Clone, Debug)]
pub struct SessionInit {
    /// The shop.
    pub shop: Shop,
    /// The window.
    pub size: Size,
    /// Now.
    pub now: Moment,
    /// Seconds between local time and UTC.
    pub utc_offset: i64,
    /// The country of the user's locale.
    pub locale_country: Option<CountryCode>,
    /// When it asks for what its first screen can do without.
    pub asks: StartPolicy,
    /// The country that was asked for, or that was chosen last.
    pub country: Option<CountryCode>,
    /// The cached catalogue of that country, and its age.
    pub stock: Option<Dated<Arc<CatalogueIndex>>>,
    /// Language of what the supplier writes.
    pub lang: Lang,
    /// How pictures are shown; nothing where they are not.
    pub pictures: Option<Display>,
    /// How this user wants the program to behave.
    pub preferences: Preferences,
}

/// When a session asks for what its first screen can do without: once there is every country, or the brands
/// that were sold last, there is something to choose from before anybody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartPolicy {
    /// At once.
    AtOnce,
    /// The shop with the first key, or with the first order that is still open; this user's records at once.
    WithFirstKey,
    /// Everything with the first key, since no session of this user left anything behind.
    FirstVisit,
}

/// What works in a window that is too small to show what one does.
const BLINDLY: [Command; 6] = [
    Command::CopyAddress,
    Command::CopyAmount,
    Command::CopyLink,
    Command::CopySupport,
    Command::Back,
    Command::Quit,
];

/// Whether and when the session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Not now.
    No,
    /// It was asked for once, and the user was told what stays open.
    Asked,
    /// As soon as the order that is being placed has its answer in the journal.
    AfterPlacing,
    /// Now.
    Now,
}

/// Everything that the screen shows follows from this.
#[derive(Debug)]
pub struct State {
    /// Facts for every screen.
    pub model: Model,
    /// Whether the session ends.
    pub leaving: Leaving,
    pub(crate) stack: Vec<AnyScreen>,
    pub(crate) effects: Effects,
    /// What the deliberate keys of the screen that is up would do.
    pub(crate) asked: Option<Asked>,
    pub(crate) countries: Option<RequestId>,
}

impl State {
    /// The first screen, and what it asks for: a returning user lands on the brands of their country.
    pub fn new(init: SessionInit) -> (Self, Vec<Effect>) {
        let mut effects = Effects::default();
        let mut likely: Vec<CountryCode> = init.country.into_iter().chain(init.locale_country).collect();
        likely.dedup();
        let notice = init.shop.notice.clone().map(Toast::Warning);
        let stock = init.stock.filter(|last| Some(last.value.catalogue.country) == init.country);
        let records = Remote::Waiting(effects.ask(Effect::LoadRecords));
        let has_enough = init.country.is_none() || stock.is_some();
        let untouched = has_enough && init.asks != StartPolicy::AtOnce;
        let mut wanted = if init.asks == StartPolicy::FirstVisit { Vec::new() } else { effects.take() };
        let model = Model {
            shop: init.shop,
            size: init.size,
            now: init.now,
            utc_offset: init.utc_offset,
            countries: country::bundled(),
            likely,
            payment_methods: Remote::Waiting(effects.ask(Effect::FetchPaymentMethods)),
            payment_methods_recalled: None,
            tender: Tender::recommended(),
            records,
            earlier: None,
            opening: BTreeMap::new(),
            unfinished: Vec::new(),
            feeds: BTreeMap::new(),
            unsaved: BTreeMap::new(),
            unheard: BTreeSet::new(),
            email: None,
            phone: None,
            cart: Cart::default(),
            prices: PriceBook::default(),
            refused: Vec::new(),
            lang: init.lang,
            logos: Logos::new(init.pictures),
            delays: Delays::default(),
            preferences: init.preferences,
            scratch: MatcherScratch::default(),
            toast: notice,
            untouched,
            clock: ShopClock::default(),
        };
        let countries = Some(effects.ask(Effect::FetchCountries));
        let mut stack = vec![AnyScreen::from(Country::new(&model))];
        if let Some(country) = init.country {
            let brands = match stock {
                Some(last) => Brands::recalled(country, last, &model.scratch, &mut effects),
                None => Brands::new(country, &mut effects),
            };
            stack.push(AnyScreen::from(brands));
        }
        let mut state = Self { model, leaving: Leaving::No, stack, effects, asked: None, countries };
        state.want_logo();
        wanted.extend(state.take_effects());
        (state, wanted)
    }

    /// What has to be done now.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        if self.model.untouched { Vec::new() } else { self.effects.take() }
    }

    /// StartPolicy for the logo of the brand that is looked at, and for no other.
    pub(crate) fn want_logo(&mut self) {
        let brand = self.stack.last().and_then(|top| top.pictured(&self.model));
        let size = layout::logo_cells(self.model.size.columns);
        self.model.logos.want(brand, size, &mut self.effects);
    }

    /// The screen that is up.
    pub fn top(&self) -> &AnyScreen {
        self.stack.last().unwrap_or_else(|| unreachable!("the stack is never empty"))
    }

    /// All screens, the first one opened first.
    pub fn stack(&self) -> &[AnyScreen] {
        &self.stack
    }

    /// The commands that work now, the most useful first.
    pub fn commands(&self) -> Vec<Command> {
        let mut commands = self.top().commands(&self.model);
        // Where there is something to explain, there is something to find.
        if commands.contains(&Command::Help) {
            commands.push(Command::Palette);
        }
        if layout::is_too_small(self.model.size.columns, self.model.size.rows) {
            // Nobody sees what else a key would do, least of all what it would cost.
            commands.retain(|command| BLINDLY.contains(command));
        }
        commands
    }

    /// What takes the letters now.
    pub fn typing(&self) -> Typing {
        self.top().typing()
    }

    /// Every question whose answer is awaited. The runtime stops asking any other.
    pub fn pending_requests(&self) -> BTreeSet<RequestId> {
        let model = self.model.records.awaited().into_iter().chain(self.countries);
        let model = model.chain(self.model.logos.awaited()).chain(self.payment_methods_awaited());
        let earlier = self.model.earlier.as_ref().and_then(|asked| asked.as_ref().ok());
        let model = model.chain(earlier.copied()).chain(self.model.opening.values().copied());
        model.chain(self.stack.iter().flat_map(|screen| screen.pending_requests())).collect()
    }

    fn payment_methods_awaited(&self) -> Option<RequestId> {
        let renewal = self.model.payment_methods_recalled.as_ref().and_then(Recalled::awaited);
        self.model.payment_methods.awaited().or(renewal)
    }

    /// Everything that has to be kept coming in.
    pub fn subscriptions(&self) -> BTreeSet<Subscription> {
        let ticks = self.top().needs_clock(&self.model)
            || !self.model.unsaved.is_empty()
            || self.counts_down_to_a_question();
        let clock = ticks.then_some(Subscription::Seconds);
        self.followed().into_iter().map(Subscription::Order).chain(clock).collect()
    }

    /// Whether the screen that is up tells when a question is asked again.
    fn counts_down_to_a_question(&self) -> bool {
        let Model { delays, preferences, now, .. } = &self.model;
        if delays.is_empty() || preferences.reduced_motion {
            return false;
        }
        let payment_methods = match self.top() {
            AnyScreen::Tender(_) => self.payment_methods_awaited(),
            _ => None,
        };
        delays.are_ahead(self.top().pending_requests().into_iter().chain(payment_methods), now.uptime)
    }

    /// The orders that are followed: those of every screen that somebody will come back to, the one
    /// that is up first, and those that were open at the start until something is heard of them.
    pub fn followed(&self) -> BTreeSet<OrderId> {
        let shown = self.stack.iter().rev().flat_map(|screen| screen.subscriptions(&self.model));
        let mut followed = BTreeSet::new();
        let unheard = self.model.unheard.iter().take(ASKED_AT_ONCE).cloned();
        for id in shown.chain(unheard) {
            if followed.len() < MOST_FOLLOWED {
                followed.insert(id);
            }
        }
        followed
    }

    /// Whether the screen that is up has the whole window to itself: not while something is said.
    pub fn fills_window(&self) -> bool {
        self.top().fills_window() && self.model.toast.is_none()
    }

    /// Whether an order is on its way to the shop and its answer is not here yet.
    pub fn is_placing(&self) -> bool {
        self.stack.iter().any(|screen| screen.is_placing())
    }
}
