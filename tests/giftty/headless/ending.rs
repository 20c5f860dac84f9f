//! How commands end when there is no shop, no reader or nothing to do.

use std::net::TcpListener;

use crate::support::commands::{AIRBNB, Kit, end_of};

#[tokio::test]
async fn a_shop_that_is_not_there_gets_no_order() {
    let kit = Kit::open().await;
    let port = TcpListener::bind("127.0.0.1:0").and_then(|taken| taken.local_addr()).expect("a port").port();
    let buy = [&["buy"], AIRBNB.as_slice(), &["--yes", "--json"]].concat();
    let mut command = kit.command(&buy);
    command.env("GIFTTY_API_BASE", format!("http://127.0.0.1:{port}"));
    let ended = end_of(command).await;
    assert_eq!((ended.code, ended.out.as_str()), (4, ""));
    assert_eq!(ended.error()["code"], "unreachable");
    assert_eq!(kit.run(&["orders", "--json"]).await.json().as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn a_reader_that_left_ends_a_command_quietly() {
    let kit = Kit::open().await;
    for arguments in [&["brands", "--country", "US"][..], &["countries", "--json"], &["--help"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut child = kit.command(arguments);
        child.stdout(writer).stderr(std::process::Stdio::piped());
        let ended = tokio::task::spawn_blocking(move || child.spawn()?.wait_with_output()).await;
        let ended = ended.expect("a thread").expect("the program");
        assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}

#[tokio::test]
async fn a_wrong_command_line_is_told_as_json_too() {
    let kit = Kit::open().await;
    for arguments in [
        &["--json"][..],
        &["bogus", "--json"],
        &["buy", "--json"],
        &["brands", "--json"],
        &["track", "x", "--json"],
        &["brands", "--country", "USA", "--json"],
    ] {
        let ended = kit.run(arguments).await;
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(ended.error()["code"], "usage", "{arguments:?}");
    }
}

#[tokio::test]
async fn help_and_version_touch_nothing() {
    let kit = Kit::open().await;
    for arguments in [&["--help"][..], &["--version"], &["buy", "--help"], &["help", "track"]] {
        let ended = kit.run(arguments).await;
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{arguments:?}");
        assert!(!ended.out.is_empty());
    }
    assert!(!kit.records().exists());
    let requests = kit.told("requests").await;
    assert_eq!(requests.as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn the_shop_on_the_screen_needs_a_terminal() {
    let kit = Kit::open().await;
    let ended = kit.run(&[]).await;
    assert_eq!((ended.code, ended.out.as_str()), (2, ""));
    assert!(ended.err.starts_with("giftty: "), "{}", ended.err);
}
