//! Maps connection errors to short messages that never contain an address.

use std::error::Error;
use std::io::ErrorKind;

use crate::domain::failure::Failure;
use crate::domain::text::Printable;

/// Maps a connection error to a failure; [`Failure::Unreachable`] only if nothing was sent.
pub(in crate::api) fn failure(error: &reqwest::Error) -> Failure {
    if error.is_connect() || error.is_builder() {
        return Failure::Unreachable(Printable::new(why_no_connection(error)));
    }
    Failure::Interrupted(Printable::new(why_it_broke(error)))
}

fn why_no_connection(error: &reqwest::Error) -> &'static str {
    if error.is_builder() {
        return "no connection could be set up";
    }
    if error.is_timeout() {
        return "timed out";
    }
    match kind(error) {
        Some(ErrorKind::ConnectionRefused) => "connection refused",
        Some(ErrorKind::TimedOut) => "timed out",
        Some(ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown) => {
            "no network"
        }
        Some(ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::UnexpectedEof) => {
            "the connection broke"
        }
        _ if chain(error).any(<dyn Error>::is::<rustls::Error>) => "its certificate could not be checked",
        // hyper-util reports this in its message only.
        _ if chain(error).any(|cause| cause.to_string().starts_with("dns error")) => {
            "its name could not be found"
        }
        _ => "no connection",
    }
}

fn why_it_broke(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        return "timed out";
    }
    match kind(error) {
        Some(ErrorKind::TimedOut) => "timed out",
        _ if error.is_decode() || error.is_body() => "the answer broke off",
        _ => "the connection broke",
    }
}

/// The first error kind reported by the operating system.
fn kind(error: &reqwest::Error) -> Option<ErrorKind> {
    chain(error)
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .map(std::io::Error::kind)
        .find(|kind| !matches!(kind, ErrorKind::Other))
}

fn chain<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}
