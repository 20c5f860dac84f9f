//! A session on a screen in memory, a person at its keys, and a sandbox for it to shop in.

use std::convert::Infallible;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use giftty::api::Limits;
use giftty::config::{Config, Wishes};
use giftty::input::{Input, Key, Press, Size};
use giftty::model::{Preferences, Shop};
use giftty::runtime::Call;
use giftty::runtime::clock::Clock;
use giftty::runtime::outside::Outside;
use giftty::sandbox::{Pace, Sandbox, Settings};
use giftty::session::{self, Exit, Glass, Parts};
use giftty::state::{Asks, Boot};
use giftty::theme::Theme;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::cells::Cells;

/// How long a text is waited for before a test gives up. Nothing waits that long when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many keys may be pressed before the session has taken one of them.
const MOST_KEYS: usize = 1024;

/// A screen in memory that shows each finished frame to whoever watches.
struct Pane(watch::Sender<Buffer>);

impl Glass for Pane {
    type Error = Infallible;

    fn resized(&mut self, _: Size) {}

    fn show(&mut self, cells: &Buffer, _: Option<Position>) -> Result<(), Infallible> {
        self.0.send_replace(cells.clone());
        Ok(())
    }
}

/// A sandbox, a home for records, and the size of the screen.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) home: tempfile::TempDir,
    http: reqwest::Client,
}

impl World {
    /// A sandbox whose orders move as `pace` says.
    pub(crate) async fn new(pace: Pace) -> Self {
        let settings = Settings { pace, ..Settings::default() };
        // Fails when another test was first, which serves as well.
        let _installed_before = rustls::crypto::ring::default_provider().install_default();
        let tls = rustls::ClientConfig::builder()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        let http = reqwest::Client::builder().no_proxy().use_preconfigured_tls(tls).build().unwrap();
        Self { sandbox: Sandbox::start(settings).await.unwrap(), home: tempfile::tempdir().unwrap(), http }
    }

    /// Tells the sandbox something through one of its control routes.
    pub(crate) async fn control(&self, path: &str, body: &str) {
        let url = format!("{}/__sandbox/{path}", self.sandbox.base_url());
        let request = self.http.post(url).header("content-type", "application/json").body(body.to_owned());
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
    }

    /// The orders that the sandbox has.
    pub(crate) async fn orders(&self) -> Vec<serde_json::Value> {
        let url = format!("{}/__sandbox/orders", self.sandbox.base_url());
        let text = self.http.get(url).send().await.unwrap().text().await.unwrap();
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
        answer["orders"].as_array().unwrap().clone()
    }

    /// Places an order for 10 USD at Steam, as somebody else's program would; answers its id.
    pub(crate) async fn order(&self) -> String {
        let body = serde_json::json!({
            "email": "buyer@example.com",
            "user": {"email": "buyer@example.com", "has_accepted_newsletter": false},
            "payment": {"type": "via", "payment_via": "USER_WALLET", "coin": "USDC", "network": "Solana"},
            "deliveries": [{
                "brand_name": "Steam",
                "country_code": "US",
                "denomination": "10 USD",
                "beneficiary_account": "buyer@example.com",
            }],
            "lang": "en",
        });
        let url = format!("{}/v5/orders", self.sandbox.base_url());
        let request = self.http.post(url).header("content-type", "application/json").body(body.to_string());
        let text = request.send().await.unwrap().text().await.unwrap();
        let order: serde_json::Value = serde_json::from_str(&text).unwrap();
        order["order_id"].as_str().unwrap_or_else(|| panic!("{text}")).to_owned()
    }

    /// Everything that the shop was asked for, oldest first.
    async fn requests(&self) -> Vec<serde_json::Value> {
        let url = format!("{}/__sandbox/requests", self.sandbox.base_url());
        let text = self.http.get(url).send().await.unwrap().text().await.unwrap();
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
        answer["requests"].as_array().or(answer.as_array()).unwrap().clone()
    }

    /// How often a path of the shop was asked for.
    pub(crate) async fn asked(&self, method: &str, path: &str) -> usize {
        let here = |request: &&serde_json::Value| request["path"] == path && request["method"] == method;
        self.requests().await.iter().filter(here).count()
    }

    /// The bodies that reached a path of the shop, oldest first.
    pub(crate) async fn bodies(&self, path: &str) -> Vec<serde_json::Value> {
        let requests = self.requests().await;
        let here =
            requests.into_iter().filter(|request| request["path"] == path && request["method"] == "POST");
        here.map(|request| serde_json::from_str(request["body"].as_str().unwrap()).unwrap()).collect()
    }

    /// Sits down at a terminal of 80 columns and 24 rows.
    pub(crate) fn sit_down(&self) -> Person {
        Person::at(self.sandbox.base_url(), self.home.path(), 80, 24)
    }
}

/// Somebody at the keys of a session.
pub(crate) struct Person {
    keys: mpsc::Sender<Input>,
    screen: watch::Receiver<Buffer>,
    copied: mpsc::UnboundedReceiver<String>,
    noticed: mpsc::UnboundedReceiver<String>,
    session: JoinHandle<Exit>,
    /// How many milliseconds the session's clock is ahead.
    ahead: &'static AtomicU64,
}

impl Person {
    /// Starts a session at a shop, with its records in `home`.
    pub(crate) fn at(shop: &str, home: &Path, columns: u16, rows: u16) -> Self {
        Self::with_limits(shop, home, columns, rows, Limits::default())
    }

    /// As `at`, with another patience towards the shop.
    pub(crate) fn with_limits(shop: &str, home: &Path, columns: u16, rows: u16, limits: Limits) -> Self {
        let wishes = Wishes {
            api_base: Some(shop.to_owned()),
            data_dir: Some(home.join("data")),
            ..Wishes::default()
        };
        let outside = Outside::with_limits(Config::new(wishes, "en_US.UTF-8").unwrap(), limits);
        let ahead: &'static AtomicU64 = Box::leak(Box::default());
        let clock = Clock::set_ahead_by(ahead);
        let country = outside.country();
        let boot = Boot {
            shop: Shop { sandbox: true, pace: None, notice: None },
            size: Size { columns, rows },
            now: clock.now(),
            utc_offset: 0,
            locale_country: outside.config().locale_country,
            asks: if outside.is_first_visit() { Asks::FirstVisit } else { Asks::WithFirstKey },
            country,
            stock: country.and_then(|country| outside.front(country)),
            lang: outside.config().lang,
            pictures: None,
            preferences: Preferences::default(),
        };
        let parts = Parts { theme: Theme::default(), boot, outside, clock };
        let (keys, inputs) = mpsc::channel(MOST_KEYS);
        let (shown, screen) = watch::channel(Buffer::default());
        let (copies, copied) = mpsc::unbounded_channel();
        let (notices, noticed) = mpsc::unbounded_channel();
        let session = tokio::spawn(async move {
            let call = |call: &Call| match call {
                Call::Copy(text) => copies.send(text.reveal().to_owned()).unwrap_or_default(),
                Call::Notice(words) => notices.send(words.to_string()).unwrap_or_default(),
            };
            session::run(&mut Pane(shown), parts, inputs, call).await
        });
        Self { keys, screen, copied, noticed, session, ahead }
    }

    /// Waits until the screen holds a text.
    pub(crate) async fn sees(&mut self, text: &str) {
        self.sees_that(text, |screen| screen.contains(text)).await;
    }

    /// Waits until the screen does not hold a text any more.
    pub(crate) async fn sees_no(&mut self, text: &str) {
        self.sees_that(&format!("end of {text}"), |screen| !screen.contains(text)).await;
    }

    /// Waits until something is true of the screen; `what` names it in the failure.
    pub(crate) async fn sees_that(&mut self, what: &str, holds: impl Fn(&str) -> bool) {
        let found = self.screen.wait_for(|buffer| holds(&rows(buffer)));
        let seen = tokio::time::timeout(PATIENCE, found).await.is_ok_and(|seen| seen.is_ok());
        assert!(seen, "no {what:?} on\n{}", self.screen_text());
    }

    /// What is on the screen now.
    pub(crate) fn screen_text(&self) -> String {
        rows(&self.screen.borrow())
    }

    /// The cells that are on the screen now.
    pub(crate) fn cells(&self) -> Cells {
        Cells::from(&*self.screen.borrow())
    }

    /// Types letters.
    pub(crate) async fn types(&self, text: &str) {
        for letter in text.chars() {
            self.presses(Press::plain(Key::Char(letter))).await;
        }
    }

    /// Presses a key.
    ///
    /// Before that its user looks at the screen for a while, in no time.
    pub(crate) async fn presses(&self, press: Press) {
        self.ahead.fetch_add(300, Ordering::Relaxed);
        self.does(Input::lone(press)).await;
    }

    /// Presses keys so quickly that the session takes them all in one burst.
    pub(crate) fn presses_at_once(&self, presses: impl IntoIterator<Item = Press>) {
        presses.into_iter().for_each(|press| self.keys.try_send(Input::lone(press)).unwrap());
    }

    /// Does anything else at the terminal.
    pub(crate) async fn does(&self, input: Input) {
        self.keys.send(input).await.unwrap();
    }

    /// Presses a key that stands alone.
    pub(crate) async fn hits(&self, key: Key) {
        self.presses(Press::plain(key)).await;
    }

    /// What was handed to the clipboard next.
    pub(crate) async fn clipboard(&mut self) -> String {
        tokio::time::timeout(PATIENCE, self.copied.recv()).await.unwrap().unwrap()
    }

    /// What was called out next.
    pub(crate) async fn notice(&mut self) -> String {
        tokio::time::timeout(PATIENCE, self.noticed.recv()).await.unwrap().unwrap()
    }

    /// Waits until the session has ended.
    pub(crate) async fn leaves(self) -> Exit {
        tokio::time::timeout(PATIENCE, self.session).await.unwrap().unwrap()
    }

    /// The session is gone from one moment to the next, as by a power cut.
    pub(crate) async fn loses_power(self) {
        self.session.abort();
        // An aborted task answers with its own cancellation.
        let _ = self.session.await;
    }

    /// Chooses Airbnb for 100 USD in the United States, up to the checkout.
    pub(crate) async fn chooses_airbnb(&mut self) {
        self.sees("United States").await;
        self.types("united states").await;
        self.hits(Key::Enter).await;
        self.sees("Amazon").await;
        self.types("airbnb").await;
        self.sees("of ").await;
        self.hits(Key::Enter).await;
        self.sees("from 50 to 500").await;
        self.presses(Press::ctrl('u')).await;
        self.types("100").await;
        self.sees("101.48").await;
        self.hits(Key::Enter).await;
        self.sees("Checkout").await;
    }

    /// Puts a Steam card of $10 and a top-up of AT&T of 20 USD into the cart.
    pub(crate) async fn fills_the_cart(&mut self) {
        self.sees("United States").await;
        self.types("united states").await;
        self.hits(Key::Enter).await;
        self.sees("Amazon").await;
        self.types("steam").await;
        self.hits(Key::Enter).await;
        self.sees("price of").await;
        self.types("a").await;
        self.sees("cart 1").await;
        self.presses(Press::ctrl('u')).await;
        self.types("at&t prepaid").await;
        self.hits(Key::Enter).await;
        self.sees("from 15 to 100").await;
        self.presses(Press::ctrl('u')).await;
        self.types("20").await;
        self.sees("price of").await;
        self.types("a").await;
        self.sees("cart 2").await;
    }

    /// Buys Airbnb for 100 USD, up to the moment when the order was asked for.
    pub(crate) async fn orders_airbnb(&mut self) {
        self.chooses_airbnb().await;
        self.types("you@example.com").await;
        self.hits(Key::Enter).await;
        self.sees("101.48").await;
        self.sees("places the order").await;
        self.types("p").await;
    }
}

fn rows(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width.max(1));
    let row = |cells: &[Cell]| cells.iter().map(Cell::symbol).collect::<String>();
    buffer.content.chunks(width).map(row).collect::<Vec<_>>().join("\n")
}
