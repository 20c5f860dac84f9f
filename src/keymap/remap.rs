//! Remapping: the user's own keys, as long as no two commands of one screen share one.

use super::words::{read, spell};
use super::{BINDINGS, Command, Keymap, Typing};
use crate::input::{Key, Press};

/// A request to remap a command, as the configuration spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The name of the command.
    pub command: String,
    /// Its keys, the one that is shown first.
    pub keys: Vec<String>,
}

/// The commands that each screen can offer together, in each of its modes. A command in none of them may be
/// offered anywhere: at worst that refuses a user's key, but a key never means two things.
pub type CommandSets = [&'static [&'static [Command]]];

/// Returns whether a screen may offer both.
pub fn together(one: Command, other: Command, sets: &CommandSets) -> bool {
    let all = || sets.iter().copied().flatten();
    let known = |command| all().any(|set| set.contains(&command));
    !known(one) || !known(other) || all().any(|set| set.contains(&one) && set.contains(&other))
}

/// Applies remappings. Each one that is refused is reported by its index and a sentence, and its command keeps
/// the default keys.
pub fn remap(wishes: &[Wish], sets: &CommandSets) -> (Keymap, Vec<(usize, String)>) {
    let mut complaints = Vec::new();
    let mut remapped: Vec<(usize, Command, Vec<Press>)> = Vec::new();
    for (place, wish) in wishes.iter().enumerate() {
        match understood(wish) {
            Ok((command, presses)) => remapped.push((place, command, presses)),
            Err(sentence) => complaints.push((place, sentence)),
        }
    }
    loop {
        let keymap = Keymap {
            remapped: remapped.iter().map(|(_, command, presses)| (*command, presses.clone())).collect(),
            ..Keymap::default()
        };
        // One conflict at a time: the default keys that a command falls back to may be another's by now.
        let Some((one, other, press)) = conflict(&keymap, sets) else { return (keymap, complaints) };
        remapped.retain(|(place, command, _)| {
            let involved = *command == one || *command == other;
            if involved {
                let rival = if *command == one { other } else { one };
                let sentence = format!(
                    "`{}` is also the key of {} where both work; {} keeps its own keys",
                    spell(press),
                    rival.name(),
                    command.name()
                );
                complaints.push((*place, sentence));
            }
            !involved
        });
    }
}

/// Parses a remapping, or returns why it is invalid regardless of the others.
fn understood(wish: &Wish) -> Result<(Command, Vec<Press>), String> {
    let name = &wish.command;
    let command = Command::named(name).ok_or_else(|| format!("no command is called `{name}`"))?;
    let mut presses = Vec::new();
    for key in &wish.keys {
        let press = read(key).ok_or_else(|| format!("no key is called `{key}`"))?;
        if press == LEAVES && command != Command::Quit {
            return Err("`^C` always leaves, so it cannot be another command's key".to_owned());
        }
        if presses.contains(&press) {
            continue;
        }
        presses.push(press);
    }
    if presses.is_empty() {
        return Err(format!("{name} needs a key at least"));
    }
    if command.is_deliberate() && presses.iter().any(|press| press.key == Key::Enter) {
        return Err(format!("`enter` is pressed too easily to be the key of {name}"));
    }
    let is_introducer = |press: &Press| {
        press.key == Key::Esc
            || press.alt && matches!(press.key, Key::Char('[' | ']' | 'O' | 'P' | 'X' | '_' | '^'))
    };
    if command.is_deliberate() && presses.iter().any(is_introducer) {
        return Err(format!("a terminal's answers begin with this key, so it cannot be the key of {name}"));
    }
    let typed = |presses: &[Press]| presses.iter().all(|press| Typing::Text.keeps(*press));
    if typed(&presses) && !command.binding().is_some_and(|binding| typed(binding.presses)) {
        let sentence =
            format!("{name} works where letters are text, so it needs a key that is none, such as `ctrl-x`");
        return Err(sentence);
    }
    if command == Command::Quit && !presses.contains(&LEAVES) {
        presses.push(LEAVES);
    }
    Ok((command, presses))
}

/// Ctrl-C always leaves, whatever else does.
const LEAVES: Press = Press::ctrl('c');

/// Returns two commands that share a key on one screen because one of them was remapped.
fn conflict(keymap: &Keymap, sets: &CommandSets) -> Option<(Command, Command, Press)> {
    keymap.remapped.iter().find_map(|(command, presses)| {
        let others = BINDINGS.iter().map(|binding| binding.command);
        others.filter(|other| other != command && together(*command, *other, sets)).find_map(|other| {
            let shared = presses.iter().find(|press| keymap.presses(other).contains(press))?;
            Some((*command, other, *shared))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::COMMAND_SETS;

    fn wish(command: &str, keys: &[&str]) -> Wish {
        Wish { command: command.to_owned(), keys: keys.iter().map(|key| (*key).to_owned()).collect() }
    }

    fn complaints(wishes: &[Wish]) -> Vec<(usize, String)> {
        remap(wishes, COMMAND_SETS).1
    }

    #[test]
    fn a_command_takes_the_keys_that_were_wished_for() {
        let (keymap, complaints) = remap(&[wish("place_order", &["P"])], COMMAND_SETS);
        assert_eq!(complaints, []);
        let press = |letter| Press::plain(Key::Char(letter));
        assert_eq!(keymap.presses(Command::PlaceOrder), [press('P')]);
        assert_eq!(keymap.resolve(&[Command::PlaceOrder], Typing::Off, press('p')), None);
    }

    #[test]
    fn two_commands_may_swap_their_keys() {
        let wishes = [wish("copy_address", &["a"]), wish("copy_amount", &["y"])];
        assert_eq!(complaints(&wishes), []);
    }

    #[test]
    fn a_key_of_another_command_on_the_same_screen_is_refused_and_the_own_one_kept() {
        let (keymap, complaints) = remap(&[wish("copy_address", &["a"])], COMMAND_SETS);
        assert_eq!(keymap, Keymap::default());
        let sentence = "`a` is also the key of copy_amount where both work; copy_address keeps its own keys";
        assert_eq!(complaints, [(0, sentence.to_owned())]);
    }

    #[test]
    fn commands_of_different_screens_may_share_a_key() {
        assert_eq!(complaints(&[wish("copy_serial", &["p"])]), []);
    }

    #[test]
    fn falling_back_never_makes_a_new_conflict() {
        let wishes = [
            wish("copy_address", &["a"]),
            wish("copy_amount", &["u"]),
            wish("copy_link", &["f"]),
            wish("orders", &["^G"]),
        ];
        let (keymap, complaints) = remap(&wishes, COMMAND_SETS);
        assert_eq!(keymap, Keymap::default());
        assert_eq!(complaints.len(), 4);
    }

    #[test]
    fn ctrl_c_always_leaves() {
        let (keymap, _) = remap(&[wish("quit", &["Q", "^Q"])], COMMAND_SETS);
        assert!(keymap.presses(Command::Quit).contains(&Press::ctrl('c')));
        assert!(complaints(&[wish("orders", &["ctrl-c"])])[0].1.contains("always leaves"));
    }

    #[test]
    fn what_works_while_typing_keeps_a_key_that_is_no_letter() {
        assert!(complaints(&[wish("choose_tender", &["t"])])[0].1.contains("no"));
        assert_eq!(complaints(&[wish("choose_tender", &["t", "alt-t"])]), []);
        assert!(complaints(&[wish("page_up", &["^U"])])[0].1.contains("letters are text"));
    }

    #[test]
    fn nothing_is_ordered_by_what_a_terminals_answer_begins_with() {
        for key in ["alt-P", "alt-]", "alt-_", "esc"] {
            assert!(complaints(&[wish("place_order", &[key])])[0].1.contains("answers begin"), "{key}");
        }
        assert_eq!(complaints(&[wish("place_order", &["alt-p"])]), []);
    }

    #[test]
    fn nothing_is_ordered_by_a_heavy_enter() {
        assert!(complaints(&[wish("place_order", &["enter"])])[0].1.contains("too easily"));
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let wishes = [wish("buy_all", &["x"]), wish("orders", &["hyper-o"]), wish("sort", &[])];
        let sentences = complaints(&wishes);
        assert_eq!(sentences[0], (0, "no command is called `buy_all`".to_owned()));
        assert_eq!(sentences[1], (1, "no key is called `hyper-o`".to_owned()));
        assert_eq!(sentences[2], (2, "sort needs a key at least".to_owned()));
    }

    #[test]
    fn the_table_itself_has_no_conflict() {
        for (place, one) in BINDINGS.iter().enumerate() {
            for other in BINDINGS.iter().skip(place + 1) {
                let shared = one.presses.iter().any(|press| other.presses.contains(press));
                let listed =
                    |command| COMMAND_SETS.iter().copied().flatten().any(|set| set.contains(&command));
                let known = listed(one.command) && listed(other.command);
                assert!(
                    !(shared && known && together(one.command, other.command, COMMAND_SETS)),
                    "{one:?} {other:?}"
                );
            }
        }
    }
}
