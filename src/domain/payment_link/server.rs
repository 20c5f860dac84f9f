//! Validates the supplier's text for a QR code: it is used only if it matches the requested payment.

use super::{Amount, Ask, ETHER_DECIMALS, UriScheme};

/// Longer texts are rejected; a QR code could not hold them either.
const LONGEST: usize = 4296;

/// Keys whose values no wallet acts on.
const REMARKS: &[&str] = &["label", "message"];

/// How much of the requested payment a text of the supplier contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreed {
    /// The address and the amount.
    WithAmount,
    /// The address, without an amount.
    AddressOnly,
}

/// Checks that the text is a link for exactly the requested payment: the same address, the same amount if it
/// has one, the same chain and token, and no unknown keys. Returns `None` if it is not.
///
/// The bare address also returns `None`: it is no more complete than the address itself.
pub(super) fn agreement(payment_method: &UriScheme<'_>, ask: &Ask<'_>, text: &str) -> Option<Agreed> {
    // `#` would start a fragment, which is not checked.
    if text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
        return None;
    }
    let (scheme, rest) = text.split_once(':')?;
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    let query = Query::read(query)?;
    let is = |own: &str| scheme.eq_ignore_ascii_case(own);
    let (goes_there, named) = match *payment_method {
        UriScheme::Coin { scheme } => {
            (is(scheme) && same(path, ask.address) && query.has_only(&["amount"]), query.coins(ask))
        }
        UriScheme::Sol => {
            (is("solana") && path == ask.address && query.has_only(&["amount"]), query.coins(ask))
        }
        UriScheme::Lightning { asked } => {
            (is("lightning") && same(path, ask.address) && query.0.is_empty(), asked.map(|_| true))
        }
        UriScheme::Ether { chain } => {
            let there = target(path, chain).is_some_and(|to| same_hex(to, ask.address));
            let named = query.units("value", ask.amount, ETHER_DECIMALS);
            (is("ethereum") && there && query.has_only(&["value"]), named)
        }
        UriScheme::Token { chain, contract, decimals } => {
            let token = path.strip_suffix("/transfer").and_then(|path| target(path, chain));
            let there = token.is_some_and(|token| same_hex(token, contract))
                && query.value("address").is_some_and(|to| same_hex(to, ask.address));
            let named = query.units("uint256", ask.amount, decimals);
            (is("ethereum") && there && query.has_only(&["address", "uint256"]), named)
        }
        UriScheme::Bare => (false, None),
    };
    match named {
        _ if !goes_there => None,
        Some(true) => Some(Agreed::WithAmount),
        Some(false) => None,
        None => Some(Agreed::AddressOnly),
    }
}

/// Returns the address before `@chain` if the chain is the requested one. Without a chain, it is Ethereum.
fn target(path: &str, chain: u64) -> Option<&str> {
    let path = path.strip_prefix("pay-").unwrap_or(path);
    let (address, told) = path.split_once('@').unwrap_or((path, "1"));
    (told == chain.to_string()).then_some(address)
}

/// Returns whether two addresses are equal: exactly, unless both are bech32, which may be all upper case.
fn same(one: &str, other: &str) -> bool {
    // Base58 addresses of these coins never start like this, and they are case-sensitive.
    let bech32 = |text: &str| {
        let start = text.to_ascii_lowercase();
        ["bc1", "ltc1", "lnbc"].iter().any(|word| start.starts_with(word))
            && (start == text || start.to_ascii_uppercase() == text)
    };
    one == other || (bech32(one) && bech32(other) && one.eq_ignore_ascii_case(other))
}

/// Returns whether two hexadecimal addresses are equal. If `one` has upper-case letters, which are a
/// checksum, they must be those of `other`: a wallet would reject it otherwise.
fn same_hex(one: &str, other: &str) -> bool {
    let plain = one == one.to_ascii_lowercase();
    one == other || (plain && one.eq_ignore_ascii_case(other))
}

/// The keys and values after `?`.
struct Query<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Query<'a> {
    /// Parses the pairs. Returns `None` if one is malformed or a key is repeated (wallets differ on which
    /// value counts).
    fn read(text: Option<&'a str>) -> Option<Self> {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for pair in text.into_iter().flat_map(|text| text.split('&')) {
            let (key, value) = pair.split_once('=')?;
            if !is_escaped_well(value) || pairs.iter().any(|(known, _)| *known == key) {
                return None;
            }
            pairs.push((key, value));
        }
        Some(Self(pairs))
    }

    fn value(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    /// Returns whether all keys are among these or have no effect.
    fn has_only(&self, keys: &[&str]) -> bool {
        self.0.iter().all(|(key, _)| keys.contains(key) || REMARKS.contains(key))
    }

    /// Returns whether the amount in coins is the requested one, or `None` without an amount.
    fn coins(&self, ask: &Ask<'_>) -> Option<bool> {
        self.value("amount").map(|text| text.parse() == Ok(ask.amount))
    }

    /// Returns whether the amount in smallest units is the requested one, or `None` without an amount.
    fn units(&self, key: &str, asked: Amount, decimals: u8) -> Option<bool> {
        let told = units(self.value(key)?);
        Some(told.is_some() && told == asked.atomic_units(decimals))
    }
}

/// Parses an EIP-681 number, such as `2014000000000000000` or `2.014e18`.
fn units(text: &str) -> Option<String> {
    let is_whole = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A whole number may be longer than an amount can hold: 256 bits have 78 digits.
    if is_whole(text) {
        let digits = text.trim_start_matches('0');
        return Some(if digits.is_empty() { "0" } else { digits }.to_owned());
    }
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent = exponent.parse().ok().filter(|power| is_whole(exponent) && *power <= 77)?;
    mantissa.parse::<Amount>().ok()?.atomic_units(exponent)
}

/// Returns whether every `%` is followed by two hexadecimal digits that do not encode a control character.
fn is_escaped_well(value: &str) -> bool {
    value.split('%').skip(1).all(|after| {
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        byte.is_some_and(|byte| !byte.is_ascii_control()) && !after.starts_with('+')
    })
}
