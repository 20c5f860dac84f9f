//! The user's terminal: taken over for a session, and always given back.

mod cell_style;
mod clipboard;
mod decode;
mod inputs;
pub mod notice;
mod painter;
mod pictures;
mod scroll;
mod tty;

use std::io::{self, Write};

use crossterm::style::ResetColor;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, cursor};
use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::termios::tcgetwinsize;

pub use clipboard::copy;
pub use decode::Decoder;
pub use inputs::inputs;
pub use painter::Painter;
pub use pictures::pictures;
pub use tty::Tty;

use crate::input::Size;

/// The size of a window that does not tell its own.
pub const USUAL: Size = Size { columns: 80, rows: 24 };

/// Private modes that another program may have left on: mouse reports in all their forms (9, 1000 to 1003,
/// 1005, 1006, 1015, 1016), focus reports (1004), reports of the colour scheme and of the size (2031, 2048),
/// keys in Windows' form (9001). Origin mode (6) would move what is drawn. Bracketed paste (2004) is ours.
///
/// A terminal that can save modes (XTSAVE) has them back at the end (XTRESTORE); others ignore both.
const MODES_SAVED: &str = "\x1b[?6;9;1000;1001;1002;1003;1004;1005;1006;1015;1016;2004;2031;2048;9001s";
const MODES_OFF: &str = "\x1b[?6;9;1000;1001;1002;1003;1004;1005;1006;1015;1016;2031;2048;9001l";
const MODES_RESTORED: &str = "\x1b[?6;9;1000;1001;1002;1003;1004;1005;1006;1015;1016;2004;2031;2048;9001r";

/// Keys come in their usual form: no flags of kitty's keyboard protocol, on a stack of the terminal's, and no
/// modifyOtherKeys, which a terminal cannot save; it goes back to what its user configured.
const KEYS_PLAIN: &str = "\x1b[>0u\x1b[>4;0m";
const KEYS_RESTORED: &str = "\x1b[>4m\x1b[<u";

/// Text is written from left to right and not inserted, in the whole window, in the usual characters:
/// replace mode, no margins, G0 with ASCII. Terminals that do not know modifyOtherKeys may have taken it for a
/// colour.
const DRAWING_PLAIN: &str = "\x1b[4l\x1b[r\x0f\x1b(B\x1b[m";

/// Pasted text comes between marks, so that it is no keys.
const PASTE_IN_BRACKETS: &str = "\x1b[?2004h";
const PASTE_AS_TYPED: &str = "\x1b[?2004l";

/// Sees to it that no core dump is ever written of this program: codes and ids would be in it.
pub fn leave_no_core() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    // Where it is refused, the system's own settings stand.
    let _ = setrlimit(Resource::Core, none);
    // A handler of core dumps that is a program does not ask for the limit. A test of a debug build may
    // read what the system counts of it, which only a process that may be dumped shows its user.
    #[cfg(target_os = "linux")]
    if !(cfg!(debug_assertions) && std::env::var_os("GIFTTY_TEST_READABLE").is_some()) {
        let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    }
}

/// The terminal while a session has it. Dropping it gives the terminal back, also while unwinding.
#[derive(Debug)]
pub struct Taken {
    /// What frames are drawn on.
    pub screen: Painter<Tty>,
}

impl Taken {
    /// Takes the terminal over: raw mode, and with the first frame alternate screen and bracketed paste.
    pub fn take(size: Size, mouse: bool) -> io::Result<Self> {
        let tty = Tty::stdout()?;
        enable_raw_mode()?;
        Ok(Self { screen: Painter::new(tty, size, entry(mouse).as_bytes()) })
    }
}

/// Presses and the wheel of the mouse, told by cells; not its every move, which would wake us for nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Gives back a screen that was drawn on: a code that was on it must not be found in the terminal's
/// other screen while the program is stopped.
fn give_back_empty() {
    leave(true);
}

impl Drop for Taken {
    fn drop(&mut self) {
        // A code that was on it must not be found in the terminal's other screen. Before the first frame
        // it is still the screen of whoever had it before, and stays as it is.
        leave(self.screen.has_drawn());
    }
}

/// Empties the screen without moving any of it to where one scrolls back.
const WIPE: &str = "\x1b[H\x1b[J";

/// What makes a terminal ours.
fn entry(mouse: bool) -> String {
    let mut words = String::new();
    // A text takes every word.
    let _ = EnterAlternateScreen.write_ansi(&mut words);
    // The alternate screen has a stack of keyboard flags of its own, so they are pushed behind it.
    for part in [MODES_SAVED, MODES_OFF, KEYS_PLAIN, DRAWING_PLAIN, PASTE_IN_BRACKETS] {
        words += part;
    }
    words + if mouse { MOUSE_ON } else { "" }
}

/// Takes the terminal again after it was given back for a while; the screen has to be drawn anew.
fn take_again(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    Tty::stdout()?.write_all(entry(mouse).as_bytes())
}

/// Leaves the terminal as it was found. Nothing can be done where it refuses: it may be gone.
///
/// `has_drawn` tells whether it was put in order for a first frame; before that nothing of it was changed
/// but raw mode.
fn leave(has_drawn: bool) {
    let mut words = String::new();
    if has_drawn {
        words += KEYS_RESTORED;
        let _ = ResetColor.write_ansi(&mut words);
        words += WIPE;
        words += MOUSE_OFF;
        words += PASTE_AS_TYPED;
        words += MODES_RESTORED;
        let _ = LeaveAlternateScreen.write_ansi(&mut words);
    }
    let _ = cursor::Show.write_ansi(&mut words);
    let _ = Tty::stdout().and_then(|mut tty| tty.write_all(words.as_bytes()));
    let _ = disable_raw_mode();
}

/// How large the window is, where there is one that tells it.
pub fn window() -> Option<Size> {
    let told = tcgetwinsize(io::stdout()).ok()?;
    let size = Size { columns: told.ws_col, rows: told.ws_row };
    Some(size).filter(|size| size.columns > 0 && size.rows > 0)
}

/// Pixels across and down a cell, as the kernel was told; nothing is asked of the terminal.
fn cell() -> Option<(u16, u16)> {
    let told = tcgetwinsize(io::stdout()).ok()?;
    let cell = (told.ws_xpixel.checked_div(told.ws_col)?, told.ws_ypixel.checked_div(told.ws_row)?);
    (cell.0 > 0 && cell.1 > 0).then_some(cell)
}
