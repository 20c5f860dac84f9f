//! How an order is followed.
