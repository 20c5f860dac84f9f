//! The integration tests: one program, so that it is linked once.

#![cfg(test)]

mod support;

mod architecture;
mod documents;
mod growth;
mod headless;
mod hostile;
mod phone_plans;
mod placing;
mod plain;
mod quiet;
mod sandbox;
mod screens;
mod secrets;
mod session;
mod story;
mod streams;
mod terminal;
