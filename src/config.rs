//! Configuration of the shop, data folder and display: flags override the environment, which overrides the
//! file.

pub mod clipboard;
pub mod file;
pub mod look;
pub mod notices;
mod reader;

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::api::{BadBase, Base};
use crate::domain::country::{CountryCode, NotACountryCode};
use crate::domain::limits::{Limit, Limits, NotASum};
use crate::domain::purchase::{Lang, NotALang};
use crate::domain::tender::Tender;
use crate::keymap::Keymap;
use crate::sandbox::{Fault, Pace};
use crate::theme::Theme;
use clipboard::Clipboard;
use file::Settings;
use look::{Colours, TerminalEnv};
use notices::{Notices, NotifySettings};
pub use reader::Complaint;

/// Settings from the command line and the environment.
#[derive(Clone, Debug, Default)]
pub struct ConfigInput {
    /// The base URL of the shop's API, in place of the default.
    pub api_base: Option<String>,
    /// The partner id that orders are attributed to.
    pub partner_id: Option<String>,
    /// The data folder.
    pub data_dir: Option<PathBuf>,
    /// The initial country.
    pub country: Option<String>,
    /// The language of the supplier's texts.
    pub lang: Option<String>,
    /// Whether logos are shown, if set.
    pub images: Option<bool>,
    /// How fast the embedded sandbox's orders progress.
    pub pace: Option<Pace>,
    /// The faults to inject in the embedded sandbox.
    pub faults: Vec<Fault>,
    /// The name of a theme, or its file.
    pub theme: Option<String>,
    /// How many colours to use.
    pub colours: Option<Colours>,
    /// Whether borders, markers and keys are plain ASCII.
    pub ascii: Option<bool>,
    /// Whether to avoid anything on the screen that ticks.
    pub reduced_motion: Option<bool>,
    /// Whether the mouse is used.
    pub mouse: Option<bool>,
    /// How to notify the user when an order changes.
    pub notices: Notices,
    /// The most that one order may cost without asking.
    pub max_order: Option<String>,
    /// The most that the orders of a day may cost without asking.
    pub max_day: Option<String>,
    /// What the environment says about the terminal.
    pub around: TerminalEnv,
    /// How to reach a clipboard.
    pub clipboard: Clipboard,
    /// The configuration file's settings, which apply where nothing else is set.
    pub file: Settings,
}

/// Where the shop is.
#[derive(Clone, Debug)]
pub enum Source {
    /// At a URL, the real shop or another.
    Address(Base),
    /// Within this program: the sandbox.
    Embedded {
        /// How fast its orders progress.
        pace: Pace,
        /// The faults to inject.
        faults: Vec<Fault>,
    },
}

impl Source {
    /// Returns the name that separates this shop's orders from others' in the journal.
    pub fn name(&self) -> &str {
        match self {
            Self::Address(base) => base.as_str(),
            Self::Embedded { .. } => "sandbox",
        }
    }

    /// Returns whether nothing there is real: the embedded shop, or one on this machine.
    pub fn is_sandbox(&self) -> bool {
        match self {
            Self::Address(base) => base.is_loopback(),
            Self::Embedded { .. } => true,
        }
    }
}

/// The resolved configuration of a session.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the shop is.
    pub source: Source,
    /// The partner id.
    pub partner_id: Option<String>,
    /// The data folder, or `None` if this machine has none.
    pub data_dir: Option<PathBuf>,
    /// The initial country.
    pub country: Option<CountryCode>,
    /// The country of the user's locale.
    pub locale_country: Option<CountryCode>,
    /// The initial coin and network.
    pub tender: Option<Tender>,
    /// The language of the supplier's texts.
    pub lang: Lang,
    /// Whether logos are shown, if set.
    pub images: Option<bool>,
    /// The keys.
    pub keymap: Keymap,
    /// The name of the theme.
    pub theme_name: String,
    /// The theme, fitted to the terminal's colours.
    pub theme: Theme,
    /// How many colours were requested.
    pub colours: Colours,
    /// Whether to avoid anything on the screen that ticks.
    pub reduced_motion: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// How to notify the user when an order changes.
    pub manners: NotifySettings,
    /// What one order and one day may cost without asking.
    pub limits: Limits,
    /// How to reach a clipboard.
    pub clipboard: Clipboard,
    /// What is ignored of the theme, of the file's theme setting, or of the request for pictures.
    pub complaints: Vec<String>,
}

/// Why a configuration is invalid.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The shop's URL is invalid.
    #[error("--api-base: {0}")]
    Base(#[from] BadBase),
    /// The country is invalid.
    #[error("--country: {0}")]
    Country(#[from] NotACountryCode),
    /// The language is not one that the shop supports.
    #[error("--lang: {0}")]
    Lang(#[from] NotALang),
    /// The partner id could not be sent in a header.
    #[error("--partner-id: {ID_LETTERS}")]
    PartnerId,
    /// The theme does not exist or cannot be read.
    #[error("--theme: {0}")]
    Theme(String),
    /// The limit, named by its flag, is invalid.
    #[error("{0}: {1}")]
    Limit(&'static str, NotASum),
}

impl Config {
    /// Resolves the settings. The user's locale supplies those that were not set.
    pub fn new(wishes: ConfigInput, locale: &str) -> Result<Self, ConfigError> {
        let file = wishes.file;
        // An empty value unsets the setting and overrides the file.
        let partner_id = wishes.partner_id.or(file.partner_id).filter(|id| !id.is_empty());
        if let Some(id) = &partner_id {
            self::partner_id(id).map_err(|_| ConfigError::PartnerId)?;
        }
        let source = match (wishes.api_base.or(file.api_base).filter(|base| !base.is_empty()), &partner_id) {
            (Some(base), _) => Source::Address(Base::parse(&base)?),
            (None, Some(_)) => Source::Address(Base::live()),
            (None, None) => {
                let pace = wishes.pace.or(file.pace).unwrap_or(Pace::Demo);
                Source::Embedded { pace, faults: wishes.faults }
            }
        };
        let lang = match wishes.lang.as_deref() {
            Some("") => None,
            Some(text) => Some(text.parse()?),
            None => file.lang,
        };
        let (theme_name, theme, mut complaints) = themed(wishes.theme, file.theme)?;
        if !cfg!(feature = "pictures") && wishes.images == Some(true) {
            complaints.push("--images: this giftty was built without pictures".to_owned());
        }
        let mut theme = look::fitted(theme, wishes.colours, file.colours, &wishes.around);
        theme.ascii = wishes.ascii.or(file.ascii).unwrap_or(!wishes.around.has_symbols());
        Ok(Self {
            keymap: if theme.ascii { file.keymap.in_ascii() } else { file.keymap },
            theme_name,
            theme,
            colours: wishes.colours.or(file.colours).unwrap_or_default(),
            reduced_motion: wishes.reduced_motion.or(file.reduced_motion).unwrap_or_default(),
            mouse: wishes.mouse.or(file.mouse).unwrap_or_default(),
            manners: NotifySettings::of(wishes.notices, file.notices),
            limits: Limits {
                order: limit("--max-order", wishes.max_order, file.limits.order)?,
                day: limit("--max-day", wishes.max_day, file.limits.day)?,
            },
            clipboard: wishes.clipboard,
            complaints,
            tender: file.tender,
            source,
            partner_id,
            data_dir: wishes.data_dir.or(file.data_dir).or_else(platform_data_dir),
            country: wishes.country.map(|country| country.parse()).transpose()?.or(file.country),
            locale_country: country_of(locale),
            images: wishes.images.or(file.images),
            lang: lang.unwrap_or_else(|| Lang::of_locale(locale)),
        })
    }

    /// Returns the file in which the embedded sandbox stores its orders.
    pub fn sandbox_orders(&self) -> Option<PathBuf> {
        self.data_dir.as_deref().map(|dir: &Path| dir.join("sandbox-orders.json"))
    }
}

/// Returns the requested theme. One that only the file sets never fails.
fn themed(asked: Option<String>, file: Option<String>) -> Result<(String, Theme, Vec<String>), ConfigError> {
    let told = |name: &str, complaints: Vec<Complaint>| {
        complaints.iter().map(|complaint| format!("theme {name}, {complaint}")).collect()
    };
    if let Some(name) = asked.filter(|name| !name.is_empty()) {
        let (theme, complaints) = look::theme(&name).map_err(ConfigError::Theme)?;
        let complaints = told(&name, complaints);
        return Ok((name, theme, complaints));
    }
    let name = file.unwrap_or_else(|| look::OWN.to_owned());
    Ok(match look::theme(&name) {
        Ok((theme, complaints)) => {
            let complaints = told(&name, complaints);
            (name, theme, complaints)
        }
        Err(sentence) => (look::OWN.to_owned(), Theme::default(), vec![format!("theme: {sentence}")]),
    })
}

/// Returns the requested limit, or the file's; an empty value means no limit.
fn limit(flag: &'static str, asked: Option<String>, file: Limit) -> Result<Limit, ConfigError> {
    match asked {
        None => Ok(file),
        Some(text) if text.trim().is_empty() => Ok(Limit::None),
        Some(text) => text.parse().map(Limit::Most).map_err(|why| ConfigError::Limit(flag, why)),
    }
}

/// The characters of a partner id.
const ID_LETTERS: &str = "only letters, digits and -_. are possible";

/// Checks that a partner id can be sent in a header.
fn partner_id(id: &str) -> Result<&str, &'static str> {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"-_.".contains(&letter);
    if id.bytes().all(plain) { Ok(id) } else { Err(ID_LETTERS) }
}

fn platform_data_dir() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|strategy| strategy.data_dir().join("giftty"))
}

/// Returns the country of a locale such as `de_AT.UTF-8`.
fn country_of(locale: &str) -> Option<CountryCode> {
    let word = locale.split(['.', '@']).next()?;
    word.split(['_', '-']).nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_partner_id_the_shop_is_the_sandbox() {
        let config = Config::new(ConfigInput::default(), "de_AT.UTF-8").unwrap();
        assert!(config.source.is_sandbox());
        assert_eq!(config.lang, Lang::De);
        assert_eq!(config.locale_country.unwrap().as_str(), "AT");
    }

    #[test]
    fn with_a_partner_id_it_is_the_real_one() {
        let wishes = ConfigInput { partner_id: Some("acme".into()), ..ConfigInput::default() };
        let config = Config::new(wishes, "C").unwrap();
        assert!(!config.source.is_sandbox());
        assert_eq!(config.locale_country, None);
    }

    #[test]
    fn a_language_is_asked_for_or_the_locales_own() {
        let lang = |asked: Option<&str>, file: Option<Lang>| {
            let file = Settings { lang: file, ..Settings::default() };
            let wishes = ConfigInput { lang: asked.map(str::to_owned), file, ..ConfigInput::default() };
            Config::new(wishes, "fr_CH.UTF-8").map(|config| config.lang)
        };
        assert_eq!(lang(None, None).unwrap(), Lang::Fr);
        assert_eq!(lang(None, Some(Lang::It)).unwrap(), Lang::It);
        assert_eq!(lang(Some("es"), Some(Lang::It)).unwrap(), Lang::Es);
        assert_eq!(lang(Some(""), Some(Lang::It)).unwrap(), Lang::Fr, "no wish of the file's counts");
        assert!(matches!(lang(Some("xx"), None), Err(ConfigError::Lang(_))));
    }

    #[test]
    fn a_partner_id_that_would_break_a_header_is_refused() {
        let wishes = ConfigInput { partner_id: Some("a\r\nb".into()), ..ConfigInput::default() };
        assert!(matches!(Config::new(wishes, "C"), Err(ConfigError::PartnerId)));
    }
}
