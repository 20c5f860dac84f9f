//! An order request goes out at most once, and nobody is told more than is known.

use tokio::net::TcpListener;

use super::shop::{Reply, Request, Shop, json, with_headers};
use super::{ORDER, client, limits, purchase, settings};
use crate::api::{Client, Limits};
use crate::domain::failure::Failure;
use crate::domain::record::Placement;

/// Places one order and insists that the shop was asked exactly once.
async fn place(answer: impl Fn() -> Reply + Send + Sync + 'static) -> Placement {
    let shop = Shop::open(move |_, _| answer()).await;
    let placement = client(&shop).place(&purchase()).await;
    let seen = shop.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].method.as_str(), seen[0].path.as_str()), ("POST", "/v5/orders"));
    placement
}

#[tokio::test]
async fn an_order_comes_with_any_success() {
    for status in [200, 201, 202] {
        let placement = place(move || json(status, ORDER)).await;
        assert!(matches!(placement, Placement::Placed(order) if order.id.short() == "f9d624ad"), "{status}");
    }
}

#[tokio::test]
async fn a_closed_port_means_that_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let placement = Client::new(settings(&base)).place(&purchase()).await;
    assert_eq!(placement, Placement::NotSent(Failure::Unreachable("connection refused".into())));
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_it_unknown() {
    let placement = place(|| Reply::Reset).await;
    assert!(matches!(placement, Placement::Unknown(Failure::Interrupted(_))), "{placement:?}");
    let placement = place(|| Reply::Bytes(Vec::new())).await;
    assert!(matches!(placement, Placement::Unknown(Failure::Interrupted(_))), "{placement:?}");
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{\"order_id\":\"f9d6".to_vec();
    let placement = place(move || Reply::Bytes(half.clone())).await;
    assert!(matches!(placement, Placement::Unknown(Failure::Interrupted(_))), "{placement:?}");
}

#[tokio::test]
async fn an_answer_that_does_not_come_leaves_it_unknown() {
    let shop = Shop::open(|_, _| Reply::Silence).await;
    let hasty = Limits { total: std::time::Duration::from_millis(50), ..limits() };
    let placement = Client::with_limits(settings(&shop.base), hasty).place(&purchase()).await;
    assert_eq!(placement, Placement::Unknown(Failure::Interrupted("timed out".into())));
    assert_eq!(shop.seen().len(), 1);
}

#[tokio::test]
async fn trouble_patience_and_detours_leave_it_unknown() {
    for status in [500, 502, 503, 504] {
        let placement = place(move || json(status, "{\"detail\":\"SUSPENDED_COIN\"}")).await;
        assert_eq!(placement, Placement::Unknown(Failure::Trouble(status)));
    }
    let placement = place(|| with_headers(429, "retry-after: 0\r\n", b"")).await;
    assert_eq!(placement, Placement::Unknown(Failure::TooMany(Some(std::time::Duration::ZERO))));
    for status in [301, 302, 307, 308] {
        let placement = place(move || with_headers(status, "location: /v5/orders\r\n", b"")).await;
        assert_eq!(placement, Placement::Unknown(Failure::Trouble(status)));
    }
    for status in [402, 405, 409, 410, 418] {
        let placement = place(move || json(status, "{}")).await;
        assert!(matches!(placement, Placement::Unknown(Failure::Refused { .. })), "{status}");
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_leaves_it_unknown() {
    let with_problems =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/wire/order_and_problems.json"));
    for body in
        ["<html></html>", "", "{}", "null", &ORDER[..400], with_problems, "{\"order_id\":\"12345678\"}"]
    {
        let body = body.to_owned();
        let placement = place(move || json(200, &body)).await;
        assert!(matches!(placement, Placement::Unknown(Failure::Unreadable(_))), "{placement:?}");
    }
    let placement = place(|| json(200, &" ".repeat(2 << 20))).await;
    assert_eq!(placement, Placement::Unknown(Failure::TooLarge));
    let placement = place(|| with_headers(204, "", b"")).await;
    assert!(matches!(placement, Placement::Unknown(Failure::Unreadable(_))), "{placement:?}");
}

#[tokio::test]
async fn a_definite_refusal_is_one_whatever_its_body() {
    for status in [400, 401, 403, 404, 422] {
        for body in ["{\"detail\":\"LOGIN_REQUIRED\"}", "<html></html>", ""] {
            let placement = place(move || json(status, body)).await;
            let Placement::Refused(Failure::Refused { status: told, .. }, problems) = placement else {
                panic!("{placement:?}")
            };
            assert_eq!((told, problems.len()), (status, usize::from(body.starts_with('{'))));
        }
    }
    let cut = b"HTTP/1.1 422 X\r\ncontent-length: 5000\r\n\r\n{\"detail\"".to_vec();
    let placement = place(move || Reply::Bytes(cut.clone())).await;
    assert!(matches!(placement, Placement::Refused(..)), "the status has said it: {placement:?}");
}

#[tokio::test]
async fn problems_come_with_a_refusal_of_either_kind() {
    let body = "{\"problems\":[{\"problem\":\"OUT_OF_STOCK\"}]}";
    for status in [422, 200] {
        let placement = place(move || json(status, body)).await;
        let Placement::Refused(_, problems) = placement else { panic!("{placement:?}") };
        assert_eq!(problems[0].code.as_str(), "OUT_OF_STOCK");
    }
}

#[tokio::test]
async fn an_order_goes_over_a_connection_of_its_own() {
    let shop = Shop::open(|request: &Request, _| match request.method.as_str() {
        // A connection that is kept and then reset would fail an order that was put on it.
        "GET" => Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]".to_vec()),
        _ => json(200, ORDER),
    })
    .await;
    let client = client(&shop);
    client.payment_methods().await.unwrap();
    assert!(matches!(client.place(&purchase()).await, Placement::Placed(_)));
    assert_eq!(shop.paths(), ["/v3/payment_vias", "/v5/orders"]);
}
