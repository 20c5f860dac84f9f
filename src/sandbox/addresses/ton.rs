//! TON addresses in user-friendly form: a tag, a workchain, an account and a CRC-16, in base64url.

use super::WARNING;

/// The base64url alphabet, by value.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Returns the address of an order's number: non-bounceable, on the base chain, containing the warning.
pub fn address(number: u64) -> String {
    // `UQAA` is the tag 0x51 and workchain 0; eleven characters hold the 64 bits of the number.
    let digits: String = (0..11).rev().map(|place| symbol(number >> (6 * place))).collect();
    let text = format!("UQAA{WARNING}_{digits}");
    let mut bytes = decode(&format!("{text:_<48}"));
    bytes.truncate(34);
    let [high, low] = crc16(&bytes).to_be_bytes();
    bytes.extend([high, low]);
    encode(&bytes)
}

/// CRC-16/XMODEM, which TON addresses use.
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc: u16, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
        })
    })
}

/// Returns the character of the low six bits.
fn symbol(value: u64) -> char {
    let index = usize::try_from(value & 0x3f).unwrap_or_default();
    char::from(ALPHABET[index])
}

/// Encodes base64url without padding. The input is in whole groups of three bytes.
fn encode(bytes: &[u8]) -> String {
    bytes
        .chunks(3)
        .flat_map(|group| {
            let word = group.iter().fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
            [18, 12, 6, 0].map(|shift| symbol(word >> shift))
        })
        .collect()
}

/// Decodes base64url text in whole groups of four characters.
fn decode(text: &str) -> Vec<u8> {
    let values: Vec<u32> = text
        .bytes()
        .filter_map(|byte| ALPHABET.iter().position(|known| *known == byte))
        .filter_map(|index| u32::try_from(index).ok())
        .collect();
    values
        .chunks(4)
        .flat_map(|group| {
            let word = group.iter().fold(0, |word, value| (word << 6) | value);
            let [_, first, second, third] = word.to_be_bytes();
            [first, second, third]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_published_one() {
        // The check value of CRC-16/XMODEM.
        assert_eq!(crc16(b"123456789"), 0x31c3);
    }

    #[test]
    fn an_address_spells_the_warning_and_checks() {
        for number in [0, 7, u64::MAX] {
            let address = address(number);
            assert_eq!(address.len(), 48);
            assert!(address.starts_with("UQAASandboxDoNotPay"), "{address}");
            let bytes = decode(&address);
            assert_eq!(bytes.len(), 36);
            assert_eq!(crc16(&bytes[..34]).to_be_bytes(), bytes[34..]);
            assert_eq!(encode(&bytes), address);
        }
    }
}
