//! Brand logos in a form that the terminal can show. Without the feature `pictures` none can be created.

#[cfg(feature = "pictures")]
pub mod image;
#[cfg(feature = "pictures")]
mod iterm2;
#[cfg(feature = "pictures")]
mod kitty;
#[cfg(feature = "pictures")]
mod making;
#[cfg(feature = "pictures")]
mod sixel;

use std::fmt;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;

/// The protocol that a terminal uses to show pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Means {
    /// The kitty graphics protocol.
    Kitty,
    /// The `iTerm2` protocol.
    Iterm2,
    /// Sixels.
    Sixel,
}

/// How this terminal shows pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Display {
    /// The protocol.
    pub means: Means,
    /// The width and height of a cell, in pixels.
    pub cell: (u16, u16),
}

impl Display {
    /// Returns the width and height of an area of cells, in pixels.
    pub fn pixels(self, (columns, rows): Cells) -> (u32, u32) {
        let (across, down) = self.cell;
        (u32::from(columns) * u32::from(across), u32::from(rows) * u32::from(down))
    }
}

/// Columns and rows.
pub type Cells = (u16, u16);

/// A request for a logo.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogoRequest {
    /// The base of its address.
    pub base: String,
    /// How this terminal shows pictures.
    pub display: Display,
    /// The area in which it is drawn.
    pub size: Cells,
    /// The background colour, if known.
    pub background: Option<[u8; 3]>,
}

/// A picture that is ready to be drawn in a fixed number of cells.
///
/// It is stored as the cells to draw, so drawing it is stateless: whenever its first cell is rewritten,
/// everything that the terminal needs is written with it.
/// is written anew, everything that the terminal needs is written with it.
#[derive(Clone)]
pub struct Picture {
    cells: Buffer,
}

impl Picture {
    /// Its columns and rows.
    pub fn size(&self) -> Cells {
        (self.cells.area.width, self.cells.area.height)
    }

    /// Its cells and their positions.
    pub fn cells(&self) -> impl Iterator<Item = (Position, &Cell)> {
        self.cells.area.positions().zip(&self.cells.content)
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (columns, rows) = self.size();
        write!(f, "Picture({columns} × {rows})")
    }
}
