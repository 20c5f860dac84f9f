//! Configuration: which shop, where records live, in which language; flags before environment.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::api::{BadBase, Base};
use crate::domain::country::{CountryCode, NotACountryCode};
use crate::domain::purchase::Lang;
use crate::sandbox::{Fault, Pace};

/// What was asked for on the command line or in the environment.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Another address of the shop's API.
    pub api_base: Option<String>,
    /// The partner id that orders are attributed to.
    pub partner_id: Option<String>,
    /// Where records live.
    pub data_dir: Option<PathBuf>,
    /// The country to begin with.
    pub country: Option<String>,
    /// Language of what the supplier writes.
    pub lang: Option<String>,
    /// Whether logos are shown, where that was said.
    pub images: Option<bool>,
    /// How fast the embedded sandbox's orders move.
    pub pace: Option<Pace>,
    /// What goes wrong in the embedded sandbox.
    pub faults: Vec<Fault>,
}

/// Where the shop is.
#[derive(Clone, Debug)]
pub enum Source {
    /// At an address, the real one or another.
    Address(Base),
    /// Inside this program: the sandbox.
    Embedded {
        /// How fast its orders move.
        pace: Pace,
        /// What goes wrong in it.
        faults: Vec<Fault>,
    },
}

impl Source {
    /// The name under which the journal keeps this shop's orders apart from others'.
    pub fn name(&self) -> &str {
        match self {
            Self::Address(base) => base.as_str(),
            Self::Embedded { .. } => "sandbox",
        }
    }

    /// Whether nothing there is real: the embedded shop, or one on this very machine.
    pub fn is_sandbox(&self) -> bool {
        match self {
            Self::Address(base) => base.is_loopback(),
            Self::Embedded { .. } => true,
        }
    }
}

/// Everything that a session is set up with.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the shop is.
    pub source: Source,
    /// The partner id.
    pub partner_id: Option<String>,
    /// Where records live; nothing when this machine has no place for them.
    pub data_dir: Option<PathBuf>,
    /// The country to begin with.
    pub country: Option<CountryCode>,
    /// The country of the user's locale.
    pub locale_country: Option<CountryCode>,
    /// Language of what the supplier writes.
    pub lang: Lang,
    /// Whether logos are shown, where that was said.
    pub images: Option<bool>,
}

/// Why the wishes cannot be fulfilled.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The address of the shop is none.
    #[error("--api-base: {0}")]
    Base(#[from] BadBase),
    /// The country is none.
    #[error("--country: {0}")]
    Country(#[from] NotACountryCode),
    /// The partner id could not stand in a header.
    #[error("--partner-id: only letters, digits and -_. are possible")]
    PartnerId,
}

impl Config {
    /// Fulfils wishes, with the user's locale for what was not wished for.
    pub fn new(wishes: Wishes, locale: &str) -> Result<Self, ConfigError> {
        let partner_id = wishes.partner_id.filter(|id| !id.is_empty());
        let plain = |id: &String| id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        if !partner_id.as_ref().is_none_or(plain) {
            return Err(ConfigError::PartnerId);
        }
        let source = match (wishes.api_base.filter(|base| !base.is_empty()), &partner_id) {
            (Some(base), _) => Source::Address(Base::parse(&base)?),
            (None, Some(_)) => Source::Address(Base::live()),
            (None, None) => {
                Source::Embedded { pace: wishes.pace.unwrap_or(Pace::Demo), faults: wishes.faults }
            }
        };
        let lang = wishes.lang.as_deref().unwrap_or(locale);
        Ok(Self {
            source,
            partner_id,
            data_dir: wishes.data_dir.or_else(platform_data_dir),
            country: wishes.country.map(|country| country.parse()).transpose()?,
            locale_country: country_of(locale),
            lang: Lang::of_locale(lang),
            images: wishes.images,
        })
    }

    /// Where the embedded sandbox keeps its orders.
    pub fn sandbox_orders(&self) -> Option<PathBuf> {
        self.data_dir.as_deref().map(|dir: &Path| dir.join("sandbox-orders.json"))
    }
}

fn platform_data_dir() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|strategy| strategy.data_dir().join("giftty"))
}

/// The country of a locale such as `de_AT.UTF-8`.
fn country_of(locale: &str) -> Option<CountryCode> {
    let word = locale.split(['.', '@']).next()?;
    word.split(['_', '-']).nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_partner_id_the_shop_is_the_sandbox() {
        let config = Config::new(Wishes::default(), "de_AT.UTF-8").unwrap();
        assert!(config.source.is_sandbox());
        assert_eq!(config.lang, Lang::De);
        assert_eq!(config.locale_country.unwrap().as_str(), "AT");
    }

    #[test]
    fn with_a_partner_id_it_is_the_real_one() {
        let wishes = Wishes { partner_id: Some("acme".into()), ..Wishes::default() };
        let config = Config::new(wishes, "C").unwrap();
        assert!(!config.source.is_sandbox());
        assert_eq!(config.locale_country, None);
    }

    #[test]
    fn a_partner_id_that_would_break_a_header_is_refused() {
        let wishes = Wishes { partner_id: Some("a\r\nb".into()), ..Wishes::default() };
        assert!(matches!(Config::new(wishes, "C"), Err(ConfigError::PartnerId)));
    }
}
