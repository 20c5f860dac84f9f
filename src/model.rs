//! The model: state that no single screen owns, for every screen to read.

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

/// What every screen may read.
#[derive(Debug)]
pub struct Model {
    /// Which shop this is.
    pub shop: Shop,
    /// The window.
    pub size: Size,
    /// Now.
    pub now: Moment,
    /// Seconds between the user's local time and UTC.
    pub utc_offset: i64,
    /// The countries, by name.
    pub countries: Vec<Country>,
    /// Countries to show first: the last one, and the locale's guess.
    pub likely: Vec<CountryCode>,
    /// The ways to pay.
    pub payment_methods: Remote<PaymentMethods>,
    /// How old they are, as long as they are from memory.
    pub payment_methods_recalled: Option<Recalled>,
    /// The coin and network in use.
    pub tender: Tender,
    /// Every order of this user at this shop, newest first, as far as it is held.
    pub records: Remote<Ledger>,
    /// The question for what was left out of the records at the start, or why it was in vain; nothing where
    /// nothing was left out, or nobody looked for it yet.
    pub earlier: Option<Result<RequestId, Failure>>,
    /// The questions for records that are being opened.
    pub opening: BTreeMap<Attempt, RequestId>,
    /// The places among the records of what may still be open; see [`Model::note_unfinished`].
    pub unfinished: Vec<usize>,
    /// How the news of each order that is followed come in, and when they last did.
    pub feeds: BTreeMap<OrderId, FeedStatus>,
    /// Attempts of which the journal could not keep what came of them, or the last news of their order.
    pub unsaved: BTreeMap<Attempt, Unsaved>,
    /// Orders that were open at the start and of which nothing was heard yet, good or bad.
    pub unheard: BTreeSet<OrderId>,
    /// The e-mail address to begin with.
    pub email: Option<Email>,
    /// The phone number to begin with, where its country fits.
    pub phone: Option<Phone>,
    /// What was put aside to buy in one order.
    pub cart: Cart,
    /// What things cost, as far as it was told.
    pub prices: PriceBook,
    /// Brands that were found to refuse a coin on a network, in this session.
    pub refused: Vec<(Verbatim, Tender)>,
    /// Language of what the supplier writes.
    pub lang: Lang,
    /// The logos of brands.
    pub logos: Logos,
    /// How this user wants the program to behave.
    pub preferences: Preferences,
    /// What its lists are searched on.
    pub scratch: MatcherScratch,
    /// Questions that the shop could not answer yet.
    pub delays: Delays,
    /// The last thing that was said; gone with the next key.
    pub toast: Option<Toast>,
    /// The shop's clock, as far as its answers told it.
    pub clock: ShopClock,
    /// Whether nobody touched anything yet in a session that asks the shop only then.
    pub untouched: bool,
}

/// The shop that this session buys from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// Whether it is the sandbox: nothing there is real.
    pub sandbox: bool,
    /// Whether a sandbox runs inside this very program, at this pace.
    pub pace: Option<String>,
    /// What there is to say at the start, such as what is wrong in the configuration.
    pub notice: Option<String>,
}

/// How a user wants the program to behave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The keys.
    pub keymap: Keymap,
    /// Whether nothing on the screen ticks: times are told by the minute while they are calm.
    pub reduced_motion: bool,
    /// What one order and one day may come to unasked.
    pub limits: Limits,
}

/// How the news of an order come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedStatus {
    /// How they come.
    pub link: Link,
    /// When `link` began, by the session's clock.
    pub since: Duration,
    /// When the last news came, by the session's clock.
    pub heard: Option<Duration>,
}

/// An outcome, or the last news of an order, that is on the screen and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// Whether the journal has the order, and lacks only its last news.
    pub kept: bool,
    /// Why the journal does not have it.
    pub why: Failure,
    /// When it was tried last, by the session's clock.
    pub tried: Duration,
    /// Whether it is being tried now.
    pub trying: bool,
}

/// Something said to the user, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Toast {
    /// Good to know.
    Note(String),
    /// Something is wrong.
    Warning(String),
}

impl Model {
    /// Whether the ways to pay could not be told, or not anew.
    pub fn lacks_payment_methods(&self) -> bool {
        let old = self.payment_methods_recalled.as_ref().is_some_and(|recalled| recalled.renewal.is_err());
        old || self.payment_methods.failure().is_some()
    }

    /// The key of a command, as the footer names it; nothing where it has none.
    pub fn key(&self, command: Command, typing: Typing) -> String {
        self.preferences.keymap.key(command, typing)
    }

    /// Why the answer to a question is not here yet, and when it is asked again; nothing while it is only
    /// on its way.
    pub fn delay_of(&self, id: RequestId) -> Option<String> {
        self.delays.words(id, self.now.uptime, self.preferences.reduced_motion)
    }

    /// The record of an attempt, where it is held whole.
    pub fn record(&self, attempt: Attempt) -> Option<&Record> {
        self.records.ready()?.record(attempt)
    }

    /// What is held of an attempt, whole or not.
    pub fn kept(&self, attempt: Attempt) -> Option<&LedgerRow> {
        self.records.ready()?.kept(attempt)
    }

    /// Whether the record of an attempt is just being read.
    pub fn opens(&self, attempt: Attempt) -> bool {
        self.opening.contains_key(&attempt)
    }

    /// The records that are held whole, newest first.
    pub fn whole(&self) -> impl Iterator<Item = &Record> {
        self.records.ready().into_iter().flat_map(Ledger::records)
    }

    /// Looks through all records for those of which something may still come. Done when a record has
    /// changed, so that no key and no frame has to.
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

    /// Why a purchase with this total would be above a limit of its owner's.
    pub fn excess(&self, purchase: &Purchase, total: Amount) -> Vec<Excess> {
        self.preferences.limits.exceeded(purchase, total, self.whole(), self.now.wall)
    }

    /// Attempts that certainly became nothing, although the journal could not keep that yet.
    pub fn void(&self) -> Vec<Attempt> {
        let is_void = |attempt: &&Attempt| self.record(**attempt).is_some_and(|record| !record.is_open());
        let void = self.unsaved.keys().filter(is_void);
        void.filter(|attempt| self.record(**attempt).is_some_and(|record| record.order().is_none()))
            .copied()
            .collect()
    }

    /// Attempts of which nobody can tell whether there is an order.
    pub fn doubtful(&self) -> impl Iterator<Item = &Record> {
        self.unfinished().filter(|record| record.is_doubtful())
    }

    /// Whether an order that was added by its id may be what came of an attempt.
    pub fn may_be(&self, attempt: &Record, added: &Record) -> bool {
        let placed_at = added.order().and_then(|order| order.known.created_at);
        placed_at.is_some_and(|placed_at| attempt.may_have_become(added, self.here(placed_at)))
    }

    /// The order that was added by its id and may be what came of an attempt in doubt.
    pub fn may_have_become(&self, attempt: &Record) -> Option<&Record> {
        let mut records = self.whole().filter(|_| attempt.is_doubtful());
        records.find(|added| self.may_be(attempt, added))
    }

    /// What is not saved and its owner has to know: an order before anything else, since its id would be
    /// lost, news of one that is kept behind anything else, and the newest where there are several.
    pub fn to_write_down(&self) -> Option<(&Record, &Unsaved)> {
        let newest = self.unsaved.iter().rev();
        let unsaved = newest.filter_map(|(attempt, unsaved)| Some((self.record(*attempt)?, unsaved)));
        unsaved.min_by_key(|(record, unsaved)| (unsaved.kept, record.order().is_none()))
    }

    /// What would be lost by leaving now.
    pub fn to_lose(&self) -> Option<&Record> {
        self.to_write_down().filter(|(_, unsaved)| !unsaved.kept).map(|(record, _)| record)
    }

    /// What may be paid of a record's order, or why nothing may; `agreed` tells whether the user accepted a
    /// total that moved after the receipt.
    pub fn settlement_of(&self, record: &Record, agreed: bool) -> Result<Settlement, Withheld> {
        let order = record.order().ok_or(Withheld::NoTerms)?;
        let asked = match (&record.purchase, record.total) {
            (Some(purchase), Some(total)) => Some(Asked { purchase, total }),
            _ => None,
        };
        let none = PaymentMethods::default();
        let payment_methods = self.payment_methods.ready().unwrap_or(&none);
        let mut settlement = settlement::check(order, asked, agreed, payment_methods, self.shop_time())?;
        // Our link for a token says by its contract and decimals what is sent, and how much of it: that is
        // the shop's word of now, not of memory.
        let of_token = payment_methods
            .find(&settlement.tender)
            .is_some_and(|payment_method| payment_method.token.is_some());
        if of_token && self.payment_methods_recalled.is_some() {
            settlement.contents.retain(|content| content.holds != Holds::LinkWithAmount);
        }
        Ok(settlement)
    }

    /// Attempts whose order waits for its payment and can still be paid, newest first; also one whose other
    /// total would have to be accepted first.
    pub fn payable(&self) -> impl Iterator<Item = Attempt> {
        self.unfinished()
            .filter(|record| self.settlement_of(record, true).is_ok())
            .map(|record| record.attempt)
    }

    /// Orders that can still move, newest first.
    pub fn open(&self) -> impl Iterator<Item = &Record> {
        self.unfinished().filter(|record| self.is_open(record))
    }

    /// Whether something can still happen to it.
    pub fn is_open(&self, record: &Record) -> bool {
        !record.is_over(self.shop_time())
    }

    /// What the shop's clock says now, as far as we know.
    pub fn shop_time(&self) -> Timestamp {
        self.clock.now(self.now)
    }

    /// A time of the shop by this machine's wall clock, whatever that says.
    pub fn here(&self, told: Timestamp) -> Timestamp {
        self.clock.here(told, self.now)
    }

    /// How an order's news come in, when that is known.
    pub fn feed_of(&self, id: &OrderId) -> Option<&FeedStatus> {
        self.feeds.get(id)
    }

    /// The name of a country, its code when the list does not know it.
    pub fn country_name(&self, code: CountryCode) -> &str {
        let found = self.countries.iter().find(|country| country.code == code);
        found.map_or("", |country| country.name.as_str())
    }

    /// Rows that a list may take: the window without header, filter and footer.
    pub fn list_rows(&self) -> usize {
        usize::from(self.size.rows.saturating_sub(5)).max(1)
    }
}
