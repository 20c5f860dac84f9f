//! The one table of keys. It feeds resolution, the footer, the help, the palette and the README.

mod command;
pub mod remap;
mod table;
pub mod words;

use std::borrow::Cow;

use crate::input::{Key, Press};
pub use command::Command;
pub use table::BINDINGS;

/// What takes the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// Nothing: letters are commands.
    Off,
    /// A number field: digits and the decimal point are text, letters are commands.
    Number,
    /// A text field: every letter is text.
    Text,
}

impl Typing {
    /// Whether a key press is text here.
    pub fn takes(self, press: Press) -> Option<char> {
        let letter = press.typed()?;
        match self {
            Self::Off => None,
            Self::Number => (letter.is_ascii_digit() || matches!(letter, '.' | ',')).then_some(letter),
            Self::Text => Some(letter),
        }
    }

    /// Whether a key press is text here, or edits it, so that it is no command.
    pub fn keeps(self, press: Press) -> bool {
        let edits = match press.key {
            Key::Char(letter) => press.ctrl && matches!(letter, 'a' | 'e' | 'u' | 'w' | 'k'),
            Key::Backspace | Key::Delete | Key::Left | Key::Right => true,
            _ => false,
        };
        self.takes(press).is_some() || (self != Self::Off && edits)
    }
}

/// A command's keys and words.
#[derive(Debug)]
pub struct Binding {
    /// The command.
    pub command: Command,
    /// Its keys; the first that works is the one that is shown.
    pub presses: &'static [Press],
    /// A word or two for the footer; nothing for what goes without saying.
    pub hint: Option<&'static str>,
    /// What it does, for help and the README.
    pub meaning: &'static str,
}

/// The keys of one user: the table, with what was remapped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    remapped: Vec<(Command, Vec<Press>)>,
    ascii: bool,
    /// What is typed for a command where lines are typed instead of keys.
    words: &'static [(Command, &'static str)],
}

impl Keymap {
    /// The same keys, named without symbols.
    pub fn in_ascii(mut self) -> Self {
        self.ascii = true;
        self
    }

    /// The same keys, where sentences name these words instead: a line of plain mode, not a key.
    pub fn in_words(mut self, words: &'static [(Command, &'static str)]) -> Self {
        self.words = words;
        self
    }

    /// The keys of a command; the first that works is the one that is shown.
    pub fn presses(&self, command: Command) -> &[Press] {
        let remapped = self.remapped.iter().find(|(known, _)| *known == command);
        match (remapped, command.binding()) {
            (Some((_, presses)), _) => presses,
            (None, Some(binding)) => binding.presses,
            (None, None) => &[],
        }
    }

    /// The command that a key expresses, among those that work here and now.
    pub fn resolve(&self, offers: &[Command], typing: Typing, press: Press) -> Option<Command> {
        if typing.keeps(press) {
            return None;
        }
        offers.iter().copied().find(|offer| self.presses(*offer).contains(&press))
    }

    /// The keys of a command that are no text here.
    pub fn working(&self, command: Command, typing: Typing) -> impl Iterator<Item = Press> {
        self.presses(command).iter().copied().filter(move |press| !typing.keeps(*press))
    }

    /// The key to show for a command: the first of its keys that is no text here.
    pub fn shown(&self, command: Command, typing: Typing) -> Option<Press> {
        self.working(command, typing).next()
    }

    /// The key to show for a command, by its name, or the word that is typed for it; nothing where it has none.
    pub fn key(&self, command: Command, typing: Typing) -> String {
        if let Some((_, word)) = self.words.iter().find(|(known, _)| *known == command) {
            return (*word).to_owned();
        }
        self.shown(command, typing).map(|press| self.label(press)).unwrap_or_default().into_owned()
    }

    /// A key in the footer's short form.
    pub fn label(&self, press: Press) -> Cow<'static, str> {
        if self.ascii { words::spell(press).into() } else { label(press) }
    }
}

/// A key in its short form, with symbols.
pub fn label(press: Press) -> Cow<'static, str> {
    let name: Cow<'static, str> = match press.key {
        Key::Char(' ') => "space".into(),
        Key::Char(letter) if press.ctrl => return held(letter),
        Key::Char(letter) => match printed(letter) {
            Some(name) => name.into(),
            None => letter.to_string().into(),
        },
        Key::Enter => "↵".into(),
        Key::Esc => "esc".into(),
        Key::Tab => "⇥".into(),
        Key::BackTab => "⇤".into(),
        Key::Backspace => "⌫".into(),
        Key::Delete => "del".into(),
        Key::Up => "↑".into(),
        Key::Down => "↓".into(),
        Key::Left => "←".into(),
        Key::Right => "→".into(),
        Key::Home => "home".into(),
        Key::End => "end".into(),
        Key::PageUp => "pgup".into(),
        Key::PageDown => "pgdn".into(),
        Key::F(1) => "F1".into(),
        Key::F(number) => format!("F{number}").into(),
    };
    if press.alt { format!("alt-{name}").into() } else { name }
}

/// A letter that is held with Ctrl. The footer asks for these in every frame, so none is made anew.
fn held(letter: char) -> Cow<'static, str> {
    const NAMES: &str = "^A^B^C^D^E^F^G^H^I^J^K^L^M^N^O^P^Q^R^S^T^U^V^W^X^Y^Z";
    let place = u32::from(letter.to_ascii_uppercase()).wrapping_sub(u32::from('A'));
    let place = usize::try_from(place).unwrap_or(usize::MAX).saturating_mul(2);
    match NAMES.get(place..place.saturating_add(2)) {
        Some(name) => name.into(),
        None => format!("^{}", letter.to_ascii_uppercase()).into(),
    }
}

/// A printed character of ASCII, as a text.
fn printed(letter: char) -> Option<&'static str> {
    const PRINTED: &str = concat!(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`",
        "abcdefghijklmnopqrstuvwxyz{|}~"
    );
    let place = usize::try_from(u32::from(letter).checked_sub(0x20)?).ok()?;
    PRINTED.get(place..place + 1)
}

#[cfg(test)]
mod tests;
