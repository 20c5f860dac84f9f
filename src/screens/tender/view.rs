//! Drawing of the tender screen.
