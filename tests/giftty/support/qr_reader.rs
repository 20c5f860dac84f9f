//! Reads QR codes from drawn cells as a phone would, from light and dark alone.

use rqrr::PreparedImage;

use super::cells::{Cell, Cells};

/// Pixels to a drawn dot, so that the finder patterns are large enough to be found.
const SCALE: usize = 4;

/// The texts of all the codes on a screen, in no particular order.
///
/// A cell is two dots, one above the other, so a code of half blocks has one dot to a
/// module and a code of full blocks, two columns to a module, has four.
pub(crate) fn read(cells: &Cells) -> Vec<String> {
    let dots: Vec<[bool; 2]> =
        cells.rows.iter().flat_map(|row| padded(row, cells.width())).map(|cell| dots(&cell)).collect();
    let dark = |x: usize, y: usize| dots[y / 2 * cells.width() + x][y % 2];
    let (width, height) = (cells.width() * SCALE, cells.rows.len() * 2 * SCALE);
    let mut image = PreparedImage::prepare_from_bitmap(width, height, |x, y| dark(x / SCALE, y / SCALE));
    let grids = image.detect_grids();
    grids.iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}

fn padded(row: &[Cell], width: usize) -> impl Iterator<Item = Cell> {
    row.iter().cloned().chain(std::iter::repeat(Cell::default())).take(width)
}

/// Whether the upper and the lower half of a cell are dark. Colours that nobody stated count
/// as dark behind and light in front, which is what a terminal usually shows.
pub(crate) fn dots(cell: &Cell) -> [bool; 2] {
    let mut front = cell.fg.rgb().is_some_and(is_dark);
    let mut back = cell.bg.rgb().is_none_or(is_dark);
    if cell.inverse {
        (front, back) = (back, front);
    }
    match cell.symbol.as_str() {
        "█" => [front, front],
        "▀" => [front, back],
        "▄" => [back, front],
        _ => [back, back],
    }
}

fn is_dark((red, green, blue): (u8, u8, u8)) -> bool {
    u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114 < 128_000
}

#[cfg(test)]
mod tests {
    use qrcode::types::Color;
    use qrcode::{EcLevel, QrCode};

    use super::super::cells::Ink;
    use super::*;

    const LINK: &str = "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=0.00042";

    /// The modules of a code with a light border of two, row by row, dark as true.
    fn modules(text: &str) -> Vec<Vec<bool>> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let side = code.width();
        let dark = |x: usize, y: usize| {
            (2..side + 2).contains(&x) && (2..side + 2).contains(&y) && code[(x - 2, y - 2)] == Color::Dark
        };
        (0..side + 4).map(|y| (0..side + 4).map(|x| dark(x, y)).collect()).collect()
    }

    fn half_blocks(text: &str, dark: Ink, light: Ink) -> Cells {
        let modules = modules(text);
        let cell = |above: bool, below: bool| {
            let symbol = match (above, below) {
                (true, true) => "█",
                (true, false) => "▀",
                (false, true) => "▄",
                (false, false) => " ",
            };
            Cell { symbol: symbol.to_owned(), fg: dark, bg: light, ..Cell::default() }
        };
        let row = |pair: &[Vec<bool>]| {
            let below = |x: usize| pair.get(1).is_some_and(|row| row[x]);
            (0..pair[0].len()).map(|x| cell(pair[0][x], below(x))).collect()
        };
        Cells { rows: modules.chunks(2).map(row).collect() }
    }

    #[test]
    fn half_blocks_are_read_whatever_names_their_colours_have() {
        let black_on_white = [
            (Ink::Rgb(0, 0, 0), Ink::Rgb(255, 255, 255)),
            (Ink::Indexed(16), Ink::Indexed(231)),
            (Ink::Indexed(0), Ink::Indexed(15)),
        ];
        for (dark, light) in black_on_white {
            assert_eq!(read(&half_blocks(LINK, dark, light)), [LINK], "{dark:?} on {light:?}");
        }
    }

    #[test]
    fn inverse_cells_are_read_by_what_is_seen() {
        let mut cells = half_blocks(LINK, Ink::Rgb(255, 255, 255), Ink::Rgb(0, 0, 0));
        cells.rows.iter_mut().flatten().for_each(|cell| cell.inverse = true);
        assert_eq!(read(&cells), [LINK]);
    }

    #[test]
    fn a_code_among_text_is_found() {
        let mut cells = half_blocks(LINK, Ink::Rgb(0, 0, 0), Ink::Rgb(255, 255, 255));
        for row in &mut cells.rows {
            let text = " pay here ".chars().map(|c| Cell { symbol: c.to_string(), ..Cell::default() });
            row.splice(0..0, text);
        }
        cells.rows.push(vec![Cell::default(); 3]);
        assert_eq!(read(&cells), [LINK]);
    }

    #[test]
    fn full_blocks_two_columns_wide_are_read() {
        let cell = |dark: bool| {
            let symbol = if dark { "█" } else { " " };
            let (fg, bg) = (Ink::Rgb(0, 0, 0), Ink::Rgb(255, 255, 255));
            Cell { symbol: symbol.to_owned(), fg, bg, ..Cell::default() }
        };
        let row = |row: &Vec<bool>| row.iter().flat_map(|dark| [cell(*dark), cell(*dark)]).collect();
        let cells = Cells { rows: modules(LINK).iter().map(row).collect() };
        assert_eq!(read(&cells), [LINK]);
    }

    #[test]
    fn a_cut_code_is_not_read() {
        let mut cells = half_blocks(LINK, Ink::Rgb(0, 0, 0), Ink::Rgb(255, 255, 255));
        cells.rows.truncate(14);
        assert_eq!(read(&cells), [""; 0]);
    }
}
