//! The number of colours that a terminal can show, and the mapping of colours to it.

use ratatui::style::Color;

/// How many colours a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// No colours.
    Mono,
    /// The sixteen colours of its own palette.
    Sixteen,
    /// Those, a cube of 216 and 24 greys.
    Indexed,
    /// Any RGB colour.
    #[default]
    Exact,
}

/// Terminals that show any RGB colour and do not always report it in `COLORTERM`.
const EXACT: [&str; 6] = ["kitty", "ghostty", "alacritty", "wezterm", "foot", "direct"];
/// Terminals without colours.
const MONO: [&str; 5] = ["dumb", "vt52", "vt100", "vt102", "vt220"];

impl Depth {
    /// Derives the depth from `TERM` and `COLORTERM`.
    pub fn of(term: &str, colorterm: &str) -> Self {
        let term = term.to_ascii_lowercase();
        if MONO.contains(&term.as_str()) {
            return Self::Mono;
        }
        let named = matches!(colorterm.to_ascii_lowercase().as_str(), "truecolor" | "24bit");
        if named || EXACT.iter().any(|name| term.contains(name)) {
            Self::Exact
        } else if term.contains("256color") || !colorterm.is_empty() {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }

    /// Returns the nearest colour that can be shown. The colours of the terminal's palette are left
    /// unchanged.
    pub fn nearest(self, colour: Color) -> Color {
        match (self, colour) {
            (Self::Mono, _) => Color::Reset,
            (Self::Sixteen, Color::Rgb(red, green, blue)) => sixteen([red, green, blue]),
            (Self::Sixteen, Color::Indexed(index @ 16..)) => sixteen(shown(index)),
            (Self::Indexed, Color::Rgb(red, green, blue)) => Color::Indexed(indexed([red, green, blue])),
            (_, colour) => colour,
        }
    }
}

/// The usual RGB values of the sixteen palette colours.
const PALETTE: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [170, 0, 0]),
    (Color::Green, [0, 170, 0]),
    (Color::Yellow, [170, 110, 0]),
    (Color::Blue, [0, 0, 170]),
    (Color::Magenta, [170, 0, 170]),
    (Color::Cyan, [0, 170, 170]),
    (Color::Gray, [190, 190, 190]),
    (Color::DarkGray, [90, 90, 90]),
    (Color::LightRed, [255, 85, 85]),
    (Color::LightGreen, [85, 255, 85]),
    (Color::LightYellow, [255, 255, 85]),
    (Color::LightBlue, [85, 85, 255]),
    (Color::LightMagenta, [255, 85, 255]),
    (Color::LightCyan, [85, 255, 255]),
    (Color::White, [255, 255, 255]),
];

fn sixteen(colour: [u8; 3]) -> Color {
    let nearest = PALETTE.iter().min_by_key(|(_, known)| distance(*known, colour));
    nearest.map_or(Color::Reset, |(name, _)| *name)
}

fn indexed(colour: [u8; 3]) -> u8 {
    (16..=u8::MAX).min_by_key(|index| distance(shown(*index), colour)).unwrap_or_default()
}

/// The RGB value of an indexed colour.
fn shown(index: u8) -> [u8; 3] {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match index {
        0..16 => PALETTE.get(usize::from(index)).map_or([0; 3], |(_, colour)| *colour),
        16..232 => {
            let place = index - 16;
            [level(place / 36), level(place / 6 % 6), level(place % 6)]
        }
        232.. => [8 + 10 * (index - 232); 3],
    }
}

/// The perceived difference of two colours, with green weighted most and red least.
fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    let [red, green, blue] = [0, 1, 2].map(|part: usize| {
        let apart = u32::from(one[part].abs_diff(other[part]));
        apart * apart
    });
    2 * red + 4 * green + 3 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_tells_how_many_colours_it_has() {
        let told = [
            ("xterm-256color", "truecolor", Depth::Exact),
            ("xterm-256color", "24bit", Depth::Exact),
            ("xterm-kitty", "", Depth::Exact),
            ("xterm-direct", "", Depth::Exact),
            ("xterm-256color", "", Depth::Indexed),
            ("screen-256color", "", Depth::Indexed),
            ("xterm", "gnome-terminal", Depth::Indexed),
            ("xterm", "", Depth::Sixteen),
            ("linux", "", Depth::Sixteen),
            ("", "", Depth::Sixteen),
            ("dumb", "truecolor", Depth::Mono),
            ("vt100", "", Depth::Mono),
        ];
        for (term, colorterm, depth) in told {
            assert_eq!(Depth::of(term, colorterm), depth, "{term} {colorterm}");
        }
    }

    #[test]
    fn colours_become_the_nearest_that_can_be_shown() {
        let white = Color::Rgb(255, 255, 255);
        assert_eq!(Depth::Exact.nearest(white), white);
        assert_eq!(Depth::Indexed.nearest(white), Color::Indexed(231));
        assert_eq!(Depth::Indexed.nearest(Color::Rgb(0, 0, 0)), Color::Indexed(16));
        assert_eq!(Depth::Indexed.nearest(Color::Rgb(128, 128, 128)), Color::Indexed(244));
        assert_eq!(Depth::Sixteen.nearest(white), Color::White);
        assert_eq!(Depth::Sixteen.nearest(Color::Rgb(1, 1, 1)), Color::Black);
        assert_eq!(Depth::Sixteen.nearest(Color::Indexed(203)), Color::LightRed);
        assert_eq!(Depth::Mono.nearest(Color::Red), Color::Reset);
    }

    #[test]
    fn the_terminals_own_colours_are_left_alone() {
        for depth in [Depth::Sixteen, Depth::Indexed, Depth::Exact] {
            for colour in [Color::Cyan, Color::Reset, Color::Indexed(3)] {
                assert_eq!(depth.nearest(colour), colour);
            }
        }
    }
}
