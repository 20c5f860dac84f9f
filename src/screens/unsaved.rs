//! Measures the notice of an unsaved order or attempt above a screen.

use crate::domain::record::Attempt;
use crate::model::Model;
use crate::model::unsaved::{headline, rest};
use crate::widgets::text::{cells, wrap};

/// Columns not available to the text: the mark and a space, and the margins of every screen.
const BESIDE: u16 = 2 + 2;

/// Returns the height of the notice in a window of this width, in rows; 0 if everything is saved.
pub fn rows(model: &Model, paying: Option<Attempt>, columns: u16) -> u16 {
    let Some((record, unsaved)) = model.to_write_down() else { return 0 };
    let lines = |text: &str| wrap(text, columns.saturating_sub(BESIDE)).len();
    cells(lines(&headline(record, unsaved)) + lines(&rest(record, unsaved, paying)))
}
