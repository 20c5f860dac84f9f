//! What a filter leaves of the orders.

use crate::domain::record::Record;
use crate::search::Index;

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
    pub fn find(&mut self, query: &str, records: &[Record]) {
        let index = self.index.get_or_insert_with(|| indexed(records));
        self.places = index.find(query).to_vec();
    }

    /// The records are others now.
    pub fn forget(&mut self) {
        self.index = None;
    }
}

fn indexed(records: &[Record]) -> Index {
    let things: Vec<(String, String)> = records
        .iter()
        .map(|record| {
            let id = record.order().map(|order| order.id().short()).unwrap_or_default();
            (record.summary(), format!("{} {} {id}", record.attempt, record.remarks.note.printable()))
        })
        .collect();
    Index::new(things.iter().map(|(name, also)| (name.as_str(), also.clone())))
}
