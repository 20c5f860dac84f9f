//! The ledger: everything this user tried to buy here, newest first.
//!
//! A record is held whole where something can still come of it, where it counts against another order, and
//! once its owner opened it. Of all others, which may be thousands, only an entry is held: what a list
//! shows and a filter searches, and none of the codes.

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

/// What a list shows of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub attempt: Attempt,
    /// When it began, by this machine's clock.
    pub begun: Timestamp,
    /// What was or is to be paid, in coin units.
    pub asked: Option<Amount>,
    /// What was received, in coin units.
    pub sent: Amount,
    /// The beginning of its order's id; see [`OrderId::short`].
    id: [u8; OrderId::SHORT],
    /// What its owner wrote beside it. Most write nothing.
    note: Option<Box<Secret>>,
    /// What it has in common with others.
    common: Arc<Common>,
}

/// What orders of the same thing that ended alike have in common, so that it is held once.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Common {
    summary: String,
    standing: Standing,
    tender: Option<Tender>,
    /// Whether what is asked for was said by the shop, with the order.
    has_terms: bool,
    lines: usize,
    has_codes: bool,
    is_repeatable: bool,
}

/// A record as far as it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerRow {
    /// All of it.
    Whole(Box<Record>),
    /// What a list shows.
    Brief(Entry),
}

/// Everything that is held, newest first.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    kept: Vec<LedgerRow>,
    is_complete: bool,
    /// Attempts that are certainly no more, also where a list that was read before says otherwise. The
    /// journal gives no number twice.
    gone: BTreeSet<Attempt>,
}

/// Makes entries that hold once what they have in common.
#[derive(Debug, Default)]
pub struct EntryInterner {
    common: HashSet<Arc<Common>>,
}

impl Entry {
    /// The entry of a record.
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

    /// What it is, in one line.
    pub fn summary(&self) -> &str {
        &self.common.summary
    }

    /// Where it stands.
    pub fn standing(&self) -> &Standing {
        &self.common.standing
    }

    /// What was or is to be paid, and with what.
    pub fn amount(&self) -> Option<(Amount, &Tender)> {
        self.asked.zip(self.common.tender.as_ref())
    }

    /// The same, where the shop said it.
    pub fn terms(&self) -> Option<(Amount, &Tender)> {
        self.amount().filter(|_| self.common.has_terms)
    }

    /// How many lines its order has.
    pub fn lines(&self) -> usize {
        self.common.lines
    }

    /// Whether there is an order.
    pub fn has_order(&self) -> bool {
        matches!(self.common.standing, Standing::Placed(_))
    }

    /// Whether its order brought anything, so that it has codes to show.
    pub fn has_codes(&self) -> bool {
        self.common.has_codes
    }

    /// Whether everything of its order was delivered.
    pub fn is_delivered(&self) -> bool {
        self.common.standing == Standing::Placed(Phase::Delivered)
    }

    /// Whether the same can be bought again.
    pub fn is_repeatable(&self) -> bool {
        self.common.is_repeatable
    }

    /// Whether nobody can tell if there is an order.
    pub fn is_doubtful(&self) -> bool {
        self.common.standing.is_doubtful()
    }

    /// The beginning of its order's id; nothing where there is no order.
    pub fn id(&self) -> &str {
        std::str::from_utf8(&self.id).ok().filter(|_| self.has_order()).unwrap_or_default()
    }

    /// What its owner wrote beside it.
    pub fn note(&self) -> Option<&Secret> {
        self.note.as_deref()
    }
}

/// Whether an order brought anything, so that it has codes to show.
fn has_codes(order: &Order) -> bool {
    let came = |delivery: &Delivery| !delivery.delivered.is_empty();
    matches!(order.phase(), Phase::Delivered | Phase::DeliveredInPart(_))
        && order.known.deliveries.iter().any(came)
}

impl EntryInterner {
    /// What is held of a record, as long as nobody opens it.
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

/// Whether a record is held whole from the start: something can still come of it, or it counts for a day's
/// limit, also by a clock that ran ahead.
fn is_weighty(record: &Record, now: Timestamp) -> bool {
    record.is_open() || now.since(record.begun) <= DAY
}

impl LedgerRow {
    /// Its number.
    pub fn attempt(&self) -> Attempt {
        match self {
            Self::Whole(record) => record.attempt,
            Self::Brief(entry) => entry.attempt,
        }
    }

    /// The record, where it is held whole.
    pub fn record(&self) -> Option<&Record> {
        match self {
            Self::Whole(record) => Some(record),
            Self::Brief(_) => None,
        }
    }

    /// What a list shows of it.
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
    /// An empty one with room for so many.
    pub fn with_room(most: usize) -> Self {
        Self { kept: Vec::with_capacity(most), ..Self::default() }
    }

    /// Adds one that is older than all others.
    pub fn push(&mut self, kept: LedgerRow) {
        self.kept.push(kept);
    }

    /// Nothing is added from here on; of so many there are it holds all or not.
    pub fn close(&mut self, all: usize) {
        self.kept.shrink_to_fit();
        self.is_complete = self.kept.len() >= all;
    }

    /// Whether everything is here that there is.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// What stands at a place, the newest at the first.
    pub fn get(&self, place: usize) -> Option<&LedgerRow> {
        self.kept.get(place)
    }

    /// Everything, newest first.
    pub fn all(&self) -> &[LedgerRow] {
        &self.kept
    }

    /// What is held whole, newest first.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.kept.iter().filter_map(LedgerRow::record)
    }

    /// What is held of an attempt.
    pub fn kept(&self, attempt: Attempt) -> Option<&LedgerRow> {
        self.kept.get(self.place(attempt)?)
    }

    /// The record of an attempt, where it is held whole.
    pub fn record(&self, attempt: Attempt) -> Option<&Record> {
        self.kept(attempt)?.record()
    }

    /// The same, to be changed.
    pub fn record_mut(&mut self, attempt: Attempt) -> Option<&mut Record> {
        let place = self.place(attempt)?;
        self.kept.get_mut(place)?.record_mut()
    }

    /// The record of an order, where it is held whole.
    pub fn of_order(&mut self, id: &OrderId) -> Option<&mut Record> {
        self.kept.iter_mut().filter_map(LedgerRow::record_mut).find(|record| record.is_about(id))
    }

    /// The newest come first; it is asked for several times a frame, and there may be thousands.
    fn place(&self, attempt: Attempt) -> Option<usize> {
        let place = self.kept.partition_point(|kept| kept.attempt() > attempt);
        self.kept.get(place).filter(|kept| kept.attempt() == attempt).map(|_| place)
    }

    /// Takes in a whole record, in place of what was held of its attempt. Its order stands here once: one
    /// that was added by its id while its attempt waited for the answer is no more.
    pub fn take_in(&mut self, record: Record) {
        if let Outcome::Placed(order) = &record.outcome {
            let twice = |known: &Record| known.attempt != record.attempt && known.is_about(order.id());
            self.forget(|kept| kept.record().is_some_and(twice));
        }
        self.gone.remove(&record.attempt);
        self.put(LedgerRow::Whole(Box::new(record)));
    }

    fn put(&mut self, kept: LedgerRow) {
        // Newest first: the journal counts its attempts up.
        let place = self.kept.partition_point(|known| known.attempt() > kept.attempt());
        match self.kept.get_mut(place).filter(|known| known.attempt() == kept.attempt()) {
            Some(known) => *known = kept,
            None => self.kept.insert(place, kept),
        }
    }

    /// Fills in what was left out of an entry. What is held whole already is newer, and what is no more
    /// does not come back.
    pub fn fill_in(&mut self, record: Record) {
        if matches!(self.kept(record.attempt), Some(LedgerRow::Brief(_))) {
            self.put(LedgerRow::Whole(Box::new(record)));
        }
    }

    /// An attempt is no more.
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

    /// Takes in everything that was left out at first. What is held whole already is newer than that, and
    /// what is no more does not come back.
    pub fn complete(&mut self, everything: Self) {
        let known = std::mem::replace(&mut self.kept, everything.kept);
        self.kept.retain(|kept| !self.gone.contains(&kept.attempt()));
        self.is_complete = everything.is_complete;
        known.into_iter().filter(|kept| kept.record().is_some()).for_each(|kept| self.put(kept));
    }

    /// Entries that may be of an order that is held whole under another attempt: their ids begin alike. The
    /// journal knows whether they are still there.
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

/// Records that are all held whole, and nothing else there is.
impl From<Vec<Record>> for Ledger {
    fn from(mut records: Vec<Record>) -> Self {
        records.sort_by_key(|record| std::cmp::Reverse(record.attempt));
        let kept = records.into_iter().map(|record| LedgerRow::Whole(Box::new(record))).collect();
        Self { kept, is_complete: true, ..Self::default() }
    }
}

#[cfg(test)]
mod tests;
