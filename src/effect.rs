//! Effects: what the core wants the services to do, as data named in the imperative.

use std::sync::Arc;

use crate::domain::choices::SavedChoice;
use crate::domain::consent::Consent;
use crate::domain::country::CountryCode;
use crate::domain::money::Amount;
use crate::domain::order::{Order, OrderId};
use crate::domain::product::ProductGroup;
use crate::domain::purchase::Purchase;
use crate::domain::record::{Attempt, Outcome, Remarks};
use crate::domain::request::{Family, ItemQuestion, PriceQuestion};
use crate::domain::text::{Printable, Secret};
use crate::domain::time::Timestamp;
use crate::picture::LogoRequest;
use crate::remote::RequestId;
use crate::search::catalogue_index::CatalogueIndex;

/// A request to the services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Fetch the countries (contract, section 2.1).
    FetchCountries(RequestId),
    /// Fetch the payment methods (section 2.2).
    FetchPaymentMethods(RequestId),
    /// Fetch a country's brands and the ones its homepage features (sections 2.3 and 2.4).
    FetchCatalogue(RequestId, CountryCode),
    /// Fetch all products of a family (section 2.6).
    FetchProducts(RequestId, Family),
    /// Quote a face value of a range (section 2.7).
    QuotePrice(RequestId, PriceQuestion),
    /// Fetch the unit price of an item in a coin (sections 2.6 and 2.7).
    PriceItem(RequestId, Box<ItemQuestion>),
    /// Have a purchase validated without ordering it (section 3.2).
    ValidatePurchase(RequestId, Box<Purchase>),
    /// Record an attempt, then place the order, unless the journal holds something that the user did not
    /// consent to. Runs at most once; it is never retried and never cancelled.
    PlaceOrder(RequestId, Box<Purchase>, Amount, Box<Consent>),
    /// Read the journal's records that can still change or count against another order, and the newest ones.
    LoadRecords(RequestId),
    /// Read the list entries of everything else in the journal.
    ListRecords(RequestId),
    /// Read one record in full.
    LoadRecord(RequestId, Attempt),
    /// Store an order's current state.
    KeepOrder(Attempt, Box<Order>),
    /// Store the outcome of an attempt that did not lead to an order.
    KeepEnding(Attempt, Outcome),
    /// Store the user's remarks on an order.
    KeepRemarks(OrderId, Remarks),
    /// Read an order by its id and store it with the others.
    ImportOrder(RequestId, OrderId),
    /// Remove an attempt and everything stored of it, unless it can still change at this time.
    RemoveRecord(RequestId, Attempt, Timestamp),
    /// Find the name of a file that does not exist yet, for an order's codes.
    PlanExport(RequestId, Attempt),
    /// Write a text to a new file that only its owner can read. Never overwrites a file.
    WriteExport(RequestId, String, Secret),
    /// Read an order again, in addition to its feed.
    ReadOrder(OrderId),
    /// Read an order within a few seconds or fail, before its payment is copied or shown large.
    CheckOrder(RequestId, OrderId),
    /// Pay an order manually, in the sandbox.
    PayInSandbox(RequestId, OrderId),
    /// Send a text to the terminal's clipboard.
    CopyText(Secret),
    /// Notify the user that a followed order changed.
    Notice(Printable),
    /// Store a choice for the next start.
    Remember(SavedChoice),
    /// Store the country that the next start opens.
    RememberCountry(CountryCode),
    /// Fetch a brand's logo and prepare it for drawing.
    FetchLogo(RequestId, LogoRequest),
    /// Cache a country's brands, for when the shop is slow or unreachable.
    CacheCatalogue(Arc<CatalogueIndex>),
    /// Cache a family's products, for when the shop is slow or unreachable.
    CacheProducts(Family, Vec<ProductGroup>),
}

impl Effect {
    /// Returns whether the effect only reads this user's records and does not involve the shop.
    pub fn reads_records(&self) -> bool {
        matches!(self, Self::LoadRecords(_) | Self::ListRecords(_) | Self::LoadRecord(..))
    }
}

/// A source of actions that stays active as long as the state asks for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subscription {
    /// News of an order.
    Order(OrderId),
    /// One tick per second.
    Seconds,
}

/// Hands out request ids and collects effects.
#[derive(Debug, Default)]
pub struct Effects {
    last: u64,
    wanted: Vec<Effect>,
}

impl Effects {
    /// Queues a request under a new id and returns the id, which the caller stores.
    pub fn ask(&mut self, question: impl FnOnce(RequestId) -> Effect) -> RequestId {
        self.last += 1;
        let id = RequestId(self.last);
        self.wanted.push(question(id));
        id
    }

    /// Queues an effect that has no answer.
    pub fn push(&mut self, effect: Effect) {
        self.wanted.push(effect);
    }

    /// Takes the effects queued since the last call.
    pub fn take(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.wanted)
    }
}
