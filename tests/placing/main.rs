//! Placing an order: the client, the journal and a shop over real sockets, whatever goes wrong.
//!
//! Time stands still but where a test lets it pass, so a minute of patience costs nothing.

#[cfg(test)]
mod addresses;
#[cfg(test)]
#[path = "../support/cells.rs"]
mod cells;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod faults;
#[cfg(test)]
#[path = "../session/kit.rs"]
#[expect(dead_code, reason = "the session tests use more of it")]
mod kit;
#[cfg(test)]
mod lies;
#[cfg(test)]
mod till;
#[cfg(test)]
mod wire;
