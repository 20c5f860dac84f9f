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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(reads: &[&[u8]]) -> Vec<Input> {
        let mut decoder = Decoder::default();
        let mut told = Vec::new();
        for read in reads {
            decoder.feed(read, |input| told.push(input));
            if decoder.pause() {
                decoder.settle(|input| told.push(input));
            }
        }
        told
    }

    /// What is told of reads that come so soon after each other that nobody gives up waiting.
    fn told_soon(reads: &[&[u8]]) -> Vec<Input> {
        let mut decoder = Decoder::default();
        let mut told = Vec::new();
        for read in reads {
            decoder.feed(read, |input| told.push(input));
            decoder.pause();
        }
        told
    }

    fn keys(bytes: &[u8]) -> Vec<Key> {
        let key = |input| match input {
            Input::Press(press) => press.key,
            other => panic!("{other:?} is no key"),
        };
        told(&[bytes]).into_iter().map(key).collect()
    }

    #[test]
    fn keys_are_understood_in_the_ways_that_terminals_send_them() {
        use Key::{
            BackTab, Backspace, Delete, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right,
        };
        assert_eq!(keys(b"\r\t\x7f\x1b[Z"), [Enter, Key::Tab, Backspace, BackTab]);
        assert_eq!(keys(b"\x1b[A\x1bOB\x1b[C\x1bOD"), [Key::Up, Down, Right, Left]);
        assert_eq!(keys(b"\x1b[H\x1b[1~\x1b[7~\x1bOH\x1b[F\x1b[4~"), [Home, Home, Home, Home, End, End]);
        assert_eq!(keys(b"\x1b[3~\x1b[5~\x1b[6~"), [Delete, PageUp, PageDown]);
        assert_eq!(keys(b"\x1bOP\x1b[11~\x1b[[A\x1b[15~\x1b[24~"), [F(1), F(1), F(1), F(5), F(12)]);
        assert_eq!(keys("é日👩".as_bytes()), [Key::Char('é'), Key::Char('日'), Key::Char('👩')]);
        assert_eq!(keys(b"\x1b\x1b"), [Esc, Esc]);
    }

    #[test]
    fn modifiers_are_understood() {
        assert_eq!(told(&[b"\x03"]), [Input::Press(Press::ctrl('c'))]);
        let held = |key, ctrl, alt| Input::Press(Press { key, ctrl, alt });
        assert_eq!(told(&[b"\x1b[1;5C"]), [held(Key::Right, true, false)]);
        assert_eq!(told(&[b"\x1b[3;3~"]), [held(Key::Delete, false, true)]);
        assert_eq!(told(&["\u{1b}é".as_bytes()]), [held(Key::Char('é'), false, true)]);
    }

    #[test]
    fn a_sequence_that_a_burst_cuts_is_no_escape() {
        let (mut decoder, mut told) = (Decoder::default(), Vec::new());
        for read in [&b"\x1b[A\x1b"[..], b"[B\x1b"] {
            decoder.feed(read, |input| told.push(input));
        }
        assert!(decoder.pause());
        decoder.settle(|input| told.push(input));
        assert_eq!(told, [Key::Up, Key::Down, Key::Esc].map(|key| Input::Press(Press::plain(key))));
    }

    #[test]
    fn a_sequence_that_comes_in_two_packets_is_no_escape() {
        let down = [Input::Press(Press::plain(Key::Down))];
        for packets in [[&b"\x1b"[..], b"[B"], [b"\x1b[", b"B"], [b"\x1b", b"OB"], [b"\x1bO", b"B"]] {
            assert_eq!(told_soon(&packets), down, "{packets:?}");
        }
        assert_eq!(told_soon(&[b"\x1b", b"[", b"3", b"~"]), told(&[b"\x1b[3~"]));
        assert_eq!(told_soon(&[b"\x1b", b"[200~x\x1b", b"[201~"]), [Input::Paste("x".to_owned())]);
    }

    #[test]
    fn an_escape_alone_waits_only_until_something_else_is_pressed() {
        let press = |key| Input::Press(Press::plain(key));
        assert_eq!(told_soon(&[b"\x1b"]), []);
        assert_eq!(told_soon(&[b"\x1b", b"q"]), [press(Key::Esc), press(Key::Char('q'))]);
        assert_eq!(told_soon(&[b"\x1b", b"\x03"]), [press(Key::Esc), Input::Press(Press::ctrl('c'))]);
        assert_eq!(told_soon(&[b"\x1b", b"\x1b", b"[B"]), [press(Key::Esc), press(Key::Down)]);
        assert_eq!(told(&[b"\x1b", b"[B"]), [press(Key::Esc), press(Key::Char('[')), press(Key::Char('B'))]);
    }

    #[test]
    fn nothing_is_waited_for_where_no_escape_stands_alone() {
        for read in [&b""[..], b"x", b"\x1b[A", b"\x1b[", b"\x1b[200~\x1b"] {
            let mut decoder = Decoder::default();
            decoder.feed(read, |_| {});
            assert!(!decoder.pause(), "{read:?}");
        }
    }

    #[test]
    fn ctrl_c_comes_through_behind_the_beginning_of_a_sequence() {
        for read in [b"\x1b[\x03", b"\x1bO\x03"] {
            assert_eq!(told(&[read]), [Input::Press(Press::ctrl('c'))]);
        }
    }

    #[test]
    fn the_mouse_is_told_by_cells() {
        let click = |column, row| Input::Click { column, row };
        assert_eq!(told(&[b"\x1b[<0;1;1M\x1b[<0;1;1m\x1b[<8;300;24M"]), [click(0, 0), click(299, 23)]);
        assert_eq!(
            told(&[b"\x1b[<64;3;", b"4M\x1b[<69;3;4M\x1b[<32;3;4M"]),
            [Input::Wheel { up: true }, Input::Wheel { up: false }]
        );
    }

    #[test]
    fn what_nobody_asked_for_types_nothing() {
        assert_eq!(told(&[b"\x1b[12;40R\x1b[?62;c\x1b[I\x1b[200;5u\x1b[<2;1;1Mx"]), told(&[b"x"]));
        assert_eq!(told(&[b"\xff\xc3x"]), told(&[b"x"]));
    }

    #[test]
    fn a_paste_is_text_whatever_it_holds() {
        let told = told(&[b"a\x1b[200~one\r\x1b[A", b"two\x1b[20", b"1~b"]);
        let letter = |letter| Input::Press(Press::plain(Key::Char(letter)));
        assert_eq!(told, [letter('a'), Input::Paste("one\r\u{1b}[Atwo".to_owned()), letter('b')]);
    }

    #[test]
    fn a_paste_without_an_end_holds_up_nobody() {
        let told = told(&[b"\x1b[200~lost", b"\x03"]);
        assert_eq!(told, [Input::Paste("lost".to_owned()), Input::Press(Press::ctrl('c'))]);
    }

    #[test]
    fn a_flood_of_paste_is_bounded_and_ends() {
        let mut decoder = Decoder::default();
        let mut pasted = Vec::new();
        decoder.feed(PASTE_BEGINS, |input| pasted.push(input));
        for _ in 0..400 {
            decoder.feed(&[b'x'; 8_192], |input| pasted.push(input));
            assert!(decoder.pending.len() <= LONGEST_PASTE + PASTE_ENDS.len());
        }
        decoder.feed(PASTE_ENDS, |input| pasted.push(input));
        assert!(matches!(&pasted[..], [Input::Paste(text)] if text.len() >= LONGEST_PASTE));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_bytes_are_too_odd(reads in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..20), 1..8)) {
            let reads: Vec<&[u8]> = reads.iter().map(Vec::as_slice).collect();
            told(&reads);
        }

        #[test]
        fn letters_come_through_wherever_a_read_ends(text in "[a-zé日👩]{1,20}", cut in 0_usize..60) {
            let bytes = text.as_bytes();
            let (one, two) = bytes.split_at(cut.min(bytes.len()));
            prop_assert_eq!(told(&[one, two]), told(&[bytes]));
            prop_assert_eq!(told(&[bytes]).len(), text.chars().count());
        }
    }
}
