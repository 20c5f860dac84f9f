//! A session on a screen in memory, and a person at its keys.

use std::convert::Infallible;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use giftty::api::Limits;
use giftty::config::{Config, ConfigInput};
use giftty::input::{Input, Key, Press, Size};
use giftty::runtime::TerminalRequest;
use giftty::runtime::clock::Clock;
use giftty::runtime::services::Services;
use giftty::session::{self, Exit, SessionParts, Surface};
use giftty::state::{SessionInit, StartPolicy};
use giftty::theme::Theme;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::cells::Cells;
use super::domain::boot;
use super::sandbox::World;

/// How long a text is waited for before a test gives up. Nothing waits that long when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many keys may be pressed before the session has taken one of them.
const MOST_KEYS: usize = 1024;

/// A screen in memory that shows each finished frame to whoever watches.
struct Pane(watch::Sender<Buffer>);

impl Surface for Pane {
    type Error = Infallible;

    fn resized(&mut self, _: Size) {}

    fn show(&mut self, cells: &Buffer, _: Option<Position>) -> Result<(), Infallible> {
        self.0.send_replace(cells.clone());
        Ok(())
    }
}

impl World {
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
        let wishes = ConfigInput {
            api_base: Some(shop.to_owned()),
            data_dir: Some(home.join("data")),
            ..ConfigInput::default()
        };
        let services = Services::with_limits(Config::new(wishes, "en_US.UTF-8").unwrap(), limits);
        let ahead: &'static AtomicU64 = Box::leak(Box::default());
        let clock = Clock::set_ahead_by(ahead);
        let country = services.country();
        let boot = SessionInit {
            locale_country: services.config().locale_country,
            asks: if services.is_first_visit() { StartPolicy::FirstVisit } else { StartPolicy::WithFirstKey },
            country,
            stock: country.and_then(|country| services.stock(country)),
            lang: services.config().lang,
            ..boot(Size { columns, rows }, clock.now())
        };
        let parts = SessionParts { theme: Theme::default(), init: boot, services, clock };
        let (keys, inputs) = mpsc::channel(MOST_KEYS);
        let (shown, screen) = watch::channel(Buffer::default());
        let (copies, copied) = mpsc::unbounded_channel();
        let (notices, noticed) = mpsc::unbounded_channel();
        let session = tokio::spawn(async move {
            let call = |call: &TerminalRequest| match call {
                TerminalRequest::Copy(text) => copies.send(text.reveal().to_owned()).unwrap_or_default(),
                TerminalRequest::Notice(words) => notices.send(words.to_string()).unwrap_or_default(),
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
