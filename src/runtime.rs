//! The runtime: performs effects, and runs the subscriptions that screens currently want.

mod catalogue;
mod clipboard;
pub mod clock;
#[cfg(feature = "pictures")]
mod decode;
pub mod export;
pub mod persistence;
#[cfg(feature = "pictures")]
mod logos;
pub mod services;
pub mod placing;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::{Mutex, mpsc};
use tokio::task::{AbortHandle, JoinSet, spawn_blocking};

use crate::action::Action;
use crate::api::{Client, OnDelay, feed};
use crate::domain::choices::SavedChoice;
use crate::domain::failure::Failure;
use crate::domain::news::News;
use crate::domain::order::OrderId;
use crate::domain::text::{Printable, Secret};
use crate::effect::{Effect, Subscription};
use crate::remote::RequestId;
use clock::Clock;
use services::Services;

/// What is sent to the terminal besides frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalRequest {
    /// A text for its clipboard.
    Copy(Secret),
    /// A notification that an order changed, with its text.
    Notice(Printable),
}

/// The tasks of one session.
#[derive(Debug)]
pub struct Runtime {
    services: Services,
    clock: Clock,
    actions: mpsc::Sender<Action>,
    reads: BTreeMap<RequestId, AbortHandle>,
    kept: BTreeMap<Subscription, AbortHandle>,
    hears_clock: bool,
    memory: Option<mpsc::UnboundedSender<SavedChoice>>,
    tasks: JoinSet<()>,
    /// Tasks that must complete, unlike `tasks`, which may be aborted: orders being placed and journal writes.
    writes: JoinSet<()>,
    /// Serialises writes that replace earlier values, in the order they were requested.
    turn: Arc<Mutex<()>>,
}

impl Runtime {
    /// Creates a runtime without tasks. Events are sent through `actions`.
    pub fn new(services: Services, clock: Clock, actions: mpsc::Sender<Action>) -> Self {
        Self {
            services,
            clock,
            actions,
            reads: BTreeMap::new(),
            kept: BTreeMap::new(),
            hears_clock: false,
            memory: None,
            tasks: JoinSet::new(),
            writes: JoinSet::new(),
            turn: Arc::default(),
        }
    }

    /// Performs effects. Returns the requests for the terminal, which the session owns.
    pub fn perform(&mut self, effects: Vec<Effect>) -> Vec<TerminalRequest> {
        if !effects.iter().all(Effect::reads_records) {
            self.hear_clock();
        }
        let mut calls = Vec::new();
        for effect in effects {
            match effect {
                Effect::CopyText(text) => {
                    self.copy(text.clone());
                    calls.push(TerminalRequest::Copy(text));
                }
                Effect::Notice(words) => calls.push(TerminalRequest::Notice(words)),
                Effect::PlaceOrder(id, purchase, total, consent) => {
                    let (services, clock, actions) =
                        (self.services.clone(), self.clock, self.actions.clone());
                    self.writes.spawn(async move {
                        for action in placing::place(&services, clock, id, *purchase, total, *consent).await {
                            tell(&actions, action).await;
                        }
                    });
                }
                Effect::KeepOrder(..)
                | Effect::KeepEnding(..)
                | Effect::KeepRemarks(..)
                | Effect::ImportOrder(..)
                | Effect::RemoveRecord(..)
                | Effect::PlanExport(..)
                | Effect::WriteExport(..) => {
                    let (services, clock, actions) =
                        (self.services.clone(), self.clock, self.actions.clone());
                    let turn = Arc::clone(&self.turn);
                    self.writes.spawn(async move {
                        if let Some(action) = persistence::keep(&services, clock, &turn, effect).await {
                            tell(&actions, action).await;
                        }
                    });
                }
                Effect::Remember(preference) => self.remember(preference),
                Effect::RememberCountry(country) => {
                    let (services, now) = (self.services.clone(), self.clock.now().wall);
                    let turn = Arc::clone(&self.turn);
                    self.writes.spawn(async move {
                        let _mine = turn.lock().await;
                        services.write_cache(move |cache| cache.keep_country(country, now)).await;
                    });
                }
                Effect::CacheCatalogue(stock) => {
                    self.write_cache(move |cache, now| cache.keep_catalogue(&stock.catalogue, now));
                }
                Effect::CacheProducts(family, shelves) => {
                    self.write_cache(move |cache, now| cache.keep_shelves(&family, &shelves, now));
                }
                Effect::ReadOrder(id) => {
                    let (services, actions) = (self.services.clone(), self.actions.clone());
                    self.tasks.spawn(async move {
                        let Ok(client) = services.client().await else { return };
                        // On failure, the order's feed reports that the shop is unreachable.
                        if let Ok(snapshot) = client.order(&id).await {
                            tell(&actions, Action::OrderNews(id, News::Snapshot(Box::new(snapshot)))).await;
                        }
                    });
                }
                Effect::FetchCountries(id)
                | Effect::FetchPaymentMethods(id)
                | Effect::FetchCatalogue(id, _)
                | Effect::FetchProducts(id, _)
                | Effect::FetchLogo(id, _)
                | Effect::QuotePrice(id, _)
                | Effect::PriceItem(id, _)
                | Effect::ValidatePurchase(id, _)
                | Effect::LoadRecords(id)
                | Effect::ListRecords(id)
                | Effect::LoadRecord(id, _)
                | Effect::CheckOrder(id, _)
                | Effect::PayInSandbox(id, _) => self.read(id, effect),
            }
        }
        calls
    }

    /// Forwards the shop's clock, starting with the first effect that may contact the shop.
    fn hear_clock(&mut self) {
        if std::mem::replace(&mut self.hears_clock, true) {
            return;
        }
        let (services, actions) = (self.services.clone(), self.actions.clone());
        self.tasks.spawn(async move {
            let Ok(client) = services.client().await else { return };
            let mut clock = client.clock();
            while clock.changed().await.is_ok() {
                let told = *clock.borrow_and_update();
                if let Some(told) = told {
                    tell(&actions, Action::ShopTimeTold(told)).await;
                }
            }
        });
    }

    /// Returns whether this machine has a clipboard tool of its own.
    pub fn has_clipboard(&self) -> bool {
        !self.services.config().clipboard.tools.is_empty()
    }

    /// Copies a text to this machine's own clipboard as well, if there is one. The last copy wins.
    fn copy(&mut self, text: Secret) {
        if !self.has_clipboard() {
            return;
        }
        let tools = self.services.config().clipboard.tools.clone();
        let (turn, actions) = (Arc::clone(&self.turn), self.actions.clone());
        self.writes.spawn(async move {
            let _mine = turn.lock().await;
            let copied = spawn_blocking(move || clipboard::copy(&tools, &text)).await;
            tell(&actions, Action::TextCopied(copied.unwrap_or(false))).await;
        });
    }

    /// Writes preferences one after the other: of two changes to the cart the later must win.
    fn remember(&mut self, preference: SavedChoice) {
        let (services, writes) = (&self.services, &mut self.writes);
        let memory = self.memory.get_or_insert_with(|| {
            let (memory, mut wanted) = mpsc::unbounded_channel::<SavedChoice>();
            let services = services.clone();
            writes.spawn(async move {
                while let Some(preference) = wanted.recv().await {
                    // A lost preference costs a few keys at the next start, no money.
                    let _ = services.with_journal(move |journal| journal.remember(&preference)).await;
                }
            });
            memory
        });
        // The receiver lives as long as this sender.
        let _ = memory.send(preference);
    }

    fn read(&mut self, id: RequestId, question: Effect) {
        let (services, clock, actions) = (self.services.clone(), self.clock, self.actions.clone());
        let told = self.actions.clone();
        let delays: OnDelay = Arc::new(move |why, pause| {
            // Dropping this notice when the channel is full is harmless: the answer itself waits for room.
            let _ = told.try_send(Action::AnswerDelayed(id, why.clone(), pause));
        });
        let handle = self.tasks.spawn(async move {
            if let Some(last) = catalogue::recall(&services, &question).await {
                tell(&actions, last).await;
            }
            let asked =
                AssertUnwindSafe(answer(&services, clock, question.clone(), delays)).catch_unwind().await;
            let stumbled = || Failure::Unreadable(Printable::new("giftty stumbled over it"));
            let action = asked.unwrap_or_else(|_| failed(&question, stumbled()));
            // The journal's notice is sent before its records.
            if matches!(action, Some(Action::RecordsLoaded(..)))
                && let Some(words) = services.notice().await
            {
                tell(&actions, Action::JournalNotice(words)).await;
            }
            if let Some(action) = action {
                tell(&actions, action).await;
            }
        });
        self.reads.insert(id, handle);
    }

    /// Aborts reads that nobody awaits and unwanted subscriptions, and starts missing subscriptions.
    pub fn reconcile(&mut self, awaited: &BTreeSet<RequestId>, wanted: &BTreeSet<Subscription>) {
        self.reads.retain(|id, task| {
            let keep = awaited.contains(id);
            if !keep {
                task.abort();
            }
            keep
        });
        self.kept.retain(|subscription, task| {
            let keep = wanted.contains(subscription);
            if !keep {
                task.abort();
            }
            keep
        });
        for subscription in wanted {
            if !self.kept.contains_key(subscription) {
                let (services, actions) = (self.services.clone(), self.actions.clone());
                let task = match subscription.clone() {
                    Subscription::Seconds => self.tasks.spawn(tick(self.clock, actions)),
                    Subscription::Order(id) => self.tasks.spawn(follow(services, id, actions)),
                };
                self.kept.insert(subscription.clone(), task);
            }
        }
        while self.tasks.try_join_next().is_some() {}
        while self.writes.try_join_next().is_some() {}
    }

    /// Aborts `tasks` and waits for the writes. Drops the receiver first: a full channel would block them.
    pub async fn finish(mut self, facts: mpsc::Receiver<Action>) {
        drop(facts);
        self.tasks.abort_all();
        drop(self.actions);
        drop(self.memory);
        while self.writes.join_next().await.is_some() {}
    }
}

/// Sends an action to the event loop. Once the loop has ended, the action is dropped.
async fn tell(actions: &mpsc::Sender<Action>, action: Action) {
    let _ = actions.send(action).await;
}

async fn tick(clock: Clock, actions: mpsc::Sender<Action>) {
    let mut second = tokio::time::interval(Duration::from_secs(1));
    second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    second.tick().await;
    loop {
        second.tick().await;
        tell(&actions, Action::Tick(clock.now())).await;
    }
}

async fn follow(services: Services, id: OrderId, actions: mpsc::Sender<Action>) {
    let Ok(client) = services.client().await else { return };
    let (news, mut heard) = mpsc::channel(16);
    let feed = feed::follow(client, id.clone(), news);
    let forward = async {
        while let Some(news) = heard.recv().await {
            tell(&actions, Action::OrderNews(id.clone(), news)).await;
        }
    };
    tokio::join!(feed, forward);
}

/// Answers a request from the services. Returns `None` if the effect has no answer.
async fn answer(services: &Services, clock: Clock, question: Effect, delays: OnDelay) -> Option<Action> {
    if let Some(records) = persistence::read(services, clock, &question).await {
        return Some(records);
    }
    #[cfg(feature = "pictures")]
    if let Effect::FetchLogo(id, logo) = question {
        return Some(Action::LogoFetched(id, logos::fetch(services, logo).await));
    }
    let answer = match services.client().await {
        Ok(client) => ask(&client.telling(delays), question).await,
        Err(failure) => failed(&question, failure),
    }?;
    Some(catalogue::fall_back(services, clock.now().wall, answer).await)
}

async fn ask(client: &Client, question: Effect) -> Option<Action> {
    Some(match question {
        Effect::FetchCountries(id) => Action::CountriesFetched(id, client.countries().await),
        Effect::FetchPaymentMethods(id) => Action::PaymentMethodsFetched(id, client.payment_methods().await),
        Effect::FetchCatalogue(id, country) => {
            Action::CatalogueFetched(id, catalogue::fetch(client, country).await)
        }
        Effect::FetchProducts(id, family) => Action::ProductsFetched(id, client.shelves(&family).await),
        Effect::QuotePrice(id, question) => Action::PriceQuoted(id, client.price(&question).await),
        Effect::PriceItem(id, question) => {
            let price = client.price_of(&question).await;
            Action::ItemPriced(id, question, price)
        }
        Effect::ValidatePurchase(id, purchase) => {
            Action::PurchaseValidated(id, client.validate(&purchase).await)
        }
        Effect::CheckOrder(id, order) => {
            let answer = client.check(&order).await.map(Box::new);
            Action::OrderChecked(id, order, answer)
        }
        Effect::PayInSandbox(id, order) => Action::PaidInSandbox(id, client.pay_in_sandbox(&order).await),
        Effect::LoadRecords(_)
        | Effect::ListRecords(_)
        | Effect::LoadRecord(..)
        | Effect::FetchLogo(..)
        | Effect::PlaceOrder(..)
        | Effect::KeepOrder(..)
        | Effect::KeepEnding(..)
        | Effect::KeepRemarks(..)
        | Effect::ImportOrder(..)
        | Effect::RemoveRecord(..)
        | Effect::PlanExport(..)
        | Effect::WriteExport(..)
        | Effect::ReadOrder(_)
        | Effect::CopyText(_)
        | Effect::CacheCatalogue(_)
        | Effect::CacheProducts(..)
        | Effect::Notice(_)
        | Effect::Remember(_)
        | Effect::RememberCountry(_) => return None,
    })
}

fn failed(question: &Effect, failure: Failure) -> Option<Action> {
    Some(match question {
        Effect::FetchCountries(id) => Action::CountriesFetched(*id, Err(failure)),
        Effect::FetchPaymentMethods(id) => Action::PaymentMethodsFetched(*id, Err(failure)),
        Effect::FetchCatalogue(id, _) => Action::CatalogueFetched(*id, Err(failure)),
        Effect::FetchProducts(id, _) => Action::ProductsFetched(*id, Err(failure)),
        Effect::FetchLogo(id, _) => Action::LogoFetched(*id, None),
        Effect::QuotePrice(id, _) => Action::PriceQuoted(*id, Err(failure)),
        Effect::PriceItem(id, question) => Action::ItemPriced(*id, question.clone(), Err(failure)),
        Effect::ValidatePurchase(id, _) => Action::PurchaseValidated(*id, Err(failure)),
        Effect::CheckOrder(id, order) => Action::OrderChecked(*id, order.clone(), Err(failure)),
        Effect::PayInSandbox(id, _) => Action::PaidInSandbox(*id, Err(failure)),
        Effect::LoadRecords(id) => Action::RecordsLoaded(*id, Err(failure)),
        Effect::ListRecords(id) => Action::RecordsListed(*id, Err(failure)),
        Effect::LoadRecord(id, attempt) => Action::RecordLoaded(*id, *attempt, Err(failure)),
        Effect::PlaceOrder(..)
        | Effect::KeepOrder(..)
        | Effect::KeepEnding(..)
        | Effect::KeepRemarks(..)
        | Effect::ImportOrder(..)
        | Effect::RemoveRecord(..)
        | Effect::PlanExport(..)
        | Effect::WriteExport(..)
        | Effect::ReadOrder(_)
        | Effect::CopyText(_)
        | Effect::CacheCatalogue(_)
        | Effect::CacheProducts(..)
        | Effect::Notice(_)
        | Effect::Remember(_)
        | Effect::RememberCountry(_) => return None,
    })
}
