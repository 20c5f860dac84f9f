//! The terminal of the tests, and their player of tapes.

#![expect(dead_code, unused_imports, reason = "the tests ask more of a terminal than a profile does")]

#[path = "../../giftty/support/cells.rs"]
pub(super) mod cells;
#[path = "../../giftty/support/keys.rs"]
pub(super) mod keys;
#[path = "../../giftty/support/modes.rs"]
pub(super) mod modes;
#[path = "../../giftty/terminal/player.rs"]
pub(super) mod player;
#[path = "../../giftty/support/program.rs"]
pub(super) mod program;
#[path = "../../giftty/support/pty.rs"]
pub(super) mod pty;
#[path = "../../giftty/terminal/tape.rs"]
pub(super) mod tape;
#[path = "../../giftty/terminal/words.rs"]
pub(super) mod words;
