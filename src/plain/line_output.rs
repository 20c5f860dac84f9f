//! The output of plain mode: whole lines, only ever appended, without control characters.

use std::io::{self, Write};

use crate::qr::Qr;

/// Prints texts line by line.
#[derive(Debug)]
pub(super) struct LineOutput<W> {
    out: W,
}

impl<W: Write> LineOutput<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out }
    }

    /// Prints sentences, in punctuation that every screen reader reads.
    pub(super) fn say(&mut self, text: &str) -> io::Result<()> {
        self.write(&spoken(text))
    }

    /// Prints text that must not change: an address, a link, a code.
    pub(super) fn exactly(&mut self, text: &str) -> io::Result<()> {
        let clean: String = text.chars().filter(|letter| !letter.is_control()).collect();
        self.write(&clean)
    }

    /// Draws a QR code. Light modules are drawn, since screens are dark; `inverted` draws the dark ones.
    pub(super) fn draw(&mut self, code: &Qr, inverted: bool) -> io::Result<()> {
        let drawn = |x, y| code.is_dark(x, y) == inverted;
        for y in (0..code.full_width()).step_by(2) {
            let half = |x| match (drawn(x, y), drawn(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            };
            self.write(&(0..code.full_width()).map(half).collect::<String>())?;
        }
        Ok(())
    }

    fn write(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")?;
        self.out.flush()
    }
}

/// Returns the text as it is printed: plain punctuation, and no controls.
fn spoken(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '…' => said.push_str("..."),
            '–' | '—' | '−' => said.push('-'),
            '“' | '”' => said.push('"'),
            '‘' | '’' => said.push('\''),
            '×' => said.push('x'),
            '·' | '•' => said.push('*'),
            '\u{a0}' => said.push(' '),
            letter if letter.is_control() => {}
            letter => said.push(letter),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_is_plain_and_controls_are_gone() {
        assert_eq!(spoken("$50 – $500… “2 × 3” \u{1b}[2J\r\n"), "$50 - $500... \"2 x 3\" [2J");
        assert_eq!(spoken("Café 한국"), "Café 한국");
    }

    #[test]
    fn a_code_is_drawn_with_its_quiet_zone() {
        let code = Qr::encode("x").unwrap();
        let mut voice = LineOutput::new(Vec::new());
        voice.draw(&code, false).unwrap();
        let drawn = String::from_utf8(voice.out).unwrap();
        let rows: Vec<&str> = drawn.lines().collect();
        assert_eq!(rows.len(), code.full_width().div_ceil(2));
        assert!(rows.iter().all(|row| row.chars().count() == code.full_width()));
        assert!(rows[0].chars().all(|cell| cell == '█'), "the quiet zone is light");
    }
}
