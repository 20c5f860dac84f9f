//! Plain mode: whole purchases line by line, and what is said of them.

mod buying;
mod kit;
mod program;
mod trouble;
