//! A sandbox, a home, and the program run against them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use giftty::sandbox::{Pace, Sandbox, Settings};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A running sandbox, and a home that the commands keep their records in.
pub(crate) struct Kit {
    sandbox: Sandbox,
    client: Client,
    home: TempDir,
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
        Self::at(Pace::Manual).await
    }

    /// A sandbox in which orders walk to their end by themselves.
    pub(crate) async fn moving() -> Self {
        Self::at(Pace::Every(Duration::from_millis(100))).await
    }

    async fn at(pace: Pace) -> Self {
        // Fails when another test was first, which serves as well.
        let _installed_before = rustls::crypto::ring::default_provider().install_default();
        let tls = rustls::ClientConfig::builder()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        let client = Client::builder().no_proxy().use_preconfigured_tls(tls).build().expect("a client");
        let settings = Settings { pace, ..Settings::default() };
        let sandbox = Sandbox::start(settings).await.expect("a sandbox");
        Self { sandbox, client, home: tempfile::tempdir().expect("a home") }
    }

    /// Where the sandbox is.
    pub(crate) fn address(&self) -> &str {
        self.sandbox.base_url()
    }

    /// The same shop, visited from another home.
    pub(crate) fn move_out(&mut self) {
        self.home = tempfile::tempdir().expect("a home");
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

    /// Asks one of the sandbox's control routes.
    pub(crate) async fn control(&self, method: Method, route: &str, body: &Value) -> Value {
        let url = format!("{}/__sandbox/{route}", self.sandbox.base_url());
        let request = self.client.request(method, url).header("content-type", "application/json");
        let response = request.body(body.to_string()).send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{route}");
        serde_json::from_str(&response.text().await.expect("a body")).expect("JSON")
    }

    /// Switches a fault on.
    pub(crate) async fn fault(&self, fault: &str) {
        self.control(Method::POST, "faults", &json!({"fault": fault})).await;
    }

    /// Lets something happen to an order.
    pub(crate) async fn happen(&self, order: &Value, event: &str) -> Value {
        let route = format!("orders/{}/{event}", order["order_id"].as_str().expect("an id"));
        self.control(Method::POST, &route, &json!({})).await
    }

    /// The orders that the sandbox has.
    pub(crate) async fn orders(&self) -> Vec<Value> {
        let answer = self.control(Method::GET, "orders", &Value::Null).await;
        answer["orders"].as_array().expect("orders").clone()
    }

    /// Waits until a path that ends so was asked for.
    pub(crate) async fn asked_for(&self, end: &str) {
        let asked = async {
            loop {
                let requests = self.control(Method::GET, "requests", &Value::Null).await;
                let path = |request: &Value| request["path"].as_str().is_some_and(|path| path.ends_with(end));
                if requests.as_array().is_some_and(|requests| requests.iter().any(path)) {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), asked).await.expect("a request in time");
    }

    /// The bodies that were posted to a path.
    pub(crate) async fn posted(&self, path: &str) -> Vec<Value> {
        let requests = self.control(Method::GET, "requests", &Value::Null).await;
        let all = requests.as_array().expect("requests").iter();
        let posted = all.filter(|request| request["method"] == "POST" && request["path"] == path);
        let body = |request: &Value| serde_json::from_str(request["body"].as_str().expect("a body"));
        posted.map(|request| body(request).expect("JSON")).collect()
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
