//! Tests of the kit itself, on small shell programs.

use std::time::Duration;

use rustix::process::Signal;

use crate::support::cells::Ink;
use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::qr_reader;

const SILENCE: Duration = Duration::from_millis(50);

#[test]
fn what_a_program_draws_is_seen_with_its_colours() {
    let pty = Program::sh(r"printf '\033[1;38;2;1;2;3mbold\033[0m plain'; read line").size(40, 5).start();
    pty.wait_for("bold plain");
    let cells = pty.cells();
    assert_eq!((cells.width(), cells.rows.len()), (40, 5));
    assert_eq!((cells.rows[0][0].fg, cells.rows[0][0].bold), (Ink::Rgb(1, 2, 3), true));
    assert_eq!(cells.rows[0][5].fg, Ink::Default);
    assert_eq!(pty.text(), "bold plain\n\n\n\n");
    assert_eq!(qr_reader::read(&cells), [""; 0]);
}

#[test]
fn keys_reach_the_program_and_its_status_comes_back() {
    let pty = Program::sh("printf 'name? '; read name; echo \"hello $name\"; exit 7").start();
    pty.wait_for("name?");
    pty.send("ann");
    pty.press(Key::Enter);
    pty.wait_for_regex("hello a.n");
    assert_eq!(pty.wait_exit(), 7);
    assert_eq!(pty.left_behind(), [""; 0]);
}

#[test]
fn the_environment_is_nearly_empty() {
    let pty = Program::sh("echo term=$TERM user=$USER extra=$EXTRA; cd; pwd -P >where; ls").env("EXTRA", "1");
    let home = tempfile::tempdir().unwrap();
    let pty = pty.home(home.path()).start();
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(pty.text().trim_end(), "term=xterm-256color user= extra=1\nwhere");
    let noted = std::fs::read_to_string(home.path().join("where")).unwrap();
    assert_eq!(noted.trim_end(), home.path().canonicalize().unwrap().to_str().unwrap());
}

#[test]
fn a_paste_is_bracketed_when_the_program_asks_for_it() {
    let script = r"stty -echo; printf '\033[?2004hready'; read -r line; printf '%s' ";
    let pty = Program::sh(&format!("{script}\"$line\" | od -c; printf '\\033[?2004l'")).start();
    pty.wait_for("ready");
    pty.paste("pasted");
    pty.press(Key::Enter);
    assert_eq!(pty.wait_exit(), 0);
    assert!(pty.text().replace(' ', "").contains("033[200~pasted"), "{}", pty.text());
    assert_eq!(pty.left_behind().len(), 1, "echo is off: {:?}", pty.left_behind());
}

#[test]
fn a_paste_without_brackets_is_typed() {
    let pty = Program::sh("echo ready; read first; read second; echo \"$second, $first\"").start();
    pty.wait_for("ready");
    pty.paste("one\ntwo\n");
    pty.wait_for("two, one");
}

#[test]
fn a_new_size_reaches_program_and_screen() {
    let pty = Program::sh("trap 'echo told' WINCH; stty size; read line; stty size; read line").start();
    pty.wait_for("24 80");
    pty.resize(100, 30);
    pty.press(Key::Enter);
    pty.wait_for("told");
    pty.wait_for("30 100");
    assert_eq!((pty.cells().width(), pty.cells().rows.len()), (100, 30));
}

#[test]
fn signals_reach_the_program_and_not_its_shell() {
    for (signal, name, number) in [(Signal::TERM, "TERM", 15), (Signal::HUP, "HUP", 1)] {
        let pty = Program::sh("echo ready; while :; do read line; done").start();
        pty.wait_for("ready");
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), 128 + number, "{name}");
        let handled = format!("trap 'echo heard; exit 3' {name}; echo ready; while :; do read line; done");
        let pty = Program::sh(&handled).start();
        pty.wait_for("ready");
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), 3, "{name}");
        pty.wait_for("heard");
    }
}

#[test]
fn a_terminal_that_is_gone_is_a_hang_up() {
    let home = tempfile::tempdir().unwrap();
    let script = "trap 'echo hung up >end; exit 5' HUP; echo ready; while :; do read line; done";
    let mut pty = Program::sh(script).home(home.path()).start();
    pty.wait_for("ready");
    pty.hang_up();
    assert_eq!(pty.wait_exit(), 5);
    assert_eq!(std::fs::read_to_string(home.path().join("end")).unwrap(), "hung up\n");
}

#[test]
fn what_is_left_behind_is_found() {
    let pty = Program::sh(r"stty raw; printf '\033[?1049h\033[?25l\033[?1000h'").start();
    assert_eq!(pty.wait_exit(), 0);
    let left = pty.left_behind().join("\n");
    for part in ["the cursor", "the alternate screen", "mouse reporting", "line settings were"] {
        assert!(left.contains(part), "{part} in {left}");
    }
}

#[test]
fn silence_is_heard_and_every_byte_counted() {
    let pty = Program::sh("stty -echo; printf one; read line; printf two; read line").start();
    pty.wait_for("one");
    pty.wait_quiet(SILENCE);
    assert_eq!(pty.output(), b"one");
    pty.press(Key::Enter);
    pty.wait_for("two");
    assert_eq!(pty.output(), b"onetwo");
}

#[test]
fn a_text_that_goes_is_waited_for() {
    let pty = Program::sh(r"printf wait; read line; printf '\033[2J\033[Hdone'; read line").start();
    pty.wait_for("wait");
    pty.press(Key::Enter);
    pty.wait_gone("wait");
    pty.wait_until("done at the top", |screen| screen.contents() == "done");
}

#[test]
#[should_panic(expected = "waited for \"never\": the program ended")]
fn waiting_for_what_cannot_come_fails_at_once() {
    Program::sh("echo short").start().wait_for("never");
}

#[test]
fn the_program_of_this_crate_is_found() {
    assert_eq!(Program::giftty().arg("--version").start().wait_exit(), 0);
}
