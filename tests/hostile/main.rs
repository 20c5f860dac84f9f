//! Text that wants to do more than be read, from every endpoint: nothing but printable text arrives.

#[cfg(test)]
#[path = "../support/cells.rs"]
mod cells;
#[cfg(test)]
mod headless;
#[cfg(test)]
#[path = "../session/kit.rs"]
#[expect(dead_code, reason = "the session tests use more of it")]
mod kit;
#[cfg(test)]
#[path = "../terminal/keys.rs"]
mod keys;
#[cfg(test)]
mod liar;
#[cfg(test)]
#[path = "../terminal/modes.rs"]
mod modes;
#[cfg(test)]
mod plain;
#[cfg(test)]
#[path = "../plain/kit.rs"]
#[expect(dead_code, reason = "the tests of plain mode use more of it")]
mod plain_kit;
#[cfg(test)]
mod printable;
#[cfg(test)]
#[path = "../terminal/program.rs"]
#[expect(dead_code, reason = "the tests of the terminal use more of it")]
mod program;
#[cfg(test)]
#[path = "../terminal/pty.rs"]
#[expect(dead_code, reason = "the tests of the terminal use more of it")]
mod pty;
#[cfg(test)]
mod screen;
#[cfg(test)]
mod table;
#[cfg(test)]
mod terminal;
