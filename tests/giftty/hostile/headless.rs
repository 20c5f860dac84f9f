//! Commands print it as text and as JSON, and log what they did.

use std::path::Path;
use std::process::Command;

use super::lying_shop::{BEFORE, LyingShop, ORDERS_KEEP, SHOP_KEEPS};
use super::printable::{assert_log, assert_printable};

/// Runs a command in each of its tongues, and looks at all that it printed; gives its text.
async fn prints(liar: &LyingShop, home: &Path, arguments: &str) -> String {
    let text = prints_as(false, liar, home, arguments).await;
    text + &prints_as(true, liar, home, arguments).await
}

async fn prints_as(json: bool, liar: &LyingShop, home: &Path, arguments: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_giftty"));
    command.args(arguments.split(' ')).args(json.then_some("--json")).env_clear();
    command.env("GIFTTY_API_BASE", &liar.base).env("GIFTTY_DATA_DIR", home.join("data"));
    command.env("GIFTTY_LOG", home.join("log")).env("GIFTTY_LOG_LEVEL", "trace");
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let mut said = String::new();
    for bytes in [output.stdout, output.stderr] {
        let text = String::from_utf8(bytes).unwrap();
        for line in text.lines() {
            assert_printable(arguments, line);
            assert!(!json || line.is_ascii(), "{arguments}: JSON in plain ASCII: {line}");
        }
        said.push_str(&text);
    }
    said
}

#[tokio::test]
async fn commands_print_nothing_but_printable_text() {
    let liar = LyingShop::open().await;
    let home = tempfile::tempdir().unwrap();
    let airbnb = "--country US --brand Airbnb --amount 100 --coin USDC --network Solana";
    let cases = [
        ("countries".to_owned(), BEFORE),
        ("brands --country US".to_owned(), BEFORE),
        ("products --country US --brand Airbnb --coin USDC".to_owned(), "Airbnb"),
        ("price --country US --brand Airbnb --amount 100 --coin USDC".to_owned(), "101"),
        ("products --country US --brand Nonesuch\u{1b}[31m\u{202e} --coin USDC".to_owned(), "giftty:"),
        (format!("validate {airbnb} --email problems@example.com"), BEFORE),
        (format!("buy {airbnb} --email refused@example.com --yes"), "refused"),
        (format!("buy {airbnb} --email you@example.com --yes"), "Airbnb"),
        ("track 2".to_owned(), ""),
        ("orders --ids".to_owned(), "Airbnb"),
        ("reveal 2".to_owned(), ""),
        ("doctor".to_owned(), "ok"),
    ];
    for (arguments, expected) in cases {
        let said = prints(&liar, home.path(), &arguments).await;
        assert!(said.contains(expected), "{arguments}: no {expected:?} in {said}");
    }
    assert_log(home.path());
}

/// What leads from one answer to the next is lied about, too: such a shop may be of no use, but it is read.
#[tokio::test]
async fn a_lie_in_any_single_field_is_no_more_than_printable_text() {
    let airbnb = "--country US --brand Airbnb --amount 100 --coin USDC --network Solana";
    let bought = format!("buy {airbnb} --email you@example.com --yes");
    let checked = format!("validate {airbnb} --email you@example.com");
    let shop = ["brands --country US", "products --country US --brand Airbnb --coin USDC", &checked];
    let orders = [bought.as_str(), "orders --ids", "reveal 1"];
    let fields =
        SHOP_KEEPS.iter().map(|field| (field, shop)).chain(ORDERS_KEEP.iter().map(|field| (field, orders)));
    for (field, commands) in fields {
        let liar = LyingShop::about(field).await;
        let home = tempfile::tempdir().unwrap();
        let mut said = String::new();
        for arguments in commands {
            said += &prints_as(false, &liar, home.path(), arguments).await;
        }
        assert!(!said.is_empty(), "{field}: nothing was said");
    }
}
