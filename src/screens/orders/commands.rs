//! Which commands the list of orders can offer.

use crate::keymap::Command;

/// The commands that it can offer together, in each of its modes, but for those that work everywhere.
pub const COMMANDS: &[&[Command]] = &[
    // What cannot be read has nothing to reveal.
    &[
        Command::Retry,
        Command::Up,
        Command::Down,
        Command::PageUp,
        Command::PageDown,
        Command::First,
        Command::Last,
    ],
    // The list.
    &[
        Command::Choose,
        Command::BuyAgain,
        Command::CopySupport,
        Command::Remove,
        Command::AddOrder,
        Command::Up,
        Command::Down,
        Command::PageUp,
        Command::PageDown,
        Command::First,
        Command::Last,
    ],
    // Adding one.
    &[Command::ImportOrder],
    // The last word before one is removed.
    &[Command::RemoveNow],
    // The last word before two are joined.
    &[Command::JoinNow],
];
