//! Follows an order through the shop's event stream, with polling as a fallback.
//!
//! A broken stream updates the status line and never ends following. Decisions are in `policy`, which has no
//! clock; the connection is in `stream`.

mod policy;
mod stream;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::{AcquireError, OwnedSemaphorePermit, mpsc};
use tokio::time::{Instant, sleep_until};

use self::policy::{Line, Policy};
use self::stream::{Ear, Heard};
use super::http::seed;
use super::order_reads::Gate;
use super::{Client, FeedLimits};
use crate::domain::failure::Failure;
use crate::domain::news::{Link, News};
use crate::domain::order::{OrderId, Snapshot};
use crate::log::{Level, Value};

/// Sends updates of an order until it is final and was read once more, or the receiver is dropped (contract,
/// sections 3.11 and 3.12).
pub async fn follow(client: Client, id: OrderId, news: mpsc::Sender<News>) {
    let limits = client.http.limits().feed.clone();
    // A dropped receiver is a normal reason to end.
    let (Ok(()) | Err(Gone)) = Follower::new(client, id, news, limits).run().await;
}

/// The receiver of the updates was dropped.
struct Gone;

type Read = Pin<Box<dyn Future<Output = Result<Snapshot, Failure>> + Send>>;
type Queue = Pin<Box<dyn Future<Output = Result<OwnedSemaphorePermit, AcquireError>> + Send>>;

struct Follower {
    client: Client,
    id: OrderId,
    news: mpsc::Sender<News>,
    limits: FeedLimits,
    policy: Policy,
    gate: Arc<Gate>,
    ear: Ear,
    line: Line,
    /// The link status that was sent last.
    said: Option<Link>,
    /// The last event's id, sent again when the stream is reopened.
    last_event: String,
    reopen_at: Option<Instant>,
    /// Waits for a free stream permit.
    queue: Option<Queue>,
    next_read: Instant,
    /// The shop asked for no requests before this time.
    not_before: Instant,
    reading: Option<Read>,
    /// Whether a new read is needed because the one in flight began before the last event.
    look_again: bool,
    ending: Ending,
    /// How many events and responses were ignored because they were unreadable or about another order.
    ignored: i64,
}

/// How close the feed is to its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// The order is not final.
    Open,
    /// It is final; the number of attempts left to read it once more.
    LastRead(u8),
    /// It was read after it became final, the attempts are used up, or an expired order was given up.
    Over,
}

/// How many times the last read of a final order is attempted.
const LAST_TRIES: u8 = 3;

impl Follower {
    fn new(client: Client, id: OrderId, news: mpsc::Sender<News>, limits: FeedLimits) -> Self {
        let now = Instant::now();
        let gate = client.http.reading.gate(&id);
        Self {
            policy: Policy::new(limits.clone(), Arc::clone(&gate)),
            gate,
            ear: Ear::deaf(),
            line: Line::Opening,
            said: None,
            last_event: String::new(),
            reopen_at: None,
            queue: None,
            next_read: now + limits.first_look,
            not_before: now,
            reading: None,
            look_again: false,
            ending: Ending::Open,
            ignored: 0,
            client,
            id,
            news,
            limits,
        }
    }

    async fn run(mut self) -> Result<(), Gone> {
        let news = self.news.clone();
        self.say(Link::Connecting).await?;
        self.reopen_at = Some(self.policy.may_open_at());
        while self.ending != Ending::Over {
            let read_at = self.next_read.max(self.not_before).max(self.gate.may_read_at());
            let (reopen_at, gives_up_at) = (self.reopen_at, self.policy.gives_up_at());
            tokio::select! {
                biased;
                () = news.closed() => return Err(Gone),
                heard = self.ear.listen() => self.on_heard(heard).await?,
                answer = finished(&mut self.reading) => {
                    self.reading = None;
                    self.on_read(answer).await?;
                }
                () = at(reopen_at) => self.open(),
                room = finished(&mut self.queue) => {
                    self.queue = None;
                    // The semaphore is never closed.
                    if let Ok(room) = room {
                        self.listen(room);
                    }
                }
                () = at(gives_up_at) => self.ending = Ending::Over,
                () = sleep_until(read_at), if self.reading.is_none() => self.reading = Some(self.read()),
            }
        }
        self.say(Link::Stopped).await
    }

    /// Closes the current stream and reopens it as soon as a permit is free.
    fn open(&mut self) {
        self.reopen_at = None;
        self.ear = Ear::deaf();
        self.queue = Some(Box::pin(Arc::clone(&self.client.http.streams).acquire_owned()));
    }

    fn listen(&mut self, room: OwnedSemaphorePermit) {
        self.gate.opens(Instant::now());
        self.ear = Ear::open(self.client.clone(), self.id.clone(), &self.limits, &self.last_event, room);
    }

    fn read(&mut self) -> Read {
        // The next read is scheduled when this one ends; until then this keeps it away.
        self.next_read = Instant::now() + self.limits.slowly;
        let (client, id, gate) = (self.client.clone(), self.id.clone(), Arc::clone(&self.gate));
        Box::pin(async move { client.read_order(&id, &gate).await })
    }

    async fn on_heard(&mut self, heard: Heard) -> Result<(), Gone> {
        match heard {
            Heard::Opened => {
                self.line = Line::Open;
                self.say(Link::Live).await
            }
            Heard::Snapshot(snapshot, event) => {
                self.policy.heard(&snapshot);
                self.last_event = event;
                if snapshot.state.is_final() && self.ending == Ending::Open {
                    self.ending = Ending::LastRead(LAST_TRIES);
                    self.read_at_once();
                } else if self.ending == Ending::Open {
                    self.read_after_pause();
                }
                self.tell(News::Snapshot(snapshot)).await
            }
            Heard::Retry(asked) => {
                self.policy.server_asks(asked);
                Ok(())
            }
            Heard::Ignored => {
                self.ignore();
                Ok(())
            }
            Heard::Stop => {
                self.ear = Ear::deaf();
                self.line = Line::Stopped;
                (self.reopen_at, self.queue) = (None, None);
                // The stream's end proves nothing; the order itself has to confirm it.
                self.read_at_once();
                self.say(Link::Stopped).await
            }
            Heard::Nothing => {
                self.ear = Ear::deaf();
                self.reopen_at = Some(self.policy.may_open_at());
                Ok(())
            }
            Heard::Broken(asked) => self.on_broken(asked).await,
        }
    }

    async fn on_broken(&mut self, asked: Option<std::time::Duration>) -> Result<(), Gone> {
        self.ear = Ear::deaf();
        self.line = Line::Down;
        if self.ending != Ending::Open {
            // The order is final, so the stream is no longer needed; the last read is under way.
            return Ok(());
        }
        let now = Instant::now();
        let reopen_at = self.policy.reopens_at(now, asked, seed());
        self.reopen_at = Some(reopen_at);
        let soon = if self.policy.is_slow() { now + self.policy.pause(self.line) } else { now };
        self.next_read = self.next_read.min(soon);
        self.say(Link::Reconnecting(reopen_at - now)).await
    }

    async fn on_read(&mut self, answer: Result<Snapshot, Failure>) -> Result<(), Gone> {
        if let Err(Failure::TooMany(wait)) = &answer {
            self.not_before = Instant::now() + self.policy.asked_wait(*wait);
        }
        let readable = !matches!(answer, Err(Failure::Unreadable(_) | Failure::TooLarge));
        let came = answer.is_ok();
        let mine = answer.ok().filter(|snapshot| snapshot.id == self.id);
        if !readable || (came && mine.is_none()) {
            self.ignore();
        }
        self.policy.read(mine.as_ref());
        let too_early = std::mem::take(&mut self.look_again);
        let now = Instant::now();
        (self.ending, self.next_read) = match (self.ending, &mine) {
            (_, Some(snapshot)) if snapshot.state.is_final() && !too_early => (Ending::Over, now),
            (ending, _) if too_early => (ending, now),
            (Ending::LastRead(0 | 1) | Ending::Over, _) => (Ending::Over, now),
            (Ending::LastRead(left), _) => (Ending::LastRead(left - 1), now + self.limits.while_down),
            (Ending::Open, _) => (Ending::Open, now + self.policy.pause(self.line)),
        };
        let works = mine.is_some();
        if self.queue.is_some() || self.reopen_at.is_some() {
            // Other orders' streams use all permits, or this stream was opened too often, for longer than a
            // moment.
            self.line = Line::Down;
        }
        if let Some(snapshot) = mine {
            self.tell(News::Snapshot(Box::new(snapshot))).await?;
        }
        match self.line {
            // `Stopped` is sent next, as the last update.
            _ if self.ending == Ending::Over => Ok(()),
            Line::Opening | Line::Down | Line::Stopped if !works => self.say(Link::Offline).await,
            Line::Opening | Line::Open => Ok(()),
            Line::Down | Line::Stopped => self.say(Link::Polling).await,
        }
    }

    /// Schedules a read as soon as allowed; a read already in flight does not count.
    fn read_at_once(&mut self) {
        self.next_read = Instant::now();
        self.look_again = self.reading.is_some();
    }

    fn read_after_pause(&mut self) {
        self.next_read = Instant::now() + self.policy.pause(self.line);
    }

    /// Counts an event or response that is dropped.
    fn ignore(&mut self) {
        self.ignored = self.ignored.saturating_add(1);
        self.note(Level::Debug, "something foreign or unreadable");
    }

    fn note(&self, level: Level, what: &'static str) {
        let known =
            [("order", Value::from(&self.id)), ("heard", what.into()), ("ignored", self.ignored.into())];
        self.client.http.log.tell(level, "feed", &known);
    }

    /// Sends the link status if it has changed.
    async fn say(&mut self, link: Link) -> Result<(), Gone> {
        if self.said.as_ref() == Some(&link) {
            return Ok(());
        }
        self.said = Some(link.clone());
        self.note(Level::Debug, word(&link));
        self.tell(News::Link(link)).await
    }

    async fn tell(&mut self, news: News) -> Result<(), Gone> {
        if let News::Snapshot(snapshot) = &news {
            self.note(Level::Trace, snapshot.state.known().unwrap_or("a word we do not know"));
        }
        self.news.send(news).await.map_err(|_| Gone)
    }
}

/// The link status as written to the log.
fn word(link: &Link) -> &'static str {
    match link {
        Link::Connecting => "connecting",
        Link::Live => "live",
        Link::Reconnecting(_) => "reconnecting",
        Link::Polling => "polling",
        Link::Offline => "offline",
        Link::Stopped => "stopped",
    }
}

/// Waits for the future, or forever if there is none.
async fn finished<F: Future + Unpin>(under_way: &mut Option<F>) -> F::Output {
    match under_way {
        Some(under_way) => under_way.await,
        None => std::future::pending().await,
    }
}

/// Waits until an instant, or forever if there is none.
async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
