//! A card: what happened, what it means, and the key that helps.

use ratatui::style::Style;

use super::text::Run;
use super::text_flow::TextFlow;
use crate::theme::Theme;

/// The severity of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Waiting for something.
    Waiting,
    /// Information.
    Calm,
    /// Success.
    Good,
    /// Needs attention.
    Warning,
    /// An error.
    Alarm,
}

impl Weight {
    /// Returns the glyph that shows the severity without colour.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Waiting => "◌",
            Self::Calm => "●",
            Self::Good => "✓",
            Self::Warning => "▲",
            Self::Alarm => "✗",
        }
    }

    /// Returns the style that shows the severity by colour.
    pub fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Waiting | Self::Calm => theme.accent,
            Self::Good => theme.good,
            Self::Warning => theme.warning,
            Self::Alarm => theme.alarm,
        }
    }
}

/// Draws a headline with its glyph, and sentences below it.
pub fn draw<'a>(
    weight: Weight,
    headline: &str,
    sentences: impl IntoIterator<Item = &'a str>,
    theme: &Theme,
    flow: &mut TextFlow<'_, '_>,
) {
    let style = weight.style(theme);
    let mark = [(weight.glyph(), style), ("  ", theme.text)];
    flow.hanging(&mark, headline, theme.strong);
    for sentence in sentences {
        flow.hanging(&[("   ", theme.text)], sentence, theme.text);
    }
}

/// Draws keys that help, each with what it does.
pub fn keys(keys: &[(&str, &str)], theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    for (key, what) in keys {
        let mark: [Run<'_>; 3] = [("   ", theme.text), (key, theme.key), ("  ", theme.text)];
        flow.hanging(&mark, what, theme.text);
    }
}
