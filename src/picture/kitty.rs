//! Pictures for kitty's graphics protocol: placed by placeholder characters, which move and vanish like text.
//!
//! <https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders>

use std::fmt::Write;
use std::num::NonZeroU16;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compress, Compression, FlushCompress, Status};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::style::Color;

use super::Cells;
use super::image::Image;

/// A cell that takes one column, whatever is written for it.
pub(super) const ONE_COLUMN: CellDiffOption = CellDiffOption::ForcedWidth(NonZeroU16::MIN);

/// The character that stands for a part of a picture.
const PLACEHOLDER: char = '\u{10eeee}';
/// Combining characters on a placeholder that encode the row or column of the picture: the first of kitty's
/// list.
const MARKS: [char; 32] = [
    '\u{305}', '\u{30d}', '\u{30e}', '\u{310}', '\u{312}', '\u{33d}', '\u{33e}', '\u{33f}', '\u{346}',
    '\u{34a}', '\u{34b}', '\u{34c}', '\u{350}', '\u{351}', '\u{352}', '\u{357}', '\u{35b}', '\u{363}',
    '\u{364}', '\u{365}', '\u{366}', '\u{367}', '\u{368}', '\u{369}', '\u{36a}', '\u{36b}', '\u{36c}',
    '\u{36d}', '\u{36e}', '\u{36f}', '\u{483}', '\u{484}',
];
/// Bytes of a picture in one command: 4,096 characters in base 64.
const CHUNK: usize = 3_072;

/// Draws an image whose pixels fill the cells. `name` is its id; the lower 24 bits are used.
pub(super) fn draw(image: &Image, name: u32, size: Cells, cells: &mut Buffer) -> Option<()> {
    // The foreground colour of a placeholder encodes the id in 24 bits; zero means no id.
    let name = (name & 0xff_ffff).max(1);
    let [_, red, green, blue] = name.to_be_bytes();
    let mut before = transmission(image, name, size)?;
    for (row, mark) in (0..size.1).zip(MARKS) {
        for column in 0..size.0 {
            before.push(PLACEHOLDER);
            // The other cells of a row count on from the first.
            if column == 0 {
                before.extend([mark, MARKS[0]]);
            }
            let cell = cells.cell_mut((column, row))?;
            cell.set_symbol(&before).set_fg(Color::Rgb(red, green, blue)).set_diff_option(ONE_COLUMN);
            before.clear();
        }
    }
    (usize::from(size.1) <= MARKS.len()).then_some(())
}

/// The commands that transmit the picture. The terminal is asked not to respond.
fn transmission(image: &Image, name: u32, (columns, rows): Cells) -> Option<String> {
    let packed = packed(image.pixels().as_flattened())?;
    let (width, height) = image.size();
    let mut commands = String::new();
    let mut chunks = packed.chunks(CHUNK).peekable();
    let mut first = format!("i={name},a=T,U=1,c={columns},r={rows},f=32,o=z,t=d,s={width},v={height},");
    while let Some(chunk) = chunks.next() {
        let more = u8::from(chunks.peek().is_some());
        write!(commands, "\x1b_Gq=2,{first}m={more};{}\x1b\\", STANDARD.encode(chunk)).ok()?;
        first.clear();
    }
    Some(commands)
}

/// Compresses bytes in the zlib format.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut compressor = Compress::new(Compression::fast(), true);
    let mut packed = Vec::with_capacity(CHUNK);
    loop {
        let read = usize::try_from(compressor.total_in()).ok()?;
        match compressor.compress_vec(bytes.get(read..)?, &mut packed, FlushCompress::Finish).ok()? {
            Status::StreamEnd => return Some(packed),
            Status::Ok | Status::BufError => packed.reserve(CHUNK),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    #[test]
    fn what_is_sent_is_the_image_in_pieces() {
        // Pixels that do not compress, so that there are several chunks.
        let mut pixel = 1_u32;
        let pixels = (0..60 * 40).map(|_| {
            pixel = pixel.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            pixel.to_be_bytes()
        });
        let image = Image::new((60, 40), pixels.collect()).unwrap();
        let sent = transmission(&image, 7, (6, 2)).unwrap();
        let pieces: Vec<(&str, &str)> =
            sent.split_terminator("\x1b\\").map(|piece| piece.split_once(';').unwrap()).collect();
        assert!(pieces.len() > 2);
        assert_eq!(pieces[0].0, "\x1b_Gq=2,i=7,a=T,U=1,c=6,r=2,f=32,o=z,t=d,s=60,v=40,m=1");
        assert!(pieces[1..pieces.len() - 1].iter().all(|(keys, _)| *keys == "\x1b_Gq=2,m=1"));
        assert_eq!(pieces[pieces.len() - 1].0, "\x1b_Gq=2,m=0");
        let packed: Vec<u8> = pieces.iter().flat_map(|(_, piece)| STANDARD.decode(piece).unwrap()).collect();
        let mut pixels = Vec::new();
        ZlibDecoder::new(&packed[..]).read_to_end(&mut pixels).unwrap();
        assert_eq!(pixels, image.pixels().as_flattened());
    }
}
