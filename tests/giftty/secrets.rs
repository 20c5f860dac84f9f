//! What is as good as money, or somebody's own, stands in the journal and nowhere else.

use crate::headless::kit;
use crate::terminal::{keys, program};

mod debugging;
mod leaving;
mod searching;
