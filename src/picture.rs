//! Pictures: a brand's logo in a form that the terminal can show.

use std::fmt;

use image::imageops::{self, FilterType};
use image::{DynamicImage, Rgba, RgbaImage};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use ratatui::widgets::Widget;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;

/// How a terminal shows pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Means {
    /// The kitty graphics protocol.
    Kitty,
    /// The protocol of `iTerm2`.
    Iterm2,
    /// Sixels.
    Sixel,
    /// Two coloured pixels a cell, which every terminal with colours can do.
    HalfBlocks,
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
        // A half block is a pixel across and half a cell down.
        let (across, down) = if self.means == Means::HalfBlocks { (1, 2) } else { self.cell };
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
    /// Makes an image fit into so many cells, before a background. `name` tells it from other pictures
    /// that the terminal has seen. Takes a while; nothing if it cannot be shown.
    pub fn new(
        image: &DynamicImage,
        name: u32,
        display: Display,
        size: Cells,
        background: Option<[u8; 3]>,
    ) -> Option<Self> {
        let fitted = fitted(image, display.pixels(size), background.unwrap_or([255, 255, 255]));
        let area = Rect::new(0, 0, size.0, size.1);
        let shown = match display.means {
            Means::Kitty => Protocol::Kitty(Kitty::new(fitted, size.into(), name, false, true).ok()?),
            Means::Iterm2 => Protocol::ITerm2(in_cells(Iterm2::new(fitted, size.into(), false).ok()?, size)),
            Means::Sixel => Protocol::Sixel(Sixel::new(fitted, size.into(), false).ok()?),
            Means::HalfBlocks => Protocol::Halfblocks(Halfblocks::new(fitted, size.into()).ok()?),
        };
        let mut cells = Buffer::empty(area);
        Image::new(&shown).render(area, &mut cells);
        if display.means == Means::Kitty {
            // As many cells as were meant, whatever size they have by now.
            let first = cells.cell_mut((0, 0))?;
            let place = format!("a=T,U=1,c={},r={},", size.0, size.1);
            let words = first.symbol().replacen("a=T,U=1,", &place, 1);
            first.set_symbol(&words);
        }
        Some(Self { cells })
    }

    /// The same picture, each colour of its blocks as the nearest that can be shown.
    #[must_use]
    pub fn in_colours(mut self, nearest: impl Fn(Color) -> Color) -> Self {
        for cell in &mut self.cells.content {
            cell.fg = nearest(cell.fg);
            cell.bg = nearest(cell.bg);
        }
        self
    }

    /// How many cells it takes.
    pub fn size(&self) -> Cells {
        (self.cells.area.width, self.cells.area.height)
    }

    /// Its cells, and where each of them is.
    pub fn cells(&self) -> impl Iterator<Item = (Position, &Cell)> {
        self.cells.area.positions().zip(&self.cells.content)
    }
}

/// The image as large as it fits, in the middle of a ground; nothing of it is seen through.
fn fitted(image: &DynamicImage, (width, height): (u32, u32), ground: [u8; 3]) -> DynamicImage {
    let [red, green, blue] = ground;
    let scaled = image.resize(width, height, FilterType::Triangle);
    let mut canvas = RgbaImage::from_pixel(width, height, Rgba([red, green, blue, 255]));
    let middle = |whole: u32, part: u32| i64::from(whole.saturating_sub(part) / 2);
    imageops::overlay(&mut canvas, &scaled, middle(width, scaled.width()), middle(height, scaled.height()));
    canvas.into()
}

/// The picture over so many cells rather than pixels: terminals do not agree how large a pixel is.
fn in_cells(mut picture: Iterm2, (columns, rows): Cells) -> Iterm2 {
    if let Some((before, rest)) = picture.data.split_once("width=")
        && let Some((_, after)) = rest.split_once("px;doNotMoveCursor")
    {
        let size = format!("width={columns};height={rows};preserveAspectRatio=0;doNotMoveCursor");
        picture.data = [before, size.as_str(), after].concat();
    }
    picture
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (columns, rows) = self.size();
        write!(f, "Picture({columns} × {rows})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Cells = (9, 3);

    fn picture(image: &DynamicImage, means: Means) -> Picture {
        Picture::new(image, 7, Display { means, cell: (10, 20) }, SIZE, Some([1, 2, 3])).unwrap()
    }

    #[test]
    fn an_image_is_shown_by_every_means_in_just_its_cells() {
        let image = DynamicImage::new_rgb8(300, 190);
        for means in [Means::Kitty, Means::Iterm2, Means::Sixel, Means::HalfBlocks] {
            let picture = picture(&image, means);
            assert_eq!(picture.size(), SIZE, "{means:?}");
            assert_eq!(picture.cells().count(), 27, "{means:?}");
        }
    }

    #[test]
    fn whatever_is_left_or_seen_through_shows_the_ground() {
        // Twice as wide as its cells are, so there is room above and below.
        let clear = DynamicImage::from(RgbaImage::from_pixel(400, 100, Rgba([255, 0, 0, 0])));
        let fitted = fitted(&clear, (90, 60), [1, 2, 3]).to_rgba8();
        assert!(fitted.pixels().all(|pixel| *pixel == Rgba([1, 2, 3, 255])));
        let red = DynamicImage::from(RgbaImage::from_pixel(400, 100, Rgba([255, 0, 0, 255])));
        let fitted = super::fitted(&red, (90, 60), [1, 2, 3]).to_rgba8();
        let ground = |row: u32| fitted[(45, row)] == Rgba([1, 2, 3, 255]);
        assert!(ground(0) && ground(59) && !ground(30), "in the middle");
    }

    #[test]
    fn colours_that_cannot_be_shown_become_others() {
        let red = DynamicImage::from(RgbaImage::from_pixel(300, 190, Rgba([255, 0, 0, 255])));
        let blocks = picture(&red, Means::HalfBlocks).in_colours(|_| Color::Indexed(9));
        assert!(blocks.cells().all(|(_, cell)| cell.fg == Color::Indexed(9)));
    }
}
