//! Colours and emphasis, by role; no other file names a colour.

pub mod depth;
mod words;

use depth::Depth;
use ratatui::style::{Color, Modifier, Style};

/// Colours and emphasis, by role.
///
/// Everything a colour expresses is also expressed by a glyph or a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Normal text.
    pub text: Style,
    /// The most important text.
    pub strong: Style,
    /// Secondary text.
    pub dim: Style,
    /// The program's own colour: its name, prompts, markers.
    pub accent: Style,
    /// The name of the selected row.
    pub marked: Style,
    /// Letters that the filter matched; patched onto the style of their text.
    pub matched: Style,
    /// Success.
    pub good: Style,
    /// Warnings.
    pub warning: Style,
    /// Errors and dangers.
    pub alarm: Style,
    /// The word SANDBOX.
    pub badge: Style,
    /// The names of keys.
    pub key: Style,
    /// Rules, borders and dividers.
    pub rule: Style,
    /// The background; the terminal's default unless a theme sets one.
    pub ground: Style,
    /// Whether borders, markers and keys are drawn in plain ASCII.
    pub ascii: bool,
    coloured: bool,
    depth: Depth,
}

impl Theme {
    /// The dark modules of QR codes, whatever the terminal's palette is.
    const QR_DARK: Color = Color::Rgb(0, 0, 0);
    /// The light modules of QR codes.
    const QR_LIGHT: Color = Color::Rgb(255, 255, 255);

    /// The names of the roles, as used in theme files.
    pub const ROLES: [&str; 13] = [
        "ground", "text", "strong", "dim", "accent", "marked", "matched", "good", "warning", "alarm",
        "badge", "key", "rule",
    ];

    /// Sets a role's style from words such as `bold #88c0d0 on #2e3440`. Fails if the role or the style is
    /// unknown.
    pub fn set(&mut self, role: &str, style: &str) -> Result<(), String> {
        let place = self.role(role).ok_or_else(|| format!("no role is called `{role}`"))?;
        *place = words::style(style)?;
        Ok(())
    }

    fn role(&mut self, role: &str) -> Option<&mut Style> {
        Some(match role {
            "ground" => &mut self.ground,
            "text" => &mut self.text,
            "strong" => &mut self.strong,
            "dim" => &mut self.dim,
            "accent" => &mut self.accent,
            "marked" => &mut self.marked,
            "matched" => &mut self.matched,
            "good" => &mut self.good,
            "warning" => &mut self.warning,
            "alarm" => &mut self.alarm,
            "badge" => &mut self.badge,
            "key" => &mut self.key,
            "rule" => &mut self.rule,
            _ => return None,
        })
    }

    /// Returns the style of a role, or `None` if there is no such role.
    pub fn style(&self, role: &str) -> Option<Style> {
        self.clone().role(role).copied()
    }

    /// Maps the theme to the colours that a terminal can show. For [`Depth::Mono`] only emphasis remains.
    pub fn fitted(self, depth: Depth) -> Self {
        let mut theme = if depth == Depth::Mono { Self { ascii: self.ascii, ..Self::plain() } } else { self };
        for role in Self::ROLES {
            if let Some(style) = theme.role(role) {
                style.fg = style.fg.map(|colour| depth.nearest(colour));
                style.bg = style.bg.map(|colour| depth.nearest(colour));
            }
        }
        theme.depth = depth;
        theme
    }

    /// Whether the theme uses colours.
    pub fn has_colours(&self) -> bool {
        self.coloured
    }

    /// A theme with emphasis but without colours, for `NO_COLOR`.
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
            ground: plain,
            ascii: false,
            coloured: false,
            depth: Depth::Exact,
        }
    }

    /// The style of a brand's tile: the brand's colour with text that is legible on it.
    pub fn tile(&self, colour: Option<[u8; 3]>) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match colour {
            Some([red, green, blue]) if self.coloured => {
                let light = u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114 > 140_000;
                let letters = if light { Color::Rgb(0, 0, 0) } else { Color::Rgb(255, 255, 255) };
                bold.fg(self.depth.nearest(letters)).bg(self.depth.nearest(Color::Rgb(red, green, blue)))
            }
            _ => bold.add_modifier(Modifier::REVERSED),
        }
    }

    /// Returns the glyph and style of a cell of a QR code, for its upper and lower module.
    ///
    /// Full cells have the same foreground and background, so that no font leaves a gap.
    pub fn qr_cell(&self, upper_dark: bool, lower_dark: bool) -> (&'static str, Style) {
        // A code is black on white even without colours: otherwise no scanner can read it.
        let depth = self.depth.max(Depth::Sixteen);
        let (dark, light) = (depth.nearest(Self::QR_DARK), depth.nearest(Self::QR_LIGHT));
        let on = |background| Style::new().fg(dark).bg(background);
        match (upper_dark, lower_dark) {
            (true, true) => ("█", on(dark)),
            (true, false) => ("▀", on(light)),
            (false, true) => ("▄", on(light)),
            (false, false) => (" ", on(light)),
        }
    }
}

/// Uses the terminal's own palette, so that dark and light terminal themes both work.
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
