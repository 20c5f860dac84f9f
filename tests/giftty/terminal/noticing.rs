//! Being called back when an order moves, as the configuration says.

use crate::support::program::Program;
use crate::support::pty::Pty;
use crate::support::pty_shopping::{at_manual_pace, walks_to};

/// What was written until an order was seen to be paid, with this configuration.
fn written(notices: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    std::fs::write(&file, notices).unwrap();
    let pty: Pty = at_manual_pace(Program::giftty(), home.path()).env("GIFTTY_CONFIG", &file).start();
    walks_to(&pty, "pay");
    pty.send("p");
    pty.wait_for("payment was seen");
    // What is called out comes behind the frame that shows it, and before the next one.
    pty.send("o");
    pty.wait_for("Orders");
    String::from_utf8(pty.output()).unwrap()
}

#[test]
fn the_bell_and_the_title_are_the_rule() {
    let written = written("");
    assert!(written.contains("\x1b]2;giftty · payment seen\x1b\\\x07"), "{written:?}");
    assert!(!written.contains("\x1b]9;") && !written.contains("\x1b]777;"));
}

#[test]
fn the_configuration_turns_them_off_and_the_desktop_on() {
    let written = written("[notices]\nbell = false\ntitle = false\nnotify = \"osc9\"\n");
    assert!(written.contains("\x1b]9;giftty · payment seen\x1b\\"), "{written:?}");
    assert!(!written.contains("\x1b]2;") && !written.contains('\x07'));
}
