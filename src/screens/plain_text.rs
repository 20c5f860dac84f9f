//! What plain mode says of a screen: whole sentences, and numbered choices, ten at a time.

use super::checkout::plain::Asking;
use super::pay::plain::Heard;
use crate::model::Model;
use crate::remote::Recalled;
use crate::widgets::clock;

/// Choices that are said at once.
pub const PAGE: usize = 10;

/// What plain mode remembers from one line to the next.
#[derive(Debug, Default)]
pub struct Reader {
    /// The first row of the page of a list.
    pub first_row: usize,
    /// Whether one of several products was picked.
    pub picked: bool,
    /// What the checkout asks for.
    pub asking: Option<Asking>,
    /// Which phases of orders were heard of, and when.
    pub heard: Heard,
}

/// How a typed line is understood that means nothing everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A number chooses, and what else is typed is searched for where something is typed.
    Choice,
    /// As an answer to the products of a brand.
    Product,
    /// As an answer to the cart.
    Cart,
    /// As an answer to the checkout.
    Checkout,
    /// As an answer to an order that is to be paid.
    Payment,
    /// As an answer to what was bought.
    Delivered,
    /// As an answer to the list of orders.
    Orders,
}

/// A screen in plain mode. A screen that is not reached from there leaves everything as it is.
pub trait PlainText {
    /// What is said of it; a line that was said already is not said again.
    fn lines(&self, _model: &Model, _reader: &mut Reader) -> Vec<String> {
        Vec::new()
    }

    /// How many numbered choices it has.
    fn choices(&self, _model: &Model) -> usize {
        0
    }

    /// What has to come before a line can be answered, as a sentence.
    fn waits_for(&self, _model: &Model) -> Option<String> {
        None
    }

    /// What can be typed here.
    fn usage(&self) -> &'static [&'static str] {
        &[]
    }

    /// How a line is understood.
    fn reply(&self) -> Reply {
        Reply::Choice
    }
}

impl Reader {
    /// A page of `all` numbered choices, and how many more there are.
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

/// How old something is that the shop could not tell anew, and why.
pub(super) fn aged(what: &str, recalled: Option<&Recalled>, model: &Model) -> Vec<String> {
    let told = |recalled: &Recalled| {
        let age = clock::age(model.now.wall.since(recalled.told));
        let failure = recalled.renewal.as_ref().err()?;
        Some(format!("{what} {age} old. {failure} r asks again."))
    };
    recalled.and_then(told).into_iter().collect()
}

/// A failure, and what can be done about it.
pub(super) fn again(sentence: &str) -> Vec<String> {
    vec![format!("{sentence} Type r to try again, b to go back.")]
}

/// The question of a list, or how much a search found.
pub(super) fn searched(question: &str, what: &str, query: &str, found: usize) -> String {
    match (query.is_empty(), found) {
        (true, _) => question.to_owned(),
        (false, 0) => format!("No {what} is called “{query}”. Type b to forget the search."),
        (false, found) => format!("Found for “{query}”: {found}."),
    }
}
