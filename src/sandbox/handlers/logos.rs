//! Generated logos: a simple image for every brand, the same one every time.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use image_webp::{ColorType, WebPEncoder};

use super::super::shop::not_found;

/// The suffixes after a brand's slug, with width and height. Unlike the real shop the sandbox has no JPEGs.
const VARIANTS: [(&str, u32, u32); 3] =
    [("_300x190.webp", 300, 190), ("_500x318.webp", 500, 318), (".webp", 600, 380)];

/// Serves `{slug}{variant}`.
pub(crate) async fn serve(Path(file): Path<String>) -> Response {
    let found = VARIANTS.iter().find_map(|variant| Some((file.strip_suffix(variant.0)?, variant)));
    let Some((slug, &(_, width, height))) = found else { return not_found().await };
    let mut bytes = Vec::new();
    let pixels = paint(slug, width, height);
    match WebPEncoder::new(&mut bytes).encode(pixels.as_flattened(), width, height, ColorType::Rgba8) {
        Ok(()) => (StatusCode::OK, [("content-type", "image/webp")], bytes).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Paints a disc and a bar on a transparent background, which many logos have: they come with a background
/// colour.
fn paint(slug: &str, width: u32, height: u32) -> Vec<[u8; 4]> {
    let [red, green, blue, place] = crc32fast::hash(slug.as_bytes()).to_be_bytes();
    let ground = [red, green, blue].map(|part| part / 2 + 30);
    let light = ground.map(|part| part.saturating_add(90));
    let centre = (width / 4 + width * u32::from(place % 8) / 16, height / 2);
    let radius = height / 3;
    let pixel = |x: u32, y: u32| {
        let (across, down) = (x.abs_diff(centre.0), y.abs_diff(centre.1));
        let disc = across * across + down * down < radius * radius;
        let bar = (height * 3 / 4..height * 7 / 8).contains(&y) && (width / 8..width * 7 / 8).contains(&x);
        let ([red, green, blue], opacity) = if disc || bar { (light, 255) } else { (ground, 0) };
        [red, green, blue, opacity]
    };
    (0..height).flat_map(|y| (0..width).map(move |x| pixel(x, y))).collect()
}
