//! The real program in a real pseudo-terminal, driven as a person drives it.

use crate::support::{cells, qr_reader};

mod copying;
mod demo;
mod given_back;
mod habits;
pub(crate) mod keys;
mod killed;
mod kinds;
mod kit;
mod logos;
mod manners;
mod modes;
mod noticing;
mod player;
pub(crate) mod program;
pub(crate) mod pty;
mod purchase;
#[cfg(target_os = "linux")]
mod quiet;
mod svg;
mod tape;
mod words;
