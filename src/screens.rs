//! Screens: their state and how each responds to commands and actions.
//!
//! A screen's state and event handling are in `x.rs`, its drawing is in `x/view.rs`.

pub mod brands;
pub mod cart;
pub mod category;
pub mod checkout;
pub mod country;
pub mod delivered;
pub mod help;
pub mod orders;
pub mod palette;
pub mod pay;
pub mod plain_text;
pub mod product;
pub mod tender;
pub mod unsaved;

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use crate::action::Action;
use crate::domain::catalogue::Brand;
use crate::domain::country::CountryCode;
use crate::domain::limits::Excess;
use crate::domain::money::Amount;
use crate::domain::order::OrderId;
use crate::domain::purchase::{Item, Purchase};
use crate::domain::record::{Attempt, Remarks};
use crate::domain::settlement::Withheld;
use crate::domain::tender::Tender;
use crate::domain::text::{Printable, Verbatim};
use crate::effect::{Effect, Effects};
use crate::field::Field;
use crate::keymap::remap::CommandSets;
use crate::keymap::{Command, Typing};
use crate::layout::{Rect, Spot};
use crate::model::{Model, Toast};
use crate::remote::RequestId;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use cart::CartChange;
use plain_text::PlainText;

/// What a screen reports to the rest of the program, which `update` handles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScreenEvent {
    /// Go back to the previous screen.
    Left,
    /// A country was selected.
    CountryChosen(CountryCode),
    /// A category was selected, or `None` for all categories.
    CategoryChosen(Option<Printable>),
    /// A brand was selected.
    BrandChosen(Box<Brand>),
    /// An item to buy was selected, with the unit price the user saw.
    ItemChosen(Box<Item>, Option<Amount>),
    /// An item is to be added to the cart, with the unit price the user saw.
    AddedToCart(Box<Item>, Option<Amount>),
    /// The cart is to be changed.
    CartChanged(CartChange),
    /// Everything in the cart is to be ordered.
    CartChecked,
    /// The shop refused a coin on a network.
    TenderRefused(Tender, Refusal),
    /// A coin and network were selected.
    TenderChosen(Tender),
    /// An order was placed.
    OrderPlaced(Attempt),
    /// An order was selected to be shown.
    OrderPicked(Attempt),
    /// The user confirmed that the first attempt became the order that was added as the second.
    Joined(Attempt, Attempt),
    /// Everything that was paid for has been delivered, or the user opens the deliveries so far.
    CodesArrived(Attempt),
    /// A record that is only partly loaded is needed in full.
    RecordWanted(Attempt),
    /// The same purchase is to be made again.
    BoughtAgain(Box<Purchase>),
    /// The user's remarks on an order were changed.
    Remarked(Attempt, Remarks),
    /// A command was selected for the screen below.
    CommandPicked(Command),
    /// A message is to be shown.
    Said(Toast),
}

/// A question that the user answers with a deliberate key ([`Command::is_deliberate`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether to order what is on the receipt.
    Order {
        /// What is ordered.
        receipt: Box<checkout::Receipt>,
        /// The command that orders it, or agrees to what comes first.
        command: Command,
        /// What exceeds a limit.
        excess: Vec<Excess>,
        /// The earlier attempts that may have become this order.
        doubtful: Vec<Attempt>,
    },
    /// Whether to accept a total that differs from the one on the receipt.
    Total(Attempt, Withheld),
    /// What to do with the codes of an order.
    Codes {
        /// The attempt that the order came from.
        attempt: Attempt,
        /// The index of the marked delivery.
        marked: usize,
        /// Whether the codes are visible.
        revealed: bool,
        /// The deliberate commands that work.
        commands: Vec<Command>,
        /// The file to write the codes to.
        path: Option<String>,
    },
    /// Whether to remove an attempt from this machine, and whether it may be an order.
    Removal(Attempt, bool),
    /// Whether the first attempt became the order that was added as the second.
    Joining(Attempt, Attempt),
}

/// Who refused a tender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The shop itself, temporarily.
    Suspended,
    /// These brands.
    Brands(Vec<Verbatim>),
}

/// Sends a text to the terminal's clipboard. The terminal does not confirm that it arrived, so the
/// message says that the text was sent, not that it was copied.
fn copy(what: &str, text: String, effects: &mut Effects) -> ScreenEvent {
    effects.push(Effect::CopyText(text.into()));
    ScreenEvent::Said(Toast::Note(format!("{what}{SENT}")))
}

/// Shown while a record is being loaded in full.
const OPENING: &str = "Reading this order from this machine…";

const SENT: &str = ": sent to your terminal's clipboard.";

/// Returns the message to show once the text is on this machine's own clipboard, or `None` for a message
/// other than that of `copy`.
pub fn copied(said: &Toast) -> Option<Toast> {
    match said {
        Toast::Note(said) => said.strip_suffix(SENT).map(|what| Toast::Note(format!("{what}: copied."))),
        Toast::Warning(_) => None,
    }
}

/// Draws a screen.
pub trait Draw {
    /// Draws the screen in `area`, which is the whole window if the screen fills it.
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>);
}

/// A screen. It owns its state; shared state is passed in as the model.
pub trait Screen: Draw + PlainText {
    /// The last part of the breadcrumb.
    fn title(&self, model: &Model) -> Cow<'_, str>;

    /// The commands that are currently available, the most useful first.
    fn commands(&self, model: &Model) -> Vec<Command>;

    /// How letter keys are interpreted.
    fn typing(&self) -> Typing {
        Typing::Off
    }

    /// The focused text field.
    fn field(&mut self) -> Option<&mut Field> {
        None
    }

    /// Called after the text of the focused field has changed.
    fn edited(&mut self, _model: &Model, _effects: &mut Effects) {}

    /// Runs a command.
    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent>;

    /// Handles an action if it concerns this screen.
    fn on_action(&mut self, _action: &Action, _model: &Model, _effects: &mut Effects) -> Option<ScreenEvent> {
        None
    }

    /// Called after each update while another screen is on top of this one.
    fn on_hidden(&mut self) {}

    /// Called after the coin and network have changed.
    fn tender_changed(&mut self, _model: &Model, _effects: &mut Effects) {}

    /// The items being bought, used to show their cost in other coins.
    fn basket(&self, model: &Model) -> Vec<Item> {
        model.cart.lines().to_vec()
    }

    /// The selected row of the list or field of the form, and the one at a position on the screen.
    fn row_at(&self, _model: &Model, _spot: Spot) -> Option<(usize, usize)> {
        None
    }

    /// Called before a click or the wheel moves the selection.
    fn on_pointer(&mut self, _model: &Model) {}

    /// Whether the screen currently fills the window, without header and footer.
    fn fills_window(&self) -> bool {
        false
    }

    /// The attempt whose payment is shown, if any.
    fn paying(&self) -> Option<Attempt> {
        None
    }

    /// The brand whose logo is shown, if any.
    fn pictured(&self, _model: &Model) -> Option<&Brand> {
        None
    }

    /// Whether the screen is only a step towards an order. It is closed once the order exists.
    fn leads_to_an_order(&self) -> bool {
        false
    }

    /// Whether an order from this screen has been sent to the shop and not been answered yet.
    fn is_placing(&self) -> bool {
        false
    }

    /// The requests whose answers the screen is waiting for.
    fn pending_requests(&self) -> Vec<RequestId> {
        Vec::new()
    }

    /// The orders whose updates the screen subscribes to.
    fn subscriptions(&self, _model: &Model) -> Vec<OrderId> {
        Vec::new()
    }

    /// The question that the deliberate keys would answer now, or `None` if there is none.
    ///
    /// Such a key takes effect only after its question has been visible for a moment. A question whose contents
    /// change counts as a new one.
    fn question(&self, _model: &Model) -> Option<Question> {
        None
    }

    /// Whether the screen shows something that changes with time alone.
    fn needs_clock(&self, _model: &Model) -> bool {
        false
    }
}

macro_rules! screens {
    ($($(#[$about:meta])* $name:ident($module:ident::$screen:ident)
        $(on $command:ident)? $(said $($word:literal)+ for $said:ident)?,)+) => {
        /// Any of the screens.
        #[derive(Debug)]
        pub enum AnyScreen {
            $($(#[$about])* $name(Box<$module::$screen>),)+
        }

        impl Deref for AnyScreen {
            type Target = dyn Screen;

            fn deref(&self) -> &Self::Target {
                match self {
                    $(Self::$name(screen) => screen.as_ref(),)+
                }
            }
        }

        impl DerefMut for AnyScreen {
            fn deref_mut(&mut self) -> &mut Self::Target {
                match self {
                    $(Self::$name(screen) => screen.as_mut(),)+
                }
            }
        }

        /// Opens the screen for a command that works wherever it is offered, or returns `None` for others.
        pub fn opened_by(command: Command, model: &Model, effects: &mut Effects) -> Option<AnyScreen> {
            $($(if command == Command::$command {
                return Some($module::open(model, effects).into());
            })?)+
            None
        }

        /// Returns the command that a word stands for in plain mode on every screen that offers it.
        pub fn command_said(word: &str) -> Option<Command> {
            $($(if [$($word),+].contains(&word) {
                return Some(Command::$said);
            })?)+
            None
        }

        /// The sets of commands that each screen can offer at the same time.
        pub const COMMAND_SETS: &CommandSets = &[$($module::COMMANDS),+];

        $(impl From<$module::$screen> for AnyScreen {
            fn from(screen: $module::$screen) -> Self {
                Self::$name(Box::new(screen))
            }
        })+
    };
}

screens! {
    /// Selects the country to shop in.
    Country(country::Country) on ChooseCountry,
    /// Lists the brands sold in a country.
    Brands(brands::Brands),
    /// Selects a category of brands.
    Category(category::CategoryChoice) said "f" "category" for ChooseCategory,
    /// Selects a product of a brand and its value.
    Product(product::Product),
    /// Shows the shopping cart.
    Cart(cart::Cart) said "c" "cart" for ShowCart,
    /// Asks for the buyer's details and shows the receipt before ordering.
    Checkout(checkout::Checkout),
    /// Shows the payment details and the order's progress.
    Pay(pay::Pay),
    /// Shows the delivered codes.
    Delivered(delivered::Delivered),
    /// Lists all orders of this user.
    Orders(orders::Orders) said "o" "orders" for Orders,
    /// Selects the coin and network.
    Tender(tender::TenderChoice) said "t" "tender" for ChooseTender,
    /// Lists the keys of the screen below.
    Help(help::Help),
    /// Lists the commands of the screen below.
    Palette(palette::Palette),
}
