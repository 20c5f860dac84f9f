//! Payment addresses, validated by the rules of their network.

mod coins;
mod evm;
mod networks;
mod ton;

use std::fmt;

use super::bolt11::{Invoice, InvoiceError};

pub use networks::{Chain, Rule, chain_of, rule_for};

/// The result of checking an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has the network's format and its checksum is correct.
    Right(Address),
    /// No error was found, but no checksum confirms it: the user must compare it.
    NotChecked(Address),
    /// Nothing may be sent to it.
    Wrong(Fault),
}

impl Verdict {
    /// Returns the address, or `None` if it is wrong.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Self::Right(address) | Self::NotChecked(address) => Some(address),
            Self::Wrong(_) => None,
        }
    }
}

/// Why nothing may be sent to an address. The messages are complete sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The text is empty.
    #[error("There is no address.")]
    Missing,
    /// It contains white space, a control character, or a non-ASCII character that may be a look-alike.
    #[error("The address has a space, a look-alike letter or another character that no address has.")]
    StrangeCharacter,
    /// The checksum is incorrect.
    #[error("The address does not pass its own check: a character is wrong or missing.")]
    Checksum,
    /// It is an address of a test network.
    #[error("This is a test address of {0}: what is sent there is lost.")]
    TestNetwork(&'static str),
    /// It is an address of another network than the payment's.
    #[error("This is an address of {is}, but the payment goes over {wanted}.")]
    OtherNetwork {
        /// The network of the address.
        is: &'static str,
        /// The network of the payment.
        wanted: &'static str,
    },
    /// It does not have the format of the network's addresses.
    #[error("This is no address of {0}.")]
    NotOne(&'static str),
    /// It is too short or too long for any network, or has characters that no network uses.
    #[error("This does not look like an address.")]
    NoAddress,
    /// It is the null address, which nobody owns.
    #[error("Nobody owns this address: what is sent there is lost.")]
    Nobody,
    /// The error in a Lightning invoice.
    #[error(transparent)]
    Invoice(#[from] InvoiceError),
}

/// A checked address for display: printable ASCII, exactly as received.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(Box<str>);

impl Address {
    /// Returns the exact text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Splits the text into groups of four characters for reading, with a leading `0x` as its own group. The
    /// concatenated groups are the text.
    pub fn groups(&self) -> Vec<&str> {
        let (prefix, rest) = match self.0.strip_prefix("0x") {
            Some(rest) => (self.0.get(..2), rest),
            None => (None, &*self.0),
        };
        let four = (0..rest.len()).step_by(4).filter_map(|at| rest.get(at..rest.len().min(at + 4)));
        prefix.into_iter().chain(four).collect()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.0, f)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// How certain a rule is about an address that it accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    Proven,
    Unproven,
}

/// The lengths accepted on a network without a rule.
const UNKNOWN_LENGTHS: std::ops::RangeInclusive<usize> = 4..=256;

/// Checks a payment address. `coin` and `network` are the supplier's names (contract, section 2.2); the
/// address has no URI scheme.
///
/// On a network without a rule, an address is `NotChecked` if the text could be an address at all.
pub fn check(coin: &str, network: &str, address: &str) -> Verdict {
    let trust = match look(address) {
        Err(fault) => Err(fault),
        Ok(()) => match rule_for(coin, network) {
            Some(rule) => judge_or_name_the_other(rule, address),
            None => unknown(address),
        },
    };
    match trust {
        Ok(Trust::Proven) => Verdict::Right(Address(address.into())),
        Ok(Trust::Unproven) => Verdict::NotChecked(Address(address.into())),
        Err(fault) => Verdict::Wrong(fault),
    }
}

/// Checks a refund address that the user typed, by the same rules.
pub fn looks_like_refund_address(coin: &str, network: &str, text: &str) -> Verdict {
    check(coin, network, text)
}

/// Rejects texts that are not an address on any network.
fn look(address: &str) -> Result<(), Fault> {
    if address.is_empty() {
        return Err(Fault::Missing);
    }
    if address.bytes().all(|byte| byte.is_ascii_graphic()) { Ok(()) } else { Err(Fault::StrangeCharacter) }
}

fn unknown(address: &str) -> Result<Trust, Fault> {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:+/=".contains(&byte);
    let possible = UNKNOWN_LENGTHS.contains(&address.len()) && address.bytes().all(usual);
    if possible { Ok(Trust::Unproven) } else { Err(Fault::NoAddress) }
}

/// Applies the rule. If it rejects the address, names the other network whose rule accepts it, if there is
/// one.
fn judge_or_name_the_other(rule: Rule, address: &str) -> Result<Trust, Fault> {
    let fault = match judge(rule, address) {
        Err(fault @ (Fault::NotOne(_) | Fault::Checksum | Fault::Invoice(InvoiceError::NotAnInvoice))) => {
            fault
        }
        answer => return answer,
    };
    let other = Rule::ALL.into_iter().find(|other| *other != rule && judge(*other, address).is_ok());
    Err(other.map_or(fault, |other| Fault::OtherNetwork { is: other.name(), wanted: rule.name() }))
}

fn judge(rule: Rule, address: &str) -> Result<Trust, Fault> {
    match rule {
        Rule::Bitcoin => coins::judge(&coins::BITCOIN, rule, address),
        Rule::Litecoin => coins::judge(&coins::LITECOIN, rule, address),
        Rule::Dogecoin => coins::judge(&coins::DOGECOIN, rule, address),
        Rule::Lightning => Invoice::parse(address).map(|_| Trust::Proven).map_err(Fault::Invoice),
        Rule::Evm => evm::judge_evm(address),
        Rule::Sui => evm::judge_sui(address),
        Rule::Solana => coins::judge_solana(address),
        Rule::Tron => coins::judge_tron(address),
        Rule::Ton => ton::judge(address),
    }
}

#[cfg(test)]
mod tests;
