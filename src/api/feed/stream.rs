//! One connection to an order's event stream, isolated on its own task.
//!
//! Whatever happens in the decoder, the follower receives it as a message.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt;
use reqwest::header::{HeaderName, HeaderValue};
use reqwest_eventsource::retry::RetryPolicy;
use reqwest_eventsource::{Error, Event, EventSource};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::super::{Client, FeedLimits, http, wire};
use crate::domain::failure::Failure;
use crate::domain::order::{OrderId, Snapshot};
use crate::domain::text::Printable;

/// Longer event ids are not sent back.
const LONGEST_EVENT_ID: usize = 256;
/// How many messages may be queued for the follower.
const WAITING: usize = 16;

// The decoder has no limit of its own: it buffers an incomplete event and scans all of it again with every
// chunk. It does not report chunk sizes, but a chunk is at most the 408 KiB that hyper reads at once, and one
// wake-up brings at most two. So chunks are counted, and an event that is incomplete after the maximum is
// given up: the buffer stays far below 64 MB. Between the later chunks there is a pause, in which data that
// trickles in is collected into one chunk.

/// The maximum number of chunks per event.
const MOST_PIECES: u32 = 40;
/// How many chunks are read without a pause.
const QUICK_PIECES: u32 = 4;
/// After this many more chunks the pauses reach their full length.
const GROWING_PAUSES: u32 = 20;
/// A chunk that takes the decoder longer was crafted to do so.
const LONGEST_BITE: Duration = Duration::from_secs(1);

/// A message from a connection.
#[derive(Debug)]
pub(super) enum Heard {
    /// The stream is open.
    Opened,
    /// An order's snapshot, with the event's id, which may be empty.
    Snapshot(Box<Snapshot>, String),
    /// The server's `retry`: the minimum time between two attempts.
    Retry(Duration),
    /// An event was unreadable or about another order.
    Ignored,
    /// The shop closed the stream for good.
    Stop,
    /// No event came for a long time, though the connection is alive.
    Nothing,
    /// The connection ended; the shop may ask for a minimum wait.
    Broken(Option<Duration>),
}

/// The receiving end of a stream. Dropping it closes the connection.
pub(super) struct Ear {
    words: Option<mpsc::Receiver<Heard>>,
    _task: JoinSet<()>,
}

impl Ear {
    /// Creates an end that never receives a message.
    pub(super) fn deaf() -> Self {
        Self { words: None, _task: JoinSet::new() }
    }

    /// Opens the stream on its own task, which holds its permit until the connection is closed.
    pub(super) fn open(
        client: Client,
        id: OrderId,
        limits: &FeedLimits,
        last_event: &str,
        room: OwnedSemaphorePermit,
    ) -> Self {
        let (mouth, words) = mpsc::channel(WAITING);
        let limits = limits.clone();
        let last_event = last_event.to_owned();
        let mut task = JoinSet::new();
        let http = std::sync::Arc::clone(&client.http);
        let listen = async move {
            let _room = room;
            let last_word = attend(&client, &id, &last_event, &limits, &mouth).await;
            // If the receiver was dropped, nobody needs the last message.
            let _gone = mouth.send(last_word).await.is_err();
        };
        http.listening.spawn(&mut task, listen);
        Self { words: Some(words), _task: task }
    }

    /// Waits for the next message. A task that ended without a last message has panicked; the stream is then
    /// broken.
    pub(super) async fn listen(&mut self) -> Heard {
        match &mut self.words {
            Some(words) => words.recv().await.unwrap_or(Heard::Broken(None)),
            None => std::future::pending().await,
        }
    }
}

/// Disables the crate's own retries, which never end and never slow down.
struct Never;

impl RetryPolicy for Never {
    fn retry(&self, _: &Error, _: Option<(usize, Duration)>) -> Option<Duration> {
        None
    }

    fn set_reconnection_time(&mut self, _: Duration) {}
}

/// Reads the stream until it ends; returns the last message.
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
    let began = Instant::now();
    let Ok(opened) = tokio::time::timeout(limits.deaf, source.next()).await else { return Heard::Nothing };
    let status = match &opened {
        Some(Ok(_)) => Ok(200),
        Some(Err(Error::InvalidStatusCode(status, _))) => Ok(status.as_u16()),
        Some(Err(Error::InvalidContentType(..))) => Err(Failure::Unreadable(Printable::default())),
        Some(Err(_)) | None => Err(Failure::Interrupted(Printable::default())),
    };
    client.http.note("GET", "/v5/orders/{id}/subscribe", began, status.as_ref().copied());
    match opened {
        Some(Ok(_)) => {}
        Some(Err(error)) => return Heard::Broken(asked_wait(&error)),
        None => return Heard::Broken(None),
    }
    if mouth.send(Heard::Opened).await.is_err() {
        return Heard::Broken(None);
    }
    loop {
        let Ok(event) = tokio::time::timeout(limits.deaf, next(&mut source, limits.gather)).await else {
            return Heard::Nothing;
        };
        let Some(Event::Message(message)) = event else { return Heard::Broken(None) };
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
            // Unknown events are skipped.
            _ => continue,
        }
        // Unreadable events and events about another order are dropped.
        let mine =
            client.http.parse(message.data.into(), wire::snapshot).await.ok().filter(|read| read.id == *id);
        let heard = mine.map_or(Heard::Ignored, |mine| Heard::Snapshot(Box::new(mine), message.id));
        if mouth.send(heard).await.is_err() {
            return Heard::Broken(None);
        }
    }
}

/// Returns the next event, or `None` if the stream has ended or the event takes too many chunks or too long.
async fn next(source: &mut EventSource, gather: Duration) -> Option<Event> {
    for number in 0..MOST_PIECES {
        if let Some(late) = number.checked_sub(QUICK_PIECES) {
            tokio::time::sleep((gather * (late + 1) / GROWING_PAUSES).min(gather)).await;
        }
        match piece(source).await {
            Chunk::Event(event) => return event,
            Chunk::Part => {}
            Chunk::Slow => return None,
        }
    }
    None
}

/// The result of polling the stream for one chunk.
enum Chunk {
    /// A complete event, or `None` at the end of the stream.
    Event(Option<Event>),
    /// No event is complete yet.
    Part,
    /// The decoder took too long.
    Slow,
}

/// Waits for a chunk and decodes it.
async fn piece(source: &mut EventSource) -> Chunk {
    let mut woken = false;
    poll_fn(|context| {
        let began = Instant::now();
        let polled = source.poll_next_unpin(context);
        let slow = began.elapsed() > LONGEST_BITE;
        match polled {
            Poll::Ready(event) => Poll::Ready(Chunk::Event(event.and_then(Result::ok))),
            Poll::Pending if slow => Poll::Ready(Chunk::Slow),
            Poll::Pending if woken => Poll::Ready(Chunk::Part),
            Poll::Pending => {
                woken = true;
                Poll::Pending
            }
        }
    })
    .await
}

/// The wait the shop asks for when it refuses the stream; one minute if a 429 does not specify one.
fn asked_wait(error: &Error) -> Option<Duration> {
    let Error::InvalidStatusCode(status, response) = error else { return None };
    let unsaid = (status.as_u16() == 429).then_some(Duration::from_secs(60));
    http::asked_wait(response.headers()).or(unsaid)
}
