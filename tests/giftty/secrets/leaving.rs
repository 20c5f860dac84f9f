//! What the system may keep of the program when it breaks.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Stdio};

use rustix::process::{DumpableBehavior, dumpable_behavior, geteuid};

use crate::support::alone::alone;

#[test]
#[cfg(target_os = "linux")]
fn no_core_is_ever_dumped() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_giftty"))
        .arg("sandbox")
        .env_clear()
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let figures: Vec<&str> = core.split_whitespace().skip(4).take(2).collect();
    let owner = std::fs::metadata(format!("/proc/{}/environ", child.id())).unwrap().uid();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(figures, ["0", "0"], "{core}");
    // What may not be dumped belongs to root there, which tells nothing where its user is root.
    assert!(owner == 0 || geteuid().is_root(), "it may be dumped: /proc has it as {owner}'s");
}

#[test]
#[cfg(target_os = "linux")]
fn the_process_says_that_it_must_not_be_dumped() {
    alone("secrets::leaving::the_process_says_that_it_must_not_be_dumped", || {
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::Dumpable);
        giftty::terminal::leave_no_core();
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    });
}
