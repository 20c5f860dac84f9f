//! Pictures as sixels: bands of six rows, in which each colour is drawn over the ones before.
//!
//! <https://vt100.net/docs/vt3xx-gp/chapter14.html>

use std::fmt::Write;

use super::image::Image;

/// The maximum number of colours of a picture.
const COLOURS: usize = 256;
/// Rows of pixels in a band.
const BAND: usize = 6;

type Rgb = [u8; 3];

/// Returns the sequence that shows an image at its size in pixels.
pub(super) fn encoded(image: &Image) -> String {
    let (width, height) = image.size();
    let (palette, colours) = quantized(image);
    let mut text = format!("\x1bP0;1;0q\"1;1;{width};{height}");
    for (number, colour) in palette.iter().enumerate() {
        let [red, green, blue] = colour.map(|part| (u32::from(part) * 100 + 127) / 255);
        push(&mut text, format_args!("#{number};2;{red};{green};{blue}"));
    }
    for band in colours.chunks(width * BAND) {
        let mut seen: Vec<u8> = band.to_vec();
        seen.sort_unstable();
        seen.dedup();
        for colour in seen {
            push(&mut text, format_args!("#{colour}"));
            draw(&mut text, band, width, colour);
            text.push('$');
        }
        text.push('-');
    }
    text.push_str("\x1b\\");
    text
}

/// Draws the pixels of a band that have a given colour.
fn draw(text: &mut String, band: &[u8], width: usize, colour: u8) {
    let sixel = |column: usize| {
        let rows = band.iter().skip(column).step_by(width).zip(0..);
        rows.filter(|(there, _)| **there == colour).map(|(_, row): (_, u8)| 1 << row).sum::<u8>()
    };
    let sixels: Vec<u8> = (0..width).map(sixel).collect();
    for run in sixels.chunk_by(|one, next| one == next) {
        let letter = char::from(b'?' + run[0]);
        match run.len() {
            length @ ..4 => text.extend(std::iter::repeat_n(letter, length)),
            length => push(text, format_args!("!{length}{letter}")),
        }
    }
}

/// Writing to a string cannot fail.
fn push(text: &mut String, words: std::fmt::Arguments<'_>) {
    text.write_fmt(words).unwrap_or_default();
}

/// Returns a palette for an image, and the palette index of each pixel. The colours are split at the median
/// of the channel with the widest range, until there are enough (median cut).
fn quantized(image: &Image) -> (Vec<Rgb>, Vec<u8>) {
    let pixels = image.pixels();
    let measured = |members: Vec<usize>| (spread(image, &members), members);
    let mut boxes = vec![measured((0..pixels.len()).collect())];
    while boxes.len() < COLOURS {
        let widest = boxes.iter().enumerate().max_by_key(|(_, (spread, _))| *spread);
        let Some((place, &((1.., part), _))) = widest else { break };
        let (_, mut lower) = boxes.swap_remove(place);
        lower.sort_unstable_by_key(|pixel| pixels[*pixel][part]);
        // Pixels of one colour stay together.
        let middle = pixels[lower[lower.len() / 2]][part];
        let mut cut = lower.partition_point(|pixel| pixels[*pixel][part] < middle);
        if cut == 0 {
            cut = lower.partition_point(|pixel| pixels[*pixel][part] <= middle);
        }
        let upper = lower.split_off(cut);
        boxes.extend([measured(lower), measured(upper)]);
    }
    let mut colours = vec![0; pixels.len()];
    let mut palette = Vec::with_capacity(boxes.len());
    for (number, (_, members)) in (0..=u8::MAX).zip(&boxes) {
        palette.push(mean(image, members));
        for pixel in members {
            colours[*pixel] = number;
        }
    }
    (palette, colours)
}

/// Returns the widest range among the colour channels, and the index of that channel.
fn spread(image: &Image, pixels: &[usize]) -> (u8, usize) {
    let range = |part: usize| {
        let values = || pixels.iter().map(|pixel| image.pixels()[*pixel][part]);
        let least = values().min().unwrap_or_default();
        (values().max().unwrap_or_default() - least, part)
    };
    (0..3).map(range).max().unwrap_or_default()
}

fn mean(image: &Image, pixels: &[usize]) -> Rgb {
    let count = pixels.len().max(1);
    [0, 1, 2].map(|part| {
        let sum: usize = pixels.iter().map(|pixel| usize::from(image.pixels()[*pixel][part])).sum();
        u8::try_from((sum + count / 2) / count).unwrap_or(u8::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_band_draws_its_colours_over_one_another() {
        let (red, blue) = ([255, 0, 0, 255], [0, 0, 255, 255]);
        let pixels = (0..7).flat_map(|row| [if row < 2 { red } else { blue }; 5]).collect();
        let image = Image::new((5, 7), pixels).unwrap();
        let text = encoded(&image);
        let (palette, bands) = text.split_once("#0;2;").unwrap();
        assert_eq!(palette, "\x1bP0;1;0q\"1;1;5;7");
        // Two rows are the sixels 1 + 2, four the sixels 4 + 8 + 16 + 32, and one the sixel 1.
        let drawn = [bands.contains("!5B$"), bands.contains("!5{$-"), bands.ends_with("!5@$-\x1b\\")];
        assert!(drawn.iter().all(|drawn| *drawn) || bands.contains("!5{$#"), "{text:?}");
        assert!(bands.contains("100;0;0") && bands.contains("0;0;100"));
    }

    #[test]
    fn few_colours_stay_as_they_are_and_many_become_the_nearest() {
        let grey = |light: u8| [light, light, light, 255];
        let few = Image::new((4, 1), vec![grey(1), grey(2), grey(2), grey(200)]).unwrap();
        let (palette, colours) = quantized(&few);
        let seen: Vec<Rgb> = colours.iter().map(|colour| palette[usize::from(*colour)]).collect();
        assert_eq!(seen, [[1; 3], [2; 3], [2; 3], [200; 3]]);
        let many = (0..64_u8).flat_map(|row| (0..64_u8).map(move |column| [column * 4, row * 4, 9, 255]));
        let many = Image::new((64, 64), many.collect()).unwrap();
        let (palette, colours) = quantized(&many);
        assert_eq!(palette.len(), COLOURS);
        for (colour, [red, green, blue, _]) in colours.iter().zip(many.pixels()) {
            let [near_red, near_green, near_blue] = palette[usize::from(*colour)];
            assert!(red.abs_diff(near_red) <= 16 && green.abs_diff(near_green) <= 16 && *blue == near_blue);
        }
    }
}
