//! Hostile lines, and what is left of them.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

/// What came, and what is shown.
const LINES: &[(&str, &str)] = &[
    // Nothing is lost of what is honest.
    ("", ""),
    ("Amazon.com", "Amazon.com"),
    ("Åland Islands – 25 €", "Åland Islands – 25 €"),
    ("Côte d’Ivoire", "Côte d’Ivoire"),
    ("Cote\u{301}", "Cote\u{301}"),
    ("日本語 ギフト", "日本語 ギフト"),
    ("한국어", "한국어"),
    ("\u{1112}\u{1161}\u{11ab}", "\u{1112}\u{1161}\u{11ab}"),
    ("בדיקה", "בדיקה"),
    ("اختبار", "اختبار"),
    ("ไทย", "ไทย"),
    ("हिन्दी", "हिन्दी"),
    ("«100 ₽»", "«100 ₽»"),
    ("½ ² ™ © ®", "½ ² ™ © ®"),
    ("\u{fffd}", "\u{fffd}"),
    // Controls.
    ("\u{1b}[31mred\u{1b}[0m", "[31mred[0m"),
    ("\u{1b}]0;title\u{7}x", "]0;titlex"),
    ("\u{1b}]52;c;aGVsbG8=\u{1b}\\", "]52;c;aGVsbG8=\\"),
    ("\u{9b}31mred", "31mred"),
    ("\u{90}dcs\u{9c}x", "dcsx"),
    ("a\0b", "ab"),
    ("a\u{8}b", "ab"),
    ("a\u{7f}b", "ab"),
    ("bell\u{7}", "bell"),
    ("\u{e}so", "so"),
    // Space.
    ("  a  b  ", "a b"),
    ("a\tb", "a b"),
    ("a\r\nb", "a b"),
    ("a\rb", "a b"),
    ("a\u{b}b\u{c}c", "a b c"),
    ("a\u{85}b", "a b"),
    ("a\u{2028}b\u{2029}c", "a b c"),
    ("a\u{a0}b", "a b"),
    ("a\u{3000}b", "a b"),
    ("a\u{2003}\u{2009}b", "a b"),
    ("\u{2800}a\u{2800}", "a"),
    (" \u{1b} ", ""),
    ("a \u{200b} b", "a b"),
    // Directions.
    ("pay\u{202e}cod.exe", "paycod.exe"),
    ("\u{202a}a\u{202c}", "a"),
    ("\u{2066}a\u{2069}", "a"),
    ("\u{2067}a\u{2068}b", "ab"),
    ("a\u{200e}b\u{200f}c\u{61c}d", "abcd"),
    // The invisible.
    ("Net\u{200b}flix", "Netflix"),
    ("Net\u{2060}flix\u{feff}", "Netflix"),
    ("Net\u{ad}flix", "Netflix"),
    ("a\u{2061}b\u{2062}c\u{2063}d\u{2064}e", "abcde"),
    ("a\u{206a}b\u{206f}c", "abc"),
    ("a\u{115f}b\u{1160}c\u{3164}d\u{ffa0}e", "abcde"),
    ("a\u{180e}b\u{180b}c", "abc"),
    ("a\u{34f}b", "ab"),
    ("a\u{17b4}b\u{17b5}c", "abc"),
    ("a\u{fff9}b\u{fffa}c\u{fffb}", "abc"),
    ("a\u{fffc}b", "ab"),
    ("\u{1d173}a\u{1bca0}b", "ab"),
    ("a\u{e0001}\u{e0041}\u{e007f}b", "ab"),
    ("a\u{e0100}b\u{e01ef}c", "abc"),
    ("a\u{fe00}b\u{fe0e}c\u{fe0f}d", "abcd"),
    ("\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}", "\u{1f3f4}"),
    // Nobody's characters.
    ("a\u{e000}b\u{f8ff}c", "abc"),
    ("a\u{f0000}b\u{10fffd}c", "abc"),
    ("a\u{fdd0}b\u{fffe}c\u{ffff}d", "abcd"),
    ("a\u{1ffff}b\u{10ffff}c", "abc"),
    ("a\u{378}b", "ab"),
    // Joiners and presentations, where they do something.
    ("a\u{200d}b\u{200c}c", "abc"),
    ("\u{200d}a\u{200d}", "a"),
    ("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"),
    ("👨\u{200d}", "👨"),
    ("👨\u{200d} 👩", "👨 👩"),
    ("👨\u{200d}\u{200d}\u{200c}👩", "👨\u{200d}👩"),
    ("👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏻", "👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏻"),
    ("❤\u{fe0f}\u{fe0f}\u{fe0f}", "❤\u{fe0f}"),
    ("1\u{fe0f}\u{20e3}", "1\u{20e3}"),
    ("می\u{200c}خواهم", "می\u{200c}خواهم"),
    ("ක\u{dca}\u{200d}ර", "ක\u{dca}\u{200d}ර"),
    ("র\u{200d}\u{9cd}য", "র\u{200d}\u{9cd}য"),
    ("🇩🇪", "🇩🇪"),
    // Marks.
    ("\u{301}a", "a"),
    ("a \u{301}b", "a b"),
    (
        "a\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}b",
        "a\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}b",
    ),
    ("🏻", "🏻"),
];

#[test]
fn hostile_lines_become_harmless_ones() {
    for (came, shown) in LINES {
        assert_eq!(line(came, 512), *shown, "{came:?}");
    }
    assert!(LINES.len() >= 60);
}

#[test]
fn a_long_line_is_cut_and_says_so() {
    assert_eq!(line(&"x".repeat(512), 512), "x".repeat(512));
    assert_eq!(line(&"x".repeat(513), 512), "x".repeat(511) + "…");
    assert_eq!(line(&"é".repeat(600), 512), "é".repeat(511) + "…");
    assert_eq!(line(&("x".repeat(510) + " y z"), 512), "x".repeat(510) + "…");
    assert_eq!(line("👨\u{200d}👩\u{200d}👧", 3), "👨…");
}

#[test]
fn a_chain_of_linked_letters_ends() {
    for link in ["क\u{94d}", "👨\u{200d}", "ක\u{dca}\u{200d}", "क\u{94d}\u{93c}"] {
        let chain = line(&link.repeat(100), 512);
        for cell in chain.graphemes(true) {
            assert!(cell.chars().count() <= 2 * MOST_MARKS + 1, "{cell:?}");
        }
    }
}

/// Text in which the characters that matter are many.
fn nasty() -> impl Strategy<Value = String> {
    let special = prop::sample::select(
        "\u{1b}\u{9b}\u{7}\n\t \u{a0}\u{202e}\u{2066}\u{200b}\u{200c}\u{200d}\u{fe0f}\u{fe0e}\u{feff}\u{300}\u{20e3}\u{94d}\u{dca}क👨❤🏻aیرගර\u{e0041}\u{e0100}\u{e000}\u{3164}ｶ\u{ff9e}"
            .chars()
            .collect::<Vec<_>>(),
    );
    let one = prop_oneof![4 => special, 1 => any::<char>()];
    prop::collection::vec(one, 0..80).prop_map(|chars| chars.into_iter().collect())
}

#[test]
fn what_is_plain_is_told_wherever_an_odd_letter_stands() {
    for length in 0..20 {
        let plain = "~".repeat(length);
        assert!(is_plain(&plain));
        for (place, odd) in
            (0..length).flat_map(|place| ["\0", "\u{1f}", "\u{7f}", "é", "  "].map(|odd| (place, odd)))
        {
            let text = format!("{}{odd}{}", &plain[..place], &plain[place..]);
            assert!(!is_plain(&text), "{text:?}");
        }
        for place in 0..length {
            let text = format!("{} {}", &plain[..place], &plain[place..]);
            assert_eq!(is_plain(&text), place > 0, "{text:?}");
        }
        assert!(length == 0 || !is_plain(&(plain + " ")));
    }
}

proptest! {
    #[test]
    fn what_is_plain_is_left_as_it_is(text in "[ -~]{0,40}|[a ]{0,6}") {
        prop_assert_eq!(is_plain(&text), line(&text, usize::MAX) == text, "{:?}", text);
    }

    #[test]
    fn what_is_left_is_printable_bounded_and_stays(text in nasty(), most in 1_usize..100) {
        let once = line(&text, most);
        prop_assert!(once.chars().count() <= most);
        prop_assert_eq!(&line(&once, most), &once);
        prop_assert_eq!(once.trim(), &once);
        prop_assert!(!once.contains("  "));
        for c in once.chars() {
            prop_assert!(c == VS16 || !is_forbidden(c), "{:?}", c);
            prop_assert!(c == ' ' || !is_space(c), "{:?}", c);
        }
        for cell in once.graphemes(true) {
            let marks = cell.chars().filter(|c| is_combining_mark(*c) || *c == ZWJ || *c == ZWNJ).count();
            prop_assert!(marks <= MOST_MARKS, "{:?}", cell);
        }
    }
}
