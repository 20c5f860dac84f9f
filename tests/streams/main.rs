//! An order's stream in every form that a server can give it, through real sockets to the screen of a
//! whole session: the true state is always shown, the stream is never asked for too often, and nothing
//! breaks.

#[cfg(test)]
mod broken;
#[cfg(test)]
#[path = "../support/cells.rs"]
mod cells;
#[cfg(test)]
#[expect(dead_code, reason = "the test of growth uses more of it")]
mod follower;
#[cfg(test)]
mod forms;
#[cfg(test)]
#[path = "../session/kit.rs"]
#[expect(dead_code, reason = "the session tests use more of it")]
mod kit;
#[cfg(test)]
mod onlooker;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod slow;
