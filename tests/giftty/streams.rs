//! An order's stream in every form that a server can give it, through real sockets to the screen of a
//! whole session: the true state is always shown, the stream is never asked for too often, and nothing
//! breaks.

mod broken;
pub(crate) mod follower;
mod forms;
mod observer;
pub(crate) mod shop;
mod slow;
