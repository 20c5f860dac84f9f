//! Pictures from outside, decoded within limits.

use std::io::Cursor;

use image::{DynamicImage, ImageReader, Limits};

/// The most pixels across or down that are decoded.
const WIDEST: u32 = 2_500;
/// The most pixels that are decoded.
const MOST_PIXELS: u64 = 4_000_000;
/// The most memory that decoding takes, in bytes.
const MOST_MEMORY: u64 = 64 << 20;

/// The image that the bytes of a PNG, JPEG or WebP hold; nothing if they hold none, or too large a one.
pub(super) fn decode(bytes: &[u8]) -> Option<DynamicImage> {
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

    #[test]
    fn every_form_that_the_supplier_has_is_decoded() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let image = decode(&encoded(300, 190, format)).unwrap();
            assert_eq!((image.width(), image.height()), (300, 190), "{format:?}");
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_a_one_is_not_decoded() {
        let mut cut = encoded(300, 190, ImageFormat::Png);
        cut.truncate(60);
        let wide = encoded(3_000, 2, ImageFormat::Png);
        let many = encoded(2_400, 2_400, ImageFormat::Png);
        for bytes in [Vec::new(), b"<html>".to_vec(), cut, wide, many] {
            assert!(decode(&bytes).is_none());
        }
    }
}
