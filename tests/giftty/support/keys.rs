//! The keys of a keyboard as the bytes that a terminal sends for them.

/// A key, alone or held with a modifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Enter,
    Escape,
    Tab,
    BackTab,
    Space,
    Backspace,
    Delete,
    Insert,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
    /// A function key, F1 to F12.
    F(u8),
    /// A letter or one of `@[\]^_` while Ctrl is held.
    Ctrl(char),
    /// A character while Alt is held.
    Alt(char),
}

impl Key {
    /// What an xterm sends for the key.
    pub(crate) fn bytes(self) -> Vec<u8> {
        match self {
            Self::Enter => b"\r".to_vec(),
            Self::Escape => b"\x1b".to_vec(),
            Self::Tab => b"\t".to_vec(),
            Self::BackTab => b"\x1b[Z".to_vec(),
            Self::Space => b" ".to_vec(),
            Self::Backspace => b"\x7f".to_vec(),
            Self::Delete => b"\x1b[3~".to_vec(),
            Self::Insert => b"\x1b[2~".to_vec(),
            Self::Home => b"\x1b[H".to_vec(),
            Self::End => b"\x1b[F".to_vec(),
            Self::PageUp => b"\x1b[5~".to_vec(),
            Self::PageDown => b"\x1b[6~".to_vec(),
            Self::Up => b"\x1b[A".to_vec(),
            Self::Down => b"\x1b[B".to_vec(),
            Self::Right => b"\x1b[C".to_vec(),
            Self::Left => b"\x1b[D".to_vec(),
            Self::F(number) => function(number).to_vec(),
            Self::Ctrl(letter) => vec![control(letter)],
            Self::Alt(letter) => format!("\x1b{letter}").into_bytes(),
        }
    }
}

fn function(number: u8) -> &'static [u8] {
    match number {
        1 => b"\x1bOP",
        2 => b"\x1bOQ",
        3 => b"\x1bOR",
        4 => b"\x1bOS",
        5 => b"\x1b[15~",
        6 => b"\x1b[17~",
        7 => b"\x1b[18~",
        8 => b"\x1b[19~",
        9 => b"\x1b[20~",
        10 => b"\x1b[21~",
        11 => b"\x1b[23~",
        12 => b"\x1b[24~",
        other => panic!("there is no key F{other}"),
    }
}

fn control(letter: char) -> u8 {
    match u8::try_from(letter.to_ascii_uppercase()) {
        Ok(byte @ b'@'..=b'_') => byte - b'@',
        _ => panic!("a terminal has no byte for Ctrl+{letter}"),
    }
}

#[cfg(test)]
mod tests {
    use super::Key::*;

    #[test]
    fn keys_are_what_an_xterm_sends() {
        let single = [Enter, Escape, Tab, Space, Backspace, Ctrl('c'), Ctrl('['), Alt('x')];
        assert_eq!(single.map(super::Key::bytes).concat(), b"\r\x1b\t \x7f\x03\x1b\x1bx");
        let arrows = [Up, Down, Right, Left, Home, End, BackTab];
        assert_eq!(arrows.map(super::Key::bytes).concat(), b"\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F\x1b[Z");
        let numbered = [Insert, Delete, PageUp, PageDown, F(1), F(4), F(5), F(12)];
        let expected = b"\x1b[2~\x1b[3~\x1b[5~\x1b[6~\x1bOP\x1bOS\x1b[15~\x1b[24~";
        assert_eq!(numbered.map(super::Key::bytes).concat(), expected);
    }
}
