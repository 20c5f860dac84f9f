//! What has room in a window: an address is there whole or not at all, and so is a code.

use crate::domain::settlement::Settlement;
use crate::qr::{Blocks, Qr};
use crate::widgets::text::{cells, wrap};

/// Columns of the labels.
pub const LABEL: u16 = 13;
/// The least columns beside the code: a label and four groups of four.
pub const BESIDE: u16 = LABEL + 4 * 5 + 3;
/// Columns between the code and what stands beside it.
pub const GAP: u16 = 3;
/// Rows under the code that say what it holds.
pub const CAPTION: u16 = 1;
/// Columns and rows of a window that are not the screen's: its margins; header, line, toast, footer.
pub const FRAME: (u16, u16) = (2, 4);

/// Groups of an ordinary address that stand on a line: sixteen characters compare well.
const GROUPS: usize = 4;
/// An address with more characters, such as an invoice, takes whole lines.
const LONG: usize = 70;
/// What addresses of Ethereum and its kin begin with; the rest is compared in fours.
const HEX: &str = "0x";

/// Groups of the address that stand on a line, and whether `0x` stands before the first of them.
pub fn groups_on_a_line(settlement: &Settlement, columns: u16) -> (usize, bool) {
    let prefixed = settlement.address.groups().first() == Some(&HEX);
    let indent = if prefixed { LABEL + 3 } else { LABEL };
    let room = usize::from(columns.saturating_sub(indent).saturating_add(1) / 5).max(1);
    let long = settlement.address.as_str().len() > LONG;
    (if long { room } else { room.min(GROUPS) }, prefixed)
}

/// Rows that nobody can do without: amount, network, address, and the one right coin and network.
pub fn essential_rows(settlement: &Settlement, columns: u16) -> u16 {
    let (on_a_line, prefixed) = groups_on_a_line(settlement, columns);
    let groups = settlement.address.groups().len() - usize::from(prefixed);
    let beside = columns.saturating_sub(LABEL);
    let lines = |text: &str| wrap(text, beside).len();
    let head = lines(&amount(settlement)) + lines(settlement.tender.network.shown());
    let warning = wrap(&only_right(settlement), columns).len();
    cells(head + groups.div_ceil(on_a_line) + usize::from(!settlement.checked) + warning)
}

/// Exactly what to send, with its coin.
pub fn amount(settlement: &Settlement) -> String {
    format!("{} {}", settlement.amount, settlement.tender.coin)
}

/// The sentence on the only right coin and network.
pub fn only_right(settlement: &Settlement) -> String {
    let tender = &settlement.tender;
    format!("Only {} on {}. Anything else sent to this address may be lost.", tender.coin, tender.network)
}

/// Whether a group of four and its label have room, so that an address can be written at all.
pub fn essentials_fit(settlement: &Settlement, columns: u16, rows: u16) -> bool {
    columns >= LABEL + 3 + 4 && essential_rows(settlement, columns) <= rows
}

/// Whether a code has room on the screen, with everything that nobody can do without beside it.
pub fn fits_beside(code: &Qr, blocks: Blocks, settlement: &Settlement, (columns, rows): (u16, u16)) -> bool {
    let (wide, high) = size(code, blocks);
    let beside = columns.saturating_sub(wide.saturating_add(GAP));
    beside >= BESIDE && high.saturating_add(CAPTION) <= rows && essentials_fit(settlement, beside, rows)
}

/// The window in which a code stands beside an ordinary address.
pub fn window_beside(code: &Qr, blocks: Blocks) -> (u16, u16) {
    let (wide, high) = size(code, blocks);
    let columns = wide.saturating_add(GAP + BESIDE + FRAME.0);
    (columns, high.saturating_add(CAPTION + FRAME.1))
}

/// The window in which a code stands alone; a badge over it takes a row.
pub fn window_alone(code: &Qr, blocks: Blocks, badge: bool) -> (u16, u16) {
    let (wide, high) = size(code, blocks);
    (wide, high.saturating_add(CAPTION + u16::from(badge)))
}

/// Whether a code has room in a window of its own.
pub fn fits_alone(code: &Qr, blocks: Blocks, badge: bool, (columns, rows): (u16, u16)) -> bool {
    let (wide, high) = window_alone(code, blocks, badge);
    wide <= columns && high <= rows
}

fn size(code: &Qr, blocks: Blocks) -> (u16, u16) {
    let (columns, rows) = code.size(blocks);
    (cells(columns), cells(rows))
}
