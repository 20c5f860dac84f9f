//! Copying by key: to the terminal, through what stands between, and to this machine's own clipboard.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty::Pty;
use crate::support::pty_shopping::{at_manual_pace, walks_to};

/// Puts a clipboard of this machine into a folder: it keeps what it is told, and how.
fn fake_xclip(folder: &Path, end: &str) {
    std::fs::create_dir_all(folder).unwrap();
    let tool = folder.join("xclip");
    let script = format!(
        "#!/bin/sh\ncat >\"$HOME/copied\"\necho \"$@\" >\"$HOME/arguments\"\ntr '\\0' ' ' </proc/$PPID/cmdline \
         >\"$HOME/caller\"\n{end}\n"
    );
    std::fs::write(&tool, script).unwrap();
    std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// An order that waits for its payment, with this in the environment.
fn paying(home: &Path, environment: &[(&str, &str)]) -> Pty {
    let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".to_owned());
    let path = format!("{}:{path}", home.join("bin").display());
    let program = at_manual_pace(Program::giftty(), home).env("PATH", path);
    let program = environment.iter().fold(program, |program, (name, value)| program.env(name, value));
    let pty = program.start();
    walks_to(&pty, "pay");
    pty
}

/// What was written, also what came behind the last frame.
fn wrote(pty: &Pty, text: &str) -> bool {
    pty.send("o");
    pty.wait_for("Orders");
    pty.press(Key::Escape);
    pty.wait_gone("› Orders");
    String::from_utf8_lossy(&pty.output()).contains(text)
}

/// What OSC 52 is for the amount of the order.
const AMOUNT: &str = "]52;c;MTAxLjQ4";

#[test]
fn a_key_sends_to_the_terminal_and_nothing_else_does() {
    let home = tempfile::tempdir().unwrap();
    let pty = paying(home.path(), &[]);
    assert!(!wrote(&pty, "]52;"), "nothing is copied unasked");
    pty.send("a");
    pty.wait_for("Amount: sent to your terminal");
    assert!(wrote(&pty, &format!("\x1b{AMOUNT}\x1b\\")));
    pty.press(Key::Ctrl('c'));
}

#[test]
fn tmux_and_screen_let_it_pass() {
    let home = tempfile::tempdir().unwrap();
    let tmux = [("TMUX", "/tmp/tmux-1000/default,1,0"), ("TERM", "screen-256color")];
    let pty = paying(home.path(), &tmux);
    pty.send("a");
    pty.wait_for("Amount: sent to your terminal");
    assert!(wrote(&pty, &format!("\x1bPtmux;\x1b\x1b{AMOUNT}\x1b\x1b\\\x1b\\")));
    drop(pty);
    let home = tempfile::tempdir().unwrap();
    let pty = paying(home.path(), &[("STY", "1.pts-0.here"), ("TERM", "screen")]);
    pty.send("a");
    pty.wait_for("Amount: sent to your terminal");
    assert!(wrote(&pty, &format!("\x1bP\x1b{AMOUNT}\x07\x1b\\")));
}

#[cfg(target_os = "linux")]
#[test]
fn the_clipboard_of_this_machine_takes_it_through_a_pipe() {
    let home = tempfile::tempdir().unwrap();
    fake_xclip(&home.path().join("bin"), "exit 0");
    let pty = paying(home.path(), &[("DISPLAY", ":0")]);
    assert!(!home.path().join("copied").exists(), "nothing is copied unasked");
    pty.send("a");
    pty.wait_for("Amount: copied.");
    let kept = |name: &str| std::fs::read_to_string(home.path().join(name)).unwrap();
    assert_eq!(kept("copied"), "101.48");
    assert_eq!(kept("arguments"), "-selection clipboard\n");
    pty.send("i");
    pty.wait_for("needs: copied.");
    assert!(kept("copied").contains("Order:"), "{}", kept("copied"));
    let id =
        kept("copied").lines().find_map(|line| line.strip_prefix("Order:   ").map(str::to_owned)).unwrap();
    for name in ["arguments", "caller"] {
        assert!(!kept(name).contains(&id) && !kept(name).contains("101.48"), "{}", kept(name));
    }
    assert!(wrote(&pty, AMOUNT), "the terminal has it too: it may be another machine's");
}

#[cfg(target_os = "linux")]
#[test]
fn a_clipboard_that_fails_hangs_or_is_far_away_is_not_said_to_have_it() {
    for (end, environment) in [
        ("exit 1", &[("DISPLAY", ":0")][..]),
        ("exec sleep 60", &[("DISPLAY", ":0")]),
        ("exit 0", &[("DISPLAY", ":10"), ("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")]),
    ] {
        let home = tempfile::tempdir().unwrap();
        fake_xclip(&home.path().join("bin"), end);
        let pty = paying(home.path(), environment);
        pty.send("a");
        pty.wait_for("Amount: sent to your terminal");
        // Keys go on meanwhile.
        pty.send("y");
        pty.wait_for("Address: sent to your terminal");
        pty.press(Key::Ctrl('c'));
        pty.wait_for("once more to leave");
        pty.press(Key::Ctrl('c'));
        assert_eq!(pty.wait_exit(), 0, "{end}");
        assert!(!String::from_utf8_lossy(&pty.output()).contains("copied."), "{end}");
    }
}
