//! The shop's base address: the live shop, or a sandbox on this machine.

use std::fmt;

use url::{Host, Url};

/// The address that every endpoint's path is appended to; https, or plain http on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    text: String,
    live: bool,
    loopback: bool,
    plain: bool,
}

/// Why a text is not a valid base address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBase {
    /// It is not an address.
    #[error("a shop's address looks like https://api.example.com")]
    NotAnAddress,
    /// It would send e-mail addresses and codes unencrypted.
    #[error("plain http is for this machine only; use https")]
    NotSecure,
    /// It contains more than scheme, host, port and path.
    #[error("a shop's address has no user, question mark or hash in it")]
    TooMuch,
}

impl Base {
    /// The live shop (contract, section 1).
    pub fn live() -> Self {
        Self { text: "https://api.cryptorefills.com".to_owned(), live: true, loopback: false, plain: false }
    }

    /// Parses an address; a trailing slash is dropped.
    pub fn parse(text: &str) -> Result<Self, BadBase> {
        let url = Url::parse(text.trim()).map_err(|_| BadBase::NotAnAddress)?;
        let (loopback, live) = match url.host() {
            Some(Host::Ipv4(ip)) => (ip.is_loopback(), false),
            Some(Host::Ipv6(ip)) => (ip.is_loopback(), false),
            Some(Host::Domain(name)) => (name == "localhost", is_the_shops(name)),
            None => return Err(BadBase::NotAnAddress),
        };
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(BadBase::NotSecure),
            _ => return Err(BadBase::NotAnAddress),
        }
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.query().is_some() || url.fragment().is_some() {
            return Err(BadBase::TooMuch);
        }
        let plain = url.scheme() == "http";
        Ok(Self { text: url.as_str().trim_end_matches('/').to_owned(), live, loopback, plain })
    }

    /// The address, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether orders there cost real money.
    pub fn is_live(&self) -> bool {
        self.live
    }

    /// Whether it is this machine, for which no proxy is used.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether it is reached without TLS.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// The base address of the country list: the live shop serves it from another host (contract, section
    /// 2.1).
    pub(super) fn for_countries(&self) -> &str {
        if self.live { "https://www.cryptorefills.com" } else { &self.text }
    }
}

/// Whether a host belongs to the live shop.
fn is_the_shops(host: &str) -> bool {
    host == "cryptorefills.com" || host.ends_with(".cryptorefills.com")
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_taken_anywhere_and_plain_http_only_on_this_machine() {
        for right in [
            "https://api.cryptorefills.com",
            "https://shop.example",
            "http://127.0.0.1:1234",
            "http://127.9.9.9",
            "http://[::1]:80",
            "http://localhost:8080",
        ] {
            assert!(Base::parse(right).is_ok(), "{right}");
        }
        for open in ["http://shop.example", "http://10.0.0.1", "http://localhost.example", "http://0.0.0.0"] {
            assert_eq!(Base::parse(open), Err(BadBase::NotSecure), "{open}");
        }
        for odd in ["", "shop.example", "ftp://127.0.0.1", "file:///etc/passwd", "https://"] {
            assert_eq!(Base::parse(odd), Err(BadBase::NotAnAddress), "{odd}");
        }
        for more in
            ["https://me@shop.example", "https://me:pw@shop.example", "https://a.b/?q", "https://a.b/#h"]
        {
            assert_eq!(Base::parse(more), Err(BadBase::TooMuch), "{more}");
        }
    }

    #[test]
    fn a_slash_at_the_end_is_dropped() {
        assert_eq!(Base::parse("http://127.0.0.1:1234/").unwrap().as_str(), "http://127.0.0.1:1234");
        assert_eq!(Base::parse("https://a.b/shop/").unwrap().to_string(), "https://a.b/shop");
    }

    #[test]
    fn the_live_shop_is_known_by_its_host() {
        assert_eq!(Base::parse("https://API.cryptorefills.com/"), Ok(Base::live()));
        assert!(Base::parse("https://staging.cryptorefills.com").unwrap().is_live());
        assert!(!Base::parse("https://cryptorefills.com.example").unwrap().is_live());
        assert_eq!(Base::live().for_countries(), "https://www.cryptorefills.com");
        let sandbox = Base::parse("http://127.0.0.1:1").unwrap();
        assert_eq!(sandbox.for_countries(), "http://127.0.0.1:1");
    }
}
