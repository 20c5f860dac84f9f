//! Whole sessions: keys in, frames out, against a sandbox over real HTTP and SSE.

mod carting;
mod checking;
mod objecting;
mod orders;
mod saving;
mod shopping;
mod trouble;
