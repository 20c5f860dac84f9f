mod broken;
pub(crate) mod follower;
mod forms;
mod observer;
pub(crate) mod shop;
mod slow;
