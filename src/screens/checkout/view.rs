//! Drawing of the checkout screen.
