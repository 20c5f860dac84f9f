//! The feed of an order without a screen: for what a screen would take time of its own for.

use std::time::Duration;

use giftty::api::{Base, Client, FeedLimits, Limits, Settings, feed};
use giftty::domain::news::{Link, News};
use giftty::domain::order::{Order, OrderId, OrderState};
use tokio::sync::mpsc;

use super::shop::{ID, Shop};

/// After this long a test has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// How an order is followed when its stream is of no use. The figures stand to each other as those of
/// the program do; how often a stream may be opened in a minute is the program's own figure.
pub(crate) fn by_reading() -> FeedLimits {
    let soon = Duration::from_millis(50);
    FeedLimits {
        back_off: [10, 20, 40, 80, 160, 300].map(Duration::from_millis).to_vec(),
        server_retry: (Duration::from_millis(10), Duration::from_millis(300)),
        longest_wait: Duration::from_millis(300),
        idle: Duration::from_millis(450),
        deaf: Duration::from_millis(600),
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
    /// How the news come in.
    link: Option<Link>,
}

impl Follower {
    /// Follows the shop's order.
    pub(crate) fn of(shop: &Shop, feed: FeedLimits) -> Self {
        let base = Base::parse(&shop.base).unwrap();
        let settings = Settings { base, partner_id: None, country: None };
        let client = Client::with_limits(settings, Limits { feed, ..Limits::default() });
        let (sender, news) = mpsc::channel(16);
        tokio::spawn(feed::follow(client, OrderId::parse(ID).unwrap(), sender));
        Self { news, order: None, link: None }
    }

    /// Takes in one piece of news.
    async fn hears(&mut self, case: &str) {
        let news = tokio::time::timeout(PATIENCE, self.news.recv()).await;
        let news = news.unwrap_or_else(|_| panic!("{case}: no news"));
        match (news.unwrap_or_else(|| panic!("{case}: it ended")), &mut self.order) {
            (News::Snapshot(snapshot), None) => self.order = Some(Order::new(*snapshot)),
            (News::Snapshot(snapshot), Some(order)) => {
                assert!(order.learn(*snapshot).is_ok(), "{case}: news of another order");
            }
            (News::Link(link), _) => self.link = Some(link),
        }
    }

    /// Waits until the order is known to be in a state.
    pub(crate) async fn learns(&mut self, state: &str, case: &str) {
        let state = OrderState::read(state);
        while self.order.as_ref().map(|order| &order.known.state) != Some(&state) {
            self.hears(case).await;
        }
    }

    /// Waits until the stream is given up.
    pub(crate) async fn gives_up(&mut self, case: &str) {
        while !matches!(self.link, Some(Link::Reconnecting(_))) {
            self.hears(case).await;
        }
    }
}
