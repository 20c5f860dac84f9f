//! The text of an order's QR code (contract, section 7).

use rust_decimal::Decimal;

use super::super::payment_methods::PaymentMethod;

/// Returns the text, or `None` if the shop omits it. `odd` orders omit it where that was observed.
pub fn text(payment_method: &PaymentMethod, address: &str, amount: Decimal, odd: bool) -> Option<String> {
    match (payment_method.coin, payment_method.network) {
        (_, "Lightning") => Some(format!("lightning:{address}")),
        ("BTC", _) => Some(format!("bitcoin:{address}?amount={amount}")),
        ("LTC", _) => Some(format!("litecoin:{address}?amount={amount}")),
        ("DOGE", _) => Some(format!("dogecoin:{address}?amount={amount}")),
        // On Solana the real shop has the bare address, for coins and tokens alike.
        (_, "Solana") => Some(address.to_owned()),
        _ if odd => None,
        _ => match (payment_method.chain_id, payment_method.contract) {
            (None, _) => Some(address.to_owned()),
            (Some(chain), None) => Some(format!("ethereum:{address}@{chain}?value={}", atomic(amount, 18)?)),
            (Some(chain), Some((token, decimals))) => {
                let units = atomic(amount, decimals)?;
                Some(format!("ethereum:{token}@{chain}/transfer?address={address}&uint256={units}"))
            }
        },
    }
}

/// Returns an amount in the smallest units of a coin.
fn atomic(amount: Decimal, decimals: u8) -> Option<String> {
    let scale = Decimal::from(10_u64.checked_pow(u32::from(decimals))?);
    Some(amount.checked_mul(scale)?.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::super::super::payment_methods;
    use super::*;

    fn of(coin: &str, network: &str, odd: bool) -> Option<String> {
        text(
            payment_methods::find(coin, network).expect("a payment method"),
            "ADDR",
            Decimal::new(1126, 2),
            odd,
        )
    }

    #[test]
    fn every_rail_has_the_text_that_the_contract_tells() {
        assert_eq!(of("BTC", "Mainnet", false).as_deref(), Some("bitcoin:ADDR?amount=11.26"));
        assert_eq!(of("BTC", "Lightning", false).as_deref(), Some("lightning:ADDR"));
        assert_eq!(of("USDC", "Solana", true).as_deref(), Some("ADDR"));
        assert_eq!(
            of("ETH", "Base", false).as_deref(),
            Some("ethereum:ADDR@8453?value=11260000000000000000")
        );
        let token =
            "ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer?address=ADDR&uint256=11260000";
        assert_eq!(of("USDC", "Base", false).as_deref(), Some(token));
        assert_eq!(of("USDC", "Base", true), None);
        assert_eq!(of("USDT", "Tron", false).as_deref(), Some("ADDR"));
    }
}
