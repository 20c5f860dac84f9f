//! How the program behaves towards the terminal: it waits for nobody, is quiet, and gives it back.

use std::net::TcpListener;
use std::time::Duration;

use rustix::process::Signal;

use super::keys::Key;
use super::program::Program;
use super::pty::Pty;

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
    let pty = Program::sh(&format!("{} </dev/null; echo code $?", env!("CARGO_BIN_EXE_giftty"))).start();
    pty.wait_for("needs a terminal");
    pty.wait_for("code 2");
}
