//! The screens: what each one knows while it is up, and what it does with keys and facts.
//!
//! A screen's state and its answers to keys stand in `x.rs`, its drawing in `x/view.rs`.

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

/// What a screen asks of the program. `update` tells what comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScreenEvent {
    /// Go one step back.
    Left,
    /// A country was chosen.
    CountryChosen(CountryCode),
    /// A category was chosen, or all of them.
    CategoryChosen(Option<Printable>),
    /// A brand was chosen.
    BrandChosen(Box<Brand>),
    /// What to buy was decided; with the price that was seen for one of it.
    ItemChosen(Box<Item>, Option<Amount>),
    /// An item goes into the cart; with the price that was seen for one of it.
    AddedToCart(Box<Item>, Option<Amount>),
    /// The cart is to be changed.
    CartChanged(CartChange),
    /// Everything in the cart is to be ordered.
    CartChecked,
    /// The shop refused a coin on a network.
    TenderRefused(Tender, Refusal),
    /// A coin and network were chosen.
    TenderChosen(Tender),
    /// An order was placed.
    OrderPlaced(Attempt),
    /// An order was picked to be looked at.
    OrderPicked(Attempt),
    /// The order that was added as the second of these is what became of the first.
    Joined(Attempt, Attempt),
    /// Everything that was paid for is here.
    CodesArrived(Attempt),
    /// All of a record is wanted, of which an entry is held.
    RecordWanted(Attempt),
    /// The same is to be bought again.
    BoughtAgain(Box<Purchase>),
    /// Something was written beside an order.
    Remarked(Attempt, Remarks),
    /// A command was picked for the screen below.
    CommandPicked(Command),
    /// Something has to be said.
    Said(Toast),
}

/// What a person decides with a deliberate key ([`Command::is_deliberate`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether to order what the receipt says, by this command.
    Order(Box<checkout::Receipt>, Command),
    /// Whether to accept another total than the one on the receipt.
    Total(Attempt, Withheld),
    /// What to do with the codes of an order: so many deliveries, and the file that they would be written to.
    Codes(Attempt, usize, Option<String>),
    /// Whether to remove an attempt from this machine.
    Removal(Attempt),
    /// Whether the attempt became the order that was added as the second of these.
    Joining(Attempt, Attempt),
}

/// Who refused a tender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The shop itself, for the time being.
    Suspended,
    /// These brands.
    Brands(Vec<Verbatim>),
}

/// Hands a text to the terminal's clipboard. Whether it arrives there nobody can tell, so it is
/// said that it was sent, not that it was copied.
fn copy(what: &str, text: String, effects: &mut Effects) -> ScreenEvent {
    effects.push(Effect::CopyText(text.into()));
    ScreenEvent::Said(Toast::Note(format!("{what}{SENT}")))
}

/// Said while all of a record is read.
const OPENING: &str = "Reading this order from this machine…";

const SENT: &str = ": sent to your terminal's clipboard.";

/// What is said instead once this machine's own clipboard has it; nothing where something else was said.
pub fn copied(said: &Toast) -> Option<Toast> {
    match said {
        Toast::Note(said) => said.strip_suffix(SENT).map(|what| Toast::Note(format!("{what}: copied."))),
        Toast::Warning(_) => None,
    }
}

/// How a screen is drawn.
pub trait Draw {
    /// Draws it in its area of the window: in all of it where it fills the window.
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>);
}

/// One screen: what it knows is its own, what it needs of others it is handed.
pub trait Screen: Draw + PlainText {
    /// The last word of the breadcrumb.
    fn title(&self, model: &Model) -> Cow<'_, str>;

    /// The commands that work here and now, the most useful first.
    fn commands(&self, model: &Model) -> Vec<Command>;

    /// What takes the letters.
    fn typing(&self) -> Typing {
        Typing::Off
    }

    /// The field that has the focus.
    fn field(&mut self) -> Option<&mut Field> {
        None
    }

    /// The text of the focused field has changed.
    fn edited(&mut self, _model: &Model, _effects: &mut Effects) {}

    /// Does what a key wished for.
    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent>;

    /// Takes in what happened, if it concerns this screen.
    fn on_action(&mut self, _action: &Action, _model: &Model, _effects: &mut Effects) -> Option<ScreenEvent> {
        None
    }

    /// Another screen lies over this one.
    fn on_hidden(&mut self) {}

    /// The coin and network are others now.
    fn tender_changed(&mut self, _model: &Model, _effects: &mut Effects) {}

    /// What is being bought here, for telling what it costs in other coins.
    fn basket(&self, model: &Model) -> Vec<Item> {
        model.cart.lines().to_vec()
    }

    /// The marked row of its list or field of its form, and the one that is seen at a place.
    fn row_at(&self, _model: &Model, _spot: Spot) -> Option<(usize, usize)> {
        None
    }

    /// A pointer is about to move the mark.
    fn on_pointer(&mut self, _model: &Model) {}

    /// Whether it has the whole window to itself now, without header and footer.
    fn fills_window(&self) -> bool {
        false
    }

    /// The attempt whose payment is on it, if one is.
    fn paying(&self) -> Option<Attempt> {
        None
    }

    /// The brand whose logo is on it, if one is.
    fn pictured(&self, _model: &Model) -> Option<&Brand> {
        None
    }

    /// Whether it only led to an order: nobody comes back to it once the order exists.
    fn leads_to_an_order(&self) -> bool {
        false
    }

    /// Whether an order is on its way to the shop from here, and its answer is not here yet.
    fn is_placing(&self) -> bool {
        false
    }

    /// The questions that it awaits answers to.
    fn pending_requests(&self) -> Vec<RequestId> {
        Vec::new()
    }

    /// The orders that it wants news of.
    fn subscriptions(&self, _model: &Model) -> Vec<OrderId> {
        Vec::new()
    }

    /// What its deliberate keys would do now, or `None` while it offers none.
    ///
    /// Such a key counts once this has been visible for a moment, so a question that changes is another.
    fn question(&self, _model: &Model) -> Option<Question> {
        None
    }

    /// Whether something on it changes with time alone.
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

        /// The screen that a command opens wherever it is offered, if it is one that does.
        pub fn opened_by(command: Command, model: &Model, effects: &mut Effects) -> Option<AnyScreen> {
            $($(if command == Command::$command {
                return Some($module::open(model, effects).into());
            })?)+
            None
        }

        /// The command that a word means in plain mode on every screen that offers it.
        pub fn command_said(word: &str) -> Option<Command> {
            $($(if [$($word),+].contains(&word) {
                return Some(Command::$said);
            })?)+
            None
        }

        /// What each of the screens can offer together.
        pub const COMMAND_SETS: &CommandSets = &[$($module::COMMANDS),+];

        $(impl From<$module::$screen> for AnyScreen {
            fn from(screen: $module::$screen) -> Self {
                Self::$name(Box::new(screen))
            }
        })+
    };
}

screens! {
    /// Where the shopping is for.
    Country(country::Country) on ChooseCountry,
    /// What is sold there.
    Brands(brands::Brands),
    /// Which of its categories.
    Category(category::CategoryChoice) said "f" "category" for ChooseCategory,
    /// What exactly, and how much of it.
    Product(product::Product),
    /// What was put aside.
    Cart(cart::Cart) said "c" "cart" for ShowCart,
    /// For whom, and the last look before the order.
    Checkout(checkout::Checkout),
    /// What to pay where, and how the order goes.
    Pay(pay::Pay),
    /// What was bought.
    Delivered(delivered::Delivered),
    /// Every order of this user.
    Orders(orders::Orders) said "o" "orders" for Orders,
    /// The coin and network.
    Tender(tender::TenderChoice) said "t" "tender" for ChooseTender,
    /// The keys of the screen below.
    Help(help::Help),
    /// The commands of the screen below.
    Palette(palette::Palette),
}
