//! Payment addresses, checked by their network's own rules.
