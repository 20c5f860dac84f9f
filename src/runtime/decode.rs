//! Decodes untrusted images within limits.

use std::io::Cursor;

use image_webp::WebPDecoder;
use png::{Decoder, Limits, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::picture::image::{Image, Rgba};

/// The maximum width and height of an image, in pixels.
const WIDEST: u32 = 2_500;
/// The maximum number of pixels of an image.
const MOST_PIXELS: u64 = 4_000_000;
/// The maximum memory for decoding, in bytes.
const MOST_MEMORY: usize = 64 << 20;

/// Decodes a PNG, JPEG or WebP. Returns `None` if the bytes are none of these, or the image is too large.
pub(super) fn decode(bytes: &[u8]) -> Option<Image> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [0xff, 0xd8, ..] => jpeg(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes),
        _ => None,
    }
}

fn png(bytes: &[u8]) -> Option<Image> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MOST_MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let size = permitted(reader.info().width, reader.info().height)?;
    let mut samples = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut samples).ok()?;
    samples.truncate(frame.buffer_size());
    Image::new(size, pixels(size, &samples)?)
}

fn jpeg(bytes: &[u8]) -> Option<Image> {
    let widest = usize::try_from(WIDEST).ok()?;
    let options = DecoderOptions::default().set_max_width(widest).set_max_height(widest);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let info = decoder.info()?;
    let size = permitted(info.width.into(), info.height.into())?;
    Image::new(size, pixels(size, &decoder.decode().ok()?)?)
}

fn webp(bytes: &[u8]) -> Option<Image> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).ok()?;
    decoder.set_memory_limit(MOST_MEMORY);
    let (width, height) = decoder.dimensions();
    let size = permitted(width, height)?;
    let mut samples = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut samples).ok()?;
    Image::new(size, pixels(size, &samples)?)
}

/// Returns the size if it is within the limits.
fn permitted(width: u32, height: u32) -> Option<(u32, u32)> {
    let fits = width <= WIDEST && height <= WIDEST;
    (fits && u64::from(width) * u64::from(height) <= MOST_PIXELS).then_some((width, height))
}

/// Converts samples of eight bits to pixels. One sample per pixel is grey, two are grey and opacity, three are
/// colours, and four are colours and opacity.
fn pixels((width, height): (u32, u32), samples: &[u8]) -> Option<Vec<Rgba>> {
    let count = usize::try_from(u64::from(width) * u64::from(height)).ok()?;
    let pixel = |samples: &[u8]| match *samples {
        [grey] => Some([grey, grey, grey, 255]),
        [grey, opacity] => Some([grey, grey, grey, opacity]),
        [red, green, blue] => Some([red, green, blue, 255]),
        [red, green, blue, opacity] => Some([red, green, blue, opacity]),
        _ => None,
    };
    samples.chunks(samples.len().checked_div(count)?.max(1)).map(pixel).collect()
}

#[cfg(test)]
mod tests {
    use image_webp::{ColorType, WebPEncoder};
    use png::BitDepth;

    use super::*;

    const JPEG: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/wire/logo.jpg"));
    const COLOUR: [u8; 3] = [10, 200, 30];

    fn png(width: u32, height: u32, kind: png::ColorType, pixel: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(kind);
        encoder.set_depth(BitDepth::Eight);
        let pixels = pixel.repeat(usize::try_from(width * height).unwrap());
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        bytes
    }

    fn webp(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let pixels = COLOUR.repeat(usize::try_from(width * height).unwrap());
        WebPEncoder::new(&mut bytes).encode(&pixels, width, height, ColorType::Rgb8).unwrap();
        bytes
    }

    #[test]
    fn every_form_that_the_supplier_has_is_decoded() {
        for bytes in [png(300, 190, png::ColorType::Rgb, &COLOUR), webp(300, 190), JPEG.to_vec()] {
            let image = decode(&bytes).unwrap();
            assert_eq!(image.size(), (300, 190));
            let [red, green, blue, opacity] = image.pixels()[0];
            assert!(red < 20 && green > 190 && blue < 40, "{red} {green} {blue}");
            assert_eq!(opacity, 255);
        }
    }

    #[test]
    fn a_png_may_be_grey_or_seen_through() {
        for (kind, samples, pixel) in [
            (png::ColorType::Grayscale, &[7][..], [7, 7, 7, 255]),
            (png::ColorType::GrayscaleAlpha, &[7, 8], [7, 7, 7, 8]),
            (png::ColorType::Rgba, &[1, 2, 3, 4], [1, 2, 3, 4]),
        ] {
            assert_eq!(decode(&png(3, 2, kind, samples)).unwrap().pixels(), [pixel; 6]);
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_a_one_is_not_decoded() {
        let rgb = |width, height| png(width, height, png::ColorType::Rgb, &COLOUR);
        let cut = rgb(300, 190)[..60].to_vec();
        for bytes in
            [Vec::new(), b"<html>".to_vec(), cut, rgb(3_000, 2), rgb(2_400, 2_400), JPEG[..200].to_vec()]
        {
            assert!(decode(&bytes).is_none());
        }
    }
}
