//! The terminal of the tests, and their player of tapes.

#![expect(dead_code, unused_imports, reason = "the tests ask more of a terminal than a profile does")]

#[path = "../../support/cells.rs"]
pub(super) mod cells;
#[path = "../../terminal/keys.rs"]
pub(super) mod keys;
#[path = "../../terminal/modes.rs"]
pub(super) mod modes;
#[path = "../../terminal/player.rs"]
pub(super) mod player;
#[path = "../../terminal/program.rs"]
pub(super) mod program;
#[path = "../../terminal/pty.rs"]
pub(super) mod pty;
#[path = "../../terminal/tape.rs"]
pub(super) mod tape;
#[path = "../../terminal/words.rs"]
pub(super) mod words;
