//! The sandbox's own logos: a simple picture for every brand, the same one every time.

use std::io::Cursor;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

use super::super::shop::not_found;

/// What may follow a brand's slug: across and down, and the form.
const VARIANTS: [(&str, u32, u32, ImageFormat, &str); 6] = [
    ("_300x190.webp", 300, 190, ImageFormat::WebP, "image/webp"),
    ("_500x318.webp", 500, 318, ImageFormat::WebP, "image/webp"),
    (".webp", 600, 380, ImageFormat::WebP, "image/webp"),
    ("_300x190.jpg", 300, 190, ImageFormat::Jpeg, "image/jpeg"),
    ("_500x318.jpg", 500, 318, ImageFormat::Jpeg, "image/jpeg"),
    (".jpg", 600, 380, ImageFormat::Jpeg, "image/jpeg"),
];

/// Serves `{slug}{variant}`.
pub(crate) async fn serve(Path(file): Path<String>) -> Response {
    let found = VARIANTS.iter().find_map(|variant| Some((file.strip_suffix(variant.0)?, variant)));
    let Some((slug, &(_, width, height, format, kind))) = found else { return not_found().await };
    let mut bytes = Cursor::new(Vec::new());
    let mut image = DynamicImage::from(paint(slug, width, height));
    if format == ImageFormat::Jpeg {
        // It knows nothing that one sees through.
        image = image.into_rgb8().into();
    }
    match image.write_to(&mut bytes, format) {
        Ok(()) => (StatusCode::OK, [("content-type", kind)], bytes.into_inner()).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A disc and a bar on a ground that is seen through, as that of many logos is: they come with a colour to put behind.
fn paint(slug: &str, width: u32, height: u32) -> RgbaImage {
    let [red, green, blue, place] = crc32fast::hash(slug.as_bytes()).to_be_bytes();
    let ground = [red, green, blue].map(|part| part / 2 + 30);
    let light = ground.map(|part| part.saturating_add(90));
    let centre = (width / 4 + width * u32::from(place % 8) / 16, height / 2);
    let radius = height / 3;
    RgbaImage::from_fn(width, height, |x, y| {
        let (across, down) = (x.abs_diff(centre.0), y.abs_diff(centre.1));
        let disc = across * across + down * down < radius * radius;
        let bar = (height * 3 / 4..height * 7 / 8).contains(&y) && (width / 8..width * 7 / 8).contains(&x);
        let ([red, green, blue], opacity) = if disc || bar { (light, 255) } else { (ground, 0) };
        Rgba([red, green, blue, opacity])
    })
}
