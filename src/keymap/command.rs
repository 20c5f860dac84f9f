//! Commands: what a key can wish for.

use super::{BINDINGS, Binding};

/// A wish that a key can express.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// One up.
    Up,
    /// One down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// Take what is marked.
    Choose,
    /// The next field.
    NextField,
    /// The field before.
    PreviousField,
    /// The next kind of product.
    NextKind,
    /// Choose one of the categories.
    ChooseCategory,
    /// Choose the coin and network.
    ChooseTender,
    /// Choose another country.
    ChooseCountry,
    /// One more of it.
    More,
    /// One less of it.
    Fewer,
    /// The next of the usual values.
    NextPick,
    /// The usual value before.
    PreviousPick,
    /// Put it into the cart.
    AddToCart,
    /// Show the cart.
    ShowCart,
    /// Take a line out of the cart.
    RemoveLine,
    /// Order everything that is in the cart.
    CheckOut,
    /// Show what is told about it.
    Describe,
    /// Sort by the next column.
    Sort,
    /// Turn a choice on or off.
    Toggle,
    /// Place the order.
    PlaceOrder,
    /// Place an order although an earlier attempt may have become one.
    PlaceAnother,
    /// Order although that is above a limit of one's own.
    ExceedLimit,
    /// Ask again what failed.
    Retry,
    /// Copy the address.
    CopyAddress,
    /// Copy the amount.
    CopyAmount,
    /// Copy the payment link.
    CopyLink,
    /// Show another content of the QR code.
    SwitchQr,
    /// Draw the QR code of whole blocks, or of half ones again.
    SwitchBlocks,
    /// Show nothing but the QR code.
    FullScreen,
    /// Copy what the supplier's support needs.
    CopySupport,
    /// Pay by hand, in the sandbox.
    PayInSandbox,
    /// Read the order anew.
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
    /// Copy the address that an eSIM is fetched from.
    CopyEsimAddress,
    /// Copy the activation code of an eSIM.
    CopyActivation,
    /// Mark as used, or as not used yet.
    MarkUsed,
    /// Write a note beside an order.
    EditNote,
    /// Keep the note.
    KeepNote,
    /// Ask for writing the codes to a file.
    Export,
    /// Write the codes to the file that was named.
    WriteExport,
    /// Ask for the id of an order that was placed elsewhere.
    AddOrder,
    /// Read the order whose id was typed.
    ImportOrder,
    /// Buy the same again.
    BuyAgain,
    /// Ask for removing an order.
    Remove,
    /// Remove the order that was named.
    RemoveNow,
    /// The order that was named is what became of the attempt.
    JoinNow,
    /// Show every order.
    Orders,
    /// Explain the keys.
    Help,
    /// Find a command by its words.
    Palette,
    /// One step back.
    Back,
    /// Leave the program.
    Quit,
}

impl Command {
    /// Whether only a person may ask for it, by its own key: it orders or allows an order, shows or hands out
    /// a code, writes one to a file, or changes what is kept of an order for good.
    ///
    /// Such a key counts only where it came by itself and its screen was visible before
    /// ([`State::takes`](crate::state::State::takes)). No click and no list of commands does it.
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

    /// Its row of the table.
    pub fn binding(self) -> Option<&'static Binding> {
        BINDINGS.iter().find(|binding| binding.command == self)
    }
}
