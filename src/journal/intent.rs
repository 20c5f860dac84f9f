//! Records an attempt before its order is requested, after a last check that it is allowed.

use rusqlite::Connection;

use super::{Journal, remarks, rows};
use crate::domain::consent::{Consent, Objection};
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::purchase::Purchase;
use crate::domain::record::{Attempt, Record};
use crate::domain::time::Timestamp;

/// The result of recording an attempt.
#[derive(Debug)]
pub enum Intent {
    /// The attempt is recorded, and the order may be requested.
    Recorded(Attempt),
    /// The journal has records that the consent does not cover, so nothing was written. The records are those
    /// that were checked.
    Held(Objection, Vec<Record>),
}

impl Journal {
    /// Records that an order is about to be requested, unless the journal has records that the consent does not
    /// cover.
    ///
    /// The orders of every other program on this journal are checked, and none can write between the check and
    /// the record. If this returns an attempt, the record survives a power cut; otherwise the order must not be
    /// requested.
    pub fn intend(
        &self,
        purchase: &Purchase,
        total: Amount,
        consent: &Consent,
        now: Timestamp,
    ) -> Result<Intent, Failure> {
        self.intend_as(purchase, total, consent, now, None)
    }

    pub(super) fn intend_as(
        &self,
        purchase: &Purchase,
        total: Amount,
        consent: &Consent,
        now: Timestamp,
        caller_key: Option<&str>,
    ) -> Result<Intent, Failure> {
        let intent = self.write(|transaction| {
            let mut weighed = rows::weighty(transaction, &self.shop, now)?;
            if let Some(objection) = consent.objection(purchase, total, &weighed, now) {
                remarks::beside_all(transaction, &self.shop, &mut weighed)?;
                return Ok(Intent::Held(objection, weighed));
            }
            let attempt = rows::NewAttempt { purchase, total, begun: now, caller_key };
            rows::intend(transaction, &self.shop, &attempt).map(Intent::Recorded)
        })?;
        make_room(&self.connection());
        Ok(intent)
    }
}

/// Moves the log into the file, so that the answer overwrites the log's space and needs none of a disk that
/// fills up meanwhile. The record is safe without it.
fn make_room(connection: &Connection) {
    let checkpoint = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    drop(checkpoint);
}
