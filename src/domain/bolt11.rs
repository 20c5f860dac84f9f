//! Lightning invoices: checksum, amount and expiry.

use bech32::primitives::decode::UncheckedHrpstring;
use bech32::{Bech32, Checksum, Fe32};
use rust_decimal::Decimal;

use super::money::Amount;

/// What an invoice says, once its checksum held.
///
/// Its signature and features are left to the wallet that pays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    amount: Option<Amount>,
    created_at: u64,
    expires_at: u64,
}

/// Why a text is no invoice to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// Another kind of text.
    #[error("This is no Lightning invoice.")]
    NotAnInvoice,
    /// Longer than a QR code holds.
    #[error("The Lightning invoice is too long to be one.")]
    TooLong,
    /// Neither all lower case nor all upper case.
    #[error("The Lightning invoice mixes small and capital letters, so it was changed.")]
    MixedCase,
    /// The checksum does not hold.
    #[error("The Lightning invoice does not pass its own check: a character is wrong or missing.")]
    Checksum,
    /// An invoice of a test network.
    #[error("The Lightning invoice is for a test network, not for real bitcoin.")]
    WrongNetwork,
    /// No positive whole number with a known multiplier, or finer than a millisatoshi.
    #[error("The amount in the Lightning invoice cannot be read.")]
    Amount,
    /// A field runs out of the invoice, or a part that every invoice has is missing.
    #[error("The Lightning invoice is incomplete.")]
    Incomplete,
}

/// Bech32 without its limit of length, which invoices with routes in them pass.
enum LongBech32 {}

impl Checksum for LongBech32 {
    type MidstateRepr = <Bech32 as Checksum>::MidstateRepr;
    const CODE_LENGTH: usize = LONGEST;
    const CHECKSUM_LENGTH: usize = Bech32::CHECKSUM_LENGTH;
    const GENERATOR_SH: [Self::MidstateRepr; 5] = Bech32::GENERATOR_SH;
    const TARGET_RESIDUE: Self::MidstateRepr = Bech32::TARGET_RESIDUE;
}

/// What the largest QR code holds of a text like this: beyond it nobody could pay.
const LONGEST: usize = 4296;
/// The signature, and whose it is, in letters of five bits.
const SIGNATURE: usize = 104;
/// The time of an invoice, in letters of five bits.
const TIMESTAMP: usize = 7;
/// A payment hash, in letters of five bits.
const HASH: usize = 52;
/// Seconds, where an invoice does not say how long it lives.
const DEFAULT_EXPIRY: u64 = 3600;

/// The tags of fields: `p` for the payment hash, `x` for the expiry.
const TAG_HASH: u8 = 1;
const TAG_EXPIRY: u8 = 6;

impl Invoice {
    /// Reads an invoice for real bitcoin, in lower or upper case, without `lightning:` before it.
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

    /// How much it asks for, in BTC; nothing when the payer chooses.
    pub fn amount(&self) -> Option<Amount> {
        self.amount
    }

    /// When it was made, in seconds since 1970.
    pub fn created_at(&self) -> u64 {
        self.created_at
    }

    /// When it can no longer be paid, in seconds since 1970 (contract, section 3.10).
    pub fn expires_at(&self) -> u64 {
        self.expires_at
    }
}

/// An invoice with a letter that no invoice has is a changed one; the rest is something else.
fn unreadable(text: &str) -> InvoiceError {
    let invoice = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("lnbc"));
    if invoice { InvoiceError::Checksum } else { InvoiceError::NotAnInvoice }
}

/// What stands behind `lnbc`, unless the prefix is another network's.
fn behind_currency(prefix: &str) -> Result<&str, InvoiceError> {
    // `lnbc` begins `lnbcrt` too: only a number or nothing makes it the currency.
    for test in ["lnbcrt", "lntbs", "lntb", "lnsb"] {
        if prefix.strip_prefix(test).is_some_and(is_amount_like) {
            return Err(InvoiceError::WrongNetwork);
        }
    }
    prefix.strip_prefix("lnbc").ok_or(InvoiceError::NotAnInvoice)
}

/// Whether nothing or a number follows, as it does behind the name of a network.
fn is_amount_like(text: &str) -> bool {
    text.bytes().next().is_none_or(|byte| byte.is_ascii_digit())
}

/// `2500u` is 0.0025 BTC; nothing is no amount.
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

/// When the invoice was made and how many seconds it lives.
fn times(letters: &[u8]) -> Result<(u64, u64), InvoiceError> {
    let fields_end = letters.len().checked_sub(SIGNATURE).ok_or(InvoiceError::Incomplete)?;
    let (signed, signature) = letters.split_at_checked(fields_end).ok_or(InvoiceError::Incomplete)?;
    // The last eight bits tell which of four keys signed.
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
            // Of several the first counts. A number too large for this never ends.
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

/// A field's tag and data, and what follows.
type Field<'a> = (u8, &'a [u8], &'a [u8]);

/// Takes the first field: one letter of tag, two of length, then the data.
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

/// Letters of five bits as one number, the highest first.
fn number(letters: &[u8]) -> Option<u64> {
    letters.iter().try_fold(0_u64, |sum, letter| sum.checked_mul(32)?.checked_add(u64::from(*letter)))
}

#[cfg(test)]
mod tests;

/// An example of the specification: 2500 micro-bitcoin.
#[cfg(test)]
pub(crate) const EXAMPLE: &str = tests::COFFEE;
