//! Bytes from a terminal, told as what a person did.

use crate::input::{Input, Key, Press};

const ESC: u8 = 0x1b;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";
/// Ctrl-C, which alone in a read also ends a paste whose end was lost.
const INTERRUPT: u8 = 3;
/// The most of a paste that is kept; a field takes far less.
const LONGEST_PASTE: usize = 1 << 20;

/// Understands a stream of bytes, also when a sequence comes in pieces.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    /// How far `pending` was searched for the end of a paste.
    searched: usize,
    pasting: bool,
    /// Whether there was nothing more to read behind an Escape.
    alone: bool,
}

/// What stands at the beginning of some bytes.
enum Found {
    /// So many bytes that mean this, or nothing that giftty has a use for.
    Whole(usize, Option<Input>),
    /// The beginning of something.
    Part,
    /// A paste begins.
    Paste,
}

impl Decoder {
    /// Takes in what was read at once, and tells what it means.
    pub fn feed(&mut self, bytes: &[u8], mut tell: impl FnMut(Input)) {
        // What is pressed behind an Escape is no part of a sequence, unless it begins like one.
        let alone = std::mem::take(&mut self.alone);
        if alone && !matches!(bytes, [] | [b'[' | b'O', ..]) {
            self.end_escape(&mut tell);
        }
        if self.pasting && bytes == [INTERRUPT] {
            let text = std::mem::take(&mut self.pending);
            self.end_paste(&text, &mut tell);
        }
        self.pending.extend_from_slice(bytes);
        let mut from = 0;
        loop {
            if self.pasting {
                let Some(end) = self.paste_end(from) else { break };
                let text = self.pending.get(from..end).unwrap_or_default().to_vec();
                self.end_paste(&text, &mut tell);
                from = end + PASTE_ENDS.len();
                continue;
            }
            let rest = self.pending.get(from..).unwrap_or_default();
            match first(rest) {
                Found::Whole(length, input) => {
                    from += length;
                    input.into_iter().for_each(&mut tell);
                }
                Found::Paste => {
                    from += PASTE_BEGINS.len();
                    self.pasting = true;
                    self.searched = from;
                }
                Found::Part => break,
            }
        }
        self.pending.drain(..from);
        self.searched = self.searched.saturating_sub(from);
        if self.pending.len() > LONGEST_PASTE {
            // The end of the paste may be half there.
            let kept = self.pending.len() - PASTE_ENDS.len();
            self.pending.drain(LONGEST_PASTE.min(kept)..kept);
            self.searched = self.searched.min(LONGEST_PASTE.min(kept));
        }
    }

    /// No more is there for now; tells whether it takes a while to know what that means. An Escape that was
    /// pressed may be the first byte of a sequence whose rest is still on its way.
    pub fn pause(&mut self) -> bool {
        self.alone = !self.pasting && self.pending == [ESC];
        self.alone
    }

    /// Nothing came for that while: an Escape was pressed.
    pub fn settle(&mut self, mut tell: impl FnMut(Input)) {
        if std::mem::take(&mut self.alone) {
            self.end_escape(&mut tell);
        }
    }

    fn end_escape(&mut self, tell: &mut impl FnMut(Input)) {
        self.pending.clear();
        tell(plain(Key::Esc));
    }

    fn paste_end(&mut self, from: usize) -> Option<usize> {
        let begin = from.max(self.searched);
        let rest = self.pending.get(begin..)?;
        let found = rest.windows(PASTE_ENDS.len()).position(|window| window == PASTE_ENDS);
        if found.is_none() {
            self.searched = self.pending.len().saturating_sub(PASTE_ENDS.len()).max(from);
        }
        found.map(|place| begin + place)
    }

    fn end_paste(&mut self, text: &[u8], tell: &mut impl FnMut(Input)) {
        self.pasting = false;
        self.searched = 0;
        tell(Input::Paste(String::from_utf8_lossy(text).into_owned()));
    }
}

fn first(bytes: &[u8]) -> Found {
    match bytes {
        [] => Found::Part,
        [ESC, rest @ ..] => escaped(rest),
        [byte, ..] if byte.is_ascii() => Found::Whole(1, Some(Input::Press(simple(*byte)))),
        _ => letter(bytes),
    }
}

/// A byte that stands for a key by itself.
fn simple(byte: u8) -> Press {
    match byte {
        b'\r' => Press::plain(Key::Enter),
        b'\t' => Press::plain(Key::Tab),
        0x7f => Press::plain(Key::Backspace),
        0 => Press::ctrl(' '),
        1..=0x1a => Press::ctrl(char::from(byte - 1 + b'a')),
        ESC => Press::plain(Key::Esc),
        0x1c..=0x1f => Press::ctrl(char::from(byte - 0x1c + b'4')),
        _ => Press::plain(Key::Char(char::from(byte))),
    }
}

/// A letter beyond ASCII. What is no text is left out, byte by byte.
fn letter(bytes: &[u8]) -> Found {
    let most = bytes.get(..bytes.len().min(4)).unwrap_or_default();
    let valid = match std::str::from_utf8(most) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() == 0 && error.error_len().is_none() => return Found::Part,
        Err(error) => {
            let valid = most.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).unwrap_or_default()
        }
    };
    match valid.chars().next() {
        Some(letter) => {
            Found::Whole(letter.len_utf8(), (!letter.is_control()).then(|| plain(Key::Char(letter))))
        }
        None => Found::Whole(1, None),
    }
}

/// What follows an escape.
fn escaped(rest: &[u8]) -> Found {
    match rest {
        [] | [b'[' | b'O'] => Found::Part,
        [b'[', rest @ ..] => sequence(rest),
        [b'O', b'M', ..] => Found::Whole(3, Some(plain(Key::Enter))),
        // It was cut off by something else, which is read next.
        [b'O', last, ..] if last.is_ascii_control() => Found::Whole(2, None),
        [b'O', last, ..] => Found::Whole(3, named(*last).map(plain)),
        [ESC, ..] => Found::Whole(1, Some(plain(Key::Esc))),
        _ => match first(rest) {
            Found::Whole(length, Some(Input::Press(press))) => {
                Found::Whole(length + 1, Some(Input::Press(Press { alt: true, ..press })))
            }
            other => other,
        },
    }
}

/// A control sequence: numbers, then a letter that ends it.
fn sequence(rest: &[u8]) -> Found {
    // The console of Linux has a way of its own for F1 to F5.
    if let [b'[', function, ..] = rest {
        let number = function.wrapping_sub(b'A').wrapping_add(1);
        let press = (1..=5).contains(&number).then(|| plain(Key::F(number)));
        return Found::Whole(4, press);
    }
    if rest == b"[" {
        return Found::Part;
    }
    let Some(length) = rest.iter().position(|byte| !(0x20..0x40).contains(byte)) else {
        // Nothing that a terminal says is that long.
        return if rest.len() > 64 { Found::Whole(2 + rest.len(), None) } else { Found::Part };
    };
    let (numbers, last) = (rest.get(..length).unwrap_or_default(), rest.get(length).copied());
    match last {
        Some(b'~') if numbers == b"200" => Found::Paste,
        Some(last @ 0x40..=0x7e) => {
            let input = match numbers.split_first() {
                Some((b'<', place)) => pointed(place, last),
                _ => key(numbers, last).map(Input::Press),
            };
            Found::Whole(length + 3, input)
        }
        // It was cut off by something else, which is read next.
        _ => Found::Whole(length + 2, None),
    }
}

/// A mouse that was pressed, or whose wheel was turned, with whatever keys held.
fn pointed(place: &[u8], last: u8) -> Option<Input> {
    const HELD_KEYS: u16 = 0b1_1100;
    let mut numbers = place.split(|byte| *byte == b';').map(number);
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    match (button & !HELD_KEYS, last) {
        (0, b'M') => Some(Input::Click { column: column.checked_sub(1)?, row: row.checked_sub(1)? }),
        (64, b'M') => Some(Input::Wheel { up: true }),
        (65, b'M') => Some(Input::Wheel { up: false }),
        _ => None,
    }
}

fn plain(key: Key) -> Input {
    Input::Press(Press::plain(key))
}

fn key(numbers: &[u8], last: u8) -> Option<Press> {
    let mut numbers = numbers.split(|byte| *byte == b';').map(number);
    let (which, modifiers) = (numbers.next()?, numbers.next().flatten().unwrap_or(1));
    let key = match last {
        b'~' => numbered(which?)?,
        // With another number first it is the answer to a question that nobody asked.
        _ if which.is_some_and(|which| which != 1) => return None,
        b'Z' => Key::BackTab,
        _ => named(last)?,
    };
    let held = modifiers.saturating_sub(1);
    Some(Press { key, ctrl: held & 4 != 0, alt: held & 2 != 0 })
}

/// The digits before anything else.
fn number(text: &[u8]) -> Option<u16> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(text.get(..digits)?).ok()?.parse().ok()
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

fn numbered(which: u16) -> Option<Key> {
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

#[cfg(test)]
mod tests;
