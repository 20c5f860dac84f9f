//! Buying something in the real program, with the keys alone, also when it is killed half-way.

use std::path::Path;

use rustix::process::Signal;
use serde_json::Value;

use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty::{LOOK, Pty};
use crate::support::pty_shopping::{
    at_manual_pace, chooses_airbnb, fills_the_checkout, orders_airbnb, scanned,
};

/// The shop at a manual pace: an order waits until it is paid by hand.
fn giftty(home: &Path) -> Program {
    at_manual_pace(Program::giftty(), home)
}

/// The orders that the embedded sandbox keeps in its file.
fn sandbox_orders(home: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(home.join("data/sandbox-orders.json")).unwrap();
    let content: Value = serde_json::from_str(&text).unwrap();
    content["orders"].as_array().unwrap().clone()
}

#[test]
fn keys_alone_lead_from_the_first_screen_to_the_code() {
    let home = tempfile::tempdir().unwrap();
    let pty = giftty(home.path()).env("GIFTTY_PACE", "every=50ms").start();
    pty.wait_for("SANDBOX");
    orders_airbnb_fast(&pty);
    pty.wait_for("elivered");
    pty.wait_for("reveal");
    pty.decides("r");
    pty.wait_for("hides again");
    pty.press(Key::Ctrl('c'));
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(pty.left_behind(), Vec::<String>::new());
}

/// As [`orders_airbnb`], without looking at the Pay screen, which an impatient sandbox soon leaves.
fn orders_airbnb_fast(pty: &Pty) {
    pty.send("united states");
    pty.press(Key::Enter);
    pty.wait_for("Amazon.com");
    chooses_airbnb(pty);
    pty.send("you@example.com");
    pty.press(Key::Enter);
    pty.wait_for("place the order");
    pty.decides("p");
}

#[test]
fn an_order_survives_sigkill_and_is_the_only_one() {
    let home = tempfile::tempdir().unwrap();
    let pty = giftty(home.path()).start();
    orders_airbnb(&pty);
    let shown = scanned(&pty);
    pty.signal(Signal::KILL);
    assert_eq!(pty.wait_exit(), 128 + 9);

    let again = giftty(home.path()).start();
    again.wait_for("still open");
    again.press(Key::Ctrl('o'));
    again.wait_for("Airbnb 100 USD");
    again.press(Key::Enter);
    again.wait_for("Only USDC on Solana");
    again.wait_for("101.48 USDC");
    assert_eq!(scanned(&again), shown);
    let orders = sandbox_orders(home.path());
    assert_eq!(orders.len(), 1);
    let text = serde_json::to_string(&orders[0]).unwrap();
    assert!(text.contains(&shown), "the QR code holds another address than the order");
}

#[test]
fn quitting_in_the_middle_asks_once_and_gives_the_terminal_back() {
    let home = tempfile::tempdir().unwrap();
    let pty = giftty(home.path()).start();
    orders_airbnb(&pty);
    pty.press(Key::Ctrl('c'));
    pty.wait_for("once more to leave");
    pty.press(Key::Ctrl('c'));
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(pty.left_behind(), Vec::<String>::new());
}

#[test]
fn held_keys_place_one_order_and_enter_places_none() {
    let home = tempfile::tempdir().unwrap();
    let pty = giftty(home.path()).start();
    fills_the_checkout(&pty);
    pty.send("you@example.com");
    // A repeating keyboard asks for the receipt, and goes on and on.
    pty.send("\r".repeat(40));
    pty.wait_for("place the order");
    pty.send("\r".repeat(40));
    pty.press(Key::F(1));
    pty.wait_for("Keys of Receipt");
    pty.press(Key::Escape);
    pty.wait_gone("Keys of Receipt");
    assert!(!home.path().join("data/sandbox-orders.json").exists(), "nothing is ordered by ↵");
    pty.wait_quiet(LOOK);
    pty.send("p".repeat(40));
    pty.wait_for("Press p again");
    assert!(!home.path().join("data/sandbox-orders.json").exists(), "nothing is ordered by a burst");
    pty.decides("p");
    pty.wait_gone("places the order");
    pty.send("p".repeat(40));
    // In the sandbox the same key pays by hand, if one of the forty came late enough.
    pty.wait_for_regex("Only USDC on Solana|Your payment was seen");
    assert_eq!(sandbox_orders(home.path()).len(), 1);
}
