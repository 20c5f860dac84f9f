//! Hexadecimal addresses: Ethereum-compatible chains and Sui.

use sha3::{Digest, Keccak256};

use super::{Fault, Rule, Trust};

/// Validates an address of 20 bytes, including its EIP-55 checksum if it has mixed case.
pub(super) fn judge_evm(address: &str) -> Result<Trust, Fault> {
    let digits = hexadecimal(address, 40).ok_or(Fault::NotOne(Rule::Evm.name()))?;
    if digits.bytes().all(|digit| digit == b'0') {
        return Err(Fault::Nobody);
    }
    let has = |test: fn(&u8) -> bool| digits.as_bytes().iter().any(test);
    // An address in a single case carries no checksum.
    if !has(u8::is_ascii_lowercase) || !has(u8::is_ascii_uppercase) {
        return Ok(Trust::Unproven);
    }
    if has_right_capitals(digits) { Ok(Trust::Proven) } else { Err(Fault::Checksum) }
}

/// Validates a Sui address: 32 bytes, without a checksum.
pub(super) fn judge_sui(address: &str) -> Result<Trust, Fault> {
    let digits = hexadecimal(address, 64).ok_or(Fault::NotOne(Rule::Sui.name()))?;
    if digits.bytes().all(|digit| digit == b'0') { Err(Fault::Nobody) } else { Ok(Trust::Unproven) }
}

/// Returns the digits after `0x` if they are hexadecimal and have this length.
fn hexadecimal(address: &str, length: usize) -> Option<&str> {
    let digits = address.strip_prefix("0x")?;
    (digits.len() == length && digits.bytes().all(|digit| digit.is_ascii_hexdigit())).then_some(digits)
}

/// EIP-55: a letter is upper case if the matching nibble in the hash of the lower-case digits is 8 or more.
fn has_right_capitals(digits: &str) -> bool {
    let hash = Keccak256::digest(digits.to_ascii_lowercase());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .bytes()
        .zip(nibbles)
        .all(|(digit, nibble)| digit.is_ascii_digit() || digit.is_ascii_uppercase() == (nibble >= 8))
}
