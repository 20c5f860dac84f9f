//! The core told as stories: keys and answers in, effects and state out, nothing outside.

mod browsing;
mod carting;
mod categories;
mod checking;
mod choosing;
mod countries;
mod deliberate;
mod earlier;
mod filling;
mod finding;
mod following;
mod joining;
mod keeping;
mod kinds;
mod leaving;
mod limits;
mod merging;
mod objecting;
mod paying;
mod placing;
mod properties;
mod saving;
mod shop_stub;
mod tendering;
