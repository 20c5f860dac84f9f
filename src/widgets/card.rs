//! A card: what happened, what it means, and the key that helps.

use ratatui::style::Style;

use super::text::Run;
use super::text_flow::TextFlow;
use crate::theme::Theme;

/// How much a card matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Something is being waited for.
    Waiting,
    /// Good to know.
    Calm,
    /// It went well.
    Good,
    /// It wants attention.
    Warning,
    /// It is wrong.
    Alarm,
}

impl Weight {
    /// The glyph that says it without colour.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Waiting => "◌",
            Self::Calm => "●",
            Self::Good => "✓",
            Self::Warning => "▲",
            Self::Alarm => "✗",
        }
    }

    /// The colour that says it again.
    pub fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Waiting | Self::Calm => theme.accent,
            Self::Good => theme.good,
            Self::Warning => theme.warning,
            Self::Alarm => theme.alarm,
        }
    }
}

/// Draws a headline with its glyph, and sentences under it.
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

/// Draws the keys that help, each with what it does.
pub fn keys(keys: &[(&str, &str)], theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    for (key, what) in keys {
        let mark: [Run<'_>; 3] = [("   ", theme.text), (key, theme.key), ("  ", theme.text)];
        flow.hanging(&mark, what, theme.text);
    }
}
