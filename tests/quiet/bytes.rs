//! What a frame writes.

use giftty::input::{Key, Size};

use super::paper::Paper;
use super::walk::Walk;

#[test]
fn probe() {
}
