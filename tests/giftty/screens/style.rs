//! What is said by colour, and that it is said without colour too.

use giftty::input::Size;
use giftty::keymap::Command;
use giftty::theme::Theme;
use ratatui::style::{Color, Modifier};

use super::scenes::{self, Scene};
use super::{draw, rows};

const SIZE: Size = Size { columns: 80, rows: 24 };

fn scene(name: &str) -> Scene {
    scenes::all().find(|(known, _)| *known == name).unwrap()
}

#[test]
fn without_colour_only_codes_are_coloured() {
    for (name, scene) in scenes::all() {
        let drawn = draw(&scene(SIZE), &Theme::plain());
        for cell in drawn.content() {
            let plain = cell.fg == Color::Reset && cell.bg == Color::Reset;
            let code = matches!(cell.fg, Color::Rgb(0, 0, 0))
                && matches!(cell.bg, Color::Rgb(255, 255, 255) | Color::Rgb(0, 0, 0));
            assert!(plain || code, "{name}: {cell:?}");
        }
    }
}

#[test]
fn colours_are_the_terminals_own_and_never_its_foreground() {
    for (name, scene) in scenes::all() {
        let drawn = draw(&scene(SIZE), &Theme::default());
        for cell in drawn.content() {
            let lost = matches!(cell.fg, Color::White | Color::Black) && cell.bg == Color::Reset;
            assert!(!lost, "{name}: {cell:?}");
        }
    }
}

#[test]
fn colour_changes_no_letter() {
    for (name, scene) in scenes::all() {
        let state = scene(SIZE);
        let coloured = draw(&state, &Theme::default());
        let plain = draw(&state, &Theme::plain());
        assert_eq!(rows(&coloured), rows(&plain), "{name}");
    }
}

#[test]
fn the_sandbox_is_a_badge_on_every_screen_of_every_size() {
    for columns in [40, 60, 80, 120] {
        for (name, scene) in scenes::all().filter(|(name, _)| !name.ends_with("real_shop")) {
            let state = scene(Size { columns, rows: 24 });
            let drawn = draw(&state, &Theme::plain());
            let buffer = &drawn;
            let text = rows(buffer).remove(0);
            assert!(text.contains("SANDBOX"), "{name} at {columns}: {text}");
            let badge =
                buffer.content().iter().take(usize::from(columns)).rev().find(|cell| cell.symbol() == "X");
            assert!(badge.unwrap().modifier.contains(Modifier::REVERSED), "{name}");
        }
    }
}

/// What the footer names may be hidden behind a code that fills the window.
#[test]
fn the_least_window_names_the_key_that_leads_on() {
    let least = Size { columns: 40, rows: 12 };
    for (name, scene) in scenes::all().filter(|(name, _)| !name.contains("full_screen")) {
        let state = scene(least);
        let hinted = |command: &&Command| command.binding().is_some_and(|binding| binding.hint.is_some());
        let offers = state.commands();
        let Some(first) = offers.iter().find(hinted) else { continue };
        let footer = rows(&draw(&state, &Theme::plain())).pop().unwrap();
        let words = first.binding().and_then(|binding| binding.hint).unwrap();
        let key = state.model.key(*first, state.typing());
        assert!(footer.contains(&format!("{key} {words}")), "{name}: {key} {words}: {footer}");
        let out = if offers.contains(&Command::Back) { "esc back" } else { "^C quit" };
        assert!(footer.contains(out), "{name}: {footer}");
    }
}

#[test]
fn matched_letters_are_underlined() {
    let (_, brands) = scene("brands_filter");
    let drawn = draw(&brands(SIZE), &Theme::plain());
    let buffer = &drawn;
    let row = rows(buffer).iter().position(|row| row.contains("Airbnb")).unwrap();
    let row = u16::try_from(row).unwrap();
    let under = |x: u16| buffer.cell((x, row)).unwrap().modifier.contains(Modifier::UNDERLINED);
    assert_eq!([3, 4, 5, 6].map(under), [true, true, true, false]);
}

#[test]
fn the_countdown_is_calm_until_a_quarter_is_left() {
    let style = |name: &str| {
        let (_, scene) = scene(name);
        let drawn = draw(&scene(SIZE), &Theme::default());
        let buffer = &drawn;
        let header = rows(buffer).remove(0);
        let column = header.find(" left").map(|at| header[..at].chars().count()).unwrap();
        buffer.cell((u16::try_from(column - 1).unwrap(), 0)).unwrap().fg
    };
    assert_eq!(style("pay_solana"), Color::Reset);
    assert_eq!(style("pay_closing"), Color::Red);
}
