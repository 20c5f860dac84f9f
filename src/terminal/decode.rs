//! Decodes the bytes that a terminal sends into [`Input`].
//!
//! A terminal sends more than keys: answers to questions that another program asked, mouse reports of a
//! mode that was left on, focus reports. Each of these is recognised to its end and dropped, so that none
//! of its bytes is taken for a key. The decoder is a state machine over single bytes; where a read ends
//! changes nothing but [`Arrival`].

mod doubt;
mod keys;
mod state;

use std::time::Duration;

use doubt::Doubt;
use state::State;

use crate::input::{Arrival, Input, Key, Press};

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const CANCEL: u8 = 0x18;
const SUBSTITUTE: u8 = 0x1a;
/// Ctrl-C. Alone in a read it also ends a sequence or a paste whose end was lost.
const INTERRUPT: u8 = 3;
const PASTE_END: &[u8] = b"\x1b[201~";
/// Bytes that turn an Escape before them into a sequence or the end of one.
const INTRODUCERS: &[u8] = b"[OP]_^X\\";

/// How long the rest of a key may take after its first byte, as over a slow line.
const KEY_TIME: Duration = Duration::from_millis(50);
/// How long a string, a paste or another long sequence may pause before it is abandoned.
const LONG_TIME: Duration = Duration::from_secs(1);
/// A sequence longer than this ends at the first pause of [`KEY_TIME`].
const LONGEST_SEQUENCE: usize = 4096;
/// The maximum number of bytes kept of a paste; a field takes far fewer.
const LONGEST_PASTE: usize = 1 << 20;
/// The minimum silence before a key press that counts as a person's.
const SILENCE: Duration = Duration::from_millis(50);
/// The longest pause between two repeats of a key that is held, as a keyboard or a console sends them.
const REPEAT_TIME: Duration = Duration::from_millis(250);

/// Decodes a stream of bytes, also when a sequence is split over reads.
///
/// Times are counted from any fixed point; the caller passes the time of each read.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    /// The bytes of what is being read, without its introducer.
    pending: Vec<u8>,
    /// The number of bytes read of the sequence, including those that are not kept.
    length: usize,
    /// Whether Alt was held: an Escape came before the bytes.
    alt: bool,
    /// When the last byte arrived.
    last: Option<Duration>,
    /// Whether the current key or sequence started a read, after enough silence.
    began_in_silence: bool,
    doubt: Doubt,
    /// When the current read returned.
    now: Duration,
    /// The last key press, and when it arrived.
    pressed: Option<(Press, Duration)>,
}

/// What a byte leads to.
enum Progress {
    More,
    /// The sequence ends with this byte, and means this.
    Done(Option<Input>),
    /// The sequence was cut off; the byte begins something new.
    Cut,
}

impl Decoder {
    /// Decodes what one read returned at the time `now`.
    pub fn feed(&mut self, bytes: &[u8], now: Duration, mut report: impl FnMut(Input)) {
        // A byte that begins no sequence and arrives by itself was pressed after the Escape.
        let after_escape = self.state == State::Escape
            && bytes.first().is_some_and(|first| *first != ESC && !INTRODUCERS.contains(first));
        if after_escape || (!bytes.is_empty() && bytes.iter().all(|byte| *byte == INTERRUPT)) {
            self.give_up(&mut report);
        }
        self.now = now;
        let gap = self.last.map(|last| now.saturating_sub(last));
        for (index, byte) in bytes.iter().enumerate() {
            if self.state == State::Ground {
                self.begin(*byte, if index == 0 { gap } else { Some(Duration::ZERO) });
            }
            let is_last = index + 1 == bytes.len();
            while let Progress::Cut = self.advance(*byte, is_last, &mut report) {
                self.begin(*byte, Some(Duration::ZERO));
            }
        }
        if !bytes.is_empty() {
            self.last = Some(now);
        }
    }

    /// Returns when to call [`Self::flush`] unless more comes before, or `None` between sequences.
    pub fn deadline(&self) -> Option<Duration> {
        let patience = match self.state {
            State::Ground => return None,
            State::Escape => KEY_TIME,
            State::Csi | State::Ss3 | State::Text(_) if self.length == 0 => KEY_TIME,
            State::Csi | State::Ss3 | State::Text(_) if self.length > LONGEST_SEQUENCE => KEY_TIME,
            _ => LONG_TIME,
        };
        Some(self.last.unwrap_or_default().saturating_add(patience))
    }

    /// Ends the current sequence because nothing more arrived in time.
    pub fn flush(&mut self, mut report: impl FnMut(Input)) {
        let doubt = match self.state {
            State::Ground | State::Utf8 => self.doubt,
            State::Escape => Doubt::AfterEscape,
            _ => Doubt::AfterSequence,
        };
        self.give_up(&mut report);
        self.doubt = doubt;
    }

    /// Ends the current sequence, and reports it if it was a key or a paste.
    fn give_up(&mut self, report: &mut impl FnMut(Input)) {
        let alt = |letter: u8| Press { alt: true, ..Press::plain(Key::Char(char::from(letter))) };
        let input = match self.state {
            State::Escape | State::TextEscape(_) => Some(self.press(Press::plain(Key::Esc), false)),
            State::Csi if self.length == 0 => Some(self.press(alt(b'['), false)),
            State::Ss3 if self.length == 0 => Some(self.press(alt(b'O'), false)),
            State::Text(introducer) if self.length == 0 => Some(self.press(alt(introducer), false)),
            State::Paste => Some(self.pasted()),
            _ => None,
        };
        self.end();
        input.into_iter().for_each(report);
    }

    /// Records how the first byte of a key or sequence arrived, `gap` after the previous byte.
    fn begin(&mut self, byte: u8, gap: Option<Duration>) {
        let waited = |least| gap.is_none_or(|gap| gap >= least);
        self.began_in_silence = waited(SILENCE);
        self.doubt = self.doubt.at(byte, waited(LONG_TIME));
    }

    fn end(&mut self) {
        self.enter(State::Ground);
        self.alt = false;
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.pending.clear();
        self.length = 0;
    }

    fn advance(&mut self, byte: u8, is_last: bool, report: &mut impl FnMut(Input)) -> Progress {
        let before = self.state;
        let step = match self.state {
            State::Ground => self.ground(byte),
            State::Utf8 => self.utf8(byte),
            State::Escape => self.escape(byte, report),
            State::Csi => self.csi(byte),
            State::Console if byte < 0x20 => Progress::Cut,
            State::Console => Progress::Done(keys::console(byte).map(|press| self.press(press, false))),
            State::Ss3 => self.ss3(byte),
            State::Mouse => self.mouse(byte),
            State::Text(introducer) => self.text(introducer, byte),
            State::TextEscape(_) => Self::text_escape(byte),
            State::Paste => self.paste(byte),
        };
        match step {
            Progress::Done(input) => {
                let input = match input {
                    Some(Input::Press(press, _)) if !is_last => Some(Input::Press(press, Arrival::Crowded)),
                    other => other,
                };
                self.end();
                input.into_iter().for_each(report);
                Progress::More
            }
            Progress::Cut => {
                self.end();
                // What follows may be the rest of what was cut off, except that an Escape begins anew.
                if !matches!(before, State::Ground | State::Escape | State::Utf8) && byte != ESC {
                    self.doubt = Doubt::UntilPause;
                }
                if matches!(before, State::TextEscape(_)) {
                    // The Escape did not end the string, so it begins a sequence.
                    self.enter(State::Escape);
                }
                Progress::Cut
            }
            Progress::More => Progress::More,
        }
    }

    fn ground(&mut self, byte: u8) -> Progress {
        match byte {
            ESC => self.enter(State::Escape),
            0..=0x7f => return Progress::Done(Some(self.press(keys::single(byte), false))),
            0x80..=0x9f => return self.control_of_8_bits(byte),
            0xc2..=0xf4 => {
                self.enter(State::Utf8);
                self.pending.push(byte);
            }
            // No character begins with these.
            _ => return Progress::Done(None),
        }
        Progress::More
    }

    /// Handles a C1 control, which is an Escape and a letter in one byte.
    fn control_of_8_bits(&mut self, byte: u8) -> Progress {
        if !self.introduce(byte - 0x40) {
            return Progress::Done(None);
        }
        // Nobody types this byte, so it is never a key with Alt.
        self.length = 1;
        Progress::More
    }

    /// Begins the sequence that an Escape and this letter introduce, if any. Returns whether there is one.
    fn introduce(&mut self, letter: u8) -> bool {
        self.enter(match letter {
            b'[' => State::Csi,
            b'O' => State::Ss3,
            b'P' | b']' | b'_' | b'^' | b'X' => State::Text(letter),
            _ => return false,
        });
        true
    }

    fn utf8(&mut self, byte: u8) -> Progress {
        if !(0x80..=0xbf).contains(&byte) {
            return Progress::Cut;
        }
        self.pending.push(byte);
        if self.pending.len() < self.pending.first().map_or(0, |first| keys::utf8_length(*first)) {
            return Progress::More;
        }
        let letter = std::str::from_utf8(&self.pending).ok().and_then(|text| text.chars().next());
        match letter {
            Some(letter @ '\u{80}'..='\u{9f}') => {
                self.control_of_8_bits(u8::try_from(u32::from(letter)).unwrap_or_default())
            }
            Some(letter) => {
                let press = Press { alt: self.alt, ..Press::plain(Key::Char(letter)) };
                Progress::Done(Some(self.press(press, false)))
            }
            None => Progress::Done(None),
        }
    }

    fn escape(&mut self, byte: u8, report: &mut impl FnMut(Input)) -> Progress {
        if self.introduce(byte) {
            return Progress::More;
        }
        match byte {
            // The end of a string that was abandoned.
            b'\\' => return Progress::Done(None),
            ESC => report(Input::Press(Press::plain(Key::Esc), Arrival::Crowded)),
            0..=0x7f => {
                let press = Press { alt: true, ..keys::single(byte) };
                return Progress::Done(Some(self.press(press, false)));
            }
            0xc2..=0xf4 => {
                self.enter(State::Utf8);
                self.alt = true;
                self.pending.push(byte);
            }
            _ => return Progress::Cut,
        }
        Progress::More
    }

    fn csi(&mut self, byte: u8) -> Progress {
        match byte {
            0x20..=0x3f => self.keep(byte),
            b'[' if self.pending.is_empty() => self.enter(State::Console),
            b'M' if self.pending.is_empty() => self.enter(State::Mouse),
            b'~' if self.pending == b"200" => self.enter(State::Paste),
            0x40..=0x7e => {
                return {
                    let meaning = keys::control_sequence(&self.pending, byte);
                    Progress::Done(self.meaning(meaning))
                };
            }
            _ => return Progress::Cut,
        }
        Progress::More
    }

    fn ss3(&mut self, byte: u8) -> Progress {
        match byte {
            b'0'..=b'9' | b';' => self.keep(byte),
            0x20..=0x7e => return Progress::Done(self.meaning(keys::single_shift(&self.pending, byte))),
            _ => return Progress::Cut,
        }
        Progress::More
    }

    fn mouse(&mut self, byte: u8) -> Progress {
        // Terminals send a byte of any value, such as NUL, for a cell that is out of range.
        if byte == ESC {
            return Progress::Cut;
        }
        self.keep(byte);
        match keys::x10_numbers(&self.pending) {
            Some(numbers) => Progress::Done(self.meaning(keys::x10_report(numbers))),
            None => Progress::More,
        }
    }

    fn text(&mut self, introducer: u8, byte: u8) -> Progress {
        // The bytes of a UTF-8 character are not controls.
        let within = match self.pending.first() {
            Some(first) => self.pending.len() < keys::utf8_length(*first) && (0x80..=0xbf).contains(&byte),
            None => false,
        };
        let ends = match byte {
            0x9c => !within || self.pending == [0xc2],
            BEL => introducer == b']',
            CANCEL | SUBSTITUTE => true,
            _ => false,
        };
        if ends {
            return Progress::Done(None);
        }
        self.length += 1;
        if byte == ESC {
            self.state = State::TextEscape(introducer);
        } else if within {
            self.pending.push(byte);
        } else {
            self.pending.clear();
            self.pending.extend((0xc2..=0xf4).contains(&byte).then_some(byte));
        }
        Progress::More
    }

    fn text_escape(byte: u8) -> Progress {
        match byte {
            b'\\' => Progress::Done(None),
            ESC => Progress::More,
            _ => Progress::Cut,
        }
    }

    fn paste(&mut self, byte: u8) -> Progress {
        if self.pending.len() >= LONGEST_PASTE + PASTE_END.len() {
            // The last bytes are kept, since they may be the end.
            self.pending.remove(LONGEST_PASTE);
        }
        self.pending.push(byte);
        if !self.pending.ends_with(PASTE_END) {
            return Progress::More;
        }
        self.pending.truncate(self.pending.len() - PASTE_END.len());
        Progress::Done(Some(self.pasted()))
    }

    fn pasted(&self) -> Input {
        Input::Paste(String::from_utf8_lossy(&self.pending).into_owned())
    }

    /// Keeps a byte of a sequence, up to the length of any sequence with a meaning.
    fn keep(&mut self, byte: u8) {
        self.length += 1;
        if self.pending.len() <= keys::LONGEST {
            self.pending.push(byte);
        }
    }

    fn meaning(&mut self, meaning: Option<keys::Meaning>) -> Option<Input> {
        match meaning? {
            keys::Meaning::Key { press, is_repeat } => Some(self.press(press, is_repeat)),
            keys::Meaning::Pointer(input) => Some(input),
        }
    }

    /// Returns the input for a key press whose last byte has just arrived.
    ///
    /// The same key again so soon is a key that is held, wherever the terminal does not say so.
    fn press(&mut self, press: Press, is_repeat: bool) -> Input {
        let before = self.pressed.replace((press, self.now));
        let is_held = before.is_some_and(|(last, then)| last == press && self.now < then + REPEAT_TIME);
        let arrival = if is_repeat || is_held {
            Arrival::Repeated
        } else if self.began_in_silence && self.doubt != Doubt::UntilPause {
            Arrival::Lone
        } else {
            Arrival::Crowded
        };
        Input::Press(press, arrival)
    }
}

#[cfg(test)]
mod tests;
