//! What may reach a terminal, told here once more, apart from the program's own rule.

use std::path::Path;

use unicode_normalization::char::is_combining_mark;

use super::lying_shop::BEFORE;

/// The most marks, joiners and the like that may follow each other.
const MOST_MARKS: usize = 8;

/// Fails where a line holds anything but printable text.
pub(crate) fn assert_printable(what: &str, text: &str) {
    let mut marks = 0;
    for letter in text.chars() {
        assert!(!is_bad(letter), "{what}: {letter:?} in {:?}", around(text, letter));
        let adds = is_combining_mark(letter) || matches!(letter, '\u{200c}' | '\u{200d}' | '\u{fe0f}');
        marks = if adds { marks + 1 } else { 0 };
        assert!(marks <= MOST_MARKS, "{what}: a flood of marks in {:?}", around(text, letter));
    }
}

/// Fails where a log that was kept at a place holds anything but words of our own in plain letters.
pub(crate) fn assert_log(home: &Path) {
    let log = std::fs::read_to_string(home.join("log")).unwrap();
    let plain = |letter: char| letter == '\n' || letter == '…' || (' '..='~').contains(&letter);
    assert!(log.lines().count() > 10 && log.chars().all(plain), "{log}");
    assert!(!log.contains(BEFORE) && !log.contains("script"), "the shop's words are not for the log: {log}");
}

fn around(text: &str, letter: char) -> String {
    let at = text.find(letter).unwrap_or_default();
    text.get(..at).unwrap_or_default().chars().rev().take(40).collect::<Vec<_>>().iter().rev().collect()
}

fn is_bad(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0e}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffc}'
            | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}
