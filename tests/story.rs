//! The core told as stories: keys and answers in, effects and state out, nothing outside.

#[cfg(test)]
mod story {
    pub(crate) mod counter;
    pub(crate) mod kit;
    pub(crate) mod wares;

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
    mod tendering;
}
