//! The real program in a real pseudo-terminal, driven as a person drives it.

mod copying;
mod demo;
mod given_back;
mod habits;
mod killed;
mod kinds;
#[cfg(feature = "pictures")]
mod logos;
mod manners;
mod noticing;
mod player;
mod purchase;
#[cfg(target_os = "linux")]
mod quiet;
mod support;
mod svg;
mod tape;
#[cfg(target_os = "linux")]
mod unasked;
mod words;
