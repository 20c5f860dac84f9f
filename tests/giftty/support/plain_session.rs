//! A session in plain mode, and somebody who shops there in lines.

use std::io::{self, Write};
use std::time::Duration;

use giftty::config::{Config, ConfigInput};
use giftty::input::Size;
use giftty::model::Preferences;
use giftty::plain::{self, LineInput, PlainParts};
use giftty::runtime::clock::Clock;
use giftty::runtime::services::Services;
use giftty::state::{SessionInit, StartPolicy};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::domain::boot;
use super::sandbox::World;

/// How long a sentence is waited for before a test gives up. Nothing waits that long when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

impl World {
    /// Starts a session.
    pub(crate) fn sit_down_in_lines(&self) -> Person {
        self.sit_down_in_lines_with(ConfigInput::default())
    }

    /// Starts a session with wishes of its own.
    pub(crate) fn sit_down_in_lines_with(&self, wishes: ConfigInput) -> Person {
        Person::at(self.sandbox.base_url(), self.home.path(), wishes)
    }
}

/// What was said so far, for whoever listens.
struct Paper(watch::Sender<String>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send_modify(|said| said.push_str(std::str::from_utf8(bytes).unwrap()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Somebody who types lines and hears what is said.
pub(crate) struct Person {
    lines: mpsc::Sender<String>,
    interrupts: mpsc::Sender<()>,
    said: watch::Receiver<String>,
    /// How much of it was heard already.
    heard: usize,
    session: JoinHandle<io::Result<()>>,
}

impl Person {
    pub(crate) fn at(shop: &str, home: &std::path::Path, wishes: ConfigInput) -> Self {
        let (api_base, data_dir) = (Some(shop.to_owned()), Some(home.join("data")));
        let wishes = ConfigInput { api_base, data_dir, ..wishes };
        let services = Services::new(Config::new(wishes, "en_US.UTF-8").unwrap());
        let clock = Clock::start();
        let country = services.country();
        let boot = SessionInit {
            locale_country: services.config().locale_country,
            asks: StartPolicy::FirstVisit,
            country,
            lang: services.config().lang,
            preferences: Preferences { limits: services.config().limits.clone(), ..Preferences::default() },
            ..boot(Size { columns: 500, rows: 200 }, clock.now())
        };
        let (lines, typed) = mpsc::channel(64);
        let (interrupts, interrupted) = mpsc::channel(1);
        let (paper, said) = watch::channel(String::new());
        let input = LineInput::new(typed, interrupted);
        let parts = PlainParts { init: boot, services, clock };
        let session = tokio::spawn(plain::run(parts, input, Paper(paper)));
        Self { lines, interrupts, said, heard: 0, session }
    }

    /// Waits until something is said that was not heard before; what came before it counts as heard.
    pub(crate) async fn hears(&mut self, text: &str) {
        let heard = self.heard;
        let found = self.said.wait_for(|said| said[heard..].contains(text));
        let came = tokio::time::timeout(PATIENCE, found).await.is_ok_and(|came| came.is_ok());
        let said = self.transcript();
        assert!(came, "no {text:?} behind\n{}\nin\n{}", &said[..heard], &said[heard..]);
        self.heard += said[heard..].find(text).unwrap() + text.len();
    }

    /// Types a line.
    pub(crate) async fn types(&self, line: &str) {
        self.lines.send(line.to_owned()).await.unwrap();
    }

    /// Types a line once something was said.
    pub(crate) async fn answers(&mut self, question: &str, line: &str) {
        self.hears(question).await;
        self.types(line).await;
    }

    /// Everything that was said.
    pub(crate) fn transcript(&self) -> String {
        self.said.borrow().clone()
    }

    /// How often something was said.
    pub(crate) fn times(&self, text: &str) -> usize {
        self.transcript().matches(text).count()
    }

    /// Ends the lines and gives what was said.
    pub(crate) async fn hangs_up(self) -> String {
        let Self { lines, interrupts, said, session, .. } = self;
        drop((lines, interrupts));
        tokio::time::timeout(PATIENCE, session).await.unwrap().unwrap().unwrap();
        let said = said.borrow().clone();
        only_lines(&said);
        said
    }

    /// Interrupts, as Ctrl-C does, and gives what was said.
    pub(crate) async fn interrupts(self) -> String {
        self.interrupts.send(()).await.unwrap();
        let Self { lines, said, session, .. } = self;
        tokio::time::timeout(PATIENCE, session).await.unwrap().unwrap().unwrap();
        drop(lines);
        let said = said.borrow().clone();
        only_lines(&said);
        said
    }

    /// Chooses Airbnb for 100 USD in the United States, up to the first question of the checkout.
    pub(crate) async fn chooses_airbnb(&mut self) {
        self.answers("Which country?", "united states").await;
        self.answers("1 United States", "1").await;
        self.picks_airbnb().await;
    }

    /// As [`Self::chooses_airbnb`], for somebody whose country is known.
    pub(crate) async fn picks_airbnb(&mut self) {
        self.answers("brands. Which one?", "airbnb").await;
        self.answers("1 Airbnb", "1").await;
        self.answers("from 50 to 500 USD", "100").await;
        self.answers("Value: 100 USD. One costs 101.48 USDC.", "buy").await;
    }

    /// Goes on to the receipt with the usual e-mail address.
    pub(crate) async fn fills_in(&mut self) {
        self.answers("Your e-mail address?", "you@example.com").await;
        self.answers("Pay with USDC on Solana?", "").await;
        self.hears("Total: 101.48 USDC on the Solana network.").await;
        self.hears("Type order").await;
    }

    /// Orders Airbnb for 100 USD.
    pub(crate) async fn orders_airbnb(&mut self) {
        self.chooses_airbnb().await;
        self.fills_in().await;
        self.types("order").await;
    }
}

/// Nothing but printable text in lines: no control character, no colour, no cursor that moves.
pub(crate) fn only_lines(said: &str) {
    let odd: Vec<char> = said.chars().filter(|letter| letter.is_control() && *letter != '\n').collect();
    assert!(odd.is_empty(), "{odd:?}");
    let drawn = ['…', '–', '—', '“', '”', '×', '·', '↵', '│', '─', '▸', '●', '◐', '○', '▲'];
    let odd: Vec<&str> = said.lines().filter(|line| line.contains(drawn)).collect();
    assert!(odd.is_empty(), "{odd:?}");
}
