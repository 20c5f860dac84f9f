//! Configuration: which shop, where records live, how it looks; flags before environment before file.

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

/// What was asked for on the command line or in the environment.
#[derive(Clone, Debug, Default)]
pub struct ConfigInput {
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
    /// The name of a theme, or its file.
    pub theme: Option<String>,
    /// How many colours to use.
    pub colours: Option<Colours>,
    /// Whether borders, markers and keys are plain ASCII.
    pub ascii: Option<bool>,
    /// Whether nothing on the screen ticks.
    pub reduced_motion: Option<bool>,
    /// Whether the mouse is listened to.
    pub mouse: Option<bool>,
    /// What is done when an order moves.
    pub notices: Notices,
    /// What one order may come to unasked.
    pub max_order: Option<String>,
    /// What the orders of a day may come to unasked.
    pub max_day: Option<String>,
    /// What the environment tells about the terminal.
    pub around: TerminalEnv,
    /// The ways to a clipboard.
    pub clipboard: Clipboard,
    /// What the configuration file says, for what was not wished for.
    pub file: Settings,
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
    /// The coin and network to begin with.
    pub tender: Option<Tender>,
    /// Language of what the supplier writes.
    pub lang: Lang,
    /// Whether logos are shown, where that was said.
    pub images: Option<bool>,
    /// The keys.
    pub keymap: Keymap,
    /// The name of the theme.
    pub theme_name: String,
    /// Colours, as this terminal can show them.
    pub theme: Theme,
    /// How many colours were asked for.
    pub colours: Colours,
    /// Whether nothing on the screen ticks.
    pub reduced_motion: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// What is done when an order moves.
    pub manners: NotifySettings,
    /// What one order and one day may come to unasked.
    pub limits: Limits,
    /// The ways to a clipboard.
    pub clipboard: Clipboard,
    /// What does not count of the theme, of the file's wish for one, or of the wish for pictures.
    pub complaints: Vec<String>,
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
    /// The language is none that the shop knows.
    #[error("--lang: {0}")]
    Lang(#[from] NotALang),
    /// The partner id could not stand in a header.
    #[error("--partner-id: {ID_LETTERS}")]
    PartnerId,
    /// The theme is none.
    #[error("--theme: {0}")]
    Theme(String),
    /// The limit, which the flag names, is none.
    #[error("{0}: {1}")]
    Limit(&'static str, NotASum),
}

impl Config {
    /// Fulfils wishes, with the user's locale for what was not wished for.
    pub fn new(wishes: ConfigInput, locale: &str) -> Result<Self, ConfigError> {
        let file = wishes.file;
        // An empty wish is one for nothing at all: it also hides what the file says.
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

    /// Where the embedded sandbox keeps its orders.
    pub fn sandbox_orders(&self) -> Option<PathBuf> {
        self.data_dir.as_deref().map(|dir: &Path| dir.join("sandbox-orders.json"))
    }
}

/// The theme that was asked for; one that only the file asks for is never worth failing.
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

/// The limit that was asked for, or the file's; an empty wish is one for no limit.
fn limit(flag: &'static str, asked: Option<String>, file: Limit) -> Result<Limit, ConfigError> {
    match asked {
        None => Ok(file),
        Some(text) if text.trim().is_empty() => Ok(Limit::None),
        Some(text) => text.parse().map(Limit::Most).map_err(|why| ConfigError::Limit(flag, why)),
    }
}

/// What a partner id is made of.
const ID_LETTERS: &str = "only letters, digits and -_. are possible";

/// A partner id that can stand in a header.
fn partner_id(id: &str) -> Result<&str, &'static str> {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"-_.".contains(&letter);
    if id.bytes().all(plain) { Ok(id) } else { Err(ID_LETTERS) }
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
