//! Placing an order: the client, the journal and a shop over real sockets, whatever goes wrong.
//!
//! Time stands still but where a test lets it pass, so a minute of patience costs nothing.

mod addresses;
mod connections;
mod faults;
mod lies;
mod till;
mod wire;
