//! The drawing kit that every screen shares.
