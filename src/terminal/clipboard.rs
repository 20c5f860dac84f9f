//! The terminal's clipboard (OSC 52), also through a multiplexer.

use std::io::Write;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

use super::tty::Tty;
use crate::config::clipboard::Through;

/// The delimiters of a text that a multiplexer passes through unchanged.
const PASS: &str = "\x1bP";
const END: &str = "\x1b\\";

/// The size of a piece in bytes: GNU screen keeps at most 256 bytes of such a text and prints the rest.
const PIECE: usize = 240;

/// Copies a text to the terminal's clipboard. Whether the terminal accepts it cannot be known.
pub fn copy(text: &str, through: Through) {
    let words = words(text, through);
    // A terminal that accepts no output has no clipboard either.
    let _ = Tty::stdout().and_then(|mut tty| tty.write_all(words.as_bytes()));
}

/// Returns the bytes to write, in one piece.
fn words(text: &str, through: Through) -> String {
    let mut plain = String::new();
    // Writing to a string does not fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain);
    match through {
        Through::Nothing => plain,
        // Whether tmux accepts the one or passes the other on depends on its settings; it drops what it does
        // not accept.
        Through::Tmux => {
            let doubled = plain.replace('\x1b', "\x1b\x1b");
            format!("{plain}{PASS}tmux;{doubled}{END}")
        }
        Through::Screen => {
            // The text's own terminator must not end the first piece, so a bell terminates it.
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
