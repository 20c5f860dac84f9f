//! What several groups of tests use.

pub(crate) mod alone;
pub(crate) mod cells;
pub(crate) mod commands;
pub(crate) mod domain;
pub(crate) mod fixtures;
#[cfg(feature = "pictures")]
pub(crate) mod graphics_terminal;
pub(crate) mod keys;
pub(crate) mod modes;
pub(crate) mod plain_session;
pub(crate) mod program;
pub(crate) mod pty;
pub(crate) mod pty_shopping;
pub(crate) mod qr_reader;
pub(crate) mod sandbox;
pub(crate) mod screen_session;
pub(crate) mod story;
pub(crate) mod vt100_terminal;
pub(crate) mod walk;
pub(crate) mod wares;
