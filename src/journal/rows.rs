//! The rows of the attempts: all SQL that finds, reads and writes them.

mod write;

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension as _, Params, params};
use zeroize::Zeroizing;

pub(super) use write::{NewAttempt, adopt, end, forget, intend, place, put_by_unread};

use super::error::JournalError;
use super::form::{self, StoredReason};
use crate::domain::limits::DAY;
use crate::domain::money::Amount;
use crate::domain::order::{Order, OrderId};
use crate::domain::reason::OutcomeReason;
use crate::domain::record::{Attempt, Outcome, Record, Remarks};
use crate::domain::text::Prose;
use crate::domain::time::Timestamp;

/// An attempt as it is stored.
pub(super) struct Row {
    pub(super) attempt: Attempt,
    begun: Timestamp,
    total: Option<String>,
    purchase: Option<Zeroizing<String>>,
    outcome: String,
    reason: StoredReason,
    order: Option<Zeroizing<String>>,
    /// Whether an unreadable order was moved to `unread` when this row was written.
    has_unread: bool,
}

impl Row {
    fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            attempt: Attempt(row.get(0)?),
            begun: Timestamp(row.get(1)?),
            total: row.get(2)?,
            purchase: row.get::<_, Option<String>>(3)?.map(Zeroizing::new),
            outcome: row.get(4)?,
            reason: StoredReason {
                sentence: row.get(5)?,
                code: row.get(6)?,
                data: row.get::<_, Option<String>>(7)?.map(Zeroizing::new),
            },
            order: row.get::<_, Option<String>>(8)?.map(Zeroizing::new),
            has_unread: row.get(9)?,
        })
    }

    /// Returns the order, or `None` if there is no readable one.
    pub(super) fn order(&self) -> Option<Order> {
        self.order.as_ref().and_then(|text| form::read_order(text))
    }

    /// Returns whether there is an order, readable or not.
    pub(super) fn has_order(&self) -> bool {
        self.order.is_some()
    }

    /// Returns the stored text of the order, or `None` if there is no readable one.
    pub(super) fn order_text(&self) -> Option<&str> {
        self.order.as_ref().map(|text| text.as_str()).filter(|text| form::read_order(text).is_some())
    }

    /// Returns whether the row is only an imported order, which an attempt may take over.
    pub(super) fn is_only_an_import(&self) -> bool {
        self.purchase.is_none() && !self.has_unread
    }

    /// Returns the record. If the row cannot be read, its outcome says so.
    pub(super) fn record(self) -> Record {
        let purchase = self.purchase.as_ref().map(|text| form::read_purchase(text));
        let total = self.total.as_ref().map(|text| text.parse::<Amount>().ok());
        let whole =
            purchase.as_ref().is_none_or(Option::is_some) && total.as_ref().is_none_or(Option::is_some);
        let outcome = match self.outcome() {
            // A readable order is worth more than the purchase that led to it.
            Some(Outcome::Placed(order)) => Outcome::Placed(order),
            Some(outcome) if whole => outcome,
            Some(_) | None => Outcome::Unknown(OutcomeReason::Unreadable),
        };
        Record {
            attempt: self.attempt,
            begun: self.begun,
            purchase: purchase.flatten(),
            total: total.flatten(),
            outcome,
            remarks: Remarks::default(),
        }
    }

    fn outcome(&self) -> Option<Outcome> {
        let reason = || form::read_reason(&self.reason);
        Some(match self.outcome.as_str() {
            "intended" => Outcome::Intended,
            "placed" => Outcome::Placed(Box::new(self.order()?)),
            "refused" => Outcome::Refused(reason()),
            "not sent" => Outcome::NotSent(reason()),
            "unknown" => Outcome::Unknown(reason()),
            _ => return None,
        })
    }
}

const COLUMNS: &str = "number, begun, total, purchase, outcome, reason, reason_code, reason_data, placed_order, \
    unread IS NOT NULL FROM attempts";

/// Returns whether the tables have all columns that are read.
pub(super) fn can_be_read(connection: &Connection) -> bool {
    connection.prepare(&format!("SELECT {COLUMNS} WHERE shop = ?1 AND state <> 'closed'")).is_ok()
}

/// Returns the row of an attempt, or `None` if the shop has none.
pub(super) fn find(
    connection: &Connection,
    shop: &str,
    attempt: Attempt,
) -> Result<Option<Row>, JournalError> {
    one(connection, "shop = ?1 AND number = ?2", params![shop, attempt.0])
}

/// Returns the row of an order, or `None` if the shop has none.
pub(super) fn find_order(
    connection: &Connection,
    shop: &str,
    id: &OrderId,
) -> Result<Option<Row>, JournalError> {
    one(connection, "shop = ?1 AND order_id = ?2", params![shop, id.reveal()])
}

fn one(connection: &Connection, which: &str, values: impl Params) -> Result<Option<Row>, JournalError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} WHERE {which}"))?;
    Ok(statement.query_row(values, Row::of).optional()?)
}

/// Returns the query of [`all`]. The index of a shop's attempts is already in this order.
pub(super) fn newest_first() -> String {
    format!("SELECT {COLUMNS} WHERE shop = ?1 ORDER BY number DESC")
}

/// Returns all records of a shop, newest first.
pub(super) fn all(connection: &Connection, shop: &str) -> Result<Vec<Record>, JournalError> {
    let mut statement = connection.prepare_cached(&newest_first())?;
    let mut rows = statement.query([shop])?;
    let (mut records, mut told) = (Vec::new(), HashSet::new());
    while let Some(row) = rows.next()? {
        let mut record = Row::of(row)?.record();
        if let Outcome::Placed(order) = &mut record.outcome {
            share_prose(order, &mut told);
        }
        records.push(record);
    }
    records.shrink_to_fit();
    Ok(records)
}

/// Makes orders of the same brand share their redemption texts, which take most of an order's memory.
fn share_prose(order: &mut Order, told: &mut HashSet<Prose>) {
    for delivery in &mut order.known.deliveries {
        let redeem = &mut delivery.delivered.redeem;
        match told.get(redeem) {
            Some(known) => *redeem = known.clone(),
            None => drop(told.insert(redeem.clone())),
        }
    }
}

/// Returns the records that count against another order: those of the last day and those whose outcome is
/// unknown, newest first.
pub(super) fn weighty(
    connection: &Connection,
    shop: &str,
    now: Timestamp,
) -> Result<Vec<Record>, JournalError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} WHERE number IN (
            SELECT number FROM attempts WHERE shop = ?1 AND begun >= ?2
            UNION ALL SELECT number FROM attempts WHERE shop = ?1 AND state <> 'closed' AND state = 'doubtful')
         ORDER BY number DESC"
    ))?;
    let rows = statement.query_map(params![shop, a_day_before(now)], Row::of)?;
    Ok(rows.map(|row| row.map(Row::record)).collect::<Result<_, _>>()?)
}

/// Returns the time a day before `now`, as in the column `begun`.
fn a_day_before(now: Timestamp) -> i64 {
    now.0.saturating_sub(i64::try_from(DAY.as_secs()).unwrap_or(i64::MAX))
}

/// Passes every record of a shop to `take`, newest first.
pub(super) fn each(
    connection: &Connection,
    shop: &str,
    mut take: impl FnMut(Record) -> Result<(), JournalError>,
) -> Result<(), JournalError> {
    let mut statement = connection.prepare_cached(&newest_first())?;
    let mut rows = statement.query([shop])?;
    while let Some(row) = rows.next()? {
        take(Row::of(row)?.record())?;
    }
    Ok(())
}

/// Returns the number of records of a shop.
pub(super) fn count(connection: &Connection, shop: &str) -> Result<usize, JournalError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM attempts WHERE shop = ?1")?
        .query_row([shop], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The query of [`outstanding`] for what can still change or counts against another order. The two searches
/// have an index each, so no order is read.
pub(super) const UNFINISHED: &str = "SELECT number FROM attempts WHERE shop = ?1 AND begun >= ?2
    UNION ALL SELECT number FROM attempts WHERE shop = ?1 AND state <> 'closed'";

/// Returns the attempts whose records a start needs, newest first: those that can still change, those of the
/// last day, and the `newest`.
pub(super) fn outstanding(
    connection: &Connection,
    shop: &str,
    now: Timestamp,
    newest: usize,
) -> Result<Vec<Attempt>, JournalError> {
    let mut numbers = BTreeSet::new();
    let mut statement = connection.prepare_cached(UNFINISHED)?;
    for number in statement.query_map(params![shop, a_day_before(now)], |row| row.get(0))? {
        numbers.insert(Attempt(number?));
    }
    let newest = i64::try_from(newest).unwrap_or(i64::MAX);
    let mut statement = connection
        .prepare_cached("SELECT number FROM attempts WHERE shop = ?1 ORDER BY number DESC LIMIT ?2")?;
    for number in statement.query_map(params![shop, newest], |row| row.get(0))? {
        numbers.insert(Attempt(number?));
    }
    Ok(numbers.into_iter().rev().collect())
}

/// Returns the attempts that are imported orders.
pub(super) fn added(connection: &Connection, shop: &str) -> Result<Vec<Attempt>, JournalError> {
    let mut statement = connection.prepare_cached(
        "SELECT number FROM attempts WHERE shop = ?1 AND purchase IS NULL AND outcome = 'placed'",
    )?;
    let numbers = statement.query_map([shop], |row| row.get(0).map(Attempt))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}
