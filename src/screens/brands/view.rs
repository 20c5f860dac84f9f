//! Drawing of the brands screen.
