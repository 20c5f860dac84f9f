//! What a terminal sends by itself does nothing: no order, no code, nothing written, removed or marked, and
//! not even another screen.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;
use rustix::io::ioctl_fionread;

use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty::{LOOK, PATIENCE, Pty};
use crate::support::pty_shopping::{at_manual_pace, walks_to};

/// What terminals send that nobody typed. Each holds letters that mean something on some screen.
const SENT: [&[u8]; 70] = [
    // Versions, as terminals tell them (XTVERSION).
    b"\x1bP>|ptyxis 1.0\x1b\\",
    b"\x1bP>|WezTerm 20240203-110809-5046fc22\x1b\\",
    b"\x1bP>|kitty(0.35.2)\x1b\\",
    b"\x1bP>|XTerm(380)\x1b\\",
    b"\x1bP>|tmux 3.4\x1b\\",
    b"\x1bP>|iTerm2 3.5.10\x1b\\",
    // Answers to questions about capabilities, settings and colours.
    b"\x1bP1+r636f=323536\x1b\\",
    b"\x1bP0+rxmply\x1b\\",
    b"\x1bP1$r0 q\x1b\\",
    b"\x1bP1$r2;1;m\x1b\\",
    b"\x1bP!|7E565445\x1b\\",
    b"\x1bP1$tpxlcrm\x1b\\",
    // Identities.
    b"\x1b[?62;22;52c",
    b"\x1b[?1;2c",
    b"\x1b[>1;3905;0c",
    b"\x1b[=00000000c",
    b"\x1b[?64;1;2;6;9;15;18;21;22c",
    // Places, sizes, modes.
    b"\x1b[24;80R",
    b"\x1b[1;40R",
    b"\x1b[?24;80;1R",
    b"\x1b[0n",
    b"\x1b[?13n",
    b"\x1b[?997;1n",
    b"\x1b[4;384;640t",
    b"\x1b[6;16;8t",
    b"\x1b[8;24;80t",
    b"\x1b[48;24;80;384;640t",
    b"\x1b[1t",
    b"\x1b[?2026;2$y",
    b"\x1b[?1u",
    b"\x1b[>4;2m",
    b"\x1b[?1;0;256S",
    b"\x1b[8;9;1;128;128;1;1x",
    b"\x1b[1;2;3;4;5*y",
    // The mouse, in each of its forms.
    b"\x1b[M p(",
    b"\x1b[M#p(",
    b"\x1b[M`xy",
    b"\x1b[M@rm",
    // A column that is out of range.
    b"\x1b[M \0p",
    b"\x1b[M \0\0",
    "\u{1b}[M \u{100}p".as_bytes(),
    b"\x1b[<0;80;8M",
    b"\x1b[<0;80;24M",
    b"\x1b[<0;2;24m",
    b"\x1b[<35;12;8M",
    b"\x1b[<65;10;10M",
    b"\x1b[32;80;24M",
    b"\x1b[96;12;8M",
    // Focus, and keys that are released.
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[112;1:3u",
    b"\x1b[114;1:3u",
    b"\x1b[57441;1:1u",
    b"\x1b[1;1:3A",
    // Colours, the clipboard, the folder, as strings of the operating system.
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    b"\x1b]10;rgb:ffff/ffff/ffff\x07",
    b"\x1b]4;1;rgb:cccc/0000/0000\x07",
    b"\x1b]52;c;cGxlYXNlIHJlbW92ZSBteSBvcmRlcnM=\x1b\\",
    b"\x1b]52;p;pxlcrmwy\x07",
    b"\x1b]99;i=p:p=close;x\x1b\\",
    b"\x1b]lplease\x1b\\",
    b"\x1b]Lplease\x1b\\",
    // Pictures, and other strings.
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b_Gi=1,p=1;ENOENT:xcrm\x1b\\",
    b"\x1b^privacy p x m\x1b\\",
    b"\x1bXstring p x m\x1b\\",
    // The same in controls of eight bits, and of eight bits in UTF-8.
    b"\x90>|ptyxis\x9c",
    b"\x9d11;rgb:p/x/m\x9c",
    b"\x9b?62;22c",
    "\u{90}>|ptyxis\u{9c}".as_bytes(),
];

/// Sequences whose end is lost; each is given up by itself.
const CUT: [&[u8]; 4] = [b"\x1bP>|ptyxis", b"\x1b]52;c;pxlcrm", b"\x1b[M p", b"\x1b_Gpxlcrm"];

/// A shopper's way to a screen, and a text that stands on it.
type Way = (fn(&Pty), &'static str);

const WAYS: [Way; 12] = [
    (|pty| walks_to(pty, "country"), "Where do you shop"),
    (to_brands, "Amazon.com"),
    (
        |pty| {
            to_brands(pty);
            pty.press(Key::Ctrl('f'));
        },
        "categor",
    ),
    (to_product, "from 50 to 500"),
    (|pty| walks_to(pty, "checkout"), "Checkout"),
    (to_receipt, "place the order"),
    (
        |pty| {
            to_receipt(pty);
            pty.press(Key::Ctrl('t'));
        },
        "Lightning",
    ),
    (
        |pty| {
            to_receipt(pty);
            pty.press(Key::Ctrl('g'));
        },
        "place the order, on the receipt",
    ),
    (|pty| walks_to(pty, "pay"), "Only USDC on Solana"),
    (to_codes, "reveal"),
    (
        |pty| {
            to_codes(pty);
            pty.press(Key::Ctrl('o'));
        },
        "1 of 1",
    ),
    (
        |pty| {
            to_codes(pty);
            pty.press(Key::Ctrl('o'));
            pty.wait_for("1 of 1");
            pty.press(Key::Ctrl('x'));
        },
        "removes it for good",
    ),
];

fn to_brands(pty: &Pty) {
    pty.wait_for("United States");
    pty.send("united states");
    pty.wait_gone("Albania");
    pty.press(Key::Enter);
    pty.wait_for("Amazon.com");
}

fn to_product(pty: &Pty) {
    to_brands(pty);
    pty.send("airbnb");
    pty.wait_gone("Amazon.com");
    pty.press(Key::Enter);
    pty.wait_for("from 50 to 500");
    pty.press(Key::Ctrl('u'));
    pty.send("100");
    pty.wait_for("101.48");
}

fn to_receipt(pty: &Pty) {
    walks_to(pty, "checkout");
    pty.send("you@example.com");
    pty.press(Key::Enter);
    pty.wait_for("place the order");
}

fn to_codes(pty: &Pty) {
    to_receipt(pty);
    pty.decides("p");
    pty.wait_for("reveal");
}

/// How many orders the embedded sandbox has.
fn orders(home: &Path) -> usize {
    let Ok(text) = std::fs::read_to_string(home.join("data/sandbox-orders.json")) else { return 0 };
    let content: serde_json::Value = serde_json::from_str(&text).unwrap();
    content["orders"].as_array().unwrap().len()
}

/// What stands on the screen, without the lines that tell the time.
fn still(pty: &Pty) -> String {
    pty.text().lines().skip(1).collect::<Vec<_>>().join("\n")
}

/// The terminal as the program reads it, to learn when it has read everything.
fn feed_of(pty: &Pty) -> File {
    let flags = i32::try_from(OFlags::NOCTTY.bits()).unwrap();
    OpenOptions::new().read(true).custom_flags(flags).open(format!("/proc/{}/fd/0", pty.pid())).unwrap()
}

/// Sends a sequence in these parts, each in a read of its own. Returns whether the program may have given up
/// waiting for the rest of it, because this machine was busy.
fn send_in_parts(pty: &Pty, line: &File, parts: &[&[u8]]) -> bool {
    let mut was_slow = false;
    for part in parts {
        let sent = Instant::now();
        pty.send(part);
        while ioctl_fionread(line).unwrap() > 0 {
            assert!(sent.elapsed() < PATIENCE, "the program reads nothing");
            std::thread::yield_now();
        }
        was_slow |= sent.elapsed() > Duration::from_millis(20);
    }
    was_slow
}

/// Sends everything whole, split at every byte, and byte by byte. Returns whether this machine was too busy to
/// tell anything by what is on the screen.
fn bombard(pty: &Pty) -> bool {
    let line = feed_of(pty);
    let mut was_slow = false;
    for sequence in SENT {
        was_slow |= send_in_parts(pty, &line, &[sequence]);
        for at in 1..sequence.len() {
            let (one, two) = sequence.split_at(at);
            was_slow |= send_in_parts(pty, &line, &[one, two]);
        }
        was_slow |= send_in_parts(pty, &line, &sequence.chunks(1).collect::<Vec<_>>());
    }
    for sequence in CUT {
        was_slow |= send_in_parts(pty, &line, &[sequence]);
        pty.wait_quiet(LOOK);
    }
    was_slow
}

fn check(way: &Way, pace: &str) {
    let (walk, text) = *way;
    for _ in 0..10 {
        let home = tempfile::tempdir().unwrap();
        let pty = at_manual_pace(Program::giftty(), home.path())
            .env("GIFTTY_PACE", pace)
            .arg("--no-images")
            .start();
        walk(&pty);
        pty.wait_for(text);
        pty.wait_quiet(LOOK);
        let (before, count, written) = (still(&pty), orders(home.path()), pty.output().len());
        let was_slow = bombard(&pty);
        assert_eq!(orders(home.path()), count, "on {text}");
        if was_slow {
            continue;
        }
        assert_eq!(still(&pty), before, "on {text}");
        let since = String::from_utf8_lossy(&pty.output()[written..]).into_owned();
        assert!(!since.contains("too fast"), "a key was seen on {text}");
        return;
    }
    panic!("this machine is too busy to tell on {text}");
}

#[test]
fn nothing_happens_while_something_is_chosen() {
    WAYS[..5].iter().for_each(|way| check(way, "manual"));
}

#[test]
fn nothing_is_ordered() {
    WAYS[5..9].iter().for_each(|way| check(way, "manual"));
}

#[test]
fn nothing_is_revealed_written_removed_or_marked() {
    WAYS[9..].iter().for_each(|way| check(way, "every=20ms"));
}

#[test]
fn keys_in_the_forms_that_another_program_left_on_work() {
    for ctrl_c in [&b"\x1b[27;5;99~"[..], b"\x1b[99;5u", b"\x1b[99;5:1u"] {
        let home = tempfile::tempdir().unwrap();
        let pty = at_manual_pace(Program::giftty(), home.path()).start();
        pty.wait_for("Where do you shop");
        pty.send(ctrl_c);
        assert_eq!(pty.wait_exit(), 0);
    }
}

#[test]
fn keys_of_a_slow_line_do_what_they_do_at_once() {
    let marked = |text: &str| text.lines().find(|line| line.contains('▸')).map(str::to_owned);
    for _ in 0..10 {
        let home = tempfile::tempdir().unwrap();
        let pty = at_manual_pace(Program::giftty(), home.path()).start();
        pty.wait_for("Where do you shop");
        let line = feed_of(&pty);
        let first = marked(&pty.text());
        let mut was_slow = false;
        for sequence in [&b"\x1b[B"[..], b"\x1bOB", b"\x1b[A", b"\x1b[1;1A"] {
            for byte in sequence.chunks(1) {
                let sent = Instant::now();
                send_in_parts(&pty, &line, &[byte]);
                // Nothing is drawn while a sequence is incomplete, so silence is the pause of the line.
                pty.wait_quiet(Duration::from_millis(30));
                was_slow |= sent.elapsed() > Duration::from_millis(45);
            }
        }
        if was_slow {
            continue;
        }
        pty.wait_until("the first row again", |screen| marked(&screen.contents()) == first);
        assert!(pty.text().contains("Where do you shop"), "no Escape was seen");
        return;
    }
    panic!("this machine is too busy to tell");
}

#[test]
fn a_paste_without_an_end_ends_by_itself() {
    let home = tempfile::tempdir().unwrap();
    let pty = at_manual_pace(Program::giftty(), home.path()).start();
    to_brands(&pty);
    pty.send("\x1b[200~airbnb");
    pty.wait_gone("Amazon.com");
    pty.press(Key::Ctrl('c'));
    assert_eq!(pty.wait_exit(), 0);
}
