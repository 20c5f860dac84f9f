//! An order's event stream: a snapshot, changes, heartbeats, and `stop` at the end (contract, section 3.11).

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use serde_json::Value;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use uuid::Uuid;

use super::super::faults::FaultKind;
use super::super::lifecycle::is_terminal;
use super::super::orders::News;
use super::super::shop::{Shop, StreamFaults, not_found};

/// The interval of heartbeats on a quiet stream.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Input that a reader must skip: a comment, an unknown event, and data that is not JSON.
const NOISE: &str = ": welcome\n\nevent: weather\ndata: {\"sky\":\"blue\"}\n\ndata: {\"order_id\":\n\n";

/// `GET /v5/orders/{id}/subscribe`.
pub(crate) async fn subscribe(
    State(shop): State<Arc<Shop>>,
    Extension(StreamFaults(faults)): Extension<StreamFaults>,
    Path(id): Path<String>,
) -> Response {
    // Subscribed before the order is read, so that no change is missed between the two.
    let news = shop.orders.watch();
    let Some(order) = id.parse().ok().and_then(|id| shop.orders.get(id)) else {
        return not_found().await;
    };
    let first = (order.id, order.revision, Arc::new(order.json()));
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    (headers, Body::from_stream(events(shop, first, news, faults))).into_response()
}

/// Returns the bytes of a stream, with its faults applied.
fn events(
    shop: Arc<Shop>,
    (id, mut revision, mut snapshot): News,
    mut news: Receiver<News>,
    faults: Vec<FaultKind>,
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let has = move |fault: &FaultKind| faults.contains(fault);
    async_stream::stream! {
        if has(&FaultKind::StreamSilent) {
            shop.closed().await;
            return;
        }
        if has(&FaultKind::Noise) {
            yield Ok(Bytes::from_static(NOISE.as_bytes()));
        }
        let mut last: Option<Arc<Value>> = None;
        loop {
            yield Ok(event(&snapshot));
            if has(&FaultKind::StreamCut) {
                return;
            }
            if has(&FaultKind::Duplicate) {
                yield Ok(event(&snapshot));
            }
            if let Some(older) = last.take().filter(|_| has(&FaultKind::Reorder)) {
                yield Ok(event(&older));
            }
            if snapshot["order_state"].as_str().is_some_and(is_terminal) {
                yield Ok(Bytes::from_static(b"event: stop\ndata: {}\n\n"));
                return;
            }
            let (later, change) = loop {
                tokio::select! {
                    () = shop.closed() => return,
                    () = tokio::time::sleep(HEARTBEAT) => yield Ok(Bytes::from_static(b": heartbeat\n\n")),
                    change = next(&shop, id, revision, &mut news) => match change {
                        Some(change) => break change,
                        None => return,
                    },
                }
            };
            revision = later;
            last = Some(std::mem::replace(&mut snapshot, change));
        }
    }
}

/// Waits for the next change of this order. Returns `None` when the channel is closed.
async fn next(shop: &Shop, id: Uuid, seen: u64, news: &mut Receiver<News>) -> Option<(u64, Arc<Value>)> {
    loop {
        match news.recv().await {
            // Changes between the subscription and the read are in the first snapshot already.
            Ok((of, revision, change)) if of == id && revision > seen => return Some((revision, change)),
            Ok(_) => {}
            // This receiver missed changes; the latest snapshot is enough.
            Err(RecvError::Lagged(_)) => {
                let order = shop.orders.get(id)?;
                if order.revision > seen {
                    return Some((order.revision, Arc::new(order.json())));
                }
            }
            Err(RecvError::Closed) => return None,
        }
    }
}

fn event(snapshot: &Value) -> Bytes {
    Bytes::from(format!("data: {snapshot}\n\n"))
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::StreamExt;
    use tokio::sync::watch;

    use super::super::super::lifecycle::{self, Pace};
    use super::super::super::order::Order;
    use super::super::super::orders::Orders;
    use super::*;

    fn order() -> Order {
        let nothing = String::new;
        Order {
            id: Uuid::from_u128(1),
            created: 0,
            updated: 0,
            revision: 0,
            standing: lifecycle::opened(Pace::Manual, 0),
            via: nothing(),
            coin: nothing(),
            network: nothing(),
            coin_amount: nothing(),
            original_coin_amount: nothing(),
            payment_value: nothing(),
            wallet_address: nothing(),
            qr_text: None,
            email: nothing(),
            refund_wallet_address: None,
            coupon: None,
            lines: Vec::new(),
            tampered: std::collections::BTreeMap::new(),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_quiet_feed_shows_every_fifteen_seconds_that_it_lives() {
        let (_open, closing) = watch::channel(false);
        let orders = Orders::new(Pace::Manual, None, vec![order()], 0);
        let shop = Arc::new(Shop::new(String::new(), orders, Vec::new(), closing));
        let first = (order().id, 0, Arc::new(order().json()));
        let news = shop.orders.watch();
        let mut feed = pin!(events(shop, first, news, Vec::new()));
        let begin = tokio::time::Instant::now();
        assert!(feed.next().await.is_some_and(|said| said.is_ok_and(|bytes| bytes.starts_with(b"data: "))));
        for beats in 1..=3 {
            assert_eq!(feed.next().await, Some(Ok(Bytes::from_static(b": heartbeat\n\n"))));
            assert_eq!(begin.elapsed(), HEARTBEAT * beats);
        }
    }
}
