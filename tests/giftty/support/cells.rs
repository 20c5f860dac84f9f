//! A drawn screen as plain cells, whoever drew it: a terminal or a test backend.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

/// A colour as the screen was told it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ink {
    /// The terminal's own foreground or background.
    #[default]
    Default,
    /// One of the 256 palette entries.
    Indexed(u8),
    /// An exact colour.
    Rgb(u8, u8, u8),
}

impl Ink {
    /// The exact colour, with the usual palette of a terminal; nothing for the terminal's own.
    pub(crate) fn rgb(self) -> Option<(u8, u8, u8)> {
        match self {
            Self::Default => None,
            Self::Indexed(index) => Some(palette(index)),
            Self::Rgb(red, green, blue) => Some((red, green, blue)),
        }
    }
}

/// One character cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a terminal switches each of them alone")]
pub(crate) struct Cell {
    /// What stands in the cell; empty in the second half of a wide character.
    pub(crate) symbol: String,
    pub(crate) fg: Ink,
    pub(crate) bg: Ink,
    pub(crate) bold: bool,
    pub(crate) dim: bool,
    pub(crate) italic: bool,
    pub(crate) underlined: bool,
    pub(crate) inverse: bool,
}

/// A whole screen, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells {
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Cells {
    /// Columns of the widest row.
    pub(crate) fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The characters, a line for each row, without the blanks at its end.
    pub(crate) fn text(&self) -> String {
        let line = |row: &Vec<Cell>| row.iter().map(|cell| cell.symbol.as_str()).collect::<String>();
        self.rows.iter().map(|row| line(row).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }
}

impl From<&vt100::Screen> for Cells {
    fn from(screen: &vt100::Screen) -> Self {
        let (rows, columns) = screen.size();
        let row = |y| (0..columns.get()).filter_map(|x| screen.cell(y, x)).map(Cell::from).collect();
        Self { rows: (0..rows.get()).map(row).collect() }
    }
}

impl From<&vt100::Cell> for Cell {
    fn from(cell: &vt100::Cell) -> Self {
        let symbol = match cell.contents() {
            "" if cell.is_wide_continuation() => "",
            "" => " ",
            text => text,
        };
        Self {
            symbol: symbol.to_owned(),
            fg: cell.fgcolor().into(),
            bg: cell.bgcolor().into(),
            bold: cell.bold(),
            dim: cell.dim(),
            italic: cell.italic(),
            underlined: cell.underline(),
            inverse: cell.inverse(),
        }
    }
}

impl From<vt100::Color> for Ink {
    fn from(color: vt100::Color) -> Self {
        match color {
            vt100::Color::Default => Self::Default,
            vt100::Color::Idx(index) => Self::Indexed(index),
            vt100::Color::Rgb(red, green, blue) => Self::Rgb(red, green, blue),
        }
    }
}

impl From<&Buffer> for Cells {
    fn from(buffer: &Buffer) -> Self {
        let area = buffer.area;
        let row =
            |y| (area.left()..area.right()).filter_map(|x| buffer.cell((x, y))).map(Cell::from).collect();
        Self { rows: (area.top()..area.bottom()).map(row).collect() }
    }
}

impl From<&ratatui::buffer::Cell> for Cell {
    fn from(cell: &ratatui::buffer::Cell) -> Self {
        let has = |modifier| cell.modifier.contains(modifier);
        Self {
            symbol: cell.symbol().to_owned(),
            fg: cell.fg.into(),
            bg: cell.bg.into(),
            bold: has(Modifier::BOLD),
            dim: has(Modifier::DIM),
            italic: has(Modifier::ITALIC),
            underlined: has(Modifier::UNDERLINED),
            inverse: has(Modifier::REVERSED),
        }
    }
}

impl From<Color> for Ink {
    fn from(color: Color) -> Self {
        match color {
            Color::Reset => Self::Default,
            Color::Black => Self::Indexed(0),
            Color::Red => Self::Indexed(1),
            Color::Green => Self::Indexed(2),
            Color::Yellow => Self::Indexed(3),
            Color::Blue => Self::Indexed(4),
            Color::Magenta => Self::Indexed(5),
            Color::Cyan => Self::Indexed(6),
            Color::Gray => Self::Indexed(7),
            Color::DarkGray => Self::Indexed(8),
            Color::LightRed => Self::Indexed(9),
            Color::LightGreen => Self::Indexed(10),
            Color::LightYellow => Self::Indexed(11),
            Color::LightBlue => Self::Indexed(12),
            Color::LightMagenta => Self::Indexed(13),
            Color::LightCyan => Self::Indexed(14),
            Color::White => Self::Indexed(15),
            Color::Indexed(index) => Self::Indexed(index),
            Color::Rgb(red, green, blue) => Self::Rgb(red, green, blue),
        }
    }
}

/// The colour that a terminal usually shows for a palette entry.
fn palette(index: u8) -> (u8, u8, u8) {
    const NAMED: [(u8, u8, u8); 16] = [
        (0x00, 0x00, 0x00),
        (0xcd, 0x31, 0x31),
        (0x0d, 0xbc, 0x79),
        (0xe5, 0xe5, 0x10),
        (0x3b, 0x8e, 0xea),
        (0xbc, 0x3f, 0xbc),
        (0x11, 0xa8, 0xcd),
        (0xcc, 0xcc, 0xcc),
        (0x76, 0x76, 0x76),
        (0xf1, 0x4c, 0x4c),
        (0x23, 0xd1, 0x8b),
        (0xf5, 0xf5, 0x43),
        (0x5c, 0xa8, 0xff),
        (0xd6, 0x70, 0xd6),
        (0x29, 0xb8, 0xdb),
        (0xff, 0xff, 0xff),
    ];
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match index {
        0..16 => NAMED[usize::from(index)],
        16..232 => {
            let cube = index - 16;
            (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        }
        232.. => {
            let grey = 8 + 10 * (index - 232);
            (grey, grey, grey)
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn a_buffer_becomes_the_cells_that_were_drawn() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 2));
        buffer.set_string(0, 0, "pay", Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::White).bold());
        let cells = Cells::from(&buffer);
        assert_eq!((cells.width(), cells.text().as_str()), (4, "pay\n"));
        let pay = &cells.rows[0][0];
        assert_eq!((pay.fg, pay.bg, pay.bold), (Ink::Rgb(1, 2, 3), Ink::Indexed(15), true));
        assert_eq!(cells.rows[1][3], Cell { symbol: " ".to_owned(), ..Cell::default() });
    }

    #[test]
    fn the_palette_has_its_corners_and_its_greys() {
        let rgb = [0, 15, 16, 231, 232, 255].map(|index| Ink::Indexed(index).rgb().unwrap().0);
        assert_eq!(rgb, [0, 255, 0, 255, 8, 238]);
        assert_eq!(Ink::Default.rgb(), None);
    }
}
