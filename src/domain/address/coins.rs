//! Base58 and bech32 addresses: Bitcoin, Litecoin, Dogecoin, Tron and Solana.

use bech32::primitives::gf32::Fe32;
use bech32::segwit;

use super::{Fault, Rule, Trust};

/// The prefixes that distinguish a chain's addresses from those of related chains.
pub(super) struct Coin {
    /// Base58 versions used by this chain only.
    own: &'static [u8],
    /// Base58 versions shared with another chain, where the checksum is valid too.
    shared: &'static [u8],
    /// Base58 versions of its test networks.
    test: &'static [u8],
    /// The prefix of its segwit addresses, if it has those.
    hrp: Option<&'static str>,
    /// The segwit prefixes of its test networks.
    test_hrps: &'static [&'static str],
}

pub(super) const BITCOIN: Coin = Coin {
    own: &[0x00, 0x05],
    shared: &[],
    test: &[0x6f, 0xc4],
    hrp: Some("bc"),
    test_hrps: &["tb", "bcrt"],
};

/// Litecoin's script addresses once had the same version as Bitcoin's (`3…`). The checksum does not tell
/// which chain is meant.
pub(super) const LITECOIN: Coin = Coin {
    own: &[0x30, 0x32],
    shared: &[0x05],
    test: &[0x6f, 0xc4, 0x3a],
    hrp: Some("ltc"),
    test_hrps: &["tltc", "rltc"],
};

pub(super) const DOGECOIN: Coin =
    Coin { own: &[0x1e, 0x16], shared: &[], test: &[0x71, 0xc4], hrp: None, test_hrps: &[] };

/// Longer texts are not decoded: base58 decoding takes quadratic time.
const LONGEST_BASE58: usize = 64;

/// Validates a Bitcoin, Litecoin or Dogecoin address.
pub(super) fn judge(coin: &Coin, rule: Rule, address: &str) -> Result<Trust, Fault> {
    if let Some((word, _)) = address.rsplit_once('1').filter(|(word, _)| !word.is_empty()) {
        let word = word.to_ascii_lowercase();
        if coin.test_hrps.contains(&word.as_str()) {
            return Err(Fault::TestNetwork(rule.name()));
        }
        if coin.hrp == Some(&word) {
            return judge_segwit(address);
        }
    }
    let version = version(address, rule)?;
    if coin.own.contains(&version) {
        Ok(Trust::Proven)
    } else if coin.shared.contains(&version) {
        Ok(Trust::Unproven)
    } else if coin.test.contains(&version) {
        Err(Fault::TestNetwork(rule.name()))
    } else {
        Err(Fault::NotOne(rule.name()))
    }
}

/// Validates the checksum, form and length of a segwit address.
fn judge_segwit(address: &str) -> Result<Trust, Fault> {
    let (_, version, program) = segwit::decode(address).map_err(|_| Fault::Checksum)?;
    // Later witness versions are not defined yet: anyone could spend what is sent there.
    let in_use = version == Fe32::Q || (version == Fe32::P && program.len() == 32);
    Ok(if in_use { Trust::Proven } else { Trust::Unproven })
}

/// Returns the version of a base58 address of 20 bytes with a valid checksum.
fn version(address: &str, rule: Rule) -> Result<u8, Fault> {
    let bytes = base58(address).filter(|bytes| bytes.len() == 25).ok_or(Fault::NotOne(rule.name()))?;
    let checked = bs58::decode(address).with_check(None).into_vec();
    checked.ok().and(bytes.first().copied()).ok_or(Fault::Checksum)
}

fn base58(address: &str) -> Option<Vec<u8>> {
    if address.len() > LONGEST_BASE58 {
        return None;
    }
    bs58::decode(address).into_vec().ok()
}

/// Validates a Tron address.
pub(super) fn judge_tron(address: &str) -> Result<Trust, Fault> {
    let not_one = Fault::NotOne(Rule::Tron.name());
    if version(address, Rule::Tron)? == 0x41 { Ok(Trust::Proven) } else { Err(not_one) }
}

/// Validates a Solana address. It has no checksum: its only rule is a length of exactly 32 bytes.
pub(super) fn judge_solana(address: &str) -> Result<Trust, Fault> {
    let bytes = base58(address).filter(|bytes| bytes.len() == 32);
    let bytes = bytes.ok_or(Fault::NotOne(Rule::Solana.name()))?;
    if bytes.iter().all(|byte| *byte == 0) { Err(Fault::Nobody) } else { Ok(Trust::Proven) }
}
