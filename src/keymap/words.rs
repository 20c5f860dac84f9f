//! Names of commands and keys in plain letters, as a configuration spells them.

use super::{BINDINGS, Command};
use crate::input::{Key, Press};

/// Keys that have a name of their own, in the spelling that is shown and in others.
const NAMED: [(&str, Key); 25] = [
    ("enter", Key::Enter),
    ("return", Key::Enter),
    ("esc", Key::Esc),
    ("escape", Key::Esc),
    ("tab", Key::Tab),
    ("shift-tab", Key::BackTab),
    ("backtab", Key::BackTab),
    ("backspace", Key::Backspace),
    ("del", Key::Delete),
    ("delete", Key::Delete),
    ("up", Key::Up),
    ("down", Key::Down),
    ("left", Key::Left),
    ("right", Key::Right),
    ("home", Key::Home),
    ("end", Key::End),
    ("pgup", Key::PageUp),
    ("pageup", Key::PageUp),
    ("pgdn", Key::PageDown),
    ("pagedown", Key::PageDown),
    ("space", Key::Char(' ')),
    ("plus", Key::Char('+')),
    ("minus", Key::Char('-')),
    ("caret", Key::Char('^')),
    ("colon", Key::Char(':')),
];

impl Command {
    /// Its name in a configuration, such as `place_order`; it follows the name that it has here,
    /// so that a new row of the table has one by itself.
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    /// The command of a name.
    pub fn named(name: &str) -> Option<Self> {
        BINDINGS.iter().map(|binding| binding.command).find(|command| command.name() == name)
    }
}

/// A key in plain letters, `^` for Ctrl.
pub fn spell(press: Press) -> String {
    let name = match press.key {
        Key::Char(' ') => "space".to_owned(),
        Key::Char(letter) if press.ctrl => format!("^{}", letter.to_ascii_uppercase()),
        Key::Char(letter) => letter.to_string(),
        Key::F(number) => format!("F{number}"),
        key => {
            let named = NAMED.iter().find(|(_, known)| *known == key);
            named.map_or_else(String::new, |(name, _)| (*name).to_owned())
        }
    };
    let ctrl = if press.ctrl && !name.starts_with('^') { "ctrl-" } else { "" };
    let alt = if press.alt { "alt-" } else { "" };
    format!("{alt}{ctrl}{name}")
}

/// Reads a key: `P`, `ctrl-k` or `^K`, `alt-x`, `F2`, `enter`, `space`.
pub fn read(text: &str) -> Option<Press> {
    let mut rest = text.trim();
    let (mut ctrl, mut alt) = (false, false);
    loop {
        let after = |prefix: &str| {
            let start = rest.get(..prefix.len())?;
            let rest = rest.get(prefix.len()..).filter(|rest| !rest.is_empty())?;
            start.eq_ignore_ascii_case(prefix).then_some(rest)
        };
        if let Some(next) = after("ctrl-").or_else(|| after("^")) {
            (ctrl, rest) = (true, next);
        } else if let Some(next) = after("alt-") {
            (alt, rest) = (true, next);
        } else {
            break;
        }
    }
    let mut letters = rest.chars();
    let key = match (letters.next()?, letters.as_str()) {
        (letter, "") if letter.is_control() => return None,
        (letter, "") if ctrl => Key::Char(letter.to_ascii_lowercase()),
        (letter, "") => Key::Char(letter),
        ('F' | 'f', digits) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            Key::F(digits.parse().ok().filter(|number| (1..=24).contains(number))?)
        }
        _ => NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest))?.1,
    };
    Some(Press { key, ctrl, alt })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_is_read_as_it_is_spelled() {
        for press in BINDINGS.iter().flat_map(|binding| binding.presses) {
            assert_eq!(read(&spell(*press)), Some(*press), "{}", spell(*press));
            assert!(spell(*press).is_ascii());
        }
    }

    #[test]
    fn every_command_is_found_by_its_name() {
        assert_eq!(Command::PlaceOrder.name(), "place_order");
        for binding in BINDINGS {
            assert_eq!(Command::named(&binding.command.name()), Some(binding.command));
        }
    }

    #[test]
    fn keys_are_read_as_people_write_them() {
        assert_eq!(read("Ctrl-K"), Some(Press::ctrl('k')));
        assert_eq!(read("alt-x"), Some(Press { alt: true, ..Press::plain(Key::Char('x')) }));
        assert_eq!(read("P"), Some(Press::plain(Key::Char('P'))));
        assert_eq!(read("^"), Some(Press::plain(Key::Char('^'))));
        assert_eq!(read("f12"), Some(Press::plain(Key::F(12))));
        for nonsense in ["", "  ", "F0", "F99", "hyper-x", "pp", "ctrl-", "\u{1b}"] {
            assert_eq!(read(nonsense), None, "{nonsense:?}");
        }
    }
}
