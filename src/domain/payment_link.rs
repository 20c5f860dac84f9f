//! What a QR code can hold.
use super::money::Amount;
/// x
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// x
    ServerText,
    /// x
    LinkWithAmount,
    /// x
    AddressOnly,
}
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// x
    pub text: String,
    /// x
    pub holds: Holds,
}
/// x
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// x
    pub coin: &'a str,
    /// x
    pub network: &'a str,
    /// x
    pub address: &'a str,
    /// x
    pub amount: Amount,
    /// x
    pub server_text: Option<&'a str>,
    /// x
    pub chain_id: Option<u64>,
    /// x
    pub token: Option<(&'a str, u8)>,
}
/// x
pub fn contents(ask: &Ask<'_>) -> Vec<Content> {
    vec![Content { text: ask.address.to_owned(), holds: Holds::AddressOnly }]
}
