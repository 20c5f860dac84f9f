//! Fetches logos: the only requests to hosts other than the shop's, and without our headers.
//!
//! For hosts and variants see contract, section 2.3.

use std::time::Duration;

use tokio::time::Instant;
use url::{Host, Url};

use super::Client;
use crate::domain::failure::Failure;
use crate::domain::text::Printable;

/// The logo hosts that the shop's API uses.
const HOSTS: [&str; 3] =
    ["cdn.cryptorefills.com", "cryptorefills.s3-eu-west-1.amazonaws.com", "img.cryptorefills.com"];
/// The supplier's variants of a logo, smallest first.
const VARIANTS: [Variant; 4] = [
    Variant { tail: "_300x190.webp", across: 300 },
    Variant { tail: "_500x318.webp", across: 500 },
    Variant { tail: ".webp", across: u32::MAX },
    Variant { tail: ".jpg", across: u32::MAX },
];
/// The maximum size of a logo, in bytes.
const CAP: usize = 256 << 10;
/// The time limit for all variants together.
const PATIENCE: Duration = Duration::from_secs(10);

/// One variant of a logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    tail: &'static str,
    across: u32,
}

impl Variant {
    /// The smallest variant that is at least `pixels` wide.
    pub fn enough_for(pixels: u32) -> Self {
        Self::from_enough_for(pixels).next().unwrap_or(VARIANTS[0])
    }

    /// The suffix of a logo's address.
    pub fn tail(self) -> &'static str {
        self.tail
    }

    /// The smallest sufficient variant and larger ones; then smaller ones in descending order, since any is
    /// better than none.
    fn from_enough_for(pixels: u32) -> impl Iterator<Item = Self> {
        let enough = VARIANTS.into_iter().filter(move |variant| variant.across >= pixels);
        enough.chain(VARIANTS.into_iter().rev().filter(move |variant| variant.across < pixels))
    }
}

impl Client {
    /// Fetches a brand's logo; `base` is its address without the variant's suffix, `across` its width in
    /// pixels when drawn.
    pub async fn logo(&self, base: &str, across: u32) -> Result<Vec<u8>, Failure> {
        if !self.may_ask(base) {
            return Err(Failure::Unreachable(Printable::new("a logo is elsewhere than it should be")));
        }
        let deadline = Instant::now() + PATIENCE;
        let mut failure = Failure::TooLarge;
        for variant in Variant::from_enough_for(across) {
            let url = format!("{base}{}", variant.tail());
            match self.http.picture(&url, CAP, deadline).await {
                Ok(picture) => return Ok(picture.bytes().to_vec()),
                // Another variant may exist, or be small enough.
                Err(missing @ (Failure::Refused { .. } | Failure::TooLarge)) => failure = missing,
                Err(other) => return Err(other),
            }
        }
        Err(failure)
    }

    /// Whether a logo may be requested: over https from the supplier's hosts, or from this machine if the
    /// shop itself runs on it.
    fn may_ask(&self, base: &str) -> bool {
        let Ok(url) = Url::parse(base) else { return false };
        let bare = url.username().is_empty() && url.password().is_none();
        let plain = url.query().is_none() && url.fragment().is_none();
        let known = match (url.scheme(), url.host()) {
            ("https", Some(Host::Domain(name))) => HOSTS.contains(&name) && url.port().is_none(),
            ("http", Some(Host::Ipv4(ip))) => ip.is_loopback() && self.http.settings().base.is_loopback(),
            _ => false,
        };
        known && bare && plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Base, Settings};

    fn client(base: &str) -> Client {
        Client::new(Settings { base: Base::parse(base).unwrap(), partner_id: None, country: None })
    }

    #[test]
    fn the_smallest_picture_that_is_enough_comes_first_and_any_is_better_than_none() {
        let tails = |pixels| Variant::from_enough_for(pixels).map(Variant::tail).collect::<Vec<_>>();
        assert_eq!(tails(90), ["_300x190.webp", "_500x318.webp", ".webp", ".jpg"]);
        assert_eq!(tails(301), ["_500x318.webp", ".webp", ".jpg", "_300x190.webp"]);
        assert_eq!(tails(900), [".webp", ".jpg", "_500x318.webp", "_300x190.webp"]);
        assert_eq!(Variant::enough_for(301).tail(), "_500x318.webp");
    }

    #[test]
    fn logos_come_from_the_suppliers_hosts_or_from_the_sandbox() {
        let (live, sandbox) = (client("https://api.cryptorefills.com"), client("http://127.0.0.1:9"));
        for host in HOSTS {
            assert!(live.may_ask(&format!("https://{host}/logos/steam")));
        }
        assert!(sandbox.may_ask("http://127.0.0.1:7/__sandbox/logos/steam"));
        for elsewhere in [
            "http://cdn.cryptorefills.com/steam",
            "https://cdn.cryptorefills.com.evil.example/steam",
            "https://cdn.cryptorefills.com:8443/steam",
            "https://me@cdn.cryptorefills.com/steam",
            "https://cdn.cryptorefills.com/steam?x=",
            "http://127.0.0.1:7/steam",
            "file:///etc/passwd",
            "",
        ] {
            assert!(!live.may_ask(elsewhere), "{elsewhere}");
        }
    }
}
