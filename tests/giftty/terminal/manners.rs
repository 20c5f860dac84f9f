//! How the program behaves towards the terminal: it waits for nobody, is quiet, and gives it back.

use std::net::TcpListener;
use std::time::Duration;

use rustix::process::Signal;

use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty::Pty;
use crate::support::pty_shopping::{at_manual_pace, walks_to};

/// The shop for somebody in the United States.
fn giftty() -> Program {
    Program::giftty().env("LANG", "en_US.UTF-8")
}

#[test]
fn the_first_screen_does_not_wait_for_the_network() {
    // A shop that takes connections and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", silent.local_addr().unwrap());
    let pty = giftty().env("GIFTTY_API_BASE", base).start();
    pty.wait_for("United States");
    pty.send("germany");
    pty.wait_for("Germany");
    pty.press(Key::Enter);
    pty.wait_for("Germany › Brands");
    pty.press(Key::Ctrl('c'));
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn an_idle_screen_writes_no_byte() {
    let pty = giftty().start();
    pty.wait_for("United States");
    stays_silent(&pty);
    pty.send("united states\r");
    pty.wait_for("Amazon.com");
    stays_silent(&pty);
}

/// Once it has said what it had to say, nothing more comes.
fn stays_silent(pty: &Pty) {
    pty.wait_quiet(Duration::from_millis(500));
    let before = pty.output().len();
    pty.comes_to(Duration::from_secs(2), |_| false);
    assert_eq!(pty.output().len(), before, "something was written");
}

#[test]
fn signals_end_it_and_the_terminal_is_given_back() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let pty = giftty().start();
        pty.wait_for("United States");
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), 0, "{signal:?}");
        assert_eq!(pty.left_behind(), Vec::<String>::new(), "{signal:?}");
    }
}

#[test]
fn a_closed_terminal_ends_it() {
    let mut pty = giftty().start();
    pty.wait_for("United States");
    pty.hang_up();
    pty.wait_exit();
}

/// Everything that was written until an order was paid and the program left.
fn paid(program: Program) -> String {
    let home = tempfile::tempdir().unwrap();
    let pty = at_manual_pace(program, home.path()).start();
    walks_to(&pty, "pay");
    pty.send("p");
    pty.wait_for("◐ payment seen");
    pty.press(Key::Ctrl('c'));
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(pty.left_behind(), Vec::<String>::new());
    String::from_utf8(pty.output()).unwrap()
}

#[test]
fn an_order_that_moves_rings_the_bell_and_titles_the_window_until_the_end() {
    let output = paid(Program::giftty());
    let called = "\x1b[22;2t\x1b]2;giftty · payment seen\x1b\\\x07";
    assert!(output.contains(called), "{output:?}");
    assert_eq!(output.matches('\x07').count(), 1, "one bell for one move");
    let titles: Vec<&str> =
        output.split("\x1b]2;").skip(1).filter_map(|rest| rest.split('\x1b').next()).collect();
    assert_eq!(titles, ["giftty · payment seen", ""], "no word about whom or what");
    let given_back = output.rfind("\x1b]2;\x1b\\\x1b[23;2t");
    assert!(given_back > output.rfind(called), "the window has its own title again");
    assert!(!output.contains("\x1b]9;") && !output.contains("\x1b]777;"), "nobody asked for a notification");
}

#[test]
fn each_way_of_calling_out_can_be_turned_off_and_others_on() {
    let silent = || Program::giftty().arg("--no-bell").arg("--no-title");
    let none = paid(silent());
    for sequence in ["\x07", "\x1b]2;", "\x1b[22;2t", "\x1b]9;", "\x1b]777;"] {
        assert!(!none.contains(sequence), "{sequence:?}");
    }
    let notified = paid(silent().env("GIFTTY_NOTIFY", "osc777"));
    assert!(notified.contains("\x1b]777;notify;giftty;payment seen\x1b\\"));
    let growled = paid(silent().env("GIFTTY_NOTIFY", "osc9"));
    assert!(growled.contains("\x1b]9;giftty · payment seen\x1b\\"));
}

#[test]
fn a_resize_keeps_what_was_typed() {
    let pty = giftty().start();
    pty.wait_for("United States");
    pty.send("germ");
    pty.wait_for("germ");
    pty.resize(60, 20);
    pty.wait_for("Germany");
    pty.resize(120, 40);
    pty.wait_for("germ");
}

#[test]
fn a_pasted_line_end_submits_nothing() {
    let pty = giftty().start();
    pty.wait_for("United States");
    pty.paste("germany\r");
    pty.wait_for("germany");
    pty.wait_for("Country");
}

#[test]
fn without_a_terminal_it_says_what_works_without_one() {
    let pty = Program::sh(&format!("'{}' </dev/null; echo code $?", env!("CARGO_BIN_EXE_giftty"))).start();
    pty.wait_for("needs a terminal");
    pty.wait_for("code 2");
}
