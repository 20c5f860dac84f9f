//! What is said of an attempt that ended without an order while the journal does not have that yet.

use crate::domain::record::{Outcome, Record};

/// How it ended, after a colon.
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

/// What the next start says when it is never saved: the journal has the attempt, without its end.
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
