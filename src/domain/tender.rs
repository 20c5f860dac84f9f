//! Tenders: the coin of a payment and the network it is sent over.

use std::fmt;

use super::money::Amount;
use super::text::{Printable, Verbatim};

/// A coin on a network, both spelled as the supplier spells them (contract, section 2.2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tender {
    /// The coin, sent as `payment.coin`.
    pub coin: Verbatim,
    /// The network, sent as `payment.network`.
    pub network: Verbatim,
}

impl Tender {
    /// Creates a tender from the supplier's names of the coin and the network.
    pub fn new(coin: &str, network: &str) -> Self {
        Self { coin: Verbatim::new(coin), network: Verbatim::new(network) }
    }

    /// Returns USDC on Solana, which has the lowest fees and the fastest settlement according to the
    /// supplier.
    pub fn recommended() -> Self {
        Self::new("USDC", "Solana")
    }
}

impl fmt::Display for Tender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.coin, self.network)
    }
}

/// A token's contract on its chain, from `payment_vias`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The contract's address.
    pub address: String,
    /// The number of decimals in its amounts.
    pub decimals: u8,
}

/// A payment method that the shop offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    /// The coin and its network.
    pub tender: Tender,
    /// The network's display name.
    pub network_name: Printable,
    /// Whether the coin or the network currently accepts no payments.
    pub suspended: bool,
    /// The minimum order, in coin units.
    pub minimum: Option<Amount>,
    /// The chain id; EVM networks only.
    pub chain_id: Option<u64>,
    /// The token's contract; tokens only.
    pub token: Option<Token>,
    /// The approximate cost of a transfer, in the supplier's own words.
    pub transfer_cost: Option<Printable>,
}

/// All payment methods for paying from the user's own wallet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentMethods(Vec<PaymentMethod>);

impl PaymentMethods {
    /// Moves the recommended payment method to the front and keeps the supplier's order for the others.
    pub fn new(mut payment_methods: Vec<PaymentMethod>) -> Self {
        let best = Tender::recommended();
        payment_methods.sort_by_key(|payment_method| payment_method.tender != best);
        Self(payment_methods)
    }

    /// Returns all payment methods, including suspended ones.
    pub fn all(&self) -> &[PaymentMethod] {
        &self.0
    }

    /// Iterates over the payment methods that are not suspended.
    pub fn usable(&self) -> impl Iterator<Item = &PaymentMethod> {
        self.0.iter().filter(|payment_method| !payment_method.suspended)
    }

    /// Marks a tender as currently accepting no payments.
    pub fn suspend(&mut self, tender: &Tender) {
        self.0
            .iter_mut()
            .filter(|payment_method| payment_method.tender == *tender)
            .for_each(|payment_method| payment_method.suspended = true);
    }

    /// Returns the payment method of a tender, or `None` if the shop does not offer it.
    pub fn find(&self, tender: &Tender) -> Option<&PaymentMethod> {
        self.0.iter().find(|payment_method| payment_method.tender == *tender)
    }
}
