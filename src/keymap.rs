//! The one table of keys. It feeds resolution, the footer, the help, the palette and the README.

pub mod remap;
pub mod words;

use std::borrow::Cow;

use crate::input::{Key, Press};

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
    /// Find orders by a few letters.
    FindOrder,
    /// Leave the filter, which stays.
    KeepFilter,
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

/// What takes the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// Nothing: letters are commands.
    Off,
    /// A number field: digits and the decimal point are text, letters are commands.
    Number,
    /// A text field: every letter is text.
    Text,
}

impl Typing {
    /// Whether a key press is text here.
    pub fn takes(self, press: Press) -> Option<char> {
        let letter = press.typed()?;
        match self {
            Self::Off => None,
            Self::Number => (letter.is_ascii_digit() || matches!(letter, '.' | ',')).then_some(letter),
            Self::Text => Some(letter),
        }
    }

    /// Whether a key press is text here, or edits it, so that it is no command.
    pub fn keeps(self, press: Press) -> bool {
        let edits = match press.key {
            Key::Char(letter) => press.ctrl && matches!(letter, 'a' | 'e' | 'u' | 'w' | 'k'),
            Key::Backspace | Key::Delete | Key::Left | Key::Right => true,
            _ => false,
        };
        self.takes(press).is_some() || (self != Self::Off && edits)
    }
}

/// A command's keys and words.
#[derive(Debug)]
pub struct Binding {
    /// The command.
    pub command: Command,
    /// Its keys; the first that works is the one that is shown.
    pub presses: &'static [Press],
    /// A word or two for the footer; nothing for what goes without saying.
    pub hint: Option<&'static str>,
    /// What it does, for help and the README.
    pub meaning: &'static str,
}

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
    bind(Command::CopySupport, &[letter('i')], Some("support"), "copy what the supplier's support needs"),
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
    bind(Command::FindOrder, &[letter('/')], Some("find"), "find orders by brand, note or number"),
    bind(
        Command::KeepFilter,
        &[plain(Key::Tab)],
        Some("to the list"),
        "back to the list, which stays filtered",
    ),
    bind(Command::AddOrder, &[letter('a')], Some("add"), "add an order that was placed elsewhere, by its id"),
    bind(
        Command::ImportOrder,
        &[plain(Key::Enter)],
        Some("read it"),
        "read the order with this id from the shop",
    ),
    bind(Command::BuyAgain, &[letter('b')], Some("buy again"), "the same again: straight to a fresh receipt"),
    bind(
        Command::Remove,
        &[letter('d')],
        Some("remove"),
        "ask for removing it from this machine, with all that is kept of it",
    ),
    bind(Command::JoinNow, &[letter('y')], Some("yes, that one"), "the order is what became of the attempt"),
    bind(Command::RemoveNow, &[letter('x')], Some("REMOVE it"), "remove what was named"),
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

impl Command {
    /// Whether it sends an order or allows one: that takes its own key, on the receipt, and never another way.
    pub fn is_deliberate(self) -> bool {
        matches!(self, Self::PlaceOrder | Self::PlaceAnother | Self::ExceedLimit)
    }

    /// Its row of the table.
    pub fn binding(self) -> Option<&'static Binding> {
        BINDINGS.iter().find(|binding| binding.command == self)
    }
}

/// The keys of one user: the table, with what was remapped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    remapped: Vec<(Command, Vec<Press>)>,
    ascii: bool,
}

impl Keymap {
    /// The same keys, named without symbols.
    pub fn in_ascii(mut self) -> Self {
        self.ascii = true;
        self
    }

    /// The keys of a command; the first that works is the one that is shown.
    pub fn presses(&self, command: Command) -> &[Press] {
        let remapped = self.remapped.iter().find(|(known, _)| *known == command);
        match (remapped, command.binding()) {
            (Some((_, presses)), _) => presses,
            (None, Some(binding)) => binding.presses,
            (None, None) => &[],
        }
    }

    /// The command that a key expresses, among those that work here and now.
    pub fn resolve(&self, offers: &[Command], typing: Typing, press: Press) -> Option<Command> {
        if typing.keeps(press) {
            return None;
        }
        offers.iter().copied().find(|offer| self.presses(*offer).contains(&press))
    }

    /// The keys of a command that are no text here.
    pub fn working(&self, command: Command, typing: Typing) -> impl Iterator<Item = Press> {
        self.presses(command).iter().copied().filter(move |press| !typing.keeps(*press))
    }

    /// The key to show for a command: the first of its keys that is no text here.
    pub fn shown(&self, command: Command, typing: Typing) -> Option<Press> {
        self.working(command, typing).next()
    }

    /// The key to show for a command, by its name; nothing where it has none.
    pub fn key(&self, command: Command, typing: Typing) -> String {
        self.shown(command, typing).map(|press| self.label(press)).unwrap_or_default().into_owned()
    }

    /// A key in the footer's short form.
    pub fn label(&self, press: Press) -> Cow<'static, str> {
        if self.ascii { words::spell(press).into() } else { label(press) }
    }
}

/// A key in its short form, with symbols.
pub fn label(press: Press) -> Cow<'static, str> {
    let name: Cow<'static, str> = match press.key {
        Key::Char(' ') => "space".into(),
        Key::Char(letter) if press.ctrl => return held(letter),
        Key::Char(letter) => match printed(letter) {
            Some(name) => name.into(),
            None => letter.to_string().into(),
        },
        Key::Enter => "↵".into(),
        Key::Esc => "esc".into(),
        Key::Tab => "⇥".into(),
        Key::BackTab => "⇤".into(),
        Key::Backspace => "⌫".into(),
        Key::Delete => "del".into(),
        Key::Up => "↑".into(),
        Key::Down => "↓".into(),
        Key::Left => "←".into(),
        Key::Right => "→".into(),
        Key::Home => "home".into(),
        Key::End => "end".into(),
        Key::PageUp => "pgup".into(),
        Key::PageDown => "pgdn".into(),
        Key::F(1) => "F1".into(),
        Key::F(number) => format!("F{number}").into(),
    };
    if press.alt { format!("alt-{name}").into() } else { name }
}

/// A letter that is held with Ctrl. The footer asks for these in every frame, so none is made anew.
fn held(letter: char) -> Cow<'static, str> {
    const NAMES: &str = "^A^B^C^D^E^F^G^H^I^J^K^L^M^N^O^P^Q^R^S^T^U^V^W^X^Y^Z";
    let place = u32::from(letter.to_ascii_uppercase()).wrapping_sub(u32::from('A'));
    let place = usize::try_from(place).unwrap_or(usize::MAX).saturating_mul(2);
    match NAMES.get(place..place.saturating_add(2)) {
        Some(name) => name.into(),
        None => format!("^{}", letter.to_ascii_uppercase()).into(),
    }
}

/// A printed character of ASCII, as a text.
fn printed(letter: char) -> Option<&'static str> {
    const PRINTED: &str = concat!(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`",
        "abcdefghijklmnopqrstuvwxyz{|}~"
    );
    let place = usize::try_from(u32::from(letter).checked_sub(0x20)?).ok()?;
    PRINTED.get(place..place + 1)
}

#[cfg(test)]
mod tests;
