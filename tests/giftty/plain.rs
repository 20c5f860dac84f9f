//! Plain mode: whole purchases line by line, and what is said of them.

mod browsing;
mod buying;
mod limiting;
mod program;
mod trouble;
