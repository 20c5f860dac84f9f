//! How long the client waits, and how often it asks again.

use std::time::Duration;

/// The client's patience; the default is the promise that the program makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To make a connection.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub idle: Duration,
    /// For one call, all of its tries together.
    pub total: Duration,
    /// For reading an order while somebody waits to pay it, all tries together.
    pub check: Duration,
    /// Before each further try of a reading call, before jitter.
    pub retries: Vec<Duration>,
    /// The longest wait that a reading call takes upon itself when the shop asks for one (429).
    pub longest_wait: Duration,
    /// For the homepage, once the brands are there.
    pub homepage: Duration,
    /// How an order is followed.
    pub feed: FeedLimits,
}

/// The patience with which an order is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedLimits {
    /// Before each further try to open the stream, before jitter; the last one repeats.
    pub back_off: Vec<Duration>,
    /// The least and the most that a `retry` of the server can ask for.
    pub server_retry: (Duration, Duration),
    /// The most that a `Retry-After` can ask for.
    pub longest_wait: Duration,
    /// Between two pieces of the stream, comments included.
    pub idle: Duration,
    /// Between two events of the stream: then it is opened anew, in silence.
    pub deaf: Duration,
    /// The most that one event may weigh, in bytes.
    pub event: usize,
    /// The longest pause in which an event that comes in many pieces may gather.
    pub gather: Duration,
    /// The most tries to open the stream in any minute.
    pub connects_a_minute: usize,
    /// For one read of the order.
    pub read: Duration,
    /// Before the first read, if the stream says nothing.
    pub first_look: Duration,
    /// Between two reads while there is no stream.
    pub while_down: Duration,
    /// After the last news of a stream that has gone silent.
    pub while_silent: Duration,
    /// Between two reads when the shop has to act by hand, or the order has expired.
    pub slowly: Duration,
    /// How long an order that expired is still followed: a late payment may be honoured.
    pub after_expiry: Duration,
    /// The most reads of one order in any minute.
    pub reads_a_minute: usize,
    /// The most streams that are open at once; an order without one is read instead.
    pub streams: usize,
    /// The most orders that are read at once. With `streams` it bounds the connections.
    pub readings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            total: Duration::from_secs(60),
            check: Duration::from_secs(8),
            retries: [400, 1000, 2500].map(Duration::from_millis).to_vec(),
            longest_wait: Duration::from_secs(10),
            homepage: Duration::from_secs(2),
            feed: FeedLimits::default(),
        }
    }
}

impl Default for FeedLimits {
    fn default() -> Self {
        Self {
            back_off: [1, 2, 4, 8, 16, 30].map(Duration::from_secs).to_vec(),
            server_retry: (Duration::from_secs(1), Duration::from_secs(30)),
            longest_wait: Duration::from_secs(5 * 60),
            idle: Duration::from_secs(45),
            deaf: Duration::from_secs(60),
            event: 1 << 20,
            gather: Duration::from_millis(400),
            connects_a_minute: 9,
            read: Duration::from_secs(20),
            first_look: Duration::from_secs(2),
            while_down: Duration::from_secs(5),
            while_silent: Duration::from_secs(30),
            slowly: Duration::from_secs(60),
            after_expiry: Duration::from_secs(24 * 3_600),
            reads_a_minute: 20,
            streams: 18,
            readings: 2,
        }
    }
}
