//! Caches the shop's last responses and the last country.
//!
//! With it, selection can begin before the shop answers, or without it.
//!
//! Everything in the cache can be fetched again. Each response is a file of its own, which is replaced as a
//! whole; a file that is damaged, of another version or missing counts as not cached.

mod form;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crc32fast::Hasher;
use uuid::Uuid;

use crate::domain::catalogue::Catalogue;
use crate::domain::country::{Country, CountryCode};
use crate::domain::product::ProductGroup;
use crate::domain::request::Family;
use crate::domain::tender::PaymentMethods;
use crate::domain::time::{Dated, Timestamp};

/// The directory's name, next to the journal.
const FOLDER: &str = "cache";
/// The start of every file: the program's name, and the version of the format.
const MARK: [u8; 8] = *b"giftty\0\x06";
/// The bytes around a response: the mark and the time before it, and after it the checksum of the time and
/// the response.
const AROUND: usize = MARK.len() + 8 + 4;
/// The maximum number of files for all shops; the oldest are removed first.
const MOST: usize = 500;
/// Larger responses are neither stored nor read.
const LARGEST: usize = 8 << 20;

/// The cached responses of one shop. Its methods block briefly on file access.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    shop: String,
}

impl Cache {
    /// Creates a cache for a shop in a directory. Does no IO.
    pub fn new(directory: &Path, shop: &str) -> Self {
        Self { folder: directory.join(FOLDER), shop: shop.trim_end_matches('/').to_owned() }
    }

    /// Returns a country's cached catalogue.
    pub fn catalogue(&self, country: CountryCode) -> Option<Dated<Catalogue>> {
        let dated = self.read(&format!("brands {country}"), form::read_catalogue)?;
        (dated.value.country == country).then_some(dated)
    }

    /// Stores a country's catalogue.
    pub fn keep_catalogue(&self, catalogue: &Catalogue, now: Timestamp) {
        self.keep(&format!("brands {}", catalogue.country), now, |out| form::write_catalogue(catalogue, out));
    }

    /// Returns the cached products of a family, without prices: those would be out of date.
    pub fn shelves(&self, family: &Family) -> Option<Dated<Vec<ProductGroup>>> {
        self.read(&name_of(family), form::read_shelves)
    }

    /// Stores the products of a family.
    pub fn keep_shelves(&self, family: &Family, shelves: &[ProductGroup], now: Timestamp) {
        self.keep(&name_of(family), now, |out| form::write_shelves(shelves, out));
    }

    /// Returns the country that was selected last.
    pub fn country(&self) -> Option<CountryCode> {
        Some(self.read("country", form::read_country)?.value)
    }

    /// Stores the country that was selected last.
    pub fn keep_country(&self, country: CountryCode, now: Timestamp) {
        self.keep("country", now, |out| form::write_country(country, out));
    }

    /// Returns the cached payment methods.
    pub fn payment_methods(&self) -> Option<Dated<PaymentMethods>> {
        self.read("payment_methods", form::read_payment_methods)
    }

    /// Stores the payment methods.
    pub fn keep_payment_methods(&self, payment_methods: &PaymentMethods, now: Timestamp) {
        self.keep("payment_methods", now, |out| form::write_payment_methods(payment_methods, out));
    }

    /// Returns the cached countries.
    pub fn countries(&self) -> Option<Dated<Vec<Country>>> {
        self.read("countries", form::read_countries)
    }

    /// Stores the countries.
    pub fn keep_countries(&self, countries: &[Country], now: Timestamp) {
        self.keep("countries", now, |out| form::write_countries(countries, out));
    }

    fn read<T>(&self, name: &str, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<Dated<T>> {
        let file = File::open(self.file(name)).ok()?;
        let length = usize::try_from(file.metadata().ok()?.len()).ok()?;
        let mut bytes = Vec::with_capacity(length.min(AROUND + LARGEST));
        file.take((AROUND + LARGEST) as u64).read_to_end(&mut bytes).ok()?;
        let (told, body) = opened(&bytes)?;
        Some(Dated { value: read(body)?, told })
    }

    /// Replaces a response atomically, so that a concurrent reader gets either the old one or the new one.
    /// Errors are ignored: a response that cannot be stored is fetched again.
    fn keep(&self, name: &str, now: Timestamp, put: impl FnOnce(&mut Answer) -> io::Result<()>) {
        let file = self.file(name);
        let fresh = file.with_extension(Uuid::new_v4().to_string());
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&self.folder);
        let written = made.and_then(|()| Answer::write(&fresh, now, put));
        if written.and_then(|()| fs::rename(&fresh, &file)).is_err() {
            let _ = fs::remove_file(&fresh);
        }
        let _ = self.forget_the_oldest();
    }

    /// Removes the oldest files; partial files of a stopped program are eventually among them.
    fn forget_the_oldest(&self) -> io::Result<()> {
        let files: Vec<PathBuf> =
            fs::read_dir(&self.folder)?.map(|file| Ok(file?.path())).collect::<io::Result<_>>()?;
        if files.len() <= MOST {
            return Ok(());
        }
        let told = |file: &PathBuf| fs::metadata(file).and_then(|facts| facts.modified()).ok();
        let mut dated: Vec<_> = files.into_iter().map(|file| (told(&file), file)).collect();
        dated.sort_unstable();
        let surplus = dated.len() - MOST;
        dated.iter().take(surplus).try_for_each(|(_, file)| fs::remove_file(file))
    }

    /// Names may contain any characters, so the file name is a hash of the shop and the name.
    fn file(&self, name: &str) -> PathBuf {
        let both = format!("{}\n{name}", self.shop);
        self.folder.join(Uuid::new_v5(&Uuid::NAMESPACE_URL, both.as_bytes()).to_string())
    }
}

/// A response that is being written piece by piece: thousands of brands are not held in memory twice.
struct Answer {
    file: BufWriter<File>,
    sum: Hasher,
    /// How many more bytes may be written.
    room: usize,
}

impl Answer {
    /// Writes a file that only its owner can read: what was looked at is private. Its modification time is
    /// the time of its content.
    fn write(file: &Path, now: Timestamp, put: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
        let mut answer = Self { file: BufWriter::new(file), sum: Hasher::new(), room: AROUND + LARGEST };
        answer.file.write_all(&MARK)?;
        answer.write_all(&now.0.to_le_bytes())?;
        put(&mut answer)?;
        let sum = answer.sum.clone().finalize();
        answer.write_all(&sum.to_le_bytes())?;
        let seconds = u64::try_from(now.0).unwrap_or_default();
        answer.file.into_inner()?.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
    }
}

impl Write for Answer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let too_large = || io::Error::from(io::ErrorKind::FileTooLarge);
        self.room = self.room.checked_sub(bytes.len()).ok_or_else(too_large)?;
        self.file.write_all(bytes)?;
        self.sum.update(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: the file is only valid once it is complete.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns a response and its time, or `None` if the content does not match its checksum.
fn opened(bytes: &[u8]) -> Option<(Timestamp, &[u8])> {
    let (rest, kept) = bytes.strip_prefix(&MARK)?.split_last_chunk::<4>()?;
    let (told, body) = rest.split_first_chunk::<8>()?;
    let is_whole = crc32fast::hash(rest) == u32::from_le_bytes(*kept);
    is_whole.then_some((Timestamp(i64::from_le_bytes(*told)), body))
}

/// The family's name comes last: it may contain any characters.
fn name_of(family: &Family) -> String {
    format!("shelves {} {} {}", family.country, family.lang.code(), family.name.sent())
}

#[cfg(test)]
mod tests;
