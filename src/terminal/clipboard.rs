//! The terminal's clipboard (OSC 52), also through what stands between it and the program.

use std::io::Write;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

use super::tty::Tty;
use crate::config::clipboard::Through;

/// What begins and ends a text that goes through to the terminal as it is.
const PASS: &str = "\x1bP";
const END: &str = "\x1b\\";

/// GNU screen keeps no more than 256 bytes of such a text, and prints what is behind them.
const PIECE: usize = 240;

/// Hands a text to the terminal's clipboard. Whether it takes it nobody can tell.
pub fn copy(text: &str, through: Through) {
    let words = words(text, through);
    // A terminal that takes nothing any more has no clipboard either.
    let _ = Tty::stdout().and_then(|mut tty| tty.write_all(words.as_bytes()));
}

/// What is written for it, in one piece.
fn words(text: &str, through: Through) -> String {
    let mut plain = String::new();
    // A text takes every word.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain);
    match through {
        Through::Nothing => plain,
        // Whether tmux takes the one or lets the other pass is a matter of its settings; what it does
        // not take it leaves out.
        Through::Tmux => {
            let doubled = plain.replace('\x1b', "\x1b\x1b");
            format!("{plain}{PASS}tmux;{doubled}{END}")
        }
        Through::Screen => {
            // Its own end must not end the first piece, so a bell ends it.
            let whole = plain.replace(END, "\x07");
            let pieces = whole.as_bytes().chunks(PIECE).map(String::from_utf8_lossy);
            pieces.flat_map(|piece| [PASS.into(), piece, END.into()]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_takes_it_as_it_is() {
        assert_eq!(words("101.48", Through::Nothing), "\x1b]52;c;MTAxLjQ4\x1b\\");
    }

    #[test]
    fn tmux_lets_it_pass_with_doubled_escapes_or_takes_it_itself() {
        assert_eq!(
            words("101.48", Through::Tmux),
            "\x1b]52;c;MTAxLjQ4\x1b\\\x1bPtmux;\x1b\x1b]52;c;MTAxLjQ4\x1b\x1b\\\x1b\\"
        );
    }

    #[test]
    fn screen_lets_it_pass_in_pieces_that_it_can_hold() {
        assert_eq!(words("101.48", Through::Screen), "\x1bP\x1b]52;c;MTAxLjQ4\x07\x1b\\");
        let long = words(&"9xQeWvG8".repeat(100), Through::Screen);
        let pieces: Vec<&str> = long.split_terminator(END).collect();
        assert_eq!(pieces.len(), 5);
        assert!(pieces.iter().all(|piece| piece.starts_with(PASS) && piece.len() <= PIECE + PASS.len()));
        let whole: String = pieces.iter().map(|piece| &piece[PASS.len()..]).collect();
        let plain = words(&"9xQeWvG8".repeat(100), Through::Nothing);
        assert_eq!(whole, plain.replace(END, "\x07"), "nothing is lost between the pieces");
    }
}
