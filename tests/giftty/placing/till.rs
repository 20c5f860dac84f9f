//! Where orders are placed: a home with its journal, and what is known of it afterwards.

use std::path::{Path, PathBuf};
use std::time::Duration;

use giftty::action::Action;
use giftty::api::Client;
use giftty::config::{Config, ConfigInput};
use giftty::domain::consent::Consent;
use giftty::domain::money::Amount;
use giftty::domain::purchase::{Choice, Item, Purchase};
use giftty::domain::record::{Outcome, Placement, Record};
use giftty::journal::Journal;
use giftty::remote::RequestId;
use giftty::runtime::clock::Clock;
use giftty::runtime::placing;
use giftty::runtime::services::Services;

use crate::support::domain::{self, amount, item};

/// What may become of an order request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Became {
    Placed,
    Refused,
    NotSent,
    Unknown,
}

impl Became {
    /// What a session was told.
    pub(crate) fn of(placement: &Placement) -> Self {
        match placement {
            Placement::Placed(_) => Self::Placed,
            Placement::Refused(..) => Self::Refused,
            Placement::NotSent(_) => Self::NotSent,
            Placement::Unknown(_) => Self::Unknown,
        }
    }

    /// What the next start finds; an attempt that was only intended is told apart from all of them.
    pub(crate) fn kept(record: &Record) -> Option<Self> {
        match &record.outcome {
            Outcome::Intended => None,
            Outcome::Placed(_) => Some(Self::Placed),
            Outcome::Refused(_) => Some(Self::Refused),
            Outcome::NotSent(_) => Some(Self::NotSent),
            Outcome::Unknown(_) => Some(Self::Unknown),
        }
    }

    /// Whether its owner still has to watch it.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Placed | Self::Unknown)
    }
}

/// A user of one shop, whose records outlive the program.
pub(crate) struct Till {
    shop: String,
    data: PathBuf,
}

impl Till {
    pub(crate) fn new(shop: &str, home: &Path) -> Self {
        Self { shop: shop.to_owned(), data: home.join("data") }
    }

    /// The program, started anew.
    fn start(&self) -> Services {
        let wishes = ConfigInput {
            api_base: Some(self.shop.clone()),
            data_dir: Some(self.data.clone()),
            ..ConfigInput::default()
        };
        Services::new(Config::new(wishes, "en_US.UTF-8").unwrap())
    }

    pub(crate) async fn client(&self) -> Client {
        self.start().client().await.unwrap()
    }

    /// Asks for an order, once, and lets an hour pass in which nothing more may happen.
    pub(crate) async fn places(&self, purchase: &Purchase, total: Amount) -> Placement {
        let (placement, kept) = self.tries(purchase, total).await;
        assert!(kept, "{placement:?}");
        placement
    }

    /// As [`Self::places`], and whether there is a record of it.
    pub(crate) async fn tries(&self, purchase: &Purchase, total: Amount) -> (Placement, bool) {
        let (services, id) = (self.start(), RequestId(7));
        let actions = placing::place(&services, Clock::start(), id, purchase.clone(), total, consent()).await;
        tokio::time::advance(Duration::from_secs(3_600)).await;
        tokio::task::yield_now().await;
        match actions.as_slice() {
            [Action::OrderPlaced(told, placement, record)] if *told == id => {
                (placement.clone(), record.is_some())
            }
            other => panic!("{other:?}"),
        }
    }

    /// What the next start finds.
    pub(crate) async fn finds(&self) -> Vec<Record> {
        self.start().with_journal(Journal::records).await.unwrap()
    }
}

/// Nobody set a limit, and the same may be tried again.
fn consent() -> Consent {
    Consent { another: true, ..Consent::default() }
}

/// Two cards of Steam for 10 USD and one of Airbnb for 100 USD, to be paid in USDC on Solana.
pub(crate) fn purchase() -> Purchase {
    let steam = Choice::Fixed { denomination: "10 USD".into(), label: "$10".into() };
    let airbnb = Choice::Range { value: amount("100"), currency: "USD".into() };
    domain::purchase(
        "you@example.com",
        [Item { quantity: 2, ..item("Steam", steam) }, item("Airbnb", airbnb)],
    )
}
