//! Writing down that an order is about to be asked for, and looking once more whether it may be.

use rusqlite::Connection;

use super::{Journal, remarks, rows};
use crate::domain::consent::{Consent, Objection};
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::purchase::Purchase;
use crate::domain::record::{Attempt, Record};
use crate::domain::time::Timestamp;

/// What came of writing an attempt down.
#[derive(Debug)]
pub enum Intent {
    /// It stands here, and the order may be asked for.
    Recorded(Attempt),
    /// Something stands here that its owner did not know of, so nothing was written. The records are
    /// those that were weighed.
    Held(Objection, Vec<Record>),
}

impl Journal {
    /// Records that an order is about to be asked for. When this returns a number, the record
    /// survives a power cut; when it does not, the order must not be asked for.
    #[cfg(test)]
    pub(super) fn intend(
        &self,
        purchase: &Purchase,
        total: Amount,
        now: Timestamp,
    ) -> Result<Attempt, Failure> {
        let attempt =
            self.write(|transaction| rows::intend(transaction, &self.shop, purchase, total, now))?;
        make_room(&self.connection());
        Ok(attempt)
    }

    /// As `intend`, where its owner agreed to it as things stand. What every other program on this journal
    /// has ordered is weighed, and none can write between that and the record.
    pub fn intend_as_agreed(
        &self,
        purchase: &Purchase,
        total: Amount,
        consent: &Consent,
        now: Timestamp,
    ) -> Result<Intent, Failure> {
        let intent = self.write(|transaction| {
            let mut weighed = rows::weighty(transaction, &self.shop, now)?;
            if let Some(objection) = consent.objection(purchase, total, &weighed, now) {
                remarks::beside_all(transaction, &self.shop, &mut weighed)?;
                return Ok(Intent::Held(objection, weighed));
            }
            rows::intend(transaction, &self.shop, purchase, total, now).map(Intent::Recorded)
        })?;
        make_room(&self.connection());
        Ok(intent)
    }
}

/// Empties the log into the file, so that the answer overwrites the log's old room and needs none of a
/// disk that fills up meanwhile. The record is safe without that.
fn make_room(connection: &Connection) {
    let checkpoint = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    drop(checkpoint);
}
