//! The table of keys. It feeds key resolution, the footer, the help, the palette and the README.

mod command;
pub mod remap;
mod table;
pub mod words;

use std::borrow::Cow;

use crate::input::{Key, Press};
pub use command::Command;
pub use table::BINDINGS;

/// Which keys the focused field takes as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// None: letters are commands.
    Off,
    /// A number field: digits and the decimal point are text, letters are commands.
    Number,
    /// A text field: every letter is text.
    Text,
}

impl Typing {
    /// Returns the character that a key press types here, if any.
    pub fn takes(self, press: Press) -> Option<char> {
        let letter = press.typed()?;
        match self {
            Self::Off => None,
            Self::Number => (letter.is_ascii_digit() || matches!(letter, '.' | ',')).then_some(letter),
            Self::Text => Some(letter),
        }
    }

    /// Returns whether a key press is text here or edits it, and so is no command.
    pub fn keeps(self, press: Press) -> bool {
        let edits = match press.key {
            Key::Char(letter) => press.ctrl && matches!(letter, 'a' | 'e' | 'u' | 'w' | 'k'),
            Key::Backspace | Key::Delete | Key::Left | Key::Right => true,
            _ => false,
        };
        self.takes(press).is_some() || (self != Self::Off && edits)
    }
}

/// A command's keys and descriptions.
#[derive(Debug)]
pub struct Binding {
    /// The command.
    pub command: Command,
    /// Its keys; the first that works is shown.
    pub presses: &'static [Press],
    /// A word or two for the footer, or `None` for what needs no hint.
    pub hint: Option<&'static str>,
    /// What it does, for the help and the README.
    pub meaning: &'static str,
}

/// The keys of one user: the table, with the remapped keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    remapped: Vec<(Command, Vec<Press>)>,
    ascii: bool,
    /// What is typed for each command in plain mode instead of pressing a key.
    words: &'static [(Command, &'static str)],
}

impl Keymap {
    /// Names the keys without symbols.
    pub fn in_ascii(mut self) -> Self {
        self.ascii = true;
        self
    }

    /// Makes sentences name these words, which are typed in plain mode, instead of keys.
    pub fn in_words(mut self, words: &'static [(Command, &'static str)]) -> Self {
        self.words = words;
        self
    }

    /// Returns the keys of a command; the first that works is shown.
    pub fn presses(&self, command: Command) -> &[Press] {
        let remapped = self.remapped.iter().find(|(known, _)| *known == command);
        match (remapped, command.binding()) {
            (Some((_, presses)), _) => presses,
            (None, Some(binding)) => binding.presses,
            (None, None) => &[],
        }
    }

    /// Returns the command of a key among the ones available here.
    pub fn resolve(&self, offers: &[Command], typing: Typing, press: Press) -> Option<Command> {
        if typing.keeps(press) {
            return None;
        }
        offers.iter().copied().find(|offer| self.presses(*offer).contains(&press))
    }

    /// Returns the keys of a command that are not text here.
    pub fn working(&self, command: Command, typing: Typing) -> impl Iterator<Item = Press> {
        self.presses(command).iter().copied().filter(move |press| !typing.keeps(*press))
    }

    /// Returns the key to show for a command: the first of its keys that is not text here.
    pub fn shown(&self, command: Command, typing: Typing) -> Option<Press> {
        self.working(command, typing).next()
    }

    /// Returns the name of the key to show for a command, or the word typed for it; empty if it has neither.
    pub fn key(&self, command: Command, typing: Typing) -> String {
        if let Some((_, word)) = self.words.iter().find(|(known, _)| *known == command) {
            return (*word).to_owned();
        }
        self.shown(command, typing).map(|press| self.label(press)).unwrap_or_default().into_owned()
    }

    /// Returns a key's short form for the footer.
    pub fn label(&self, press: Press) -> Cow<'static, str> {
        if self.ascii { words::spell(press).into() } else { label(press) }
    }
}

/// Returns a key's short form, with symbols.
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

/// Returns the short form of Ctrl with a letter. The footer needs these in every frame, so they are not
/// allocated.
fn held(letter: char) -> Cow<'static, str> {
    const NAMES: &str = "^A^B^C^D^E^F^G^H^I^J^K^L^M^N^O^P^Q^R^S^T^U^V^W^X^Y^Z";
    let place = u32::from(letter.to_ascii_uppercase()).wrapping_sub(u32::from('A'));
    let place = usize::try_from(place).unwrap_or(usize::MAX).saturating_mul(2);
    match NAMES.get(place..place.saturating_add(2)) {
        Some(name) => name.into(),
        None => format!("^{}", letter.to_ascii_uppercase()).into(),
    }
}

/// Returns a printable ASCII character as a static string.
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
