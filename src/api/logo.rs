//! Logos: the one thing that is fetched from other hosts than the shop's, and without our headers
//! (contract, section 2.3: hosts and variants).

use std::time::Duration;

use tokio::time::Instant;
use url::{Host, Url};

use super::Client;
use crate::domain::failure::Failure;
use crate::domain::text::Printable;

/// The hosts that the shop's API names.
const HOSTS: [&str; 3] =
    ["cdn.cryptorefills.com", "cryptorefills.s3-eu-west-1.amazonaws.com", "img.cryptorefills.com"];
/// What is appended to a logo's address, the smallest picture that is large enough first.
const VARIANTS: [&str; 4] = ["_300x190.webp", "_500x318.webp", ".webp", ".jpg"];
/// The most that a logo may weigh, in bytes.
const CAP: usize = 256 << 10;
/// How long all variants together may take.
const PATIENCE: Duration = Duration::from_secs(10);

impl Client {
    /// A brand's logo as the supplier has it; `base` is what its address begins with.
    pub async fn logo(&self, base: &str) -> Result<Vec<u8>, Failure> {
        if !self.may_ask(base) {
            return Err(Failure::Unreachable(Printable::new("a logo is elsewhere than it should be")));
        }
        let deadline = Instant::now() + PATIENCE;
        let mut failure = Failure::TooLarge;
        for variant in VARIANTS {
            match self.http.picture(&format!("{base}{variant}"), CAP, deadline).await {
                Ok(bytes) => return Ok(bytes),
                // There is another variant, or one that is small enough.
                Err(missing @ (Failure::Refused { .. } | Failure::TooLarge)) => failure = missing,
                Err(other) => return Err(other),
            }
        }
        Err(failure)
    }

    /// Whether a logo may be asked for: over https from the supplier's hosts, and from this machine
    /// where the shop itself is on it.
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
