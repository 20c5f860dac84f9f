//! News of an order, and how they come in.

use std::time::Duration;

use super::order::Snapshot;

/// News of an order, from its stream or from asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// What the shop says now.
    Snapshot(Box<Snapshot>),
    /// How news come in from here on.
    Link(Link),
}

/// How the news of an order come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Being connected for the first time.
    Connecting,
    /// The shop's stream is open and lively.
    Live,
    /// The stream broke; the next try is due after this long.
    Reconnecting(Duration),
    /// There is no stream at the moment, asking works.
    Polling,
    /// Neither works.
    Offline,
    /// The shop closed the order's stream for good.
    Stopped,
}
