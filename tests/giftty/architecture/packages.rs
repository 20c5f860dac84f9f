//! Where dependencies may come from, under which licences, and that each has its reason.

use std::process::Command;

use serde_json::Value;

use super::licences::permitted;
use super::{assert_none, read, top};

const LICENCES: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "0BSD",
    "Unlicense",
    "CC0-1.0",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
];
/// File-level copyleft, used unmodified; and MIT without false attribution, in tests only.
const EXCEPTIONS: [(&str, &str); 2] = [("nucleo-matcher", "MPL-2.0"), ("hex_lit", "MITNFA")];
/// A second stack for TLS, or one that needs more than a compiler for C.
const BANNED: [&str; 3] = ["openssl-sys", "native-tls", "aws-lc-sys"];
/// Two of these do not share their types, or their state, and fail in strange ways.
const SINGLE: [&str; 5] = ["crossterm", "ratatui-core", "reqwest", "rustls", "hyper"];
/// Where the reasons for dependencies are written down.
const REASONS: &str = "src/decisions/0015-dependencies.md";
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// A package of the lock file, which holds those for all platforms.
struct Locked {
    name: String,
    source: Option<String>,
}

fn locked() -> Vec<Locked> {
    let lock = read("Cargo.lock").unwrap();
    let field = |package: &str, name: &str| {
        let start = format!("{name} = \"");
        package.lines().find_map(|line| Some(line.strip_prefix(&start)?.trim_end_matches('"').to_owned()))
    };
    let package = |text: &str| Locked { name: field(text, "name").unwrap(), source: field(text, "source") };
    lock.split("[[package]]").skip(1).map(package).collect()
}

/// What cargo knows of the packages that are built on this machine.
fn metadata() -> Value {
    let cargo = || Command::new(env!("CARGO"));
    let version = cargo().arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let asked = ["metadata", "--format-version", "1", "--locked", "--filter-platform", host];
    let mut answer = cargo().args(asked).arg("--offline").current_dir(top()).output().unwrap();
    if !answer.status.success() {
        answer = cargo().args(asked).current_dir(top()).output().unwrap();
    }
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    serde_json::from_slice(&answer.stdout).unwrap()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

#[test]
fn packages_come_from_the_registry() {
    let strange = |package: &Locked| package.source.as_deref().is_some_and(|source| source != REGISTRY);
    let found = locked().into_iter().filter(strange);
    assert_none(
        &found.map(|package| format!("{} comes from {:?}", package.name, package.source)).collect::<Vec<_>>(),
    );
}

#[test]
fn there_is_one_stack_for_tls_and_one_of_what_must_be_one() {
    let names: Vec<String> = locked().into_iter().map(|package| package.name).collect();
    assert!(names.len() > 100, "the lock file was not read");
    assert_none(&names.iter().filter(|name| BANNED.contains(&name.as_str())).cloned().collect::<Vec<_>>());
    for single in SINGLE {
        assert_eq!(names.iter().filter(|name| *name == single).count(), 1, "{single}");
    }
}

#[test]
fn licences_are_those_that_were_accepted() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let judge = |package: &Value| {
        let (name, licence) = (text(package, "name"), text(package, "license"));
        let allowed = |one: &str| LICENCES.contains(&one) || EXCEPTIONS.contains(&(name, one));
        match permitted(licence, &allowed) {
            Ok(true) => None,
            Ok(false) => Some(format!("{name} is under {licence}")),
            Err(error) => Some(format!("{name}: {error}")),
        }
    };
    assert_none(&packages.iter().filter_map(judge).collect::<Vec<_>>());
}

#[test]
fn the_journal_cannot_load_extensions() {
    let metadata = metadata();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let package = nodes.iter().find(|node| text(node, "id").contains("#rusqlite@")).unwrap();
    let features = package["features"].as_array().unwrap();
    assert!(features.iter().any(|feature| feature == "bundled"));
    assert!(!features.iter().any(|feature| feature == "load_extension"));
}

#[test]
fn the_hosted_check_knows_the_same_rules() {
    let policy = read(".deny.toml").unwrap();
    let quoted = |name: &&str| policy.contains(&format!("\"{name}\""));
    let rules =
        LICENCES.iter().chain(&BANNED).chain(&SINGLE).chain(EXCEPTIONS.iter().flat_map(|(a, b)| [a, b]));
    assert_none(&rules.filter(|name| !quoted(name)).map(|name| (*name).to_owned()).collect::<Vec<_>>());
}

#[test]
fn every_dependency_has_its_reason() {
    let pages = ["src/ARCHITECTURE.md", REASONS].map(|page| read(page).unwrap_or_default());
    let metadata = metadata();
    let own =
        metadata["packages"].as_array().unwrap().iter().find(|package| package["source"].is_null()).unwrap();
    let reasoned = |name: &str| {
        let name = format!("`{name}`");
        let explains = |line: &str| line.contains(&name) && line.len() > name.len() + 20;
        pages.iter().any(|page| page.lines().any(explains))
    };
    let names = own["dependencies"].as_array().unwrap().iter().map(|dependency| text(dependency, "name"));
    let found = names.filter(|name| !reasoned(name));
    assert_none(&found.map(|name| format!("{REASONS} has no reason for `{name}`")).collect::<Vec<_>>());
}
