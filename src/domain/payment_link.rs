//! What the QR code of a payment holds, richest first.

mod server;

use self::server::Agreed;
use super::address::{self, Chain, Rule};
use super::bolt11::Invoice;
use super::money::Amount;

/// A payment that is asked for, as the supplier put it (contract, section 3.3).
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The coin, by the supplier's word.
    pub coin: &'a str,
    /// The network, by the supplier's word.
    pub network: &'a str,
    /// Where to pay; on Lightning, the invoice.
    pub address: &'a str,
    /// How much, in the coin.
    pub amount: Amount,
    /// The supplier's own text for a QR code (`qr_text`).
    pub server_text: Option<&'a str>,
    /// The chain's number, if the supplier told it (contract, section 2.2).
    pub chain_id: Option<u64>,
    /// The token's contract and decimals; nothing for a network's own coin.
    pub token: Option<(&'a str, u8)>,
}

/// What a wallet gets from a QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holds {
    /// The supplier's own text, which says nothing but what was asked, with the amount.
    ServerText,
    /// The supplier's own text, which leaves the amount to the payer.
    ServerAddress,
    /// A link of ours with address and amount.
    LinkWithAmount,
    /// The address; the payer types the amount.
    AddressOnly,
}

impl Holds {
    /// Whether the wallet learns the amount from it.
    pub fn has_amount(self) -> bool {
        match self {
            Self::ServerText | Self::LinkWithAmount => true,
            Self::ServerAddress | Self::AddressOnly => false,
        }
    }
}

/// The text of a QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The exact text.
    pub text: String,
    /// What is in it.
    pub holds: Holds,
}

/// More decimals than any token has; beyond them amounts would not fit 256 bits.
const MOST_DECIMALS: u8 = 36;
/// How fine bitcoin, litecoin and dogecoin are.
const COIN_DECIMALS: u8 = 8;
/// How fine ether and its kin are.
const ETHER_DECIMALS: u8 = 18;
/// How fine SOL is.
const SOL_DECIMALS: u8 = 9;

/// What a QR code may hold, by the contract's section 7: the supplier's text where it agrees
/// with what was asked, our own link where the network has one that wallets agree on, and last
/// always the bare address.
///
/// Nothing at all when the payment must not be made: a wrong address, an invoice over another
/// amount, or a token sent to its own contract.
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
    // Where the supplier leaves the amount to the payer, our link is the richer one.
    let all =
        server(Agreed::WithAmount).into_iter().chain(own).chain(server(Agreed::AddressOnly)).chain([bare]);
    let mut contents: Vec<Content> = Vec::new();
    for (text, holds) in all {
        // The supplier's text is often the very link that we would write.
        if contents.iter().all(|content| content.text != text) {
            contents.push(Content { text, holds });
        }
    }
    contents
}

/// How a payment travels, as far as links care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UriScheme<'a> {
    /// Bitcoin and its kin: BIP-21 under this scheme.
    Coin { scheme: &'static str },
    /// An invoice, and the amount in it.
    Lightning { asked: Option<Amount> },
    /// The own coin of a chain (EIP-681).
    Ether { chain: u64 },
    /// A token of a chain (EIP-681).
    Token { chain: u64, contract: &'a str, decimals: u8 },
    /// SOL itself.
    Sol,
    /// Only the bare address is safe. For tokens on Solana above all: a link names a wallet,
    /// the address may be a token account, and funds would go elsewhere.
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

    /// On Ethereum and its kin, if all that is known of chain and token fits together.
    fn of_chain(ask: &Ask<'a>) -> Option<Self> {
        let Chain { id, coins } = address::chain_of(ask.network)?;
        // A supplier that names another chain than its network's is not understood.
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

/// Our own link with the amount, exact; nothing where the amount is finer than the coin.
///
/// Addresses and contracts passed their checks, so nothing in them needs escaping.
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
        // Capitals make a smaller code. An invoice without amount would let the payer choose.
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
