//! Pictures for the iTerm2 protocol, which takes a PNG file.
//!
//! <https://iterm2.com/documentation-images.html>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use png::{BitDepth, ColorType, Encoder};

use super::Cells;
use super::image::Image;

/// Returns the sequence that shows an image in an area of cells. The size is in cells because terminals
/// disagree about the size of a pixel.
pub(super) fn encoded(image: &Image, (columns, rows): Cells) -> Option<String> {
    let file = png(image)?;
    let length = file.len();
    let size = format!("size={length};width={columns};height={rows};preserveAspectRatio=0");
    let file = STANDARD.encode(file);
    Some(format!("\x1b]1337;File=inline=1;{size};doNotMoveCursor=1:{file}\x07"))
}

fn png(image: &Image) -> Option<Vec<u8>> {
    let (width, height) = image.size();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(image.pixels().as_flattened()).ok()?;
    writer.finish().ok()?;
    Some(file)
}
