//! A record of the last requests, so that a test can see what reached the shop.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::http::request::Parts;
use serde_json::{Map, Value, json};

/// How many requests are stored.
const KEPT: usize = 500;

/// The last requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Requests(Mutex<VecDeque<Value>>);

impl Requests {
    /// Records a request.
    pub(crate) fn record(&self, parts: &Parts, body: &[u8]) {
        let headers: Map<String, Value> = parts
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), json!(String::from_utf8_lossy(value.as_bytes()))))
            .collect();
        let record = json!({
            "method": parts.method.as_str(),
            "path": parts.uri.path(),
            "query": parts.uri.query(),
            "headers": headers,
            "body": String::from_utf8_lossy(body),
        });
        let mut kept = self.lock();
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(record);
    }

    /// Returns all recorded requests.
    pub(crate) fn list(&self) -> Value {
        self.lock().iter().cloned().collect()
    }

    /// Removes all recorded requests.
    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Value>> {
        // No statement leaves the list half-changed, so a poisoned lock can still be used.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
