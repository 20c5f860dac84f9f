//! Names of commands and keys in plain letters, as a configuration spells them.

use super::{BINDINGS, Command};
use crate::input::{Key, Press};

/// Named keys, in the spelling that is shown and in others.
const NAMED: [(&str, Key); 25] = [
    ("enter", Key::Enter),
    ("return", Key::Enter),
    ("esc", Key::Esc),
    ("escape", Key::Esc),
    ("tab", Key::Tab),
    ("shift-tab", Key::BackTab),
    ("backtab", Key::BackTab),
    ("backspace", Key::Backspace),
    ("del", Key::Delete),
    ("delete", Key::Delete),
    ("up", Key::Up),
    ("down", Key::Down),
    ("left", Key::Left),
    ("right", Key::Right),
    ("home", Key::Home),
    ("end", Key::End),
    ("pgup", Key::PageUp),
    ("pageup", Key::PageUp),
    ("pgdn", Key::PageDown),
    ("pagedown", Key::PageDown),
    ("space", Key::Char(' ')),
    ("plus", Key::Char('+')),
    ("minus", Key::Char('-')),
    ("caret", Key::Char('^')),
    ("colon", Key::Char(':')),
];

impl Command {
    /// Returns its name in a configuration. Released names never change: users' files contain them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::PageUp => "page_up",
            Self::PageDown => "page_down",
            Self::First => "first",
            Self::Last => "last",
            Self::Choose => "choose",
            Self::NextField => "next_field",
            Self::PreviousField => "previous_field",
            Self::NextKind => "next_kind",
            Self::ChooseCategory => "choose_category",
            Self::ChooseTender => "choose_tender",
            Self::ChooseCountry => "choose_country",
            Self::More => "more",
            Self::Fewer => "fewer",
            Self::NextPick => "next_pick",
            Self::PreviousPick => "previous_pick",
            Self::AddToCart => "add_to_cart",
            Self::ShowCart => "show_cart",
            Self::RemoveLine => "remove_line",
            Self::CheckOut => "check_out",
            Self::Describe => "describe",
            Self::Sort => "sort",
            Self::Toggle => "toggle",
            Self::PlaceOrder => "place_order",
            Self::PlaceAnother => "place_another",
            Self::ExceedLimit => "exceed_limit",
            Self::Retry => "retry",
            Self::CopyAddress => "copy_address",
            Self::CopyAmount => "copy_amount",
            Self::CopyLink => "copy_link",
            Self::SwitchQr => "switch_qr",
            Self::SwitchBlocks => "switch_blocks",
            Self::FullScreen => "full_screen",
            Self::CopySupport => "copy_support",
            Self::PayInSandbox => "pay_in_sandbox",
            Self::Refresh => "refresh",
            Self::AcceptTotal => "accept_total",
            Self::Reveal => "reveal",
            Self::CopyCode => "copy_code",
            Self::CopySerial => "copy_serial",
            Self::CopySecurity => "copy_security",
            Self::CopyReference => "copy_reference",
            Self::CopyEsimAddress => "copy_esim_address",
            Self::CopyActivation => "copy_activation",
            Self::MarkUsed => "mark_used",
            Self::EditNote => "edit_note",
            Self::KeepNote => "keep_note",
            Self::Export => "export",
            Self::WriteExport => "write_export",
            Self::AddOrder => "add_order",
            Self::ImportOrder => "import_order",
            Self::BuyAgain => "buy_again",
            Self::Remove => "remove",
            Self::RemoveNow => "remove_now",
            Self::JoinNow => "join_now",
            Self::Orders => "orders",
            Self::Help => "help",
            Self::Palette => "palette",
            Self::Back => "back",
            Self::Quit => "quit",
        }
    }

    /// Returns the command of a name.
    pub fn named(name: &str) -> Option<Self> {
        BINDINGS.iter().map(|binding| binding.command).find(|command| command.name() == name)
    }
}

/// Spells a key in plain letters, with `^` for Ctrl.
pub fn spell(press: Press) -> String {
    let name = match press.key {
        Key::Char(' ') => "space".to_owned(),
        Key::Char(letter) if press.ctrl => format!("^{}", letter.to_ascii_uppercase()),
        Key::Char(letter) => letter.to_string(),
        Key::F(number) => format!("F{number}"),
        key => {
            let named = NAMED.iter().find(|(_, known)| *known == key);
            named.map_or_else(String::new, |(name, _)| (*name).to_owned())
        }
    };
    let ctrl = if press.ctrl && !name.starts_with('^') { "ctrl-" } else { "" };
    let alt = if press.alt { "alt-" } else { "" };
    format!("{alt}{ctrl}{name}")
}

/// Parses a key: `P`, `ctrl-k` or `^K`, `alt-x`, `F2`, `enter`, `space`.
pub fn read(text: &str) -> Option<Press> {
    let mut rest = text.trim();
    let (mut ctrl, mut alt) = (false, false);
    loop {
        let after = |prefix: &str| {
            let start = rest.get(..prefix.len())?;
            let rest = rest.get(prefix.len()..).filter(|rest| !rest.is_empty())?;
            start.eq_ignore_ascii_case(prefix).then_some(rest)
        };
        if let Some(next) = after("ctrl-").or_else(|| after("^")) {
            (ctrl, rest) = (true, next);
        } else if let Some(next) = after("alt-") {
            (alt, rest) = (true, next);
        } else {
            break;
        }
    }
    let mut letters = rest.chars();
    let key = match (letters.next()?, letters.as_str()) {
        (letter, "") if letter.is_control() => return None,
        (letter, "") if ctrl => Key::Char(letter.to_ascii_lowercase()),
        (letter, "") => Key::Char(letter),
        ('F' | 'f', digits) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            Key::F(digits.parse().ok().filter(|number| (1..=24).contains(number))?)
        }
        _ => NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest))?.1,
    };
    Some(Press { key, ctrl, alt })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the order of the table.
    const NAMES: &str = "\
        up down page_up page_down first last choose next_field previous_field next_kind choose_category \
        choose_tender choose_country more fewer next_pick previous_pick describe add_to_cart check_out \
        remove_line show_cart sort toggle place_order place_another exceed_limit retry copy_address \
        copy_amount copy_link switch_qr switch_blocks full_screen copy_support pay_in_sandbox refresh \
        accept_total reveal copy_code copy_serial copy_security copy_reference copy_esim_address \
        copy_activation mark_used edit_note keep_note export write_export \
        add_order import_order buy_again remove join_now remove_now orders help palette back quit";

    #[test]
    fn every_key_of_the_table_is_read_as_it_is_spelled() {
        for press in BINDINGS.iter().flat_map(|binding| binding.presses) {
            assert_eq!(read(&spell(*press)), Some(*press), "{}", spell(*press));
            assert!(spell(*press).is_ascii());
        }
    }

    #[test]
    fn every_command_is_found_by_its_name() {
        for binding in BINDINGS {
            assert_eq!(Command::named(binding.command.name()), Some(binding.command));
        }
    }

    #[test]
    fn names_in_a_configuration_stay_what_they_are() {
        let names: Vec<&str> = BINDINGS.iter().map(|binding| binding.command.name()).collect();
        assert_eq!(names.join(" "), NAMES);
    }

    #[test]
    fn keys_are_read_as_people_write_them() {
        assert_eq!(read("Ctrl-K"), Some(Press::ctrl('k')));
        assert_eq!(read("alt-x"), Some(Press { alt: true, ..Press::plain(Key::Char('x')) }));
        assert_eq!(read("P"), Some(Press::plain(Key::Char('P'))));
        assert_eq!(read("^"), Some(Press::plain(Key::Char('^'))));
        assert_eq!(read("f12"), Some(Press::plain(Key::F(12))));
        for nonsense in ["", "  ", "F0", "F99", "hyper-x", "pp", "ctrl-", "\u{1b}"] {
            assert_eq!(read(nonsense), None, "{nonsense:?}");
        }
    }
}
