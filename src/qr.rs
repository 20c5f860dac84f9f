//! QR codes as squares of dark and light modules, encoded once, when their text is known.

use qrcode::{Color, EcLevel, QrCode};

/// The modules of a QR code, without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    width: usize,
    dark: Vec<bool>,
}

/// How a code is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blocks {
    /// Half a cell per module, one above the other: small.
    #[default]
    Half,
    /// Two whole cells per module, side by side: for terminals that leave gaps between lines.
    Whole,
}

impl Blocks {
    /// Returns the other variant.
    pub fn other(self) -> Self {
        match self {
            Self::Half => Self::Whole,
            Self::Whole => Self::Half,
        }
    }
}

impl Qr {
    /// The width of the quiet zone on each side, in modules; scanners need it.
    pub const QUIET: usize = 2;

    /// Encodes a text. Returns `None` if it is too long for a QR code.
    pub fn encode(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let width = code.width();
        let dark = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
        Some(Self { width, dark })
    }

    /// Whether a module is dark, with coordinates that include the quiet zone; everything outside the code is
    /// light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |place: usize| place.checked_sub(Self::QUIET).filter(|place| *place < self.width);
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => self.dark.get(y * self.width + x).copied().unwrap_or(false),
            _ => false,
        }
    }

    /// Modules per side, including the quiet zone.
    pub fn full_width(&self) -> usize {
        self.width + 2 * Self::QUIET
    }

    /// The columns and rows that it takes.
    pub fn size(&self, blocks: Blocks) -> (usize, usize) {
        match blocks {
            Blocks::Half => (self.full_width(), self.full_width().div_ceil(2)),
            Blocks::Whole => (self.full_width() * 2, self.full_width()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_takes_the_space_that_was_planned_for_it() {
        let address = Qr::encode("9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrpnFC1a2b3c4d").unwrap();
        assert_eq!(address.size(Blocks::Half), (33, 17));
        assert_eq!(address.size(Blocks::Whole), (66, 33));
    }

    #[test]
    fn the_quiet_zone_is_light() {
        let code = Qr::encode("x").unwrap();
        assert!((0..code.full_width()).all(|x| !code.is_dark(x, 0) && !code.is_dark(0, x)));
        assert!(code.is_dark(Qr::QUIET, Qr::QUIET));
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(Qr::encode(&"x".repeat(10_000)), None);
    }
}
