//! For every network, which address is shown, which is shown and marked as not checked, and which is refused.

use giftty::domain::order::{Order, Snapshot};
use giftty::domain::settlement::{self, Withheld};
use giftty::domain::tender::{PaymentMethods, Tender};
use giftty::domain::time::Timestamp;
use giftty::sandbox::addresses::{self, bolt11::Invoice};
use giftty::sandbox::payment_methods;
use uuid::Uuid;

use crate::support::domain::{amount, snapshot, terms};

/// What is done with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Show,
    Mark,
    Refuse,
}
use Done::{Mark, Refuse, Show};

const NOW: i64 = 1_800_000_000;
const ORDER: Uuid = Uuid::from_u128(0x00f9_d624_addc_5e4e_fd9e_cff8_fb08_a226);

/// What the Pay screen would do with an order over 0.0025 of a coin.
fn settled(coin: &str, network: &str, address: &str) -> Result<Done, Withheld> {
    let order = Order::new(Snapshot {
        terms: Some(terms(&Tender::new(coin, network), amount("0.0025"), address)),
        created_at: Some(Timestamp(NOW)),
        ..snapshot(&ORDER.to_string())
    });
    let settlement = settlement::check(&order, None, false, &PaymentMethods::default(), Timestamp(NOW + 60))?;
    assert_eq!(settlement.address.as_str(), address, "to the letter");
    Ok(if settlement.checked { Show } else { Mark })
}

/// As [`settled`]; a refusal has to be about the address.
fn done(coin: &str, network: &str, address: &str) -> Done {
    match settled(coin, network, address) {
        Ok(done) => done,
        Err(Withheld::WrongAddress(_) | Withheld::OtherInvoice | Withheld::NoTerms) => Refuse,
        Err(other) => panic!("{coin} {network} {address}: {other:?}"),
    }
}

fn invoice(amount: &str, created_at: i64, expires_in: u64) -> String {
    let created_at = u64::try_from(created_at).unwrap();
    Invoice::of_order(ORDER, amount.parse().unwrap(), created_at, expires_in).encode().unwrap()
}

const P2PKH: &str = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";
const P2SH: &str = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy";
const SEGWIT: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const TAPROOT: &str = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";
const LTC: &str = "LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9";
const LTC_SEGWIT: &str = "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9";
const DOGE: &str = "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L";
const TRON: &str = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
const SOLANA: &str = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
const EVM: &str = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";
const TON: &str = "EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2";
const SUI: &str = "0x02a212de6a9dfa3a69e22387acfbafbb1a9e591bd9d636e7895dcfc8de05f331";

/// Right addresses of networks whose own checksum tells a changed letter.
const CHECKED: &[(&str, &str, &str)] = &[
    ("BTC", "Mainnet", P2PKH),
    ("BTC", "Mainnet", P2SH),
    ("BTC", "Mainnet", SEGWIT),
    ("BTC", "Mainnet", TAPROOT),
    ("LTC", "Mainnet", LTC),
    ("LTC", "Mainnet", LTC_SEGWIT),
    ("DOGE", "Mainnet", DOGE),
    ("TRX", "Tron", TRON),
    ("USDT", "Tron", TRON),
    ("ETH", "ETH Mainnet", EVM),
    ("USDC", "Base", EVM),
    ("USDC", "Polygon (Matic)", EVM),
    ("USDC", "Arbitrum", EVM),
    ("TON", "TON", TON),
];

const TABLE: &[(&str, &str, &str, Done)] = &[
    // No checksum says that these are right, and nothing says that they are wrong.
    ("SUI", "SUI", SUI, Mark),
    ("LTC", "Mainnet", P2SH, Mark),
    ("TON", "TON", "0:ed1691307050047117b998b561d8de82d31fbf84910ced6eb5fc92e7485ef8a7", Mark),
    // EIP-55 in one case only.
    ("ETH", "ETH Mainnet", "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913", Mark),
    ("ETH", "ETH Mainnet", "0x833589FCD6EDB6E08F4C7C32D4F71B54BDA02913", Mark),
    ("ETH", "ETH Mainnet", "0X833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", Refuse),
    // Networks that nobody here knows, or not under this name.
    ("XRP", "Ripple", "rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh", Mark),
    ("USDC", "Ethereum", EVM, Mark),
    ("USDC", "base", EVM, Mark),
    ("XRP", "Ripple", "", Refuse),
    ("XRP", "Ripple", "rEb8TK3gBgk5auZk wc6sHnwrGVJH8DuaLh", Refuse),
    ("XRP", "Ripple", "rЕb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh", Refuse),
    ("XRP", "Ripple", "<b>", Refuse),
    // 32 bytes are all that Solana's rule asks for.
    ("SOL", "Solana", SOLANA, Show),
    ("USDT", "Solana", "11111111111111111111111111111111", Refuse),
    ("SOL", "Solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt", Refuse),
    // Bech32 is in one case or in the other.
    ("BTC", "Mainnet", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Show),
    ("BTC", "Mainnet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4", Refuse),
    ("BTC", "Mainnet", "BC1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", Refuse),
    ("LTC", "Mainnet", "Ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9", Refuse),
    // Test networks.
    ("BTC", "Mainnet", "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", Refuse),
    ("BTC", "Mainnet", "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc", Refuse),
    ("BTC", "Mainnet", "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", Refuse),
    ("LTC", "Mainnet", "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", Refuse),
    ("LTC", "Mainnet", "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", Refuse),
    ("DOGE", "Mainnet", "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc", Refuse),
    ("TON", "TON", "kQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74pzE8", Refuse),
    (
        "BTC",
        "Lightning",
        "lntb20m1pvjluezhp58yjmdan79s6qqdhdzgynm4zwqd5d7xmw5fk98klysy043l2ahrqspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqfpp3x9et2e20v6pu37c5d9vax37wxq72un98kmzzhznpurw9sgl2v0nklu2g4d0keph5t7tj9tcqd8rexnd07ux4uv2cjvcqwaxgj7v4uwn5wmypjd5n69z2xm3xgksg28nwht7f6zspwp3f9t",
        Refuse,
    ),
    // Nobody's.
    ("ETH", "ETH Mainnet", "0x0000000000000000000000000000000000000000", Refuse),
    ("TON", "TON", "EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9c", Refuse),
    // An address and more than that.
    ("BTC", "Mainnet", "bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", Refuse),
    ("ETH", "ETH Mainnet", "ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", Refuse),
    ("ETH", "ETH Mainnet", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453", Refuse),
    ("BTC", "Mainnet", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=1", Refuse),
];

#[test]
fn each_address_is_shown_marked_or_refused() {
    for (coin, network, address) in CHECKED {
        assert_eq!(done(coin, network, address), Show, "{coin} {network} {address}");
    }
    for (coin, network, address, expected) in TABLE {
        assert_eq!(done(coin, network, address), *expected, "{coin} {network} {address}");
    }
}

#[test]
fn a_changed_missing_or_doubled_letter_is_refused() {
    for (coin, network, address) in CHECKED {
        for at in 0..address.len() {
            let (head, tail) = address.split_at(at);
            let rest = &tail[1..];
            let other = if tail.starts_with('3') { '4' } else { '3' };
            for changed in [
                format!("{head}{other}{rest}"),
                format!("{head}{rest}"),
                format!("{head}{}{tail}", &tail[..1]),
            ] {
                // Two equal letters in a row: leaving out either is the same text.
                if changed != *address {
                    assert_eq!(done(coin, network, &changed), Refuse, "{coin} {network} {changed}");
                }
            }
        }
    }
}

/// Letters that people or machines take for one another; the second of each pair is the impostor.
const LOOK_ALIKES: [(char, char); 34] = [
    ('0', 'O'),
    ('O', '0'),
    ('0', 'o'),
    ('o', '0'),
    ('1', 'l'),
    ('l', '1'),
    ('1', 'I'),
    ('I', '1'),
    ('l', 'I'),
    ('I', 'l'),
    ('5', 'S'),
    ('S', '5'),
    ('8', 'B'),
    ('B', '8'),
    ('2', 'Z'),
    ('Z', '2'),
    ('u', 'v'),
    ('v', 'u'),
    ('6', 'b'),
    ('b', '6'),
    ('9', 'g'),
    ('q', 'g'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('A', 'А'),
    ('B', 'В'),
    ('E', 'Ε'),
    ('T', 'Т'),
    ('3', 'З'),
];

#[test]
fn look_alike_letters_are_refused() {
    let unchecked = [("SOL", "Solana", SOLANA), ("SUI", "SUI", SUI), ("XRP", "Ripple", DOGE)];
    for (coin, network, address) in CHECKED.iter().chain(&unchecked) {
        let proves = !unchecked.contains(&(*coin, *network, *address));
        for (right, impostor) in LOOK_ALIKES {
            if !proves && impostor.is_ascii() {
                continue;
            }
            for (at, _) in address.match_indices(right) {
                let mut disguised = (*address).to_owned();
                disguised.replace_range(at..=at, &impostor.to_string());
                assert_eq!(done(coin, network, &disguised), Refuse, "{coin} {network} {disguised}");
            }
        }
    }
}

/// Which networks take one another's addresses.
fn family(payment_method: &payment_methods::PaymentMethod) -> &'static str {
    match (payment_method.chain_id, payment_method.network) {
        (Some(_), _) => "evm",
        (None, "Mainnet") => payment_method.coin,
        (None, network) => network,
    }
}

#[test]
fn every_network_of_the_shop_takes_its_own_addresses_and_no_others() {
    let deposit = |payment_method: &payment_methods::PaymentMethod| match payment_method.network {
        "Lightning" => invoice("0.0025", NOW, 3600),
        _ => addresses::deposit(payment_method, ORDER).expect("an address"),
    };
    for from in payment_methods::all() {
        let address = deposit(from);
        for to in payment_methods::all() {
            let expected = match family(from) {
                own if own != family(to) => Refuse,
                "SUI" | "Sui" => Mark,
                _ => Show,
            };
            let told = done(to.coin, to.network, &address);
            assert_eq!(told, expected, "{} {} at {} {}", from.coin, from.network, to.coin, to.network);
        }
    }
}

#[test]
fn an_invoice_is_shown_while_it_is_whole_exact_and_in_time() {
    let lightning = |text: &str| settled("BTC", "Lightning", text);
    let right = invoice("0.0025", NOW, 3600);
    assert_eq!(lightning(&right), Ok(Show));
    assert_eq!(lightning(&right.to_uppercase()), Ok(Show));
    for amount in ["0.00250001", "0.0024", "2.5", "0.00000000001"] {
        assert_eq!(lightning(&invoice(amount, NOW, 3600)), Err(Withheld::OtherInvoice), "{amount}");
    }
    // The donation of the specification, for which the payer would choose.
    let free = "lnbc1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpl2pkx2ctnv5sxxmmwwd5kgetjypeh2ursdae8g6twvus8g6rfwvs8qun0dfjkxaq8rkx3yf5tcsyz3d73gafnh3cax9rn449d9p5uxz9ezhhypd0elx87sjle52x86fux2ypatgddc6k63n7erqz25le42c4u4ecky03ylcqca784w";
    assert_eq!(lightning(free), Err(Withheld::OtherInvoice));
    for (created_at, lives, open) in
        [(NOW, 61, true), (NOW, 60, false), (NOW - 3600, 3600, false), (NOW - 3600, 3661, true)]
    {
        let told = lightning(&invoice("0.0025", created_at, lives));
        let expected = if open { Ok(Show) } else { Err(Withheld::WindowClosed) };
        assert_eq!(told, expected, "{created_at} {lives}");
    }
    let mixed = format!("{}{}", right[..30].to_uppercase(), &right[30..]);
    let prefixed = format!("lightning:{right}");
    for wrong in [mixed.as_str(), &prefixed, &right[..right.len() - 1], &right.replacen("lnbc", "lntb", 1)] {
        assert!(matches!(lightning(wrong), Err(Withheld::WrongAddress(_))), "{wrong}");
    }
    for at in 0..right.len() {
        let mut changed = right.clone();
        changed.replace_range(at..=at, if right[at..].starts_with('q') { "p" } else { "q" });
        assert!(matches!(lightning(&changed), Err(Withheld::WrongAddress(_))), "{changed}");
    }
}
