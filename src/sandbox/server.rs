//! The server: what its handlers share, its routes, its start and its end.

mod connection;
#[cfg(feature = "pictures")]
mod logos;
mod requests;
mod shelves;
mod till;
mod trouble;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::catalogue::Catalogue;
use super::checkout::Problem;
use super::faults::{Fault, Faults};
use super::orders::Orders;
use super::{control, stream};
use connection::{Breaker, Loopback};
pub(super) use requests::Requests;
pub(super) use trouble::StreamFaults;

/// How long open requests may take to end when the sandbox stops.
const PATIENCE: Duration = Duration::from_secs(2);

/// What all handlers share.
#[derive(Debug)]
pub(super) struct Shop {
    /// Where it is reached, for the links in its answers.
    base_url: String,
    /// What is sold.
    pub(super) catalogue: Catalogue,
    /// What was ordered.
    pub(super) orders: Orders,
    /// What goes wrong.
    pub(super) faults: Faults,
    /// What was asked lately.
    pub(super) requests: Requests,
    /// Problems that the next validations and creations answer, and how often.
    forced: Mutex<Vec<(Problem, u32)>>,
    /// Turns true, or loses its sender, when the sandbox ends.
    closing: watch::Receiver<bool>,
}

impl Shop {
    /// A shop with an empty till, reached at an address, until `closing` turns true.
    pub(super) fn new(
        base_url: String,
        orders: Orders,
        faults: Vec<Fault>,
        closing: watch::Receiver<bool>,
    ) -> Self {
        Self {
            base_url,
            catalogue: Catalogue::default(),
            orders,
            faults: Faults::new(faults),
            requests: Requests::default(),
            forced: Mutex::default(),
            closing,
        }
    }

    /// Comes back when the sandbox ends.
    pub(super) async fn closed(&self) {
        // An error says that the sandbox was dropped, which is an end as well.
        let mut closing = self.closing.clone();
        let _ended_either_way = closing.wait_for(|closing| *closing).await;
    }

    /// Makes the next answers carry these problems.
    pub(super) fn force(&self, problems: Vec<Problem>, times: u32) {
        self.forced_list().extend(problems.into_iter().map(|problem| (problem, times)));
    }

    /// Takes all forced problems back.
    pub(super) fn force_nothing(&self) {
        self.forced_list().clear();
    }

    /// The problems of this answer, counted down.
    fn forced(&self) -> Vec<Problem> {
        let mut list = self.forced_list();
        let now = list.iter().map(|(problem, _)| problem.clone()).collect();
        list.iter_mut().for_each(|(_, left)| *left = left.saturating_sub(1));
        list.retain(|(_, left)| *left > 0);
        now
    }

    fn forced_list(&self) -> std::sync::MutexGuard<'_, Vec<(Problem, u32)>> {
        // The list is whole between any two statements, so a poisoned lock is still good.
        self.forced.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tasks of a running sandbox.
#[derive(Debug)]
pub(super) struct Running {
    closing: watch::Sender<bool>,
    serving: JoinHandle<io::Result<()>>,
    moving: JoinHandle<()>,
}

impl Running {
    /// Ends the streams, then the server.
    pub(super) async fn stop(mut self) {
        self.closing.send_replace(true);
        if tokio::time::timeout(PATIENCE, &mut self.serving).await.is_err() {
            self.serving.abort();
        }
        self.moving.abort();
    }
}

/// Binds and serves; says where.
pub(super) async fn start(
    listen: SocketAddr,
    orders: Orders,
    faults: Vec<Fault>,
) -> io::Result<(SocketAddr, Running)> {
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    let (closing, closed) = watch::channel(false);
    let shop = Arc::new(Shop::new(format!("http://{address}"), orders, faults, closed));
    let service = routes(&shop).into_make_service_with_connect_info::<Breaker>();
    let ending = Arc::clone(&shop);
    let serving = tokio::spawn(async move {
        axum::serve(Loopback::new(listener), service)
            .with_graceful_shutdown(async move { ending.closed().await })
            .await
    });
    let moving = tokio::spawn(move_orders(shop));
    Ok((address, Running { closing, serving, moving }))
}

fn routes(shop: &Arc<Shop>) -> Router {
    let orders = Router::new()
        .route("/v5/orders", post(till::create))
        .route("/v5/orders/validations", post(till::validate))
        .route("/v5/orders/{id}", get(till::read))
        .route("/v5/orders/{id}/subscribe", get(stream::subscribe));
    let all = Router::new().merge(shelves::routes()).merge(orders);
    #[cfg(feature = "pictures")]
    let all = all.route("/__sandbox/logos/{file}", get(logos::serve));
    all.nest("/__sandbox", control::routes())
        .fallback(not_found)
        // An order cannot be changed: PATCH and PUT answer 404 at the real shop (contract, section 3.1).
        .method_not_allowed_fallback(not_found)
        .layer(from_fn_with_state(Arc::clone(shop), trouble::strike))
        .with_state(Arc::clone(shop))
}

/// Moves orders when they are due, and sleeps for as long as nothing is.
async fn move_orders(shop: Arc<Shop>) {
    loop {
        let next = shop.orders.move_due(now());
        let due = async {
            match next {
                Some(at) => tokio::time::sleep(Duration::from_millis(at.saturating_sub(now()))).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = shop.closed() => return,
            () = shop.orders.moved() => {}
            () = due => {}
        }
    }
}

/// Unix milliseconds.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A JSON answer.
pub(super) fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [("content-type", "application/json")], body.to_string()).into_response()
}

/// What every unknown route, order and method answers.
pub(super) async fn not_found() -> Response {
    answer(StatusCode::NOT_FOUND, &json!({"status": 404, "detail": "NOT_FOUND"}))
}
