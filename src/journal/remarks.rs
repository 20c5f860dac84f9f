//! The remarks on an order: the user's note, and which codes are used up.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::error::JournalError;
use crate::domain::order::OrderId;
use crate::domain::record::{Record, Remarks};
use crate::domain::text::{Printable, Secret};
use crate::domain::time::Timestamp;

/// Replaces the remarks of an order.
pub(super) fn keep(
    connection: &Connection,
    shop: &str,
    id: &OrderId,
    remarks: &Remarks,
) -> Result<(), JournalError> {
    if remarks.note.reveal().is_empty() {
        connection.execute("DELETE FROM notes WHERE shop = ?1 AND order_id = ?2", [shop, id.reveal()])?;
    } else {
        connection.execute(
            "INSERT INTO notes (shop, order_id, note) VALUES (?1, ?2, ?3)
             ON CONFLICT (shop, order_id) DO UPDATE SET note = excluded.note",
            params![shop, id.reveal(), remarks.note.reveal()],
        )?;
    }
    for delivery in used(connection, shop, id)?.keys().filter(|known| !remarks.used.contains_key(*known)) {
        let query = "DELETE FROM used WHERE shop = ?1 AND order_id = ?2 AND delivery = ?3";
        connection.execute(query, params![shop, id.reveal(), delivery.as_str()])?;
    }
    for (delivery, at) in &remarks.used {
        connection.execute(
            "INSERT INTO used (shop, order_id, delivery, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (shop, order_id, delivery) DO UPDATE SET at = excluded.at",
            params![shop, id.reveal(), delivery.as_str(), at.0],
        )?;
    }
    Ok(())
}

/// Returns the deliveries of an order that are used up, and since when.
fn used(
    connection: &Connection,
    shop: &str,
    id: &OrderId,
) -> Result<BTreeMap<Printable, Timestamp>, JournalError> {
    let mut statement =
        connection.prepare_cached("SELECT delivery, at FROM used WHERE shop = ?1 AND order_id = ?2")?;
    let used = statement.query_map([shop, id.reveal()], |row| {
        Ok((Printable::new(&row.get::<_, String>(0)?), Timestamp(row.get(1)?)))
    })?;
    Ok(used.collect::<Result<_, rusqlite::Error>>()?)
}

/// Deletes the remarks of an order.
pub(super) fn forget(connection: &Connection, shop: &str, id: &OrderId) -> Result<(), JournalError> {
    for table in ["notes", "used"] {
        let query = format!("DELETE FROM {table} WHERE shop = ?1 AND order_id = ?2");
        connection.execute(&query, [shop, id.reveal()])?;
    }
    Ok(())
}

/// Returns the record with the remarks of its order.
pub(super) fn beside(
    connection: &Connection,
    shop: &str,
    mut record: Record,
) -> Result<Record, JournalError> {
    let Some(id) = record.order().map(|order| order.id().clone()) else { return Ok(record) };
    let query = "SELECT note FROM notes WHERE shop = ?1 AND order_id = ?2";
    let note: Option<String> =
        connection.prepare_cached(query)?.query_row([shop, id.reveal()], |row| row.get(0)).optional()?;
    record.remarks =
        Remarks { note: note.map(Secret::new).unwrap_or_default(), used: used(connection, shop, &id)? };
    Ok(record)
}

/// Like [`beside`], for all records of a shop at once.
pub(super) fn beside_all(
    connection: &Connection,
    shop: &str,
    records: &mut [Record],
) -> Result<(), JournalError> {
    let mut remarks: BTreeMap<String, Remarks> = BTreeMap::new();
    let mut statement = connection.prepare_cached("SELECT order_id, note FROM notes WHERE shop = ?1")?;
    let mut rows = statement.query([shop])?;
    while let Some(row) = rows.next()? {
        remarks.entry(row.get(0)?).or_default().note = Secret::new(row.get::<_, String>(1)?);
    }
    let mut statement =
        connection.prepare_cached("SELECT order_id, delivery, at FROM used WHERE shop = ?1")?;
    let mut rows = statement.query([shop])?;
    while let Some(row) = rows.next()? {
        let delivery = Printable::new(&row.get::<_, String>(1)?);
        remarks.entry(row.get(0)?).or_default().used.insert(delivery, Timestamp(row.get(2)?));
    }
    if remarks.is_empty() {
        return Ok(());
    }
    for record in records {
        let written = record.order().and_then(|order| remarks.remove(order.id().reveal()));
        record.remarks = written.unwrap_or_default();
    }
    Ok(())
}
