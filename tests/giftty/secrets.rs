//! What is as good as money, or somebody's own, stands in the journal and nowhere else.

mod debugging;
mod leaving;
mod searching;
