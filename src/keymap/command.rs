//! Commands: what a key can do.

use super::{BINDINGS, Binding};

/// What a key can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Move up by one.
    Up,
    /// Move down by one.
    Down,
    /// Move up by a page.
    PageUp,
    /// Move down by a page.
    PageDown,
    /// Move to the first.
    First,
    /// Move to the last.
    Last,
    /// Select the highlighted item.
    Choose,
    /// Move to the next field.
    NextField,
    /// Move to the previous field.
    PreviousField,
    /// Show the next kind of product.
    NextKind,
    /// Select a category.
    ChooseCategory,
    /// Select the coin and network.
    ChooseTender,
    /// Select another country.
    ChooseCountry,
    /// Increase the quantity.
    More,
    /// Decrease the quantity.
    Fewer,
    /// Select the next of the usual values.
    NextPick,
    /// Select the previous of the usual values.
    PreviousPick,
    /// Add it to the cart.
    AddToCart,
    /// Show the cart.
    ShowCart,
    /// Remove a line from the cart.
    RemoveLine,
    /// Order everything in the cart.
    CheckOut,
    /// Show its description.
    Describe,
    /// Sort by the next column.
    Sort,
    /// Turn an option on or off.
    Toggle,
    /// Place the order.
    PlaceOrder,
    /// Place an order although an earlier attempt may have become one.
    PlaceAnother,
    /// Order although that exceeds one of the user's limits.
    ExceedLimit,
    /// Retry what failed.
    Retry,
    /// Copy the address.
    CopyAddress,
    /// Copy the amount.
    CopyAmount,
    /// Copy the payment link.
    CopyLink,
    /// Show another content of the QR code.
    SwitchQr,
    /// Draw the QR code in whole blocks, or in half blocks again.
    SwitchBlocks,
    /// Show only the QR code.
    FullScreen,
    /// Copy what the supplier's support needs.
    CopySupport,
    /// Pay by hand, in the sandbox.
    PayInSandbox,
    /// Fetch the order again.
    Refresh,
    /// Accept a higher total.
    AcceptTotal,
    /// Show or hide the codes.
    Reveal,
    /// Copy the code.
    CopyCode,
    /// Copy the serial number.
    CopySerial,
    /// Copy the security code.
    CopySecurity,
    /// Copy the carrier's reference.
    CopyReference,
    /// Copy the address that an eSIM is downloaded from.
    CopyEsimAddress,
    /// Copy the activation code of an eSIM.
    CopyActivation,
    /// Mark as used, or as unused.
    MarkUsed,
    /// Edit the note on an order.
    EditNote,
    /// Save the note.
    KeepNote,
    /// Ask to write the codes to a file.
    Export,
    /// Write the codes to the file that was named.
    WriteExport,
    /// Ask for the id of an order that was placed elsewhere.
    AddOrder,
    /// Import the order whose id was typed.
    ImportOrder,
    /// Buy the same again.
    BuyAgain,
    /// Ask to remove an order.
    Remove,
    /// Remove the order that was named.
    RemoveNow,
    /// Link the order that was named to the attempt, as its outcome.
    JoinNow,
    /// Show every order.
    Orders,
    /// Explain the keys.
    Help,
    /// Find a command by its words.
    Palette,
    /// Go back one step.
    Back,
    /// Leave the program.
    Quit,
}

impl Command {
    /// Returns whether only a person may trigger it, by its own key: it orders or allows an order, shows or
    /// copies a code, writes one to a file, or permanently changes what is stored of an order.
    ///
    /// Such a key counts only if it arrived by itself and its screen was visible before
    /// ([`State::takes`](crate::state::State::takes)). No click and no list of commands triggers it.
    pub fn is_deliberate(self) -> bool {
        matches!(
            self,
            Self::PlaceOrder
                | Self::PlaceAnother
                | Self::ExceedLimit
                | Self::AcceptTotal
                | Self::Reveal
                | Self::CopyCode
                | Self::CopySerial
                | Self::CopySecurity
                | Self::CopyReference
                | Self::CopyEsimAddress
                | Self::CopyActivation
                | Self::WriteExport
                | Self::MarkUsed
                | Self::RemoveNow
                | Self::JoinNow
        )
    }

    /// Returns its row of the table.
    pub fn binding(self) -> Option<&'static Binding> {
        BINDINGS.iter().find(|binding| binding.command == self)
    }
}
