//! The rows of the attempts: how they are found, read and written. All of the SQL about them is here.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension as _, Params, params};
use zeroize::Zeroizing;

use super::error::JournalError;
use super::form::{self, StoredReason};
use crate::domain::limits::DAY;
use crate::domain::money::Amount;
use crate::domain::order::{Order, OrderId};
use crate::domain::purchase::Purchase;
use crate::domain::reason::OutcomeReason;
use crate::domain::record::{Attempt, Outcome, Record, Remarks};
use crate::domain::text::Prose;
use crate::domain::time::Timestamp;

/// What can still come of an attempt, as its row says it. It is the judgement of the version that wrote the row;
/// a word that is not known counts as open.
#[derive(Clone, Copy)]
pub(super) enum RowState {
    /// Nobody can tell whether there is an order.
    Doubtful,
    /// There is an order that can still change.
    Open,
    /// Nothing more is expected.
    Closed,
}

impl RowState {
    fn word(self) -> &'static str {
        match self {
            Self::Doubtful => "doubtful",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    fn of_order(order: &Order) -> Self {
        if order.is_final() { Self::Closed } else { Self::Open }
    }
}

/// How much room is taken for the answer before the order leaves; an order without codes needs
/// 1 to 10 kB, and the pages around it as much again.
const RESERVE: i64 = 32 * 1024;

/// An attempt as it lies in the table.
pub(super) struct Row {
    pub(super) attempt: Attempt,
    begun: Timestamp,
    total: Option<String>,
    purchase: Option<Zeroizing<String>>,
    outcome: String,
    reason: StoredReason,
    order: Option<Zeroizing<String>>,
    /// Whether something unreadable was put by when this was last written.
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

    /// The order, where there is one that can be read.
    pub(super) fn order(&self) -> Option<Order> {
        self.order.as_ref().and_then(|text| form::read_order(text))
    }

    /// Whether there is an order, readable or not.
    pub(super) fn has_order(&self) -> bool {
        self.order.is_some()
    }

    /// The stored text of the order, where it can be read.
    pub(super) fn order_text(&self) -> Option<&str> {
        self.order.as_ref().map(|text| text.as_str()).filter(|text| form::read_order(text).is_some())
    }

    /// Whether this is nothing but an imported order, so that an attempt may take its place.
    pub(super) fn is_only_an_import(&self) -> bool {
        self.purchase.is_none() && !self.has_unread
    }

    /// What a person is told of it. A row that cannot be read is there too, and says so.
    pub(super) fn record(self) -> Record {
        let purchase = self.purchase.as_ref().map(|text| form::read_purchase(text));
        let total = self.total.as_ref().map(|text| text.parse::<Amount>().ok());
        let whole =
            purchase.as_ref().is_none_or(Option::is_some) && total.as_ref().is_none_or(Option::is_some);
        let outcome = match self.outcome() {
            // An order that can be read is worth more than the wish that led to it.
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

/// Whether the tables have everything that is read of them.
pub(super) fn can_be_read(connection: &Connection) -> bool {
    connection.prepare(&format!("SELECT {COLUMNS} WHERE shop = ?1 AND state <> 'closed'")).is_ok()
}

/// The row of an attempt.
pub(super) fn find(
    connection: &Connection,
    shop: &str,
    attempt: Attempt,
) -> Result<Option<Row>, JournalError> {
    one(connection, "shop = ?1 AND number = ?2", params![shop, attempt.0])
}

/// The row of an order.
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

/// How `all` asks; the index of a shop's attempts holds them in this order already.
pub(super) fn newest_first() -> String {
    format!("SELECT {COLUMNS} WHERE shop = ?1 ORDER BY number DESC")
}

/// Every record of a shop, newest first.
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

/// Has orders of the same brand share how to redeem them: that is most of what an order takes in memory.
fn share_prose(order: &mut Order, told: &mut HashSet<Prose>) {
    for delivery in &mut order.known.deliveries {
        let redeem = &mut delivery.delivered.redeem;
        match told.get(redeem) {
            Some(known) => *redeem = known.clone(),
            None => drop(told.insert(redeem.clone())),
        }
    }
}

/// The records of a shop that can still count against another order: those of the last day, and those of
/// which nobody can tell what became of them. Newest first.
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

/// When a day began that ends now, as `begun` is written.
fn a_day_before(now: Timestamp) -> i64 {
    now.0.saturating_sub(i64::try_from(DAY.as_secs()).unwrap_or(i64::MAX))
}

/// Every record of a shop, newest first, one after the other.
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

/// How many records a shop has.
pub(super) fn count(connection: &Connection, shop: &str) -> Result<usize, JournalError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM attempts WHERE shop = ?1")?
        .query_row([shop], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// How `outstanding` asks for what can still move or counts against another order.
pub(super) const UNFINISHED: &str = "SELECT number FROM attempts WHERE shop = ?1 AND begun >= ?2
    UNION ALL SELECT number FROM attempts WHERE shop = ?1 AND state <> 'closed'";

/// The attempts whose records a start needs, newest first: those that can still move by what was written
/// down last, those of the last day, and so many of the newest.
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

/// The attempts that are orders added by their ids.
pub(super) fn added(connection: &Connection, shop: &str) -> Result<Vec<Attempt>, JournalError> {
    let mut statement = connection.prepare_cached(
        "SELECT number FROM attempts WHERE shop = ?1 AND purchase IS NULL AND outcome = 'placed'",
    )?;
    let numbers = statement.query_map([shop], |row| row.get(0).map(Attempt))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}

/// What is written down of an attempt before it is sent.
pub(super) struct NewAttempt<'a> {
    pub(super) purchase: &'a Purchase,
    pub(super) total: Amount,
    pub(super) begun: Timestamp,
    /// A key by which a script finds it again.
    pub(super) caller_key: Option<&'a str>,
}

/// Writes down an attempt, and takes the room that its answer will need.
pub(super) fn intend(
    connection: &Connection,
    shop: &str,
    attempt: &NewAttempt<'_>,
) -> Result<Attempt, JournalError> {
    let NewAttempt { purchase, total, begun, caller_key } = attempt;
    let purchase = form::write_purchase(purchase)?;
    connection.execute(
        "INSERT INTO attempts (shop, begun, total, purchase, outcome, state, caller_key, reserve)
         VALUES (?1, ?2, ?3, ?4, 'intended', ?5, ?6, zeroblob(?7))",
        params![
            shop,
            begun.0,
            total.to_string(),
            purchase.as_str(),
            RowState::Doubtful.word(),
            caller_key,
            RESERVE
        ],
    )?;
    Ok(Attempt(connection.last_insert_rowid()))
}

/// Writes down that an attempt ended without an order, unless something is known of it already.
pub(super) fn end(
    connection: &Connection,
    shop: &str,
    attempt: Attempt,
    outcome: &Outcome,
) -> Result<(), JournalError> {
    let (word, state, reason) = match outcome {
        Outcome::Refused(reason) => ("refused", RowState::Closed, reason),
        Outcome::NotSent(reason) => ("not sent", RowState::Closed, reason),
        Outcome::Unknown(reason) => ("unknown", RowState::Doubtful, reason),
        Outcome::Intended | Outcome::Placed(_) => return Ok(()),
    };
    let reason = form::write_reason(reason)?;
    give_back_reserve(connection, attempt)?;
    connection.execute(
        "UPDATE attempts SET outcome = ?3, state = ?4, reason = ?5, reason_code = ?6, reason_data = ?7
         WHERE shop = ?1 AND number = ?2 AND outcome = 'intended'",
        params![
            shop,
            attempt.0,
            word,
            state.word(),
            reason.sentence,
            reason.code,
            reason.data.as_ref().map(|data| data.as_str())
        ],
    )?;
    Ok(())
}

/// Writes down an order that nobody attempted here.
pub(super) fn adopt(
    connection: &Connection,
    shop: &str,
    order: &Order,
    begun: Timestamp,
) -> Result<Attempt, JournalError> {
    let text = form::write_order(order)?;
    connection.execute(
        "INSERT INTO attempts (shop, begun, outcome, state, order_id, placed_order)
         VALUES (?1, ?2, 'placed', ?3, ?4, ?5)",
        params![shop, begun.0, RowState::of_order(order).word(), order.id().reveal(), text.as_str()],
    )?;
    Ok(Attempt(connection.last_insert_rowid()))
}

/// Writes down what is known of the order of an attempt, with the fields of the stored text that only a later
/// version knows.
pub(super) fn place(
    connection: &Connection,
    attempt: Attempt,
    order: &Order,
    stored: Option<&str>,
) -> Result<(), JournalError> {
    let text = form::write_order(order)?;
    let text = match stored {
        Some(stored) => form::keep_unknown(stored, text),
        None => text,
    };
    give_back_reserve(connection, attempt)?;
    connection.execute(
        "UPDATE attempts SET outcome = 'placed', state = ?2, order_id = ?3, placed_order = ?4,
            reason = NULL, reason_code = NULL, reason_data = NULL
         WHERE number = ?1",
        params![attempt.0, RowState::of_order(order).word(), order.id().reveal(), text.as_str()],
    )?;
    Ok(())
}

/// Puts by an order that cannot be read, before another word is written in its place.
pub(super) fn put_by_unread(connection: &Connection, attempt: Attempt) -> Result<(), JournalError> {
    connection.execute(
        "UPDATE attempts SET unread = coalesce(unread || char(10), '') || placed_order WHERE number = ?1",
        [attempt.0],
    )?;
    Ok(())
}

/// Forgets an attempt: an imported order whose own attempt has turned up, or one that its owner removes.
pub(super) fn forget(connection: &Connection, attempt: Attempt) -> Result<(), JournalError> {
    connection.execute("DELETE FROM attempts WHERE number = ?1", [attempt.0])?;
    Ok(())
}

/// Frees the room before the answer is written, so that the answer can have it.
fn give_back_reserve(connection: &Connection, attempt: Attempt) -> Result<(), JournalError> {
    connection.execute(
        "UPDATE attempts SET reserve = NULL WHERE number = ?1 AND reserve IS NOT NULL",
        [attempt.0],
    )?;
    Ok(())
}
