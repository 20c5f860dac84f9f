//! The state of the program: the model, and a stack of screens that is never empty.

mod asked;
mod window;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use asked::PendingQuestion;

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

/// The maximum number of orders followed at once.
pub const MOST_FOLLOWED: usize = 20;

/// How many of the orders that were open at the start are read at once. The start sends other requests too,
/// and all of them together must not open too many connections. The next order follows as soon as news of one
/// arrives.
const ASKED_AT_ONCE: usize = 8;

/// The inputs of a new session.
#[derive(Clone, Debug)]
pub struct SessionInit {
    /// The shop.
    pub shop: Shop,
    /// The size of the window.
    pub size: Size,
    /// The current time.
    pub now: Moment,
    /// The local time's offset from UTC in seconds.
    pub utc_offset: i64,
    /// The country of the user's locale.
    pub locale_country: Option<CountryCode>,
    /// When the session requests what its first screen can do without.
    pub asks: StartPolicy,
    /// The requested country, or the one chosen last.
    pub country: Option<CountryCode>,
    /// The cached catalogue of that country, and its age.
    pub stock: Option<Dated<Arc<CatalogueIndex>>>,
    /// The language of the supplier's texts.
    pub lang: Lang,
    /// How pictures are shown, or `None` if they are not.
    pub pictures: Option<Display>,
    /// The user's preferences.
    pub preferences: Preferences,
}

/// When a session requests what its first screen can do without. With all countries bundled, or with cached
/// brands, the user can start choosing before anything is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartPolicy {
    /// Immediately.
    AtOnce,
    /// Asks the shop at the first key press, or at the first order that is still open; reads this user's
    /// records immediately.
    WithFirstKey,
    /// Everything at the first key press, since no earlier session of this user left any data.
    FirstVisit,
}

/// The commands that work in a window too small to show their effect.
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
    /// Quit was requested once, and the user was warned about what remains open.
    Asked,
    /// As soon as the answer to the order being placed is in the journal.
    AfterPlacing,
    /// Now.
    Now,
}

/// The whole state of the program, from which every frame is drawn.
#[derive(Debug)]
pub struct State {
    /// The state shared by all screens.
    pub model: Model,
    /// Whether and when the session ends.
    pub leaving: Leaving,
    pub(crate) stack: Vec<AnyScreen>,
    pub(crate) effects: Effects,
    /// What the deliberate keys of the current screen would do.
    pub(crate) asked: Option<PendingQuestion>,
    pub(crate) countries: Option<RequestId>,
}

impl State {
    /// Creates the state and its first effects. A returning user starts at the brands of their country.
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

    /// Takes the effects to run now; none while the session is untouched.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        if self.model.untouched { Vec::new() } else { self.effects.take() }
    }

    /// Requests the logo of the brand on view, and no other.
    pub(crate) fn want_logo(&mut self) {
        let brand = self.stack.last().and_then(|top| top.pictured(&self.model));
        let size = layout::logo_cells(self.model.size.columns);
        self.model.logos.want(brand, size, &mut self.effects);
    }

    /// Returns the screen at the top of the stack.
    pub fn top(&self) -> &AnyScreen {
        self.stack.last().unwrap_or_else(|| unreachable!("the stack is never empty"))
    }

    /// Returns all screens, in the order they were opened.
    pub fn stack(&self) -> &[AnyScreen] {
        &self.stack
    }

    /// Returns the commands that work now, the most useful first.
    pub fn commands(&self) -> Vec<Command> {
        let mut commands = self.top().commands(&self.model);
        // A screen that offers help also offers the palette.
        if commands.contains(&Command::Help) {
            commands.push(Command::Palette);
        }
        if layout::is_too_small(self.model.size.columns, self.model.size.rows) {
            // The user cannot see what other keys would do or cost.
            commands.retain(|command| BLINDLY.contains(command));
        }
        commands
    }

    /// Returns what typed characters are used for now.
    pub fn typing(&self) -> Typing {
        self.top().typing()
    }

    /// Returns every request whose answer is still needed. The runtime cancels all others.
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

    /// Returns the subscriptions that have to be active.
    pub fn subscriptions(&self) -> BTreeSet<Subscription> {
        let ticks = self.top().needs_clock(&self.model)
            || !self.model.unsaved.is_empty()
            || self.counts_down_to_a_question();
        let clock = ticks.then_some(Subscription::Seconds);
        self.followed().into_iter().map(Subscription::Order).chain(clock).collect()
    }

    /// Returns whether the current screen shows a countdown to a retry.
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

    /// Returns the orders to follow: those of every screen on the stack, the top screen's first, then those
    /// that were open at the start until news of them arrives.
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

    /// Returns whether the current screen fills the whole window. It does not while a toast is shown.
    pub fn fills_window(&self) -> bool {
        self.top().fills_window() && self.model.toast.is_none()
    }

    /// Returns whether an order has been sent to the shop and its answer has not arrived yet.
    pub fn is_placing(&self) -> bool {
        self.stack.iter().any(|screen| screen.is_placing())
    }
}
