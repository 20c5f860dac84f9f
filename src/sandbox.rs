//! The faithful local shop, over real HTTP and SSE.

pub mod catalogue;
pub mod rails;
pub mod storefront;
