//! Replaces symbols by plain ASCII in the finished frame, for terminals and fonts without symbols.

use super::frame::Frame;

/// The program's own symbols, and the ASCII character for each. Every mark of a state has its own character, so
/// that states still differ.
const LETTERS: [(&str, &str); 30] = [
    ("─", "-"),
    ("│", "|"),
    ("╭", "+"),
    ("╮", "+"),
    ("╰", "+"),
    ("╯", "+"),
    ("▸", ">"),
    ("❯", ">"),
    ("›", ">"),
    ("●", "*"),
    ("◐", "o"),
    ("○", "-"),
    ("◌", "~"),
    ("◍", "%"),
    ("✓", "+"),
    ("✗", "x"),
    ("▲", "!"),
    ("▾", "v"),
    ("▴", "^"),
    ("★", "*"),
    ("•", "*"),
    ("…", "."),
    ("·", "-"),
    ("–", "-"),
    ("—", "-"),
    ("×", "x"),
    ("≈", "~"),
    ("“", "\""),
    ("”", "\""),
    ("’", "'"),
];

/// Returns the ASCII character for one of the program's symbols, or `None` for anything else, such as the
/// blocks of a QR code, which no ASCII character can replace.
pub fn letter(symbol: &str) -> Option<&'static str> {
    LETTERS.iter().find(|(known, _)| *known == symbol).map(|(_, letter)| *letter)
}

/// Replaces symbols by ASCII characters. Each takes one column, so nothing moves.
pub fn replace(frame: &mut Frame<'_>) {
    for cell in &mut frame.buffer_mut().content {
        if !cell.symbol().is_ascii()
            && let Some(letter) = letter(cell.symbol())
        {
            cell.set_symbol(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn a_letter_takes_as_much_room_as_its_symbol() {
        for (symbol, letter) in LETTERS {
            assert_eq!((symbol.width(), letter.width(), letter.is_ascii()), (1, 1, true), "{symbol}");
        }
    }
}
