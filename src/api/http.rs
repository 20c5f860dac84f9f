//! HTTP: connections, headers, timeouts, retries and size limits. Knows nothing about the bodies' content.

mod body;
mod endpoint;
mod fault;
mod listening;
mod tls;
mod wait;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, USER_AGENT};
use reqwest::{RequestBuilder, Response, Url, redirect, retry};
use tokio::sync::{OnceCell, Semaphore, watch};
use tokio::time::Instant;

pub(super) use body::Body;
use endpoint::endpoint;
pub(super) use fault::failure;
pub(super) use wait::{asked_wait, seed, spread};

use super::limits::Limits;
use super::order_reads::Reading;
use super::wire::Refusal;
use super::{OnDelay, Settings};
use crate::domain::failure::Failure;
use crate::domain::text::Printable;
use crate::domain::time::Timestamp;
use crate::log::{Level, Log};
use crate::worker::Workshop;
use listening::Listening;
use wait::dated;

/// The maximum size of a catalogue, in bytes after decompression.
pub(super) const CATALOGUE_CAP: usize = 16 << 20;
/// The maximum size of a family's products or of a homepage.
pub(super) const PRODUCTS_CAP: usize = 4 << 20;
/// The maximum size of anything else.
pub(super) const CAP: usize = 1 << 20;

/// How many redirects on the same host are followed.
const MOST_HOPS: u8 = 3;

/// The connections to the shop, made when they are first needed.
pub(super) struct Http {
    settings: Settings,
    limits: Limits,
    clients: OnceCell<Clients>,
    /// The thread that runs the event streams.
    pub(super) listening: Listening,
    /// Limits how orders are read.
    pub(super) reading: Reading,
    /// Permits for streams that may still be opened.
    pub(super) streams: Arc<Semaphore>,
    pub(super) log: Log,
    /// Parses large bodies and loads certificates.
    worker: Workshop,
    /// The last time reported by the shop's clock.
    pub(super) clock: watch::Sender<Option<Timestamp>>,
}

/// One client for each kind of request; they share no connections.
struct Clients {
    reading: reqwest::Client,
    ordering: reqwest::Client,
    streaming: reqwest::Client,
    /// For other hosts, which must not receive our headers.
    picturing: reqwest::Client,
}

/// The time and attempts left for one read request.
pub(super) struct Patience<'a> {
    /// When all attempts must be finished.
    pub(super) deadline: Instant,
    pauses: std::slice::Iter<'a, Duration>,
    /// Called before each pause.
    told: Option<OnDelay>,
    http: &'a Http,
}

/// A complete response, whatever its status.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) wait: Option<Duration>,
    pub(super) body: Body,
}

impl Http {
    /// Stores the settings; opens nothing.
    pub(super) fn new(settings: Settings, limits: Limits, log: Log, worker: Workshop) -> Self {
        Self {
            reading: Reading::new(&limits.feed),
            streams: Arc::new(Semaphore::new(limits.feed.streams.max(1))),
            settings,
            limits,
            clients: OnceCell::new(),
            listening: Listening::default(),
            log,
            worker,
            clock: watch::Sender::default(),
        }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn worker(&self) -> &Workshop {
        &self.worker
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Creates the retry budget of one read request, limited to `total`.
    pub(super) fn patience(&self, total: Duration, told: Option<OnDelay>) -> Patience<'_> {
        Patience { deadline: Instant::now() + total, pauses: self.limits.retries.iter(), told, http: self }
    }

    /// Returns how long to wait before a retry, or `None` if it would not help or take too long.
    fn pause_after(&self, failure: &Failure, pause: Duration) -> Option<Duration> {
        match failure {
            Failure::Unreachable(_) | Failure::Interrupted(_) => Some(spread(pause, seed())),
            Failure::Trouble(status) if *status >= 500 => Some(spread(pause, seed())),
            Failure::TooMany(Some(wait)) if *wait <= self.limits.longest_wait => Some(*wait),
            Failure::Trouble(_)
            | Failure::TooMany(_)
            | Failure::Refused { .. }
            | Failure::Unreadable(_)
            | Failure::TooLarge
            | Failure::Unrecorded(_)
            | Failure::Earlier
            | Failure::Held(_) => None,
        }
    }

    /// Sends a GET request once; redirects on the same host are followed.
    pub(super) async fn get_once(&self, url: String, cap: usize, deadline: Instant) -> Result<Body, Failure> {
        let url = Url::parse(&url).map_err(|_| unreachable("its address is wrong"))?;
        let (began, asked) = (Instant::now(), endpoint(&url));
        let answer = self.fetch(url, cap, deadline).await;
        self.note("GET", asked, began, answer.as_ref().map(|answer| answer.status));
        answer?.into_body()
    }

    async fn fetch(&self, mut url: Url, cap: usize, deadline: Instant) -> Result<Answer, Failure> {
        let clients = self.clients().await?;
        for _ in 0..=MOST_HOPS {
            let left = deadline.saturating_duration_since(Instant::now());
            let request = clients.reading.get(url.clone()).timeout(left);
            let response = request.send().await.map_err(|error| failure(&error))?;
            self.hear_date(&url, response.headers());
            match next_hop(&url, &response) {
                Some(next) => url = next,
                None => return Answer::of(response, cap).await,
            }
        }
        Err(Failure::Trouble(310))
    }

    /// Fetches a picture, once; no redirect is followed.
    pub(super) async fn picture(&self, url: &str, cap: usize, deadline: Instant) -> Result<Body, Failure> {
        let clients = self.clients().await?;
        let left = deadline.saturating_duration_since(Instant::now());
        let request = clients.picturing.get(url).timeout(left);
        let mut response = request.send().await.map_err(|error| failure(&error))?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(meaning(status, None, Printable::default));
        }
        Body::of(&mut response, cap).await
    }

    /// Posts a request that changes nothing at the shop; retries once, and only if nothing was sent.
    pub(super) async fn post_question(&self, url: &str, body: &[u8]) -> Result<Answer, Failure> {
        let clients = self.clients().await?;
        let began = Instant::now();
        let ask = || with_body(clients.reading.post(url), body).timeout(self.limits.total).send();
        let response = match ask().await.map_err(|error| failure(&error)) {
            Err(Failure::Unreachable(_)) => ask().await.map_err(|error| failure(&error)),
            answer => answer,
        };
        let answer = match response {
            Ok(response) => {
                self.hear_date(response.url(), response.headers());
                Answer::of(response, CAP).await
            }
            Err(failure) => Err(failure),
        };
        self.note("POST", told(url), began, answer.as_ref().map(|answer| answer.status));
        answer
    }

    /// Posts a body exactly once, over a connection of its own, and follows no redirect.
    ///
    /// [`Failure::Unreachable`] means that nothing was sent; after any other failure it is unknown whether
    /// the shop received it.
    pub(super) async fn post_once(&self, url: &str, body: &[u8]) -> Result<Response, Failure> {
        let clients = self.clients().await?;
        let request = with_body(clients.ordering.post(url), body).timeout(self.limits.total);
        let began = Instant::now();
        let response = request.send().await.map_err(|error| failure(&error));
        if let Ok(response) = &response {
            self.hear_date(response.url(), response.headers());
        }
        let status = response.as_ref().map(|response| response.status().as_u16());
        self.note("POST", told(url), began, status);
        response
    }

    /// Updates the shop's clock from a response about orders: those are fresh, never from a cache on the way.
    fn hear_date(&self, url: &Url, headers: &HeaderMap) {
        let told = dated(headers).filter(|_| url.path().contains("/v5/orders"));
        if told.is_some() {
            self.clock.send_replace(told);
        }
    }

    /// Logs a request by its endpoint.
    pub(super) fn note(
        &self,
        method: &'static str,
        asked: &'static str,
        began: Instant,
        end: Result<u16, &Failure>,
    ) {
        let answer = match end {
            Ok(status) => ("status", status.into()),
            Err(failure) => ("failure", failure.kind().into()),
        };
        let known = [("method", method.into()), ("path", asked.into()), answer];
        self.log.tell(Level::Debug, "request", &[&known[..], &[("took", began.elapsed().into())]].concat());
    }

    /// Prepares a request for an event stream; its only time limit is the one between two chunks.
    pub(super) async fn stream(&self, url: &str) -> Result<RequestBuilder, Failure> {
        Ok(self.clients().await?.streaming.get(url))
    }

    /// Parses a body; a large one on the worker, not on the event loop.
    pub(super) async fn parse<T: Send + 'static>(
        &self,
        body: Body,
        read: impl FnOnce(&str) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        if !body.is_large() {
            return read(&body.text());
        }
        let torn = || Err(Failure::Unreadable(Printable::new("it could not be taken apart")));
        self.worker.make(move || read(&body.text())).await.unwrap_or_else(torn)
    }

    /// The clients; built on the worker, since certificates are read from disk.
    async fn clients(&self) -> Result<&Clients, Failure> {
        self.clients
            .get_or_try_init(|| async {
                let settings = self.settings.clone();
                let limits = self.limits.clone();
                let built = self.worker.make(move || build(&settings, &limits)).await;
                built.unwrap_or_else(|| Err(unreachable("no connection could be set up")))
            })
            .await
    }
}

impl Patience<'_> {
    /// Waits before the next attempt. Returns the failure if a retry would not help or take too long.
    pub(super) async fn after(&mut self, failure: Failure) -> Result<(), Failure> {
        let pause = self.pauses.next().and_then(|&pause| self.http.pause_after(&failure, pause));
        match pause {
            Some(pause) if Instant::now() + pause < self.deadline => {
                if let Some(told) = &self.told {
                    told(&failure, pause);
                }
                tokio::time::sleep(pause).await;
            }
            Some(_) | None => return Err(failure),
        }
        Ok(())
    }
}

impl Answer {
    /// Reads a response to its end.
    pub(super) async fn of(mut response: Response, cap: usize) -> Result<Self, Failure> {
        let status = response.status().as_u16();
        let wait = asked_wait(response.headers());
        let body = Body::of(&mut response, cap).await?;
        Ok(Self { status, wait, body })
    }

    /// Returns the body of a success, or the failure that the status means.
    pub(super) fn into_body(self) -> Result<Body, Failure> {
        if (200..300).contains(&self.status) { Ok(self.body) } else { Err(self.failure()) }
    }

    /// The failure that an unsuccessful status means.
    pub(super) fn failure(&self) -> Failure {
        meaning(self.status, self.wait, || Refusal::read(&self.body.text()).detail)
    }
}

/// Maps an unsuccessful status to a failure; `detail` is called only where it is used.
pub(super) fn meaning(status: u16, wait: Option<Duration>, detail: impl FnOnce() -> Printable) -> Failure {
    match status {
        429 => Failure::TooMany(wait),
        503 if wait.is_some() => Failure::TooMany(wait),
        400..=499 => Failure::Refused { status, detail: detail() },
        200..=299 => Failure::Unreadable(Printable::new("it is empty")),
        _ => Failure::Trouble(status),
    }
}

/// Waits for the future, at most for `limit`.
pub(super) async fn at_most<T>(
    limit: Duration,
    future: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let late = |_| Err(Failure::Interrupted(Printable::new("timed out")));
    tokio::time::timeout(limit, future).await.unwrap_or_else(late)
}

/// The endpoint of an address given as text.
fn told(url: &str) -> &'static str {
    Url::parse(url).map_or("another", |url| endpoint(&url))
}

fn unreachable(why: &str) -> Failure {
    Failure::Unreachable(Printable::new(why))
}

fn with_body(request: RequestBuilder, body: &[u8]) -> RequestBuilder {
    request.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(body.to_vec())
}

/// The redirect target, if it is on the same origin: no other host may receive our headers.
fn next_hop(from: &Url, response: &Response) -> Option<Url> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let target = response.headers().get(LOCATION)?.to_str().ok()?;
    from.join(target).ok().filter(|to| to.origin() == from.origin())
}

fn build(settings: &Settings, limits: &Limits) -> Result<Clients, Failure> {
    let base = &settings.base;
    let tls = tls::config(base.is_plain())
        .map_err(|_| unreachable("this machine has no certificates to check it by"))?;
    let headers = headers(settings);
    let bare = || {
        let builder = reqwest::Client::builder()
            .use_preconfigured_tls(tls.clone())
            .connect_timeout(limits.connect)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false);
        // A proxy from the environment cannot reach this machine's loopback addresses.
        if base.is_loopback() { builder.no_proxy() } else { builder }
    };
    let plain = || bare().default_headers(headers.clone());
    let done = |builder: reqwest::ClientBuilder| {
        builder.build().map_err(|_| unreachable("no connection could be set up"))
    };
    Ok(Clients {
        // Idle connections count towards the connections that order reads may use.
        reading: done(plain().read_timeout(limits.idle).pool_max_idle_per_host(limits.feed.readings))?,
        // No pool: an order is never sent over a connection that may be closing.
        ordering: done(plain().pool_max_idle_per_host(0))?,
        streaming: done(plain().pool_max_idle_per_host(0).read_timeout(limits.feed.idle))?,
        picturing: done(bare().read_timeout(limits.idle))?,
    })
}

/// The headers of every request (contract, section 1).
fn headers(settings: &Settings) -> HeaderMap {
    let country = settings.country.map_or_else(|| "US".to_owned(), |country| country.to_string());
    let mut headers = HeaderMap::from_iter([
        (ACCEPT, HeaderValue::from_static("application/json")),
        (USER_AGENT, HeaderValue::from_static(concat!("giftty/", env!("CARGO_PKG_VERSION")))),
        (HeaderName::from_static("x-cr-version"), HeaderValue::from_static(env!("CARGO_PKG_VERSION"))),
    ]);
    let more = [
        ("x-country-iso-code", Some(country.as_str())),
        ("x-cr-application", settings.partner_id.as_deref().map(str::trim).filter(|id| !id.is_empty())),
    ];
    for (name, value) in more {
        // A value that is not valid in a header is left out: the shop enforces neither of them.
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers
}
