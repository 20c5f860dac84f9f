//! Addresses of every network: right, damaged, of a test network, of another network, disguised.

use proptest::prelude::*;

use super::*;

/// What a verdict should be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Is {
    Right,
    NotChecked,
    Damaged,
    Test,
    Other(&'static str),
    NotOne,
    Nobody,
}
use Is::{Damaged, Nobody, NotChecked, NotOne, Other, Right, Test};

fn is(verdict: &Verdict) -> Option<Is> {
    match verdict {
        Verdict::Right(_) => Some(Right),
        Verdict::NotChecked(_) => Some(NotChecked),
        Verdict::Wrong(Fault::Checksum | Fault::Invoice(InvoiceError::Checksum)) => Some(Damaged),
        Verdict::Wrong(Fault::TestNetwork(_) | Fault::Invoice(InvoiceError::WrongNetwork)) => Some(Test),
        Verdict::Wrong(Fault::OtherNetwork { is, .. }) => Some(Other(is)),
        Verdict::Wrong(Fault::NotOne(_) | Fault::Invoice(InvoiceError::NotAnInvoice)) => Some(NotOne),
        Verdict::Wrong(Fault::Nobody) => Some(Nobody),
        Verdict::Wrong(_) => None,
    }
}

const P2PKH: &str = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";
const P2SH: &str = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy";
const SEGWIT: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const TAPROOT: &str = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";
const DOGE: &str = "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L";
const TRON: &str = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
const SOLANA: &str = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
const EVM: &str = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";
const TON: &str = "EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2";
const SUI: &str = "0x02a212de6a9dfa3a69e22387acfbafbb1a9e591bd9d636e7895dcfc8de05f331";
const INVOICE: &str = crate::domain::bolt11::EXAMPLE;

const TABLE: &[(&str, &str, &str, Is)] = &[
    ("BTC", "Mainnet", P2PKH, Right),
    ("BTC", "Mainnet", P2SH, Right),
    ("BTC", "Mainnet", SEGWIT, Right),
    ("BTC", "Mainnet", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Right),
    ("BTC", "Mainnet", "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3", Right),
    ("BTC", "Mainnet", TAPROOT, Right),
    ("BTC", "Mainnet", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", Damaged),
    ("BTC", "Mainnet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", Damaged),
    ("BTC", "Mainnet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4", Damaged),
    // Taproot under the old checksum, a program of a wrong length (BIP-350).
    ("BTC", "Mainnet", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", Damaged),
    ("BTC", "Mainnet", "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", Damaged),
    ("BTC", "Mainnet", "BC1SW50QGDZ25J", NotChecked),
    ("BTC", "Mainnet", "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", Test),
    ("BTC", "Mainnet", "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc", Test),
    ("BTC", "Mainnet", "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", Test),
    ("BTC", "Mainnet", DOGE, Other("Dogecoin")),
    ("BTC", "Mainnet", TRON, Other("Tron")),
    ("BTC", "Mainnet", EVM, Other("Ethereum and its kin")),
    ("BTC", "Mainnet", SOLANA, Other("Solana")),
    ("BTC", "Mainnet", INVOICE, Other("Lightning")),
    ("BTC", "Mainnet", "bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", NotOne),
    ("BTC", "Mainnet", "hello", NotOne),
    ("BTC", "Mainnet", "1", NotOne),
    ("BTC", "Lightning", INVOICE, Right),
    ("BTC", "Lightning", SEGWIT, Other("Bitcoin")),
    ("BTC", "Lightning", "lnbc1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfq", Damaged),
    ("LTC", "Mainnet", "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9", Right),
    ("LTC", "Mainnet", "LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9", Right),
    ("LTC", "Mainnet", "MQMcJhpWHYVeQArcZR3sBgyPZxxRtnH441", Right),
    ("LTC", "Mainnet", P2SH, NotChecked),
    ("LTC", "Mainnet", "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n8", Damaged),
    ("LTC", "Mainnet", "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", Test),
    ("LTC", "Mainnet", SEGWIT, Other("Bitcoin")),
    ("LTC", "Mainnet", P2PKH, Other("Bitcoin")),
    ("DOGE", "Mainnet", DOGE, Right),
    ("DOGE", "Mainnet", "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7M", Damaged),
    ("DOGE", "Mainnet", "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc", Test),
    ("DOGE", "Mainnet", P2PKH, Other("Bitcoin")),
    ("USDT", "Tron", TRON, Right),
    ("TRX", "Tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u", Damaged),
    ("USDT", "Tron", EVM, Other("Ethereum and its kin")),
    ("USDT", "Tron", P2PKH, Other("Bitcoin")),
    ("USDT", "Tron", "41a614f803b6fd780986a42c78ec9c7f77e6ded13c", NotOne),
    ("USDC", "Solana", SOLANA, Right),
    ("SOL", "Solana", "11111111111111111111111111111111", Nobody),
    // Cut by one letter it can still be one: 32 bytes are all that the rule of Solana asks for.
    ("SOL", "Solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1", Right),
    ("SOL", "Solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt", NotOne),
    ("SOL", "Solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt0v", NotOne),
    ("SOL", "Solana", TRON, Other("Tron")),
    ("ETH", "ETH Mainnet", EVM, Right),
    ("USDC", "Base", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Right),
    ("USDC", "Polygon (Matic)", "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359", Right),
    ("USDC", "Arbitrum", "0xaf88d065e77c8cC2239327C5EDb3A432268e5831", Right),
    ("USDC", "Optimism", "0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85", Right),
    ("ETH", "ETH Mainnet", "0x52908400098527886E0F7030069857D2E4169EE7", NotChecked),
    ("ETH", "ETH Mainnet", "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913", NotChecked),
    ("ETH", "ETH Mainnet", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02914", Damaged),
    ("ETH", "ETH Mainnet", "0x833589FCD6eDb6E08f4c7C32D4f71b54bdA02913", Damaged),
    ("ETH", "ETH Mainnet", "0x0000000000000000000000000000000000000000", Nobody),
    ("ETH", "ETH Mainnet", "833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", NotOne),
    ("ETH", "ETH Mainnet", "0X833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", NotOne),
    ("ETH", "ETH Mainnet", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA0291", NotOne),
    ("ETH", "ETH Mainnet", TRON, Other("Tron")),
    ("ETH", "ETH Mainnet", SUI, Other("Sui")),
    ("TON", "TON", TON, Right),
    ("TON", "TON", "EQDtFpEwcFAEcRe5mLVh2N6C0x+/hJEM7W61/JLnSF74p4q2", Right),
    ("TON", "TON", "EQDtFpEwcFAEcRe5mLVh2N6C0x-/hJEM7W61_JLnSF74p4q2", NotOne),
    ("TON", "TON", "EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q3", Damaged),
    ("TON", "TON", "EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9c", Nobody),
    ("TON", "TON", "0:ed1691307050047117b998b561d8de82d31fbf84910ced6eb5fc92e7485ef8a7", NotChecked),
    ("TON", "TON", "7:ed1691307050047117b998b561d8de82d31fbf84910ced6eb5fc92e7485ef8a7", NotOne),
    ("TON", "TON", EVM, Other("Ethereum and its kin")),
    ("SUI", "SUI", SUI, NotChecked),
    ("SUI", "SUI", "0x2", NotOne),
    ("SUI", "SUI", EVM, Other("Ethereum and its kin")),
    ("XRP", "Ripple", "rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh", NotChecked),
];

#[test]
fn every_network_knows_its_own() {
    for (coin, network, address, expected) in TABLE {
        let verdict = check(coin, network, address);
        assert_eq!(is(&verdict), Some(*expected), "{coin} {network} {address}: {verdict:?}");
        if let Some(shown) = verdict.address() {
            assert_eq!(shown.as_str(), *address, "to the letter");
        }
    }
}

#[test]
fn an_address_of_ton_for_test_networks_is_wrong() {
    // The same account, flagged for test networks, with its right checksum.
    let address = "kQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74pzE8";
    assert_eq!(is(&check("TON", "TON", address)), Some(Test));
}

#[test]
fn disguises_are_wrong_everywhere() {
    let networks =
        [("BTC", "Mainnet"), ("USDC", "Base"), ("SOL", "Solana"), ("TON", "TON"), ("X", "Unknown")];
    for (coin, network) in networks {
        for address in [P2PKH, EVM, SOLANA, TON] {
            let (head, tail) = address.split_at(6);
            for middle in
                [" ", "\n", "\t", "\0", "\u{1b}", "\u{7f}", "\u{200b}", "\u{202e}", "а", "Е", "０", "é"]
            {
                for disguised in [
                    format!("{head}{middle}{tail}"),
                    format!("{address}{middle}"),
                    format!("{middle}{address}"),
                ] {
                    assert_eq!(
                        check(coin, network, &disguised),
                        Verdict::Wrong(Fault::StrangeCharacter),
                        "{disguised:?}"
                    );
                }
            }
        }
        assert_eq!(check(coin, network, ""), Verdict::Wrong(Fault::Missing));
    }
}

#[test]
fn of_an_unknown_network_only_the_impossible_is_wrong() {
    for text in ["a", "<script>", "a?b=c", "a&b1", &"a".repeat(257)] {
        assert_eq!(check("XMR", "Monero", text), Verdict::Wrong(Fault::NoAddress), "{text}");
    }
    assert_eq!(rule_for("XMR", "Monero"), None);
    assert_eq!(rule_for("BTC", "mainnet"), None, "names are to the letter");
    assert_eq!(rule_for("XYZ", "Mainnet"), None);
}

#[test]
fn groups_are_fours_and_lose_nothing() {
    let groups = |coin, network, text| {
        let verdict = check(coin, network, text);
        verdict.address().map(|address| address.groups().join(" "))
    };
    let shown = groups("USDC", "Base", EVM);
    assert_eq!(shown.as_deref(), Some("0x 8335 89fC D6eD b6E0 8f4c 7C32 D4f7 1b54 bdA0 2913"));
    let shown = groups("BTC", "Mainnet", P2PKH);
    assert_eq!(shown.as_deref(), Some("1BvB MSEY stWe tqTF n5Au 4m4G Fg7x JaNV N2"));
    let shown = groups("BTC", "Lightning", INVOICE).unwrap();
    assert!(shown.starts_with("lnbc 2500 u1pv"));
    assert_eq!(shown.replace(' ', ""), INVOICE);
}

#[test]
fn faults_are_sentences() {
    for (coin, network, address, _) in TABLE {
        if let Verdict::Wrong(fault) = check(coin, network, address) {
            let sentence = fault.to_string();
            assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{sentence}");
        }
    }
}

#[test]
fn a_refund_goes_by_the_same_rules() {
    assert_eq!(looks_like_refund_address("LTC", "Mainnet", DOGE), check("LTC", "Mainnet", DOGE));
}

proptest! {
    /// The checksums promise less than certainty; a single letter they always notice.
    #[test]
    fn one_changed_letter_is_never_right(
        (coin, network, address) in prop::sample::select(vec![
            ("BTC", "Mainnet", P2PKH), ("BTC", "Mainnet", SEGWIT), ("BTC", "Mainnet", TAPROOT),
            ("DOGE", "Mainnet", DOGE), ("TRX", "Tron", TRON), ("TON", "TON", TON),
        ]),
        at in 0_usize..34,
        with in "[!-~]",
    ) {
        prop_assume!(address.get(at..=at) != Some(with.as_str()));
        // In a word of base64, either alphabet says the same.
        prop_assume!(!"+-/_".contains(&with));
        let mut changed = address.to_owned();
        changed.replace_range(at..=at, &with);
        let verdict = check(coin, network, &changed);
        prop_assert!(matches!(verdict, Verdict::Wrong(_)), "{}", changed);
    }

    #[test]
    fn whatever_comes_is_answered(text in "(0x|bc1|ltc1|ln|0:)?[0-9a-zA-Z+/_-]{0,90}|.{0,60}") {
        for (coin, network, _, _) in TABLE {
            if let Some(address) = check(coin, network, &text).address() {
                prop_assert_eq!(address.groups().concat(), text.as_str());
                prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }
}
