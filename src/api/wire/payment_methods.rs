//! Parses the payment methods (contract, section 2.2).

use serde::Deserialize;

use super::lenient::{Decimal, Flag, List, Maybe, Text, Whole, array};
use super::unreadable;
use crate::domain::failure::Failure;
use crate::domain::tender::{PaymentMethod, PaymentMethods, Tender, Token};

/// The only payment method that needs nothing but the buyer's own wallet.
const OWN_WALLET: &str = "USER_WALLET";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Via<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    available: Flag,
    currencies: List<Currency<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Currency<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    is_suspended: Flag,
    threshold: Decimal,
    networks: List<Network<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Network<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    display_name: Text<'a>,
    is_suspended: Flag,
    chain_id: Whole,
    threshold: Decimal,
    estimated_transfer_cost: Text<'a>,
    smart_contract: Maybe<Contract<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Contract<'a> {
    #[serde(borrow)]
    address: Text<'a>,
    decimals: Whole,
}

/// Parses the methods for the buyer's own wallet, including suspended ones, without duplicates.
pub(in crate::api) fn payment_methods(json: &str) -> Result<PaymentMethods, Failure> {
    let json = array(json, ["payment_vias", "vias", "data", "items"])
        .ok_or_else(|| unreadable("it holds no ways to pay"))?;
    let mut payment_methods: Vec<PaymentMethod> = Vec::new();
    for via in List::<Via<'_>>::read(json).items {
        if via.name.or_empty() != OWN_WALLET || via.available.0 == Some(false) {
            continue;
        }
        for currency in &via.currencies.items {
            for network in &currency.networks.items {
                payment_methods.extend(payment_method(currency, network));
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    payment_methods.retain(|payment_method| seen.insert(payment_method.tender.clone()));
    Ok(PaymentMethods::new(payment_methods))
}

/// Converts a coin on a network. Returns `None` if either has no name to send.
fn payment_method(currency: &Currency<'_>, network: &Network<'_>) -> Option<PaymentMethod> {
    let tender = Tender { coin: currency.name.verbatim()?, network: network.name.verbatim()? };
    let token = network.smart_contract.0.as_ref().and_then(|contract| {
        let decimals = contract.decimals.0.and_then(|decimals| u8::try_from(decimals).ok())?;
        Some(Token { address: contract.address.as_str()?.to_owned(), decimals })
    });
    Some(PaymentMethod {
        network_name: network.display_name.printable().or_else(|| network.name.printable())?,
        suspended: currency.is_suspended.is_set() || network.is_suspended.is_set(),
        // The network's own minimum is the one that the shop enforces.
        minimum: network.threshold.positive().or(currency.threshold.positive()),
        chain_id: network.chain_id.0,
        token,
        transfer_cost: network.estimated_transfer_cost.printable(),
        tender,
    })
}
