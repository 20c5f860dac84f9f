//! How quiet the screen is: bytes, writes and allocations of a frame, which repeat exactly.

mod allocations;
mod backend;
mod bytes;
#[cfg(feature = "pictures")]
mod pictures;
