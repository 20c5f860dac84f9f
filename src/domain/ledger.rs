//! The ledger: the user's records in memory, newest first.
//!
//! A record is held in full if it can still change, if it counts towards the daily limit, or once the user
//! has opened it. All others, of which there may be thousands, are held as an entry: the fields that the list
//! shows and its filter searches, without codes.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::limits::DAY;
use super::money::Amount;
use super::order::{Delivery, Order, OrderId, Phase};
use super::purchase::Purchase;
use super::record::{Attempt, Outcome, Record, Standing};
use super::tender::Tender;
use super::text::Secret;
use super::time::Timestamp;

/// The fields of a record that a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The attempt's number.
    pub attempt: Attempt,
    /// When it began, by this machine's clock.
    pub begun: Timestamp,
    /// The amount paid or to be paid, in coin units.
    pub asked: Option<Amount>,
    /// The amount received, in coin units.
    pub sent: Amount,
    /// The beginning of its order's id; see [`OrderId::short`].
    id: [u8; OrderId::SHORT],
    /// The user's note. Most records have none.
    note: Option<Box<Secret>>,
    /// The part shared with other entries.
    common: Arc<Common>,
}

/// The part of an entry that is equal for all orders of the same items with the same outcome.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Common {
    summary: String,
    standing: Standing,
    tender: Option<Tender>,
    /// Whether the amount comes from the shop's terms.
    has_terms: bool,
    lines: usize,
    has_codes: bool,
    is_repeatable: bool,
}

/// A row of the ledger: a full record, or an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerRow {
    /// The full record.
    Whole(Box<Record>),
    /// Only the fields that a list shows.
    Brief(Entry),
}

/// All rows in memory, newest first.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    kept: Vec<LedgerRow>,
    is_complete: bool,
    /// Attempts that were removed, even if a list that was read earlier still has them. The journal never
    /// reuses a number.
    gone: BTreeSet<Attempt>,
}

/// Creates entries that share their common parts.
#[derive(Debug, Default)]
pub struct EntryInterner {
    common: HashSet<Arc<Common>>,
}

impl Entry {
    /// Creates the entry of a record.
    pub fn of(record: &Record) -> Self {
        let order = record.order();
        let terms = order.and_then(|order| order.known.terms.as_ref());
        let tender = terms.map(|terms| &terms.tender);
        let wanted =
            record.purchase.as_ref().map(|purchase| &purchase.tender).filter(|_| record.total.is_some());
        let mut id = [0; OrderId::SHORT];
        if let Some(order) = order {
            id.iter_mut().zip(order.id().short().bytes()).for_each(|(letter, byte)| *letter = byte);
        }
        let note = &record.remarks.note;
        Self {
            attempt: record.attempt,
            begun: record.begun,
            asked: terms.map(|terms| terms.amount).or(record.total.filter(|_| wanted.is_some())),
            sent: order.map_or(Amount::ZERO, |order| order.known.sent),
            id,
            note: (!note.reveal().is_empty()).then(|| Box::new(note.clone())),
            common: Arc::new(Common {
                summary: record.summary(),
                standing: record.standing(),
                tender: tender.or(wanted).cloned(),
                has_terms: terms.is_some(),
                lines: order.map_or(0, |order| order.known.deliveries.len()),
                has_codes: order.is_some_and(has_codes),
                is_repeatable: record.purchase.as_ref().is_some_and(Purchase::is_repeatable),
            }),
        }
    }

    /// Returns a one-line summary of what was bought.
    pub fn summary(&self) -> &str {
        &self.common.summary
    }

    /// Returns the record's standing.
    pub fn standing(&self) -> &Standing {
        &self.common.standing
    }

    /// Returns the amount and its tender, or `None` if they are not known.
    pub fn amount(&self) -> Option<(Amount, &Tender)> {
        self.asked.zip(self.common.tender.as_ref())
    }

    /// Returns the amount and its tender, or `None` if the shop's terms are not known.
    pub fn terms(&self) -> Option<(Amount, &Tender)> {
        self.amount().filter(|_| self.common.has_terms)
    }

    /// Returns the number of lines in its order.
    pub fn lines(&self) -> usize {
        self.common.lines
    }

    /// Returns whether there is an order.
    pub fn has_order(&self) -> bool {
        matches!(self.common.standing, Standing::Placed(_))
    }

    /// Returns whether its order has codes to show.
    pub fn has_codes(&self) -> bool {
        self.common.has_codes
    }

    /// Returns whether its order was delivered in full.
    pub fn is_delivered(&self) -> bool {
        self.common.standing == Standing::Placed(Phase::Delivered)
    }

    /// Returns whether the same purchase can be made again.
    pub fn is_repeatable(&self) -> bool {
        self.common.is_repeatable
    }

    /// Returns whether it is unknown if there is an order.
    pub fn is_doubtful(&self) -> bool {
        self.common.standing.is_doubtful()
    }

    /// Returns the beginning of its order's id; empty if there is no order.
    pub fn id(&self) -> &str {
        std::str::from_utf8(&self.id).ok().filter(|_| self.has_order()).unwrap_or_default()
    }

    /// Returns the user's note, or `None` if there is none.
    pub fn note(&self) -> Option<&Secret> {
        self.note.as_deref()
    }
}

/// Returns whether an order has codes to show.
fn has_codes(order: &Order) -> bool {
    let came = |delivery: &Delivery| !delivery.delivered.is_empty();
    matches!(order.phase(), Phase::Delivered | Phase::DeliveredInPart(_))
        && order.known.deliveries.iter().any(came)
}

impl EntryInterner {
    /// Creates the row of a record that the user has not opened.
    pub fn keep(&mut self, record: Record, now: Timestamp) -> LedgerRow {
        if is_weighty(&record, now) {
            LedgerRow::Whole(Box::new(record))
        } else {
            LedgerRow::Brief(self.enter(&record))
        }
    }

    fn enter(&mut self, record: &Record) -> Entry {
        let mut entry = Entry::of(record);
        match self.common.get(&entry.common) {
            Some(known) => entry.common = Arc::clone(known),
            None => drop(self.common.insert(Arc::clone(&entry.common))),
        }
        entry
    }
}

/// Returns whether a record is held in full from the start: it can still change, or it counts towards the
/// daily limit, even if it was written by a clock that was ahead.
fn is_weighty(record: &Record, now: Timestamp) -> bool {
    record.is_open() || now.since(record.begun) <= DAY
}

impl LedgerRow {
    /// Returns the attempt's number.
    pub fn attempt(&self) -> Attempt {
        match self {
            Self::Whole(record) => record.attempt,
            Self::Brief(entry) => entry.attempt,
        }
    }

    /// Returns the record, or `None` if only its entry is held.
    pub fn record(&self) -> Option<&Record> {
        match self {
            Self::Whole(record) => Some(record),
            Self::Brief(_) => None,
        }
    }

    /// Returns the fields that a list shows.
    pub fn entry(&self) -> Cow<'_, Entry> {
        match self {
            Self::Whole(record) => Cow::Owned(Entry::of(record)),
            Self::Brief(entry) => Cow::Borrowed(entry),
        }
    }

    fn record_mut(&mut self) -> Option<&mut Record> {
        match self {
            Self::Whole(record) => Some(record),
            Self::Brief(_) => None,
        }
    }
}

impl Ledger {
    /// Creates an empty ledger with capacity for `most` rows.
    pub fn with_room(most: usize) -> Self {
        Self { kept: Vec::with_capacity(most), ..Self::default() }
    }

    /// Appends a row that is older than all others.
    pub fn push(&mut self, kept: LedgerRow) {
        self.kept.push(kept);
    }

    /// Finishes reading. The ledger is complete if it has `all` rows.
    pub fn close(&mut self, all: usize) {
        self.kept.shrink_to_fit();
        self.is_complete = self.kept.len() >= all;
    }

    /// Returns whether there is a row for every record in the journal.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Returns whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Returns the row at an index; the newest is at 0.
    pub fn get(&self, place: usize) -> Option<&LedgerRow> {
        self.kept.get(place)
    }

    /// Returns all rows, newest first.
    pub fn all(&self) -> &[LedgerRow] {
        &self.kept
    }

    /// Iterates over the full records, newest first.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.kept.iter().filter_map(LedgerRow::record)
    }

    /// Returns the row of an attempt, or `None` if there is none.
    pub fn kept(&self, attempt: Attempt) -> Option<&LedgerRow> {
        self.kept.get(self.place(attempt)?)
    }

    /// Returns the record of an attempt, or `None` if it is not held in full.
    pub fn record(&self, attempt: Attempt) -> Option<&Record> {
        self.kept(attempt)?.record()
    }

    /// Returns a mutable reference to the record of an attempt; see [`Ledger::record`].
    pub fn record_mut(&mut self, attempt: Attempt) -> Option<&mut Record> {
        let place = self.place(attempt)?;
        self.kept.get_mut(place)?.record_mut()
    }

    /// Returns the record of an order, or `None` if it is not held in full.
    pub fn of_order(&mut self, id: &OrderId) -> Option<&mut Record> {
        self.kept.iter_mut().filter_map(LedgerRow::record_mut).find(|record| record.is_about(id))
    }

    /// Returns the index of an attempt's row, by binary search: it is called several times a frame, and there
    /// may be thousands of rows.
    fn place(&self, attempt: Attempt) -> Option<usize> {
        let place = self.kept.partition_point(|kept| kept.attempt() > attempt);
        self.kept.get(place).filter(|kept| kept.attempt() == attempt).map(|_| place)
    }

    /// Inserts a full record, replacing its attempt's row. An order has one row: if it was imported while its
    /// attempt was waiting for the answer, the imported row is removed.
    pub fn take_in(&mut self, record: Record) {
        if let Outcome::Placed(order) = &record.outcome {
            let twice = |known: &Record| known.attempt != record.attempt && known.is_about(order.id());
            self.forget(|kept| kept.record().is_some_and(twice));
        }
        self.gone.remove(&record.attempt);
        self.put(LedgerRow::Whole(Box::new(record)));
    }

    fn put(&mut self, kept: LedgerRow) {
        // Newest first: the journal counts attempts upwards.
        let place = self.kept.partition_point(|known| known.attempt() > kept.attempt());
        match self.kept.get_mut(place).filter(|known| known.attempt() == kept.attempt()) {
            Some(known) => *known = kept,
            None => self.kept.insert(place, kept),
        }
    }

    /// Replaces an entry with its full record. A full record in memory is newer and stays, and a removed
    /// record does not come back.
    pub fn fill_in(&mut self, record: Record) {
        if matches!(self.kept(record.attempt), Some(LedgerRow::Brief(_))) {
            self.put(LedgerRow::Whole(Box::new(record)));
        }
    }

    /// Removes an attempt for good.
    pub fn remove(&mut self, attempt: Attempt) {
        self.forget(|kept| kept.attempt() == attempt);
        self.gone.insert(attempt);
    }

    fn forget(&mut self, which: impl Fn(&LedgerRow) -> bool) {
        let gone = &mut self.gone;
        self.kept.retain(|kept| {
            let goes = which(kept);
            if goes {
                gone.insert(kept.attempt());
            }
            !goes
        });
    }

    /// Adds the rows that were not read at the start. Full records in memory are newer and stay, and removed
    /// rows do not come back.
    pub fn complete(&mut self, everything: Self) {
        let known = std::mem::replace(&mut self.kept, everything.kept);
        self.kept.retain(|kept| !self.gone.contains(&kept.attempt()));
        self.is_complete = everything.is_complete;
        known.into_iter().filter(|kept| kept.record().is_some()).for_each(|kept| self.put(kept));
    }

    /// Returns the entries whose order may be held in full under another attempt, since their short ids are
    /// equal. Only the journal can tell whether they still exist.
    pub fn doubles(&self) -> Vec<Attempt> {
        let whole: HashSet<&str> =
            self.records().filter_map(Record::order).map(|order| order.id().short()).collect();
        let entries = self.kept.iter().filter_map(|kept| match kept {
            LedgerRow::Whole(_) => None,
            LedgerRow::Brief(entry) => Some(entry),
        });
        entries.filter(|entry| whole.contains(entry.id())).map(|entry| entry.attempt).collect()
    }
}

/// Builds a complete ledger of full records.
impl From<Vec<Record>> for Ledger {
    fn from(mut records: Vec<Record>) -> Self {
        records.sort_by_key(|record| std::cmp::Reverse(record.attempt));
        let kept = records.into_iter().map(|record| LedgerRow::Whole(Box::new(record))).collect();
        Self { kept, is_complete: true, ..Self::default() }
    }
}

#[cfg(test)]
mod tests;
