//! Drawing of the orders screen.
