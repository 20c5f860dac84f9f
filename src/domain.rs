//! What is true about shopping. No IO, no clock, no serde, no terminal.

pub mod address;
pub mod bolt11;
pub mod cart;
pub mod catalogue;
pub mod choices;
pub mod consent;
pub mod contact;
pub mod country;
pub mod failure;
pub mod ledger;
pub mod limits;
pub mod money;
pub mod news;
pub mod order;
pub mod payment_link;
pub mod problem;
pub mod product;
pub mod purchase;
pub mod record;
pub mod request;
pub mod settlement;
pub mod tender;
pub mod text;
pub mod time;
