//! Text that every terminal draws from left to right, in as many columns as counted here.
//!
//! Terminals agree on single letters. They disagree on combining marks, syllables of Indic scripts and joined
//! emoji, and some reorder whole rows for letters that run from right to left: borders and amounts would move.
//! A replacement is as wide as the original, so nothing has to be measured again.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Replaces what cannot be drawn.
const STAND_IN: char = '·';

/// Returns the text as it is drawn.
pub fn display_safe(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.graphemes(true).all(is_steady) {
        return Cow::Borrowed(text);
    }
    let mut drawn = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        if is_steady(grapheme) {
            drawn.push_str(grapheme);
        } else {
            stand_in(&mut drawn, grapheme);
        }
    }
    Cow::Owned(drawn)
}

fn is_steady(grapheme: &str) -> bool {
    let mut letters = grapheme.chars();
    letters.next().is_some_and(|first| !runs_backwards(first)) && letters.next().is_none()
}

/// Appends the nearest replacement that every terminal draws alike, padded with blanks to the same width.
fn stand_in(drawn: &mut String, grapheme: &str) {
    let mut left = grapheme.width();
    for letter in nearest(grapheme) {
        let letter = if runs_backwards(letter) { STAND_IN } else { letter };
        match letter.width() {
            Some(wide @ 1..) if wide <= left => {
                drawn.push(letter);
                left -= wide;
            }
            _ => {}
        }
    }
    drawn.extend(std::iter::repeat_n(' ', left));
}

/// Returns the characters that replace a grapheme: a precomposed letter, the letters of a flag, or its first.
fn nearest(grapheme: &str) -> impl Iterator<Item = char> {
    let flag = |letter: char| matches!(letter, '\u{1f1e6}'..='\u{1f1ff}');
    let plain = |letter: char| {
        let place = u32::from(letter).checked_sub(0x1f1e6).filter(|place| *place < 26);
        place.and_then(|place| char::from_u32(u32::from('A') + place)).unwrap_or(letter)
    };
    let most = if grapheme.chars().all(flag) { 2 } else { 1 };
    grapheme.nfc().take(most).map(plain).collect::<Vec<_>>().into_iter()
}

fn runs_backwards(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_terminals_agree_on_is_left_alone() {
        for text in ["Airbnb", "Algérie", "Tiếng Việt", "한국 日本", "Ελλάδα", "│ €5 ✓ …"]
        {
            assert!(matches!(display_safe(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn what_they_disagree_on_becomes_something_as_wide() {
        assert_eq!(display_safe("Alge\u{301}rie"), "Algérie");
        assert_eq!(display_safe("שלום 100"), "···· 100");
        assert_eq!(display_safe("👩\u{200d}👧x"), "👩x");
        assert_eq!(display_safe("👍🏽x"), "👍x");
        assert_eq!(display_safe("🇺🇸x"), "USx");
        assert!(display_safe("नमस्ते").starts_with('न'));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_as_wide_as_before(text in "[a-zéא-ת\u{900}-\u{97f}\u{300}-\u{304}👍🏽🇺🇸\u{200d}\u{fe0f}日❤]{0,30}") {
            let wide = |text: &str| text.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>();
            prop_assert_eq!(wide(&display_safe(&text)), wide(&text));
        }
    }
}
