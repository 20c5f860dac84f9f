//! The table: every command with its keys and descriptions.

use super::{Binding, Command};
use crate::input::{Key, Press};

const fn plain(key: Key) -> Press {
    Press::plain(key)
}

const fn letter(letter: char) -> Press {
    Press::plain(Key::Char(letter))
}

const fn bind(
    command: Command,
    presses: &'static [Press],
    hint: Option<&'static str>,
    meaning: &'static str,
) -> Binding {
    Binding { command, presses, hint, meaning }
}

/// Every key of the program.
pub const BINDINGS: &[Binding] = &[
    bind(Command::Up, &[plain(Key::Up), Press::ctrl('p'), letter('k')], None, "one up"),
    bind(Command::Down, &[plain(Key::Down), Press::ctrl('n'), letter('j')], None, "one down"),
    bind(Command::PageUp, &[plain(Key::PageUp), Press::ctrl('u')], None, "a page up"),
    bind(Command::PageDown, &[plain(Key::PageDown), Press::ctrl('d')], None, "a page down"),
    bind(Command::First, &[plain(Key::Home), letter('g')], None, "to the first"),
    bind(Command::Last, &[plain(Key::End), letter('G')], None, "to the last"),
    bind(Command::Choose, &[plain(Key::Enter)], Some("choose"), "take what is marked, go on"),
    bind(Command::NextField, &[plain(Key::Tab), plain(Key::Down)], Some("next field"), "to the next field"),
    bind(Command::PreviousField, &[plain(Key::BackTab), plain(Key::Up)], None, "to the field before"),
    bind(Command::NextKind, &[plain(Key::Tab)], Some("kind"), "all, gift cards, top-ups or eSIM"),
    bind(Command::ChooseCategory, &[Press::ctrl('f')], Some("category"), "choose one of the categories"),
    bind(
        Command::ChooseTender,
        &[Press::ctrl('t')],
        Some("tender"),
        "choose the coin and network to pay with",
    ),
    bind(Command::ChooseCountry, &[Press::ctrl('l')], Some("country"), "choose another country"),
    bind(Command::More, &[letter('+'), letter('=')], Some("more"), "one more of it"),
    bind(Command::Fewer, &[letter('-')], None, "one less of it"),
    bind(Command::NextPick, &[plain(Key::Tab)], Some("usual values"), "the next of the usual values"),
    bind(Command::PreviousPick, &[plain(Key::BackTab)], None, "the usual value before"),
    bind(
        Command::Describe,
        &[letter('i'), plain(Key::F(2))],
        Some("about"),
        "what it is, how to redeem it, terms and region",
    ),
    bind(
        Command::AddToCart,
        &[letter('a')],
        Some("to cart"),
        "put it into the cart, and on to the next brand",
    ),
    bind(Command::CheckOut, &[plain(Key::Enter)], Some("check out"), "order everything in the cart at once"),
    bind(
        Command::RemoveLine,
        &[letter('d'), plain(Key::Delete)],
        Some("remove"),
        "take a line out of the cart",
    ),
    bind(Command::ShowCart, &[Press::ctrl('b'), letter('c')], Some("cart"), "what is in the cart"),
    bind(Command::Sort, &[letter('s')], Some("sort"), "sort the plans by another column"),
    bind(Command::Toggle, &[letter(' ')], Some("turn on/off"), "turn a choice on or off"),
    bind(Command::PlaceOrder, &[letter('p')], Some("place the order"), "place the order, on the receipt"),
    bind(
        Command::PlaceAnother,
        &[letter('x')],
        Some("place ANOTHER order"),
        "order again although an earlier attempt may have become an order",
    ),
    bind(
        Command::ExceedLimit,
        &[letter('l')],
        Some("go ABOVE your limit"),
        "let this one order go above a limit of yours",
    ),
    bind(Command::Retry, &[Press::ctrl('r'), letter('r')], Some("try again"), "ask again what failed"),
    bind(Command::CopyAddress, &[letter('y')], Some("address"), "copy the payment address"),
    bind(Command::CopyAmount, &[letter('a')], Some("amount"), "copy the amount to pay"),
    bind(Command::CopyLink, &[letter('u')], Some("link"), "copy what the QR code holds"),
    bind(Command::SwitchQr, &[letter('v')], Some("QR"), "what the QR code holds: link or address"),
    bind(Command::SwitchBlocks, &[letter('b')], Some("blocks"), "QR code of whole blocks, or of half ones"),
    bind(Command::FullScreen, &[letter('f')], Some("full screen"), "nothing but the QR code, and back"),
    bind(
        Command::CopySupport,
        &[letter('i'), plain(Key::F(2))],
        Some("support"),
        "copy what the supplier's support needs",
    ),
    bind(Command::PayInSandbox, &[letter('p')], Some("pay by hand"), "pay this order, in the sandbox only"),
    bind(Command::Refresh, &[Press::ctrl('r')], None, "ask the shop about the order now"),
    bind(Command::AcceptTotal, &[letter('c')], Some("accept the new total"), "accept a total that rose"),
    bind(Command::Reveal, &[letter('r')], Some("reveal"), "show the codes, or hide them"),
    bind(Command::CopyCode, &[letter('y')], Some("copy code"), "copy the code, link or eSIM string"),
    bind(Command::CopySerial, &[letter('s')], Some("copy serial"), "copy the serial number"),
    bind(Command::CopySecurity, &[letter('c')], Some("copy security code"), "copy the security code"),
    bind(Command::CopyReference, &[letter('f')], Some("copy reference"), "copy the carrier's reference"),
    bind(
        Command::CopyEsimAddress,
        &[letter('d')],
        Some("copy address"),
        "copy the SM-DP+ address of an eSIM",
    ),
    bind(Command::CopyActivation, &[letter('a')], Some("copy activation"), "copy an eSIM's activation code"),
    bind(Command::MarkUsed, &[letter('m')], Some("mark as used"), "mark as used, or as not used yet"),
    bind(Command::EditNote, &[letter('n')], Some("note"), "write a note beside the order"),
    bind(Command::KeepNote, &[plain(Key::Enter)], Some("keep the note"), "keep the note"),
    bind(Command::Export, &[letter('e')], Some("export"), "ask for writing the codes to a file"),
    bind(
        Command::WriteExport,
        &[letter('w')],
        Some("WRITE the codes"),
        "write the codes to the file that was named",
    ),
    bind(
        Command::AddOrder,
        &[plain(Key::F(3))],
        Some("add"),
        "add an order that was placed elsewhere, by its id",
    ),
    bind(
        Command::ImportOrder,
        &[plain(Key::Enter)],
        Some("read it"),
        "read the order with this id from the shop",
    ),
    bind(
        Command::BuyAgain,
        &[letter('b'), Press::ctrl('b')],
        Some("buy again"),
        "the same again: straight to a fresh receipt",
    ),
    bind(
        Command::Remove,
        &[Press::ctrl('x')],
        Some("remove"),
        "ask for removing it from this machine, with all that is kept of it",
    ),
    bind(
        Command::JoinNow,
        &[Press::ctrl('y')],
        Some("yes, that one"),
        "the order is what became of the attempt",
    ),
    bind(Command::RemoveNow, &[Press::ctrl('y')], Some("REMOVE it"), "remove what was named"),
    bind(Command::Orders, &[Press::ctrl('o'), letter('o')], Some("orders"), "every order of yours"),
    bind(Command::Help, &[plain(Key::F(1)), letter('?')], Some("help"), "the keys of this screen"),
    bind(Command::Palette, &[Press::ctrl('g'), letter(':')], None, "find what can be done here by its words"),
    bind(Command::Back, &[plain(Key::Esc)], Some("back"), "one step back; what was typed stays"),
    bind(
        Command::Quit,
        &[Press::ctrl('c'), letter('q')],
        Some("quit"),
        "leave; orders go on and are found again",
    ),
];
