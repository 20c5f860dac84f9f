//! stub
#![allow(missing_docs, clippy::unused_async, clippy::missing_docs_in_private_items)]
use crate::domain::{
    catalogue::*, country::*, failure::*, order::*, product::*, purchase::*, record::*, tender::*,
};
use crate::effect::*;
#[derive(Clone, Debug)]
pub struct Base(String);
#[derive(Debug, thiserror::Error)]
#[error("bad")]
pub struct BadBase;
impl Base {
    pub fn live() -> Self {
        Self(String::new())
    }
    pub fn parse(_: &str) -> Result<Self, BadBase> {
        Err(BadBase)
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn is_live(&self) -> bool {
        true
    }
    pub fn is_loopback(&self) -> bool {
        false
    }
}
#[derive(Clone, Debug)]
pub struct Settings {
    pub base: Base,
    pub partner_id: Option<String>,
    pub country: Option<CountryCode>,
}
#[derive(Clone, Debug)]
pub struct Client;
impl Client {
    pub fn new(_: Settings) -> Self {
        Self
    }
    pub async fn countries(&self) -> Result<Vec<Country>, Failure> {
        loop {}
    }
    pub async fn rails(&self) -> Result<Rails, Failure> {
        loop {}
    }
    pub async fn catalogue(&self, _: CountryCode) -> Result<Catalogue, Failure> {
        loop {}
    }
    pub async fn shelves(&self, _: &Family) -> Result<Vec<Shelf>, Failure> {
        loop {}
    }
    pub async fn price(&self, _: &PriceQuestion) -> Result<Quote, Failure> {
        loop {}
    }
    pub async fn validate(&self, _: &Purchase) -> Result<Validation, Failure> {
        loop {}
    }
    pub async fn place(&self, _: &Purchase) -> Placement {
        loop {}
    }
    pub async fn order(&self, _: &OrderId) -> Result<Snapshot, Failure> {
        loop {}
    }
    pub async fn pay_in_sandbox(&self, _: &OrderId) -> Result<(), Failure> {
        loop {}
    }
}
pub mod feed {
    use super::*;
    pub async fn follow(_: Client, _: OrderId, _: tokio::sync::mpsc::Sender<crate::action::News>) {}
}
