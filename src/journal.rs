//! The journal: the user's purchase attempts and their outcomes, in an `SQLite` file.
//!
//! An attempt is written to disk before its order request is sent, and its outcome afterwards. Every change is
//! one transaction that is synchronised before the call returns. Every snapshot of an order is merged with the
//! stored one, so neither a killed process nor a second process loses anything.

mod error;
mod extras;
mod folder;
mod form;
mod intent;
mod ledger;
mod orders;
mod remarks;
mod rows;
mod salvage;
mod schema;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};

use crate::domain::choices::{SavedChoice, SavedChoices};
use crate::domain::contact::{Email, Phone};
use crate::domain::failure::Failure;
use crate::domain::order::{Order, OrderId, Snapshot};
use crate::domain::record::{Attempt, Outcome, Placement, Record, Remarks};
use crate::domain::time::Timestamp;

pub use extras::{Favourite, Mismatch, ShopIdentity};
pub use intent::Intent;

use error::JournalError;
use folder::{Folder, Identity};
use salvage::Salvage;

/// The journal of one shop, identified by its base address. Calls block: they may wait for the disk, or up to
/// 5 s for another process. Every error is a `Failure::Unrecorded` with its reason.
pub struct Journal {
    connection: Mutex<Connection>,
    shop: String,
    file: PathBuf,
    identity: Option<Identity>,
    notice: Option<String>,
    /// Why the journal is read-only, or `None` if it can be written.
    read_only: Option<String>,
}

/// The debug output contains nothing about the purchases.
impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Journal(…)")
    }
}

impl Journal {
    /// Returns whether there is a journal in a folder.
    pub fn exists(directory: &Path) -> bool {
        directory.join(folder::FILE).exists()
    }

    /// Opens the journal in a folder. The folder is created if it is missing, and made private.
    ///
    /// A damaged file is renamed unchanged, and what can be read from it is copied into a new one. A file that
    /// cannot be written, for example on a read-only disk, and a file of a newer major version are opened
    /// read-only. In all these cases [`Journal::notice`] says so.
    pub fn open(directory: &Path, shop: &str) -> Result<Self, Failure> {
        Ok(Self::open_or_say_why(directory, shop)?)
    }

    fn open_or_say_why(directory: &Path, shop: &str) -> Result<Self, JournalError> {
        match Self::open_to_write(directory, shop) {
            // Why it cannot be written is more useful than why it cannot be read either.
            Err(error) if error.forbids_writing() => {
                Self::open_to_read(directory, shop, &error).map_err(|_| error)
            }
            other => other,
        }
    }

    fn open_to_write(directory: &Path, shop: &str) -> Result<Self, JournalError> {
        let folder = Folder::prepare(directory)?;
        let lock = folder.lock()?;
        let (connection, notice) = open_whole(&folder)?;
        let identity = Identity::of(&folder.file());
        drop(lock);
        Ok(Self { identity, notice, ..Self::of(connection, shop, folder.file()) })
    }

    fn open_to_read(directory: &Path, shop: &str, why: &JournalError) -> Result<Self, JournalError> {
        let folder = Folder::found(directory)?;
        let connection = match why {
            // A program of that version may write to it meanwhile, unless nothing can be written here.
            JournalError::Newer => schema::connect_beside_a_writer(&folder.file())
                .or_else(|_| schema::connect_to_read(&folder.file()))?,
            _ => schema::connect_to_read(&folder.file())?,
        };
        schema::check(&connection)?;
        let why = why.cause();
        let notice = format!("Your orders can be read, but nothing can be kept or ordered: {why}.");
        let read_only = Some(why);
        Ok(Self { notice: Some(notice), read_only, ..Self::of(connection, shop, folder.file()) })
    }

    fn of(connection: Connection, shop: &str, file: PathBuf) -> Self {
        let (connection, shop) = (Mutex::new(connection), base(shop).to_owned());
        Self { connection, shop, file, identity: None, notice: None, read_only: None }
    }

    /// Returns whether the journal is read-only.
    pub fn is_read_only(&self) -> bool {
        self.read_only.is_some()
    }

    /// Returns what the user has to know about how the journal was opened.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Records the outcome of an attempt and returns its record. An outcome that is already stored is kept.
    ///
    /// If the shop answered with an order that another attempt already has, the outcome of this attempt is
    /// unknown.
    pub fn record_outcome(&self, attempt: Attempt, placement: &Placement) -> Result<Record, Failure> {
        let shop = &self.shop;
        self.write(|transaction| {
            let mut kept = attempt;
            if let Placement::Placed(snapshot) = placement {
                kept = orders::keep(transaction, shop, attempt, &Order::new(snapshot.as_ref().clone()))?;
                if kept != attempt {
                    rows::end(transaction, shop, attempt, &Outcome::Unknown(Failure::Earlier.into()))?;
                    let ours = rows::find(transaction, shop, attempt)?;
                    if ours.is_some_and(|row| row.record().is_doubtful()) {
                        kept = attempt;
                    }
                }
            } else {
                rows::end(transaction, shop, attempt, &placement.into())?;
            }
            expect(transaction, shop, kept)
        })
    }

    /// Stores the outcome of an attempt without an order, if `record_outcome` failed. An outcome that is
    /// already stored is kept.
    pub fn end(&self, attempt: Attempt, outcome: &Outcome) -> Result<(), Failure> {
        self.write(|transaction| rows::end(transaction, &self.shop, attempt, outcome))
    }

    /// Merges an order with the stored one.
    pub fn keep(&self, attempt: Attempt, order: &Order) -> Result<(), Failure> {
        self.write(|transaction| orders::keep(transaction, &self.shop, attempt, order).map(drop))
    }

    /// Adds an order that was read by its id, merged with the stored one if there is one.
    pub fn import(&self, snapshot: &Snapshot, now: Timestamp) -> Result<Record, Failure> {
        self.write(|transaction| {
            let order = Order::new(snapshot.clone());
            let attempt = orders::import(transaction, &self.shop, &order, now)?;
            expect(transaction, &self.shop, attempt)
        })
    }

    /// Replaces the stored remarks of an order.
    pub fn remark(&self, id: &OrderId, remarks: &Remarks) -> Result<(), Failure> {
        self.write(|transaction| remarks::keep(transaction, &self.shop, id, remarks))
    }

    /// Deletes an attempt with its order, its codes and its remarks.
    ///
    /// Returns an error if the attempt can still change, by the shop's clock at `now`, or if its stored order
    /// cannot be read, because it may hold codes that a later version can show.
    pub fn remove(&self, attempt: Attempt, now: Timestamp) -> Result<(), Failure> {
        self.write(|transaction| {
            let Some(row) = rows::find(transaction, &self.shop, attempt)? else { return Ok(()) };
            let holds_order = row.has_order();
            let record = row.record();
            if holds_order && record.order().is_none() {
                return Err(JournalError::other("its order is here but cannot be read, so it stays"));
            }
            if !record.is_removable(now) {
                return Err(JournalError::other("something can still come of this attempt, so it stays"));
            }
            rows::forget(transaction, attempt)?;
            record.order().map_or(Ok(()), |order| remarks::forget(transaction, &self.shop, order.id()))
        })?;
        // The log would keep the codes until it is overwritten. If another process is reading now, the log is
        // emptied later.
        let emptied = self.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        drop(emptied);
        Ok(())
    }

    /// Returns the record of an attempt, or `None` if the journal has no such record of this shop.
    pub fn record(&self, attempt: Attempt) -> Result<Option<Record>, Failure> {
        let connection = self.connection();
        let Some(row) = rows::find(&connection, &self.shop, attempt)? else { return Ok(None) };
        Ok(Some(remarks::beside(&connection, &self.shop, row.record())?))
    }

    /// Returns the record of an order, or `None` if the journal has no readable one of this shop.
    pub fn record_of(&self, id: &OrderId) -> Result<Option<Record>, Failure> {
        let connection = self.connection();
        let row = rows::find_order(&connection, &self.shop, id)?;
        let record = row.map(rows::Row::record).filter(|record| record.is_about(id));
        Ok(record.map(|record| remarks::beside(&connection, &self.shop, record)).transpose()?)
    }

    /// Returns all records of this shop, newest first. A record that cannot be read says so in its outcome.
    pub fn records(&self) -> Result<Vec<Record>, Failure> {
        let connection = self.connection();
        let mut records = rows::all(&connection, &self.shop)?;
        remarks::beside_all(&connection, &self.shop, &mut records)?;
        Ok(records)
    }

    /// Reads the saved choices without opening the whole journal, so that a start need not wait until thousands
    /// of orders are checked. Returns the defaults if nothing can be read.
    pub fn glance(directory: &Path, shop: &str) -> SavedChoices {
        let file = directory.join(folder::FILE);
        // An empty file may have lost its content to a log beside it, which must not be touched here.
        let holds_something = std::fs::symlink_metadata(&file).is_ok_and(|facts| facts.len() > 0);
        if !holds_something {
            return SavedChoices::default();
        }
        // The file may be in a place where nothing can be written beside it.
        let connection = schema::connect(&file).ok().filter(schema::is_readable);
        let connection = connection.or_else(|| schema::connect_to_read(&file).ok());
        connection.map(|connection| choices(&connection, base(shop))).unwrap_or_default()
    }

    /// Returns the saved choices, or the defaults if they cannot be read.
    #[cfg(test)]
    fn choices(&self) -> SavedChoices {
        choices(&self.connection(), &self.shop)
    }

    /// Stores a choice for the next start.
    pub fn remember(&self, preference: &SavedChoice) -> Result<(), Failure> {
        self.write(|transaction| {
            let (name, value) = match preference {
                SavedChoice::Tender(tender) => ("tender", form::write_tender(tender)?.to_string()),
                SavedChoice::Email(email) => ("email", email.to_string()),
                SavedChoice::Phone(phone) => ("phone", phone.to_string()),
                SavedChoice::Cart(cart) => ("cart", form::write_cart(cart)?.to_string()),
            };
            transaction.execute(
                "INSERT INTO preferences (shop, name, value) VALUES (?1, ?2, ?3)
                 ON CONFLICT (shop, name) DO UPDATE SET value = excluded.value",
                params![self.shop, name, value],
            )?;
            Ok(())
        })
    }

    /// Returns the connection. A panic in another thread leaves no transaction open, so a poisoned lock is no
    /// error.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, JournalError>) -> Result<T, Failure> {
        Ok(work(&self.connection())?)
    }

    /// Runs `work` in one transaction, while no other process can write. It is on the disk when this returns.
    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>) -> Result<T, Failure> {
        Ok(self.write_or_say_why(work)?)
    }

    fn write_or_say_why<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        if let Some(why) = &self.read_only {
            return Err(JournalError::other(why.clone()));
        }
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        // Writes to a moved or deleted file succeed, but the next start does not find them.
        if self.identity.is_none() || Identity::of(&self.file) != self.identity {
            return Err(JournalError::other("the journal was moved or deleted meanwhile"));
        }
        Ok(done)
    }
}

/// Returns the base address of a shop as it is stored.
fn base(shop: &str) -> &str {
    shop.trim_end_matches('/')
}

fn choices(connection: &Connection, shop: &str) -> SavedChoices {
    let mut told = SavedChoices::default();
    let read = |row: &Row<'_>| -> rusqlite::Result<()> {
        let (name, value): (String, String) = (row.get(0)?, row.get(1)?);
        match name.as_str() {
            "tender" => told.tender = form::read_tender(&value),
            "email" => told.email = Some(Email::recorded(&value)),
            "phone" => told.phone = Some(Phone::recorded(&value)),
            "cart" => told.cart = form::read_cart(&value).unwrap_or_default(),
            _ => {}
        }
        Ok(())
    };
    // A start waits for this, so it is one query. Values that cannot be read are treated as missing.
    let query = "SELECT name, value FROM preferences WHERE shop = ?1";
    let _ = connection
        .prepare(query)
        .and_then(|mut question| question.query_map([shop], read)?.try_for_each(|_| Ok(())));
    told
}

/// Opens the file. A damaged one is renamed, and a new one opened in its place.
fn open_whole(folder: &Folder) -> Result<(Connection, Option<String>), JournalError> {
    if folder.is_orphaned() {
        let name = folder.set_aside()?;
        return Ok((open_file(folder)?, Some(notice(&name, 0))));
    }
    let mut connection = connect(folder)?;
    let error = match establish(folder, &mut connection) {
        Ok(()) => return Ok((connection, None)),
        Err(error) => error,
    };
    if !error.is_damage() {
        return Err(error);
    }
    let salvage = Salvage::from(&connection);
    // Closed first, because the bytes of the renamed file must not change any more.
    drop(connection);
    let name = folder.set_aside()?;
    let mut fresh = open_file(folder)?;
    let carried = salvage.carry_over(&mut fresh)?;
    Ok((fresh, Some(notice(&name, carried))))
}

fn open_file(folder: &Folder) -> Result<Connection, JournalError> {
    let mut connection = connect(folder)?;
    establish(folder, &mut connection)?;
    Ok(connection)
}

/// Opens the file without reading it.
fn connect(folder: &Folder) -> Result<Connection, JournalError> {
    folder.make_files()?;
    schema::connect(&folder.file())
}

/// Checks and migrates the file, and makes the files beside it private.
fn establish(folder: &Folder, connection: &mut Connection) -> Result<(), JournalError> {
    schema::establish(connection)?;
    folder.make_files()
}

/// Returns the notice about a damaged file that was renamed.
fn notice(name: &str, carried: usize) -> String {
    let rest = match carried {
        0 => "Nothing in it could be read, so its orders are not listed here.".to_owned(),
        1 => "1 record could be read and was carried over.".to_owned(),
        more => format!("{more} records could be read and were carried over."),
    };
    format!("The journal was damaged and is kept aside as {name}. {rest}")
}

/// Returns the record of an attempt that was just written.
fn expect(transaction: &Transaction<'_>, shop: &str, attempt: Attempt) -> Result<Record, JournalError> {
    match rows::find(transaction, shop, attempt)? {
        Some(row) => remarks::beside(transaction, shop, row.record()),
        None => Err(JournalError::other(format!("the journal does not know attempt {attempt}"))),
    }
}

#[cfg(test)]
mod tests;
