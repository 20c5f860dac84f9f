//! Fault injection: records every request and applies the active faults to it.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::super::faults::FaultKind;
use super::super::shop::{Shop, StreamFaults, answer};
use super::connection::Breaker;

/// The largest request body that is read, in bytes.
const LARGEST_BODY: usize = 1024 * 1024;

/// The largest answer that can be truncated, in bytes.
const LARGEST_ANSWER: usize = 64 * 1024 * 1024;

/// Applies the active faults to a request and its answer.
pub(super) async fn strike(
    State(shop): State<Arc<Shop>>,
    ConnectInfo(breaker): ConnectInfo<Breaker>,
    request: Request,
    next: Next,
) -> Response {
    // Control requests are not customer requests.
    if request.uri().path().starts_with("/__sandbox") {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return answer(StatusCode::PAYLOAD_TOO_LARGE, &json!({"status": 413, "detail": "BODY_TOO_LARGE"}));
    };
    shop.requests.record(&parts, &body);
    let struck = shop.faults.strike(parts.method.as_str(), parts.uri.path());
    let (streams, struck): (Vec<_>, Vec<_>) = struck.into_iter().partition(FaultKind::is_of_streams);
    parts.extensions.insert(StreamFaults(streams));
    let here = parts.uri.to_string();
    let mut after = Vec::new();
    for fault in struck {
        match fault {
            FaultKind::Delay(span) => {
                tokio::select! {
                    () = tokio::time::sleep(span) => {}
                    () = shop.closed() => {}
                }
            }
            FaultKind::LostAnswer(then) => after.push(*then),
            answered
            @ (FaultKind::Truncate | FaultKind::Torn | FaultKind::Empty | FaultKind::Mislabelled) => {
                after.push(answered);
            }
            instead => return spoil(&shop, &breaker, &here, &instead, StatusCode::OK.into_response()).await,
        }
    }
    let mut response = next.run(Request::from_parts(parts, Body::from(body))).await;
    for fault in after {
        response = spoil(&shop, &breaker, &here, &fault, response).await;
    }
    response
}

/// Returns the answer with a fault applied. `here` is the request's URL.
async fn spoil(
    shop: &Shop,
    breaker: &Breaker,
    here: &str,
    fault: &FaultKind,
    mut response: Response,
) -> Response {
    match fault {
        FaultKind::Delay(span) => {
            tokio::select! {
                () = tokio::time::sleep(*span) => {}
                () = shop.closed() => {}
            }
            response
        }
        FaultKind::Hang => {
            shop.closed().await;
            breaker.pull();
            response
        }
        FaultKind::Reset => {
            breaker.pull();
            response
        }
        FaultKind::Status(code, after) => bare(*code, *after),
        FaultKind::Html(code) => page(*code),
        FaultKind::Redirect(code, address) => elsewhere(*code, address.as_deref().unwrap_or(here)),
        FaultKind::Problems => answer(StatusCode::OK, &json!({"problems": [{"problem": "OUT_OF_STOCK"}]})),
        FaultKind::Truncate => truncated(response).await,
        FaultKind::Torn => {
            let (status, half) = (response.status(), half_of(response.into_body()).await.0);
            (status, [(header::CONTENT_TYPE, "application/json")], half).into_response()
        }
        FaultKind::Empty => response.status().into_response(),
        FaultKind::Mislabelled => {
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
            response
        }
        FaultKind::LostAnswer(_)
        | FaultKind::StreamCut
        | FaultKind::StreamSilent
        | FaultKind::Duplicate
        | FaultKind::Reorder
        | FaultKind::Noise => response,
    }
}

/// Returns a status with a JSON body, and Retry-After if given.
fn bare(code: u16, after: Option<u64>) -> Response {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let detail = if code == 429 { "TOO_MANY_REQUESTS" } else { "SANDBOX_FAULT" };
    let mut response = answer(status, &json!({"status": code, "detail": detail}));
    if let Some(seconds) = after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Returns a redirect without a body.
fn elsewhere(code: u16, address: &str) -> Response {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::TEMPORARY_REDIRECT);
    (status, [(header::LOCATION, address)]).into_response()
}

/// Returns an HTML page such as an edge server's error page.
fn page(code: u16) -> Response {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::OK);
    let page = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Please wait</h1></body></html>";
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// Returns the first half of an answer with the length of the whole one, then breaks the connection.
async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let (half, whole) = half_of(body).await;
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole));
    let halves = async_stream::stream! {
        yield Ok(half);
        // Yields so that the half is sent before the connection breaks.
        tokio::task::yield_now().await;
        yield Err(io::Error::from(io::ErrorKind::ConnectionReset));
    };
    Response::from_parts(parts, Body::from_stream(halves))
}

/// Returns the first half of a body and the length of the whole.
async fn half_of(body: Body) -> (Bytes, usize) {
    let whole = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    (whole.slice(..whole.len() / 2), whole.len())
}
