//! Pictures: a brand's logo in a form that the terminal can show. Without the feature `pictures` none can be made.

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

/// How a terminal shows pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Means {
    /// The kitty graphics protocol.
    Kitty,
    /// The protocol of `iTerm2`.
    Iterm2,
    /// Sixels.
    Sixel,
}

/// How pictures are shown here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Display {
    /// The means.
    pub means: Means,
    /// Pixels across and down a cell.
    pub cell: (u16, u16),
}

impl Display {
    /// How many pixels across and down so many cells are.
    pub fn pixels(self, (columns, rows): Cells) -> (u32, u32) {
        let (across, down) = self.cell;
        (u32::from(columns) * u32::from(across), u32::from(rows) * u32::from(down))
    }
}

/// How many cells across and down.
pub type Cells = (u16, u16);

/// A logo as it is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogoRequest {
    /// What its address begins with.
    pub base: String,
    /// How pictures are shown here.
    pub display: Display,
    /// In how many cells it is drawn.
    pub size: Cells,
    /// What is behind it.
    pub background: Option<[u8; 3]>,
}

/// A picture that is ready to be drawn in so many cells.
///
/// It is kept as the cells that are drawn, so that drawing it has no memory: whenever its first cell
/// is written anew, everything that the terminal needs is written with it.
#[derive(Clone)]
pub struct Picture {
    cells: Buffer,
}

impl Picture {
    /// How many cells it takes.
    pub fn size(&self) -> Cells {
        (self.cells.area.width, self.cells.area.height)
    }

    /// Its cells, and where each of them is.
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
