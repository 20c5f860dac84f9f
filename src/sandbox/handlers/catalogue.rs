//! The catalogue routes (contract, section 2).

use std::convert::Infallible;
use std::sync::Arc;

use async_stream::stream;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::Value;

use super::super::catalogue::Listing;
use super::super::shop::{Shop, answer};
use super::super::storefront::{self, Refusal, Storefront};

/// The query parameters of all catalogue routes; each uses its own.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Parameters {
    country_code: Option<String>,
    family_name: Option<String>,
    brand_name: Option<String>,
    face_value: Option<String>,
    coin: Option<String>,
    lang: Option<String>,
    q: Option<String>,
}

/// Returns the catalogue routes.
pub(crate) fn routes() -> Router<Arc<Shop>> {
    Router::new()
        .route("/api/available-countries", get(async || found(Ok(storefront::countries()))))
        .route("/v3/payment_vias", get(async || found(Ok(storefront::payment_vias()))))
        .route("/v3/currencies", get(async || found(Ok(storefront::currencies()))))
        .route("/v2/brands", get(brands))
        .route("/v2/homepage", get(homepage))
        .route("/v2/search/{country}", get(search))
        .route("/v5/products/country/{country}", get(products))
        .route("/v4/products/price", get(price))
}

async fn brands(State(shop): State<Arc<Shop>>, Query(asked): Query<Parameters>) -> Response {
    listed(store(&shop).brands(asked.country_code.as_deref().unwrap_or_default()))
}

async fn homepage(State(shop): State<Arc<Shop>>, Query(asked): Query<Parameters>) -> Response {
    listed(store(&shop).homepage(asked.country_code.as_deref().unwrap_or_default()))
}

async fn search(
    State(shop): State<Arc<Shop>>,
    Path(country): Path<String>,
    Query(asked): Query<Parameters>,
) -> Response {
    found(store(&shop).search(&country, asked.q.as_deref().unwrap_or_default(), asked.lang.as_deref()))
}

async fn products(
    State(shop): State<Arc<Shop>>,
    Path(country): Path<String>,
    Query(asked): Query<Parameters>,
) -> Response {
    let Parameters { family_name, brand_name, coin, lang, .. } = &asked;
    found(store(&shop).products(
        &country,
        family_name.as_deref(),
        brand_name.as_deref(),
        coin.as_deref(),
        lang.as_deref(),
    ))
}

async fn price(State(shop): State<Arc<Shop>>, Query(asked): Query<Parameters>) -> Response {
    let Parameters { brand_name, country_code, face_value, coin, .. } = &asked;
    found(store(&shop).price(
        brand_name.as_deref(),
        country_code.as_deref(),
        face_value.as_deref(),
        coin.as_deref(),
    ))
}

fn store(shop: &Shop) -> Storefront<'_> {
    Storefront::new(&shop.catalogue, &shop.base_url)
}

fn found(body: Result<Value, Refusal>) -> Response {
    body.map_or_else(|refusal| refused(&refusal), |body| answer(StatusCode::OK, &body))
}

fn listed(body: Result<Listing, Refusal>) -> Response {
    let pages = match body {
        Ok(listing) => stream! {
            for page in listing {
                yield Ok::<_, Infallible>(page);
                // Yields so that the page is sent before the next one is generated.
                tokio::task::yield_now().await;
            }
        },
        Err(refusal) => return refused(&refusal),
    };
    ([("content-type", "application/json")], Body::from_stream(pages)).into_response()
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    answer(status, &refusal.body)
}
