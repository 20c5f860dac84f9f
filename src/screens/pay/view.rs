//! Drawing of the pay screen.
