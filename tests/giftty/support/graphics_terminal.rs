//! A terminal that shows pictures, as unkind as those that there are: which cell shows which part of
//! which picture.

use std::collections::HashMap;

use unicode_width::UnicodeWidthChar;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Blank,
    Letter(char),
    /// The second half of a wide letter.
    Half,
    /// Of which picture, and which of its cells.
    Part(u32, (u16, u16)),
}

/// Part of a picture: the cell in which it stands, the picture, and which of its cells it is.
pub(crate) type Part = ((u16, u16), u32, (u16, u16));

/// The first marks by which kitty counts rows and columns.
const MARKS: [char; 6] = ['\u{305}', '\u{30d}', '\u{30e}', '\u{310}', '\u{312}', '\u{33d}'];
const PLACEHOLDER: char = '\u{10eeee}';

/// The terminal.
pub(crate) struct GraphicsTerminal {
    columns: u16,
    rows: u16,
    pub(crate) cell: (u16, u16),
    at: (u16, u16),
    /// The rows between which others may be moved, where that is said.
    region: Option<(u16, u16)>,
    cells: Vec<Seen>,
    /// Pictures that were sent and not placed yet, by the colour that names them.
    sent: HashMap<u32, u32>,
    sending: (u32, String),
    colour: u32,
    /// How many pictures were sent so far.
    pub(crate) pictures: usize,
}

impl GraphicsTerminal {
    pub(crate) fn new(columns: u16, rows: u16, cell: (u16, u16)) -> Self {
        let cells = vec![Seen::Blank; usize::from(columns) * usize::from(rows)];
        let (sent, sending) = (HashMap::new(), (0, String::new()));
        let (at, region) = ((0, 0), None);
        Self { columns, rows, cell, at, region, cells, sent, sending, colour: 0, pictures: 0 }
    }

    /// Another size: what stood there is anybody's guess.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        (self.columns, self.rows) = (columns, rows);
        self.cells = vec![Seen::Letter('?'); usize::from(columns) * usize::from(rows)];
    }

    /// What is seen, a line for each row; parts of pictures as the end of the picture's name.
    pub(crate) fn text(&self) -> Vec<String> {
        let letter = |seen: &Seen| match seen {
            Seen::Blank => ' ',
            Seen::Letter(letter) => *letter,
            Seen::Half => '_',
            Seen::Part(name, _) => char::from_digit(name % 36, 36).unwrap_or('#'),
        };
        self.cells.chunks(usize::from(self.columns)).map(|row| row.iter().map(letter).collect()).collect()
    }

    /// Every part of a picture that is seen.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let place = |at: usize| {
            let at = u16::try_from(at).unwrap();
            (at % self.columns, at / self.columns)
        };
        let parts = self.cells.iter().enumerate().filter_map(|(at, seen)| match seen {
            Seen::Part(picture, part) => Some((place(at), *picture, *part)),
            Seen::Blank | Seen::Letter(_) | Seen::Half => None,
        });
        parts.collect()
    }

    /// The letters of a row from a column on.
    pub(crate) fn letters(&self, (x, y): (u16, u16), count: usize) -> String {
        self.text()[usize::from(y)].chars().skip(usize::from(x)).take(count).collect()
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        let mut rest = std::str::from_utf8(bytes).unwrap();
        while let Some(first) = rest.chars().next() {
            rest = if let Some(tail) = rest.strip_prefix("\x1b_G") {
                let (words, tail) = tail.split_once("\x1b\\").unwrap();
                self.kitty(words);
                tail
            } else if let Some(tail) = rest.strip_prefix("\x1b]1337;File=") {
                let (words, tail) = tail.split_once('\x07').unwrap();
                self.iterm2(words);
                tail
            } else if let Some(tail) = rest.strip_prefix("\x1bP") {
                let (words, tail) = tail.split_once("\x1b\\").unwrap();
                self.sixel(words);
                tail
            } else if let Some(tail) = rest.strip_prefix("\x1bM") {
                assert_eq!(self.region.map(|(top, _)| top), Some(self.at.1), "moves what is named only");
                self.shift(false);
                tail
            } else if let Some(tail) = rest.strip_prefix("\x1b[") {
                let end = tail.find(|letter: char| matches!(letter, '@'..='~')).unwrap();
                self.control(&tail[..end], tail.as_bytes()[end]);
                &tail[end + 1..]
            } else {
                let tail = &rest[first.len_utf8()..];
                let marks = tail.find(|mark: char| mark.width() != Some(0)).unwrap_or(tail.len());
                let marks = if first.is_control() { 0 } else { marks };
                self.letter(first, &tail[..marks]);
                &tail[marks..]
            };
        }
    }

    fn put(&mut self, (x, y): (u16, u16), seen: Seen) {
        if x >= self.columns || y >= self.rows {
            return;
        }
        let place = usize::from(y) * usize::from(self.columns) + usize::from(x);
        // Of a wide letter no half stays alone.
        if self.cells[place] == Seen::Half {
            self.cells[place - 1] = Seen::Blank;
        }
        if self.cells.get(place + 1) == Some(&Seen::Half) {
            self.cells[place + 1] = Seen::Blank;
        }
        self.cells[place] = seen;
    }

    fn letter(&mut self, letter: char, marks: &str) {
        let (x, y) = self.at;
        match letter {
            '\n' if self.region.is_some_and(|(_, bottom)| bottom == y) => self.shift(true),
            '\n' => self.at.1 += 1,
            '\r' => self.at.0 = 0,
            '\x08' => self.at.0 -= 1,
            PLACEHOLDER => {
                let mark = |place| marks.chars().nth(place).and_then(|c| MARKS.iter().position(|m| *m == c));
                let place = usize::from(y) * usize::from(self.columns) + usize::from(x);
                let left = place.checked_sub(1).map(|left| self.cells[left].clone());
                let part = match (mark(0), mark(1), left) {
                    (Some(row), Some(column), _) => {
                        (u16::try_from(column).unwrap(), u16::try_from(row).unwrap())
                    }
                    (_, _, Some(Seen::Part(_, (column, row)))) => (column + 1, row),
                    _ => unreachable!("a placeholder that belongs to nothing"),
                };
                // Of a picture that was never sent, or is forgotten, nothing is seen.
                let seen = self.sent.get(&self.colour).map_or(Seen::Blank, |name| Seen::Part(*name, part));
                self.put((x, y), seen);
                self.at.0 += 1;
            }
            _ => {
                assert!(!letter.is_control(), "{letter:?}");
                self.put((x, y), if letter == ' ' { Seen::Blank } else { Seen::Letter(letter) });
                self.at.0 += 1;
                if letter.width() == Some(2) {
                    self.put((x + 1, y), Seen::Blank);
                    let place = usize::from(y) * usize::from(self.columns) + usize::from(x) + 1;
                    self.cells[place] = Seen::Half;
                    self.at.0 += 1;
                }
            }
        }
        assert!(self.at.1 < self.rows, "the screen scrolls");
    }

    /// Moves the rows of the region by one; with pictures in them each terminal does as it likes.
    fn shift(&mut self, up: bool) {
        let (top, bottom) = self.region.unwrap();
        let columns = usize::from(self.columns);
        let rows = &mut self.cells[usize::from(top) * columns..(usize::from(bottom) + 1) * columns];
        assert!(!rows.iter().any(|seen| matches!(seen, Seen::Part(..))), "a picture is moved");
        let free = if up { rows.len() - columns..rows.len() } else { 0..columns };
        if up {
            rows.rotate_left(columns);
        } else {
            rows.rotate_right(columns);
        }
        rows[free].fill(Seen::Blank);
    }

    fn control(&mut self, words: &str, last: u8) {
        let number = |place: usize| words.split(';').nth(place).and_then(|word| word.parse::<u16>().ok());
        let count = number(0).unwrap_or(1);
        let (x, y) = self.at;
        match last {
            b'H' => self.at = (number(1).unwrap_or(1) - 1, count - 1),
            b'd' => self.at.1 = count - 1,
            b'r' => {
                self.region = number(1).map(|bottom| (count - 1, bottom - 1));
                self.at = (0, 0);
            }
            b'G' => self.at.0 = count - 1,
            b'C' => self.at.0 += count,
            b'A' => self.at.1 = y.saturating_sub(count),
            b'B' => self.at.1 = (y + count).min(self.rows - 1),
            b'K' => (x..self.columns).for_each(|x| self.put((x, y), Seen::Blank)),
            b'X' => (x..x + count).for_each(|x| self.put((x, y), Seen::Blank)),
            b'J' => {
                // Some forget with the screen every picture that they were sent.
                self.cells.fill(Seen::Blank);
                self.sent.clear();
            }
            b'm' => self.ink(words),
            b'h' | b'l' => {}
            other => unreachable!("{words}{}", char::from(other)),
        }
    }

    fn ink(&mut self, words: &str) {
        let numbers: Vec<u32> = words.split(';').map(|word| word.parse().unwrap_or(0)).collect();
        if let Some(at) = numbers.windows(2).position(|pair| pair == [38, 2]) {
            self.colour = numbers[at + 2] << 16 | numbers[at + 3] << 8 | numbers[at + 4];
        } else if numbers.iter().any(|number| [0, 39].contains(number) || (30..38).contains(number)) {
            self.colour = 0;
        }
    }

    fn kitty(&mut self, words: &str) {
        let (keys, payload) = words.split_once(';').unwrap();
        let value = |name: &str| {
            keys.split(',').find_map(|key| key.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
        };
        if value("a").as_deref() == Some("T") {
            assert_eq!(value("U").as_deref(), Some("1"), "placed by placeholders");
            assert_eq!(value("q").as_deref(), Some("2"), "no answer would be read");
            self.sending = (value("i").unwrap().parse::<u32>().unwrap() & 0xff_ffff, String::new());
        }
        self.sending.1 += payload;
        if value("m").as_deref() == Some("0") {
            self.sent.insert(self.sending.0, crc32fast::hash(self.sending.1.as_bytes()));
            self.pictures += 1;
        }
    }

    fn iterm2(&mut self, words: &str) {
        let (keys, payload) = words.split_once(':').unwrap();
        let value = |name: &str| {
            keys.split(';').find_map(|key| key.strip_prefix(name)?.strip_prefix('=')).unwrap().to_owned()
        };
        assert_eq!((value("inline").as_str(), value("doNotMoveCursor").as_str()), ("1", "1"));
        let size = (value("width").parse().unwrap(), value("height").parse().unwrap());
        self.paint(payload, size);
    }

    fn sixel(&mut self, words: &str) {
        let (_, raster) = words.split_once("q\"").unwrap();
        let numbers: Vec<u16> = raster
            .split(|letter: char| !letter.is_ascii_digit())
            .map_while(|number| number.parse().ok())
            .take(4)
            .collect();
        let size = (numbers[2].div_ceil(self.cell.0), numbers[3].div_ceil(self.cell.1));
        self.paint(words, size);
        // Somewhere below it: each terminal has its own opinion.
        self.at = (0, (self.at.1 + size.1).min(self.rows - 1));
    }

    fn paint(&mut self, payload: &str, (columns, rows): (u16, u16)) {
        let name = crc32fast::hash(payload.as_bytes());
        let (x, y) = self.at;
        for row in 0..rows {
            (0..columns).for_each(|column| self.put((x + column, y + row), Seen::Part(name, (column, row))));
        }
        self.pictures += 1;
    }
}
