//! Commands print it as text and as JSON, and log what they did.

use std::path::Path;
use std::process::Command;

use super::liar::{BEFORE, Liar};
use super::printable::assert_printable;

/// Runs a command, and looks at all that it printed; gives its text.
async fn prints(liar: &Liar, home: &Path, arguments: &str) -> String {
    let mut said = String::new();
    for json in [false, true] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_giftty"));
        command.args(arguments.split(' ')).args(json.then_some("--json")).env_clear();
        command.env("GIFTTY_API_BASE", &liar.base).env("GIFTTY_DATA_DIR", home.join("data"));
        command.env("GIFTTY_LOG", home.join("log")).env("GIFTTY_LOG_LEVEL", "trace");
        let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
        for bytes in [output.stdout, output.stderr] {
            let text = String::from_utf8(bytes).unwrap();
            for line in text.lines() {
                assert_printable(arguments, line);
                assert!(!json || line.is_ascii(), "{arguments}: JSON in plain ASCII: {line}");
            }
            said.push_str(&text);
        }
    }
    said
}

#[tokio::test]
async fn commands_print_nothing_but_printable_text() {
    let liar = Liar::open().await;
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
    let log = std::fs::read_to_string(home.path().join("log")).unwrap();
    let plain = |letter: char| letter == '\n' || letter == '…' || (' '..='~').contains(&letter);
    assert!(log.lines().count() > 10 && log.chars().all(plain), "{log}");
    assert!(!log.contains(BEFORE) && !log.contains("script"), "the shop's words are not for the log: {log}");
}
