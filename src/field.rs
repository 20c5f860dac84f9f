//! A line of text that a person edits.

use std::fmt;

use tui_input::{Input, InputRequest};
use zeroize::Zeroize;

use crate::input::{Key, Press};

/// A text field with a caret. Control characters never get in, and its length is bounded.
#[derive(Clone, Default)]
pub struct Field {
    input: Input,
}

impl Field {
    /// The most characters that a field takes.
    pub const LONGEST: usize = 256;

    /// A field that already holds a text, caret behind it.
    pub fn with(text: &str) -> Self {
        let mut field = Self::default();
        field.paste(text);
        field
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// The caret's place, in columns from the start of the text.
    pub fn caret(&self) -> usize {
        self.input.visual_cursor()
    }

    /// How many columns are scrolled away to the left so that the caret stands in `width`.
    pub fn scrolled(&self, width: usize) -> usize {
        self.input.visual_scroll(width.saturating_sub(1))
    }

    /// Takes a character at the caret.
    pub fn insert(&mut self, letter: char) {
        if !letter.is_control() && self.text().chars().count() < Self::LONGEST {
            self.input.handle(InputRequest::InsertChar(letter));
        }
    }

    /// Takes a text at the caret; line ends and other control characters are left out.
    pub fn paste(&mut self, text: &str) {
        text.chars().for_each(|letter| self.insert(letter));
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.input.reset();
    }

    /// Takes an editing key; tells whether it was one.
    pub fn edit(&mut self, press: Press) -> bool {
        let request = match (press.key, press.ctrl) {
            (Key::Backspace, false) => InputRequest::DeletePrevChar,
            (Key::Backspace | Key::Char('w'), true) => InputRequest::DeletePrevWord,
            (Key::Delete, _) => InputRequest::DeleteNextChar,
            (Key::Left, false) => InputRequest::GoToPrevChar,
            (Key::Left, true) => InputRequest::GoToPrevWord,
            (Key::Right, false) => InputRequest::GoToNextChar,
            (Key::Right, true) => InputRequest::GoToNextWord,
            (Key::Home, _) | (Key::Char('a'), true) => InputRequest::GoToStart,
            (Key::End, _) | (Key::Char('e'), true) => InputRequest::GoToEnd,
            (Key::Char('u'), true) => InputRequest::DeleteLine,
            (Key::Char('k'), true) => InputRequest::DeleteTillEnd,
            _ => return false,
        };
        self.input.handle(request);
        true
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.input.cursor() == other.input.cursor()
    }
}

impl Eq for Field {}

impl Drop for Field {
    fn drop(&mut self) {
        self.input.value_and_reset().zeroize();
    }
}

/// What is typed may be an e-mail address or a phone number: debugging tells only its length.
impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({} characters)", self.text().chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_line_ends_never_get_in() {
        let mut field = Field::default();
        field.paste("you@example.com\r\n\u{1b}[2J");
        assert_eq!(field.text(), "you@example.com[2J");
    }

    #[test]
    fn its_length_is_bounded() {
        let field = Field::with(&"x".repeat(10_000));
        assert_eq!(field.text().len(), Field::LONGEST);
    }

    #[test]
    fn a_grapheme_is_deleted_whole() {
        let mut field = Field::with("日👩\u{200d}🔬");
        field.edit(Press::plain(Key::Backspace));
        assert_eq!(field.text(), "日");
        assert_eq!(field.caret(), 2);
    }
}
