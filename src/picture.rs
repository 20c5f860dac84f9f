//! Pictures: a brand's logo in a form that the terminal can show.

use std::fmt;
use std::io::Cursor;

use image::imageops::FilterType;
use image::{DynamicImage, ImageReader, Limits, Rgba};
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;
use ratatui_image::{FontSize, Resize};

/// The most pixels across or down that are decoded.
const WIDEST: u32 = 2_500;
/// The most pixels that are decoded.
const MOST_PIXELS: u64 = 4_000_000;
/// The most memory that decoding takes, in bytes.
const MOST_MEMORY: u64 = 64 << 20;

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
    /// Decodes a PNG, JPEG or WebP of bounded size and makes it fit; nothing if it is no such
    /// picture. Takes a while.
    pub fn new(bytes: &[u8], display: Display, size: Cells, background: Option<[u8; 3]>) -> Option<Self> {
        let image = decode(bytes)?;
        // A half block is a pixel across and half a cell down.
        let cell = if display.means == Means::HalfBlocks { (1, 2) } else { display.cell };
        let [red, green, blue] = background.unwrap_or([255, 255, 255]);
        let fitted = Resize::Scale(Some(FilterType::Triangle)).resize(
            &image,
            FontSize::from(cell),
            size.into(),
            Some(Rgba([red, green, blue, 255])),
        );
        let (size, name) = (size.into(), crc32fast::hash(bytes).max(1));
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

fn decode(bytes: &[u8]) -> Option<DynamicImage> {
    let reader = || ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok();
    let (width, height) = reader()?.into_dimensions().ok()?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let mut reader = reader()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    reader.decode().ok()
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, RgbImage};

    use super::*;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = RgbImage::from_pixel(width, height, image::Rgb([10, 200, 30]));
        DynamicImage::from(image).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn blocks() -> Display {
        Display { means: Means::HalfBlocks, cell: (10, 20) }
    }

    #[test]
    fn every_form_that_the_supplier_has_is_shown_by_every_means() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let bytes = encoded(300, 190, format);
            for means in [Means::Kitty, Means::Iterm2, Means::Sixel, Means::HalfBlocks] {
                let picture = Picture::new(&bytes, Display { means, ..blocks() }, (10, 3), None);
                assert!(picture.is_some(), "{format:?} {means:?}");
            }
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_a_one_is_not_shown() {
        for bytes in [Vec::new(), b"<html>".to_vec(), encoded(3_000, 2, ImageFormat::Png)] {
            assert!(Picture::new(&bytes, blocks(), (10, 3), None).is_none());
        }
        let mut cut = encoded(300, 190, ImageFormat::Png);
        cut.truncate(60);
        assert!(Picture::new(&cut, blocks(), (10, 3), None).is_none());
        assert!(decode(&encoded(2_400, 2_400, ImageFormat::Png)).is_none(), "too many pixels in all");
    }
}
