//! The HTTP server: its routes, start and shutdown.

mod connection;
mod fault_injection;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::faults::Fault;
#[cfg(feature = "pictures")]
use super::handlers::logos;
use super::handlers::{catalogue, control, orders, stream};
use super::orders::Orders;
use super::shop::{Shop, not_found, now};
use connection::{Breaker, Loopback};

/// How long open requests may take to finish when the sandbox stops.
const PATIENCE: Duration = Duration::from_secs(2);

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

/// Binds the address and serves. Returns the bound address.
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
    let order_routes = Router::new()
        .route("/v5/orders", post(orders::create))
        .route("/v5/orders/validations", post(orders::validate))
        .route("/v5/orders/{id}", get(orders::read))
        .route("/v5/orders/{id}/subscribe", get(stream::subscribe));
    let all = Router::new().merge(catalogue::routes()).merge(order_routes);
    #[cfg(feature = "pictures")]
    let all = all.route("/__sandbox/logos/{file}", get(logos::serve));
    all.nest("/__sandbox", control::routes())
        .fallback(not_found)
        // An order cannot be changed: the real shop answers PATCH and PUT with 404 (contract, section 3.1).
        .method_not_allowed_fallback(not_found)
        .layer(from_fn_with_state(Arc::clone(shop), fault_injection::strike))
        .with_state(Arc::clone(shop))
}

/// Advances orders when they are due, and sleeps until the next deadline or change.
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
