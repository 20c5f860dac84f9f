//! The commands of the list of orders.

use crate::keymap::Command;

/// The commands the screen can offer together, for each of its modes, except the global ones.
pub const COMMANDS: &[&[Command]] = &[
    // If the records cannot be read, there is no order to act on.
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
    // Adding an order.
    &[Command::ImportOrder],
    // Confirming a removal.
    &[Command::RemoveNow],
    // Confirming a join.
    &[Command::JoinNow],
];
