//! Colours and emphasis, by role; no other file names a colour.

pub mod depth;
mod words;

use depth::Depth;
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
    /// What everything stands on; the terminal's own ground unless a theme brings one.
    pub ground: Style,
    /// Whether borders, markers and keys are drawn in plain ASCII.
    pub ascii: bool,
    coloured: bool,
    depth: Depth,
}

impl Theme {
    /// Dark modules of QR codes, whatever the terminal's palette is.
    const QR_DARK: Color = Color::Rgb(0, 0, 0);
    /// Light modules of QR codes.
    const QR_LIGHT: Color = Color::Rgb(255, 255, 255);

    /// The names of the roles, as theme files have them.
    pub const ROLES: [&str; 13] = [
        "ground", "text", "strong", "dim", "accent", "marked", "matched", "good", "warning", "alarm",
        "badge", "key", "rule",
    ];

    /// Gives a role a style in words, such as `bold #88c0d0 on #2e3440`.
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

    /// The style of a role by its name.
    pub fn style(&self, role: &str) -> Option<Style> {
        self.clone().role(role).copied()
    }

    /// The same theme in colours that a terminal can show. Without any, emphasis alone is left.
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

    /// Whether there are any colours.
    pub fn has_colours(&self) -> bool {
        self.coloured
    }

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
            ground: plain,
            ascii: false,
            coloured: false,
            depth: Depth::Exact,
        }
    }

    /// The block that stands for a brand, in its own colour with letters that can be read on it.
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

    /// A cell of a QR code whose upper and lower module are as given: its glyph and its style.
    ///
    /// Full cells have the same colour before and behind, so that no font leaves a gap.
    pub fn qr_cell(&self, upper_dark: bool, lower_dark: bool) -> (&'static str, Style) {
        // A code is black on white also where colour is unwanted: otherwise nothing can read it.
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
