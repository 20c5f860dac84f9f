//! What can still be read of a damaged journal, carried over into a fresh one.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::trouble::Trouble;

const COLUMNS: &str = "number, shop, begun, total, purchase, outcome, reason, order_id, placed_order, unread";

/// Rows as they lie in the tables, unread.
#[derive(Default)]
pub(super) struct Salvage {
    attempts: Vec<Vec<Value>>,
    others: Vec<(&'static str, Vec<Vec<Value>>)>,
}

/// The other tables: how each is read, and how its rows are written.
const OTHERS: [(&str, &str); 3] = [
    ("SELECT shop, name, value FROM preferences", "INSERT OR IGNORE INTO preferences VALUES (?, ?, ?)"),
    ("SELECT shop, order_id, note FROM notes", "INSERT OR IGNORE INTO notes VALUES (?, ?, ?)"),
    ("SELECT shop, order_id, delivery, at FROM used", "INSERT OR IGNORE INTO used VALUES (?, ?, ?, ?)"),
];

impl Salvage {
    /// Reads from the front up to the damage and from the back down to it.
    pub(super) fn from(damaged: &Connection) -> Self {
        let mut attempts =
            rows(damaged, &format!("SELECT {COLUMNS} FROM attempts NOT INDEXED ORDER BY number"));
        let back = rows(damaged, &format!("SELECT {COLUMNS} FROM attempts NOT INDEXED ORDER BY number DESC"));
        attempts.extend(back);
        let others = OTHERS.map(|(read, write)| (write, rows(damaged, read))).into();
        Self { attempts, others }
    }

    /// Writes the rows into a fresh journal under their old numbers; tells how many attempts it took.
    pub(super) fn carry_over(&self, fresh: &mut Connection) -> Result<usize, Trouble> {
        let transaction = fresh.transaction()?;
        let mut carried = 0;
        {
            // What was read from both ends is there twice; and a row that breaks the rules of the
            // tables is garbage, which stays in the file that was set aside.
            let mut insert = transaction.prepare(&format!(
                "INSERT OR IGNORE INTO attempts ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ))?;
            for row in &self.attempts {
                carried += insert.execute(params_from_iter(row)).or_else(unless_garbage)?;
            }
            for (write, rows) in &self.others {
                let mut insert = transaction.prepare(write)?;
                for row in rows {
                    insert.execute(params_from_iter(row)).or_else(unless_garbage)?;
                }
            }
        }
        transaction.commit()?;
        Ok(carried)
    }
}

/// A row that the tables refuse counts as nothing; any other error is one.
fn unless_garbage(error: rusqlite::Error) -> rusqlite::Result<usize> {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation | rusqlite::ErrorCode::TypeMismatch) => Ok(0),
        _ => Err(error),
    }
}

/// The rows that come before the first error.
fn rows(damaged: &Connection, query: &str) -> Vec<Vec<Value>> {
    let Ok(mut statement) = damaged.prepare(query) else { return Vec::new() };
    let width = statement.column_count();
    let Ok(rows) = statement.query_map([], |row| (0..width).map(|column| row.get(column)).collect()) else {
        return Vec::new();
    };
    // Behind an error the file cannot be followed any further from this end.
    rows.map_while(Result::ok).collect()
}
