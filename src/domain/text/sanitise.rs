//! The only sanitiser: decides which characters may appear on a line of a terminal.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark, is_public_assigned};

/// The maximum number of marks, joiners and modifiers in one cell.
const MOST_MARKS: usize = 8;

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';
/// Requests the emoji presentation of a pictograph.
const VS16: char = '\u{fe0f}';

/// Returns the printable part of a text on one line, at most `most` characters long (at least one).
pub(super) fn line(text: &str, most: usize) -> String {
    let mut line =
        LineBuffer { out: String::new(), length: 0, marks: 0, linked: false, gap: false, joiner: None };
    for c in text.chars() {
        line.take(c);
        if line.length > most {
            return cut(&line.out, most);
        }
    }
    line.out
}

/// Returns whether there is nothing to clean: printable ASCII without leading, trailing or repeated spaces.
///
/// Checks eight bytes at a time, since a catalogue has some ten thousand texts.
pub(super) fn is_plain(text: &str) -> bool {
    const HIGH: u64 = each(0x80);
    let (eights, rest) = text.as_bytes().as_chunks();
    let mut last = [b'!'; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let mut odd = 0;
    // The position before the text counts as a space, so that a leading space is found.
    let mut after = 0x80;
    for eight in eights.iter().chain([&last]) {
        let letters = u64::from_le_bytes(*eight);
        odd |= letters & HIGH;
        // For ASCII bytes these sums cannot carry over. With a non-ASCII byte, `odd` is already set.
        odd |= !letters.wrapping_add(each(0x80 - b' ')) & HIGH;
        odd |= letters.wrapping_add(each(0x80 - 0x7f)) & HIGH;
        let spaces = !(letters ^ each(b' ')).wrapping_add(each(0x7f)) & HIGH;
        odd |= spaces & ((spaces << 8) | after);
        after = spaces >> 56;
    }
    odd == 0 && !text.ends_with(' ')
}

/// Returns a word of eight copies of a byte.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Returns the first characters, followed by `…`.
fn cut(text: &str, most: usize) -> String {
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    // A joiner or a space is only useful before another character.
    let mut kept = kept.trim_end_matches([' ', ZWJ, ZWNJ]).to_owned();
    kept.push('…');
    kept
}

/// A line under construction.
struct LineBuffer {
    out: String,
    length: usize,
    /// The number of marks in the current cell.
    marks: usize,
    /// Whether the next base character joins the current cell (it follows a virama or a joiner).
    linked: bool,
    /// Whether there was white space since the last character.
    gap: bool,
    /// A joiner that waits for its right neighbour.
    joiner: Option<char>,
}

impl LineBuffer {
    fn take(&mut self, c: char) {
        if is_space(c) {
            self.gap = true;
            self.joiner = None;
        } else if c == ZWJ || c == ZWNJ {
            self.joiner = self.joiner.or(Some(c));
        } else if c == VS16 {
            self.take_presentation();
        } else if is_forbidden(c) {
            // Removed without a replacement: it takes up no column.
        } else if is_combining_mark(c) || (modifies(c) && self.has_base()) {
            self.take_mark(c);
        } else {
            self.take_base(c);
        }
    }

    fn has_base(&self) -> bool {
        !self.out.is_empty() && !self.gap
    }

    fn take_presentation(&mut self) {
        let after_pictograph = self.out.chars().next_back().is_some_and(is_pictograph);
        if self.has_base() && after_pictograph && self.joiner.is_none() && self.marks < MOST_MARKS {
            self.push(VS16);
            self.marks += 1;
        }
    }

    /// A mark without a base would be drawn on a neighbouring cell, so it is left out.
    fn take_mark(&mut self, c: char) {
        let joiner = self.due_joiner(c);
        if !self.has_base() || self.marks + 1 + usize::from(joiner.is_some()) > MOST_MARKS {
            return;
        }
        self.join(joiner);
        self.push(c);
        self.marks += 1;
        self.linked |= canonical_combining_class(c) == 9;
    }

    fn take_base(&mut self, c: char) {
        let joiner = self.due_joiner(c);
        self.join(joiner);
        if self.gap && !self.out.is_empty() {
            self.push(' ');
            self.linked = false;
        }
        self.gap = false;
        // Linked cells count as one; otherwise a chain of them would be unlimited.
        if !self.linked {
            self.marks = 0;
        }
        self.linked = false;
        self.push(c);
    }

    /// Returns the waiting joiner if it has an effect between its neighbours.
    fn due_joiner(&self, next: char) -> Option<char> {
        let joiner = self.joiner.filter(|_| self.has_base() && self.marks < MOST_MARKS)?;
        let last = self.out.chars().next_back()?;
        let pictographs = joiner == ZWJ
            && (is_pictograph(last) || last == VS16)
            && is_pictograph(next)
            && !is_skin_tone(next);
        (pictographs || (is_of_joining_script(last) && is_of_joining_script(next))).then_some(joiner)
    }

    fn join(&mut self, joiner: Option<char>) {
        if let Some(joiner) = joiner {
            self.push(joiner);
            self.marks += 1;
            self.linked = true;
        }
        self.joiner = None;
    }

    fn push(&mut self, c: char) {
        self.out.push(c);
        self.length += 1;
    }
}

/// Returns whether a character may be typed after a text.
pub(super) fn may_follow(before: &str, c: char) -> bool {
    let joins = |c: char| matches!(c, ZWJ | ZWNJ | VS16);
    let adds = |c: char| joins(c) || is_combining_mark(c);
    if adds(c) {
        let marks = before.chars().rev().take_while(|c| adds(*c)).count();
        let base = before.chars().rev().nth(marks);
        // ASCII letters take accents, but no invisible characters.
        let fits = if joins(c) { base.is_some_and(|base| !base.is_ascii()) } else { !is_forbidden(c) };
        return fits && base.is_some() && marks < MOST_MARKS;
    }
    c == ' ' || (!is_space(c) && !is_forbidden(c))
}

/// Returns whether a character is white space of any kind or the empty Braille cell, which looks like it.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// Returns whether a character controls the terminal, misleads the reader or is invisible or unassigned.
pub(super) fn is_forbidden(c: char) -> bool {
    match c {
        ' '..='~' => false,
        // Soft hyphen, grapheme joiner, Arabic number and letter signs that extend over others.
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}' | '\u{891}' | '\u{8e2}'
        // Hangul fillers, invisible Khmer vowels, Mongolian selectors.
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        // Zero width, directions, invisible operators. The two joiners are handled earlier.
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // Variation selectors (the sixteenth is handled earlier), byte order mark, annotations.
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffc}'
        // Format controls of scripts and of musical notation.
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        // Tags and the supplement of variation selectors.
        | '\u{e0000}'..='\u{e0fff}' => true,
        // Control characters, private use, noncharacters and unassigned code points.
        _ => c.is_control() || !is_public_assigned(c),
    }
}

/// Returns whether a character is drawn into the previous cell although its category is not a mark.
fn modifies(c: char) -> bool {
    is_skin_tone(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Returns whether a character is in a block of pictographs. Approximate: enough to decide whether a joiner
/// or a presentation selector matters.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{24c2}' | '\u{25a0}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Returns whether a character belongs to a script in which joiners change the adjacent letters: Arabic and
/// related scripts, the Indic ones, Myanmar, Khmer and Mongolian.
fn is_of_joining_script(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

#[cfg(test)]
mod tests;
