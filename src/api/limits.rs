//! The client's time limits and retry settings.

use std::time::Duration;

/// Time limits and retries of the client; the defaults are what the program documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To establish a connection.
    pub connect: Duration,
    /// Between two chunks of a response.
    pub idle: Duration,
    /// For one request, including all attempts.
    pub total: Duration,
    /// For reading an order while somebody waits to pay it, including all attempts.
    pub check: Duration,
    /// Before each retry of a read request, without jitter.
    pub retries: Vec<Duration>,
    /// The longest wait that a read request accepts when the shop asks for one (429).
    pub longest_wait: Duration,
    /// For the homepage, once the brands have arrived.
    pub homepage: Duration,
    /// How an order is followed.
    pub feed: FeedLimits,
}

/// Time limits and rates for following an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedLimits {
    /// Before each attempt to reopen the stream, without jitter; the last one repeats.
    pub back_off: Vec<Duration>,
    /// The minimum and maximum to which the server's `retry` is clamped.
    pub server_retry: (Duration, Duration),
    /// The maximum that a `Retry-After` can request.
    pub longest_wait: Duration,
    /// Between two chunks of the stream, comments included.
    pub idle: Duration,
    /// Between two events of the stream; after that it is reopened without a status message.
    pub deaf: Duration,
    /// The maximum size of one event, in bytes.
    pub event: usize,
    /// The longest pause between chunks of an event that arrives in many chunks.
    pub gather: Duration,
    /// The maximum number of attempts to open the stream within a minute.
    pub connects_a_minute: usize,
    /// For one read of the order.
    pub read: Duration,
    /// Before the first read, if the stream sends nothing.
    pub first_look: Duration,
    /// Between two reads while there is no stream.
    pub while_down: Duration,
    /// After the last update of a stream that has gone silent.
    pub while_silent: Duration,
    /// Between two reads when the shop has to act by hand, or the order has expired.
    pub slowly: Duration,
    /// How long an expired order is still followed: a late payment may be honoured.
    pub after_expiry: Duration,
    /// The maximum number of reads of one order within a minute.
    pub reads_a_minute: usize,
    /// The maximum number of open streams; an order without one is polled instead.
    pub streams: usize,
    /// The maximum number of concurrent order reads. Together with `streams` it bounds the connections.
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
