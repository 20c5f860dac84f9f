//! Deposit addresses with valid format and checksum that differ for every order and belong to nobody.

pub mod bolt11;
pub mod qr;
pub mod ton;

use sha3::{Digest, Keccak256};
use uuid::Uuid;

use super::payment_methods::PaymentMethod;

/// The warning that every address spells if its alphabet allows letters.
pub const WARNING: &str = "SandboxDoNotPay";

/// The base58 alphabet, by value.
const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Returns the number of an order in its addresses: 64 bits derived from its id.
pub fn number_of(order: Uuid) -> u64 {
    let (high, low) = order.as_u64_pair();
    // Combining the halves keeps the fixed version bits of a UUID from appearing as constants in the address.
    high ^ low
}

/// Returns the deposit address of an order, or `None` if the payment method is unknown here.
///
/// Lightning has no address: see [`bolt11`].
pub fn deposit(payment_method: &PaymentMethod, order: Uuid) -> Option<String> {
    let number = number_of(order);
    let network = payment_method.network.to_ascii_lowercase();
    if payment_method.chain_id.is_some() {
        return Some(evm(number));
    }
    match (payment_method.coin, network.as_str()) {
        (_, name) if name.starts_with("sol") => Some(solana(number)),
        (_, name) if name.starts_with("tron") || name == "trx" => base58check('T', 0x41, number),
        (_, name) if name.starts_with("ton") => Some(ton::address(number)),
        (_, name) if name.starts_with("sui") => Some(sui(number)),
        ("BTC", _) => base58check('1', 0x00, number),
        ("LTC", _) => base58check('L', 0x30, number),
        ("DOGE", _) => base58check('D', 0x1e, number),
        ("TRX", _) => base58check('T', 0x41, number),
        ("SOL", _) => Some(solana(number)),
        ("TON", _) => Some(ton::address(number)),
        ("SUI", _) => Some(sui(number)),
        _ => None,
    }
}

/// Returns zeros, `DeaD` and the order's number, with the EIP-55 checksum.
pub fn evm(number: u64) -> String {
    eip55(&format!("{:020}dead{number:016x}", 0))
}

/// Applies the EIP-55 checksum to forty lower-case hexadecimal digits.
pub fn eip55(lower: &str) -> String {
    let hash = Keccak256::digest(lower.as_bytes());
    let spelled = lower.chars().zip(hash.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]));
    let mut address = String::from("0x");
    address
        .extend(spelled.map(|(digit, nibble)| if nibble >= 8 { digit.to_ascii_uppercase() } else { digit }));
    address
}

/// Returns 32 bytes whose base58 form begins with the warning. There is no key pair for them.
pub fn solana(number: u64) -> String {
    // 43 base58 digits that begin with an `S` are between 2^250 and 2^251: always 32 bytes.
    fill(&format!("{WARNING}{}", base58_number(number)), 43)
}

/// Returns `0x`, zeros, `dead` and the order's number.
pub fn sui(number: u64) -> String {
    format!("0x{:044}dead{number:016x}", 0)
}

/// Returns a version byte, twenty bytes that spell the warning in base58, and their checksum.
fn base58check(first: char, version: u8, number: u64) -> Option<String> {
    // Version 0 is written as a lone `1`, so those addresses are a digit shorter.
    let length = if version == 0 { 33 } else { 34 };
    let wanted = fill(&format!("{first}{WARNING}{}", base58_number(number)), length);
    let bytes = bs58::decode(wanted).into_vec().ok()?;
    let payload = bytes.get(..21)?;
    // The last four bytes are replaced by the checksum, which changes only the padding.
    (bytes.len() == 25 && payload.first() == Some(&version))
        .then(|| bs58::encode(payload).with_check().into_string())
}

/// Returns eleven base58 digits, exactly as many as 64 bits need.
fn base58_number(number: u64) -> String {
    let digit = |place| usize::try_from(number / 58_u64.pow(place) % 58).unwrap_or_default();
    (0..11).rev().map(|place| char::from(BASE58[digit(place)])).collect()
}

/// Pads the text with a mid-range digit up to the length, so that no checksum can carry into the text.
fn fill(text: &str, length: usize) -> String {
    format!("{text:U<length$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [u64; 4] = [0, 1, 0x0123_4567_89ab_cdef, u64::MAX];

    fn checked(first: char, version: u8) -> Vec<String> {
        NUMBERS.iter().map(|n| base58check(first, version, *n).expect("spells an address")).collect()
    }

    #[test]
    fn base58_addresses_carry_the_warning_and_a_right_checksum() {
        for (first, version) in [('1', 0x00), ('L', 0x30), ('D', 0x1e), ('T', 0x41)] {
            for address in checked(first, version) {
                assert!(address.starts_with(&format!("{first}{WARNING}")), "{address}");
                let payload = bs58::decode(&address).with_check(Some(version)).into_vec().expect("checksum");
                assert_eq!(payload.len(), 21, "{address}");
            }
        }
    }

    #[test]
    fn every_order_has_its_own_address() {
        let mut all: Vec<String> = [('1', 0x00), ('L', 0x30), ('D', 0x1e), ('T', 0x41)]
            .iter()
            .flat_map(|(first, version)| checked(*first, *version))
            .collect();
        all.extend(NUMBERS.iter().flat_map(|n| [evm(*n), solana(*n), sui(*n), ton::address(*n)]));
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn solana_addresses_are_thirty_two_bytes_that_say_so() {
        for number in NUMBERS {
            let address = solana(number);
            assert!(address.starts_with(WARNING));
            assert_eq!(bs58::decode(&address).into_vec().expect("base58").len(), 32, "{address}");
        }
    }

    #[test]
    fn evm_addresses_are_zeros_dead_and_a_number_under_eip_55() {
        let address = evm(0x0123_4567_89ab_cdef);
        assert!(address.to_lowercase().ends_with("00dead0123456789abcdef"), "{address}");
        assert_eq!(address.len(), 42);
        assert_eq!(eip55(&address[2..].to_lowercase()), address);
    }

    #[test]
    fn eip_55_spells_the_published_examples() {
        for published in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        ] {
            assert_eq!(eip55(&published[2..].to_lowercase()), published);
        }
    }

    #[test]
    fn sui_addresses_have_sixty_four_digits() {
        assert_eq!(sui(u64::MAX).len(), 66);
        assert!(sui(5).ends_with("dead0000000000000005"));
    }
}
