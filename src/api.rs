//! The shop's API: a typed client, and the feed of an order's news.
