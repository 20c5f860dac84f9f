//! Somebody who looks at the Pay screen of an order while its stream does whatever it does.

use std::time::Duration;

use giftty::api::{FeedLimits, Limits};
use giftty::domain::order::{OrderState, PaymentState, Snapshot};
use giftty::domain::time::Timestamp;
use giftty::input::{Key, Press};
use giftty::journal::Journal;
use giftty::session::Exit;

use super::shop::{CODE, ID, Shop};
use crate::support::domain::snapshot;
use crate::support::screen_session::Person;

/// What does not happen while a test runs.
const NEVER: Duration = Duration::from_secs(10 * 60);

/// How an order is followed when only its stream can tell.
pub(crate) fn by_stream() -> FeedLimits {
    FeedLimits {
        first_look: NEVER,
        while_down: NEVER,
        while_silent: NEVER,
        slowly: NEVER,
        reads_a_minute: 1000,
        ..FeedLimits::default()
    }
}

/// Somebody in front of the shop's order, which is in the journal as if it had been placed earlier.
pub(crate) struct Observer {
    person: Person,
    _home: tempfile::TempDir,
}

impl Observer {
    /// Opens the order from the list, of which nothing is known but its id.
    pub(crate) async fn of(shop: &Shop, feed: FeedLimits) -> Self {
        let home = tempfile::tempdir().unwrap();
        let journal = Journal::open(&home.path().join("data"), &shop.base).unwrap();
        let (state, payment) = (OrderState::Created, PaymentState::read(""));
        let bare = Snapshot { state, payment, ..snapshot(ID) };
        journal.import(&bare, Timestamp(1_700_000_000)).unwrap();
        drop(journal);
        let limits = Limits { feed, ..Limits::default() };
        let mut person = Person::with_limits(&shop.base, home.path(), 100, 36, limits);
        person.sees("1 open").await;
        person.presses(Press::ctrl('o')).await;
        person.sees("opens it").await;
        person.hits(Key::Enter).await;
        Self { person, _home: home }
    }

    /// Waits until the screen says that the order is in this state.
    pub(crate) async fn learns(&mut self, state: &str, case: &str) {
        let words = match state {
            "Created" | "WaitingForPayment" => "◐ waiting for payment",
            "PaymentReceived" => "● payment received",
            "Done" => "reveals it",
            other => &format!("the shop says {other}"),
        };
        self.sees(words, case).await;
        if state != "Done" {
            self.sees(" › Order #1", case).await;
        }
        assert!(!self.person.screen_text().contains(CODE), "{case}: nobody asked for the code");
    }

    /// Waits until the screen holds these words.
    pub(crate) async fn sees(&mut self, words: &str, case: &str) {
        self.sees_that(&format!("{case}: {words}"), |screen| screen.contains(words)).await;
    }

    /// Waits until something is true of the screen.
    pub(crate) async fn sees_that(&mut self, what: &str, holds: impl Fn(&str) -> bool) {
        self.person.sees_that(what, holds).await;
    }

    /// Leaves, and the session ends as it should.
    pub(crate) async fn leaves(self, case: &str) {
        self.person.presses(Press::ctrl('c')).await;
        self.person.presses(Press::ctrl('c')).await;
        assert_eq!(self.person.leaves().await, Exit::Left, "{case}");
    }
}
