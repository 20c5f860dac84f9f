//! The commands without a screen: the real program as a child process, against a sandbox in this one.

mod browsing;
mod buying;
mod configuring;
mod ending;
mod following;
mod keeping;
mod limiting;
