//! A screen's text in plain mode: whole sentences and numbered choices, ten at a time.

use super::checkout::form::Spot;
use crate::domain::order::Phase;
use crate::domain::record::Attempt;
use crate::domain::time::Timestamp;
use crate::model::Model;
use crate::remote::Recalled;
use crate::widgets::clock;

/// The number of choices printed at once.
pub const PAGE: usize = 10;

/// What plain mode remembers between lines.
#[derive(Debug, Default)]
pub struct Reader {
    /// The first row of the current page of a list.
    pub first_row: usize,
    /// Whether one of several products was picked.
    pub picked: bool,
    /// The question that the checkout currently asks.
    pub asking: Option<Asking>,
    /// The order phases printed so far, and when each began.
    pub heard: Heard,
}

/// What the checkout asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// The required fields, one after the other.
    Needed(Spot),
    /// One field to correct, after which the shop checks again.
    Changed(Spot),
    /// The coin and network.
    Tender,
    /// Nothing: the shop's answer to the check decides what follows.
    Checked,
    /// A word that names what to do.
    Word,
}

/// The order phases printed so far, each with its time.
#[derive(Debug, Default)]
pub struct Heard {
    pub(super) phases: Vec<(Attempt, Phase, String)>,
    /// When payment windows close, by the shop's clock, and the local time printed for each. It is not
    /// printed again if more is learned about the clocks later.
    pub(super) ends: Vec<(Timestamp, String)>,
}

/// How a typed line is interpreted if it is not a global command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A number chooses a row; other text filters the list if the screen has a field.
    Choice,
    /// As an answer to the products of a brand.
    Product,
    /// As an answer to the cart.
    Cart,
    /// As an answer to the checkout.
    Checkout,
    /// As an answer to an order that is to be paid.
    Payment,
    /// As an answer to a delivered order.
    Delivered,
    /// As an answer to the list of orders.
    Orders,
}

/// A screen in plain mode. Screens that plain mode cannot reach use the defaults.
pub trait PlainText {
    /// Returns the lines to print. A line that was already printed is not repeated.
    fn lines(&self, _model: &Model, _reader: &mut Reader) -> Vec<String> {
        Vec::new()
    }

    /// Returns the number of numbered choices.
    fn choices(&self, _model: &Model) -> usize {
        0
    }

    /// Returns, as a sentence, what must arrive before a line can be answered.
    fn waits_for(&self, _model: &Model) -> Option<String> {
        None
    }

    /// Returns what can be typed here.
    fn usage(&self) -> &'static [&'static str] {
        &[]
    }

    /// Returns how a typed line is interpreted.
    fn reply(&self) -> Reply {
        Reply::Choice
    }
}

impl Reader {
    /// Returns the current page of `all` numbered choices, and a line with how many follow.
    pub fn numbered(&self, all: usize, row: impl Fn(usize) -> Option<String>) -> Vec<String> {
        let last = all.min(self.first_row + PAGE);
        let rows = (self.first_row..last).filter_map(|place| Some(format!("{} {}", place + 1, row(place)?)));
        let mut lines: Vec<String> = rows.collect();
        if last < all {
            lines.push(format!("{} more: type m.", all - last));
        }
        lines
    }
}

/// Returns the age of a cached answer that could not be renewed, and why.
pub(super) fn aged(what: &str, recalled: Option<&Recalled>, model: &Model) -> Vec<String> {
    let told = |recalled: &Recalled| {
        let age = clock::age(model.now.wall.since(recalled.told));
        let failure = recalled.renewal.as_ref().err()?;
        Some(format!("{what} {age} old. {failure} r asks again."))
    };
    recalled.and_then(told).into_iter().collect()
}

/// Returns a failure, and how to try again.
pub(super) fn again(sentence: &str) -> Vec<String> {
    vec![format!("{sentence} Type r to try again, b to go back.")]
}

/// Returns the question of a list, or the number of matches if a search text is typed.
pub(super) fn searched(question: &str, what: &str, query: &str, found: usize) -> String {
    match (query.is_empty(), found) {
        (true, _) => question.to_owned(),
        (false, 0) => format!("No {what} is called “{query}”. Type b to forget the search."),
        (false, found) => format!("Found for “{query}”: {found}."),
    }
}
