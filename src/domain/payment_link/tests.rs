//! Links of every payment method, and texts of the supplier that must not be believed.

use proptest::prelude::*;

use super::*;

const BTC: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const OTHER_BTC: &str = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";
const LTC: &str = "LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9";
const DOGE: &str = "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L";
const EVM: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const OTHER_EVM: &str = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
const USDC: &str = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";
const SOLANA: &str = "7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU";
const USDC_SOL: &str = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
const TRON: &str = "TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7";
const TON: &str = "EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2";
const SUI: &str = "0x02a212de6a9dfa3a69e22387acfbafbb1a9e591bd9d636e7895dcfc8de05f331";
const INVOICE: &str = crate::domain::bolt11::EXAMPLE;

fn ask(coin: &'static str, network: &'static str, address: &'static str, amount: &str) -> Ask<'static> {
    let amount = amount.parse().unwrap();
    Ask { coin, network, address, amount, server_text: None, chain_id: None, token: None }
}

fn btc() -> Ask<'static> {
    ask("BTC", "Mainnet", BTC, "0.00032833")
}

fn lightning() -> Ask<'static> {
    ask("BTC", "Lightning", INVOICE, "0.0025")
}

fn ether() -> Ask<'static> {
    ask("ETH", "ETH Mainnet", EVM, "0.0123")
}

fn token() -> Ask<'static> {
    Ask { token: Some((USDC, 6)), chain_id: Some(8453), ..ask("USDC", "Base", EVM, "101.48") }
}

fn sol() -> Ask<'static> {
    ask("SOL", "Solana", SOLANA, "0.046783")
}

fn spl() -> Ask<'static> {
    Ask { token: Some((USDC_SOL, 6)), ..ask("USDC", "Solana", SOLANA, "101.48") }
}

fn texts(ask: &Ask<'_>) -> Vec<(Holds, String)> {
    contents(ask).into_iter().map(|content| (content.holds, content.text)).collect()
}

/// What stands between the supplier's text and the bare address.
fn own(ask: &Ask<'_>) -> Option<String> {
    let all = texts(ask);
    assert_eq!(all.last(), Some(&(Holds::AddressOnly, ask.address.to_owned())));
    all.into_iter().find(|(holds, _)| *holds == Holds::LinkWithAmount).map(|(_, text)| text)
}

#[test]
fn every_rail_has_its_link_or_none() {
    let upper = format!("LIGHTNING:{}", INVOICE.to_ascii_uppercase());
    let table = [
        (btc(), Some(format!("bitcoin:{BTC}?amount=0.00032833"))),
        (ask("LTC", "Mainnet", LTC, "0.10"), Some(format!("litecoin:{LTC}?amount=0.10"))),
        (ask("DOGE", "Mainnet", DOGE, "123"), Some(format!("dogecoin:{DOGE}?amount=123"))),
        (lightning(), Some(upper)),
        (ether(), Some(format!("ethereum:{EVM}@1?value=12300000000000000"))),
        (token(), Some(format!("ethereum:{USDC}@8453/transfer?address={EVM}&uint256=101480000"))),
        (sol(), Some(format!("solana:{SOLANA}?amount=0.046783"))),
        (spl(), None),
        (Ask { token: None, ..spl() }, None),
        (ask("TRX", "Tron", TRON, "5"), None),
        (ask("USDT", "Tron", TRON, "5"), None),
        (ask("TON", "TON", TON, "5"), None),
        (ask("SUI", "SUI", SUI, "5"), None),
        (ask("XYZ", "Elsewhere", EVM, "5"), None),
    ];
    for (ask, link) in table {
        assert_eq!(own(&ask), link, "{ask:?}");
    }
}

#[test]
fn no_two_contents_are_the_same_text() {
    let link = format!("bitcoin:{BTC}?amount=0.00032833");
    let told = texts(&Ask { server_text: Some(&link), ..btc() });
    assert_eq!(told, [(Holds::ServerText, link), (Holds::AddressOnly, BTC.to_owned())]);
}

#[test]
fn a_content_says_whether_the_amount_is_in_it() {
    for (ask, amounts) in [(btc(), vec![true, false]), (spl(), vec![false]), (token(), vec![true, false])] {
        let told: Vec<bool> = contents(&ask).iter().map(|content| content.holds.has_amount()).collect();
        assert_eq!(told, amounts, "{ask:?}");
    }
}

#[test]
fn an_amount_finer_than_the_coin_has_no_link() {
    for ask in [
        Ask { amount: "0.000000001".parse().unwrap(), ..btc() },
        Ask { amount: "0.0000000001".parse().unwrap(), ..sol() },
        Ask { amount: "0.0000000000000000001".parse().unwrap(), ..ether() },
        Ask { amount: "1.0000001".parse().unwrap(), ..token() },
        Ask { amount: Amount::ZERO, ..btc() },
    ] {
        assert_eq!(own(&ask), None, "{ask:?}");
    }
}

#[test]
fn a_token_never_becomes_a_link_for_the_chains_coin() {
    for ask in [
        Ask { token: None, ..token() },
        Ask { coin: "ETH", ..token() },
        Ask { chain_id: Some(1), ..token() },
        Ask { token: Some(("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02914", 6)), ..token() },
        Ask { token: Some((USDC_SOL, 6)), ..token() },
        Ask { token: Some((USDC, 200)), ..token() },
        Ask { coin: "ETH", network: "Polygon (Matic)", ..ether() },
        Ask { chain_id: Some(5), ..ether() },
        Ask { token: Some((USDC, 6)), ..btc() },
    ] {
        assert_eq!(own(&ask), None, "{ask:?}");
    }
}

#[test]
fn what_must_not_be_paid_has_no_code() {
    for ask in [
        Ask { address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", ..btc() },
        Ask { address: EVM, ..btc() },
        Ask { address: "", ..btc() },
        Ask { amount: "0.0026".parse().unwrap(), ..lightning() },
        Ask { address: USDC, ..token() },
        Ask { address: USDC_SOL, ..spl() },
        Ask { address: "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", ..token() },
    ] {
        assert!(contents(&ask).is_empty(), "{ask:?}");
    }
}

#[test]
fn a_text_of_the_supplier_that_agrees_comes_first() {
    let lower = EVM.to_ascii_lowercase();
    let table = [
        (btc(), format!("bitcoin:{BTC}?amount=0.00032833")),
        (btc(), format!("BITCOIN:{}?amount=0.000328330", BTC.to_ascii_uppercase())),
        (btc(), format!("bitcoin:{BTC}?amount=0.00032833&label=Gift%20card&message=x")),
        (ask("LTC", "Mainnet", LTC, "0.1"), format!("litecoin:{LTC}?amount=0.10")),
        (ask("DOGE", "Mainnet", DOGE, "1"), format!("dogecoin:{DOGE}?amount=1")),
        (lightning(), format!("lightning:{INVOICE}")),
        (lightning(), format!("LIGHTNING:{}", INVOICE.to_ascii_uppercase())),
        (ether(), format!("ethereum:{EVM}?value=12300000000000000")),
        (ether(), format!("ethereum:pay-{lower}@1?value=1.23e16")),
        (token(), format!("ethereum:{USDC}@8453/transfer?address={EVM}&uint256=101480000")),
        (token(), format!("ethereum:{USDC}@8453/transfer?uint256=1.0148e8&address={lower}")),
        (sol(), format!("solana:{SOLANA}?amount=0.046783")),
    ];
    for (ask, text) in table {
        let ask = Ask { server_text: Some(&text), ..ask };
        assert_eq!(texts(&ask).first(), Some(&(Holds::ServerText, text.clone())));
    }
}

#[test]
fn a_text_of_the_supplier_without_amount_stands_behind_our_link() {
    for (ask, text) in [(btc(), format!("bitcoin:{BTC}")), (sol(), format!("solana:{SOLANA}?label=x"))] {
        let ask = Ask { server_text: Some(&text), ..ask };
        let order: Vec<_> = contents(&ask).iter().map(|content| content.holds).collect();
        assert_eq!(order, [Holds::LinkWithAmount, Holds::ServerAddress, Holds::AddressOnly]);
    }
}

#[test]
fn a_text_of_the_supplier_that_says_anything_else_is_left_out() {
    let table = [
        (
            btc(),
            vec![
                String::new(),
                BTC.to_owned(),
                format!("bitcoin:{OTHER_BTC}?amount=0.00032833"),
                format!("bitcoin:{BTC}?amount=0.00032834"),
                format!("bitcoin:{BTC}?amount=3.2833e-4"),
                format!("bitcoin:{BTC}?amount="),
                format!("bitcoin:{BTC}?amount=0.00032833&amount=1"),
                format!("bitcoin:{BTC}?amount=0.00032833&pj=https://a.example"),
                format!("bitcoin:{BTC}?amount=0.00032833&lightning={INVOICE}"),
                format!("bitcoin:{BTC}?AMOUNT=1"),
                format!("bitcoin:{BTC}?am%6funt=1"),
                format!("bitcoin:{BTC}?label"),
                format!("bitcoin:{BTC}?label=%zz"),
                format!("bitcoin:{BTC}?label=%0a"),
                format!("bitcoin:{BTC}?label=%+1"),
                format!("bitcoin:{BTC}?"),
                format!("bitcoin:{BTC}&amount=1"),
                format!("bitcoin:{BTC}#x"),
                format!("bitcoin://{BTC}"),
                format!("litecoin:{BTC}"),
                format!("bitcoin:{BTC} "),
                format!("bitcoin:{BTC}\n?amount=0.00032833"),
                format!("bitсoin:{BTC}"),
                format!("bitcoin:{}{}", BTC.split_at(20).0.to_uppercase(), BTC.split_at(20).1),
                format!("bitcoin:{BTC}?message={}", "x".repeat(5000)),
            ],
        ),
        (Ask { address: OTHER_BTC, ..btc() }, vec![format!("bitcoin:{}", OTHER_BTC.to_ascii_lowercase())]),
        (
            lightning(),
            vec![
                format!("lightning:{INVOICE}?amount=0.0025"),
                "lightning:lnbc1pvjluez".to_owned(),
                format!("bitcoin:{BTC}?lightning={INVOICE}"),
            ],
        ),
        (
            ether(),
            vec![
                format!("ethereum:{OTHER_EVM}@1?value=12300000000000000"),
                format!("ethereum:{EVM}@137?value=12300000000000000"),
                format!("ethereum:{EVM}@0x1?value=12300000000000000"),
                format!("ethereum:{EVM}@1?value=12300000000000001"),
                format!("ethereum:{EVM}@1?value=1.23e17"),
                format!("ethereum:{EVM}@1?value=1.23e"),
                format!("ethereum:{EVM}@1?value=1.23e+16"),
                format!("ethereum:{EVM}@1?value=1e999"),
                format!("ethereum:{EVM}@1?value=12300000000000000&gasPrice=1e18"),
                format!("ethereum:{EVM}@1?amount=0.0123"),
                format!("ethereum:{EVM}@1/transfer?address={OTHER_EVM}&uint256=1"),
                format!("ethereum:{}", EVM.to_ascii_uppercase()),
            ],
        ),
        (
            token(),
            vec![
                format!("ethereum:{EVM}@8453"),
                format!("ethereum:{EVM}@8453?value=101480000"),
                format!("ethereum:{USDC}@8453/transfer?address={OTHER_EVM}&uint256=101480000"),
                format!("ethereum:{OTHER_EVM}@8453/transfer?address={EVM}&uint256=101480000"),
                format!("ethereum:{USDC}@8453/transfer?address={EVM}&uint256=1014800000"),
                format!("ethereum:{USDC}@8453/approve?address={EVM}&uint256=101480000"),
                format!("ethereum:{USDC}@1/transfer?address={EVM}&uint256=101480000"),
                format!("ethereum:{USDC}/transfer?address={EVM}&uint256=101480000"),
                format!("ethereum:{USDC}@8453/transfer?uint256=101480000"),
            ],
        ),
        (
            sol(),
            vec![
                format!("solana:{SOLANA}?amount=0.046783&spl-token={USDC_SOL}"),
                format!("solana:{SOLANA}?amount=0.046784"),
                format!("solana:{USDC_SOL}"),
                "solana:https://a.example/pay".to_owned(),
            ],
        ),
        (
            spl(),
            vec![
                format!("solana:{SOLANA}?amount=101.48&spl-token={USDC_SOL}"),
                format!("solana:{SOLANA}?amount=101.48"),
                format!("solana:{SOLANA}"),
            ],
        ),
        (ask("TRX", "Tron", TRON, "5"), vec![format!("tron:{TRON}?amount=5")]),
        (ask("TON", "TON", TON, "5"), vec![format!("ton://transfer/{TON}?amount=5")]),
    ];
    for (ask, texts_of_server) in table {
        for text in texts_of_server {
            let ask = Ask { server_text: Some(&text), ..ask };
            assert!(texts(&ask).iter().all(|(holds, _)| *holds != Holds::ServerText), "{text}");
            assert!(!contents(&ask).is_empty());
        }
    }
}

proptest! {
    #[test]
    fn no_text_of_the_supplier_breaks_it_and_none_sells_tokens_on_solana(text in
        "(bitcoin|ethereum|solana|lightning)?:?[0-9a-zA-Z@/.-]{0,50}(\\?[a-z0-9=&%.-]{0,60})?|.{0,60}"
    ) {
        for ask in [btc(), lightning(), ether(), token(), sol(), spl()] {
            let ask = Ask { server_text: Some(&text), ..ask };
            for content in contents(&ask) {
                prop_assert!(!content.text.contains("spl-token"));
                prop_assert!(content.text.bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }

    #[test]
    fn own_links_agree_with_what_was_asked(units in 1_u64..u64::MAX, scale in 0_u32..=8) {
        let amount = Amount::new(rust_decimal::Decimal::from_i128_with_scale(units.into(), scale)).unwrap();
        for ask in [btc(), ether(), Ask { token: Some((USDC, 8)), ..token() }, sol()] {
            let ask = Ask { amount, ..ask };
            let Some(link) = own(&ask) else { continue };
            let again = Ask { server_text: Some(&link), ..ask };
            let first = contents(&again).into_iter().next();
            prop_assert_eq!(first.map(|content| content.holds), Some(Holds::ServerText), "{}", link);
        }
    }
}
