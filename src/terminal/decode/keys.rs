//! The meaning of a complete sequence: which key, or what the mouse did.

use crate::input::{Input, Key, Press};

/// The maximum length of a sequence with a meaning, in bytes.
pub(super) const LONGEST: usize = 64;

/// The meaning of a control sequence.
pub(super) enum Meaning {
    /// A key was pressed, or repeats while it is held.
    Key { press: Press, is_repeat: bool },
    /// The mouse was used.
    Pointer(Input),
}

impl Meaning {
    fn key(press: Press) -> Self {
        Self::Key { press, is_repeat: false }
    }
}

/// The modifiers of a key, as sequences encode them (plus one).
#[derive(Clone, Copy)]
struct Modifiers(u32);

impl Modifiers {
    const SHIFT: u32 = 1;
    const ALT: u32 = 2;
    const CTRL: u32 = 4;
    const SUPER_OR_HYPER: u32 = 8 | 16;
    const META: u32 = 32;
    const CAPS_LOCK: u32 = 64;

    fn has(self, modifiers: u32) -> bool {
        self.0 & modifiers != 0
    }

    fn hold(self, key: Key) -> Press {
        Press { key, ctrl: self.has(Self::CTRL), alt: self.has(Self::ALT | Self::META) }
    }
}

/// Returns the key of a single byte.
pub(super) fn single(byte: u8) -> Press {
    match byte {
        b'\r' => Press::plain(Key::Enter),
        b'\t' => Press::plain(Key::Tab),
        0x7f => Press::plain(Key::Backspace),
        0 => Press::ctrl(' '),
        1..=0x1a => Press::ctrl(char::from(byte - 1 + b'a')),
        0x1b => Press::plain(Key::Esc),
        0x1c..=0x1f => Press::ctrl(char::from(byte - 0x1c + b'4')),
        _ => Press::plain(Key::Char(char::from(byte))),
    }
}

/// Returns the length in bytes of a UTF-8 character that begins with this byte.
pub(super) fn utf8_length(first: u8) -> usize {
    match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    }
}

/// Decodes F1 to F5 of the Linux console.
pub(super) fn console(letter: u8) -> Option<Press> {
    matches!(letter, b'A'..=b'E').then(|| Press::plain(Key::F(letter - b'A' + 1)))
}

/// Decodes a key sent as `ESC O`: cursor and function keys, and the keypad in application mode.
pub(super) fn single_shift(parameters: &[u8], last: u8) -> Option<Meaning> {
    let key = match last {
        b'M' => Key::Enter,
        b'X' => Key::Char('='),
        b'j'..=b'y' => Key::Char(char::from(*b"*+,-./0123456789".get(usize::from(last - b'j'))?)),
        _ => named(last)?,
    };
    // The modifiers come last, if there are any.
    let modifiers = parameters.rsplit(|byte| *byte == b';').next().and_then(number);
    Some(Meaning::key(Modifiers(modifiers.unwrap_or(1).saturating_sub(1)).hold(key)))
}

/// Decodes a control sequence with its parameters and its final byte. Returns `None` if it means no key, such
/// as the answer to a query.
pub(super) fn control_sequence(parameters: &[u8], last: u8) -> Option<Meaning> {
    if parameters.len() > LONGEST {
        return None;
    }
    if let Some((b'<', report)) = parameters.split_first() {
        let mut numbers = report.split(|byte| *byte == b';').map(number);
        let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
        return if last == b'M' { pointer(button, column, row) } else { None };
    }
    if parameters.iter().any(|byte| !matches!(byte, b'0'..=b'9' | b';' | b':')) {
        return None;
    }
    let field = |index: usize, part: usize| {
        let field = parameters.split(|byte| *byte == b';').nth(index)?;
        field.split(|byte| *byte == b':').nth(part).and_then(number)
    };
    let modifiers = Modifiers(field(1, 0).unwrap_or(1).saturating_sub(1));
    let press = match last {
        b'u' => letter(field(0, 0)?, field(0, 1), field(2, 0), modifiers)?,
        b'~' if field(0, 0) == Some(27) => letter(field(2, 0)?, None, None, modifiers)?,
        b'~' => modifiers.hold(numbered(field(0, 0)?)?),
        b'M' => return pointer(field(0, 0)?.checked_sub(32)?, field(1, 0)?, field(2, 0)?),
        // The cursor's position is reported in this form, too.
        b'R' if !parameters.is_empty() => return None,
        // With another first number it is the answer to a query.
        _ if field(0, 0).is_some_and(|first| first != 1) => return None,
        b'Z' => modifiers.hold(Key::BackTab),
        _ => modifiers.hold(named(last)?),
    };
    match field(1, 1) {
        None | Some(1) => Some(Meaning::key(press)),
        Some(2) => Some(Meaning::Key { press, is_repeat: true }),
        // A key release.
        Some(_) => None,
    }
}

/// Returns the three numbers of an X10 mouse report, or `None` while it is incomplete. Each is a byte, or a
/// UTF-8 character if the terminal was told so (mode 1005).
pub(super) fn x10_numbers(bytes: &[u8]) -> Option<[u32; 3]> {
    let mut rest = bytes;
    let mut numbers = [0; 3];
    for number in &mut numbers {
        *number = match rest {
            [first @ 0xc2..=0xdf, second @ 0x80..=0xbf, more @ ..] => {
                rest = more;
                (u32::from(first & 0x1f) << 6) | u32::from(second & 0x3f)
            }
            [] | [0xc2..=0xdf] => return None,
            [first, more @ ..] => {
                rest = more;
                u32::from(*first)
            }
        };
    }
    Some(numbers)
}

/// Decodes an X10 mouse report: button, column and row, each plus 32.
pub(super) fn x10_report(numbers: [u32; 3]) -> Option<Meaning> {
    let [button, column, row] = numbers.map(|number| number.saturating_sub(32));
    pointer(button, column, row)
}

/// Returns what the mouse did with a button, in a cell counted from 1.
fn pointer(button: u32, column: u32, row: u32) -> Option<Meaning> {
    const MODIFIERS: u32 = 0b1_1100;
    let cell = |number: u32| u16::try_from(number.checked_sub(1)?).ok();
    let input = match button & !MODIFIERS {
        0 => Input::Click { column: cell(column)?, row: cell(row)? },
        64 => Input::Wheel { up: true },
        65 => Input::Wheel { up: false },
        _ => return None,
    };
    Some(Meaning::Pointer(input))
}

/// Decodes a key reported by its character: kitty's keyboard protocol and xterm's modifyOtherKeys.
fn letter(code: u32, shifted: Option<u32>, text: Option<u32>, modifiers: Modifiers) -> Option<Press> {
    let shift = modifiers.has(Modifiers::SHIFT);
    let key = match code {
        9 if shift => Key::BackTab,
        8 | 127 => Key::Backspace,
        9 => Key::Tab,
        13 => Key::Enter,
        27 => Key::Esc,
        57_344..=63_743 => return functional(code).map(|key| modifiers.hold(key)),
        _ if modifiers.has(Modifiers::SUPER_OR_HYPER) => return None,
        _ => {
            let base = char::from_u32(code).filter(|letter| !letter.is_control())?;
            if modifiers.has(Modifiers::CTRL) {
                match base {
                    '[' => return Some(Press::plain(Key::Esc)),
                    'i' => Key::Tab,
                    'm' => Key::Enter,
                    _ => return Some(modifiers.hold(Key::Char(base.to_ascii_lowercase()))),
                }
            } else {
                let is_upper = shift != (modifiers.has(Modifiers::CAPS_LOCK) && base.is_alphabetic());
                let upper = shifted.and_then(char::from_u32).unwrap_or_else(|| one_upper(base));
                let typed = text.and_then(char::from_u32).filter(|letter| !letter.is_control());
                Key::Char(typed.unwrap_or(if is_upper { upper } else { base }))
            }
        }
    };
    let ctrl = modifiers.has(Modifiers::CTRL) && !matches!(code, 105 | 109);
    Some(Press { ctrl, ..modifiers.hold(key) })
}

/// Returns the upper case of a letter if that is a single character.
fn one_upper(letter: char) -> char {
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

/// Returns a key without a character by its number in kitty's protocol.
fn functional(code: u32) -> Option<Key> {
    Some(match code {
        57_376..=57_398 => Key::F(u8::try_from(code - 57_376 + 13).ok()?),
        57_399..=57_408 => Key::Char(char::from_digit(code - 57_399, 10)?),
        57_409 => Key::Char('.'),
        57_410 => Key::Char('/'),
        57_411 => Key::Char('*'),
        57_412 => Key::Char('-'),
        57_413 => Key::Char('+'),
        57_414 => Key::Enter,
        57_415 => Key::Char('='),
        57_416 => Key::Char(','),
        57_417 => Key::Left,
        57_418 => Key::Right,
        57_419 => Key::Up,
        57_420 => Key::Down,
        57_421 => Key::PageUp,
        57_422 => Key::PageDown,
        57_423 => Key::Home,
        57_424 => Key::End,
        57_426 => Key::Delete,
        _ => return None,
    })
}

fn number(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn named(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        b'P'..=b'S' => Key::F(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(which: u32) -> Option<Key> {
    Some(match which {
        1 | 7 => Key::Home,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11..=15 => Key::F(u8::try_from(which - 10).ok()?),
        17..=21 => Key::F(u8::try_from(which - 11).ok()?),
        23..=26 => Key::F(u8::try_from(which - 12).ok()?),
        _ => return None,
    })
}
