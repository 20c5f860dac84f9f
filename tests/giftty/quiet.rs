//! How quiet the screen is: bytes, writes and allocations of a frame, which repeat exactly.

use crate::screens::{belongings, fixtures, scenes, walk};
use crate::support::cells;

mod allocations;
mod backend;
mod bytes;
mod easel;
mod paper;
mod pictures;
