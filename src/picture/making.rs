//! Creates pictures from images.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use super::image::Image;
use super::{Cells, Display, Means, Picture, iterm2, kitty, sixel};

impl Picture {
    /// Creates a picture that fits an image into an area of cells, on a background. `name` is the id that
    /// distinguishes it from other pictures sent to the terminal. Takes a while. Returns `None` if it cannot
    /// be shown.
    pub fn new(
        image: &Image,
        name: u32,
        display: Display,
        size: Cells,
        background: Option<[u8; 3]>,
    ) -> Option<Self> {
        let fitted = image.fitted(display.pixels(size), background.unwrap_or([255, 255, 255]));
        let mut cells = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        match display.means {
            Means::Kitty => kitty::draw(&fitted, name, size, &mut cells)?,
            Means::Iterm2 => lay(&iterm2::encoded(&fitted, size)?, &mut cells)?,
            Means::Sixel => lay(&sixel::encoded(&fitted), &mut cells)?,
        }
        Some(Self { cells })
    }
}

/// Places a picture over its cells: the first cell contains all of it, and the others are skipped.
fn lay(picture: &str, cells: &mut Buffer) -> Option<()> {
    for cell in &mut cells.content {
        cell.set_diff_option(CellDiffOption::Skip);
    }
    let symbol = cleared((cells.area.width, cells.area.height)) + picture;
    cells.content.first_mut()?.set_symbol(&symbol).set_diff_option(kitty::ONE_COLUMN);
    Some(())
}

/// Clears an area of cells and returns to the first of them.
fn cleared((columns, rows): Cells) -> String {
    format!("\x1b[{columns}X\x1b[1B").repeat(rows.into()) + &format!("\x1b[{rows}A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_shown_by_every_means_in_just_its_cells() {
        let image = Image::new((30, 19), vec![[255, 0, 0, 255]; 30 * 19]).unwrap();
        for means in [Means::Kitty, Means::Iterm2, Means::Sixel] {
            let display = Display { means, cell: (10, 20) };
            let picture = Picture::new(&image, 7, display, (9, 3), Some([1, 2, 3])).unwrap();
            assert_eq!(picture.size(), (9, 3), "{means:?}");
            assert_eq!(picture.cells().count(), 27, "{means:?}");
        }
    }
}
