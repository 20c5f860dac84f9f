//! Writes lines from the top of an area downwards; what does not fit is left out.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::frame::Frame;
use super::text::{Run, put, put_right, put_runs, width, wrap};
use crate::layout::{from_right, from_top};

/// The free part of an area, and the frame to write to.
pub struct TextFlow<'a, 'f> {
    frame: &'a mut Frame<'f>,
    free: Rect,
    hidden: u16,
    depth: u16,
}

impl<'a, 'f> TextFlow<'a, 'f> {
    /// Starts at the top of an area.
    pub fn new(area: Rect, frame: &'a mut Frame<'f>) -> Self {
        Self::scrolled(area, 0, frame)
    }

    /// Starts at the top of an area, with the first `hidden` rows scrolled out of view.
    pub fn scrolled(area: Rect, hidden: u16, frame: &'a mut Frame<'f>) -> Self {
        Self { frame, free: area, hidden, depth: 0 }
    }

    /// Returns how many rows were written so far, including those out of view. In an area of no height nothing
    /// is drawn, so that is how to measure.
    pub fn depth(&self) -> u16 {
        self.depth
    }

    /// Takes rows from the top of the free area.
    pub fn take(&mut self, rows: u16) -> Rect {
        let hidden = rows.min(self.hidden);
        self.hidden -= hidden;
        self.depth = self.depth.saturating_add(rows);
        let (taken, free) = from_top(self.free, rows - hidden);
        self.free = free;
        taken
    }

    /// Leaves a row empty.
    pub fn gap(&mut self) {
        self.take(1);
    }

    /// Writes a line.
    pub fn line(&mut self, runs: &[Run<'_>]) {
        let row = self.take(1);
        put_runs(self.frame, row, runs);
    }

    /// Writes a line with a left and a right end; the right end is never cut in favour of the left one.
    pub fn ends(&mut self, left: &[Run<'_>], right: &[Run<'_>]) {
        let row = self.take(1);
        let used = put_right(self.frame, row, right);
        let gap = if used == 0 { 0 } else { 2 };
        let (rest, _) = from_right(row, used.saturating_add(gap));
        put_runs(self.frame, rest, left);
    }

    /// Writes a paragraph, wrapped at words.
    pub fn prose(&mut self, text: &str, style: Style) {
        self.hanging(&[], text, style);
    }

    /// Writes a paragraph after a mark, with a hanging indent.
    pub fn hanging(&mut self, mark: &[Run<'_>], text: &str, style: Style) {
        let indent = mark.iter().map(|(text, _)| width(text)).fold(0, u16::saturating_add);
        let columns = self.free.width.saturating_sub(indent);
        for (place, line) in wrap(text, columns).into_iter().enumerate() {
            let row = self.take(1);
            if place == 0 {
                put_runs(self.frame, row, mark);
            }
            put(self.frame, from_right(row, columns).1, line, style);
        }
    }

    /// Writes a paragraph with a bar before each of its lines.
    pub fn barred(&mut self, mark: &str, text: &str, bar: Style, style: Style) {
        let columns = self.free.width.saturating_sub(width(mark));
        for line in wrap(text, columns) {
            self.line(&[(mark, bar), (line, style)]);
        }
    }

    /// Returns the free area.
    pub fn free(&self) -> Rect {
        self.free
    }

    /// Returns the frame, to draw something else in rows that were taken.
    pub fn frame(&mut self) -> &mut Frame<'f> {
        self.frame
    }
}
