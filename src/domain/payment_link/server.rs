//! The supplier's text for a QR code, believed only as far as it repeats what was asked.

use super::{Amount, Ask, ETHER_DECIMALS, UriScheme};

/// Longer texts are not read; a QR code would not hold them either.
const LONGEST: usize = 4296;

/// Keys whose values no wallet acts on.
const REMARKS: &[&str] = &["label", "message"];

/// How far a text of the supplier agrees with what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreed {
    /// Address and amount.
    WithAmount,
    /// The address; it names no amount.
    AddressOnly,
}

/// Whether the text is a link that pays exactly what was asked: the same address, the same
/// amount if it has one, the same chain and token, and not one key that is not understood.
///
/// The bare address agrees too, but is no richer than the address itself.
pub(super) fn agreement(payment_method: &UriScheme<'_>, ask: &Ask<'_>, text: &str) -> Option<Agreed> {
    // `#` would begin a part of the link that is not looked at.
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

/// The address before `@chain`, if the chain is the one asked for; without one it is Ethereum.
fn target(path: &str, chain: u64) -> Option<&str> {
    let path = path.strip_prefix("pay-").unwrap_or(path);
    let (address, told) = path.split_once('@').unwrap_or((path, "1"));
    (told == chain.to_string()).then_some(address)
}

/// The same address: to the letter, unless both are bech32, which may be all capitals.
fn same(one: &str, other: &str) -> bool {
    // Base58 addresses of these coins never begin so, and there case is everything.
    let bech32 = |text: &str| {
        let start = text.to_ascii_lowercase();
        ["bc1", "ltc1", "lnbc"].iter().any(|word| start.starts_with(word))
            && (start == text || start.to_ascii_uppercase() == text)
    };
    one == other || (bech32(one) && bech32(other) && one.eq_ignore_ascii_case(other))
}

/// The same address in hexadecimal. Where `one` has capitals that are a checksum, they are
/// those of `other` or none: a wallet would refuse them otherwise.
fn same_hex(one: &str, other: &str) -> bool {
    let plain = one == one.to_ascii_lowercase();
    one == other || (plain && one.eq_ignore_ascii_case(other))
}

/// The keys and values behind `?`.
struct Query<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Query<'a> {
    /// Reads pairs; nothing when one is malformed or stands twice (wallets differ on which counts).
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

    /// Whether all keys are these or mere remarks.
    fn has_only(&self, keys: &[&str]) -> bool {
        self.0.iter().all(|(key, _)| keys.contains(key) || REMARKS.contains(key))
    }

    /// Whether the amount in coins is the one asked for; nothing without an amount.
    fn coins(&self, ask: &Ask<'_>) -> Option<bool> {
        self.value("amount").map(|text| text.parse() == Ok(ask.amount))
    }

    /// Whether the amount in smallest units is the one asked for; nothing without an amount.
    fn units(&self, key: &str, asked: Amount, decimals: u8) -> Option<bool> {
        let told = units(self.value(key)?);
        Some(told.is_some() && told == asked.atomic_units(decimals))
    }
}

/// EIP-681 writes numbers as `2014000000000000000` or `2.014e18`.
fn units(text: &str) -> Option<String> {
    let is_whole = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A whole number may be longer than an amount: 256 bits are 78 digits.
    if is_whole(text) {
        let digits = text.trim_start_matches('0');
        return Some(if digits.is_empty() { "0" } else { digits }.to_owned());
    }
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent = exponent.parse().ok().filter(|power| is_whole(exponent) && *power <= 77)?;
    mantissa.parse::<Amount>().ok()?.atomic_units(exponent)
}

/// Whether every `%` is followed by two hexadecimal digits, and none of them hides a control.
fn is_escaped_well(value: &str) -> bool {
    value.split('%').skip(1).all(|after| {
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        byte.is_some_and(|byte| !byte.is_ascii_control()) && !after.starts_with('+')
    })
}
