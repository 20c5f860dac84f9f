//! What a filter leaves of the orders.

use std::borrow::Cow;

use crate::domain::ledger::{Entry, Ledger};
use crate::domain::text::Secret;
use crate::search::{Index, MatcherScratch};

/// The records that a filter leaves, by their places, the best first and among equals the newest.
#[derive(Debug, Default)]
pub struct Found {
    /// Their places among all records.
    pub places: Vec<usize>,
    /// What is searched; made when it is needed, since it knows every record.
    index: Option<Index>,
}

impl Found {
    /// Finds by brand and value, note, number and how an order began.
    pub fn find(&mut self, query: &str, records: &Ledger, scratch: &MatcherScratch) {
        let index = self.index.get_or_insert_with(|| indexed(records));
        self.places = index.find(query, scratch).to_vec();
    }

    /// The records are others now.
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

/// What an entry is called.
struct Summary<'a>(Cow<'a, Entry>);

impl AsRef<str> for Summary<'_> {
    fn as_ref(&self) -> &str {
        self.0.summary()
    }
}
