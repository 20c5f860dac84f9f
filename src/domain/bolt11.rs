//! Lightning invoices: checksum, amount and expiry.

use bech32::primitives::decode::UncheckedHrpstring;
use bech32::{Bech32, Checksum, Fe32};
use rust_decimal::Decimal;

use super::money::Amount;

/// A decoded invoice with a valid checksum.
///
/// Its signature and features are left to the wallet that pays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    amount: Option<Amount>,
    created_at: u64,
    expires_at: u64,
}

/// Why a text is not a payable invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// It is not an invoice.
    #[error("This is no Lightning invoice.")]
    NotAnInvoice,
    /// It is longer than a QR code can hold.
    #[error("The Lightning invoice is too long to be one.")]
    TooLong,
    /// It mixes lower and upper case.
    #[error("The Lightning invoice mixes small and capital letters, so it was changed.")]
    MixedCase,
    /// The checksum is incorrect.
    #[error("The Lightning invoice does not pass its own check: a character is wrong or missing.")]
    Checksum,
    /// It is an invoice of a test network.
    #[error("The Lightning invoice is for a test network, not for real bitcoin.")]
    WrongNetwork,
    /// The amount is not a positive whole number with a known multiplier, or is finer than a millisatoshi.
    #[error("The amount in the Lightning invoice cannot be read.")]
    Amount,
    /// A field exceeds the invoice, or a mandatory part is missing.
    #[error("The Lightning invoice is incomplete.")]
    Incomplete,
}

/// Bech32 without its length limit, which invoices with route hints exceed.
enum LongBech32 {}

impl Checksum for LongBech32 {
    type MidstateRepr = <Bech32 as Checksum>::MidstateRepr;
    const CODE_LENGTH: usize = LONGEST;
    const CHECKSUM_LENGTH: usize = Bech32::CHECKSUM_LENGTH;
    const GENERATOR_SH: [Self::MidstateRepr; 5] = Bech32::GENERATOR_SH;
    const TARGET_RESIDUE: Self::MidstateRepr = Bech32::TARGET_RESIDUE;
}

/// The capacity of the largest QR code for such a text. A longer invoice could not be paid.
const LONGEST: usize = 4296;
/// The length of the signature and its recovery id, in five-bit groups.
const SIGNATURE: usize = 104;
/// The length of the timestamp, in five-bit groups.
const TIMESTAMP: usize = 7;
/// The length of a payment hash, in five-bit groups.
const HASH: usize = 52;
/// The expiry in seconds of an invoice that does not state one.
const DEFAULT_EXPIRY: u64 = 3600;

/// The tags of fields: `p` for the payment hash, `x` for the expiry.
const TAG_HASH: u8 = 1;
const TAG_EXPIRY: u8 = 6;

impl Invoice {
    /// Parses an invoice for real bitcoin, in lower or upper case, without a `lightning:` prefix.
    pub fn parse(text: &str) -> Result<Self, InvoiceError> {
        if text.len() > LONGEST {
            return Err(InvoiceError::TooLong);
        }
        if !text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("ln")) {
            return Err(InvoiceError::NotAnInvoice);
        }
        let has = |test: fn(&u8) -> bool| text.as_bytes().iter().any(test);
        if has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase) {
            return Err(InvoiceError::MixedCase);
        }
        let parts = UncheckedHrpstring::new(text).map_err(|_| unreadable(text))?;
        let prefix = parts.hrp().to_lowercase();
        let asked = behind_currency(&prefix)?;
        parts.validate_checksum::<LongBech32>().map_err(|_| InvoiceError::Checksum)?;
        let amount = amount(asked)?;
        let parts = parts.remove_checksum::<LongBech32>();
        let ascii = parts.data_part_ascii_no_checksum().iter();
        let letters: Vec<u8> =
            ascii.filter_map(|byte| Fe32::from_char(char::from(*byte)).ok()).map(Fe32::to_u8).collect();
        let (created_at, expiry) = times(&letters)?;
        Ok(Self { amount, created_at, expires_at: created_at.saturating_add(expiry) })
    }

    /// Returns the amount in BTC, or `None` if the payer chooses it.
    pub fn amount(&self) -> Option<Amount> {
        self.amount
    }

    /// Returns the time of creation, in seconds since 1970.
    pub fn created_at(&self) -> u64 {
        self.created_at
    }

    /// Returns the time when it expires, in seconds since 1970 (contract, section 3.10).
    pub fn expires_at(&self) -> u64 {
        self.expires_at
    }
}

/// Returns the error for text that cannot be decoded: a corrupted invoice if it starts like one, else no
/// invoice.
fn unreadable(text: &str) -> InvoiceError {
    let invoice = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("lnbc"));
    if invoice { InvoiceError::Checksum } else { InvoiceError::NotAnInvoice }
}

/// Returns what follows `lnbc`, or an error if the prefix is that of another network.
fn behind_currency(prefix: &str) -> Result<&str, InvoiceError> {
    // `lnbcrt` starts with `lnbc` too: the currency must be followed by a digit or by nothing.
    for test in ["lnbcrt", "lntbs", "lntb", "lnsb"] {
        if prefix.strip_prefix(test).is_some_and(is_amount_like) {
            return Err(InvoiceError::WrongNetwork);
        }
    }
    prefix.strip_prefix("lnbc").ok_or(InvoiceError::NotAnInvoice)
}

/// Returns whether the text is empty or starts with a digit, as it must after the name of a network.
fn is_amount_like(text: &str) -> bool {
    text.bytes().next().is_none_or(|byte| byte.is_ascii_digit())
}

/// Parses an amount: `2500u` is 0.0025 BTC, and an empty text is no amount.
fn amount(text: &str) -> Result<Option<Amount>, InvoiceError> {
    if text.is_empty() {
        return Ok(None);
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, multiplier) = text.split_at_checked(end).ok_or(InvoiceError::Amount)?;
    let places = match multiplier {
        "" => 0,
        "m" => 3,
        "u" => 6,
        "n" => 9,
        // A tenth of a millisatoshi cannot be paid.
        "p" if digits.ends_with('0') => 12,
        _ => return Err(InvoiceError::Amount),
    };
    if digits.starts_with('0') {
        return Err(InvoiceError::Amount);
    }
    let whole: i128 = digits.parse().map_err(|_| InvoiceError::Amount)?;
    Decimal::try_from_i128_with_scale(whole, places)
        .ok()
        .filter(|bitcoin| *bitcoin <= Decimal::from(21_000_000))
        .and_then(|bitcoin| Amount::new(bitcoin.normalize()))
        .map(Some)
        .ok_or(InvoiceError::Amount)
}

/// Returns the time of creation and the expiry in seconds.
fn times(letters: &[u8]) -> Result<(u64, u64), InvoiceError> {
    let fields_end = letters.len().checked_sub(SIGNATURE).ok_or(InvoiceError::Incomplete)?;
    let (signed, signature) = letters.split_at_checked(fields_end).ok_or(InvoiceError::Incomplete)?;
    // The last eight bits, the recovery id, select one of four keys.
    let [.., high, low] = signature else { return Err(InvoiceError::Incomplete) };
    if ((high & 0b111) << 5 | low) > 3 {
        return Err(InvoiceError::Incomplete);
    }
    let (stamp, mut rest) = signed.split_at_checked(TIMESTAMP).ok_or(InvoiceError::Incomplete)?;
    let created_at = number(stamp).ok_or(InvoiceError::Incomplete)?;
    let mut expiry = None;
    let mut has_hash = false;
    while let Some((tag, data, after)) = field(rest)? {
        match tag {
            TAG_HASH if data.len() == HASH => has_hash = true,
            // If the field is repeated, the first one counts. An expiry that exceeds `u64` is treated as
            // never.
            TAG_EXPIRY if expiry.is_none() => expiry = Some(number(data).unwrap_or(u64::MAX)),
            _ => {}
        }
        rest = after;
    }
    if !has_hash {
        return Err(InvoiceError::Incomplete);
    }
    Ok((created_at, expiry.unwrap_or(DEFAULT_EXPIRY)))
}

/// A field's tag and data, and the rest of the letters.
type Field<'a> = (u8, &'a [u8], &'a [u8]);

/// Parses the first field: one letter for the tag, two for the length, then the data.
fn field(letters: &[u8]) -> Result<Option<Field<'_>>, InvoiceError> {
    match letters {
        [] => Ok(None),
        [tag, high, low, rest @ ..] => {
            let length = usize::from(*high) * 32 + usize::from(*low);
            let (data, after) = rest.split_at_checked(length).ok_or(InvoiceError::Incomplete)?;
            Ok(Some((*tag, data, after)))
        }
        _ => Err(InvoiceError::Incomplete),
    }
}

/// Combines five-bit letters to a number, the most significant first.
fn number(letters: &[u8]) -> Option<u64> {
    letters.iter().try_fold(0_u64, |sum, letter| sum.checked_mul(32)?.checked_add(u64::from(*letter)))
}

#[cfg(test)]
mod tests;

/// An example of the specification: 2500 micro-bitcoin.
#[cfg(test)]
pub(crate) const EXAMPLE: &str = tests::COFFEE;
