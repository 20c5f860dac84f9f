//! Writes the rows of the attempts.

use rusqlite::{Connection, params};

use crate::domain::money::Amount;
use crate::domain::order::Order;
use crate::domain::purchase::Purchase;
use crate::domain::record::{Attempt, Outcome};
use crate::domain::time::Timestamp;
use crate::journal::error::JournalError;
use crate::journal::form;

/// What can still become of an attempt, as judged by the version that wrote the row. An unknown word counts as
/// open.
#[derive(Clone, Copy)]
enum RowState {
    /// It is unknown whether there is an order.
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

/// Bytes that are reserved for the answer before the order is sent. An order without codes needs 1 to 10 kB,
/// and the pages around it the same amount again.
const RESERVE: i64 = 32 * 1024;

/// An attempt before its order is requested.
pub(in crate::journal) struct NewAttempt<'a> {
    pub(in crate::journal) purchase: &'a Purchase,
    pub(in crate::journal) total: Amount,
    pub(in crate::journal) begun: Timestamp,
    /// A key by which a script finds it again.
    pub(in crate::journal) caller_key: Option<&'a str>,
}

/// Inserts an attempt, and reserves the space that its answer will need.
pub(in crate::journal) fn intend(
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

/// Stores the outcome of an attempt without an order, unless one is already stored.
pub(in crate::journal) fn end(
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

/// Inserts an order that no attempt of this journal placed.
pub(in crate::journal) fn adopt(
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

/// Stores the order of an attempt, with those fields of the stored text that only a later version knows.
pub(in crate::journal) fn place(
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

/// Moves an order that cannot be read to `unread`, before another text replaces it.
pub(in crate::journal) fn put_by_unread(
    connection: &Connection,
    attempt: Attempt,
) -> Result<(), JournalError> {
    connection.execute(
        "UPDATE attempts SET unread = coalesce(unread || char(10), '') || placed_order WHERE number = ?1",
        [attempt.0],
    )?;
    Ok(())
}

/// Deletes an attempt.
pub(in crate::journal) fn forget(connection: &Connection, attempt: Attempt) -> Result<(), JournalError> {
    connection.execute("DELETE FROM attempts WHERE number = ?1", [attempt.0])?;
    Ok(())
}

/// Frees the reserved space before the answer is written, so that the answer can use it.
fn give_back_reserve(connection: &Connection, attempt: Attempt) -> Result<(), JournalError> {
    connection.execute(
        "UPDATE attempts SET reserve = NULL WHERE number = ?1 AND reserve IS NOT NULL",
        [attempt.0],
    )?;
    Ok(())
}
