//! What the client does against a shop that behaves well, badly, or not at all.

mod calls;
mod feed;
mod logos;
mod placing;
mod shop;

use std::time::Duration;

use self::shop::Shop;
use super::{Base, Client, FeedLimits, Limits, Settings};
use crate::domain::contact::Beneficiary;
use crate::domain::order::OrderId;
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Choice, Item, Lang, Line, Purchase};
use crate::domain::tender::Tender;
use crate::domain::text::Printable;

const ID: &str = "f9d624ad-dc5e-4efd-9ecf-f8fb08a22677";
const ORDER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/wire/order.json"));

fn settings(base: &str) -> Settings {
    Settings { base: Base::parse(base).unwrap(), partner_id: None, country: None }
}

/// A patience that a test has too. What must not end while a test runs is long.
fn limits() -> Limits {
    let soon = Duration::from_millis(5);
    let never = Duration::from_secs(10 * 60);
    Limits {
        connect: Duration::from_secs(10),
        idle: Duration::from_secs(30),
        total: Duration::from_secs(30),
        check: Duration::from_secs(20),
        retries: vec![soon; 3],
        longest_wait: soon,
        homepage: Duration::from_secs(10),
        feed: FeedLimits {
            back_off: vec![soon],
            server_retry: (soon, Duration::from_millis(20)),
            longest_wait: Duration::from_millis(20),
            idle: never,
            deaf: never,
            event: 1 << 20,
            gather: soon,
            connects_a_minute: 1000,
            read: Duration::from_secs(20),
            first_look: never,
            while_down: never,
            while_silent: never,
            slowly: never,
            after_expiry: never,
            reads_a_minute: 1000,
            ..FeedLimits::default()
        },
    }
}

fn client(shop: &Shop) -> Client {
    Client::with_limits(settings(&shop.base), limits())
}

fn order_id() -> OrderId {
    OrderId::parse(ID).unwrap()
}

fn purchase() -> Purchase {
    let email = "buyer@example.com".parse::<crate::domain::contact::Email>().unwrap();
    let item = Item {
        brand: "Steam".into(),
        family: "Steam".into(),
        country: "US".parse().unwrap(),
        choice: Choice::Fixed { denomination: "10 USD".into(), label: Printable::new("$10") },
        delivery: DeliveryMethod::ByEmail,
        quantity: 1,
    };
    Purchase {
        lines: vec![Line { item, beneficiary: Beneficiary::Mailbox(email.clone()) }],
        buyer: email,
        tender: Tender::new("BTC", "Lightning"),
        coupon: None,
        refund_address: None,
        newsletter: false,
        lang: Lang::En,
    }
}
