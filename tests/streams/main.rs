//! An order's stream in every form that a server can give it, through real sockets: the true state
//! is always learned, the stream is never asked for too often, and nothing breaks.

#[cfg(test)]
mod broken;
#[cfg(test)]
mod follower;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod slow;
