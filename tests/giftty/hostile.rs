//! Text that wants to do more than be read, from every endpoint: nothing but printable text arrives.

use crate::plain::kit as plain_kit;
use crate::session::kit;
use crate::support::cells;
use crate::terminal::{keys, program, pty};

mod headless;
mod liar;
mod plain;
mod printable;
mod screen;
mod table;
mod terminal;
