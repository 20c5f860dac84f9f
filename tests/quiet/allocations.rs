//! What a frame allocates.

use allocation_counter::measure;
use giftty::input::{Key, Size};
use giftty::state::State;

use super::paper::Paper;
use super::scenes;
use super::walk::Walk;

const WINDOW: Size = Size { columns: 80, rows: 24 };

/// What a frame allocates after a key, once everything is warm.
fn frame(before: &State, after: &State) -> u64 {
    let mut paper = Paper::new(after.desk.size.columns, after.desk.size.rows);
    for _ in 0..2 {
        paper.show(before);
        paper.show(after);
    }
    paper.show(before);
    measure(|| drop(paper.terminal.draw(|frame| giftty::view::view(after, &giftty::theme::Theme::default(), frame)))).count_total
}

#[test]
fn probe() {
    for (name, scene) in scenes::all() {
        let state = scene(WINDOW);
        println!("{name}: {}", frame(&state, &state));
    }
}
