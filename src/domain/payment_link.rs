//! The possible contents of a payment's QR code, the most complete first.

mod server;

use self::server::Agreed;
use super::address::{self, Chain, Rule};
use super::bolt11::Invoice;
use super::money::Amount;

/// A requested payment, in the supplier's terms (contract, section 3.3).
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The coin, by the supplier's name.
    pub coin: &'a str,
    /// The network, by the supplier's name.
    pub network: &'a str,
    /// The address to pay to; on Lightning, the invoice.
    pub address: &'a str,
    /// The amount, in coin units.
    pub amount: Amount,
    /// The supplier's own text for a QR code (`qr_text`).
    pub server_text: Option<&'a str>,
    /// The chain id, if the supplier sent one (contract, section 2.2).
    pub chain_id: Option<u64>,
    /// The token's contract and decimals; `None` for a network's native coin.
    pub token: Option<(&'a str, u8)>,
}

/// What a QR code contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holds {
    /// The supplier's own text, which matches the requested payment and includes the amount.
    ServerText,
    /// The supplier's own text, which matches the requested payment but has no amount.
    ServerAddress,
    /// The program's own link, with address and amount.
    LinkWithAmount,
    /// The address only; the payer enters the amount.
    AddressOnly,
}

impl Holds {
    /// Returns whether the code tells the wallet the amount.
    pub fn has_amount(self) -> bool {
        match self {
            Self::ServerText | Self::LinkWithAmount => true,
            Self::ServerAddress | Self::AddressOnly => false,
        }
    }
}

/// The contents of a QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The exact text.
    pub text: String,
    /// What the text contains.
    pub holds: Holds,
}

/// More decimals than any token has. With more, amounts would not fit in 256 bits.
const MOST_DECIMALS: u8 = 36;
/// The decimals of bitcoin, litecoin and dogecoin.
const COIN_DECIMALS: u8 = 8;
/// The decimals of the native coins of EVM chains.
const ETHER_DECIMALS: u8 = 18;
/// The decimals of SOL.
const SOL_DECIMALS: u8 = 9;

/// Returns the possible contents of a QR code, by section 7 of the contract: the supplier's text if it
/// matches the requested payment, the program's own link if the network has a format that wallets agree on,
/// and always the bare address last.
///
/// Empty if the payment must not be made: the address is wrong, the invoice is over another amount, or a
/// token would be sent to its own contract.
pub fn contents(ask: &Ask<'_>) -> Vec<Content> {
    if address::check(ask.coin, ask.network, ask.address).address().is_none() {
        return Vec::new();
    }
    let payment_method = UriScheme::of(ask);
    if ask.token.is_some_and(|(token, _)| token.eq_ignore_ascii_case(ask.address)) {
        return Vec::new();
    }
    if let UriScheme::Lightning { asked: Some(asked) } = payment_method
        && asked != ask.amount
    {
        return Vec::new();
    }
    let server = |wanted| {
        let text =
            ask.server_text.filter(|text| server::agreement(&payment_method, ask, text) == Some(wanted));
        let holds = if wanted == Agreed::WithAmount { Holds::ServerText } else { Holds::ServerAddress };
        text.map(|text| (text.to_owned(), holds))
    };
    let own = own_link(&payment_method, ask).map(|text| (text, Holds::LinkWithAmount));
    let bare = (ask.address.to_owned(), Holds::AddressOnly);
    // If the supplier's text has no amount, the program's own link is more complete.
    let all =
        server(Agreed::WithAmount).into_iter().chain(own).chain(server(Agreed::AddressOnly)).chain([bare]);
    let mut contents: Vec<Content> = Vec::new();
    for (text, holds) in all {
        // The supplier's text is often identical to the program's own link.
        if contents.iter().all(|content| content.text != text) {
            contents.push(Content { text, holds });
        }
    }
    contents
}

/// The URI format of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UriScheme<'a> {
    /// Bitcoin, Litecoin and Dogecoin: BIP-21 with this scheme.
    Coin { scheme: &'static str },
    /// A Lightning invoice, with the amount in it.
    Lightning { asked: Option<Amount> },
    /// The native coin of a chain (EIP-681).
    Ether { chain: u64 },
    /// A token on a chain (EIP-681).
    Token { chain: u64, contract: &'a str, decimals: u8 },
    /// The native coin of Solana.
    Sol,
    /// Only the bare address is safe. This matters most for tokens on Solana: a link names a wallet, but the
    /// address may be a token account, and the funds would go elsewhere.
    Bare,
}

impl<'a> UriScheme<'a> {
    fn of(ask: &Ask<'a>) -> Self {
        let Some(rule) = address::rule_for(ask.coin, ask.network) else { return Self::Bare };
        let scheme = match rule {
            Rule::Bitcoin => "bitcoin",
            Rule::Litecoin => "litecoin",
            Rule::Dogecoin => "dogecoin",
            Rule::Lightning => {
                let invoice = Invoice::parse(ask.address).ok();
                return Self::Lightning { asked: invoice.and_then(|invoice| invoice.amount()) };
            }
            Rule::Evm => return Self::of_chain(ask).unwrap_or(Self::Bare),
            Rule::Solana if ask.coin == "SOL" && ask.token.is_none() => return Self::Sol,
            Rule::Solana | Rule::Tron | Rule::Ton | Rule::Sui => return Self::Bare,
        };
        if ask.token.is_some() { Self::Bare } else { Self::Coin { scheme } }
    }

    /// Returns the format for an EVM chain, if all known facts about the chain and the token are consistent.
    fn of_chain(ask: &Ask<'a>) -> Option<Self> {
        let Chain { id, coins } = address::chain_of(ask.network)?;
        // A chain id that differs from the network's is a contradiction.
        if ask.chain_id.is_some_and(|told| told != id) {
            return None;
        }
        let own = coins.contains(&ask.coin);
        match ask.token {
            None => own.then_some(Self::Ether { chain: id }),
            // A token without its contract must never become a link for ether, nor the reverse.
            Some(_) if own => None,
            Some((contract, decimals)) => {
                let verdict = address::check(ask.coin, ask.network, contract);
                let sound = verdict.address().is_some() && decimals <= MOST_DECIMALS;
                sound.then_some(Self::Token { chain: id, contract, decimals })
            }
        }
    }
}

/// Builds the program's own link with the exact amount. Returns `None` if there is no format, the amount is
/// zero or it is finer than the coin's smallest unit.
///
/// Addresses and contracts have been validated, so nothing in them needs escaping.
fn own_link(payment_method: &UriScheme<'_>, ask: &Ask<'_>) -> Option<String> {
    let Ask { address, amount, .. } = *ask;
    if amount.is_zero() {
        return None;
    }
    match *payment_method {
        UriScheme::Coin { scheme } => {
            amount.atomic_units(COIN_DECIMALS)?;
            Some(format!("{scheme}:{address}?amount={amount}"))
        }
        // Upper case makes a smaller code. With an invoice without an amount, the payer could choose it.
        UriScheme::Lightning { asked } => {
            asked.map(|_| format!("LIGHTNING:{}", address.to_ascii_uppercase()))
        }
        UriScheme::Ether { chain } => {
            let wei = amount.atomic_units(ETHER_DECIMALS)?;
            Some(format!("ethereum:{address}@{chain}?value={wei}"))
        }
        UriScheme::Token { chain, contract, decimals } => {
            let units = amount.atomic_units(decimals)?;
            Some(format!("ethereum:{contract}@{chain}/transfer?address={address}&uint256={units}"))
        }
        UriScheme::Sol => {
            amount.atomic_units(SOL_DECIMALS)?;
            Some(format!("solana:{address}?amount={amount}"))
        }
        UriScheme::Bare => None,
    }
}

#[cfg(test)]
mod tests;
