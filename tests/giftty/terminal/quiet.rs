//! The real program is quiet: a write a frame, no wake-up without a reason, a frame for a burst.

use std::fs;
use std::time::Duration;

use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty::Pty;

const SILENCE: Duration = Duration::from_millis(300);

/// The list of countries, before any key.
fn begun() -> Pty {
    let pty = Program::giftty().env("LANG", "en_US.UTF-8").env("GIFTTY_TEST_READABLE", "1").start();
    pty.wait_for("United States");
    pty
}

/// The same, once everything that starts with the first key has come to rest.
fn at_rest() -> Pty {
    let pty = begun();
    pty.press(Key::Home);
    pty.wait_quiet(Duration::from_secs(1));
    pty
}

/// How often the program called write, as its system counts.
fn writes(pty: &Pty) -> u64 {
    number(&fs::read_to_string(format!("/proc/{}/io", pty.pid())).unwrap(), "syscw:")
}

/// How often any of its threads has gone to sleep to be woken again.
fn wake_ups(pty: &Pty) -> u64 {
    let threads = fs::read_dir(format!("/proc/{}/task", pty.pid())).unwrap();
    let status = |thread: fs::DirEntry| fs::read_to_string(thread.path().join("status")).unwrap_or_default();
    threads.map(|thread| number(&status(thread.unwrap()), "voluntary_ctxt_switches:")).sum()
}

fn number(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).trim().parse().unwrap()
}

/// What a program's doings cost: writes and bytes.
fn cost(pty: &Pty, deed: impl FnOnce(&Pty)) -> (u64, usize) {
    let (before, bytes) = (writes(pty), pty.output().len());
    deed(pty);
    pty.wait_quiet(SILENCE);
    (writes(pty) - before, pty.output().len() - bytes)
}

#[test]
fn a_frame_is_one_write_and_an_unchanged_one_is_none() {
    let pty = at_rest();
    let (moved, bytes) = cost(&pty, |pty| pty.press(Key::Down));
    assert_eq!(moved, 1);
    assert!(bytes <= 245, "{bytes} bytes for a move");
    // The end of the list is as far as one gets.
    cost(&pty, |pty| pty.press(Key::End));
    assert_eq!(cost(&pty, |pty| pty.press(Key::Down)), (0, 0));
}

#[test]
fn a_burst_of_keys_is_one_frame_or_two() {
    let pty = at_rest();
    let (frames, _) = cost(&pty, |pty| pty.send(Key::Down.bytes().repeat(100)));
    assert!((1..=2).contains(&frames), "{frames} frames");
}

#[test]
fn a_long_paste_is_one_frame_or_two() {
    let pty = at_rest();
    let (frames, _) = cost(&pty, |pty| pty.paste(&"switzerland ".repeat(900)));
    assert!((1..=2).contains(&frames), "{frames} frames");
    pty.wait_for("switzerland");
}

#[test]
fn nothing_wakes_an_idle_screen() {
    let pty = at_rest();
    // Threads that opened the journal linger for a moment and go; they do not belong to idleness.
    pty.comes_to(Duration::from_secs(1), |_| false);
    let (before, bytes) = (wake_ups(&pty), pty.output().len());
    pty.comes_to(Duration::from_secs(3), |_| false);
    assert_eq!((wake_ups(&pty) - before, pty.output().len() - bytes), (0, 0));
}

#[test]
fn nothing_is_opened_and_nobody_asked_before_the_first_key() {
    let pty = begun();
    pty.wait_quiet(SILENCE);
    let tasks = |pty: &Pty| fs::read_dir(format!("/proc/{}/task", pty.pid())).unwrap().count();
    let files = |pty: &Pty| {
        let links = fs::read_dir(format!("/proc/{}/fd", pty.pid())).unwrap();
        let target = |link: fs::DirEntry| fs::read_link(link.path()).unwrap_or_default();
        links.map(|link| target(link.unwrap()).display().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(tasks(&pty), 1);
    assert!(!files(&pty).iter().any(|file| file.contains("sqlite")), "{:?}", files(&pty));
    pty.send("united states\r");
    pty.wait_for("Airbnb");
}

#[test]
fn the_terminal_is_asked_nothing() {
    let pty = at_rest();
    let output = String::from_utf8(pty.output()).unwrap();
    let questions = ["\x1b[c", "\x1b[0c", "\x1b[>c", "\x1b[6n", "\x1b[?u", "\x1b]10;?", "\x1b]11;?", "\x1bP"];
    assert!(questions.iter().all(|question| !output.contains(question)), "{output:?}");
}

#[test]
fn every_letter_of_a_flood_arrives_in_its_order() {
    let pty = at_rest();
    let text: String = ('a'..='z').cycle().take(240).collect();
    pty.send(&text);
    // The field is scrolled to its end.
    pty.wait_for(&text[text.len() - 20..]);
    pty.press(Key::Ctrl('u'));
    // More than any field takes, and than any buffer on the way holds; the last keys count again.
    pty.send("x".repeat(6_000) + "\x15germany");
    pty.wait_for("Germany");
    pty.wait_for("germany");
}

#[test]
fn a_storm_of_sizes_loses_no_key() {
    let pty = at_rest();
    let sizes = [(1, 1), (500, 200), (2, 50), (39, 11), (200, 3), (40, 12), (80, 24), (500, 1), (1, 200)];
    for (letter, (columns, rows)) in "germany".chars().zip(sizes.into_iter().cycle()) {
        for shift in 0..5 {
            pty.resize(columns + shift, rows);
        }
        pty.send(letter.to_string());
    }
    for (columns, rows) in sizes {
        pty.resize(columns, rows);
    }
    pty.resize(80, 24);
    pty.wait_for("germany");
    pty.wait_for("Germany");
    pty.press(Key::Ctrl('c'));
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(pty.left_behind(), Vec::<String>::new());
}
