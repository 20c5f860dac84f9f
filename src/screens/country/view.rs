//! Drawing of the country screen.
