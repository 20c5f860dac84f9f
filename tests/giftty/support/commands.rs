//! A sandbox, a home, and the program run against them.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use giftty::sandbox::Pace;
use serde_json::Value;

use super::sandbox::World;

/// A running sandbox, and a home that the commands keep their records in.
pub(crate) struct Kit(World);

impl Deref for Kit {
    type Target = World;

    fn deref(&self) -> &World {
        &self.0
    }
}

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// What is bought in most tests: a gift card of a range.
pub(crate) const AIRBNB: [&str; 12] = [
    "--country",
    "US",
    "--brand",
    "Airbnb",
    "--amount",
    "100",
    "--coin",
    "USDC",
    "--network",
    "Solana",
    "--email",
    "you@example.com",
];

impl Kit {
    /// A sandbox in which nothing moves by itself.
    pub(crate) async fn open() -> Self {
        Self(World::manual().await)
    }

    /// A sandbox in which orders walk to their end by themselves.
    pub(crate) async fn moving() -> Self {
        Self(World::new(Pace::Every(Duration::from_millis(100))).await)
    }

    /// The same shop, visited from another home.
    pub(crate) fn move_out(&mut self) {
        self.0.home = tempfile::tempdir().expect("a home");
    }

    /// The folder of the records, which the program makes.
    pub(crate) fn records(&self) -> PathBuf {
        self.home.path().join("giftty")
    }

    /// The home.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The program, with this shop and this home and nothing else from outside.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.embedded(arguments);
        command.env("GIFTTY_API_BASE", self.address());
        command
    }

    /// The program with this home and the shop that is inside it.
    pub(crate) fn embedded(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_giftty"));
        command.args(arguments).env_clear().stdin(Stdio::null());
        command.env("HOME", self.home.path()).env("GIFTTY_DATA_DIR", self.records());
        command
    }

    /// Runs a command to its end.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ended {
        end_of(self.command(arguments)).await
    }

    /// Runs a command with the usual purchase and a few words more.
    pub(crate) async fn with_airbnb(&self, command: &str, more: &[&str]) -> Ended {
        self.run(&[&[command], AIRBNB.as_slice(), more].concat()).await
    }

    /// Places an order and gives what was printed of it.
    pub(crate) async fn buy(&self) -> Value {
        let ended = self.with_airbnb("buy", &["--yes", "--json"]).await;
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.json()
    }
}

/// Runs a command to its end, beside the sandbox that it talks to.
pub(crate) async fn end_of(mut command: Command) -> Ended {
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("a thread");
    Ended::of(output.expect("the program"))
}

impl Ended {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code"),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// The one JSON value on stdout.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("one JSON value on stdout")
    }

    /// The JSON values on stdout, one a line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// The error, when nothing but one JSON object is on stderr.
    pub(crate) fn error(&self) -> Value {
        let report: Value = serde_json::from_str(&self.err).expect("one JSON object on stderr");
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        assert!(report["error"]["sentence"].is_string(), "{report}");
        report["error"].clone()
    }
}
