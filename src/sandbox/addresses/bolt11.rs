//! Lightning invoices (BOLT11) with a valid checksum, the right amount, and a signature of no node.

use bech32::primitives::iter::{ByteIterExt, Fe32IterExt};
use bech32::{Bech32, Fe32, Hrp};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::WARNING;

/// The contents of an invoice.
#[derive(Clone, Debug)]
pub struct Invoice {
    /// The amount in BTC, with eleven decimals at most.
    pub amount: Decimal,
    /// When it was created, in Unix seconds.
    pub created_at: u64,
    /// Seconds from `created_at` until it expires.
    pub expires_in: u64,
    /// The hash that the payer's preimage would have to match.
    pub payment_hash: [u8; 32],
    /// The secret that the payer repeats to the payee.
    pub payment_secret: [u8; 32],
    /// The description that the payer sees.
    pub description: String,
}

/// The feature bits of every modern invoice: variable onions and payment secrets, both required.
const FEATURES: [u8; 3] = [16, 8, 0];

impl Invoice {
    /// Creates the invoice of an order. No wallet can pay it, because its signature belongs to no node.
    pub fn of_order(order: Uuid, amount: Decimal, created_at: u64, expires_in: u64) -> Self {
        let mut hash = [0; 32];
        for (slot, byte) in hash.iter_mut().zip(WARNING.bytes().chain([b'!']).chain(*order.as_bytes())) {
            *slot = byte;
        }
        Self {
            amount,
            created_at,
            expires_in,
            payment_hash: hash,
            payment_secret: [0x11; 32],
            description: format!("Sandbox order {order}: do not pay"),
        }
    }

    /// Encodes the invoice, with a signature made of text instead of a key. Returns `None` for an amount that
    /// the format cannot represent.
    pub fn encode(&self) -> Option<String> {
        let mut signature = [0; 65];
        for (slot, byte) in signature.iter_mut().zip(WARNING.bytes().cycle()) {
            *slot = byte;
        }
        // The last byte is the recovery id: it selects one of two points on the curve.
        signature[64] = 0;
        self.encode_signed(&signature.iter().copied().bytes_to_fes().collect::<Vec<_>>())
    }

    /// Encodes the invoice with the given signature, in 5-bit words.
    fn encode_signed(&self, signature: &[Fe32]) -> Option<String> {
        let hrp = Hrp::parse(&format!("lnbc{}", amount_text(self.amount)?)).ok()?;
        let mut words = number(self.created_at, 7)?;
        field(&mut words, 's', &bytes(&self.payment_secret))?;
        field(&mut words, 'p', &bytes(&self.payment_hash))?;
        field(&mut words, 'd', &bytes(self.description.as_bytes()))?;
        field(&mut words, 'x', &shortest(self.expires_in)?)?;
        let features: Option<Vec<Fe32>> = FEATURES.iter().map(|word| Fe32::try_from(*word).ok()).collect();
        field(&mut words, '9', &features?)?;
        words.extend_from_slice(signature);
        Some(words.into_iter().with_checksum::<Bech32>(&hrp).chars().collect())
    }
}

/// Returns the amount in the shortest form of the specification: `2500u`, `328330n`.
fn amount_text(btc: Decimal) -> Option<String> {
    if btc <= Decimal::ZERO {
        return None;
    }
    let pico = btc.checked_mul(Decimal::from(1_000_000_000_000_u64))?.normalize();
    // The smallest amount is one millisatoshi: ten pico-bitcoin.
    if !(pico % Decimal::TEN).is_zero() {
        return None;
    }
    let units = [(1_000_000_000_000_u64, ""), (1_000_000_000, "m"), (1_000_000, "u"), (1000, "n"), (1, "p")];
    units.into_iter().find_map(|(size, letter)| {
        let size = Decimal::from(size);
        (pico % size).is_zero().then(|| format!("{}{letter}", (pico / size).normalize()))
    })
}

/// Appends a tagged field: its letter, its length in words, and its words.
fn field(words: &mut Vec<Fe32>, tag: char, value: &[Fe32]) -> Option<()> {
    words.push(Fe32::from_char(tag).ok()?);
    words.extend(number(u64::try_from(value.len()).ok()?, 2)?);
    words.extend_from_slice(value);
    Some(())
}

/// Returns a number as this many 5-bit words, most significant first.
fn number(value: u64, words: u32) -> Option<Vec<Fe32>> {
    (0..words).rev().map(|place| Fe32::try_from((value >> (5 * place)) & 0x1f).ok()).collect()
}

/// Returns a number without leading zero words.
fn shortest(value: u64) -> Option<Vec<Fe32>> {
    let all = number(value, 12)?;
    Some(all.into_iter().skip_while(|word| *word == Fe32::Q).collect())
}

/// Returns bytes as 5-bit words, padded with zeros.
fn bytes(value: &[u8]) -> Vec<Fe32> {
    value.iter().copied().bytes_to_fes().collect()
}

#[cfg(test)]
mod tests {
    use bech32::primitives::decode::CheckedHrpstring;

    use super::*;

    /// "Please send $3 for a cup of coffee to the same peer, within one minute", from BOLT #11.
    const COFFEE: &str = "lnbc2500u1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5r\
                          qwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpu9qrsgquk0rl77nj30\
                          yxdy8j9vdx85fkpmdla2087ne0xh8nhedh8w27kyke0lp53ut353s06fv3qfegext0eh0ymjpf39tuven09sam\
                          30g4vgpfna3rh";

    fn words_of(invoice: &str) -> Vec<Fe32> {
        let checked = CheckedHrpstring::new::<Bech32>(invoice).expect("checksum");
        checked
            .data_part_ascii_no_checksum()
            .iter()
            .map(|c| Fe32::from_char(char::from(*c)).expect("word"))
            .collect()
    }

    fn btc(text: &str) -> Decimal {
        text.parse().expect("decimal")
    }

    #[test]
    fn the_published_coffee_invoice_is_reproduced_to_the_letter() {
        let mut hash = [0; 32];
        for (index, slot) in hash.iter_mut().enumerate() {
            let digit = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9][index % 10];
            *slot = if index == 30 {
                1
            } else if index == 31 {
                2
            } else {
                digit
            };
        }
        let words = words_of(COFFEE);
        let invoice = Invoice {
            amount: btc("0.0025"),
            created_at: 1_496_314_658,
            expires_in: 60,
            payment_hash: hash,
            payment_secret: [0x11; 32],
            description: "1 cup coffee".to_owned(),
        };
        assert_eq!(invoice.encode_signed(&words[words.len() - 104..]).as_deref(), Some(COFFEE));
    }

    #[test]
    fn amounts_take_the_shortest_form() {
        let forms = [
            ("0.00032833", "328330n"),
            ("0.0025", "2500u"),
            ("0.02", "20m"),
            ("1", "1"),
            ("0.00967878534", "9678785340p"),
            ("21.5", "21500m"),
        ];
        for (amount, text) in forms {
            assert_eq!(amount_text(btc(amount)).as_deref(), Some(text));
        }
        assert_eq!(amount_text(btc("0")), None);
        assert_eq!(amount_text(btc("0.000000000001")), None);
    }

    #[test]
    fn an_order_gets_an_invoice_that_checks_and_expires() {
        let order = Uuid::from_u128(7);
        let invoice =
            Invoice::of_order(order, btc("0.00032833"), 1_800_000_000, 3600).encode().expect("encodes");
        assert!(invoice.starts_with("lnbc328330n1"), "{invoice}");
        let words = words_of(&invoice);
        let expiry: Vec<Fe32> =
            [Fe32::X, Fe32::Q, Fe32::R].into_iter().chain(shortest(3600).expect("fits")).collect();
        assert!(words.windows(expiry.len()).any(|window| window == expiry));
    }
}
