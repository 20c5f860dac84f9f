//! What every file owes its reader, and what may lie at the project's top.

use std::collections::BTreeSet;
use std::process::Command;

use super::source::{Source, assert_none, sources, top};

/// A file that is longer asks for a second room.
const LONGEST: usize = 450;

const TOP: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "assets",
    "tests",
    "README.md",
    "demo.tape",
    "LICENSE-MIT",
    "LICENSE-APACHE",
];

/// What no code here contains.
const NOWHERE: [(&str, &str); 3] = [
    ("#[allow(", "an exception is an #[expect] with its reason"),
    ("#![allow(", "an exception is an #![expect] with its reason"),
    ("#[ignore", "every test runs"),
];
const NOT_IN_THE_PROGRAM: [(&str, &str); 3] =
    [("todo!", "unfinished"), ("unimplemented!", "unfinished"), ("dbg!", "left from a search")];
const NOT_IN_TESTS: [(&str, &str); 4] = [
    ("thread::sleep", "a test waits for what it needs"),
    ("time::sleep", "a test waits for what it needs"),
    (" sleep(", "a test waits for what it needs"),
    ("(sleep(", "a test waits for what it needs"),
];

fn offences(source: &Source) -> Vec<String> {
    let in_program = source.path.starts_with("src/");
    let mut found = Vec::new();
    if source.path.ends_with("/mod.rs") {
        found.push(source.at(1, "a module's file has the module's name"));
    }
    if !source.text.starts_with("//! ") {
        found.push(source.at(1, "a file starts with a sentence on what it is"));
    }
    let lines = source.text.lines().count();
    if in_program && lines > LONGEST {
        found.push(source.at(lines, "a file of this length asks for a second room"));
    }
    let own: &[(&str, &str)] = if in_program { &NOT_IN_THE_PROGRAM } else { &NOT_IN_TESTS };
    for (text, why) in NOWHERE.iter().chain(own) {
        found.extend(source.lines_with(text).iter().map(|line| source.at(*line, &format!("{text}: {why}"))));
    }
    found
}

#[test]
fn files_are_as_a_reader_expects_them() {
    let files = sources("src").into_iter().chain(sources("tests"));
    assert_none(&files.flat_map(|source| offences(&source)).collect::<Vec<_>>());
}

#[test]
fn the_top_holds_what_was_agreed() {
    let allowed = |name: &String| TOP.contains(&name.as_str()) || name.starts_with('.');
    assert_none(&tops().into_iter().filter(|name| !allowed(name)).collect::<Vec<_>>());
}

/// The names at the top that belong to the project: all that git knows, or else all there are.
fn tops() -> BTreeSet<String> {
    let first = |path: &str| path.split('/').next().unwrap_or(path).to_owned();
    let listed = Command::new("git").args(["ls-files"]).current_dir(top()).output();
    if let Some(listed) = listed.ok().filter(|listed| listed.status.success() && !listed.stdout.is_empty()) {
        return String::from_utf8(listed.stdout).unwrap().lines().map(first).collect();
    }
    let entries = std::fs::read_dir(top()).unwrap().map(|entry| entry.unwrap().file_name());
    entries.map(|name| name.into_string().unwrap()).filter(|name| name != "target").collect()
}

#[test]
fn each_bad_habit_is_found() {
    let wrong = [
        ("src/screens/mod.rs", "//! Screens.\n".to_owned()),
        ("src/action.rs", "use std::fmt;\n".to_owned()),
        ("src/action.rs", format!("//! Long.{}", "\n".repeat(LONGEST + 1))),
        ("src/action.rs", "//! A.\n#[allow(dead_code)]\n".to_owned()),
        ("tests/story.rs", "//! A.\n#![allow(dead_code)]\n".to_owned()),
        ("src/action.rs", "//! A.\nfn f() { todo!() }\n".to_owned()),
        ("tests/story.rs", "//! A.\n#[ignore = \"slow\"]\n".to_owned()),
        ("tests/story.rs", "//! A.\nstd::thread::sleep(x);\n".to_owned()),
        ("tests/story.rs", "//! A.\ntokio::time::sleep(x);\n".to_owned()),
    ];
    for (path, text) in wrong {
        assert_eq!(offences(&Source::new(path, &text)).len(), 1, "{path}: {text}");
    }
    let right = Source::new("src/action.rs", "//! A.\n\n// todo! #[allow(x)]\nconst A: &str = \"dbg!\";\n");
    assert_eq!(offences(&right), [""; 0]);
}
