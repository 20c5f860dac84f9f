//! TON addresses: the friendly format with a checksum, and the raw format without one.

use super::{Fault, Rule, Trust};

/// The flag in the first byte of addresses for test networks only.
const TEST_ONLY: u8 = 0x80;

/// Validates a TON address.
pub(super) fn judge(address: &str) -> Result<Trust, Fault> {
    let not_one = Fault::NotOne(Rule::Ton.name());
    if let Some((workchain, account)) = address.split_once(':') {
        let hexadecimal = account.len() == 64 && account.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !hexadecimal || !["0", "-1"].contains(&workchain) {
            return Err(not_one);
        }
        let nobody = account.bytes().all(|digit| digit == b'0');
        return if nobody { Err(Fault::Nobody) } else { Ok(Trust::Unproven) };
    }
    let bytes = base64(address).ok_or(not_one)?;
    let [flags, workchain, rest @ ..] = bytes;
    let (account, _) = rest.split_at_checked(32).ok_or(not_one)?;
    if !matches!(flags & !TEST_ONLY, 0x11 | 0x51) || !matches!(workchain, 0x00 | 0xff) {
        return Err(not_one);
    }
    // The CRC of data followed by its own CRC is zero.
    if crc16(&bytes) != 0 {
        return Err(Fault::Checksum);
    }
    if flags & TEST_ONLY != 0 {
        return Err(Fault::TestNetwork(Rule::Ton.name()));
    }
    if account.iter().all(|byte| *byte == 0) { Err(Fault::Nobody) } else { Ok(Trust::Proven) }
}

/// Decodes 48 base64 characters to 36 bytes, in either alphabet but not a mix of both.
fn base64(text: &str) -> Option<[u8; 36]> {
    let letters: &[u8; 48] = text.as_bytes().try_into().ok()?;
    let has = |two: &[u8; 2]| letters.iter().any(|letter| two.contains(letter));
    if has(b"+/") && has(b"-_") {
        return None;
    }
    let mut bytes = [0; 36];
    for (four, three) in letters.chunks_exact(4).zip(bytes.chunks_exact_mut(3)) {
        let bits = four.iter().try_fold(0_u32, |bits, letter| Some(bits << 6 | six_bits(*letter)?))?;
        three.copy_from_slice(bits.to_be_bytes().get(1..)?);
    }
    Some(bytes)
}

fn six_bits(letter: u8) -> Option<u32> {
    let value = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// Computes CRC-16/XMODEM: polynomial 0x1021, initial value 0.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(
            crc ^ u16::from(*byte) << 8,
            |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
            },
        )
    })
}
