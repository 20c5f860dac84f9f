//! Stores orders: each snapshot is merged with the stored order, in the row of the attempt that placed it.

use rusqlite::Connection;

use super::error::JournalError;
use super::rows::{self, Row};
use crate::domain::order::Order;
use crate::domain::record::Attempt;
use crate::domain::time::Timestamp;

/// Stores the order of an attempt. Returns the attempt under which it is stored.
///
/// That is another attempt if the order is stored there with a purchase of its own, and a new one if the
/// given attempt does not exist or has another order: no order is rejected.
pub(super) fn keep(
    connection: &Connection,
    shop: &str,
    attempt: Attempt,
    order: &Order,
) -> Result<Attempt, JournalError> {
    let ours = rows::find(connection, shop, attempt)?;
    match rows::find_order(connection, shop, order.id())? {
        Some(row) if row.attempt == attempt => merge(connection, &row, order),
        Some(row) if may_take_over(ours.as_ref(), &row) => {
            // The order was imported while its attempt waited for the answer.
            let whole = merged(row.order(), order)?;
            rows::forget(connection, row.attempt)?;
            rows::place(connection, attempt, &whole, row.order_text())?;
            Ok(attempt)
        }
        Some(row) => merge(connection, &row, order),
        None if ours.is_some_and(|row| !row.has_order()) => {
            rows::place(connection, attempt, order, None)?;
            Ok(attempt)
        }
        None => rows::adopt(connection, shop, order, first_heard_of(order)),
    }
}

/// Stores an order that was read by its id.
pub(super) fn import(
    connection: &Connection,
    shop: &str,
    order: &Order,
    now: Timestamp,
) -> Result<Attempt, JournalError> {
    match rows::find_order(connection, shop, order.id())? {
        Some(row) => merge(connection, &row, order),
        None => rows::adopt(connection, shop, order, now),
    }
}

/// Returns whether an attempt without an order may take over the order of a row that is only an import.
fn may_take_over(ours: Option<&Row>, theirs: &Row) -> bool {
    ours.is_some_and(|row| !row.has_order()) && theirs.is_only_an_import() && theirs.order().is_some()
}

/// Merges a new snapshot into the row that has the order.
fn merge(connection: &Connection, row: &Row, news: &Order) -> Result<Attempt, JournalError> {
    let stored = row.order();
    if stored.is_none() && row.has_order() {
        rows::put_by_unread(connection, row.attempt)?;
    }
    let whole = merged(stored.clone(), news)?;
    if stored.as_ref() != Some(&whole) {
        rows::place(connection, row.attempt, &whole, row.order_text())?;
    }
    Ok(row.attempt)
}

/// Returns the stored order merged with the new snapshot.
fn merged(stored: Option<Order>, news: &Order) -> Result<Order, JournalError> {
    let Some(mut whole) = stored else { return Ok(news.clone()) };
    whole.learn(news.known.clone()).map_err(|foreign| JournalError::other(foreign.to_string()))?;
    whole.terms_changed |= news.terms_changed;
    Ok(whole)
}

/// Returns when an order of unknown origin began, by the shop's clock, since there is no other.
fn first_heard_of(order: &Order) -> Timestamp {
    order.known.created_at.or(order.known.updated_at).unwrap_or_default()
}
