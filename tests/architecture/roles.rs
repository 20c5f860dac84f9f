//! Which modules may name a clock, a file, the screen or the wire.

use super::paths::Mention;
use super::source::{Source, assert_none, sources};

/// The modules that meet the outside; all others are the core, the program as pure functions.
const SHELL: [&str; 15] = [
    "config", "log", "workshop", "api", "journal", "cache", "runtime", "session", "plain", "terminal",
    "sandbox", "cli", "app", "lib", "main",
];

/// What the core does without: the outside, chance, the clock, shared state, the wire.
const OUTSIDE: [&str; 26] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::time::*",
    "Instant::now",
    "SystemTime::now",
    "fs",
    "env",
    "process",
    "thread",
    "tokio",
    "reqwest",
    "reqwest_eventsource",
    "rusqlite",
    "axum",
    "rand",
    "getrandom",
    "serde",
    "serde_json",
    "crossterm",
    "etcetera",
];
const OUTSIDE_NAMES: [&str; 10] = [
    "SystemTime",
    "OnceLock",
    "LazyLock",
    "OnceCell",
    "Mutex",
    "RwLock",
    "new_v4",
    "now_utc",
    "now_local",
    "current_local_offset",
];
const OUTSIDE_WORDS: [&str; 2] = ["static mut ", "thread_local!"];

/// Why a file may not mention a path, if it may not.
fn judge(source: &Source, mention: &Mention) -> Option<&'static str> {
    let (room, module) = (source.room(), source.module());
    let outside = OUTSIDE.iter().any(|path| mention.starts_with(path))
        || OUTSIDE_NAMES.iter().any(|name| mention.names(name));
    if !SHELL.contains(&room) && outside {
        return Some("the core has no clock, no file, no chance, no shared state and no wire");
    }
    let draws = matches!(room, "picture" | "theme" | "layout" | "widgets" | "view" | "session" | "terminal")
        || (room == "screens" && module.contains(&"view"));
    if mention.starts_with("ratatui") && !draws {
        return Some("only pictures, the drawing kit, the views, the session and the terminal draw");
    }
    if mention.starts_with("ratatui::crossterm") {
        return Some("crossterm is named by its own name");
    }
    if mention.starts_with("crossterm") && !matches!(room, "session" | "terminal") {
        return Some("only the session and the terminal know crossterm");
    }
    if mention.starts_with("serde") && !reads_and_writes(&module) {
        return Some("serde belongs to the wire and to what is kept");
    }
    if room == "sandbox" && mention.starts_with("crate") && !mention.starts_with("crate::sandbox") {
        return Some("the sandbox shares nothing with the client, so that a mistake shows");
    }
    None
}

fn reads_and_writes(module: &[&str]) -> bool {
    match module {
        ["api", below, ..] => below.starts_with("wire"),
        [room, ..] => ["config", "journal", "cache", "cli", "sandbox"].contains(room),
        [] => false,
    }
}

fn offences(source: &Source) -> Vec<String> {
    let mentions = source.mentions();
    let judged = mentions.iter().filter_map(|mention| Some((mention, judge(source, mention)?)));
    let mut found: Vec<String> =
        judged.map(|(mention, why)| source.at(mention.line, &format!("{}: {why}", mention.path()))).collect();
    if !SHELL.contains(&source.room()) {
        let product = source.product();
        let shared = |line: &str| OUTSIDE_WORDS.iter().any(|word| line.contains(word));
        let lines = product.lines().zip(1..).filter(|(line, _)| shared(line));
        found.extend(lines.map(|(_, number)| source.at(number, "the core has no shared state")));
    }
    found
}

#[test]
fn every_module_keeps_to_its_role() {
    let found: Vec<String> = sources("src").iter().flat_map(offences).collect();
    assert_none(&found);
}

#[test]
fn what_is_out_of_role_is_found() {
    let wrong = [
        ("src/domain/time.rs", "let now = std::time::Instant::now();"),
        ("src/domain/time.rs", "use std::time::{Duration, SystemTime};"),
        ("src/update.rs", "use tokio::sync::mpsc;"),
        ("src/state.rs", "static mut COUNT: u8 = 0;"),
        ("src/state.rs", "thread_local! { }"),
        ("src/action.rs", "use serde::Deserialize;"),
        ("src/screens/brands.rs", "use ratatui::Frame;"),
        ("src/view.rs", "use ratatui::crossterm::event;"),
        ("src/keymap.rs", "use crossterm::event::KeyCode;"),
        ("src/runtime.rs", "use crossterm::event::KeyCode;"),
        ("src/api/client.rs", "use serde::de::Error;"),
        ("src/runtime.rs", "#[derive(serde::Serialize)] struct S;"),
        ("src/sandbox/orders.rs", "use crate::domain::money;"),
    ];
    for (path, text) in wrong {
        assert_eq!(offences(&Source::new(path, text)).len(), 1, "{path}: {text}");
    }
}

#[test]
fn what_is_in_role_is_left_alone() {
    let right = [
        ("src/domain/time.rs", "use std::time::Duration; use time::OffsetDateTime;"),
        ("src/domain/time.rs", "#[cfg(test)] mod tests { use std::time::Instant; }"),
        ("src/screens/brands/view.rs", "use ratatui::Frame;"),
        ("src/screens/pay/view/code.rs", "use ratatui::Frame;"),
        ("src/screens/pay/tests.rs", "use ratatui::Terminal; use std::fs::read;"),
        ("src/terminal.rs", "use crossterm::event::KeyCode;"),
        ("src/api/wire/order.rs", "use serde::Deserialize;"),
        ("src/api/wire.rs", "use serde::Deserialize;"),
        ("src/config/file.rs", "use serde::Deserialize;"),
        ("src/sandbox/orders.rs", "use crate::sandbox::rails; use super::catalogue;"),
        ("src/runtime.rs", "use tokio::time::Instant; use std::sync::Mutex;"),
    ];
    for (path, text) in right {
        assert_eq!(offences(&Source::new(path, text)), [""; 0], "{path}: {text}");
    }
}
