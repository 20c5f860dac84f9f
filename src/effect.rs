//! Effects: what the core wishes to be done services. Imperatives, as data.

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

/// One thing to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask for the countries (contract, section 2.1).
    FetchCountries(RequestId),
    /// Ask for the ways to pay (section 2.2).
    FetchPaymentMethods(RequestId),
    /// Ask for a country's brands and what its homepage puts forward (sections 2.3 and 2.4).
    FetchCatalogue(RequestId, CountryCode),
    /// Ask for everything that a family sells (section 2.6).
    FetchProducts(RequestId, Family),
    /// Ask what a face value of a range costs (section 2.7).
    QuotePrice(RequestId, PriceQuestion),
    /// Ask what one of an item costs in a coin (sections 2.6 and 2.7).
    PriceItem(RequestId, Box<ItemQuestion>),
    /// Have a purchase checked, without ordering (section 3.2).
    ValidatePurchase(RequestId, Box<Purchase>),
    /// Record an attempt, then place the order, unless the journal holds what its owner did not agree to.
    /// At most once; never repeated, never called off.
    PlaceOrder(RequestId, Box<Purchase>, Amount, Box<Consent>),
    /// Read of the journal what can still move or counts, and the newest.
    LoadRecords(RequestId),
    /// Read entries of everything else in the journal.
    ListRecords(RequestId),
    /// Read one record whole.
    LoadRecord(RequestId, Attempt),
    /// Keep what became of an order.
    KeepOrder(Attempt, Box<Order>),
    /// Keep how an attempt ended that brought no order.
    KeepEnding(Attempt, Outcome),
    /// Keep what its owner wrote beside an order.
    KeepRemarks(OrderId, Remarks),
    /// Read an order by its id and keep it among the others.
    ImportOrder(RequestId, OrderId),
    /// Forget an attempt and everything that came of it, unless something can still happen at this time.
    RemoveRecord(RequestId, Attempt, Timestamp),
    /// Find a name for a file that does not exist yet, to write an order's codes to.
    PlanExport(RequestId, Attempt),
    /// Write a text to a new file that only its owner can read. Nothing is ever written over.
    WriteExport(RequestId, String, Secret),
    /// Read an order anew, besides what its feed tells.
    ReadOrder(OrderId),
    /// Read an order within a few seconds or not at all, before its payment is copied or shown large.
    CheckOrder(RequestId, OrderId),
    /// Pay an order by hand, in the sandbox.
    PayInSandbox(RequestId, OrderId),
    /// Hand a text to the terminal's clipboard.
    CopyText(Secret),
    /// Call somebody back to the screen: an order that is followed moved.
    Notice(Printable),
    /// Keep a choice for the next start.
    Remember(SavedChoice),
    /// Keep the country to which the next start returns.
    RememberCountry(CountryCode),
    /// Fetch a brand's logo and make it ready to be drawn.
    FetchLogo(RequestId, LogoRequest),
    /// Keep a country's brands, for when the shop cannot be reached or takes its time.
    CacheCatalogue(Arc<CatalogueIndex>),
    /// Keep what a family sells, for the same.
    CacheProducts(Family, Vec<ProductGroup>),
}

impl Effect {
    /// Whether it only reads this user's records, so that the shop has nothing to do with it.
    pub fn reads_records(&self) -> bool {
        matches!(self, Self::LoadRecords(_) | Self::ListRecords(_) | Self::LoadRecord(..))
    }
}

/// Something that the core wants to hear of for as long as it asks for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subscription {
    /// News of an order.
    Order(OrderId),
    /// A tick a second.
    Seconds,
}

/// Hands out question numbers and collects what is to be done.
#[derive(Debug, Default)]
pub struct Effects {
    last: u64,
    wanted: Vec<Effect>,
}

impl Effects {
    /// StartPolicy a question under a number of its own, which the asker keeps.
    pub fn ask(&mut self, question: impl FnOnce(RequestId) -> Effect) -> RequestId {
        self.last += 1;
        let id = RequestId(self.last);
        self.wanted.push(question(id));
        id
    }

    /// ConfigInput for something that has no answer.
    pub fn push(&mut self, effect: Effect) {
        self.wanted.push(effect);
    }

    /// Everything that was wished for since the last call.
    pub fn take(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.wanted)
    }
}
