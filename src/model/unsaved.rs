//! Texts about an outcome that is not saved yet: what the user has to write down or know until it is.

use super::Unsaved;
use crate::domain::failure::Failure;
use crate::domain::record::{Attempt, Outcome, Record};

/// What the user has to write down or know, short enough for one line if the window is wide enough.
pub fn headline(record: &Record, unsaved: &Unsaved) -> String {
    match record.order() {
        Some(_) if unsaved.kept => news(record),
        Some(order) => format!("NOT SAVED, write this down: {}", order.id().reveal()),
        None => format!("NOT SAVED: {}", ending(record)),
    }
}

/// The rest of what to write down or know, and what is done about it. `paying` is the attempt whose
/// payment is on the screen, if any.
pub fn rest(record: &Record, unsaved: &Unsaved, paying: Option<Attempt>) -> String {
    let why = match &unsaved.why {
        Failure::Unrecorded(why) => format!("{why}."),
        other => other.to_string(),
    };
    let what = if unsaved.kept {
        ASKED_AGAIN.to_owned()
    } else if record.order().is_none() {
        without_it(record).to_owned()
    } else if paying == Some(record.attempt) {
        "with the amount and the address.".to_owned()
    } else {
        format!("the id of order {}.", record.attempt)
    };
    format!("{what} Tried again every 5 s: {why}")
}

/// The text for an order that is stored without its latest state.
pub fn news(record: &Record) -> String {
    format!("Order {} is kept, but not its last news.", record.attempt)
}

/// What the next start does if the latest state is never saved.
pub const ASKED_AGAIN: &str = "Unless that is saved, the next start asks the shop for it.";

/// How an attempt without an order ended, to follow a colon.
pub fn ending(record: &Record) -> String {
    let attempt = record.attempt;
    match &record.outcome {
        Outcome::Refused(_) => format!("the shop refused attempt {attempt}, so there is no order."),
        Outcome::NotSent(_) => format!("attempt {attempt} was never sent, so there is no order."),
        Outcome::Intended | Outcome::Unknown(_) | Outcome::Placed(_) => {
            format!("attempt {attempt} may have become an order: do not pay twice.")
        }
    }
}

/// What the next start says if the outcome is never saved: the journal has the attempt without its outcome.
pub fn without_it(record: &Record) -> &'static str {
    match &record.outcome {
        Outcome::Refused(_) | Outcome::NotSent(_) => {
            "Unless that is saved, the next start says that an order may exist."
        }
        Outcome::Intended | Outcome::Unknown(_) | Outcome::Placed(_) => {
            "The attempt is kept, so the next start warns of it all the same."
        }
    }
}
