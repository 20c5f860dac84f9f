//! A screen as a standalone picture: text, colours, and blocks as crisp rectangles.

use std::fmt::Write as _;

use crate::support::cells::{Cell, Cells};

/// Pixels of one cell, of the frame around the screen, and of its title bar.
const CELL: (usize, usize) = (9, 20);
const PADDING: usize = 14;
const TITLE_BAR: usize = 34;

const BACKGROUND: &str = "#16181d";
const FOREGROUND: &str = "#d5d8df";

/// Draws a screen in a window; the same screen gives the same bytes.
pub(crate) fn draw(cells: &Cells, title: &str) -> String {
    let (width, height) =
        (cells.width() * CELL.0 + 2 * PADDING, cells.rows.len() * CELL.1 + TITLE_BAR + PADDING);
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">
<rect width="{width}" height="{height}" rx="10" fill="{BACKGROUND}"/>
<g><circle cx="20" cy="17" r="5.5" fill="#ff5f57"/><circle cx="38" cy="17" r="5.5" fill="#febc2e"/><circle cx="56" cy="17" r="5.5" fill="#28c840"/></g>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="15" fill="{FOREGROUND}">
<text x="{middle}" y="22" text-anchor="middle" font-size="13" opacity="0.6">{label}</text>
"##,
        label = escaped(title),
        middle = width / 2,
    );
    for (y, row) in cells.rows.iter().enumerate() {
        let top = TITLE_BAR + y * CELL.1;
        for (x, run) in runs(row, background) {
            if let Some(fill) = background(&run[0]) {
                rectangle(&mut svg, x, top, run.len(), CELL.1, &fill);
            }
        }
        for (x, run) in runs(row, |cell| (cell.symbol.clone(), foreground(cell))) {
            block(&mut svg, x, top, run);
        }
        for (x, run) in runs(row, |cell| (is_block(cell), style(cell))) {
            text(&mut svg, x, top, run);
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// The row in stretches of cells that have the same key, with the column of each.
fn runs<K: PartialEq>(row: &[Cell], key: impl Fn(&Cell) -> K) -> impl Iterator<Item = (usize, &[Cell])> {
    row.chunk_by(move |left, right| key(left) == key(right)).scan(0, |column, run| {
        let start = *column;
        *column += run.len();
        Some((start, run))
    })
}

fn rectangle(svg: &mut String, column: usize, y: usize, columns: usize, height: usize, fill: &str) {
    let (x, width) = (PADDING + column * CELL.0, columns * CELL.0);
    line(
        svg,
        format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" shape-rendering="crispEdges"/>"#
        ),
    );
}

/// Half and full blocks as rectangles: fonts leave gaps between them.
fn block(svg: &mut String, column: usize, top: usize, run: &[Cell]) {
    let half = CELL.1 / 2;
    let (top, height) = match run[0].symbol.as_str() {
        "█" => (top, CELL.1),
        "▀" => (top, half),
        "▄" => (top + half, half),
        _ => return,
    };
    rectangle(svg, column, top, run.len(), height, &foreground(&run[0]));
}

fn text(svg: &mut String, column: usize, top: usize, run: &[Cell]) {
    let symbols: String = run.iter().map(|cell| cell.symbol.as_str()).collect();
    if is_block(&run[0]) || (symbols.trim().is_empty() && !run[0].underlined) {
        return;
    }
    let (x, y, length) = (PADDING + column * CELL.0, top + CELL.1 - 5, run.len() * CELL.0);
    let (style, symbols) = (style(&run[0]), escaped(&symbols));
    line(
        svg,
        format_args!(
            r#"<text x="{x}" y="{y}" textLength="{length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"{style}>{symbols}</text>"#
        ),
    );
}

fn is_block(cell: &Cell) -> bool {
    matches!(cell.symbol.as_str(), "█" | "▀" | "▄")
}

/// How the text of a cell is drawn.
fn style(cell: &Cell) -> String {
    let fill = foreground(cell);
    let mut style = if fill == FOREGROUND { String::new() } else { format!(r#" fill="{fill}""#) };
    let switches = [
        (cell.bold, r#" font-weight="bold""#),
        (cell.dim, r#" opacity="0.6""#),
        (cell.italic, r#" font-style="italic""#),
        (cell.underlined, r#" text-decoration="underline""#),
    ];
    style.extend(switches.iter().filter_map(|(on, attribute)| on.then_some(*attribute)));
    style
}

fn foreground(cell: &Cell) -> String {
    let (ink, own) = if cell.inverse { (cell.bg, BACKGROUND) } else { (cell.fg, FOREGROUND) };
    ink.rgb().map_or_else(|| own.to_owned(), hex)
}

/// The fill behind a cell, unless it is the window's.
fn background(cell: &Cell) -> Option<String> {
    if cell.inverse {
        return Some(cell.fg.rgb().map_or_else(|| FOREGROUND.to_owned(), hex));
    }
    cell.bg.rgb().map(hex)
}

fn hex((red, green, blue): (u8, u8, u8)) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn line(svg: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(svg, "{line}").expect("a string takes whatever is written");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::cells::Ink;

    fn row(text: &str, cell: &Cell) -> Vec<Cell> {
        text.chars().map(|c| Cell { symbol: c.to_string(), ..cell.clone() }).collect()
    }

    #[test]
    fn text_is_drawn_in_runs_of_one_style_at_fixed_columns() {
        let mut cells = row("plain ", &Cell::default());
        cells.extend(row("a<b", &Cell { fg: Ink::Rgb(255, 0, 16), bold: true, ..Cell::default() }));
        let svg = draw(&Cells { rows: vec![cells] }, "a & b");
        assert!(svg.contains(r#"<text x="14" y="49" textLength="54" lengthAdjust="spacingAndGlyphs" xml:space="preserve">plain </text>"#), "{svg}");
        assert!(svg.contains(r##"<text x="68" y="49" textLength="27" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="#ff0010" font-weight="bold">a&lt;b</text>"##), "{svg}");
        assert!(svg.contains("a &amp; b") && svg.contains(r#"width="109" height="68""#), "{svg}");
    }

    #[test]
    fn blocks_and_backgrounds_are_rectangles() {
        let black_on_white = Cell { fg: Ink::Indexed(16), bg: Ink::Indexed(231), ..Cell::default() };
        let svg = draw(&Cells { rows: vec![row("▀▀ ▄█", &black_on_white)] }, "");
        let rectangles: Vec<&str> = svg.lines().filter(|line| line.ends_with("\"crispEdges\"/>")).collect();
        let expected = [
            r##"<rect x="14" y="34" width="45" height="20" fill="#ffffff" shape-rendering="crispEdges"/>"##,
            r##"<rect x="14" y="34" width="18" height="10" fill="#000000" shape-rendering="crispEdges"/>"##,
            r##"<rect x="41" y="44" width="9" height="10" fill="#000000" shape-rendering="crispEdges"/>"##,
            r##"<rect x="50" y="34" width="9" height="20" fill="#000000" shape-rendering="crispEdges"/>"##,
        ];
        assert_eq!(rectangles, expected);
        assert_eq!(svg.matches("<text").count(), 1, "the title alone is text: {svg}");
    }

    #[test]
    fn an_inverse_cell_swaps_its_colours() {
        let cell = Cell { inverse: true, fg: Ink::Rgb(1, 1, 1), ..Cell::default() };
        let svg = draw(&Cells { rows: vec![row("x", &cell)] }, "");
        assert!(svg.contains(r##"fill="#010101" shape"##) && svg.contains(r##"fill="#16181d">x<"##), "{svg}");
    }
}
