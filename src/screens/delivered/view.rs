//! Drawing of the delivered screen.
