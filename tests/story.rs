//! The core told as stories: keys and answers in, effects and state out, nothing outside.

#[cfg(test)]
mod story {
    pub(crate) mod kit;
    pub(crate) mod wares;

    mod browsing;
    mod choosing;
    mod filling;
    mod following;
    mod kinds;
    mod leaving;
    mod merging;
    mod paying;
    mod placing;
    mod properties;
}
