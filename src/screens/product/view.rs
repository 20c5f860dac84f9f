//! Drawing of the product screen.
