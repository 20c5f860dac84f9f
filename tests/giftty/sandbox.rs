//! The sandbox from the services: plain HTTP against a running one, nothing of the client in between.

mod shop;
mod faults;
mod feed;
mod ordering;
mod serving;
mod validating;
