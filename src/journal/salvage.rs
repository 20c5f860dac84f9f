//! Reads what is left of a damaged journal and writes it into a new one.
//!
//! Columns that only a later version knows are not carried over; they stay in the renamed file.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::JournalError;
use super::schema;

/// The columns of an attempt that every version has.
const COLUMNS: &str = "number, shop, begun, total, purchase, outcome, reason, order_id, placed_order, unread";
/// The columns that were added in version 1.0.
const ADDED: &str = "state, reason_code, reason_data, caller_key, mismatch";

/// The other tables and their columns.
const OTHERS: [(&str, &str); 5] = [
    ("preferences", "shop, name, value"),
    ("notes", "shop, order_id, note"),
    ("used", "shop, order_id, delivery, at"),
    ("shops", "shop, origin, sandbox"),
    ("favourites", "number, shop, favourite"),
];

/// The rows of a damaged file, as they are stored.
pub(super) struct Salvage {
    attempts: Table,
    /// Whether the attempts were written before they had a `state`.
    lacks_state: bool,
    others: Vec<Table>,
}

struct Table {
    name: &'static str,
    columns: String,
    rows: Vec<Vec<Value>>,
}

impl Salvage {
    /// Reads from the front up to the damage and from the back down to it.
    pub(super) fn from(damaged: &Connection) -> Self {
        let all = format!("{COLUMNS}, {ADDED}");
        let lacks_state = damaged.prepare(&format!("SELECT {all} FROM attempts")).is_err();
        let columns = if lacks_state { COLUMNS.to_owned() } else { all };
        let read = |order| {
            rows(damaged, &format!("SELECT {columns} FROM attempts NOT INDEXED ORDER BY number {order}"))
        };
        // Rows that can be read from both ends are there twice.
        let rows_of_both_ends = [read("ASC"), read("DESC")].concat();
        let others = OTHERS.map(|(name, columns)| {
            let rows = rows(damaged, &format!("SELECT {columns} FROM {name}"));
            Table { name, columns: columns.to_owned(), rows }
        });
        let attempts = Table { name: "attempts", columns, rows: rows_of_both_ends };
        Self { attempts, lacks_state, others: others.into() }
    }

    /// Writes the rows into a new journal under their old numbers. Returns the number of attempts written.
    pub(super) fn carry_over(&self, fresh: &mut Connection) -> Result<usize, JournalError> {
        let transaction = fresh.transaction()?;
        let carried = self.attempts.write(&transaction)?;
        if self.lacks_state {
            transaction.execute_batch(schema::FILL_STATE)?;
        }
        for table in &self.others {
            table.write(&transaction)?;
        }
        transaction.commit()?;
        Ok(carried)
    }
}

impl Table {
    /// Writes the rows and returns how many were written. A row that violates a constraint is garbage: it stays
    /// in the renamed file.
    fn write(&self, fresh: &Connection) -> Result<usize, JournalError> {
        let Self { name, columns, rows } = self;
        let values = vec!["?"; columns.split(',').count()].join(", ");
        let mut insert =
            fresh.prepare(&format!("INSERT OR IGNORE INTO {name} ({columns}) VALUES ({values})"))?;
        let mut written = 0;
        for row in rows {
            written += insert.execute(params_from_iter(row)).or_else(unless_garbage)?;
        }
        Ok(written)
    }
}

/// Counts a row that the tables reject as zero, and returns any other error.
fn unless_garbage(error: rusqlite::Error) -> rusqlite::Result<usize> {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation | rusqlite::ErrorCode::TypeMismatch) => Ok(0),
        _ => Err(error),
    }
}

/// Returns the rows before the first error.
fn rows(damaged: &Connection, query: &str) -> Vec<Vec<Value>> {
    let Ok(mut statement) = damaged.prepare(query) else { return Vec::new() };
    let width = statement.column_count();
    let Ok(rows) = statement.query_map([], |row| (0..width).map(|column| row.get(column)).collect()) else {
        return Vec::new();
    };
    // After an error the file cannot be read any further from this end.
    rows.map_while(Result::ok).collect()
}
