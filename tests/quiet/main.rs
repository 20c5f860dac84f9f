//! How quiet the screen is: bytes, writes and allocations of a frame, which repeat exactly.

#![expect(clippy::unwrap_used, reason = "fixtures and helpers of tests may fail loudly")]

mod allocations;
mod backend;
#[path = "../screens/belongings.rs"]
mod belongings;
mod bytes;
#[path = "../support/cells.rs"]
mod cells;
#[cfg(feature = "pictures")]
mod easel;
#[path = "../screens/fixtures.rs"]
mod fixtures;
mod paper;
#[path = "../screens/payments.rs"]
mod payments;
#[cfg(feature = "pictures")]
mod pictures;
#[path = "../screens/purchases.rs"]
mod purchases;
#[path = "../screens/scenes.rs"]
mod scenes;
#[path = "../screens/walk.rs"]
mod walk;
