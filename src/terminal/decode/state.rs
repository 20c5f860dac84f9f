//! What the decoder is in the middle of.

/// What the next byte belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// A new key or sequence.
    #[default]
    Ground,
    /// A character of two to four bytes.
    Utf8,
    /// What follows an Escape.
    Escape,
    /// A control sequence: parameters, then a final byte.
    Csi,
    /// The function keys of the Linux console: `ESC [ [` and a letter.
    Console,
    /// A key of the keypad or a function key: `ESC O`, perhaps a number, and a letter.
    Ss3,
    /// An X10 mouse report: `ESC [ M`, button, column and row.
    Mouse,
    /// A string that ends with ST, an OSC also with BEL. The byte introduced it.
    Text(u8),
    /// An Escape within a string, perhaps the first byte of ST.
    TextEscape(u8),
    Paste,
}
