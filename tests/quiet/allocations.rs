//! What a frame allocates, and that the rows of a list allocate nothing.

use allocation_counter::measure;
use giftty::input::{Key, Size};
use giftty::state::State;
use giftty::theme::Theme;
use giftty::view::view;

use super::paper::Paper;
use super::scenes;
use super::walk::Walk;

/// The most that a steady frame may allocate.
const MOST: u64 = 16;

/// What drawing a state allocates while its screen is up already.
fn frame(state: &State) -> u64 {
    let Size { columns, rows } = state.desk.size;
    let mut paper = Paper::new(columns, rows);
    for _ in 0..2 {
        paper.show(state);
    }
    let theme = Theme::default();
    measure(|| drop(paper.terminal.draw(|frame| view(state, &theme, frame)))).count_total
}

fn scene(name: &str, size: Size) -> State {
    let found = scenes::all().find(|(known, _)| *known == name);
    found.expect(name).1(size)
}

#[test]
fn a_steady_frame_of_a_list_allocates_little() {
    for name in ["country", "country_filter", "brands_loading", "brands", "brands_kind", "brands_end"] {
        let count = frame(&scene(name, Size { columns: 80, rows: 24 }));
        assert!(count <= MOST, "{name}: {count}");
    }
}

#[test]
fn rows_allocate_nothing() {
    for name in ["country", "country_filter", "brands", "brands_filter"] {
        let low = frame(&scene(name, Size { columns: 78, rows: 20 }));
        let high = frame(&scene(name, Size { columns: 78, rows: 60 }));
        assert!(high <= low, "{name}: {low} in a low window, {high} in a high one");
    }
}

#[test]
fn a_frame_in_which_nothing_changed_writes_nothing_on_any_screen() {
    for (name, scene) in scenes::all() {
        let state = scene(Size { columns: 80, rows: 24 });
        let mut paper = Paper::new(80, 24);
        assert_eq!(paper.show(&state).len(), 1, "{name}");
        assert_eq!(paper.show(&state).len(), 0, "{name}");
    }
}

#[test]
fn moving_allocates_no_more_than_standing() {
    let size = Size { columns: 80, rows: 24 };
    let walk = Walk::begin(giftty::state::Boot { country: None, ..super::fixtures::boot(size) });
    let mut paper = Paper::new(80, 24);
    paper.show(&walk.state);
    let walk = walk.press(Key::Down).press(Key::Down);
    paper.show(&walk.state);
    let walk = walk.press(Key::Down);
    let theme = Theme::default();
    let moved = measure(|| drop(paper.terminal.draw(|frame| view(&walk.state, &theme, frame)))).count_total;
    assert!(moved <= MOST, "{moved}");
}
