//! What several groups of tests use.

pub(crate) mod alone;
pub(crate) mod cells;
pub(crate) mod qr_reader;
