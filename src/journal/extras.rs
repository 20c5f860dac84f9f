//! Data for later versions: caller keys, mismatches of withheld orders, the shop's identity, and favourites.
//!
//! Nothing shows or requests them yet; the tables and the stored forms have them from the first version on, so
//! that a journal with them can be read and written by every version.

use rusqlite::{OptionalExtension as _, params};

use super::intent::Intent;
use super::{Journal, form};
use crate::domain::consent::Consent;
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::purchase::{Line, Purchase};
use crate::domain::record::Attempt;
use crate::domain::tender::Tender;
use crate::domain::text::{Printable, Secret};
use crate::domain::time::Timestamp;

/// A purchase to repeat with one key: a brand with its value and recipient, and the tender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Favourite {
    /// The brand, its value and its recipient.
    pub line: Line,
    /// The coin and network.
    pub tender: Tender,
}

/// Why an order was withheld: a field in which the shop's answer differs from the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// A stable word for the field, such as `amount`.
    pub field: Printable,
    /// The requested value. It may be an e-mail address.
    pub asked: Secret,
    /// The value in the shop's answer.
    pub answered: Secret,
}

/// The identity of a shop, however its address is spelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopIdentity {
    /// Its canonical origin.
    pub origin: Printable,
    /// The identity that a sandbox reported. `None` for a real shop.
    pub sandbox: Option<Printable>,
}

impl Journal {
    /// Like [`Journal::intend`], with a key by which a script finds the attempt again.
    pub fn intend_with_key(
        &self,
        purchase: &Purchase,
        total: Amount,
        consent: &Consent,
        now: Timestamp,
        caller_key: &str,
    ) -> Result<Intent, Failure> {
        self.intend_as(purchase, total, consent, now, Some(caller_key))
    }

    /// Returns the attempts that were begun with a caller's key, newest first. A retry after nothing was sent
    /// has the same key.
    pub fn attempts_of_key(&self, caller_key: &str) -> Result<Vec<Attempt>, Failure> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT number FROM attempts WHERE shop = ?1 AND caller_key = ?2 ORDER BY number DESC",
            )?;
            let numbers = statement.query_map([&self.shop, caller_key], |row| row.get(0).map(Attempt))?;
            Ok(numbers.collect::<Result<_, _>>()?)
        })
    }

    /// Stores why the order of an attempt was withheld.
    pub fn keep_mismatch(&self, attempt: Attempt, mismatch: &Mismatch) -> Result<(), Failure> {
        self.write(|transaction| {
            let text = form::write_mismatch(mismatch)?;
            let set = "UPDATE attempts SET mismatch = ?3 WHERE shop = ?1 AND number = ?2";
            transaction.execute(set, params![self.shop, attempt.0, text.as_str()])?;
            Ok(())
        })
    }

    /// Returns why the order of an attempt was withheld, or `None` if it was not or if that cannot be read.
    pub fn mismatch(&self, attempt: Attempt) -> Result<Option<Mismatch>, Failure> {
        self.read(|connection| {
            let query = "SELECT mismatch FROM attempts WHERE shop = ?1 AND number = ?2";
            let text: Option<Option<String>> = connection
                .prepare_cached(query)?
                .query_row(params![self.shop, attempt.0], |row| row.get(0))
                .optional()?;
            Ok(text.flatten().and_then(|text| form::read_mismatch(&text)))
        })
    }

    /// Stores the identity of this shop.
    pub fn keep_shop_identity(&self, identity: &ShopIdentity) -> Result<(), Failure> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO shops (shop, origin, sandbox) VALUES (?1, ?2, ?3)
                 ON CONFLICT (shop) DO UPDATE SET origin = excluded.origin, sandbox = excluded.sandbox",
                params![
                    self.shop,
                    identity.origin.as_str(),
                    identity.sandbox.as_ref().map(Printable::as_str)
                ],
            )?;
            Ok(())
        })
    }

    /// Returns the identity of this shop, or `None` if none was stored.
    pub fn shop_identity(&self) -> Result<Option<ShopIdentity>, Failure> {
        self.read(|connection| {
            let query = "SELECT origin, sandbox FROM shops WHERE shop = ?1";
            let identity = connection.prepare_cached(query)?.query_row([&self.shop], |row| {
                let sandbox: Option<String> = row.get(1)?;
                Ok(ShopIdentity {
                    origin: Printable::new(&row.get::<_, String>(0)?),
                    sandbox: sandbox.map(|text| Printable::new(&text)),
                })
            });
            Ok(identity.optional()?)
        })
    }

    /// Adds a favourite after all others.
    pub fn add_favourite(&self, favourite: &Favourite) -> Result<(), Failure> {
        self.write(|transaction| {
            let text = form::write_favourite(favourite)?;
            let add = "INSERT INTO favourites (shop, favourite) VALUES (?1, ?2)";
            transaction.execute(add, [&self.shop, text.as_str()])?;
            Ok(())
        })
    }

    /// Returns the favourites, in the order in which they were added. One that cannot be read is left out.
    pub fn favourites(&self) -> Result<Vec<Favourite>, Failure> {
        self.read(|connection| {
            let query = "SELECT favourite FROM favourites WHERE shop = ?1 ORDER BY number";
            let mut statement = connection.prepare_cached(query)?;
            let texts = statement.query_map([&self.shop], |row| row.get::<_, String>(0))?;
            let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
            Ok(texts.iter().filter_map(|text| form::read_favourite(text)).collect())
        })
    }
}
