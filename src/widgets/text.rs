//! Text in cells: measured by display width, cut with `…`, wrapped at words.

use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::display_safe::display_safe;
use super::frame::Frame;
use crate::layout::{from_left, from_right};

/// A piece of text and its style.
pub type Run<'a> = (&'a str, Style);

/// Converts a count to a number of columns or rows, saturating.
pub fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Returns whether every character of a text takes one column and combines with no other: ASCII, Latin, and the
/// symbols of the program. Most texts are such, and finding graphemes is most of the work of a frame.
fn is_plain(text: &str) -> bool {
    let is_plain = |letter| {
        matches!(letter, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{2500}'..='\u{257f}'
            | '–' | '—' | '’' | '“' | '”' | '•' | '…' | '↵' | '⇥' | '←' | '↑' | '→' | '↓' | '⌫' | '≈' | '▲' | '▸'
            | '▾' | '○' | '◌' | '●' | '◐' | '★' | '✓' | '✗' | '❯')
    };
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || text.chars().all(is_plain)
}

/// Returns the graphemes of a text as they are drawn: the offset, the text and the width of each.
fn letters(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let plain = is_plain(text);
    let slice = |(at, letter): (usize, char)| text.get(at..at + letter.len_utf8()).unwrap_or_default();
    let narrow = plain.then(|| text.char_indices().map(move |letter| (letter.0, slice(letter), 1)));
    let others = || text.grapheme_indices(true).map(|(at, letter)| (at, letter, letter.width()));
    let others = (!plain).then(others);
    narrow.into_iter().flatten().chain(others.into_iter().flatten())
}

/// Returns the width of a text in columns.
pub fn width(text: &str) -> u16 {
    if is_plain(text) {
        return cells(text.chars().count());
    }
    cells(letters(text).map(|(_, _, wide)| wide).sum())
}

/// Returns the start of a text that fits into `columns`, and whether a `…` has to follow it.
pub fn fit(text: &str, columns: u16) -> (&str, bool) {
    let columns = usize::from(columns);
    if text.len() <= columns && is_plain(text) {
        return (text, false);
    }
    let (mut used, mut end) = (0, 0);
    for (at, letter, wide) in letters(text) {
        used += wide;
        if used > columns {
            return (text.get(..end).unwrap_or_default(), true);
        }
        if used < columns {
            end = at + letter.len();
        }
    }
    (text, false)
}

/// Wraps a text at words; only a word longer than a line is broken.
pub fn wrap(text: &str, columns: u16) -> Vec<&str> {
    let columns = usize::from(columns);
    let mut lines = Vec::new();
    if columns == 0 {
        return lines;
    }
    let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default().trim_end();
    let (mut start, mut used) = (0, 0);
    let mut space: Option<(usize, usize)> = None;
    for (at, letter, wide) in letters(text) {
        if used + wide > columns && at > start {
            if letter == " " {
                lines.push(slice(start, at));
                (start, used, space) = (at + 1, 0, None);
                continue;
            }
            if let Some((place, before)) = space.take() {
                lines.push(slice(start, place));
                (start, used) = (place + 1, used - before - 1);
            }
            // No space to break at, or one too near: then the word itself is broken.
            if used + wide > columns && at > start {
                lines.push(slice(start, at));
                (start, used) = (at, 0);
            }
        }
        if letter == " " {
            space = Some((at, used));
        }
        used += wide;
    }
    lines.push(slice(start, text.len()));
    lines
}

/// Writes a text into the first row of an area, cut with `…`. Returns its width in columns.
pub fn put(frame: &mut Frame<'_>, area: Rect, text: &str, style: Style) -> u16 {
    let area = area.intersection(frame.area());
    if area.is_empty() {
        return 0;
    }
    let (kept, cut) = fit(text, area.width);
    let buffer = frame.buffer_mut();
    let end = if is_plain(kept) {
        let places = area.x..area.right();
        let mut end = area.x;
        for (x, letter) in places.zip(kept.chars()) {
            if let Some(cell) = buffer.cell_mut((x, area.y)) {
                cell.set_char(letter).set_style(style);
            }
            end = x.saturating_add(1);
        }
        end
    } else {
        buffer.set_stringn(area.x, area.y, display_safe(kept), usize::from(area.width), style).0
    };
    if cut && end < area.right() {
        buffer.set_stringn(end, area.y, "…", 1, style);
    }
    end.saturating_sub(area.x).saturating_add(u16::from(cut))
}

/// Writes runs one after the other into the first row of an area. Returns their width in columns.
pub fn put_runs(frame: &mut Frame<'_>, area: Rect, runs: &[Run<'_>]) -> u16 {
    let mut rest = area;
    for (text, style) in runs {
        let used = put(frame, rest, text, *style);
        rest = from_left(rest, used).1;
    }
    area.width.saturating_sub(rest.width)
}

/// Writes runs aligned to the right edge of an area. Returns their width in columns.
pub fn put_right(frame: &mut Frame<'_>, area: Rect, runs: &[Run<'_>]) -> u16 {
    let wanted = runs.iter().map(|(text, _)| width(text)).fold(0, u16::saturating_add);
    put_runs(frame, from_right(area, wanted).1, runs)
}

/// Writes a text with some of its characters marked, given by their indexes.
pub fn put_marked(
    frame: &mut Frame<'_>,
    area: Rect,
    text: &str,
    style: Style,
    marks: &[u32],
    matched: Style,
) -> u16 {
    let used = put(frame, area, text, style);
    if marks.is_empty() {
        return used;
    }
    let area = area.intersection(frame.area());
    let (kept, _) = fit(text, area.width);
    let mut column = area.x;
    let mut place: u32 = 0;
    for (_, letter, wide) in letters(kept) {
        let wide = cells(wide);
        let after = place.saturating_add(u32::try_from(letter.chars().count()).unwrap_or(u32::MAX));
        if marks.iter().any(|mark| (place..after).contains(mark)) {
            let cell = Rect { x: column, width: wide, height: 1, ..area };
            frame.buffer_mut().set_style(cell.intersection(area), matched);
        }
        column = column.saturating_add(wide);
        place = after;
    }
    used
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wide_letters_are_never_cut_in_half() {
        assert_eq!(fit("日本語", 6), ("日本語", false));
        assert_eq!(fit("日本語", 5), ("日本", true));
        assert_eq!(fit("日本語", 4), ("日", true));
        assert_eq!(fit("Airbnb", 4), ("Air", true));
        assert_eq!(fit("Airbnb", 0), ("", true));
    }

    #[test]
    fn lines_break_at_words_and_long_words_break_at_the_edge() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_fits_is_never_wider(text in "\\PC{0,40}", columns in 0_u16..30) {
            let (kept, cut) = fit(&text, columns);
            prop_assert!(width(kept) + u16::from(cut) <= columns.max(u16::from(cut)));
        }

        #[test]
        fn letters_are_found_as_graphemes_are(text in "[ -~¡-ɏ─-╿–—’“”•…↵⇥←↑→↓⌫≈▲▸▾○◌●◐★✓✗❯]{0,20}") {
            let graphemes = text.grapheme_indices(true).map(|(at, letter)| (at, letter, letter.width()));
            prop_assert_eq!(letters(&text).collect::<Vec<_>>(), graphemes.collect::<Vec<_>>());
        }

        #[test]
        fn wrapping_loses_no_letter(text in "[a-z日é ]{0,60}", columns in 2_u16..30) {
            let lines = wrap(&text, columns);
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            prop_assert!(lines.iter().all(|line| width(line) <= columns));
        }
    }
}
