//! What a window holds besides its screen, and where the rows of a list are: for the eyes, and for a click.

use super::State;
use crate::layout::{self, Spot};
use crate::model::Toast;
use crate::screens::AnyScreen;
use crate::widgets::card::Weight;
use crate::widgets::text::{cells, wrap};

/// The most rows that something said takes.
const LONGEST_TOAST: usize = 4;

impl State {
    /// What was just said, or else what is waited for in between.
    pub fn said(&self) -> Option<(Weight, &str)> {
        match (&self.model.toast, self.top()) {
            (Some(Toast::Note(sentence)), _) => Some((Weight::Calm, sentence)),
            (Some(Toast::Warning(sentence)), _) => Some((Weight::Warning, sentence)),
            (None, AnyScreen::Pay(pay)) => pay.waits_for().map(|sentence| (Weight::Waiting, sentence)),
            (None, _) => None,
        }
    }

    /// Rows that what was said takes: two columns for its glyph, one of air at either side.
    pub fn toast_rows(&self, columns: u16) -> u16 {
        let rows = |sentence| wrap(sentence, columns.saturating_sub(4)).len().min(LONGEST_TOAST);
        self.said().map_or(0, |(_, sentence)| cells(rows(sentence)))
    }

    /// The marked row of the list, and the one that is seen at a place of the window.
    pub(crate) fn row_at(&self, column: u16, row: u16) -> Option<(usize, usize)> {
        let size = self.model.size;
        // What has to be written down stands over the list and moves it.
        if layout::is_too_small(size.columns, size.rows) || self.model.to_write_down().is_some() {
            return None;
        }
        let toast = self.toast_rows(size.columns);
        let spot = Spot::of((size.columns, size.rows), toast, (column, row));
        self.top().row_at(&self.model, spot)
    }
}
