//! Limits of one's own, and a journal that several programs and a full disk share.

use std::process::Command;

use serde_json::json;

use crate::support::commands::{AIRBNB, Kit, end_of};

/// Buys Airbnb for 100 USD, which costs 101.48 USDC.
fn buy<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["buy", "--yes", "--json"], AIRBNB.as_slice(), more].concat()
}

#[tokio::test]
async fn what_is_above_a_limit_is_ordered_only_when_that_was_said() {
    let kit = Kit::open().await;
    for (limit, both) in [
        (["--max-order", "99.99 USD"], ["100 USD", "99.99 USD"]),
        (["--max-order", "100 usdc"], ["101.48 USDC", "100 USDC"]),
        (["--max-day", "50 USD"], ["100 USD", "50 USD"]),
        (["--max-order", "1000 EUR"], ["101.48 USDC", "1000 EUR"]),
    ] {
        let ended = kit.run(&buy(&limit)).await;
        let error = ended.error();
        assert_eq!((ended.code, &error["code"]), (3, &json!("refused")), "{limit:?}");
        let sentence = error["sentence"].as_str().expect("a sentence");
        assert!(both.iter().all(|figure| sentence.contains(figure)), "{sentence}");
        assert!(sentence.contains("Nothing was ordered; --over-limit orders it"), "{sentence}");
    }
    assert_eq!(kit.bodies("/v5/orders").await.len(), 0);
    let said = kit.run(&buy(&["--max-order", "99 USD", "--over-limit"])).await;
    assert_eq!(said.code, 0, "{}", said.err);
    let within = kit.run(&buy(&["--max-order", "100 USD", "--max-day", "202.96 USDC"])).await;
    assert_eq!(within.code, 0, "{}", within.err);
    let third = kit.run(&buy(&["--max-day", "202.96 USDC"])).await;
    assert!(third.err.contains("With 202.96 USDC ordered within the last 24 hours"), "{}", third.err);
    assert_eq!(kit.orders().await.len(), 2);
}

#[tokio::test]
async fn limits_come_from_the_flag_the_environment_and_the_file() {
    let kit = Kit::open().await;
    let file = kit.home().join("limits.toml");
    let run = async |text: &str, environment: &[(&str, &str)], flags: &[&str]| {
        std::fs::write(&file, text).expect("a file");
        let mut command = kit.command(&buy(flags));
        command.env("GIFTTY_CONFIG", &file).envs(environment.iter().copied());
        end_of(command).await
    };
    let limit = "[limits]\nmax_order = \"5 USD\"\n";
    assert_eq!(run(limit, &[], &[]).await.code, 3);
    assert_eq!(run("", &[("GIFTTY_MAX_ORDER", "5 USD")], &[]).await.code, 3);
    assert_eq!(run("", &[("GIFTTY_MAX_ORDER", "5 USD")], &["--max-order", "200 USD"]).await.code, 0);
    assert_eq!(run(limit, &[("GIFTTY_MAX_ORDER", "")], &[]).await.code, 0, "an empty wish hides the file's");
    assert_eq!(kit.orders().await.len(), 2);
    // What makes no sense where it is typed is told there.
    let wrong = run("", &[], &["--max-order", "5"]).await;
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.error()["sentence"].as_str().is_some_and(|said| said.contains("--max-order")),
        "{}",
        wrong.err
    );
}

#[tokio::test]
async fn a_limit_that_cannot_be_read_is_never_taken_for_none() {
    let kit = Kit::open().await;
    let file = kit.home().join("limits.toml");
    for text in [
        "[limits]\nmax_order = 2000\n",
        "[limits]\nmax_oder = \"2000 USD\"\n",
        "[limits\nmax_day = \"2000 USD\"\n",
    ] {
        std::fs::write(&file, text).expect("a file");
        let mut command = kit.command(&buy(&[]));
        let ended = end_of({
            command.env("GIFTTY_CONFIG", &file);
            command
        })
        .await;
        assert_eq!(ended.code, 3, "{text}: {}", ended.err);
        assert!(ended.err.contains("cannot be read"), "{}", ended.err);
    }
    // A folder is no file: whatever was meant to be in it is not known.
    std::fs::create_dir(kit.home().join("folder.toml")).expect("a folder");
    let mut command = kit.command(&buy(&[]));
    command.env("GIFTTY_CONFIG", kit.home().join("folder.toml"));
    let ended = end_of(command).await;
    assert!(ended.code == 3 && ended.err.contains("the configuration cannot be read"), "{}", ended.err);
    assert_eq!(kit.orders().await.len(), 0);
}

#[tokio::test]
async fn programs_that_order_at_once_lose_nothing_to_each_other() {
    let kit = Kit::open().await;
    let purchases = (0..4).map(|_| end_of(kit.command(&buy(&["--another"]))));
    let ended = futures_util::future::join_all(purchases).await;
    let mut attempts: Vec<i64> = Vec::new();
    for one in &ended {
        assert_eq!(one.code, 0, "{}", one.err);
        attempts.push(one.json()["attempt"].as_i64().expect("a number"));
    }
    attempts.sort_unstable();
    assert_eq!(attempts, [1, 2, 3, 4]);
    let listed = kit.run(&["orders", "--json"]).await.json();
    let kept = |order: &serde_json::Value| {
        let listed = listed.as_array().expect("orders").iter();
        listed.filter(|one| one["order_id"] == order["order_id"]).count()
    };
    let orders = kit.orders().await;
    assert_eq!(orders.iter().map(kept).collect::<Vec<_>>(), [1, 1, 1, 1]);
}

#[tokio::test]
async fn programs_that_order_at_once_keep_to_one_limit() {
    let kit = Kit::open().await;
    let limited = ["--another", "--max-day", "250 USD"];
    let purchases = (0..4).map(|_| end_of(kit.command(&buy(&limited))));
    let mut codes: Vec<i32> =
        futures_util::future::join_all(purchases).await.iter().map(|ended| ended.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 0, 3, 3], "two of 100 USD are within it, whoever comes first");
    assert_eq!(kit.orders().await.len(), 2);
}

/// The program where no file may grow beyond so many blocks of 512 bytes, as on a disk that is full.
fn cramped(kit: &Kit, blocks: u32, arguments: &[&str]) -> Command {
    let program = kit.command(arguments);
    let mut shell = Command::new("/bin/sh");
    // Told by an error, as a full disk is, and not by a signal.
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""));
    shell.arg(program.get_program()).args(program.get_args()).env_clear();
    shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell
}

#[tokio::test]
async fn where_nothing_can_be_written_nothing_is_ordered_and_the_rest_works() {
    let kit = Kit::open().await;
    let ended = end_of(cramped(&kit, 0, &buy(&[]))).await;
    assert_eq!((ended.code, &ended.error()["code"]), (7, &json!("unrecorded")));
    assert_eq!(kit.bodies("/v5/orders").await.len(), 0);
    let brands = end_of(cramped(&kit, 0, &["brands", "--country", "US", "--json"])).await;
    assert_eq!(brands.code, 0, "{}", brands.err);
    // A journal that is there takes no attempt when there is no room for it, and keeps what it has.
    kit.buy().await;
    let ended = end_of(cramped(&kit, 16, &buy(&[]))).await;
    assert_eq!((ended.code, &ended.error()["code"]), (7, &json!("unrecorded")), "{}", ended.err);
    assert_eq!(kit.orders().await.len(), 1);
    assert_eq!(kit.run(&["orders", "--json"]).await.json().as_array().map(Vec::len), Some(1));
    kit.buy().await;
    assert_eq!(kit.orders().await.len(), 2);
    // Where not a byte can be written, what is there is read, and that nothing can be kept is said.
    let listed = end_of(cramped(&kit, 0, &["orders", "--json"])).await;
    assert_eq!(listed.json().as_array().map(Vec::len), Some(2), "{}", listed.err);
    let listed = end_of(cramped(&kit, 0, &["orders"])).await;
    assert_eq!((listed.code, listed.out.lines().count()), (0, 2), "{}", listed.err);
    assert!(listed.err.contains("nothing can be kept or ordered"), "{}", listed.err);
    let ended = end_of(cramped(&kit, 0, &buy(&[]))).await;
    assert_eq!((ended.code, &ended.error()["code"]), (7, &json!("unrecorded")), "{}", ended.err);
    assert_eq!(kit.orders().await.len(), 2);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn where_there_is_no_home_one_looks_around_and_orders_nothing() {
    let kit = Kit::open().await;
    let homeless = |arguments: &[&str]| {
        let mut command = kit.command(arguments);
        command.env_remove("GIFTTY_DATA_DIR").env("HOME", "/proc/nowhere");
        end_of(command)
    };
    let brands = homeless(&["brands", "--country", "US", "--json"]).await;
    assert_eq!(brands.code, 0, "{}", brands.err);
    let ended = homeless(&buy(&[])).await;
    assert_eq!((ended.code, &ended.error()["code"]), (7, &json!("unrecorded")));
    assert!(ended.err.contains("the folder cannot be made"), "{}", ended.err);
    assert_eq!(kit.bodies("/v5/orders").await.len(), 0);
}

#[tokio::test]
async fn a_damaged_journal_is_kept_aside_and_said_so() {
    let kit = Kit::open().await;
    kit.buy().await;
    let file = kit.records().join("journal.sqlite3");
    let damaged = vec![0xa5; 20_000];
    std::fs::write(&file, &damaged).expect("a file");
    for beside in ["-wal", "-shm"] {
        // They are gone where the program closed the journal in peace.
        let _ = std::fs::remove_file(kit.records().join(format!("journal.sqlite3{beside}")));
    }
    let listed = kit.run(&["orders"]).await;
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert!(listed.err.contains("The journal was damaged and is kept aside as"), "{}", listed.err);
    let names =
        std::fs::read_dir(kit.records()).expect("a folder").map(|entry| entry.expect("a file").path());
    let aside: Vec<_> = names.filter(|name| name.to_string_lossy().contains("damaged-")).collect();
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert_eq!(std::fs::read(&aside[0]).expect("a file"), damaged, "every byte is there");
    kit.buy().await;
    assert_eq!(kit.run(&["orders", "--json"]).await.json().as_array().map(Vec::len), Some(1));
}
