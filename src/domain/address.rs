//! Payment addresses, checked by their network's own rules.
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// x
    Right(Address),
    /// x
    NotChecked(Address),
    /// x
    Wrong(Fault),
}
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);
impl Address {
    /// x
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// x
    pub fn groups(&self) -> Vec<&str> {
        self.0.as_bytes().chunks(4).filter_map(|chunk| std::str::from_utf8(chunk).ok()).collect()
    }
}
/// x
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// x
    #[error("its checksum is wrong")]
    Checksum,
}
/// x
pub fn check(_coin: &str, _network: &str, address: &str) -> Verdict {
    Verdict::NotChecked(Address(address.to_owned()))
}
