//! The palette, and keys of the user's own.

use giftty::action::Action;
use giftty::effect::Effect;
use giftty::footer::hints;
use giftty::input::Input;
use giftty::keymap::Command;
use giftty::keymap::remap::{Wish, remap};
use giftty::model::Preferences;
use giftty::screens::{AnyScreen, COMMAND_SETS};
use giftty::state::SessionInit;

use crate::support::story::{Story, boot};

/// A session with remapped keys; all of them have to be possible.
fn remapped(wishes: &[(&str, &str)]) -> Story {
    let wish = |(command, key): &(&str, &str)| Wish {
        command: (*command).to_owned(),
        keys: vec![(*key).to_owned()],
    };
    let (keymap, complaints) = remap(&wishes.iter().map(wish).collect::<Vec<_>>(), COMMAND_SETS);
    assert_eq!(complaints, []);
    Story::of(SessionInit {
        preferences: Preferences { keymap, ..Preferences::default() },
        ..boot(Some("US"))
    })
}

fn shown(story: &Story) -> Vec<Command> {
    match story.state.top() {
        AnyScreen::Palette(palette) => palette.list.shown.clone(),
        _ => vec![],
    }
}

#[test]
fn the_palette_lists_what_the_screen_below_offers() {
    let mut story = Story::paying();
    story.press(":");
    assert_eq!(story.place().split(' ').next_back(), Some("palette"));
    assert!(shown(&story).starts_with(&[Command::CopyAddress, Command::CopyAmount]));
    assert!(!shown(&story).contains(&Command::Palette));
}

#[test]
fn a_command_is_found_by_its_words_and_done_on_the_screen_below() {
    let mut story = Story::paying();
    story.press("^G").types("address").press("↵");
    let order = story.snapshot();
    story.checked_again(Ok(order));
    assert_eq!(story.copied().len(), 1);
    assert!(matches!(story.state.top(), AnyScreen::Pay(_)));
}

#[test]
fn the_palette_is_left_without_doing_anything() {
    let mut story = Story::paying();
    let before = story.log.len();
    story.press("^G").types("amount").press("esc");
    assert!(matches!(story.state.top(), AnyScreen::Pay(_)));
    assert_eq!(story.log.len(), before);
}

#[test]
fn what_is_pasted_into_the_palette_is_never_done() {
    let mut story = Story::paying();
    story.press("^G").pastes("address\r\n");
    assert_eq!(shown(&story), [Command::CopyAddress]);
    assert!(!story.log.iter().any(|effect| matches!(effect, Effect::CopyText(_))));
}

#[test]
fn the_palette_never_orders() {
    let mut story = Story::receipt();
    story.press("^G").types("place the order").press("↵");
    assert_eq!(story.orders(), 0);
    assert_eq!(story.said(), "Only its own key does this: press p.");
    story.press("p");
    assert_eq!(story.orders(), 1);
}

#[test]
fn leaving_from_the_palette_asks_as_leaving_always_does() {
    let mut story = Story::paying();
    story.press("^G").types("quit").press("↵");
    assert!(story.said().contains("Unpaid"), "{}", story.said());
}

#[test]
fn a_remapped_key_does_what_it_was_given_to_and_the_old_one_nothing() {
    let mut story = remapped(&[("orders", "alt-o")]);
    story.press("^O");
    assert!(matches!(story.state.top(), AnyScreen::Brands(_)));
    let press = giftty::keymap::words::read("alt-o").unwrap();
    assert_eq!(story.resolves(press), Some(Command::Orders));
}

#[test]
fn sentences_name_the_keys_of_the_user() {
    let story = remapped(&[("orders", "alt-o")]);
    let key = story.state.model.key(Command::Orders, story.state.typing());
    assert_eq!(key, "alt-o");
}

#[test]
fn the_wheel_moves_where_something_moves() {
    let mut story = Story::shopping();
    story.hears(Action::Input(Input::Wheel { up: false }));
    assert!(story.brands_screen().list.cursor.at() > 0);
    story.hears(Action::Input(Input::Wheel { up: true }));
    assert_eq!(story.brands_screen().list.cursor.at(), 0);
}

/// Clicks a command in the footer.
fn click(story: &mut Story, command: Command) {
    let size = story.state.model.size;
    let hints = hints(&story.state, size.columns - 2);
    let hint = hints.iter().find(|hint| hint.command == command).expect("the footer names it");
    story.hears(Action::Input(Input::Click { column: hint.column + 1, row: size.rows - 1 }));
}

#[test]
fn a_click_presses_what_the_footer_names_and_nothing_elsewhere() {
    let mut story = Story::paying();
    click(&mut story, Command::CopyAddress);
    let order = story.snapshot();
    story.checked_again(Ok(order));
    assert_eq!(story.copied().len(), 1);
    let before = story.log.len();
    story.hears(Action::Input(Input::Click { column: 1, row: 3 }));
    story.hears(Action::Input(Input::Click { column: u16::MAX, row: u16::MAX }));
    assert_eq!(story.log.len(), before);
}

/// Clicks rows until each of them was marked, wherever the list had been moved to.
fn clicks_rows(story: &mut Story, first: u16, at: impl Fn(&Story) -> usize) {
    let top = at(story);
    for line in [2, 0, 3, 1] {
        let before = story.log.len();
        story.hears(Action::Input(Input::Click { column: 4, row: first + line }));
        assert_eq!(at(story), top + usize::from(line));
        let placed = story.log[before..].iter().any(|effect| matches!(effect, Effect::PlaceOrder(..)));
        assert!(!placed, "a click only marks");
    }
}

#[test]
fn a_click_marks_the_row_under_it() {
    let mut story = Story::shopping();
    clicks_rows(&mut story, 3, |story| story.brands_screen().list.cursor.at());
    story.press("^T");
    let marked = |story: &Story| match story.state.top() {
        AnyScreen::Tender(choice) => choice.list.cursor.at(),
        other => panic!("{other:?}"),
    };
    story.press("home");
    clicks_rows(&mut story, 4, marked);
}

#[test]
fn a_click_never_orders() {
    let mut story = Story::receipt();
    click(&mut story, Command::PlaceOrder);
    assert_eq!(story.orders(), 0);
    assert_eq!(story.said(), "Only its own key does this: press p.");
}
