//! The model: state shared by all screens.

pub mod delays;
pub mod logos;
pub mod pricing;
pub mod unsaved;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::domain::cart::Cart;
use crate::domain::contact::{Email, Phone};
use crate::domain::country::{Country, CountryCode};
use crate::domain::failure::Failure;
use crate::domain::ledger::{Ledger, LedgerRow};
use crate::domain::limits::{Excess, Limits};
use crate::domain::money::Amount;
use crate::domain::news::Link;
use crate::domain::order::OrderId;
use crate::domain::payment_link::Holds;
use crate::domain::purchase::{Item, Lang, Purchase};
use crate::domain::record::{Attempt, Record};
use crate::domain::settlement::{self, Asked, Settlement, Withheld};
use crate::domain::tender::{PaymentMethods, Tender};
use crate::domain::text::Verbatim;
use crate::domain::time::{Moment, ShopClock, Timestamp};
use crate::input::Size;
use crate::keymap::{Command, Keymap, Typing};
use crate::remote::{Recalled, Remote, RequestId};
use crate::search::MatcherScratch;
use delays::Delays;
use logos::Logos;
use pricing::PriceBook;

/// State that every screen can read.
#[derive(Debug)]
pub struct Model {
    /// The shop of this session.
    pub shop: Shop,
    /// The window's size.
    pub size: Size,
    /// The current time.
    pub now: Moment,
    /// Seconds between the user's local time and UTC.
    pub utc_offset: i64,
    /// The countries, sorted by name.
    pub countries: Vec<Country>,
    /// Countries to list first: the last one used and the one guessed from the locale.
    pub likely: Vec<CountryCode>,
    /// The payment methods.
    pub payment_methods: Remote<PaymentMethods>,
    /// The age of the payment methods while they come from the cache.
    pub payment_methods_recalled: Option<Recalled>,
    /// The coin and network in use.
    pub tender: Tender,
    /// The orders of this user at this shop that are loaded, newest first.
    pub records: Remote<Ledger>,
    /// The request for the records that were not loaded at startup, or why it failed. `None` if no records were
    /// left out or they have not been requested yet.
    pub earlier: Option<Result<RequestId, Failure>>,
    /// The requests for records that are being loaded in full.
    pub opening: BTreeMap<Attempt, RequestId>,
    /// Indices into `records` of those that may still be open; see [`Model::note_unfinished`].
    pub unfinished: Vec<usize>,
    /// The status of each followed order's feed.
    pub feeds: BTreeMap<OrderId, FeedStatus>,
    /// Attempts whose outcome, or whose order's latest state, the journal could not store.
    pub unsaved: BTreeMap<Attempt, Unsaved>,
    /// Orders that were open at startup and for which no answer, good or bad, has arrived yet.
    pub unheard: BTreeSet<OrderId>,
    /// The e-mail address to prefill.
    pub email: Option<Email>,
    /// The phone number to prefill if its country matches.
    pub phone: Option<Phone>,
    /// The cart: items to buy in one order.
    pub cart: Cart,
    /// The prices known so far.
    pub prices: PriceBook,
    /// Brands that refused a coin on a network during this session.
    pub refused: Vec<(Verbatim, Tender)>,
    /// The language of the supplier's texts.
    pub lang: Lang,
    /// The brands' logos.
    pub logos: Logos,
    /// The user's preferences.
    pub preferences: Preferences,
    /// The matcher's scratch memory for searching lists.
    pub scratch: MatcherScratch,
    /// Requests that the shop could not answer yet.
    pub delays: Delays,
    /// The last message; the next key press removes it.
    pub toast: Option<Toast>,
    /// The shop's clock, estimated from its answers.
    pub clock: ShopClock,
    /// Whether there has been no input yet, in a session that sends no requests to the shop before the first.
    pub untouched: bool,
}

/// The shop that this session buys from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// Whether it is the sandbox, where nothing is real.
    pub sandbox: bool,
    /// The pace of the sandbox, if one runs inside this process.
    pub pace: Option<String>,
    /// A message to show at startup, such as an error in the configuration.
    pub notice: Option<String>,
}

/// The user's preferences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The key bindings.
    pub keymap: Keymap,
    /// Whether nothing on the screen may tick: times are shown in minutes unless they are urgent.
    pub reduced_motion: bool,
    /// The most that one order and one day may cost without a confirmation.
    pub limits: Limits,
}

/// The status of an order's feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedStatus {
    /// How updates currently arrive.
    pub link: Link,
    /// When `link` began, by the session's clock.
    pub since: Duration,
    /// When the last update arrived, by the session's clock.
    pub heard: Option<Duration>,
}

/// An outcome, or an order's latest state, that is shown on the screen but not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// Whether the journal has the order and lacks only its latest state.
    pub kept: bool,
    /// Why the journal could not store it.
    pub why: Failure,
    /// When it was last tried, by the session's clock.
    pub tried: Duration,
    /// Whether a try is in progress.
    pub trying: bool,
}

/// A message to the user, shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Toast {
    /// Information.
    Note(String),
    /// A problem.
    Warning(String),
}

impl Model {
    /// Returns whether fetching or refreshing the payment methods failed.
    pub fn lacks_payment_methods(&self) -> bool {
        let old = self.payment_methods_recalled.as_ref().is_some_and(|recalled| recalled.renewal.is_err());
        old || self.payment_methods.failure().is_some()
    }

    /// The name of a command's key as shown in the footer; empty if the command has none.
    pub fn key(&self, command: Command, typing: Typing) -> String {
        self.preferences.keymap.key(command, typing)
    }

    /// Returns why a request is delayed and when it is retried, or `None` while it is in flight.
    pub fn delay_of(&self, id: RequestId) -> Option<String> {
        self.delays.words(id, self.now.uptime, self.preferences.reduced_motion)
    }

    /// The record of an attempt if it is fully loaded.
    pub fn record(&self, attempt: Attempt) -> Option<&Record> {
        self.records.ready()?.record(attempt)
    }

    /// The ledger's row for an attempt, whether fully loaded or not.
    pub fn kept(&self, attempt: Attempt) -> Option<&LedgerRow> {
        self.records.ready()?.kept(attempt)
    }

    /// Returns whether the record of an attempt is being loaded.
    pub fn opens(&self, attempt: Attempt) -> bool {
        self.opening.contains_key(&attempt)
    }

    /// The fully loaded records, newest first.
    pub fn whole(&self) -> impl Iterator<Item = &Record> {
        self.records.ready().into_iter().flat_map(Ledger::records)
    }

    /// Recomputes which records are still open. Called when a record has changed, so that key presses and
    /// frames need not scan all of them.
    pub fn note_unfinished(&mut self) {
        let places = self.records.ready().into_iter().flat_map(Ledger::all).enumerate();
        let open = places.filter(|(_, kept)| kept.record().is_some_and(Record::is_open));
        self.unfinished = open.map(|(place, _)| place).collect();
    }

    fn unfinished(&self) -> impl Iterator<Item = &Record> {
        let records = self.records.ready();
        self.unfinished.iter().filter_map(move |place| records?.get(*place)?.record())
    }

    /// The first brand among these items that is known to refuse a tender.
    pub fn refuses<'a>(&self, items: &'a [Item], tender: &Tender) -> Option<&'a Verbatim> {
        let refuses = |brand: &Verbatim| self.refused.iter().any(|(by, of)| by == brand && of == tender);
        items.iter().map(|item| &item.brand).find(|brand| refuses(brand))
    }

    /// The user's limits that a purchase with this total would exceed.
    pub fn excess(&self, purchase: &Purchase, total: Amount) -> Vec<Excess> {
        self.preferences.limits.exceeded(purchase, total, self.whole(), self.now.wall)
    }

    /// Attempts that certainly led to no order, although the journal could not store that yet.
    pub fn void(&self) -> Vec<Attempt> {
        let is_void = |attempt: &&Attempt| self.record(**attempt).is_some_and(|record| !record.is_open());
        let void = self.unsaved.keys().filter(is_void);
        void.filter(|attempt| self.record(**attempt).is_some_and(|record| record.order().is_none()))
            .copied()
            .collect()
    }

    /// Attempts for which it is unknown whether an order exists.
    pub fn doubtful(&self) -> impl Iterator<Item = &Record> {
        self.unfinished().filter(|record| record.is_doubtful())
    }

    /// Returns whether an order that was added by its id may be the result of an attempt.
    pub fn may_be(&self, attempt: &Record, added: &Record) -> bool {
        let placed_at = added.order().and_then(|order| order.known.created_at);
        placed_at.is_some_and(|placed_at| attempt.may_have_become(added, self.here(placed_at)))
    }

    /// The order that was added by its id and may be the result of an attempt in doubt.
    pub fn may_have_become(&self, attempt: &Record) -> Option<&Record> {
        let mut records = self.whole().filter(|_| attempt.is_doubtful());
        records.find(|added| self.may_be(attempt, added))
    }

    /// The unsaved outcome to show. Orders come first, since their ids would be lost; updates of an order that
    /// is stored come last; among equals the newest wins.
    pub fn to_write_down(&self) -> Option<(&Record, &Unsaved)> {
        let newest = self.unsaved.iter().rev();
        let unsaved = newest.filter_map(|(attempt, unsaved)| Some((self.record(*attempt)?, unsaved)));
        unsaved.min_by_key(|(record, unsaved)| (unsaved.kept, record.order().is_none()))
    }

    /// The record that would be lost by quitting now.
    pub fn to_lose(&self) -> Option<&Record> {
        self.to_write_down().filter(|(_, unsaved)| !unsaved.kept).map(|(record, _)| record)
    }

    /// Returns what to pay for a record's order, or why nothing may be paid. `agreed` is whether the user
    /// accepted a total that changed after the receipt.
    pub fn settlement_of(&self, record: &Record, agreed: bool) -> Result<Settlement, Withheld> {
        let order = record.order().ok_or(Withheld::NoTerms)?;
        let asked = match (&record.purchase, record.total) {
            (Some(purchase), Some(total)) => Some(Asked { purchase, total }),
            _ => None,
        };
        let none = PaymentMethods::default();
        let payment_methods = self.payment_methods.ready().unwrap_or(&none);
        let mut settlement = settlement::check(order, asked, agreed, payment_methods, self.shop_time())?;
        // Our link for a token states what is sent and how much by its contract and decimals: these must
        // come from the shop's current answer, not from the cache.
        let of_token = payment_methods
            .find(&settlement.tender)
            .is_some_and(|payment_method| payment_method.token.is_some());
        if of_token && self.payment_methods_recalled.is_some() {
            settlement.contents.retain(|content| content.holds != Holds::LinkWithAmount);
        }
        Ok(settlement)
    }

    /// Attempts whose order is awaiting payment and can still be paid, newest first. Includes those whose
    /// changed total would have to be accepted first.
    pub fn payable(&self) -> impl Iterator<Item = Attempt> {
        self.unfinished()
            .filter(|record| self.settlement_of(record, true).is_ok())
            .map(|record| record.attempt)
    }

    /// Orders whose state can still change, newest first.
    pub fn open(&self) -> impl Iterator<Item = &Record> {
        self.unfinished().filter(|record| self.is_open(record))
    }

    /// Returns whether a record's state can still change.
    pub fn is_open(&self, record: &Record) -> bool {
        !record.is_over(self.shop_time())
    }

    /// The current time by the shop's clock, as estimated.
    pub fn shop_time(&self) -> Timestamp {
        self.clock.now(self.now)
    }

    /// Converts a time of the shop's clock to this machine's wall clock, even if the latter is wrong.
    pub fn here(&self, told: Timestamp) -> Timestamp {
        self.clock.here(told, self.now)
    }

    /// The status of an order's feed, if known.
    pub fn feed_of(&self, id: &OrderId) -> Option<&FeedStatus> {
        self.feeds.get(id)
    }

    /// The name of a country, or an empty string if it is not in the list.
    pub fn country_name(&self, code: CountryCode) -> &str {
        let found = self.countries.iter().find(|country| country.code == code);
        found.map_or("", |country| country.name.as_str())
    }

    /// The number of rows available to a list: the window without header, filter and footer.
    pub fn list_rows(&self) -> usize {
        usize::from(self.size.rows.saturating_sub(5)).max(1)
    }
}
