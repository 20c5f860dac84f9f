//! Payment addresses, checked by their network's own rules.

mod coins;
mod evm;
mod networks;
mod ton;

use std::fmt;

use super::bolt11::{Invoice, InvoiceError};

pub use networks::{Chain, Rule, chain_of, rule_for};

/// What the checks say of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has the network's form and passes its own checksum.
    Right(Address),
    /// Nothing is wrong with it, yet no checksum proves it: a person must compare it.
    NotChecked(Address),
    /// Nothing may be sent there.
    Wrong(Fault),
}

impl Verdict {
    /// The address, unless it is wrong.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Self::Right(address) | Self::NotChecked(address) => Some(address),
            Self::Wrong(_) => None,
        }
    }
}

/// Why nothing may be sent to an address, as a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An empty text.
    #[error("There is no address.")]
    Missing,
    /// White space, a control, or a letter that is not ASCII and may only look so.
    #[error("The address has a space, a look-alike letter or another character that no address has.")]
    StrangeCharacter,
    /// The checksum does not hold.
    #[error("The address does not pass its own check: a character is wrong or missing.")]
    Checksum,
    /// An address of a test network.
    #[error("This is a test address of {0}: what is sent there is lost.")]
    TestNetwork(&'static str),
    /// An address of another network than the payment's.
    #[error("This is an address of {is}, but the payment goes over {wanted}.")]
    OtherNetwork {
        /// Whose it is.
        is: &'static str,
        /// Whose it should be.
        wanted: &'static str,
    },
    /// Not the form of the network's addresses.
    #[error("This is no address of {0}.")]
    NotOne(&'static str),
    /// Too short, too long or too odd for any network.
    #[error("This does not look like an address.")]
    NoAddress,
    /// The address that networks use for nobody.
    #[error("Nobody owns this address: what is sent there is lost.")]
    Nobody,
    /// What is wrong with a Lightning invoice.
    #[error(transparent)]
    Invoice(#[from] InvoiceError),
}

/// An address to show: ASCII letters, digits and a few signs, exactly as they came.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(Box<str>);

impl Address {
    /// The exact text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text in groups of four characters for the eye, `0x` apart; joined, they are the text.
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

/// How sure a rule is of a text it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    Proven,
    Unproven,
}

/// The longest address of a network we do not know, and the shortest.
const UNKNOWN_LENGTHS: std::ops::RangeInclusive<usize> = 4..=256;

/// Checks where a payment goes: `coin` and `network` as the supplier names them (contract,
/// section 2.2), the address without any scheme.
///
/// A network without a rule here is `NotChecked` when the text could be an address at all.
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

/// Checks where a refund would go: the same rules, for an address that a person typed.
pub fn looks_like_refund_address(coin: &str, network: &str, text: &str) -> Verdict {
    check(coin, network, text)
}

/// What no address of any network may be.
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

/// StartPolicy the rule; where it refuses, says whose address it is instead, if that is certain.
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
