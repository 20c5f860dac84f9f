//! Which switches of a terminal a stream of output leaves turned.

use std::collections::BTreeMap;

use regex::bytes::Regex;

/// Everything that is not as a fresh terminal has it, after this output.
///
/// All private modes are followed, known or not, as are the keyboard protocol's stack and
/// the shape of the cursor.
pub(crate) fn left_behind(output: &[u8]) -> Vec<String> {
    let mut left: Vec<String> = private_modes(output)
        .into_iter()
        .filter(|(mode, on)| *on != on_at_first(*mode))
        .map(|(mode, on)| format!("{} (mode {mode}) is {}", name(mode), if on { "on" } else { "off" }))
        .collect();
    let pushed = matches(output, r"\x1b\[>[0-9]*u").len();
    let popped = matches(output, r"\x1b\[<[0-9]*u").len();
    if pushed > popped {
        left.push("the keyboard protocol is still pushed".to_owned());
    }
    if matches(output, r"\x1b\[22;2t").len() > matches(output, r"\x1b\[23;2t").len() {
        left.push("the window's own title is still put away".to_owned());
    }
    let shapes = matches(output, r"\x1b\[[0-9]* q");
    if shapes.last().is_some_and(|shape| ![" q", "0 q"].contains(&&shape[2..])) {
        left.push("the cursor has another shape".to_owned());
    }
    left
}

/// The last word about each mode.
fn private_modes(output: &[u8]) -> BTreeMap<u16, bool> {
    let switches = matches(output, r"\x1b\[\?[0-9;]+[hl]");
    let modes = |switch: &String| {
        let on = switch.ends_with('h');
        let numbers = switch[3..switch.len() - 1].split(';').filter_map(|mode| mode.parse().ok());
        numbers.map(|mode| (mode, on)).collect::<Vec<_>>()
    };
    switches.iter().flat_map(modes).collect()
}

fn matches(output: &[u8], pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    pattern.find_iter(output).map(|found| String::from_utf8_lossy(found.as_bytes()).into_owned()).collect()
}

/// Line wrap, key repeat and the cursor are on in a fresh terminal.
fn on_at_first(mode: u16) -> bool {
    matches!(mode, 7 | 8 | 25)
}

fn name(mode: u16) -> &'static str {
    match mode {
        1 => "cursor key mode",
        25 => "the cursor",
        47 | 1047 | 1049 => "the alternate screen",
        9 | 1000..=1003 | 1005 | 1006 | 1015 | 1016 => "mouse reporting",
        1004 => "focus reporting",
        2004 => "bracketed paste",
        2026 => "synchronised output",
        _ => "a private mode",
    }
}

#[cfg(test)]
mod tests {
    use super::left_behind;

    #[test]
    fn a_terminal_given_back_has_nothing_left_behind() {
        let output = b"\x1b[?1049h\x1b[?25l\x1b[?2004;1004h\x1b[>1u\x1b[5 q text \
            \x1b[0 q\x1b[<1u\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[?1049l";
        assert_eq!(left_behind(output), [""; 0]);
    }

    #[test]
    fn each_thing_left_behind_is_named() {
        let left = left_behind(b"\x1b[?1049h\x1b[?25l\x1b[>1u\x1b[5 q\x1b[?4242h").join(", ");
        let expected = "the cursor (mode 25) is off, the alternate screen (mode 1049) is on, \
            a private mode (mode 4242) is on, the keyboard protocol is still pushed, \
            the cursor has another shape";
        assert_eq!(left, expected);
    }
}
