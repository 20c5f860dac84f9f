//! A full purchase with all that the log can tell, and then a search of everything that was left.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};

use rustix::process::Signal;
use serde_json::Value;

use crate::support::commands::{Ended, Kit};
use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty_shopping::fills_the_checkout;

const EMAIL: &str = "planted@example.com";
const PHONE: &str = "+639171234567";

/// Every file below a directory.
fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The names of the files below a directory that hold a text.
fn holding(directory: &Path, text: &str) -> Vec<String> {
    let holds = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    files(directory).into_iter().filter(holds).map(name).collect()
}

fn code_of(order: &Value) -> String {
    order["deliveries"][0]["deliverable"]["pin_code"].as_str().expect("a code").to_owned()
}

/// There is a cache of what the shop said, so that a search looks through that, too.
fn has_a_cache(home: &Path) {
    let names = files(home);
    assert!(names.iter().any(|path| path.to_string_lossy().contains("cache")), "{names:?}");
}

/// What may be nowhere but in the journal is nowhere else.
fn only_in_the_journal(home: &Path, log: &Path, order: &Value, others: &[&str]) {
    let id = order["order_id"].as_str().unwrap();
    for secret in others.iter().chain(&[EMAIL, id]) {
        let found = holding(home, secret);
        assert!(!found.is_empty(), "{secret} is kept");
        assert!(found.iter().all(|name| name.starts_with("journal")), "{secret} is in {found:?}");
    }
    let told = std::fs::read_to_string(log).unwrap();
    for line in [" trace feed ", " debug request ", " info order ", "path=/v5/orders/{id}/subscribe"] {
        assert!(told.contains(line), "the log tells much, but not {line:?}: {told}");
    }
    assert!(told.contains(&id[..8]) && !told.contains(&id[..9]), "the log tells orders apart: {told}");
}

#[tokio::test]
async fn after_a_purchase_by_command_the_code_is_only_in_the_journal() {
    let kit = Kit::moving().await;
    let home = kit.records();
    std::fs::create_dir_all(&home).unwrap();
    let log = home.join("support.log");
    let run = async |arguments: &[&str]| -> Ended {
        let logging = ["--log", log.to_str().unwrap(), "--log-level", "trace"];
        kit.run(&[arguments, &logging].concat()).await
    };
    let buy = [
        "buy",
        "--yes",
        "--json",
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
        EMAIL,
    ];
    let bought = run(&buy).await;
    assert_eq!((bought.code, bought.err.as_str()), (0, ""));
    let tracked = run(&["track", "1"]).await;
    assert_eq!((tracked.code, tracked.err.as_str()), (0, ""));
    let listed = run(&["orders"]).await;
    let order = &kit.orders().await[0];
    let code = code_of(order);
    for (what, ended) in [("track", &tracked), ("orders", &listed), ("buy", &bought)] {
        assert!(!ended.out.contains(&code), "{what} prints the code");
    }
    let id = order["order_id"].as_str().unwrap();
    assert!(!listed.out.contains(id) && !tracked.out.contains(id), "whoever has the id reads the code");
    assert!(run(&["reveal", "1"]).await.out.contains(&code), "asked for, it is printed");
    only_in_the_journal(&home, &log, order, &[&code]);
}

#[tokio::test]
async fn after_a_purchase_on_the_screen_the_code_is_only_in_the_journal() {
    let kit = Kit::moving().await;
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("support.log");
    let program = Program::giftty()
        .home(home.path())
        .env("LANG", "en_US.UTF-8")
        .env("GIFTTY_API_BASE", kit.address())
        .env("GIFTTY_DATA_DIR", home.path().join("data"))
        .env("GIFTTY_LOG", &log)
        .env("GIFTTY_LOG_LEVEL", "trace");
    let drive = move || {
        let pty = program.start();
        fills_the_checkout(&pty);
        pty.send(EMAIL);
        pty.press(Key::Enter);
        pty.wait_for("place the order");
        pty.decides("p");
        pty.wait_for("elivered");
        pty.wait_for("reveal");
        let before = pty.output();
        pty.signal(Signal::TERM);
        assert_eq!(pty.wait_exit(), 0);
        (before, pty.left_behind(), pty.text())
    };
    let (written, left, scrollback) = tokio::task::spawn_blocking(drive).await.unwrap();
    let order = &kit.orders().await[0];
    let written = String::from_utf8_lossy(&written);
    assert!(!written.contains(&code_of(order)), "a code that was not asked for is not drawn");
    assert!(!written.contains(order["order_id"].as_str().unwrap()), "nor the id that reads it");
    assert_eq!(left, Vec::<String>::new());
    assert!(!scrollback.contains("Airbnb"), "the screen is gone with the program: {scrollback}");
    has_a_cache(home.path());
    only_in_the_journal(home.path(), &log, order, &[&code_of(order)]);
}

/// A running program in lines, and what it said so far.
struct Lines {
    child: Child,
    output: BufReader<ChildStdout>,
    said: String,
}

impl Lines {
    fn answers(&mut self, question: &str, line: &str) {
        self.hears(question);
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    fn hears(&mut self, text: &str) {
        while !self.said.lines().last().unwrap_or_default().contains(text) {
            let read = self.output.read_line(&mut self.said).unwrap();
            assert!(read > 0, "no {text:?} in\n{}", self.said);
        }
    }
}

#[tokio::test]
async fn after_a_top_up_in_lines_the_phone_is_only_in_the_journal() {
    let kit = Kit::moving().await;
    let home = kit.records();
    std::fs::create_dir_all(&home).unwrap();
    let log = home.join("support.log");
    let mut command = kit.command(&["--plain"]);
    command.env("GIFTTY_LOG", &log).env("GIFTTY_LOG_LEVEL", "trace").env("LANG", "en_US.UTF-8");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let drive = move || {
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut you = Lines { child, output, said: String::new() };
        you.answers("Which country?", "philippines");
        you.answers("1 Philippines", "1");
        you.answers("brands. Which one?", "globe");
        you.answers("1 Globe, top-up", "1");
        you.answers("What of Globe?", "1");
        you.answers("It goes to a phone number.", "buy");
        you.answers("The phone number to top up", PHONE);
        you.answers("Your e-mail address?", EMAIL);
        you.answers("Pay with USDC on Solana?", "");
        you.answers("Type order", "order");
        you.hears("Reference: ");
        you.answers("", "q");
        let mut errors = String::new();
        you.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert!(you.child.wait().unwrap().success());
        errors
    };
    let errors = tokio::task::spawn_blocking(drive).await.unwrap();
    assert_eq!(errors, "");
    has_a_cache(&home);
    only_in_the_journal(&home, &log, &kit.orders().await[0], &[PHONE]);
}
