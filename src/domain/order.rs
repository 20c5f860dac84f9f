//! Orders, merged from the shop's snapshots so that no confirmed fact is ever lost.

mod delivery;
mod state;

pub use delivery::{Code, Delivered, Delivery, DeliveryState, Echo};
pub use state::{OrderState, PaymentState, Phase, excess};

use std::fmt;

use super::money::Amount;
use super::tender::Tender;
use super::text::Secret;
use super::time::Timestamp;

/// An order's UUID. Anyone who has it can read the codes, so it is a secret (contract, section 3.5).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(Secret);

/// The text cannot be an order id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order id is 8 to 64 letters, digits and dashes")]
pub struct NotAnOrderId;

impl OrderId {
    /// The number of leading characters that identify an order on the screen.
    pub const SHORT: usize = 8;

    /// Parses an id that is safe in a URL path: 8 to 64 letters, digits, dashes and underscores.
    pub fn parse(text: &str) -> Result<Self, NotAnOrderId> {
        let safe = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if safe && (Self::SHORT..=64).contains(&text.len()) {
            Ok(Self(Secret::new(text)))
        } else {
            Err(NotAnOrderId)
        }
    }

    /// Returns the whole id.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }

    /// Returns the first eight characters: enough to tell orders apart, too few to access one.
    pub fn short(&self) -> &str {
        self.reveal().get(..Self::SHORT).unwrap_or_default()
    }
}

impl fmt::Debug for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrderId({}…)", self.short())
    }
}

/// The payment terms as the shop sent them, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The coin and network.
    pub tender: Tender,
    /// The amount to pay, in coin units.
    pub amount: Amount,
    /// The wallet address, or the Lightning invoice.
    pub address: String,
    /// The shop's own text for a QR code, if it sent one.
    pub qr_text: Option<String>,
    /// A memo or destination tag that the payment must carry. The contract has no field for one, so only a
    /// journal of a later version has it.
    pub memo: Option<String>,
}

/// The precedence of a snapshot. Of two snapshots, the greater one determines the state.
///
/// Received money outranks everything the shop reports later. Next come the shop's own `updated_at` and then
/// the progress of the order and its payment. The order in which snapshots arrive does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    stage: u8,
    updated_at: Option<Timestamp>,
    rank: u8,
    payment: u8,
}

/// An order as the shop reported it once (contract, sections 3.3 to 3.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The order's id.
    pub id: OrderId,
    /// The order's state.
    pub state: OrderState,
    /// The state of its payment.
    pub payment: PaymentState,
    /// The payment terms, or `None` if the shop left out a part of them.
    pub terms: Option<Terms>,
    /// The amount received so far, in coin units.
    pub sent: Amount,
    /// When the order was placed, by the shop's clock.
    pub created_at: Option<Timestamp>,
    /// When it last changed, by the shop's clock.
    pub updated_at: Option<Timestamp>,
    /// The deliveries, one per line.
    pub deliveries: Vec<Delivery>,
}

/// An order, merged from all snapshots seen so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The newest state, with all facts from earlier snapshots that must not be lost.
    pub known: Snapshot,
    /// Whether any snapshot had other terms than the first one.
    pub terms_changed: bool,
    version: Version,
}

/// The snapshot belongs to another order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is news of another order")]
pub struct Foreign;

impl Snapshot {
    /// Returns whether this snapshot shows that money arrived.
    pub fn money_seen(&self) -> bool {
        !self.sent.is_zero() || self.state.means_money() || self.payment.means_money()
    }

    fn version(&self) -> Version {
        let stage = match (self.state.is_settled(), self.money_seen()) {
            (true, _) => 2,
            (false, true) => 1,
            (false, false) => 0,
        };
        Version { stage, updated_at: self.updated_at, rank: self.state.rank(), payment: self.payment.rank() }
    }

    /// Returns whether this snapshot takes precedence over `other`, whose version is given. Unknown state
    /// words are compared as strings: any rule would do, as long as it does not depend on which came first.
    fn outranks(&self, other: &Self, version: Version) -> bool {
        let words = |snapshot: &Self| (snapshot.state.word().to_owned(), snapshot.payment.word().to_owned());
        self.version().cmp(&version).then_with(|| words(self).cmp(&words(other))).is_gt()
    }
}

impl Order {
    /// Creates an order from its first snapshot.
    pub fn new(mut snapshot: Snapshot) -> Self {
        let version = snapshot.version();
        let deliveries = std::mem::take(&mut snapshot.deliveries);
        // Most orders have a single line, and there may be thousands of orders.
        snapshot.deliveries.reserve_exact(deliveries.len());
        let mut order = Self { known: snapshot, terms_changed: false, version };
        order.learn_deliveries(deliveries);
        order
    }

    /// Restores an order from the journal.
    pub fn recorded(snapshot: Snapshot, terms_changed: bool) -> Self {
        Self { terms_changed, ..Self::new(snapshot) }
    }

    /// Returns the order's id.
    pub fn id(&self) -> &OrderId {
        &self.known.id
    }

    /// Merges a snapshot of any age and returns whether anything changed.
    ///
    /// Replayed, late and duplicate snapshots are older or equal: they add what was missing and change
    /// nothing else.
    ///
    /// # Errors
    ///
    /// Returns [`Foreign`] if the snapshot belongs to another order.
    pub fn learn(&mut self, news: Snapshot) -> Result<bool, Foreign> {
        if news.id != self.known.id {
            return Err(Foreign);
        }
        let before = self.clone();
        if news.outranks(&self.known, self.version) {
            self.version = news.version();
            self.known.state = news.state;
            self.known.payment = news.payment;
            self.known.updated_at = news.updated_at;
        }
        self.known.sent = self.known.sent.max(news.sent);
        self.known.created_at = match (self.known.created_at, news.created_at) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
        match (&mut self.known.terms, news.terms) {
            (Some(ours), Some(theirs)) if ours.differ_from(&theirs) => self.terms_changed = true,
            (Some(ours), Some(theirs)) => {
                ours.qr_text = ours.qr_text.take().max(theirs.qr_text);
                ours.memo = ours.memo.take().or(theirs.memo);
            }
            (None, Some(theirs)) => self.known.terms = Some(theirs),
            (_, None) => {}
        }
        self.learn_deliveries(news.deliveries);
        Ok(*self != before)
    }

    fn learn_deliveries(&mut self, news: Vec<Delivery>) {
        for delivery in news {
            match self.known.deliveries.iter_mut().find(|ours| ours.id == delivery.id) {
                Some(ours) => ours.learn(delivery),
                None => self.known.deliveries.push(delivery),
            }
        }
        self.known.deliveries.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// Returns the order's phase, for display.
    pub fn phase(&self) -> Phase {
        Phase::of(&self.known)
    }

    /// Returns whether the order can no longer change.
    pub fn is_final(&self) -> bool {
        self.known.state.is_final()
    }

    /// Returns whether a line that did not fail has delivered nothing.
    pub fn lacks_codes(&self) -> bool {
        self.known.deliveries.iter().any(|line| !line.failed() && line.delivered.is_empty())
    }
}

impl Terms {
    /// Returns whether these terms would send another amount or coin, or to another address or memo.
    fn differ_from(&self, other: &Self) -> bool {
        let memos_differ = self.memo.is_some() && other.memo.is_some() && self.memo != other.memo;
        self.tender != other.tender
            || self.amount != other.amount
            || self.address != other.address
            || memos_differ
    }
}

#[cfg(test)]
mod tests;
