//! Reads the ledger: whole records that can still change, and entries of all others.

use rusqlite::Connection;

use super::error::JournalError;
use super::{Journal, remarks, rows};
use crate::domain::failure::Failure;
use crate::domain::ledger::{EntryInterner, Ledger};
use crate::domain::record::Record;
use crate::domain::time::Timestamp;

/// How many of the newest records are read at the start, because the list of orders begins with them.
pub(super) const NEWEST: usize = 100;

impl Journal {
    /// Reads what a start needs: whole records that can still change or that count against another order, and
    /// entries of the newest. All others, which may be thousands, are not read.
    pub fn outstanding(&self, now: Timestamp) -> Result<Ledger, Failure> {
        Ok(self.outstanding_or_say_why(now)?)
    }

    /// Reads everything: the same whole records, and an entry of every other.
    pub fn ledger(&self, now: Timestamp) -> Result<Ledger, Failure> {
        Ok(self.ledger_or_say_why(now)?)
    }

    fn outstanding_or_say_why(&self, now: Timestamp) -> Result<Ledger, JournalError> {
        let (connection, shop) = (&self.connection(), &self.shop);
        let mut gathered = Gathered::default();
        for attempt in rows::outstanding(connection, shop, now, NEWEST)? {
            if let Some(row) = rows::find(connection, shop, attempt)? {
                gathered.take(connection, shop, row.record(), now)?;
            }
        }
        let all = rows::count(connection, shop)?;
        gathered.close(connection, shop, all)
    }

    fn ledger_or_say_why(&self, now: Timestamp) -> Result<Ledger, JournalError> {
        let (connection, shop) = (&self.connection(), &self.shop);
        let all = rows::count(connection, shop)?;
        let mut gathered = Gathered { ledger: Ledger::with_room(all), ..Gathered::default() };
        rows::each(connection, shop, |record| gathered.take(connection, shop, record, now))?;
        gathered.close(connection, shop, 0)
    }
}

/// The rows that were read so far, newest first.
#[derive(Default)]
struct Gathered {
    ledger: Ledger,
    interner: EntryInterner,
    doubtful: Vec<Record>,
}

impl Gathered {
    fn take(
        &mut self,
        connection: &Connection,
        shop: &str,
        record: Record,
        now: Timestamp,
    ) -> Result<(), JournalError> {
        let record = remarks::beside(connection, shop, record)?;
        if record.is_doubtful() {
            self.doubtful.push(record.clone());
        }
        self.ledger.push(self.interner.keep(record, now));
        Ok(())
    }

    /// Adds the imported orders that a doubtful attempt may have become, whenever they were placed, because
    /// only a session knows how far the clocks differ. The ledger is complete if it has `all` rows.
    fn close(self, connection: &Connection, shop: &str, all: usize) -> Result<Ledger, JournalError> {
        let Self { mut ledger, doubtful, .. } = self;
        if !doubtful.is_empty() {
            let may_be =
                |added: &Record| doubtful.iter().any(|attempt| attempt.may_have_become(added, attempt.begun));
            for attempt in rows::added(connection, shop)? {
                let added = rows::find(connection, shop, attempt)?.map(rows::Row::record);
                if let Some(added) = added.filter(may_be) {
                    ledger.take_in(remarks::beside(connection, shop, added)?);
                }
            }
        }
        ledger.close(all);
        Ok(ledger)
    }
}
