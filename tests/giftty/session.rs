//! Whole sessions: keys in, frames out, against a sandbox over real HTTP and SSE.

use crate::support::{cells, qr_reader};

mod carting;
mod checking;
pub(crate) mod kit;
mod objecting;
mod orders;
mod saving;
mod shopping;
mod trouble;
