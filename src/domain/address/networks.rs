//! The supplier's networks: the address rule and the chain of each.

/// The format and checksum of a network's addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Bitcoin on-chain.
    Bitcoin,
    /// Bitcoin over Lightning: the address is a BOLT11 invoice.
    Lightning,
    /// Litecoin.
    Litecoin,
    /// Dogecoin.
    Dogecoin,
    /// Ethereum and all chains that share its address format.
    Evm,
    /// Solana.
    Solana,
    /// Tron.
    Tron,
    /// TON.
    Ton,
    /// Sui.
    Sui,
}

impl Rule {
    pub(super) const ALL: [Self; 9] = [
        Self::Bitcoin,
        Self::Lightning,
        Self::Litecoin,
        Self::Dogecoin,
        Self::Evm,
        Self::Solana,
        Self::Tron,
        Self::Ton,
        Self::Sui,
    ];

    /// Returns the display name, as in "an address of …".
    pub fn name(self) -> &'static str {
        match self {
            Self::Bitcoin => "Bitcoin",
            Self::Lightning => "Lightning",
            Self::Litecoin => "Litecoin",
            Self::Dogecoin => "Dogecoin",
            Self::Evm => "Ethereum and its kin",
            Self::Solana => "Solana",
            Self::Tron => "Tron",
            Self::Ton => "TON",
            Self::Sui => "Sui",
        }
    }
}

/// A chain that uses Ethereum addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The chain id (EIP-155).
    pub id: u64,
    /// The names of the native coin. Any other coin on the chain is a token.
    pub coins: &'static [&'static str],
}

/// A network by the supplier's exact name, for all coins or only one.
struct Network {
    name: &'static str,
    coin: Option<&'static str>,
    rule: Rule,
    chain: Option<Chain>,
}

const fn of_coin(name: &'static str, coin: &'static str, rule: Rule) -> Network {
    Network { name, coin: Some(coin), rule, chain: None }
}

const fn of_all(name: &'static str, rule: Rule) -> Network {
    Network { name, coin: None, rule, chain: None }
}

const fn evm(name: &'static str, id: u64, coins: &'static [&'static str]) -> Network {
    Network { name, coin: None, rule: Rule::Evm, chain: Some(Chain { id, coins }) }
}

/// All known networks. The contract (section 2.2) confirms the names up to Tron. Those of TON, SUI, DOGE and
/// the other chains are likely but unconfirmed.
const NETWORKS: &[Network] = &[
    of_coin("Mainnet", "BTC", Rule::Bitcoin),
    of_coin("Lightning", "BTC", Rule::Lightning),
    of_coin("Mainnet", "LTC", Rule::Litecoin),
    evm("ETH Mainnet", 1, &["ETH"]),
    evm("Base", 8453, &["ETH"]),
    evm("Polygon (Matic)", 137, &["POL", "MATIC"]),
    evm("Arbitrum", 42_161, &["ETH"]),
    of_all("Solana", Rule::Solana),
    of_all("Tron", Rule::Tron),
    of_coin("Mainnet", "DOGE", Rule::Dogecoin),
    of_coin("Dogecoin", "DOGE", Rule::Dogecoin),
    of_coin("Litecoin", "LTC", Rule::Litecoin),
    of_coin("Bitcoin", "BTC", Rule::Bitcoin),
    of_coin("Mainnet", "TON", Rule::Ton),
    of_coin("Mainnet", "SUI", Rule::Sui),
    of_all("TON", Rule::Ton),
    of_all("SUI", Rule::Sui),
    of_all("Sui", Rule::Sui),
    evm("Optimism", 10, &["ETH"]),
    evm("World Chain", 480, &["ETH"]),
];

fn network(coin: &str, name: &str) -> Option<&'static Network> {
    NETWORKS.iter().find(|network| network.name == name && network.coin.is_none_or(|only| only == coin))
}

/// Returns the address rule of a coin on a network, or `None` if the network is not known.
///
/// Both names are the supplier's, verbatim.
pub fn rule_for(coin: &str, network_name: &str) -> Option<Rule> {
    network(coin, network_name).map(|network| network.rule)
}

/// Returns the chain of a network, or `None` if it is not a known EVM chain.
pub fn chain_of(network_name: &str) -> Option<Chain> {
    NETWORKS.iter().find(|network| network.name == network_name).and_then(|network| network.chain)
}
