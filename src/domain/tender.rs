//! Tenders: the coin that is paid with, and the network it travels on.

use std::fmt;

use super::money::Amount;
use super::text::{Printable, Verbatim};

/// A coin on a network, in the supplier's own words (contract, section 2.2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tender {
    /// Sent as `payment.coin`.
    pub coin: Verbatim,
    /// Sent as `payment.network`.
    pub network: Verbatim,
}

impl Tender {
    /// The tender of these two words.
    pub fn new(coin: &str, network: &str) -> Self {
        Self { coin: Verbatim::new(coin), network: Verbatim::new(network) }
    }

    /// USDC on Solana: lowest fees and fastest settlement, says the supplier.
    pub fn recommended() -> Self {
        Self::new("USDC", "Solana")
    }
}

impl fmt::Display for Tender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.coin, self.network)
    }
}

/// A token's contract on its chain, as `payment_vias` gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The contract's address.
    pub address: String,
    /// How many decimals its amounts have.
    pub decimals: u8,
}

/// A way to pay that the shop offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    /// The coin and its network.
    pub tender: Tender,
    /// The network's name for people.
    pub network_name: Printable,
    /// Whether the coin or the network takes no payments at the moment.
    pub suspended: bool,
    /// The least order, in coin units.
    pub minimum: Option<Amount>,
    /// Chain id, on EVM networks only.
    pub chain_id: Option<u64>,
    /// The contract, for tokens only.
    pub token: Option<Token>,
    /// What a transfer costs about, in the supplier's own words.
    pub transfer_cost: Option<Printable>,
}

/// Every way to pay with a wallet of one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentMethods(Vec<PaymentMethod>);

impl PaymentMethods {
    /// Puts the recommended payment method first and leaves the others as the supplier ordered them.
    pub fn new(mut payment_methods: Vec<PaymentMethod>) -> Self {
        let best = Tender::recommended();
        payment_methods.sort_by_key(|payment_method| payment_method.tender != best);
        Self(payment_methods)
    }

    /// All of them, suspended ones too.
    pub fn all(&self) -> &[PaymentMethod] {
        &self.0
    }

    /// Those that can be used now.
    pub fn usable(&self) -> impl Iterator<Item = &PaymentMethod> {
        self.0.iter().filter(|payment_method| !payment_method.suspended)
    }

    /// Takes note that a tender takes no payments at the moment.
    pub fn suspend(&mut self, tender: &Tender) {
        self.0
            .iter_mut()
            .filter(|payment_method| payment_method.tender == *tender)
            .for_each(|payment_method| payment_method.suspended = true);
    }

    /// The payment method of a tender.
    pub fn find(&self, tender: &Tender) -> Option<&PaymentMethod> {
        self.0.iter().find(|payment_method| payment_method.tender == *tender)
    }
}
