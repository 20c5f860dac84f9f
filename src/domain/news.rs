//! Updates about an order, and the state of the connection that delivers them.

use std::time::Duration;

use super::order::Snapshot;

/// An update about an order, from its event stream or from polling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The order's current state according to the shop.
    Snapshot(Box<Snapshot>),
    /// A change of how updates are received.
    Link(Link),
}

/// How updates about an order are received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Connecting for the first time.
    Connecting,
    /// The shop's event stream is open and active.
    Live,
    /// The stream broke. Contains the time until the next attempt.
    Reconnecting(Duration),
    /// There is no stream at the moment, but polling works.
    Polling,
    /// Neither streaming nor polling works.
    Offline,
    /// The shop closed the order's stream for good.
    Stopped,
}
