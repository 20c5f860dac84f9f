//! A typed client for the shop's API, and the feed of an order's updates.
//!
//! The wire contract is `api/CONTRACT.md`.

mod base;
mod budget;
mod http;
mod limits;
pub mod logo;
mod place;
mod order_reads;
mod wire;

pub mod feed;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

pub use base::{BadBase, Base};
pub use limits::{FeedLimits, Limits};

use crate::domain::catalogue::Catalogue;
use crate::domain::country::{self, Country, CountryCode};
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::order::{OrderId, Snapshot};
use crate::domain::product::{Offer, ProductGroup, Quote};
use crate::domain::purchase::{Choice, Purchase, Validation};
use crate::domain::record::Placement;
use crate::domain::request::{Family, ItemQuestion, PriceQuestion};
use crate::domain::tender::PaymentMethods;
use crate::domain::text::Printable;
use crate::domain::time::Timestamp;
use crate::log::Log;
use crate::worker::Workshop;
use http::{Answer, Body, Http};
use order_reads::{Gate, Reader};

/// Which shop to call, and which headers identify the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The shop's base address.
    pub base: Base,
    /// Sent as `X-Cr-Application` if present; public, not a secret (contract, section 1).
    pub partner_id: Option<String>,
    /// Sent as `X-Country-ISO-Code`; `US` if `None`.
    pub country: Option<CountryCode>,
}

/// A client for the shop's API. Clones share their connections.
#[derive(Clone)]
pub struct Client {
    http: Arc<Http>,
    delays: Option<OnDelay>,
}

/// Called before a read is retried, with the reason for the delay and the time until the next attempt.
pub type OnDelay = Arc<dyn Fn(&Failure, Duration) + Send + Sync>;

/// Parses a country's brands from JSON without any request; for benchmarks.
pub fn read_catalogue(json: &str, country: CountryCode) -> Result<Catalogue, Failure> {
    wire::catalogue(json, country, &[])
}

impl Client {
    /// Creates a client with the default limits. Opens nothing: no TLS, no thread.
    pub fn new(settings: Settings) -> Self {
        Self::with_limits(settings, Limits::default())
    }

    /// Creates a client with its own limits, for tests.
    pub fn with_limits(settings: Settings, limits: Limits) -> Self {
        Self::within(settings, limits, Log::default(), Workshop::default())
    }

    /// Like `with_limits`, but shares a worker with other work and writes requests to a log.
    pub fn within(settings: Settings, limits: Limits, log: Log, worker: Workshop) -> Self {
        Self { http: Arc::new(Http::new(settings, limits, log, worker)), delays: None }
    }

    /// Returns the same client with a callback that is called whenever a request is about to be retried.
    pub fn telling(self, delays: OnDelay) -> Self {
        Self { delays: Some(delays), ..self }
    }

    /// The worker that parses large responses.
    pub fn worker(&self) -> &Workshop {
        self.http.worker()
    }

    /// Fetches the countries, by name, with the native names and aliases that we know (contract, section
    /// 2.1).
    pub async fn countries(&self) -> Result<Vec<Country>, Failure> {
        let base = self.http.settings().base.for_countries();
        let body = self.get(format!("{base}/api/available-countries"), http::CAP).await?;
        self.http.parse(body, |json| wire::countries(json).map(country::enriched)).await
    }

    /// Fetches the payment methods for a buyer's own wallet, including suspended ones (section 2.2).
    pub async fn payment_methods(&self) -> Result<PaymentMethods, Failure> {
        let body = self.get(self.url("/v3/payment_vias", &[]), http::CAP).await?;
        self.http.parse(body, wire::payment_methods).await
    }

    /// Fetches a country's brands and which of them the shop features (sections 2.3 and 2.4).
    ///
    /// The homepage is optional: if it is missing or malformed, the brands are returned without it.
    pub async fn catalogue(&self, country: CountryCode) -> Result<Catalogue, Failure> {
        let place = [("country_code", country.as_str())];
        let brands = self.get(self.url("/v2/brands", &place), http::CATALOGUE_CAP);
        let limits = self.http.limits();
        let deadline = Instant::now() + limits.total;
        let homepage = async {
            let url = self.url("/v2/homepage", &place);
            let body = self.http.get_once(url, http::PRODUCTS_CAP, deadline).await?;
            self.http.parse(body, |json| Ok(wire::featured(json))).await
        };
        tokio::pin!(brands, homepage);
        let mut featured = None;
        let body = loop {
            tokio::select! {
                body = &mut brands => break body?,
                answer = &mut homepage, if featured.is_none() => featured = Some(answer.unwrap_or_default()),
            }
        };
        let featured = match featured {
            Some(featured) => featured,
            None => http::at_most(limits.homepage, homepage).await.unwrap_or_default(),
        };
        self.http.parse(body, move |json| wire::catalogue(json, country, &featured)).await
    }

    /// Fetches the products of a family; empty if the family is unknown (section 2.6).
    pub async fn shelves(&self, family: &Family) -> Result<Vec<ProductGroup>, Failure> {
        let path = format!("/v5/products/country/{}", family.country);
        let query =
            [("family_name", family.name.sent()), ("coin", family.coin.sent()), ("lang", family.lang.code())];
        let body = self.get(self.url(&path, &query), http::PRODUCTS_CAP).await?;
        let family = family.clone();
        self.http.parse(body, move |json| wire::shelves(json, &family)).await
    }

    /// Fetches the price of a face value in a range (section 2.7).
    pub async fn price(&self, question: &PriceQuestion) -> Result<Quote, Failure> {
        let face_value = question.face_value.to_string();
        let query = [
            ("brand_name", question.brand.sent()),
            ("country_code", question.country.as_str()),
            ("face_value", face_value.as_str()),
            ("coin", question.coin.sent()),
        ];
        let body = self.get(self.url("/v4/products/price", &query), http::CAP).await?;
        let question = question.clone();
        self.http.parse(body, move |json| wire::quote(json, &question)).await
    }

    /// Fetches the price of one unit of an item in a coin. Returns `Ok(None)` if the shop no longer sells the
    /// product in this form.
    pub async fn price_of(&self, question: &ItemQuestion) -> Result<Option<Amount>, Failure> {
        let item = &question.item;
        match &item.choice {
            Choice::Fixed { denomination, .. } => {
                let family = Family {
                    country: item.country,
                    name: item.family.clone(),
                    coin: question.coin.clone(),
                    lang: question.lang,
                };
                let shelves = self.shelves(&family).await?;
                let own = shelves.into_iter().filter(|shelf| item.brand == shelf.brand.name());
                let price = own.flat_map(|shelf| shelf.products).find_map(|product| match product.offer {
                    Offer::Fixed { denomination: sold, price, .. } if sold == *denomination => price,
                    Offer::Fixed { .. } | Offer::Range(_) => None,
                });
                Ok(price.map(|price| price.amount))
            }
            Choice::Range { value, .. } => {
                let question = PriceQuestion {
                    brand: item.brand.clone(),
                    country: item.country,
                    face_value: *value,
                    coin: question.coin.clone(),
                };
                Ok(Some(self.price(&question).await?.price.amount))
            }
        }
    }

    /// Validates a purchase; free, and nothing is ordered (section 3.2).
    ///
    /// The shop's objections are returned as problems, whatever the status of the response.
    pub async fn validate(&self, purchase: &Purchase) -> Result<Validation, Failure> {
        let body = wire::validation_body(purchase).ok_or_else(unwritable)?;
        let answer = self.http.post_question(&self.url("/v5/orders/validations", &[]), &body).await?;
        let coin = purchase.tender.coin.clone();
        if (200..300).contains(&answer.status) {
            return self.http.parse(answer.body, move |json| wire::validation(json, coin.sent())).await;
        }
        let problems = wire::Refusal::read(&answer.body.text()).problems;
        if problems.is_empty() || answer.status == 429 {
            return Err(answer.failure());
        }
        Ok(Validation { total: None, problems })
    }

    /// Places an order, at most once: nothing in here retries (sections 3.3, 5.2 and 9).
    pub async fn place(&self, purchase: &Purchase) -> Placement {
        let Some(body) = wire::order_body(purchase) else { return Placement::NotSent(unwritable()) };
        let mut response = match self.http.post_once(&self.url("/v5/orders", &[]), &body).await {
            Ok(response) => response,
            Err(failure) => return place::unanswered(failure),
        };
        let status = response.status().as_u16();
        let wait = http::asked_wait(response.headers());
        let body = Body::of(&mut response, http::CAP).await;
        place::judge(status, wait, body)
    }

    /// Reads the current state of an order (section 3.5). Returns [`Failure::TooMany`] also if this client
    /// has read it too often.
    pub async fn order(&self, id: &OrderId) -> Result<Snapshot, Failure> {
        self.read_patiently(id, self.http.limits().total).await
    }

    /// Like `order`, but with the shorter `check` limit: the user is about to pay. Fails if the response is
    /// about another order.
    pub async fn check(&self, id: &OrderId) -> Result<Snapshot, Failure> {
        let snapshot = self.read_patiently(id, self.http.limits().check).await?;
        let foreign = || Failure::Unreadable(Printable::new("it is about another order"));
        if snapshot.id == *id { Ok(snapshot) } else { Err(foreign()) }
    }

    async fn read_patiently(&self, id: &OrderId, total: Duration) -> Result<Snapshot, Failure> {
        let gate = self.http.reading.gate(id);
        let mut patience = self.http.patience(total, self.delays.clone());
        loop {
            match self.read_once(id, &gate, Reader::Asker, patience.deadline).await {
                Ok(body) => return self.http.parse(body, wire::snapshot).await,
                Err(failure) => patience.after(failure).await?,
            }
        }
    }

    /// The shop's clock, updated from the HTTP `Date` of every response about orders.
    pub fn clock(&self) -> watch::Receiver<Option<Timestamp>> {
        self.http.clock.subscribe()
    }

    /// Marks an order as paid, in the sandbox only; against the live shop nothing is sent.
    pub async fn pay_in_sandbox(&self, id: &OrderId) -> Result<(), Failure> {
        let base = &self.http.settings().base;
        if base.is_live() {
            return Err(Failure::Unreachable(Printable::new("there is no sandbox here")));
        }
        let url = format!("{base}/__sandbox/orders/{}/pay", id.reveal());
        let response = self.http.post_once(&url, b"{}").await?;
        Answer::of(response, http::CAP).await?.into_body().map(drop)
    }

    /// Reads an order once, for its feed: the feed has its own retry policy.
    async fn read_order(&self, id: &OrderId, gate: &Gate) -> Result<Snapshot, Failure> {
        let deadline = Instant::now() + self.http.limits().feed.read;
        self.http.parse(self.read_once(id, gate, Reader::Feed, deadline).await?, wire::snapshot).await
    }

    /// Requests an order once, when it is the reader's turn.
    async fn read_once(
        &self,
        id: &OrderId,
        gate: &Gate,
        reader: Reader,
        deadline: Instant,
    ) -> Result<Body, Failure> {
        let _turn = self.http.reading.turn(gate, reader).await?;
        self.http.get_once(self.order_url(id, ""), http::CAP, deadline).await
    }

    /// Sends a GET request and retries it as long as a retry may help (section 9).
    async fn get(&self, url: String, cap: usize) -> Result<Body, Failure> {
        let mut patience = self.http.patience(self.http.limits().total, self.delays.clone());
        loop {
            match self.http.get_once(url.clone(), cap, patience.deadline).await {
                Ok(body) => return Ok(body),
                Err(failure) => patience.after(failure).await?,
            }
        }
    }

    fn order_url(&self, id: &OrderId, tail: &str) -> String {
        self.url(&format!("/v5/orders/{}{tail}", id.reveal()), &[])
    }

    fn url(&self, path: &str, query: &[(&str, &str)]) -> String {
        let base = &self.http.settings().base;
        if query.is_empty() {
            return format!("{base}{path}");
        }
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        pairs.extend_pairs(query);
        // A space as `%20` is understood everywhere; a plus sign in the text is already `%2B` here.
        format!("{base}{path}?{}", pairs.finish().replace('+', "%20"))
    }
}

/// Prints the shop's address only: ids and headers must not be logged.
impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({})", self.http.settings().base)
    }
}

fn unwritable() -> Failure {
    Failure::Unreachable(Printable::new("the purchase cannot be written down"))
}

#[cfg(test)]
mod tests;
