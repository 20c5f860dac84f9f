//! Holds the project to its own rules: layers, a pure core, readable files, dependencies.

mod licences;
mod packages;

use std::path::Path;

use regex::Regex;

/// The modules that meet the services; all others are the core: pure functions of data.
const SHELL: &str =
    r"^(config|log|worker|api|journal|cache|sandbox|runtime|session|plain|terminal|cli|app)\b";

/// What only some files may name: a pattern of code, a pattern of paths below `src`, and why.
const RESERVED: [(&str, &str, &str); 7] = [
    (r"\bstd::(\{|(fs|net|env|process|thread|io)\b)", SHELL, "the core does no IO"),
    (r"\b(tokio|reqwest|reqwest_eventsource|rusqlite|axum|etcetera)::", SHELL, "the core does no IO"),
    (
        r"\b(Instant|SystemTime|now_utc|now_local|current_local_offset|new_v4|rand|getrandom)\b",
        SHELL,
        "the core has no clock and no chance",
    ),
    (
        r"\b(OnceLock|LazyLock|OnceCell|Mutex|RwLock)\b|\bstatic mut\b|\bthread_local!",
        SHELL,
        "the core has no shared state",
    ),
    (
        r"\b(serde|serde_json)::",
        r"^(api/wire|config|journal|cache|cli|sandbox)\b",
        "serde belongs to the wire and to what is kept",
    ),
    (
        r"\bratatui::",
        r"^(picture|theme|layout|widgets|view|session|terminal)\b|^screens/.*\bview\b",
        "only pictures, widgets, views, the session and the terminal draw",
    ),
    (r"\bcrossterm::", r"^(session|terminal)\b", "only the terminal knows its library"),
];

/// The top of the project.
fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the project, if it is there.
fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(top().join(path)).ok()
}

#[track_caller]
fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The Rust files below a folder: each path from that folder, and its text.
fn files(folder: &str) -> Vec<(String, String)> {
    let (mut open, mut found) = (vec![top().join(folder)], Vec::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = path.strip_prefix(top().join(folder)).unwrap().to_str().unwrap().to_owned();
            found.push((name, std::fs::read_to_string(path).unwrap()));
        }
    }
    assert!(found.len() > 50, "{folder} was not read");
    found
}

/// The top-level modules in the order of their declarations.
fn modules() -> Vec<String> {
    let declaration = Regex::new(r"(?m)^pub mod (\w+);").unwrap();
    declaration.captures_iter(&read("src/lib.rs").unwrap()).map(|found| found[1].to_owned()).collect()
}

/// What the code of files that are built into the program names, and their places may not.
fn offences(files: &[(String, String)], modules: &[String]) -> Vec<String> {
    let regex = |pattern: &str| Regex::new(pattern).unwrap();
    let rank = |module: &str| modules.iter().position(|name| name == module);
    let reserved = RESERVED.map(|(what, who, why)| (regex(what), regex(who), why));
    let mut found = Vec::new();
    for (path, text) in files {
        let module = path.split(['/', '.']).next().unwrap_or_default();
        if ["lib", "main"].contains(&module) || path.contains("/tests") {
            continue;
        }
        let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code = |line: &&str| !line.trim_start().starts_with("//");
        let code: String = product.split_inclusive('\n').filter(code).collect();
        let mut offends = |at: usize, why: &str| {
            let line = code[at..].lines().next().unwrap_or_default();
            found.push(format!("src/{path}: {why}: {line}"));
        };
        for (at, _) in code.match_indices("crate::") {
            let named =
                code[at + 7..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            if rank(named).is_none() || rank(named) > rank(module) {
                offends(at, "src/lib.rs does not declare this above");
            } else if module == "sandbox" && named != module {
                offends(at, "the sandbox shares nothing with the client, so that a mistake shows");
            }
        }
        if let Some(at) = code.find(&"super::".repeat(path.split('/').count())) {
            offends(at, "the crate's root is named crate::");
        }
        for (what, _, why) in reserved.iter().filter(|(_, who, _)| !who.is_match(path)) {
            what.find_iter(&code).for_each(|named| offends(named.start(), why));
        }
    }
    found
}

#[test]
fn modules_name_only_what_their_layer_and_their_role_allow() {
    assert_none(&offences(&files("src"), &modules()));
}

#[test]
fn what_breaks_a_layer_or_a_role_is_found() {
    let modules = ["domain", "screens", "view", "sandbox", "terminal"].map(str::to_owned);
    let wrong = [
        ("domain/time.rs", "let now = std::time::Instant::now();"),
        ("domain/time.rs", "use std::fs;"),
        ("domain.rs", "use crate::view::view;"),
        ("domain.rs", "use crate::{view, domain};"),
        ("domain.rs", "use super::view::view;"),
        ("screens/brands.rs", "use ratatui::buffer::Buffer;"),
        ("screens/brands/view.rs", "static COUNT: Mutex<u8> = Mutex::new(0);"),
        ("view.rs", "#[derive(serde::Serialize)] struct View;"),
        ("view.rs", "use crossterm::event::KeyCode;"),
        ("sandbox/orders.rs", "use crate::domain::money;"),
    ];
    let right = [
        ("domain/time.rs", "// crate::view\n#[cfg(test)]\nmod tests {\nuse std::fs;\n}"),
        ("screens/brands/view.rs", "use crate::domain::money; use super::super::rows; use ratatui::Frame;"),
        ("sandbox/orders.rs", "use crate::sandbox::payment_methods; use tokio::time::Instant;"),
    ];
    let breaks =
        |(path, code): (&str, &str)| !offences(&[(path.to_owned(), code.to_owned())], &modules).is_empty();
    assert_eq!(wrong.map(breaks), [true; 10]);
    assert_eq!(right.map(breaks), [false; 3]);
}

#[test]
fn files_are_short_begin_with_a_sentence_and_tests_neither_sleep_nor_are_skipped() {
    let mut found = Vec::new();
    for (folder, longest) in [("src", 450), ("tests", 470)] {
        for (path, text) in files(folder) {
            let has = |word: &str| text.contains(&format!("{word}("));
            let sleeps = folder == "tests" && (has("thread::sleep") || has("time::sleep") || has(" sleep"));
            let skipped = text.contains(concat!("#[", "ignore")) || text.contains(concat!("#![", "allow"));
            if !text.starts_with("//! ") || text.lines().count() > longest || sleeps || skipped {
                found.push(format!("{folder}/{path}"));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn the_page_on_the_architecture_names_every_module() {
    let page = read("src/ARCHITECTURE.md").unwrap_or_default();
    let code: Vec<&str> =
        Regex::new(r"(?s)```.*?```|`[^`]*`").unwrap().find_iter(&page).map(|found| found.as_str()).collect();
    let is_named = |module: &String| {
        code.iter().any(|code| Regex::new(&format!(r"\b{module}\b")).unwrap().is_match(code))
    };
    assert_none(&modules().into_iter().filter(|module| !is_named(module)).collect::<Vec<_>>());
}
