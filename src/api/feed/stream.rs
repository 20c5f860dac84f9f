//! One connection to the stream of an order, behind a wall: whatever happens in the decoder,
//! it ends as a word to the follower.

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

/// No id of an event is longer than that and still repeated.
const LONGEST_EVENT_ID: usize = 256;
/// How many words may wait for the follower.
const WAITING: usize = 16;

// The decoder has no bound of its own: it keeps whatever has no end yet, and looks through all of it
// again with every piece that comes in. How large a piece is it does not tell either, but none is
// larger than the 408 KiB that hyper reads at once, and one waking brings two of them at most. So
// pieces are counted, and an event that is not whole after that many never will be: what is
// kept stays far below 64 MB. Between the later pieces there is a pause, in which what trickles in gathers to one.

/// Of how many pieces an event may be made.
const MOST_PIECES: u32 = 40;
/// How many of them are taken as they come.
const QUICK_PIECES: u32 = 4;
/// After how many more of them the pauses before each are as long as they get.
const GROWING_PAUSES: u32 = 20;
/// A piece that takes the decoder longer was made to do so.
const LONGEST_BITE: Duration = Duration::from_secs(1);

/// What a connection tells.
#[derive(Debug)]
pub(super) enum Heard {
    /// It is open.
    Opened,
    /// An order was told, under the id of an event, which may be empty.
    Snapshot(Box<Snapshot>, String),
    /// The server wants this much time between two tries.
    Retry(Duration),
    /// An event came that could not be read, or was about another order.
    Ignored,
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

    /// Opens the stream, on a task of its own that keeps its room until the connection is closed.
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
            // If nobody listens any longer, nobody has to know.
            let _gone = mouth.send(last_word).await.is_err();
        };
        http.listening.spawn(&mut task, listen);
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
            // Events that we do not know are not for us.
            _ => continue,
        }
        // What cannot be read, or is about another order, is as if it had not come.
        let mine =
            client.http.parse(message.data.into(), wire::snapshot).await.ok().filter(|read| read.id == *id);
        let heard = mine.map_or(Heard::Ignored, |mine| Heard::Snapshot(Box::new(mine), message.id));
        if mouth.send(heard).await.is_err() {
            return Heard::Broken(None);
        }
    }
}

/// The next event; nothing when the stream has ended, or has no event to be waited for any longer.
async fn next(source: &mut EventSource, gather: Duration) -> Option<Event> {
    for number in 0..MOST_PIECES {
        if let Some(late) = number.checked_sub(QUICK_PIECES) {
            tokio::time::sleep((gather * (late + 1) / GROWING_PAUSES).min(gather)).await;
        }
        match piece(source).await {
            Piece::Event(event) => return event,
            Piece::Part => {}
            Piece::Slow => return None,
        }
    }
    None
}

/// What a piece of the stream brought.
enum Piece {
    /// An event is whole, or nothing more can come.
    Event(Option<Event>),
    /// No event is whole yet.
    Part,
    /// The decoder took too long over it.
    Slow,
}

/// Waits for a piece and has it decoded.
async fn piece(source: &mut EventSource) -> Piece {
    let mut woken = false;
    poll_fn(|context| {
        let began = Instant::now();
        let polled = source.poll_next_unpin(context);
        let slow = began.elapsed() > LONGEST_BITE;
        match polled {
            Poll::Ready(event) => Poll::Ready(Piece::Event(event.and_then(Result::ok))),
            Poll::Pending if slow => Poll::Ready(Piece::Slow),
            Poll::Pending if woken => Poll::Ready(Piece::Part),
            Poll::Pending => {
                woken = true;
                Poll::Pending
            }
        }
    })
    .await
}

/// How long the shop asks to wait when it did not open the stream; a minute if a 429 does not say.
fn asked_wait(error: &Error) -> Option<Duration> {
    let Error::InvalidStatusCode(status, response) = error else { return None };
    let unsaid = (status.as_u16() == 429).then_some(Duration::from_secs(60));
    http::asked_wait(response.headers()).or(unsaid)
}
