//! What the system may keep of the program when it breaks.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
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
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(figures, ["0", "0"], "{core}");
}
