//! The orders that match a filter.

use std::borrow::Cow;

use crate::domain::ledger::{Entry, Ledger};
use crate::domain::text::Secret;
use crate::search::{Index, MatcherScratch};

/// The matching records, best first; equal matches newest first.
#[derive(Debug, Default)]
pub struct Found {
    /// The indices of the matches among all records.
    pub places: Vec<usize>,
    /// The search index, built when first needed, since it covers every record.
    index: Option<Index>,
}

impl Found {
    /// Searches by brand and value, note, attempt number and the beginning of the order's id.
    pub fn find(&mut self, query: &str, records: &Ledger, scratch: &MatcherScratch) {
        let index = self.index.get_or_insert_with(|| indexed(records));
        self.places = index.find(query, scratch).to_vec();
    }

    /// Drops the index because the records changed.
    pub fn forget(&mut self) {
        self.index = None;
    }
}

fn indexed(records: &Ledger) -> Index {
    Index::new(records.all().iter().map(|kept| {
        let entry = kept.entry();
        let note = entry.note().map(Secret::printable).unwrap_or_default();
        let also = format!("{} {note} {}", entry.attempt, entry.id());
        (Summary(entry), also)
    }))
}

/// An entry's summary, used as its name in the index.
struct Summary<'a>(Cow<'a, Entry>);

impl AsRef<str> for Summary<'_> {
    fn as_ref(&self) -> &str {
        self.0.summary()
    }
}
