//! Images as pixels, and how they are scaled.

/// Red, green, blue and opacity.
pub type Rgba = [u8; 4];

/// A decoded image.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    width: usize,
    height: usize,
    pixels: Vec<Rgba>,
}

impl Image {
    /// Creates an image from its pixels, row by row. Returns `None` if there are none, or their number does
    /// not match the size.
    pub fn new((width, height): (u32, u32), pixels: Vec<Rgba>) -> Option<Self> {
        let [width, height] = [usize::try_from(width).ok()?, usize::try_from(height).ok()?];
        let is_whole = width.checked_mul(height) == Some(pixels.len()) && !pixels.is_empty();
        is_whole.then_some(Self { width, height, pixels })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// The pixels, row by row.
    pub fn pixels(&self) -> &[Rgba] {
        &self.pixels
    }

    /// Scales the image to the largest size that fits, centred on a background. The result is opaque.
    #[must_use]
    pub fn fitted(&self, (width, height): (u32, u32), ground: [u8; 3]) -> Self {
        let room = |length: u32| usize::try_from(length).unwrap_or(usize::MAX).max(1);
        let (width, height) = (room(width), room(height));
        let scaled = self.resized(fitting((self.width, self.height), (width, height)));
        let (left, top) = ((width - scaled.width) / 2, (height - scaled.height) / 2);
        let [red, green, blue] = ground;
        let mut fitted = Self { width, height, pixels: vec![[red, green, blue, 255]; width * height] };
        let rows = fitted.pixels.chunks_mut(width).skip(top);
        for (row, scaled) in rows.zip(scaled.pixels.chunks(scaled.width)) {
            for (there, pixel) in row.iter_mut().skip(left).zip(scaled) {
                *there = over(*pixel, ground);
            }
        }
        fitted
    }

    /// Resizes the image: each pixel is the mean of the pixels that it covers, weighted by opacity.
    fn resized(&self, (width, height): (usize, usize)) -> Self {
        let (columns, rows) = (spans(self.width, width), spans(self.height, height));
        let mean = |row: &Span, column: &Span| {
            let mut sums = [0_u64; 4];
            let mut total = 0;
            for (y, down) in row.clone() {
                for (x, across) in column.clone() {
                    let [red, green, blue, opacity] = self.pixels[y * self.width + x].map(u64::from);
                    let weight = down * across;
                    let seen = weight * opacity;
                    total += weight;
                    let parts = [red * seen, green * seen, blue * seen, seen];
                    sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
                }
            }
            let [red, green, blue, seen] = sums;
            let colour = |sum: u64| rounded(sum, seen);
            [colour(red), colour(green), colour(blue), rounded(seen, total)]
        };
        let pixels = rows.iter().flat_map(|row| columns.iter().map(move |column| mean(row, column)));
        Self { width, height, pixels: pixels.collect() }
    }
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Image({} × {})", self.width, self.height)
    }
}

/// The source pixels that a target pixel covers, each with its weight.
type Span = Vec<(usize, u64)>;

fn spans(from: usize, to: usize) -> Vec<Span> {
    let span = |place: usize| {
        // In units that divide the pixels of both sizes: a source pixel has `to` of them, a target pixel
        // `from`.
        let (start, end) = (place * from, (place + 1) * from);
        let covered = (start / to)..end.div_ceil(to);
        covered.map(move |pixel| (pixel, ((pixel + 1) * to).min(end) - (pixel * to).max(start)))
    };
    let weighted = |(pixel, part): (usize, usize)| (pixel, u64::try_from(part).unwrap_or(u64::MAX));
    (0..to).map(|place| span(place).map(weighted).collect()).collect()
}

/// The largest size that fits and keeps the aspect ratio.
fn fitting((width, height): (usize, usize), (across, down): (usize, usize)) -> (usize, usize) {
    let part = |whole: usize, of: usize, in_all: usize| ((whole * of + in_all / 2) / in_all).max(1);
    if across * height <= down * width {
        (across, part(height, across, width).min(down))
    } else {
        (part(width, down, height).min(across), down)
    }
}

fn over([red, green, blue, opacity]: Rgba, ground: [u8; 3]) -> Rgba {
    let [below_red, below_green, below_blue] = ground;
    let mixed = |above: u8, below: u8| {
        let opacity = u64::from(opacity);
        rounded(u64::from(above) * opacity + u64::from(below) * (255 - opacity), 255)
    };
    [mixed(red, below_red), mixed(green, below_green), mixed(blue, below_blue), 255]
}

fn rounded(sum: u64, by: u64) -> u8 {
    u8::try_from((sum + by / 2).checked_div(by).unwrap_or_default()).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Rgba = [255, 0, 0, 255];
    const CLEAR: Rgba = [9, 9, 9, 0];

    fn image(width: u32, height: u32, pixels: &[Rgba]) -> Image {
        Image::new((width, height), pixels.to_vec()).unwrap()
    }

    #[test]
    fn an_image_has_as_many_pixels_as_its_size_says() {
        assert_eq!(Image::new((0, 0), Vec::new()), None);
        assert_eq!(Image::new((2, 2), vec![RED; 3]), None);
        assert_eq!(image(2, 1, &[RED, CLEAR]).size(), (2, 1));
    }

    #[test]
    fn a_pixel_is_the_mean_of_those_that_it_covers() {
        let grey = |light: u8| [light, light, light, 255];
        let four = image(4, 1, &[grey(10), grey(20), grey(30), grey(40)]);
        assert_eq!(four.resized((2, 1)).pixels(), [grey(15), grey(35)]);
        assert_eq!(four.resized((1, 1)).pixels(), [grey(25)]);
        assert_eq!(four.resized((8, 1)).pixels()[..3], [grey(10), grey(10), grey(20)]);
        let three = image(3, 1, &[grey(0), grey(60), grey(120)]);
        assert_eq!(three.resized((2, 1)).pixels(), [grey(20), grey(100)]);
        assert_eq!(image(2, 1, &[RED, CLEAR]).resized((1, 1)).pixels(), [[255, 0, 0, 128]]);
    }

    #[test]
    fn an_image_keeps_its_shape() {
        let sizes = [((300, 190), (300, 190)), ((20, 90), (20, 13)), ((90, 20), (32, 20)), ((1, 1), (1, 1))];
        for (room, size) in sizes {
            assert_eq!(fitting((300, 190), room), size);
        }
    }

    #[test]
    fn whatever_is_left_or_seen_through_shows_the_ground() {
        let ground = [1, 2, 3, 255];
        let clear = image(4, 1, &[CLEAR; 4]).fitted((90, 60), [1, 2, 3]);
        assert!(clear.pixels().iter().all(|pixel| *pixel == ground));
        // Twice as wide as the available space, so there is background above and below.
        let red = image(4, 2, &[RED; 8]).fitted((40, 40), [1, 2, 3]);
        let row = |row: usize| red.pixels()[row * 40 + 20];
        assert_eq!(
            [row(0), row(9), row(10), row(29), row(30), row(39)],
            [ground, ground, RED, RED, ground, ground]
        );
    }
}
