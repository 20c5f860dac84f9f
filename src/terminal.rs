//! The user's terminal: taken over for a session, and always restored.

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

/// The size assumed for a window that does not report its own.
pub const USUAL: Size = Size { columns: 80, rows: 24 };

/// Private modes that another program may have left on: mouse reports in all their forms (9, 1000 to 1003,
/// 1005, 1006, 1015, 1016), focus reports (1004), reports of the colour scheme and of the size (2031, 2048),
/// keys in Windows' form (9001). Origin mode (6) would move what is drawn. Bracketed paste (2004) is turned on
/// for the session.
///
/// Terminals that can save modes (XTSAVE) restore them at the end (XTRESTORE); others ignore both.
const MODES_SAVED: &str = "\x1b[?6;9;1000;1001;1002;1003;1004;1005;1006;1015;1016;2004;2031;2048;9001s";
const MODES_OFF: &str = "\x1b[?6;9;1000;1001;1002;1003;1004;1005;1006;1015;1016;2031;2048;9001l";
const MODES_RESTORED: &str = "\x1b[?6;9;1000;1001;1002;1003;1004;1005;1006;1015;1016;2004;2031;2048;9001r";

/// Requests keys in their usual form: no flags of kitty's keyboard protocol, pushed on the terminal's stack,
/// and no modifyOtherKeys, which a terminal cannot save; at the end that is reset to what the user configured.
const KEYS_PLAIN: &str = "\x1b[>0u\x1b[>4;0m";
const KEYS_PLAIN_AGAIN: &str = "\x1b[=0u\x1b[>4;0m";
const KEYS_RESTORED: &str = "\x1b[>4m\x1b[<u";

/// Resets drawing: replace mode, no margins, ASCII in G0, and no style. Text is written from left to right. The
/// style is reset because terminals that do not know modifyOtherKeys may have taken it for a colour.
const DRAWING_PLAIN: &str = "\x1b[4l\x1b[r\x0f\x1b(B\x1b[m";

/// Marks the beginning and end of pasted text, so that it is not taken for keys.
const PASTE_IN_BRACKETS: &str = "\x1b[?2004h";
const PASTE_AS_TYPED: &str = "\x1b[?2004l";

/// Prevents core dumps of this program: they would contain codes and ids.
pub fn leave_no_core() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    // If it is refused, the system's own settings apply.
    let _ = setrlimit(Resource::Core, none);
    // A program that handles core dumps ignores the limit. Tests of debug builds may read the system's counters
    // for this process, which only a dumpable process shows its user.
    #[cfg(target_os = "linux")]
    if !(cfg!(debug_assertions) && std::env::var_os("GIFTTY_TEST_READABLE").is_some()) {
        let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    }
}

/// The terminal while a session owns it. Dropping it restores the terminal, also while unwinding.
#[derive(Debug)]
pub struct Taken {
    /// What frames are drawn on.
    pub screen: Painter<Tty>,
}

impl Taken {
    /// Takes the terminal over: raw mode at once, alternate screen and bracketed paste with the first frame.
    pub fn take(size: Size, mouse: bool) -> io::Result<Self> {
        let tty = Tty::stdout()?;
        enable_raw_mode()?;
        Ok(Self { screen: Painter::new(tty, size, entry(mouse, false).as_bytes()) })
    }
}

/// Mouse presses and the wheel, reported by cell. Motion is not reported, as it would wake the program for
/// nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Clears the screen and restores the terminal: a code that was shown must not be found in the terminal's other
/// screen while the program is stopped.
fn give_back_empty() {
    leave(true);
}

impl Drop for Taken {
    fn drop(&mut self) {
        // A code that was shown must not be found in the terminal's other screen. Before the first frame the
        // screen still belongs to the previous program and stays as it is.
        leave(self.screen.has_drawn());
    }
}

/// Clears the screen without moving any of it into the scrollback.
const WIPE: &str = "\x1b[H\x1b[J";

/// Returns the sequences that take a terminal over. If it is `taken` already, the modes saved before and the
/// keyboard flags below ours stay as they are.
fn entry(mouse: bool, taken: bool) -> String {
    let mut words = String::new();
    // Writing to a string does not fail.
    let _ = EnterAlternateScreen.write_ansi(&mut words);
    // The alternate screen has its own stack of keyboard flags, so they are pushed after it.
    let (saved, keys) = if taken { ("", KEYS_PLAIN_AGAIN) } else { (MODES_SAVED, KEYS_PLAIN) };
    for part in [saved, MODES_OFF, keys, DRAWING_PLAIN, PASTE_IN_BRACKETS] {
        words += part;
    }
    words + if mouse { MOUSE_ON } else { "" }
}

/// Takes the terminal over again after it was restored for a while. The screen must be redrawn.
///
/// `taken` is whether giftty did not restore it itself, as after a stop from outside.
fn take_again(mouse: bool, taken: bool) -> io::Result<()> {
    enable_raw_mode()?;
    Tty::stdout()?.write_all(entry(mouse, taken).as_bytes())
}

/// Restores the terminal. Errors are ignored: the terminal may be gone.
///
/// `has_drawn` is whether it was set up for a first frame; before that only raw mode was set.
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

/// Returns the window's size, if there is a window that reports it.
pub fn window() -> Option<Size> {
    let told = tcgetwinsize(io::stdout()).ok()?;
    let size = Size { columns: told.ws_col, rows: told.ws_row };
    Some(size).filter(|size| size.columns > 0 && size.rows > 0)
}

/// Returns the width and height of a cell in pixels, as the kernel knows them. The terminal is not queried.
fn cell() -> Option<(u16, u16)> {
    let told = tcgetwinsize(io::stdout()).ok()?;
    let cell = (told.ws_xpixel.checked_div(told.ws_col)?, told.ws_ypixel.checked_div(told.ws_row)?);
    (cell.0 > 0 && cell.1 > 0).then_some(cell)
}
