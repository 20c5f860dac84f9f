//! The handlers of the routes.

pub(super) mod catalogue;
pub(super) mod control;
#[cfg(feature = "pictures")]
pub(super) mod logos;
pub(super) mod orders;
pub(super) mod stream;
