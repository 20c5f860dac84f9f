//! What all handlers share: what is sold, what was ordered, what goes wrong; and how they answer.

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

/// What all handlers share.
#[derive(Debug)]
pub(super) struct Shop {
    /// Where it is reached, for the links in its answers.
    pub(super) base_url: String,
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
    /// A shop that is reached at an address, until `closing` turns true.
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
    pub(super) fn forced(&self) -> Vec<Problem> {
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

/// The faults that strike inside the stream that a request opens.
#[derive(Clone, Debug, Default)]
pub(super) struct StreamFaults(pub(super) Vec<FaultKind>);

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
