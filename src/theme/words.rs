//! Styles in words, as in theme files: `bold #88c0d0 on #2e3440`.

use ratatui::style::{Color, Modifier, Style};

/// The named colours: those of the terminal's own palette.
const NAMES: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("darkgray", Color::DarkGray),
    ("lightred", Color::LightRed),
    ("lightgreen", Color::LightGreen),
    ("lightyellow", Color::LightYellow),
    ("lightblue", Color::LightBlue),
    ("lightmagenta", Color::LightMagenta),
    ("lightcyan", Color::LightCyan),
    ("white", Color::White),
];

const EMPHASES: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// Parses a style: emphases, a colour, and `on` with the background colour, in any order.
pub(super) fn style(words: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        if let Some((_, emphasis)) = EMPHASES.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*emphasis);
        } else if word == "on" {
            let behind = words.next().ok_or("`on` needs a colour behind it")?;
            style = style.bg(colour(behind)?);
        } else {
            style = style.fg(colour(word)?);
        }
    }
    Ok(style)
}

/// Parses a colour: a name, `#rrggbb`, or an index in the 256-colour palette.
fn colour(word: &str) -> Result<Color, String> {
    if let Some((_, colour)) = NAMES.iter().find(|(name, _)| *name == word) {
        return Ok(*colour);
    }
    if let Ok(index) = word.parse() {
        return Ok(Color::Indexed(index));
    }
    let part = |at: usize| word.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    match (word.strip_prefix('#'), word.len(), part(1), part(3), part(5)) {
        (Some(digits), 7, Some(red), Some(green), Some(blue)) if !digits.contains('+') => {
            Ok(Color::Rgb(red, green, blue))
        }
        _ => Err(format!("`{word}` is no colour and no emphasis")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_read_as_they_are_written() {
        let expected = Style::new().fg(Color::Rgb(136, 192, 208)).bg(Color::Black).bold();
        assert_eq!(style("bold #88c0d0 on black"), Ok(expected));
        assert_eq!(style(""), Ok(Style::new()));
        assert_eq!(style("on 17 underlined"), Ok(Style::new().bg(Color::Indexed(17)).underlined()));
    }

    #[test]
    fn what_is_no_style_is_named() {
        for words in ["pink", "#12345", "#12345g", "#+1+2+3", "bold on", "256", "#日本"] {
            assert!(style(words).is_err(), "{words}");
        }
    }
}
