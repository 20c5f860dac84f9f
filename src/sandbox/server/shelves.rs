//! The catalogue on the wire (contract, section 2).

use std::sync::Arc;

use axum::Router;

use super::Shop;

/// The routes of the catalogue.
pub(super) fn routes() -> Router<Arc<Shop>> {
    Router::new()
}
