//! What holds for every state in every window.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use giftty::action::Action;
use giftty::domain::catalogue::{Brand, Catalogue, Facts};
use giftty::domain::time::Moment;
use giftty::input::{Input, Key, Press, Size};
use giftty::keymap::Command;
use giftty::screens::AnyScreen;
use giftty::search::catalogue_index::CatalogueIndex;
use giftty::state::State;
use giftty::theme::Theme;
use giftty::update::update;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::looks::themes;
use super::{draw, drawn, rows, scenes, screen};
use crate::support::cells::Cells;
use crate::support::fixtures::{catalogue, country};
use crate::support::qr_reader;
use crate::support::walk::Walk;

/// A window, and how it is drawn in: which theme, in ASCII or not, with motion or without.
fn windows() -> impl Strategy<Value = (u16, u16, usize, bool, bool)> {
    (1_u16..=500, 1_u16..=200, any::<usize>(), any::<bool>(), any::<bool>())
}

#[test]
fn every_state_is_drawn_in_windows_of_any_size_in_every_theme() {
    // Where nobody sees what a key does, few of them work: one walks there first.
    let states: Vec<State> = scenes::all().map(|(_, scene)| scene(Size { columns: 80, rows: 24 })).collect();
    let themes = themes();
    let windows = proptest::collection::vec(windows(), states.len());
    let states = RefCell::new(states);
    let config = ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() };
    let drawn = TestRunner::new(config).run(&windows, |windows| {
        for (state, (columns, rows, theme, ascii, still)) in states.borrow_mut().iter_mut().zip(windows) {
            state.model.preferences.reduced_motion = still;
            update(state, Action::Input(Input::Resized(Size { columns, rows })));
            let mut theme = themes[theme % themes.len()].1.clone();
            theme.ascii = ascii;
            draw(state, &theme);
        }
        Ok(())
    });
    drawn.unwrap();
}

#[test]
fn the_smallest_windows_are_survived_by_every_state() {
    for (_, scene) in scenes::all() {
        let state = scene(Size { columns: 80, rows: 24 });
        for (columns, rows) in [(1, 1), (2, 1), (1, 9), (40, 12), (41, 13), (300, 12), (40, 100)] {
            drawn(&state, &Theme::default(), Size { columns, rows });
        }
    }
}

#[test]
fn an_esim_is_read_from_the_screen_once_it_is_revealed() {
    let read = |name: &str| {
        let (_, scene) = scenes::all().find(|(known, _)| *known == name).unwrap();
        let drawn = draw(&scene(Size { columns: 80, rows: 24 }), &Theme::default());
        qr_reader::read(&Cells::from(&drawn))
    };
    assert_eq!(read("delivered_esim"), [crate::support::fixtures::ESIM]);
    assert_eq!(read("delivered_esim_hidden"), [""; 0]);
}

#[test]
fn codes_stay_out_of_sight_until_they_are_revealed() {
    let seen = |name: &str| {
        let (_, scene) = scenes::all().find(|(known, _)| *known == name).unwrap();
        rows(&draw(&scene(Size { columns: 80, rows: 24 }), &Theme::default())).join("\n")
    };
    assert!(!seen("delivered_hidden").contains("AIRB-7Q2M"));
    assert!(seen("delivered_revealed").contains("AIRB-7Q2M-X9KD-4T1P"));
}

/// Two clocks that agree differ by a second whenever the one is read at another part of its second.
#[test]
fn the_time_at_which_an_order_was_placed_does_not_jump() {
    let (_, scene) = scenes::all().find(|(known, _)| *known == "pay_solana").unwrap();
    let mut state = scene(Size { columns: 80, rows: 24 });
    let begin = state.model.now;
    update(&mut state, Action::ShopTimeTold(begin.wall));
    let placed = |state: &mut State, wall: u64, uptime: u64| {
        let now = Moment {
            wall: begin.wall.plus(Duration::from_secs(wall)),
            uptime: begin.uptime + Duration::from_millis(uptime),
        };
        update(state, Action::Tick(now));
        let rows = rows(&draw(state, &Theme::plain()));
        let row = rows.into_iter().find(|row| row.contains("● placed")).expect("the first step");
        row.rsplit(' ').next().unwrap().to_owned()
    };
    let seen = [(5, 5_100), (5, 5_900), (6, 5_950), (6, 6_200), (7, 6_900)];
    let seen = seen.map(|(wall, uptime)| placed(&mut state, wall, uptime));
    assert_eq!(seen.iter().filter(|time| **time != seen[0]).count(), 0, "{seen:?}");
}

#[test]
fn on_every_screen_help_and_the_palette_name_all_that_works_there() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40)] {
        for (name, scene) in scenes::all() {
            let mut state = scene(Size { columns, rows });
            let offers = state.commands();
            if matches!(state.top(), AnyScreen::Help(_) | AnyScreen::Palette(_)) {
                continue;
            }
            assert!(offers.contains(&Command::Help) && offers.contains(&Command::Quit), "{name}: {offers:?}");
            update(&mut state, Action::Input(Input::lone(Press::plain(Key::F(1)))));
            let mut text = String::new();
            for _ in 0..12 {
                text += &super::rows(&draw(&state, &Theme::plain())).join("\n");
                update(&mut state, Action::Input(Input::lone(Press::plain(Key::Down))));
            }
            for command in &offers {
                let meaning = command.binding().expect("a row of the table").meaning;
                let begin: String = meaning.chars().take(18).collect();
                assert!(text.contains(&begin), "{name} at {columns}: no {meaning:?} in\n{text}");
            }
            update(&mut state, Action::Input(Input::lone(Press::plain(Key::Esc))));
            update(&mut state, Action::Input(Input::lone(Press::ctrl('g'))));
            let AnyScreen::Palette(palette) = state.top() else { panic!("{name}: no palette") };
            assert!(palette.list.shown.contains(&Command::Help), "{name}: {:?}", palette.list.shown);
        }
    }
}

#[test]
fn brands_of_one_family_are_told_apart_by_their_whole_names() {
    let names = ["Lycamobile Bundle", "Lycamobile Credits"];
    let brand = |name: &&str| {
        let one = catalogue().catalogue.brands[0].clone();
        Brand::new(&Facts { id: name, name, family: "Lycamobile", ..one.facts() }).expect("a brand")
    };
    let brands = Catalogue::new(country("US"), names.iter().map(brand).collect(), &[]);
    for columns in [60, 80, 120] {
        let size = Size { columns, rows: 24 };
        let state = Walk::at_brands(size).catalogue(Ok(Arc::new(CatalogueIndex::new(brands.clone())))).state;
        let seen = screen(&state);
        assert!(names.iter().all(|name| seen.contains(&format!(" {name} "))), "{seen}");
        assert_eq!(seen.contains("Lycamobile Bundle 1 of 2"), columns != 80, "where there is room\n{seen}");
    }
}

#[test]
fn the_state_of_an_order_is_never_cut_in_its_row() {
    for (name, scene) in super::belongings::ORDERS {
        for columns in [60, 80, 120] {
            let state = scene(Size { columns, rows: 24 });
            let rows = rows(&draw(&state, &Theme::plain()));
            let dated = |row: &&String| row.chars().skip(3).take(3).collect::<String>() == "11-";
            for row in rows.iter().filter(dated) {
                assert!(!row.contains('…'), "{name} at {columns}: {row}");
            }
        }
    }
}
