//! Pictures: a brand's logo in a form that the terminal can show.

use std::fmt;

use image::imageops::FilterType;
use image::{DynamicImage, Rgba};
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;
use ratatui_image::{FontSize, Resize};

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

/// How many cells across and down.
pub type Cells = (u16, u16);

/// A picture that is ready to be drawn in so many cells.
#[derive(Clone)]
pub struct Picture {
    shown: Protocol,
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
        // A half block is a pixel across and half a cell down.
        let cell = if display.means == Means::HalfBlocks { (1, 2) } else { display.cell };
        let [red, green, blue] = background.unwrap_or([255, 255, 255]);
        let fitted = Resize::Scale(Some(FilterType::Triangle)).resize(
            image,
            FontSize::from(cell),
            size.into(),
            Some(Rgba([red, green, blue, 255])),
        );
        let size = size.into();
        let shown = match display.means {
            Means::Kitty => Protocol::Kitty(Kitty::new(fitted, size, name, false, false).ok()?),
            Means::Iterm2 => Protocol::ITerm2(Iterm2::new(fitted, size, false).ok()?),
            Means::Sixel => Protocol::Sixel(Sixel::new(fitted, size, false).ok()?),
            Means::HalfBlocks => Protocol::Halfblocks(Halfblocks::new(fitted, size).ok()?),
        };
        Some(Self { shown })
    }

    /// What is drawn.
    pub fn shown(&self) -> &Protocol {
        &self.shown
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.shown.size();
        write!(f, "Picture({} × {})", size.width, size.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_shown_by_every_means_in_just_its_cells() {
        let image = DynamicImage::new_rgb8(300, 190);
        for means in [Means::Kitty, Means::Iterm2, Means::Sixel, Means::HalfBlocks] {
            let display = Display { means, cell: (10, 20) };
            let picture = Picture::new(&image, 7, display, (9, 3), None).unwrap();
            let size = picture.shown().size();
            assert_eq!((size.width, size.height), (9, 3), "{means:?}");
        }
    }
}
