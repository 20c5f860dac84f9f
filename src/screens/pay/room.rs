//! Decides what fits into a window. Addresses and codes are shown whole or not at all.

use crate::domain::settlement::Settlement;
use crate::qr::{Blocks, Qr};
use crate::widgets::text::{cells, wrap};

/// Columns of the labels.
pub const LABEL: u16 = 13;
/// Minimum columns beside the code: a label and four groups of four characters.
pub const BESIDE: u16 = LABEL + 4 * 5 + 3;
/// Columns between the code and the text beside it.
pub const GAP: u16 = 3;
/// Rows of the caption below the code.
pub const CAPTION: u16 = 1;
/// Columns and rows of a window outside the screen's body: margins; header, rule, toast and footer.
pub const FRAME: (u16, u16) = (2, 4);

/// Groups per line of an ordinary address: sixteen characters are easy to compare.
const GROUPS: usize = 4;
/// An address with more characters than this, such as an invoice, uses the full line.
const LONG: usize = 70;
/// The prefix of Ethereum-style addresses; the rest is split into groups of four.
const HEX: &str = "0x";

/// Returns how many groups of the address fit on a line, and whether `0x` precedes the first one.
pub fn groups_on_a_line(settlement: &Settlement, columns: u16) -> (usize, bool) {
    let prefixed = settlement.address.groups().first() == Some(&HEX);
    let indent = if prefixed { LABEL + 3 } else { LABEL };
    let room = usize::from(columns.saturating_sub(indent).saturating_add(1) / 5).max(1);
    let long = settlement.address.as_str().len() > LONG;
    (if long { room } else { room.min(GROUPS) }, prefixed)
}

/// Returns the rows of the essentials: amount, network, address, and the warning about coin and network.
pub fn essential_rows(settlement: &Settlement, columns: u16) -> u16 {
    let (on_a_line, prefixed) = groups_on_a_line(settlement, columns);
    let groups = settlement.address.groups().len() - usize::from(prefixed);
    let beside = columns.saturating_sub(LABEL);
    let lines = |text: &str| wrap(text, beside).len();
    let head = lines(&amount(settlement)) + lines(settlement.tender.network.shown());
    let warning = wrap(&only_right(settlement), columns).len();
    cells(head + groups.div_ceil(on_a_line) + usize::from(!settlement.checked) + warning)
}

/// Returns the exact amount to send, with its coin.
pub fn amount(settlement: &Settlement) -> String {
    format!("{} {}", settlement.amount, settlement.tender.coin)
}

/// Returns the warning that only this coin and network are right.
pub fn only_right(settlement: &Settlement) -> String {
    let tender = &settlement.tender;
    format!("Only {} on {}. Anything else sent to this address may be lost.", tender.coin, tender.network)
}

/// Returns whether the essentials fit: a line needs room for a label and a group of four.
pub fn essentials_fit(settlement: &Settlement, columns: u16, rows: u16) -> bool {
    columns >= LABEL + 3 + 4 && essential_rows(settlement, columns) <= rows
}

/// Returns whether a code fits on the screen beside the essentials.
pub fn fits_beside(code: &Qr, blocks: Blocks, settlement: &Settlement, (columns, rows): (u16, u16)) -> bool {
    let (wide, high) = size(code, blocks);
    let beside = columns.saturating_sub(wide.saturating_add(GAP));
    beside >= BESIDE && high.saturating_add(CAPTION) <= rows && essentials_fit(settlement, beside, rows)
}

/// Returns the size of a window in which a code fits beside an ordinary address.
pub fn window_beside(code: &Qr, blocks: Blocks) -> (u16, u16) {
    let (wide, high) = size(code, blocks);
    let columns = wide.saturating_add(GAP + BESIDE + FRAME.0);
    (columns, high.saturating_add(CAPTION + FRAME.1))
}

/// Returns the size of a window in which a code fits alone; a badge above it takes a row.
pub fn window_alone(code: &Qr, blocks: Blocks, badge: bool) -> (u16, u16) {
    let (wide, high) = size(code, blocks);
    (wide, high.saturating_add(CAPTION + u16::from(badge)))
}

/// Returns whether a code fits into a window alone.
pub fn fits_alone(code: &Qr, blocks: Blocks, badge: bool, (columns, rows): (u16, u16)) -> bool {
    let (wide, high) = window_alone(code, blocks, badge);
    wide <= columns && high <= rows
}

fn size(code: &Qr, blocks: Blocks) -> (u16, u16) {
    let (columns, rows) = code.size(blocks);
    (cells(columns), cells(rows))
}
