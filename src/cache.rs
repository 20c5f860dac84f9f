//! The cache: what the shop said last, so that choosing can begin before it answers, or without it.
//!
//! Nothing in it is worth anything that could not be asked for again. A file that is damaged, of
//! another version or gone is made anew; whoever reads it then finds nothing.

mod form;

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};

use crate::domain::catalogue::Catalogue;
use crate::domain::country::{Country, CountryCode};
use crate::domain::product::Shelf;
use crate::domain::tender::Rails;
use crate::domain::time::{Dated, Timestamp};
use crate::effect::Family;

/// The database's name, beside the journal's.
const FILE: &str = "cache.sqlite3";
/// The number of the table below, and of the forms that it holds.
const VERSION: i64 = 3;
/// How long another process is waited for: not long, since the shop can be asked as well.
const PATIENCE: Duration = Duration::from_millis(250);
/// The most answers that are kept of all shops; the oldest go first.
const MOST: i64 = 500;
/// Nothing larger is kept.
const LARGEST: usize = 8 << 20;

/// Bytes of a page of the file.
const PAGE: i64 = 32 << 10;

const TABLE: &str = "CREATE TABLE answers (
    shop TEXT NOT NULL,
    name TEXT NOT NULL,
    told INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (shop, name)
) STRICT";

/// The answers of one shop. Its calls block for a moment.
#[derive(Clone, Debug)]
pub struct Cache {
    file: PathBuf,
    shop: String,
}

/// Why nothing was read or kept; whoever asks can do without.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("{0}")]
    Database(#[from] rusqlite::Error),
    #[error("{0}")]
    File(#[from] io::Error),
    #[error("it was written by another giftty")]
    Version,
}

impl Cache {
    /// The cache of a shop in a folder. Touches nothing.
    pub fn new(directory: &Path, shop: &str) -> Self {
        Self { file: directory.join(FILE), shop: shop.trim_end_matches('/').to_owned() }
    }

    /// What was sold in a country.
    pub fn catalogue(&self, country: CountryCode) -> Option<Dated<Catalogue>> {
        let dated = self.read(&format!("brands {country}"), form::read_catalogue)?;
        (dated.value.country == country).then_some(dated)
    }

    /// Keeps what is sold in a country.
    pub fn keep_catalogue(&self, catalogue: &Catalogue, now: Timestamp) {
        self.keep(&format!("brands {}", catalogue.country), form::write_catalogue(catalogue), now);
    }

    /// What a family sold, without its prices: those are too old to be told.
    pub fn shelves(&self, family: &Family) -> Option<Dated<Vec<Shelf>>> {
        self.read(&name_of(family), form::read_shelves)
    }

    /// Keeps what a family sells.
    pub fn keep_shelves(&self, family: &Family, shelves: &[Shelf], now: Timestamp) {
        self.keep(&name_of(family), form::write_shelves(shelves), now);
    }

    /// The ways to pay.
    pub fn rails(&self) -> Option<Dated<Rails>> {
        self.read("rails", form::read_rails)
    }

    /// Keeps the ways to pay.
    pub fn keep_rails(&self, rails: &Rails, now: Timestamp) {
        self.keep("rails", form::write_rails(rails), now);
    }

    /// The countries, as the shop named them.
    pub fn countries(&self) -> Option<Dated<Vec<Country>>> {
        self.read("countries", form::read_countries)
    }

    /// Keeps the countries.
    pub fn keep_countries(&self, countries: &[Country], now: Timestamp) {
        self.keep("countries", form::write_countries(countries), now);
    }

    fn read<T>(&self, name: &str, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<Dated<T>> {
        if !self.file.exists() {
            return None;
        }
        let answer = self.try_to_read(name, read);
        answer.inspect_err(|trouble| self.start_anew_after(trouble)).ok().flatten()
    }

    fn try_to_read<T>(
        &self,
        name: &str,
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<Option<Dated<T>>, Trouble> {
        let connection = connect(&self.file)?;
        let query = "SELECT told, checksum, body FROM answers WHERE shop = ?1 AND name = ?2";
        let answer = connection.query_row(query, [self.shop.as_str(), name], |row| {
            let (told, checksum): (i64, u32) = (row.get(0)?, row.get(1)?);
            let body = row.get_ref(2)?.as_blob()?;
            let whole = crc32fast::hash(body) == checksum;
            Ok(whole.then(|| read(body)).flatten().map(|value| Dated { value, told: Timestamp(told) }))
        });
        Ok(answer.optional()?.flatten())
    }

    fn keep(&self, name: &str, body: Option<Vec<u8>>, now: Timestamp) {
        let Some(body) = body.filter(|body| body.len() <= LARGEST) else { return };
        for _ in 0..2 {
            match self.try_to_keep(name, &body, now) {
                Ok(()) => return,
                // The second try finds an empty place, or the same trouble.
                Err(trouble) => self.start_anew_after(&trouble),
            }
        }
    }

    fn try_to_keep(&self, name: &str, body: &[u8], now: Timestamp) -> Result<(), Trouble> {
        make_file(&self.file)?;
        let connection = connect(&self.file)?;
        connection.execute(
            "INSERT INTO answers VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (shop, name) DO UPDATE
             SET told = excluded.told, checksum = excluded.checksum, body = excluded.body",
            params![self.shop, name, now.0, crc32fast::hash(body), body],
        )?;
        let kept = "SELECT rowid FROM answers ORDER BY told DESC LIMIT ?1";
        connection.execute(&format!("DELETE FROM answers WHERE rowid NOT IN ({kept})"), [MOST])?;
        Ok(())
    }

    /// Removes a file that is of no use. One that somebody else is writing to is left alone.
    fn start_anew_after(&self, trouble: &Trouble) {
        let useless = match trouble {
            Trouble::Version => true,
            Trouble::Database(error) => {
                let code = error.sqlite_error_code();
                matches!(
                    code,
                    Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt | ErrorCode::Unknown)
                )
            }
            Trouble::File(_) => false,
        };
        if useless {
            // If it cannot be removed, nothing is cached: everything is asked for instead.
            let _ = fs::remove_file(&self.file);
        }
    }
}

/// The family's name comes last: it may hold anything.
fn name_of(family: &Family) -> String {
    format!("shelves {} {} {}", family.country, family.lang.code(), family.name.sent())
}

/// Opens the file, and makes its table when there is nothing in it yet.
///
/// Nothing is synchronised and nothing can be rolled back after a crash: what that may spoil is
/// found by the checksums, or by the database, and made anew.
fn connect(file: &Path) -> Result<Connection, Trouble> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "journal_mode", "MEMORY")?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version {
        VERSION => Ok(connection),
        0 => {
            // A country's brands are a megabyte: of large pages they are put together sooner.
            connection.pragma_update(None, "page_size", PAGE)?;
            connection.execute_batch(&format!(
                "BEGIN IMMEDIATE; {TABLE}; PRAGMA user_version = {VERSION}; COMMIT"
            ))?;
            Ok(connection)
        }
        _ => Err(Trouble::Version),
    }
}

/// Makes the file, for its owner's eyes only: what somebody looked at is nobody's business.
fn make_file(file: &Path) -> Result<(), io::Error> {
    if let Some(folder) = file.parent().filter(|folder| !folder.exists()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    OpenOptions::new().append(true).create(true).mode(0o600).open(file).map(drop)
}

#[cfg(test)]
mod tests;
