//! What holds for every state in every window.

use giftty::action::Action;
use giftty::input::{Input, Size};
use giftty::theme::Theme;
use giftty::update::update;
use giftty::view::view;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::cells::Cells;
use super::{draw, qr_reader, rows, scenes};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_window_is_too_odd_to_draw_in(place in 0_usize..1000, columns in 1_u16..=500, rows in 1_u16..=200) {
        let scenes: Vec<scenes::Scene> = scenes::all().collect();
        let (_, scene) = scenes[place % scenes.len()];
        // Where nobody sees what a key does, few of them work: one walks there first.
        let walked = Size { columns: columns.max(40), rows: rows.max(12) };
        let mut state = scene(walked);
        update(&mut state, Action::Came(Input::Resized(Size { columns, rows })));
        draw(&state, &Theme::default());
    }
}

#[test]
fn the_smallest_windows_are_survived_by_every_state() {
    for (_, scene) in scenes::all() {
        let state = scene(Size { columns: 80, rows: 24 });
        for (columns, rows) in [(1, 1), (2, 1), (1, 9), (40, 12), (41, 13), (300, 12), (40, 100)] {
            let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
            terminal.draw(|frame| view(&state, &Theme::default(), frame)).unwrap();
        }
    }
}

#[test]
fn an_esim_is_read_from_the_screen_once_it_is_revealed() {
    let read = |name: &str| {
        let (_, scene) = scenes::all().find(|(known, _)| *known == name).unwrap();
        let terminal = draw(&scene(Size { columns: 80, rows: 24 }), &Theme::default());
        qr_reader::read(&Cells::from(terminal.backend().buffer()))
    };
    assert_eq!(read("delivered_esim"), [super::fixtures::ESIM]);
    assert_eq!(read("delivered_esim_hidden"), [""; 0]);
}

#[test]
fn codes_stay_out_of_sight_until_they_are_revealed() {
    let seen = |name: &str| {
        let (_, scene) = scenes::all().find(|(known, _)| *known == name).unwrap();
        rows(draw(&scene(Size { columns: 80, rows: 24 }), &Theme::default()).backend().buffer()).join("\n")
    };
    assert!(!seen("delivered_hidden").contains("AIRB-7Q2M"));
    assert!(seen("delivered_revealed").contains("AIRB-7Q2M-X9KD-4T1P"));
}
