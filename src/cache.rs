//! The cache: what the shop said last and of which country, so that choosing can begin before it answers,
//! or without it.
//!
//! Nothing in it is worth anything that could not be asked for again. An answer is a file of its own,
//! which is replaced as a whole; one that is damaged, of another version or gone is as good as never kept.

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

/// The folder's name, beside the journal.
const FOLDER: &str = "cache";
/// What every file begins with: the name, and the number of the forms that it holds.
const MARK: [u8; 8] = *b"giftty\0\x06";
/// Bytes around an answer: the mark, when it was told, and behind it the checksum of that and of the answer.
const AROUND: usize = MARK.len() + 8 + 4;
/// The most answers that are kept of all shops; the oldest go first.
const MOST: usize = 500;
/// Nothing larger is kept, or read.
const LARGEST: usize = 8 << 20;

/// The answers of one shop. Its calls block for a moment.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    shop: String,
}

impl Cache {
    /// The cache of a shop in a folder. Touches nothing.
    pub fn new(directory: &Path, shop: &str) -> Self {
        Self { folder: directory.join(FOLDER), shop: shop.trim_end_matches('/').to_owned() }
    }

    /// What was sold in a country.
    pub fn catalogue(&self, country: CountryCode) -> Option<Dated<Catalogue>> {
        let dated = self.read(&format!("brands {country}"), form::read_catalogue)?;
        (dated.value.country == country).then_some(dated)
    }

    /// Keeps what is sold in a country.
    pub fn keep_catalogue(&self, catalogue: &Catalogue, now: Timestamp) {
        self.keep(&format!("brands {}", catalogue.country), now, |out| form::write_catalogue(catalogue, out));
    }

    /// What a family sold, without its prices: those are too old to be told.
    pub fn shelves(&self, family: &Family) -> Option<Dated<Vec<ProductGroup>>> {
        self.read(&name_of(family), form::read_shelves)
    }

    /// Keeps what a family sells.
    pub fn keep_shelves(&self, family: &Family, shelves: &[ProductGroup], now: Timestamp) {
        self.keep(&name_of(family), now, |out| form::write_shelves(shelves, out));
    }

    /// The country that was chosen last.
    pub fn country(&self) -> Option<CountryCode> {
        Some(self.read("country", form::read_country)?.value)
    }

    /// Keeps the country that was chosen last.
    pub fn keep_country(&self, country: CountryCode, now: Timestamp) {
        self.keep("country", now, |out| form::write_country(country, out));
    }

    /// The ways to pay.
    pub fn payment_methods(&self) -> Option<Dated<PaymentMethods>> {
        self.read("payment_methods", form::read_payment_methods)
    }

    /// Keeps the ways to pay.
    pub fn keep_payment_methods(&self, payment_methods: &PaymentMethods, now: Timestamp) {
        self.keep("payment_methods", now, |out| form::write_payment_methods(payment_methods, out));
    }

    /// The countries, as the shop named them.
    pub fn countries(&self) -> Option<Dated<Vec<Country>>> {
        self.read("countries", form::read_countries)
    }

    /// Keeps the countries.
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

    /// Replaces an answer in one step, so that whoever reads it meanwhile has the old one or the new one.
    /// One that cannot be kept is asked for again.
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

    /// Files that a stopped program left half written are among the oldest one day.
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

    /// Names hold anything, so a file is called by what stands for both: the shop's and the answer's.
    fn file(&self, name: &str) -> PathBuf {
        let both = format!("{}\n{name}", self.shop);
        self.folder.join(Uuid::new_v5(&Uuid::NAMESPACE_URL, both.as_bytes()).to_string())
    }
}

/// An answer that is being written, piece by piece: one of thousands of brands is not held twice.
struct Answer {
    file: BufWriter<File>,
    sum: Hasher,
    /// How many more bytes it may take.
    room: usize,
}

impl Answer {
    /// Writes a file for its owner's eyes only: what somebody looked at is nobody's business. It is as old
    /// as what it holds.
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

    /// It is whole at its end, or never.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// When an answer was told, and the answer; nothing where a byte of it is not as it was written.
fn opened(bytes: &[u8]) -> Option<(Timestamp, &[u8])> {
    let (rest, kept) = bytes.strip_prefix(&MARK)?.split_last_chunk::<4>()?;
    let (told, body) = rest.split_first_chunk::<8>()?;
    let is_whole = crc32fast::hash(rest) == u32::from_le_bytes(*kept);
    is_whole.then_some((Timestamp(i64::from_le_bytes(*told)), body))
}

/// The family's name comes last: it may hold anything.
fn name_of(family: &Family) -> String {
    format!("shelves {} {} {}", family.country, family.lang.code(), family.name.sent())
}

#[cfg(test)]
mod tests;
