//! A timeline: completed, current and future steps.

use super::text::{Run, width};
use super::text_flow::TextFlow;
use crate::theme::Theme;

/// The progress of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Completed.
    Done,
    /// In progress.
    Current,
    /// Still to come.
    Later,
    /// Will not happen.
    Stopped,
}

impl Progress {
    /// Returns the glyph that shows the progress without colour.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Done => "●",
            Self::Current => "◐",
            Self::Later => "○",
            Self::Stopped => "✗",
        }
    }
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happens in it.
    pub label: String,
    /// Its progress.
    pub progress: Progress,
    /// When it was completed or began, if known.
    pub time: Option<String>,
}

/// Draws the steps, one per line.
pub fn draw(steps: &[Step], theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    for step in steps {
        let (mark, label) = match step.progress {
            Progress::Done => (theme.good, theme.text),
            Progress::Current => (theme.accent, theme.strong),
            Progress::Later => (theme.dim, theme.dim),
            Progress::Stopped => (theme.alarm, theme.text),
        };
        let wanted = 21_usize.saturating_sub(step.label.chars().count()).max(2);
        let gap = "                     ".get(..wanted).unwrap_or("  ");
        let time = step.time.as_deref().unwrap_or_default();
        let words: [Run<'_>; 3] = [(step.progress.glyph(), mark), (" ", theme.text), (&step.label, label)];
        let timed: [Run<'_>; 2] = [(gap, theme.text), (time, theme.dim)];
        let wanted = words.iter().chain(&timed).map(|(text, _)| width(text)).fold(0, u16::saturating_add);
        // If both do not fit, the label matters more than the time.
        let timed = if wanted <= flow.free().width { &timed[..] } else { &[] };
        flow.line(&[&words[..], timed].concat());
    }
}
