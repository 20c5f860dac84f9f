//! What holds for the table of keys.

use super::*;

fn letter(letter: char) -> Press {
    Press::plain(Key::Char(letter))
}

#[test]
fn every_command_has_keys_and_a_meaning_once() {
    for binding in BINDINGS {
        assert!(!binding.presses.is_empty() && !binding.meaning.is_empty());
        assert_eq!(BINDINGS.iter().filter(|other| other.command == binding.command).count(), 1);
    }
}

#[test]
fn a_letter_is_text_where_a_field_has_the_focus() {
    let offers = [Command::Orders, Command::Quit];
    let o = letter('o');
    let keymap = Keymap::default();
    assert_eq!(keymap.resolve(&offers, Typing::Off, o), Some(Command::Orders));
    assert_eq!(keymap.resolve(&offers, Typing::Text, o), None);
    assert_eq!(keymap.resolve(&offers, Typing::Text, Press::ctrl('o')), Some(Command::Orders));
    assert_eq!(keymap.shown(Command::Orders, Typing::Text), Some(Press::ctrl('o')));
}

#[test]
fn a_key_does_nothing_where_its_command_is_not_offered() {
    assert_eq!(Keymap::default().resolve(&[Command::Quit], Typing::Off, letter('p')), None);
}

#[test]
fn a_key_that_edits_a_line_is_no_command_where_one_is_edited() {
    let (keymap, page) = (Keymap::default(), [Command::PageUp]);
    assert_eq!(keymap.resolve(&page, Typing::Off, Press::ctrl('u')), Some(Command::PageUp));
    assert_eq!(keymap.resolve(&page, Typing::Text, Press::ctrl('u')), None);
}
