//! Somebody who follows the order, with the patience of a test.

use std::time::Duration;

use giftty::action::{Link, News};
use giftty::api::{Base, Client, FeedLimits, Limits, Settings, feed};
use giftty::domain::order::{Order, OrderId, OrderState};
use tokio::sync::mpsc;

use super::shop::{ID, Shop};

/// After this long a test has failed.
const PATIENCE: Duration = Duration::from_secs(30);
/// What does not happen while a test runs.
const NEVER: Duration = Duration::from_mins(10);

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

/// How an order is followed when its stream is of no use.
pub(crate) fn by_reading() -> FeedLimits {
    let soon = Duration::from_millis(10);
    FeedLimits {
        back_off: [1, 2, 4].map(Duration::from_millis).to_vec(),
        server_retry: (Duration::from_millis(1), Duration::from_millis(4)),
        longest_wait: soon,
        idle: Duration::from_millis(200),
        deaf: Duration::from_millis(500),
        gather: Duration::from_millis(5),
        first_look: soon,
        while_down: soon,
        while_silent: soon,
        reads_a_minute: 100_000,
        ..FeedLimits::default()
    }
}

/// A feed, and the order as far as it was learned from it.
pub(crate) struct Follower {
    news: mpsc::Receiver<News>,
    order: Option<Order>,
    /// How the news came in, in their order.
    pub(crate) links: Vec<Link>,
}

impl Follower {
    /// Follows the shop's order.
    pub(crate) fn of(shop: &Shop, feed: FeedLimits) -> Self {
        let base = Base::parse(&shop.base).unwrap();
        let settings = Settings { base, partner_id: None, country: None };
        let client = Client::with_limits(settings, Limits { feed, ..Limits::default() });
        let (sender, news) = mpsc::channel(16);
        tokio::spawn(feed::follow(client, OrderId::parse(ID).unwrap(), sender));
        Self { news, order: None, links: Vec::new() }
    }

    /// Takes in one piece of news; tells whether there was one.
    async fn hears(&mut self, case: &str) -> bool {
        let news = tokio::time::timeout(PATIENCE, self.news.recv()).await;
        match news.unwrap_or_else(|_| panic!("{case}: no news, {:?} after {:?}", self.state(), self.links)) {
            Some(News::Snapshot(snapshot)) => match &mut self.order {
                Some(order) => assert!(order.learn(*snapshot).is_ok(), "{case}: news of another order"),
                None => self.order = Some(Order::new(*snapshot)),
            },
            Some(News::Link(link)) => self.links.push(link),
            None => return false,
        }
        true
    }

    /// Waits until the order is known to be in a state.
    pub(crate) async fn learns(&mut self, state: &str, case: &str) {
        let state = OrderState::read(state);
        while self.state() != Some(&state) {
            assert!(self.hears(case).await, "{case}: it ended with {:?}", self.state());
        }
    }

    /// Waits until the news come in so.
    pub(crate) async fn is(&mut self, link: impl Fn(&Link) -> bool, case: &str) {
        while !self.links.last().is_some_and(&link) {
            assert!(self.hears(case).await, "{case}: it ended after {:?}", self.links);
        }
    }

    /// Waits until there will be no more news.
    pub(crate) async fn ends(&mut self, case: &str) {
        while self.hears(case).await {}
    }

    /// The state of the order as far as it is known.
    pub(crate) fn state(&self) -> Option<&OrderState> {
        self.order.as_ref().map(|order| &order.known.state)
    }
}
