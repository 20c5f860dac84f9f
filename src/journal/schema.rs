//! The database: how it is opened, checked and migrated.
//!
//! # Which version may do what with a file
//!
//! The `user_version` of a file is the [`FormatVersion`] of its tables. A program may find files of other
//! versions:
//!
//! * An older file is migrated, all steps in one transaction.
//! * A file with a newer minor version is read and written as it is. A program therefore names the columns
//!   that it writes, never changes a column that it does not know, and keeps JSON fields that it does not
//!   know.
//! * A file with a newer major version is opened read-only, and the user is told so. If its rows cannot be
//!   read either, it is left alone.
//!
//! So a minor step may only add: a table, a column that may be omitted from an `INSERT`, an index that is not
//! unique, an optional field of a stored JSON object, a reason code. Everything that an older program would
//! misread or break is a major step: another meaning of a column, a new word in a column with a `CHECK`, a
//! constraint, a trigger.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use url::Url;

use super::error::JournalError;
use super::folder::{self, PATIENCE};
use super::rows;

/// The version of a journal's tables, written as `major * 1000 + minor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FormatVersion {
    major: u32,
    minor: u32,
}

/// How many minor versions a major one can have.
const MINORS: u32 = 1000;

impl FormatVersion {
    /// The version of a file without tables.
    const EMPTY: Self = Self { major: 0, minor: 0 };
    /// The version that this program writes.
    pub(super) const CURRENT: Self = Self { major: 1, minor: 0 };

    fn of(stored: u32) -> Self {
        Self { major: stored / MINORS, minor: stored % MINORS }
    }

    fn stored(self) -> u32 {
        self.major * MINORS + self.minor
    }
}

/// Sets the `state` of rows written before the column existed. In their JSON the first `"state":` is that of
/// the order; a row without a final state counts as open.
pub(super) const FILL_STATE: &str = r#"UPDATE attempts SET state = CASE
    WHEN outcome IN ('intended', 'unknown') THEN 'doubtful'
    WHEN outcome IN ('refused', 'not sent') THEN 'closed'
    WHEN instr(placed_order, '"state":') > 0 AND instr(placed_order, '"state":') IN (
        instr(placed_order, '"state":{"known":"Done"}'),
        instr(placed_order, '"state":{"known":"Refunded"}'),
        instr(placed_order, '"state":{"known":"Canceled"}'),
        instr(placed_order, '"state":{"known":"PaymentFailed"}'),
        instr(placed_order, '"state":{"known":"PaymentSetupFailed"}')) THEN 'closed'
    ELSE 'open' END"#;

/// A step that migrates the tables to a version. A released step is never changed, because existing files have
/// taken it.
struct Migration {
    version: FormatVersion,
    sql: &'static [&'static str],
}

const STEPS: &[Migration] = &[
    // `reserve` is the space that the answer will need, taken before the order is sent. `unread` keeps an order
    // that could not be read when something newer had to be written.
    Migration {
        version: FormatVersion { major: 0, minor: 1 },
        sql: &["CREATE TABLE attempts (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                shop TEXT NOT NULL,
                begun INTEGER NOT NULL,
                total TEXT,
                purchase TEXT,
                outcome TEXT NOT NULL
                    CHECK (outcome IN ('intended', 'placed', 'refused', 'not sent', 'unknown')),
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
            ) STRICT, WITHOUT ROWID;"],
    },
    // The user's remarks on an order are stored by the order's id, so that they stay with the order when an
    // import and an attempt turn out to be the same.
    Migration {
        version: FormatVersion { major: 0, minor: 2 },
        sql: &["CREATE TABLE notes (
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
            ) STRICT, WITHOUT ROWID;"],
    },
    // `state` is what can still become of an attempt (see `rows/write`). `reason_code` and `reason_data`
    // replace `reason`, which keeps the sentences of older files.
    Migration {
        version: FormatVersion { major: 1, minor: 0 },
        sql: &[
            "ALTER TABLE attempts ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
            ALTER TABLE attempts ADD COLUMN reason_code TEXT;
            ALTER TABLE attempts ADD COLUMN reason_data TEXT;
            ALTER TABLE attempts ADD COLUMN caller_key TEXT;
            ALTER TABLE attempts ADD COLUMN mismatch TEXT;",
            FILL_STATE,
            "DROP INDEX IF EXISTS attempts_by_state;
            CREATE INDEX attempts_by_time ON attempts (shop, begun);
            CREATE INDEX attempts_not_closed ON attempts (shop, state) WHERE state <> 'closed';
            CREATE INDEX attempts_imported ON attempts (shop) WHERE purchase IS NULL;
            CREATE INDEX attempts_by_caller_key ON attempts (shop, caller_key) WHERE caller_key IS NOT NULL;
            CREATE TABLE shops (
                shop TEXT NOT NULL PRIMARY KEY,
                origin TEXT NOT NULL,
                sandbox TEXT
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE favourites (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                shop TEXT NOT NULL,
                favourite TEXT NOT NULL
            ) STRICT;
            CREATE INDEX favourites_of_a_shop ON favourites (shop, number);",
        ],
    },
];

/// Opens the file without trusting its content yet.
pub(super) fn connect(file: &Path) -> Result<Connection, JournalError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // Until the file is known to be intact and ours, not even closing it may change a byte of it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

/// Returns whether a connection can read anything, which it may not on a read-only disk.
pub(super) fn is_readable(connection: &Connection) -> bool {
    version(connection).is_ok()
}

/// Opens the file read-only, in a place where nothing can be written.
pub(super) fn connect_to_read(file: &Path) -> Result<Connection, JournalError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let beside = match folder::log_length(file) {
        Some(length) => {
            let connection = Connection::open_with_flags(file, flags)?;
            // An empty log that cannot be prepared for reading is treated as missing.
            (length > 0 || is_readable(&connection)).then_some(connection)
        }
        None => None,
    };
    let connection = if let Some(connection) = beside {
        connection
    } else {
        // The database needs a log to read. If none can be created, it must be told that nobody writes to the
        // file.
        let mut address =
            Url::from_file_path(file).map_err(|()| JournalError::other("its folder has no full name"))?;
        address.set_query(Some("immutable=1"));
        Connection::open_with_flags(address.as_str(), flags | OpenFlags::SQLITE_OPEN_URI)?
    };
    prepare_to_read(connection)
}

/// Opens the file of a newer version read-only, while a program of that version may write to it.
pub(super) fn connect_beside_a_writer(file: &Path) -> Result<Connection, JournalError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(file, flags)?;
    // The file is not changed: reading through a log needs write access beside the file, not to it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "query_only", true)?;
    prepare_to_read(connection)
}

/// Returns an error if the tables are not those that this program can read.
fn prepare_to_read(connection: Connection) -> Result<Connection, JournalError> {
    connection.busy_timeout(PATIENCE)?;
    if version(&connection)? < FormatVersion::CURRENT || !rows::can_be_read(&connection) {
        return Err(JournalError::other("the journal was written by another version of giftty"));
    }
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

/// Checks and migrates the file, so that this program can use it.
pub(super) fn establish(connection: &mut Connection) -> Result<(), JournalError> {
    let version = version(connection)?;
    if version.major > FormatVersion::CURRENT.major {
        return Err(JournalError::Newer);
    }
    // The check reads the file from end to end, so cached pages are of no use. In KiB.
    connection.pragma_update(None, "cache_size", -256)?;
    check(connection)?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if version == FormatVersion::EMPTY && tables > 0 {
        return Err(JournalError::other("the journal's file belongs to another program"));
    }
    make_durable(connection)?;
    migrate(connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

/// Returns the version of the file's tables.
fn version(connection: &Connection) -> Result<FormatVersion, JournalError> {
    let stored: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // A version that no step ever wrote, such as one below zero, is treated as newer.
    Ok(FormatVersion::of(u32::try_from(stored).unwrap_or(u32::MAX)))
}

/// Reads every page once, so that damage is found now and not when an order depends on it.
pub(super) fn check(connection: &Connection) -> Result<(), JournalError> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(JournalError::Damaged) }
}

fn make_durable(connection: &Connection) -> Result<(), JournalError> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    // Without shared memory there is no write-ahead log; the rollback journal needs the stricter mode.
    let synchronous = if mode == "wal" { "FULL" } else { "EXTRA" };
    connection.pragma_update(None, "synchronous", synchronous)?;
    // On macOS a plain sync stops in the disk's own cache. On other systems these two do nothing.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    // Deleted content is overwritten, so that no code stays behind in a free page.
    connection.pragma_update(None, "secure_delete", true)?;
    // Nothing that is sorted or joined here may be written to a temporary file.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(())
}

/// Takes all steps that the file lacks, or none of them.
fn migrate(connection: &mut Connection) -> Result<(), JournalError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again, because another process may have taken the steps meanwhile.
    let taken = version(&transaction)?;
    for step in STEPS.iter().filter(|step| step.version > taken) {
        step.sql.iter().try_for_each(|sql| transaction.execute_batch(sql))?;
        transaction.pragma_update(None, "user_version", step.version.stored())?;
    }
    Ok(transaction.commit()?)
}
