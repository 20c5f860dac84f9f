//! Whole sessions: keys in, frames out, against a sandbox over real HTTP and SSE.

#[cfg(test)]
#[path = "support/cells.rs"]
mod cells;
#[cfg(test)]
#[path = "session/carting.rs"]
mod carting;
#[cfg(test)]
#[path = "session/checking.rs"]
mod checking;
#[cfg(test)]
#[path = "session/kit.rs"]
mod kit;
#[cfg(test)]
#[path = "session/objecting.rs"]
mod objecting;
#[cfg(test)]
#[path = "session/orders.rs"]
mod orders;
#[cfg(test)]
#[path = "support/qr_reader.rs"]
mod qr_reader;
#[cfg(test)]
#[path = "session/saving.rs"]
mod saving;
#[cfg(test)]
#[path = "session/shopping.rs"]
mod shopping;
#[cfg(test)]
#[path = "session/trouble.rs"]
mod trouble;
