//! However the program ends and wherever it stands, the terminal is given back, or both are gone.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::support::keys::Key;
use crate::support::modes;
use crate::support::program::Program;
use crate::support::pty::Pty;
use crate::support::pty_shopping::{at_manual_pace, walks_to};

/// How long the program may outlive its terminal.
const OUTLIVED: Duration = Duration::from_secs(5);

/// Opens the shop and walks to a screen.
fn at(place: &str, program: Program) -> (tempfile::TempDir, Pty) {
    let home = tempfile::tempdir().unwrap();
    let pty = at_manual_pace(program, home.path()).start();
    walks_to(&pty, place);
    (home, pty)
}

#[track_caller]
fn is_restored(pty: &Pty, how: &str) {
    assert_eq!(pty.left_behind(), Vec::<String>::new(), "{how}");
    is_emptied(pty, how);
}

/// Nothing that was shown stays in the screen that is left: it is emptied as the last thing there.
#[track_caller]
fn is_emptied(pty: &Pty, how: &str) {
    let output = String::from_utf8_lossy(&pty.output()).into_owned();
    let (before, _) = output.rsplit_once("\x1b[?1049l").unwrap();
    let (_, behind) = before.rsplit_once("\x1b[H\x1b[J").unwrap();
    assert!(behind.split('\x1b').skip(1).all(|sequence| sequence.starts_with("[?")), "{how}: {behind:?}");
}

/// Leaves by the key, which asks once more while an order is unpaid.
fn quits(pty: &Pty, place: &str, how: &str) {
    pty.press(Key::Ctrl('c'));
    if place == "pay" {
        pty.wait_for("once more to leave");
        pty.press(Key::Ctrl('c'));
    }
    assert_eq!(pty.wait_exit(), 0, "{how}");
    is_restored(pty, how);
}

fn ends_by_each_signal(place: &str) {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let (_home, pty) = at(place, Program::giftty());
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), 0, "{signal:?}");
        is_restored(&pty, &format!("{signal:?}"));
    }
}

fn stops_and_continues(place: &str) {
    let giftty = env!("CARGO_BIN_EXE_giftty");
    let job = Program::sh(&format!("set -m; '{giftty}'; echo back at the shell; read line; fg >/dev/null"));
    let (_home, pty) = at(place, job);
    let before = pty.text();
    pty.press(Key::Ctrl('z'));
    pty.wait_for("back at the shell");
    assert_eq!(modes::left_behind(&pty.output()), Vec::<String>::new(), "stopped");
    is_emptied(&pty, "stopped");
    pty.press(Key::Enter);
    pty.wait_gone("back at the shell");
    let line = before.lines().next().unwrap_or_default();
    pty.wait_for(line.split("   ").next().unwrap_or_default());
    quits(&pty, place, "continued");
}

fn survives_its_own_mistakes(place: &str) {
    let (_home, pty) = at(place, Program::giftty().env("GIFTTY_TEST_PANIC", "ui"));
    pty.signal(Signal::USR1);
    assert_ne!(pty.wait_exit(), 0);
    is_restored(&pty, "a panic in the loop");
    pty.wait_for("Your orders are kept");

    let (_home, pty) = at(place, Program::giftty().env("GIFTTY_TEST_PANIC", "task"));
    pty.signal(Signal::USR1);
    pty.press(Key::F(1));
    pty.wait_for("Help");
    pty.press(Key::Escape);
    pty.wait_gone("Help");
    quits(&pty, place, "a panic in a task");
}

fn does_not_outlive_its_terminal(place: &str) {
    let giftty = env!("CARGO_BIN_EXE_giftty");
    let deaf = Program::sh(&format!("trap '' HUP; exec '{giftty}'"));
    let (_home, mut pty) = at(place, deaf);
    let closed = Instant::now();
    pty.hang_up();
    pty.wait_exit();
    assert!(closed.elapsed() < OUTLIVED, "{:?}", closed.elapsed());
}

fn is_given_back_from(place: &str) {
    let (_home, pty) = at(place, Program::giftty());
    quits(&pty, place, "quit");
    ends_by_each_signal(place);
    stops_and_continues(place);
    survives_its_own_mistakes(place);
    does_not_outlive_its_terminal(place);
}

#[test]
fn the_terminal_is_given_back_from_the_first_screen() {
    is_given_back_from("country");
}

#[test]
fn the_terminal_is_given_back_from_the_brands() {
    is_given_back_from("brands");
}

#[test]
fn the_terminal_is_given_back_from_the_checkout() {
    is_given_back_from("checkout");
}

#[test]
fn the_terminal_is_given_back_from_the_payment() {
    is_given_back_from("pay");
}

/// Nobody tells a program of another session that the terminal is gone, and it notices by itself,
/// also in the middle of a paste.
#[test]
fn a_terminal_that_goes_without_a_word_is_noticed() {
    if !Path::new("/usr/bin/setsid").exists() {
        return;
    }
    for half in ["", "\x1b[200~half of a paste", "\x1b["] {
        let untold = Program::new("/usr/bin/setsid").arg(env!("CARGO_BIN_EXE_giftty"));
        let (_home, mut pty) = at("country", untold);
        pty.send(half);
        let closed = Instant::now();
        pty.hang_up();
        pty.wait_exit();
        assert!(closed.elapsed() < OUTLIVED, "{half:?}: {:?}", closed.elapsed());
    }
}
