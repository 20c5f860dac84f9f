//! What holds for every state in every window.

use giftty::action::Action;
use giftty::input::{Input, Size};
use giftty::screens::Screen;
use giftty::theme::Theme;
use giftty::update::update;
use giftty::view::view;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Color;

use super::{draw, rows, scenes};

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

/// The texts of the QR codes on a screen, read from light and dark as a phone reads them.
fn decode(buffer: &Buffer) -> Vec<String> {
    const SCALE: usize = 4;
    let (columns, height) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let dark = |color: Color| matches!(color, Color::Rgb(0, 0, 0) | Color::Reset);
    let dot = |x: usize, y: usize| {
        let cell = &buffer.content()[y / 2 * columns + x];
        let (upper, lower) = match cell.symbol() {
            "█" => (dark(cell.fg), dark(cell.fg)),
            "▀" => (dark(cell.fg), dark(cell.bg)),
            "▄" => (dark(cell.bg), dark(cell.fg)),
            _ => (dark(cell.bg), dark(cell.bg)),
        };
        if y.is_multiple_of(2) { upper } else { lower }
    };
    let mut image = rqrr::PreparedImage::prepare_from_bitmap(columns * SCALE, height * 2 * SCALE, |x, y| {
        dot(x / SCALE, y / SCALE)
    });
    image.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}

#[test]
fn a_phone_reads_from_the_screen_what_the_settlement_says() {
    for theme in [Theme::default(), Theme::plain()] {
        for name in ["pay_solana", "pay_bitcoin", "pay_evm", "pay_full_screen", "pay_lightning"] {
            let (_, scene) = scenes::all().find(|(known, _)| *known == name).unwrap();
            let state = scene(Size { columns: 120, rows: 40 });
            let Screen::Pay(pay) = state.top() else { panic!("{name} is on the pay screen") };
            let settlement = pay.settlement.as_ref().unwrap();
            let terminal = draw(&state, &theme);
            assert_eq!(decode(terminal.backend().buffer()), [settlement.contents[pay.content].text.clone()]);
        }
    }
}

#[test]
fn an_esim_is_read_from_the_screen_once_it_is_revealed() {
    let read = |name: &str| {
        let (_, scene) = scenes::all().find(|(known, _)| *known == name).unwrap();
        decode(draw(&scene(Size { columns: 80, rows: 24 }), &Theme::default()).backend().buffer())
    };
    assert_eq!(read("delivered_esim"), [super::fixtures::ESIM]);
    assert_eq!(read("delivered_esim_hidden"), [""; 0]);
}

#[test]
fn address_and_amount_are_whole_in_every_window_that_is_drawn_in() {
    for name in ["pay_solana", "pay_bitcoin", "pay_evm", "pay_lightning"] {
        let (_, scene) = scenes::all().find(|(known, _)| *known == name).unwrap();
        for (columns, height) in [(60, 20), (80, 24), (100, 30), (120, 40), (200, 60)] {
            let state = scene(Size { columns, rows: height });
            let Screen::Pay(pay) = state.top() else { panic!("{name} is on the pay screen") };
            let settlement = pay.settlement.as_ref().unwrap();
            let seen = rows(draw(&state, &Theme::default()).backend().buffer()).join("\n");
            let groups = settlement.address.groups();
            for pair in groups.windows(2) {
                let together = seen.contains(&pair.join(" "));
                let apart = seen.lines().any(|line| line.ends_with(pair[0]));
                assert!(together || apart, "{name} at {columns}x{height}: {pair:?}\n{seen}");
            }
            let last = groups.last().unwrap();
            assert!(seen.lines().any(|line| line.trim_end().ends_with(last)), "{name}: {last}\n{seen}");
            assert!(seen.contains(&settlement.amount.to_string()), "{name} at {columns}x{height}\n{seen}");
        }
    }
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
