//! Colours and emphasis, by role; no other file names a colour.

use ratatui::style::{Color, Modifier, Style};

/// Colours and emphasis, by role.
///
/// Whatever a colour says here is said by a glyph or a word as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Text that is read.
    pub text: Style,
    /// Text that is read first.
    pub strong: Style,
    /// Text that is there when it is looked for.
    pub dim: Style,
    /// The program's own colour: its name, prompts, markers.
    pub accent: Style,
    /// The name of the marked row.
    pub marked: Style,
    /// Letters that the filter matched; laid over the style of their text.
    pub matched: Style,
    /// What went well.
    pub good: Style,
    /// What wants attention.
    pub warning: Style,
    /// What is wrong.
    pub alarm: Style,
    /// The word SANDBOX.
    pub badge: Style,
    /// The names of keys.
    pub key: Style,
    /// Rules, borders and dividers.
    pub rule: Style,
    coloured: bool,
}

impl Theme {
    /// Dark modules of QR codes, whatever the terminal's palette is.
    const QR_DARK: Color = Color::Rgb(0, 0, 0);
    /// Light modules of QR codes.
    const QR_LIGHT: Color = Color::Rgb(255, 255, 255);

    /// Emphasis without any colour, for `NO_COLOR`.
    pub fn plain() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        Self {
            text: plain,
            strong: bold,
            dim,
            accent: bold,
            marked: bold,
            matched: plain.add_modifier(Modifier::UNDERLINED),
            good: plain,
            warning: bold,
            alarm: bold,
            badge: bold.add_modifier(Modifier::REVERSED),
            key: bold,
            rule: dim,
            coloured: false,
        }
    }

    /// The block that stands for a brand, in its own colour with letters that can be read on it.
    pub fn tile(&self, colour: Option<[u8; 3]>) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match colour {
            Some([red, green, blue]) if self.coloured => {
                let light = u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114 > 140_000;
                let letters = if light { Color::Rgb(0, 0, 0) } else { Color::Rgb(255, 255, 255) };
                bold.fg(letters).bg(Color::Rgb(red, green, blue))
            }
            _ => bold.add_modifier(Modifier::REVERSED),
        }
    }

    /// A cell of a QR code whose upper and lower module are as given: its glyph and its style.
    ///
    /// Full cells have the same colour before and behind, so that no font leaves a gap.
    pub fn qr_cell(upper_dark: bool, lower_dark: bool) -> (&'static str, Style) {
        let on = |background| Style::new().fg(Self::QR_DARK).bg(background);
        match (upper_dark, lower_dark) {
            (true, true) => ("█", on(Self::QR_DARK)),
            (true, false) => ("▀", on(Self::QR_LIGHT)),
            (false, true) => ("▄", on(Self::QR_LIGHT)),
            (false, false) => (" ", on(Self::QR_LIGHT)),
        }
    }
}

/// The terminal's own palette, so that dark and light themes both work.
impl Default for Theme {
    fn default() -> Self {
        let plain = Self::plain();
        let accent = Style::new().fg(Color::Cyan);
        Self {
            accent,
            marked: plain.strong.fg(Color::Cyan),
            matched: plain.matched.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            good: Style::new().fg(Color::Green),
            warning: Style::new().fg(Color::Yellow),
            alarm: plain.strong.fg(Color::Red),
            badge: plain.badge.fg(Color::Yellow),
            key: accent,
            coloured: true,
            ..plain
        }
    }
}
