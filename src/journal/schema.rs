//! The database: how it is opened, checked, and brought up to date.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use url::Url;

use super::folder::{self, PATIENCE};
use super::trouble::Trouble;

/// Every step that the tables took; the step from version `n` to `n + 1` stands at place `n`.
///
/// A step that was released is never changed: a file out there has taken it.
const STEPS: &[&str] = &[
    // `reserve` is the room that the answer will need, taken before the order leaves. `unread` keeps
    // what could not be read when something newer had to be written.
    "CREATE TABLE attempts (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        shop TEXT NOT NULL,
        begun INTEGER NOT NULL,
        total TEXT,
        purchase TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('intended', 'placed', 'refused', 'not sent', 'unknown')),
        reason TEXT,
        order_id TEXT,
        placed_order TEXT,
        unread TEXT,
        reserve BLOB,
        CHECK ((outcome = 'placed') = (order_id IS NOT NULL AND placed_order IS NOT NULL))
    ) STRICT;
    CREATE INDEX attempts_of_a_shop ON attempts (shop, number);
    CREATE UNIQUE INDEX one_record_an_order ON attempts (shop, order_id) WHERE order_id IS NOT NULL;
    CREATE TABLE preferences (
        shop TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (shop, name)
    ) STRICT, WITHOUT ROWID;",
    // What an owner writes beside an order goes by the order's id, so that it stays with the order
    // when an import and an attempt turn out to be the same.
    "CREATE TABLE notes (
        shop TEXT NOT NULL,
        order_id TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (shop, order_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE used (
        shop TEXT NOT NULL,
        order_id TEXT NOT NULL,
        delivery TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (shop, order_id, delivery)
    ) STRICT, WITHOUT ROWID;",
];

/// Opens the file, without believing anything of it yet.
pub(super) fn connect(file: &Path) -> Result<Connection, Trouble> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // Until the file is known to be sound and ours, even closing it must not change a byte of it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

/// Whether anything can be read by a connection: on a read-only disk it may be that nothing can.
pub(super) fn is_readable(connection: &Connection) -> bool {
    version(connection).is_ok()
}

/// Opens the file of this version to be read, where nothing can be written.
pub(super) fn connect_to_read(file: &Path) -> Result<Connection, Trouble> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let beside = match folder::log_length(file) {
        Some(length) => {
            let connection = Connection::open_with_flags(file, flags)?;
            // An empty log that cannot be made ready to be read by is as good as none.
            (length > 0 || version(&connection).is_ok()).then_some(connection)
        }
        None => None,
    };
    let connection = if let Some(connection) = beside {
        connection
    } else {
        // The database wants a log to read by, and where none can be made it must be told that nobody
        // writes to the file.
        let mut address =
            Url::from_file_path(file).map_err(|()| Trouble::said("its folder has no full name"))?;
        address.set_query(Some("immutable=1"));
        Connection::open_with_flags(address.as_str(), flags | OpenFlags::SQLITE_OPEN_URI)?
    };
    connection.busy_timeout(PATIENCE)?;
    if version(&connection)? != STEPS.len() {
        return Err(Trouble::said("the journal was written by another version of giftty"));
    }
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

/// Checks the file, and makes of it a journal that this program can use.
pub(super) fn establish(connection: &mut Connection) -> Result<(), Trouble> {
    let version = version(connection)?;
    if version > STEPS.len() {
        return Err(Trouble::said("the journal was written by a newer giftty, so this one leaves it alone"));
    }
    // It is read from one end to the other, so pages that stay in memory help nobody. In KiB.
    connection.pragma_update(None, "cache_size", -256)?;
    check(connection)?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if version == 0 && tables > 0 {
        return Err(Trouble::said("the journal's file belongs to another program"));
    }
    make_durable(connection)?;
    migrate(connection)?;
    hasten(connection);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

/// Has a start find what can still move without reading what cannot. An index is no step of the tables:
/// whoever has none, as on a full disk, reads longer, and every version can do with it.
fn hasten(connection: &Connection) {
    let index = format!(
        "CREATE INDEX IF NOT EXISTS attempts_by_state ON attempts (shop, outcome, begun, {})",
        super::rows::STATE
    );
    drop(connection.execute_batch(&index));
}

/// How many steps the tables have taken.
fn version(connection: &Connection) -> Result<usize, Trouble> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // A version that no step ever wrote, such as one below zero, is not ours to guess at.
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

/// Reads every page once, so that damage shows now and not when an order depends on it.
pub(super) fn check(connection: &Connection) -> Result<(), Trouble> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Trouble::Damaged) }
}

fn make_durable(connection: &Connection) -> Result<(), Trouble> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    // Where there is no shared memory there is no log ahead; then the old way, and that in full.
    let synchronous = if mode == "wal" { "FULL" } else { "EXTRA" };
    connection.pragma_update(None, "synchronous", synchronous)?;
    // On macOS a plain sync stops in the disk's own cache. Elsewhere these two do nothing.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    // What is removed is written over, so that no code stays behind in a free page.
    connection.pragma_update(None, "secure_delete", true)?;
    // Nothing that is sorted or joined here belongs into a temporary file.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), Trouble> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again, because another process may have taken the steps meanwhile.
    let taken = version(&transaction)?;
    for (number, step) in STEPS.iter().enumerate().skip(taken) {
        transaction.execute_batch(step)?;
        let version = i64::try_from(number + 1).unwrap_or(i64::MAX);
        transaction.pragma_update(None, "user_version", version)?;
    }
    Ok(transaction.commit()?)
}
