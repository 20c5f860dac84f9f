//! The journal: what this user tried to buy, kept so that nothing can be lost.
//!
//! An attempt is on the disk before the order request leaves, and its outcome after. Every change
//! is one transaction that is synchronised before it counts, and every word about an order is
//! merged with what is kept, so that neither a kill nor a second process can make it forget.

mod folder;
mod form;
mod intent;
mod ledger;
mod orders;
mod remarks;
mod rows;
mod salvage;
mod schema;
mod trouble;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};

use crate::domain::choices::{SavedChoice, SavedChoices};
use crate::domain::contact::{Email, Phone};
use crate::domain::failure::Failure;
use crate::domain::order::{Order, OrderId, Snapshot};
use crate::domain::problem::Problem;
use crate::domain::record::{Attempt, Outcome, Placement, Record, Remarks};
use crate::domain::time::Timestamp;

pub use intent::Intent;

use folder::{Folder, Identity};
use rows::Ending;
use salvage::Salvage;
use trouble::Trouble;

/// The journal of one shop, by its base address. Its calls block, and may wait for the disk or
/// for 5 s for another process. Every error is a `Failure::Unrecorded` with its reason.
pub struct Journal {
    connection: Mutex<Connection>,
    shop: String,
    file: PathBuf,
    identity: Option<Identity>,
    notice: Option<String>,
    /// Why it can be read and not written, where that is so.
    read_only: Option<String>,
}

/// What it holds is nobody's business in a log.
impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Journal(…)")
    }
}

impl Journal {
    /// Whether there is a journal in a folder already.
    pub fn exists(directory: &Path) -> bool {
        directory.join(folder::FILE).exists()
    }

    /// Opens the journal in a folder, which is made when it is missing, and made private.
    ///
    /// A damaged file is set aside with every byte it has, what can be read of it is carried over
    /// into a fresh one, and `notice` says so. The file of a newer version is left alone. One that is there
    /// and cannot be written, as on a read-only disk, is opened to be read, and `notice` says that, too.
    pub fn open(directory: &Path, shop: &str) -> Result<Self, Failure> {
        Ok(Self::open_or_say_why(directory, shop)?)
    }

    fn open_or_say_why(directory: &Path, shop: &str) -> Result<Self, Trouble> {
        match Self::open_to_write(directory, shop) {
            // Why it cannot be written says more than why it cannot be read either.
            Err(trouble) if trouble.forbids_writing() => {
                Self::open_to_read(directory, shop, &trouble.cause()).map_err(|_| trouble)
            }
            other => other,
        }
    }

    fn open_to_write(directory: &Path, shop: &str) -> Result<Self, Trouble> {
        let folder = Folder::prepare(directory)?;
        let lock = folder.lock()?;
        let (connection, notice) = open_whole(&folder)?;
        let identity = Identity::of(&folder.file());
        drop(lock);
        Ok(Self { identity, notice, ..Self::of(connection, shop, folder.file()) })
    }

    fn open_to_read(directory: &Path, shop: &str, why: &str) -> Result<Self, Trouble> {
        let folder = Folder::found(directory)?;
        let connection = schema::connect_to_read(&folder.file())?;
        schema::check(&connection)?;
        let notice = format!("Your orders can be read, but nothing can be kept or ordered: {why}.");
        let read_only = Some(why.to_owned());
        Ok(Self { notice: Some(notice), read_only, ..Self::of(connection, shop, folder.file()) })
    }

    fn of(connection: Connection, shop: &str, file: PathBuf) -> Self {
        let (connection, shop) = (Mutex::new(connection), base(shop).to_owned());
        Self { connection, shop, file, identity: None, notice: None, read_only: None }
    }

    /// Whether it can be read and not written.
    pub fn is_read_only(&self) -> bool {
        self.read_only.is_some()
    }

    /// What its user has to know about how it was opened.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Records what came of an attempt. What is known already is never unlearned.
    ///
    /// The record is in doubt also after an answer: when the shop answers with an order that another
    /// attempt has already, nobody can tell what became of this one.
    pub fn settle(&self, attempt: Attempt, placement: &Placement) -> Result<Record, Failure> {
        let shop = &self.shop;
        self.write(|transaction| {
            let end = |ending, reason: &str| rows::end(transaction, shop, attempt, ending, reason);
            let mut kept = attempt;
            match placement {
                Placement::Placed(snapshot) => {
                    kept = orders::keep(transaction, shop, attempt, &Order::new(snapshot.as_ref().clone()))?;
                    if kept != attempt {
                        end(Ending::Unknown, &Failure::Earlier.to_string())?;
                        let ours = rows::find(transaction, shop, attempt)?;
                        if ours.is_some_and(|row| row.record().is_doubtful()) {
                            kept = attempt;
                        }
                    }
                }
                Placement::Refused(failure, problems) => end(Ending::Refused, &refusal(failure, problems))?,
                Placement::NotSent(failure) => end(Ending::NotSent, &failure.to_string())?,
                Placement::Unknown(failure) => end(Ending::Unknown, &failure.to_string())?,
            }
            expect(transaction, shop, kept)
        })
    }

    /// Keeps how an attempt ended that brought no order, when `settle` could not. What is known already
    /// is never unlearned.
    pub fn end(&self, attempt: Attempt, outcome: &Outcome) -> Result<(), Failure> {
        let (ending, reason) = match outcome {
            Outcome::Refused(reason) => (Ending::Refused, reason),
            Outcome::NotSent(reason) => (Ending::NotSent, reason),
            Outcome::Unknown(reason) => (Ending::Unknown, reason),
            Outcome::Intended | Outcome::Placed(_) => return Ok(()),
        };
        self.write(|transaction| rows::end(transaction, &self.shop, attempt, ending, reason.as_str()))
    }

    /// Keeps what became of an order, together with what is kept of it already.
    pub fn keep(&self, attempt: Attempt, order: &Order) -> Result<(), Failure> {
        self.write(|transaction| orders::keep(transaction, &self.shop, attempt, order).map(drop))
    }

    /// Takes in an order that was read by its id; what is there of it already is kept.
    pub fn import(&self, snapshot: &Snapshot, now: Timestamp) -> Result<Record, Failure> {
        self.write(|transaction| {
            let order = Order::new(snapshot.clone());
            let attempt = orders::import(transaction, &self.shop, &order, now)?;
            expect(transaction, &self.shop, attempt)
        })
    }

    /// Keeps what its owner wrote beside an order, in place of what stood there.
    pub fn remark(&self, id: &OrderId, remarks: &Remarks) -> Result<(), Failure> {
        self.write(|transaction| remarks::keep(transaction, &self.shop, id, remarks))
    }

    /// Forgets an attempt with its order, its codes and what was written beside it. One of which
    /// something can still come, by the shop's clock at `now`, is refused, and so is one whose order is
    /// written down but cannot be read: it may hold codes that a later version can show.
    pub fn remove(&self, attempt: Attempt, now: Timestamp) -> Result<(), Failure> {
        self.write(|transaction| {
            let Some(row) = rows::find(transaction, &self.shop, attempt)? else { return Ok(()) };
            let holds_order = row.has_order();
            let record = row.record();
            if holds_order && record.order().is_none() {
                return Err(Trouble::said("its order is here but cannot be read, so it stays"));
            }
            if !record.is_removable(now) {
                return Err(Trouble::said("something can still come of this attempt, so it stays"));
            }
            rows::forget(transaction, attempt)?;
            record.order().map_or(Ok(()), |order| remarks::forget(transaction, &self.shop, order.id()))
        })?;
        // The log would keep the codes until it is written over; where another process reads just
        // now, it is emptied later.
        let emptied = self.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        drop(emptied);
        Ok(())
    }

    /// The record of an attempt, if this shop has it.
    pub fn record(&self, attempt: Attempt) -> Result<Option<Record>, Failure> {
        let connection = self.connection();
        let Some(row) = rows::find(&connection, &self.shop, attempt)? else { return Ok(None) };
        Ok(Some(remarks::beside(&connection, &self.shop, row.record())?))
    }

    /// The record of an order, if this shop has it and it can be read.
    pub fn record_of(&self, id: &OrderId) -> Result<Option<Record>, Failure> {
        let connection = self.connection();
        let row = rows::find_order(&connection, &self.shop, id)?;
        let record = row.map(rows::Row::record).filter(|record| record.is_about(id));
        Ok(record.map(|record| remarks::beside(&connection, &self.shop, record)).transpose()?)
    }

    /// Every record of this shop, newest first. One that cannot be read says so in its outcome.
    pub fn records(&self) -> Result<Vec<Record>, Failure> {
        let connection = self.connection();
        let mut records = rows::all(&connection, &self.shop)?;
        remarks::beside_all(&connection, &self.shop, &mut records)?;
        Ok(records)
    }

    /// What was chosen last, without reading anything else of the file: a start does not wait until
    /// thousands of orders are checked. Nothing where nothing can be read, since it can do without.
    pub fn glance(directory: &Path, shop: &str) -> SavedChoices {
        let file = directory.join(folder::FILE);
        // An empty file may have lost its content to a log beside it, which is not to be touched here.
        let holds_something = std::fs::symlink_metadata(&file).is_ok_and(|facts| facts.len() > 0);
        if !holds_something {
            return SavedChoices::default();
        }
        // It may lie where nothing can be written beside it.
        let connection = schema::connect(&file).ok().filter(schema::is_readable);
        let connection = connection.or_else(|| schema::connect_to_read(&file).ok());
        connection.map(|connection| choices(&connection, base(shop))).unwrap_or_default()
    }

    /// What was chosen last; nothing where nothing can be read.
    pub fn choices(&self) -> SavedChoices {
        choices(&self.connection(), &self.shop)
    }

    /// Keeps a choice for the next start.
    pub fn remember(&self, preference: &SavedChoice) -> Result<(), Failure> {
        self.write(|transaction| {
            let (name, value) = match preference {
                SavedChoice::Tender(tender) => ("tender", form::write_tender(tender)?.to_string()),
                SavedChoice::Email(email) => ("email", email.to_string()),
                SavedChoice::Phone(phone) => ("phone", phone.to_string()),
                SavedChoice::Cart(cart) => ("cart", form::write_cart(cart)?.to_string()),
            };
            transaction.execute(
                "INSERT INTO preferences VALUES (?1, ?2, ?3)
                 ON CONFLICT (shop, name) DO UPDATE SET value = excluded.value",
                params![self.shop, name, value],
            )?;
            Ok(())
        })
    }

    /// A panic in another thread leaves no transaction behind, so the connection is sound.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does all of it or nothing, alone among all processes, and on the disk before it returns.
    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>) -> Result<T, Failure> {
        Ok(self.write_or_say_why(work)?)
    }

    fn write_or_say_why<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        if let Some(why) = &self.read_only {
            return Err(Trouble::said(why.clone()));
        }
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        // A file without its name takes every word, and the next start finds none of them.
        if self.identity.is_none() || Identity::of(&self.file) != self.identity {
            return Err(Trouble::said("the journal was moved or deleted meanwhile"));
        }
        Ok(done)
    }
}

/// A shop as the tables name it.
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
    // One question for all of them: a start waits for it. What cannot be read is as if it were not there.
    let query = "SELECT name, value FROM preferences WHERE shop = ?1";
    let _ = connection
        .prepare(query)
        .and_then(|mut question| question.query_map([shop], read)?.try_for_each(|_| Ok(())));
    told
}

/// Opens the file, or sets a damaged one aside and opens a fresh one in its place.
fn open_whole(folder: &Folder) -> Result<(Connection, Option<String>), Trouble> {
    if folder.is_orphaned() {
        let name = folder.set_aside()?;
        return Ok((open_file(folder)?, Some(notice(&name, 0))));
    }
    let mut connection = connect(folder)?;
    let trouble = match establish(folder, &mut connection) {
        Ok(()) => return Ok((connection, None)),
        Err(trouble) => trouble,
    };
    if !trouble.is_damage() {
        return Err(trouble);
    }
    let salvage = Salvage::from(&connection);
    // Closed first: the bytes that are set aside must not change any more.
    drop(connection);
    let name = folder.set_aside()?;
    let mut fresh = open_file(folder)?;
    let carried = salvage.carry_over(&mut fresh)?;
    Ok((fresh, Some(notice(&name, carried))))
}

fn open_file(folder: &Folder) -> Result<Connection, Trouble> {
    let mut connection = connect(folder)?;
    establish(folder, &mut connection)?;
    Ok(connection)
}

/// Opens a file without reading it.
fn connect(folder: &Folder) -> Result<Connection, Trouble> {
    folder.make_files()?;
    schema::connect(&folder.file())
}

/// Reads it, and makes private what the database put beside it.
fn establish(folder: &Folder, connection: &mut Connection) -> Result<(), Trouble> {
    schema::establish(connection)?;
    folder.make_files()
}

/// What is said about a damaged file that was set aside.
fn notice(name: &str, carried: usize) -> String {
    let rest = match carried {
        0 => "Nothing in it could be read, so its orders are not listed here.".to_owned(),
        1 => "1 record could be read and was carried over.".to_owned(),
        more => format!("{more} records could be read and were carried over."),
    };
    format!("The journal was damaged and is kept aside as {name}. {rest}")
}

/// A record that was just written.
fn expect(transaction: &Transaction<'_>, shop: &str, attempt: Attempt) -> Result<Record, Trouble> {
    match rows::find(transaction, shop, attempt)? {
        Some(row) => remarks::beside(transaction, shop, row.record()),
        None => Err(Trouble::said(format!("the journal does not know attempt {attempt}"))),
    }
}

/// Why the shop refused: the call's failure and everything it has against the purchase.
pub fn refusal(failure: &Failure, problems: &[Problem]) -> String {
    let mut text = failure.to_string();
    for problem in problems {
        text.push(' ');
        text.push_str(&problem.to_string());
    }
    text
}

#[cfg(test)]
mod tests;
