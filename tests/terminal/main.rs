//! The real program in a real pseudo-terminal, driven as a person drives it.

#[cfg(test)]
#[path = "../support/cells.rs"]
mod cells;
#[cfg(test)]
mod copying;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod given_back;
#[cfg(test)]
mod habits;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod kit;
#[cfg(test)]
mod logos;
#[cfg(test)]
mod manners;
#[cfg(test)]
mod modes;
#[cfg(test)]
mod noticing;
#[cfg(test)]
mod player;
#[cfg(test)]
mod program;
#[cfg(test)]
mod pty;
#[cfg(test)]
mod purchase;
#[cfg(test)]
#[path = "../support/qr_reader.rs"]
mod qr_reader;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod quiet;
#[cfg(test)]
mod svg;
#[cfg(test)]
mod tape;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod unasked;
#[cfg(test)]
mod words;
