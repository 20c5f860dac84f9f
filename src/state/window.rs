//! The toast above the footer and the position of list rows, for drawing and for clicks.

use super::State;
use crate::layout::{self, Spot};
use crate::model::Toast;
use crate::screens::AnyScreen;
use crate::widgets::card::Weight;
use crate::widgets::text::{cells, wrap};

/// The maximum height of a toast, in rows.
const LONGEST_TOAST: usize = 4;

impl State {
    /// Returns the current toast, or else what the screen is waiting for.
    pub fn said(&self) -> Option<(Weight, &str)> {
        match (&self.model.toast, self.top()) {
            (Some(Toast::Note(sentence)), _) => Some((Weight::Calm, sentence)),
            (Some(Toast::Warning(sentence)), _) => Some((Weight::Warning, sentence)),
            (None, AnyScreen::Pay(pay)) => pay.waits_for().map(|sentence| (Weight::Waiting, sentence)),
            (None, _) => None,
        }
    }

    /// Returns the height of the toast in rows. Its glyph takes two columns, its margins one on either side.
    pub fn toast_rows(&self, columns: u16) -> u16 {
        let rows = |sentence| wrap(sentence, columns.saturating_sub(4)).len().min(LONGEST_TOAST);
        self.said().map_or(0, |(_, sentence)| cells(rows(sentence)))
    }

    /// Returns the marked row of the list and the row at this position of the window.
    pub(crate) fn row_at(&self, column: u16, row: u16) -> Option<(usize, usize)> {
        let size = self.model.size;
        // The notice of unsaved orders is drawn above the list and shifts it.
        if layout::is_too_small(size.columns, size.rows) || self.model.to_write_down().is_some() {
            return None;
        }
        let toast = self.toast_rows(size.columns);
        let spot = Spot::of((size.columns, size.rows), toast, (column, row));
        self.top().row_at(&self.model, spot)
    }
}
