//! What is as good as money, or somebody's own, stands in the journal and nowhere else.

#[cfg(test)]
#[path = "../support/cells.rs"]
mod cells;
#[cfg(test)]
mod debugging;
#[cfg(test)]
#[path = "../terminal/keys.rs"]
mod keys;
#[cfg(test)]
#[path = "../headless/kit.rs"]
#[expect(dead_code, reason = "the headless tests use more of it")]
mod kit;
#[cfg(test)]
mod leaving;
#[cfg(test)]
#[path = "../terminal/modes.rs"]
mod modes;
#[cfg(test)]
#[path = "../terminal/program.rs"]
#[expect(dead_code, reason = "the terminal tests use more of it")]
mod program;
#[cfg(test)]
#[path = "../terminal/pty.rs"]
#[expect(dead_code, reason = "the terminal tests use more of it")]
mod pty;
#[cfg(test)]
mod searching;
