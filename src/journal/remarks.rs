//! What the owner of an order writes beside it: a note, and which of its codes are used up.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::trouble::Trouble;
use crate::domain::order::OrderId;
use crate::domain::record::{Record, Remarks};
use crate::domain::text::{Printable, Secret};
use crate::domain::time::Timestamp;

/// Writes it down in place of what stood there.
pub(super) fn keep(
    connection: &Connection,
    shop: &str,
    id: &OrderId,
    remarks: &Remarks,
) -> Result<(), Trouble> {
    forget(connection, shop, id)?;
    if !remarks.note.reveal().is_empty() {
        let values = params![shop, id.reveal(), remarks.note.reveal()];
        connection.execute("INSERT INTO notes VALUES (?1, ?2, ?3)", values)?;
    }
    for (delivery, at) in &remarks.used {
        let values = params![shop, id.reveal(), delivery.as_str(), at.0];
        connection.execute("INSERT INTO used VALUES (?1, ?2, ?3, ?4)", values)?;
    }
    Ok(())
}

/// Forgets what was written beside an order.
pub(super) fn forget(connection: &Connection, shop: &str, id: &OrderId) -> Result<(), Trouble> {
    for table in ["notes", "used"] {
        let query = format!("DELETE FROM {table} WHERE shop = ?1 AND order_id = ?2");
        connection.execute(&query, [shop, id.reveal()])?;
    }
    Ok(())
}

/// A record with what was written beside its order.
pub(super) fn beside(connection: &Connection, shop: &str, mut record: Record) -> Result<Record, Trouble> {
    let Some(id) = record.order().map(|order| order.id().clone()) else { return Ok(record) };
    let query = "SELECT note FROM notes WHERE shop = ?1 AND order_id = ?2";
    let note: Option<String> =
        connection.prepare_cached(query)?.query_row([shop, id.reveal()], |row| row.get(0)).optional()?;
    let mut statement =
        connection.prepare_cached("SELECT delivery, at FROM used WHERE shop = ?1 AND order_id = ?2")?;
    let used = statement.query_map([shop, id.reveal()], |row| {
        Ok((Printable::new(&row.get::<_, String>(0)?), Timestamp(row.get(1)?)))
    })?;
    record.remarks = Remarks {
        note: note.map(Secret::new).unwrap_or_default(),
        used: used.collect::<Result<_, rusqlite::Error>>()?,
    };
    Ok(record)
}

/// As `beside`, for all records of a shop at once.
pub(super) fn beside_all(connection: &Connection, shop: &str, records: &mut [Record]) -> Result<(), Trouble> {
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
