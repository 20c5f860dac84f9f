//! A single-line text field.

use std::fmt;

use tui_input::{Input, InputRequest};
use zeroize::Zeroize;

use crate::domain::text;
use crate::input::{Key, Press};

/// A text field with a cursor. Control and invisible characters are rejected, and its length is limited.
#[derive(Clone, Default)]
pub struct Field {
    input: Input,
    offered: bool,
}

impl Field {
    /// The maximum number of characters in a field.
    pub const LONGEST: usize = 256;

    /// Creates a field with a text, and the cursor after it.
    pub fn with(text: &str) -> Self {
        let mut field = Self::default();
        field.paste(text);
        field
    }

    /// Creates a field with a suggested text: the first typed character replaces it.
    pub fn offering(text: &str) -> Self {
        let mut field = Self::with(text);
        field.offered = !field.is_empty();
        field
    }

    /// Whether its text is still only a suggestion.
    pub fn is_offered(&self) -> bool {
        self.offered
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether it contains no text.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// The cursor's column, from the start of the text.
    pub fn caret(&self) -> usize {
        self.input.visual_cursor()
    }

    /// How many columns are scrolled off to the left to keep the cursor visible in `width` columns.
    pub fn scrolled(&self, width: usize) -> usize {
        self.input.visual_scroll(width.saturating_sub(1))
    }

    /// Inserts a character at the cursor.
    pub fn insert(&mut self, letter: char) {
        if self.offered && text::may_be_typed("", letter) {
            self.clear();
        }
        let before: String = self.text().chars().take(self.input.cursor()).collect();
        if text::may_be_typed(&before, letter) && self.text().chars().count() < Self::LONGEST {
            self.input.handle(InputRequest::InsertChar(letter));
        }
    }

    /// Inserts a text at the cursor, without line breaks, surrounding blanks and invisible characters.
    pub fn paste(&mut self, text: &str) {
        text::pasted(text).chars().take(Self::LONGEST).for_each(|letter| self.insert(letter));
    }

    /// Removes the text.
    pub fn clear(&mut self) {
        self.offered = false;
        self.input.reset();
    }

    /// Handles an editing key; returns whether it was one.
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
        self.offered = false;
        self.input.handle(request);
        true
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
            && self.input.cursor() == other.input.cursor()
            && self.offered == other.offered
    }
}

impl Eq for Field {}

impl Drop for Field {
    fn drop(&mut self) {
        self.input.value_and_reset().zeroize();
    }
}

/// The text may be an e-mail address or a phone number, so only its length is printed.
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
    fn a_field_wipes_its_text_when_it_is_dropped() {
        #[expect(drop_bounds, reason = "that there is code for it is what is held")]
        fn is_wiped<T: Drop>(_: &T) {}
        is_wiped(&Field::default());
    }

    #[test]
    fn what_is_not_seen_never_gets_in() {
        let mut field = Field::default();
        field.paste(" pay\u{200b}\u{202e}pal\u{e0041}\u{feff}@example.com\t");
        assert_eq!(field.text(), "paypal@example.com");
        for hidden in ['\u{200d}', '\u{fe0f}', '\u{2066}', '\u{ad}', '\u{e000}', '\u{a0}', '\u{9b}'] {
            field.insert(hidden);
        }
        assert_eq!(field.text(), "paypal@example.com");
        let mut field = Field::with("e");
        (0..20).for_each(|_| field.insert('\u{301}'));
        assert_eq!(field.text().chars().count(), 9, "eight marks");
    }

    #[test]
    fn what_is_offered_gives_way_to_what_is_typed_unless_it_is_edited() {
        let mut field = Field::offering("100");
        field.insert('\u{202e}');
        assert_eq!(field.text(), "100", "that is no letter");
        field.insert('5');
        field.insert('0');
        assert_eq!(field.text(), "50");
        let mut field = Field::offering("100");
        field.edit(Press::plain(Key::Backspace));
        field.insert('5');
        assert_eq!(field.text(), "105");
        let mut field = Field::offering("100");
        field.paste("25");
        assert_eq!(field.text(), "25");
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
