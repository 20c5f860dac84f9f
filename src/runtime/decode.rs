//! Pictures from outside, decoded within limits.

use std::io::Cursor;

use image::imageops::{self, FilterType};
use image::{ColorType, DynamicImage, ImageBuffer, ImageDecoder, ImageReader, Limits, Pixel, Rgb, Rgba};

/// The most pixels across or down that are decoded.
const WIDEST: u32 = 2_500;
/// The most pixels that are decoded.
const MOST_PIXELS: u64 = 4_000_000;
/// The most memory that decoding takes, in bytes.
const MOST_MEMORY: u64 = 64 << 20;

/// The image that the bytes of a PNG, JPEG or WebP hold, as large as it fits into so many pixels; nothing if they
/// hold none, or too large a one.
pub(super) fn decode(bytes: &[u8], room: (u32, u32)) -> Option<DynamicImage> {
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
    let decoder = reader.into_decoder().ok()?;
    let (colours, length) = (decoder.color_type(), decoder.total_bytes());
    if length > MOST_MEMORY {
        return None;
    }
    if !matches!(colours, ColorType::Rgb8 | ColorType::Rgba8) {
        return DynamicImage::from_decoder(decoder).ok();
    }
    let mut pages = vec![0; usize::try_from(length).ok()?];
    decoder.read_image(&mut pages).ok()?;
    let (size, room) = ((width, height), fitting((width, height), room));
    Some(match colours {
        ColorType::Rgb8 => scaled::<Rgb<u8>>(pages, size, room)?.into(),
        _ => scaled::<Rgba<u8>>(pages, size, room)?.into(),
    })
}

/// The pixels across and down that something takes which keeps its shape and is as large as it fits.
fn fitting((width, height): (u32, u32), room: (u32, u32)) -> (u32, u32) {
    let [width, height, across, down] =
        [width, height, room.0, room.1].map(|length| u64::from(length.max(1)));
    let part = |whole: u64, of: u64, in_all: u64| {
        u32::try_from((whole * of + in_all / 2) / in_all).unwrap_or(u32::MAX).max(1)
    };
    if across * height <= down * width {
        (room.0.max(1), part(height, across, width))
    } else {
        (part(width, down, height), room.1.max(1))
    }
}

fn scaled<P: Pixel<Subpixel = u8> + 'static>(
    pages: Vec<u8>,
    (width, height): (u32, u32),
    (across, down): (u32, u32),
) -> Option<ImageBuffer<P, Vec<u8>>> {
    let image = ImageBuffer::<P, _>::from_raw(width, height, pages)?;
    Some(imageops::resize(&image, across, down, FilterType::Triangle))
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
            for (room, size) in
                [((300, 190), (300, 190)), ((20, 90), (20, 13)), ((90, 20), (32, 20)), ((1, 0), (1, 1))]
            {
                let image = decode(&encoded(300, 190, format), room).unwrap();
                assert_eq!((image.width(), image.height()), size, "{format:?}");
                let [red, green, blue, _] = image.into_rgba8().get_pixel(0, 0).0;
                assert!(red < 20 && green > 190 && blue < 40, "{format:?}: {red} {green} {blue}");
            }
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_a_one_is_not_decoded() {
        let mut cut = encoded(300, 190, ImageFormat::Png);
        cut.truncate(60);
        let wide = encoded(3_000, 2, ImageFormat::Png);
        let many = encoded(2_400, 2_400, ImageFormat::Png);
        for bytes in [Vec::new(), b"<html>".to_vec(), cut, wide, many] {
            assert!(decode(&bytes, (30, 19)).is_none());
        }
    }
}
