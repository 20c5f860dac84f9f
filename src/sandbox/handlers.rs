//! The handlers of the routes.

pub(super) mod catalogue;
pub(super) mod control;
pub(super) mod logos;
pub(super) mod orders;
pub(super) mod stream;
