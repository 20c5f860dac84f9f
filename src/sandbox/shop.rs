//! State shared by all handlers, and helpers for their answers.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::catalogue::Catalogue;
use super::checkout::Problem;
use super::faults::{Fault, FaultKind, Faults};
use super::orders::Orders;
use super::requests::Requests;

/// State shared by all handlers.
#[derive(Debug)]
pub(super) struct Shop {
    /// The sandbox's address, for links in answers.
    pub(super) base_url: String,
    /// The catalogue.
    pub(super) catalogue: Catalogue,
    /// The orders.
    pub(super) orders: Orders,
    /// The active faults.
    pub(super) faults: Faults,
    /// The last requests.
    pub(super) requests: Requests,
    /// Problems to add to the next validations and creations, with the remaining counts.
    forced: Mutex<Vec<(Problem, u32)>>,
    /// Becomes true, or loses its sender, when the sandbox stops.
    closing: watch::Receiver<bool>,
}

impl Shop {
    /// Creates the state of a shop at an address that runs until `closing` becomes true.
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

    /// Waits until the sandbox stops.
    pub(super) async fn closed(&self) {
        // An error means that the sandbox was dropped, which also ends it.
        let mut closing = self.closing.clone();
        let _ended_either_way = closing.wait_for(|closing| *closing).await;
    }

    /// Adds these problems to the next answers.
    pub(super) fn force(&self, problems: Vec<Problem>, times: u32) {
        self.forced_list().extend(problems.into_iter().map(|problem| (problem, times)));
    }

    /// Removes all forced problems.
    pub(super) fn force_nothing(&self) {
        self.forced_list().clear();
    }

    /// Returns the forced problems of this answer and decrements their counts.
    pub(super) fn forced(&self) -> Vec<Problem> {
        let mut list = self.forced_list();
        let now = list.iter().map(|(problem, _)| problem.clone()).collect();
        list.iter_mut().for_each(|(_, left)| *left = left.saturating_sub(1));
        list.retain(|(_, left)| *left > 0);
        now
    }

    fn forced_list(&self) -> std::sync::MutexGuard<'_, Vec<(Problem, u32)>> {
        // No statement leaves the list half-changed, so a poisoned lock can still be used.
        self.forced.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The stream faults of the request that opens a stream.
#[derive(Clone, Debug, Default)]
pub(super) struct StreamFaults(pub(super) Vec<FaultKind>);

/// Returns the current time in Unix milliseconds.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Creates a JSON answer.
pub(super) fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [("content-type", "application/json")], body.to_string()).into_response()
}

/// Answers unknown routes, orders and methods.
pub(super) async fn not_found() -> Response {
    answer(StatusCode::NOT_FOUND, &json!({"status": 404, "detail": "NOT_FOUND"}))
}
