//! Connections: each order has one of its own, nothing is sent twice, and no other host hears of it.

use giftty::domain::failure::Failure;
use giftty::domain::record::Placement;
use giftty::sandbox::Pace;
use tokio::net::TcpListener;

use super::till::{Became, Till, purchase};
use super::wire::{Manner, Wire};
use crate::support::sandbox::World;

const REFUSAL: &str = "HTTP/1.1 422 Unprocessable\r\ncontent-length: 2\r\n\r\n{}";

fn total() -> giftty::domain::money::Amount {
    "124".parse().unwrap()
}

fn order(connection: usize) -> (usize, String) {
    (connection, "POST /v5/orders".to_owned())
}

#[tokio::test(start_paused = true)]
async fn two_readings_share_a_connection_and_two_orders_do_not() {
    let wire = Wire::open(Manner::Answer(REFUSAL)).await;
    let home = tempfile::tempdir().unwrap();
    let client = Till::new(&wire.base, home.path()).client().await;
    for _ in 0..2 {
        client.payment_methods().await.unwrap();
    }
    for _ in 0..2 {
        assert_eq!(Became::of(&client.place(&purchase()).await), Became::Refused);
    }
    let payment_methods = (0, "GET /v3/payment_vias".to_owned());
    assert_eq!(wire.seen(), [payment_methods.clone(), payment_methods, order(1), order(2)]);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_fails_is_never_made_a_second_time() {
    const HEAD: &str = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n";
    const STALLED: &str = "HTTP/1.1 201 Created\r\ncontent-length: 900\r\n\r\n{\"order_id\":";
    const ENDLESS: &str = "HTTP/1.1 201 Created\r\ncontent-length: 99999999\r\n\r\n";
    const RENAMED: &str = "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n";
    for manner in [
        Manner::Slam,
        Manner::Reset,
        Manner::Close,
        Manner::Stall(""),
        Manner::Stall(HEAD),
        Manner::Stall(STALLED),
        Manner::Stall(RENAMED),
        Manner::Endless(ENDLESS),
        Manner::Answer("SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    ] {
        let wire = Wire::open(manner).await;
        let home = tempfile::tempdir().unwrap();
        let till = Till::new(&wire.base, home.path());
        let placement = till.places(&purchase(), total()).await;
        assert_eq!(Became::of(&placement), Became::Unknown, "{manner:?}: {placement:?}");
        let seen = wire.seen();
        assert_eq!(seen.len(), 1, "{manner:?}: {seen:?}");
        assert_eq!(seen[0].0, 0, "{manner:?}");
        let found = till.finds().await;
        assert_eq!(found.iter().map(Became::kept).collect::<Vec<_>>(), [Some(Became::Unknown)], "{manner:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_redirect_to_another_host_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        for kind in ["", "lost-answer="] {
            let (world, other) = (World::new(Pace::Manual).await, Wire::open(Manner::Answer(REFUSAL)).await);
            let fault = format!("{kind}{status}={}/v5/orders@POST:/v5/orders$", other.base);
            world.control("faults", &serde_json::json!({ "fault": fault }).to_string()).await;
            let till = Till::new(world.sandbox.base_url(), world.home.path());
            let placement = till.places(&purchase(), total()).await;
            assert_eq!(placement, Placement::Unknown(Failure::Trouble(status)), "{fault}");
            assert_eq!(other.seen(), [], "{fault}");
            assert_eq!(world.bodies("/v5/orders").await.len(), 1, "{fault}");
            assert_eq!(world.orders().await.len(), usize::from(!kind.is_empty()), "{fault}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_may_be_tried_again_and_each_attempt_is_recorded() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let home = tempfile::tempdir().unwrap();
    let till = Till::new(&format!("http://{address}"), home.path());
    for attempts in 1..=2 {
        let placement = till.places(&purchase(), total()).await;
        assert_eq!(placement, Placement::NotSent(Failure::Unreachable("connection refused".into())));
        let found = till.finds().await;
        assert_eq!(found.len(), attempts);
        let settled = |record| Became::kept(record) == Some(Became::NotSent) && !record.is_open();
        assert!(found.iter().all(settled));
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_record_nothing_is_asked() {
    let wire = Wire::open(Manner::Answer(REFUSAL)).await;
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("data"), "a file where the folder should be").unwrap();
    let till = Till::new(&wire.base, home.path());
    let outcome = till.tries(&purchase(), total()).await;
    assert!(matches!(outcome, (Placement::NotSent(Failure::Unrecorded(_)), false)), "{outcome:?}");
    assert_eq!(wire.seen(), []);
}
