//! One connection to the stream of an order, behind a wall: whatever happens in the decoder,
//! it ends as a word to the follower.

use std::time::Duration;

use futures_util::StreamExt;
use reqwest::header::{HeaderName, HeaderValue};
use reqwest_eventsource::retry::RetryPolicy;
use reqwest_eventsource::{Error, Event, EventSource};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::super::{Client, FeedLimits, http, wire};
use crate::domain::order::{OrderId, Snapshot};

/// No id of an event is longer than that and still repeated.
const LONGEST_EVENT_ID: usize = 256;
/// How many words may wait for the follower.
const WAITING: usize = 16;

tokio::task_local! {
    static CONTAINED: ();
}

/// Whether a panic on this thread, now, would be the decoder's, which is contained and shown as a
/// broken stream. A panic hook that restores the terminal must leave such a one alone.
pub fn contains_panics() -> bool {
    CONTAINED.try_with(|()| ()).is_ok()
}

/// What a connection tells.
#[derive(Debug)]
pub(super) enum Heard {
    /// It is open.
    Opened,
    /// An order was told, under the id of an event, which may be empty.
    Snapshot(Box<Snapshot>, String),
    /// The server wants this much time between two tries.
    Retry(Duration),
    /// The shop closed the stream for good.
    Stop,
    /// For a long time there was no event, though the connection lives.
    Nothing,
    /// It is over, and the shop asks to wait so long.
    Broken(Option<Duration>),
}

/// What listens. Dropping it closes the connection.
pub(super) struct Ear {
    words: Option<mpsc::Receiver<Heard>>,
    _task: JoinSet<()>,
}

impl Ear {
    /// One that hears nothing.
    pub(super) fn deaf() -> Self {
        Self { words: None, _task: JoinSet::new() }
    }

    /// Opens the stream, on a task of its own.
    pub(super) fn open(client: Client, id: OrderId, limits: &FeedLimits, last_event: &str) -> Self {
        let (mouth, words) = mpsc::channel(WAITING);
        let limits = limits.clone();
        let last_event = last_event.to_owned();
        let mut task = JoinSet::new();
        task.spawn(CONTAINED.scope((), async move {
            let last_word = attend(&client, &id, &last_event, &limits, &mouth).await;
            // If nobody listens any longer, nobody has to know.
            let _gone = mouth.send(last_word).await.is_err();
        }));
        Self { words: Some(words), _task: task }
    }

    /// The next word; a task that ended without a last one has panicked, and the stream is broken.
    pub(super) async fn listen(&mut self) -> Heard {
        match &mut self.words {
            Some(words) => words.recv().await.unwrap_or(Heard::Broken(None)),
            None => std::future::pending().await,
        }
    }
}

/// The crate's own retries never end and never slow down, so there are none.
struct Never;

impl RetryPolicy for Never {
    fn retry(&self, _: &Error, _: Option<(usize, Duration)>) -> Option<Duration> {
        None
    }

    fn set_reconnection_time(&mut self, _: Duration) {}
}

/// Listens until it is over; returns the last word.
async fn attend(
    client: &Client,
    id: &OrderId,
    last_event: &str,
    limits: &FeedLimits,
    mouth: &mpsc::Sender<Heard>,
) -> Heard {
    let Ok(mut request) = client.http.stream(&client.order_url(id, "/subscribe")).await else {
        return Heard::Broken(None);
    };
    let short = !last_event.is_empty() && last_event.len() <= LONGEST_EVENT_ID;
    if let Some(value) = HeaderValue::from_str(last_event).ok().filter(|_| short) {
        request = request.header(HeaderName::from_static("last-event-id"), value);
    }
    let Ok(mut source) = EventSource::new(request) else { return Heard::Broken(None) };
    source.set_retry_policy(Box::new(Never));
    loop {
        // The decoder keeps whatever has no end yet, so it must not be kept for ever.
        let Ok(event) = tokio::time::timeout(limits.deaf, source.next()).await else {
            return Heard::Nothing;
        };
        let message = match event {
            Some(Ok(Event::Open)) => {
                if mouth.send(Heard::Opened).await.is_err() {
                    return Heard::Broken(None);
                }
                continue;
            }
            Some(Ok(Event::Message(message))) => message,
            Some(Err(error)) => return Heard::Broken(asked_wait(&error)),
            None => return Heard::Broken(None),
        };
        if message.data.len() > limits.event {
            return Heard::Broken(None);
        }
        if let Some(retry) = message.retry
            && mouth.send(Heard::Retry(retry)).await.is_err()
        {
            return Heard::Broken(None);
        }
        match message.event.as_str() {
            "stop" => return Heard::Stop,
            "message" => {}
            // Events that we do not know are not for us.
            _ => continue,
        }
        // What cannot be read, or is about another order, is as if it had not come.
        let Ok(snapshot) = http::parse(message.data, wire::snapshot).await else { continue };
        if snapshot.id == *id && mouth.send(Heard::Snapshot(Box::new(snapshot), message.id)).await.is_err() {
            return Heard::Broken(None);
        }
    }
}

/// How long the shop asks to wait when it did not open the stream; a minute if a 429 does not say.
fn asked_wait(error: &Error) -> Option<Duration> {
    let Error::InvalidStatusCode(status, response) = error else { return None };
    let unsaid = (status.as_u16() == 429).then_some(Duration::from_mins(1));
    http::asked_wait(response.headers()).or(unsaid)
}
