//! The shop's JSON, the only network code that uses serde. Its results are domain types.
//!
//! Not every response of the shop has been observed (contract, section 8), so a field may be missing, null or
//! mistyped, and one bad element never empties a list (section 9).

mod brand;
mod countries;
mod homepage;
mod lenient;
mod order;
mod plan;
mod price;
mod problems;
mod product;
mod payment_methods;
mod refusal;
mod request;
mod validation;

pub(super) use brand::catalogue;
pub(super) use countries::countries;
pub(super) use homepage::featured;
pub(super) use order::{Placed, placed, snapshot};
pub(super) use payment_methods::payment_methods;
pub(super) use price::quote;
pub(super) use product::shelves;
pub(super) use refusal::Refusal;
pub(super) use request::{order_body, validation_body};
pub(super) use validation::validation;

use crate::domain::failure::Failure;
use crate::domain::text::Printable;

/// An answer that is not what it should be, in words that quote nothing of it.
fn unreadable(what: &str) -> Failure {
    Failure::Unreadable(Printable::new(what))
}

#[cfg(test)]
mod tests;
