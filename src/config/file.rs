//! The configuration file: where it is, and what it says.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::look::Colours;
use super::notices::{Notices, Notify};
use super::reader::{Complaint, Entry, Reader, entries, expanded};
use crate::api::Base;
use crate::domain::country::CountryCode;
use crate::domain::limits::{Limit, Limits};
use crate::domain::purchase::Lang;
use crate::domain::tender::Tender;
use crate::domain::text::Printable;
use crate::keymap::Keymap;
use crate::keymap::remap::{Wish, remap};
use crate::sandbox::Pace;
use crate::screens::COMMAND_SETS;

/// The contents of a new configuration file: every setting explained, none of them enabled.
pub const TEMPLATE: &str = include_str!("../../assets/config.toml");

/// The settings of a configuration file. Missing or invalid ones are `None`.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The initial country.
    pub country: Option<CountryCode>,
    /// The coin and network to pay with.
    pub tender: Option<Tender>,
    /// The language of the supplier's texts.
    pub lang: Option<Lang>,
    /// The partner id.
    pub partner_id: Option<String>,
    /// The base URL of the shop's API, in place of the default.
    pub api_base: Option<String>,
    /// The data folder.
    pub data_dir: Option<PathBuf>,
    /// How fast the embedded sandbox's orders progress.
    pub pace: Option<Pace>,
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
    /// Whether logos are shown.
    pub images: Option<bool>,
    /// How to notify the user when an order changes.
    pub notices: Notices,
    /// What one order and one day may cost without asking. A limit that may be present but cannot be read never
    /// counts as no limit.
    pub limits: Limits,
    /// The keys.
    pub keymap: Keymap,
}

/// Returns the path of the file to read: the requested one, or the platform's default. An empty name means no
/// file.
pub fn place(wanted: Option<&Path>) -> Option<PathBuf> {
    match wanted {
        Some(path) if path.as_os_str().is_empty() => None,
        Some(path) => Some(path.to_owned()),
        None => {
            let strategy = choose_base_strategy().ok()?;
            Some(strategy.config_dir().join("giftty").join("config.toml"))
        }
    }
}

/// Loads the file at a path. A missing file has no settings.
pub fn load(place: &Path) -> std::io::Result<(Settings, Vec<Complaint>)> {
    match std::fs::read(place) {
        Ok(bytes) => Ok(read(&String::from_utf8_lossy(&bytes))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok((Settings::default(), Vec::new())),
        Err(error) => Err(error),
    }
}

/// Parses a configuration file.
pub fn read(text: &str) -> (Settings, Vec<Complaint>) {
    let (mut reader, table) = Reader::new(text);
    let torn = reader.count() > 0;
    let mut settings = Settings::default();
    for entry in entries(table.get_ref()) {
        settings.take(&entry, &mut reader);
    }
    if torn && speaks_of_limits(text) {
        // What was parsed of such a text may be less than, or differ from, what was meant.
        settings.limits = Limits::unreadable("a part of the configuration is no TOML");
    }
    (settings, reader.done())
}

/// Returns whether a text that is not valid TOML may have been meant to set a limit.
fn speaks_of_limits(text: &str) -> bool {
    let lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with('#'));
    lines.into_iter().any(|line| ["limit", "max_order", "max_day"].iter().any(|word| line.contains(word)))
}

impl Settings {
    fn take(&mut self, entry: &Entry<'_, '_>, reader: &mut Reader<'_>) {
        match entry.key {
            "country" => {
                self.country = reader.checked(entry, "two letters in quotes, as in \"US\"", str::parse);
            }
            "tender" => self.tender = tender(entry, reader),
            "lang" => self.lang = reader.checked(entry, "a language in quotes, as in \"de\"", str::parse),
            "partner_id" => {
                self.partner_id =
                    reader.checked(entry, "a text in quotes", |id| super::partner_id(id).map(str::to_owned));
            }
            "api_base" => {
                let keep = |base: &str| Base::parse(base).map(|_| base.to_owned());
                self.api_base = reader.checked(entry, "an address in quotes", keep);
            }
            "data_dir" => self.data_dir = reader.text(entry).map(|path| expanded(&path)),
            "pace" => self.pace = reader.checked(entry, "demo, real or manual, in quotes", str::parse),
            "theme" => self.theme = reader.text(entry),
            "colours" => self.colours = reader.checked(entry, Colours::WORDS, str::parse),
            "ascii" => self.ascii = reader.flag(entry),
            "reduced_motion" => self.reduced_motion = reader.flag(entry),
            "mouse" => self.mouse = reader.flag(entry),
            "images" => self.images = reader.flag(entry),
            "notices" => self.notices = notices(entry, reader),
            "limits" => self.limits = limits(entry, reader),
            "keys" => self.keymap = keys(entry, reader),
            _ => reader.unknown(entry),
        }
    }
}

fn tender(entry: &Entry<'_, '_>, reader: &mut Reader<'_>) -> Option<Tender> {
    let (mut coin, mut network) = (None, None);
    let before = reader.count();
    for part in reader.table(entry) {
        match part.key {
            "coin" => coin = reader.text(&part),
            "network" => network = reader.text(&part),
            _ => reader.unknown(&part),
        }
    }
    if let (Some(coin), Some(network)) = (coin, network) {
        return Some(Tender::new(&coin, &network));
    }
    if reader.count() == before {
        reader.complain(&entry.at, "`tender` needs a coin and a network; the default holds");
    }
    None
}

fn notices(entry: &Entry<'_, '_>, reader: &mut Reader<'_>) -> Notices {
    let mut notices = Notices::default();
    for part in reader.table(entry) {
        match part.key {
            "bell" => notices.bell = reader.flag(&part),
            "title" => notices.title = reader.flag(&part),
            "notify" => notices.notify = reader.checked(&part, Notify::WORDS, str::parse),
            _ => reader.unknown(&part),
        }
    }
    notices
}

/// Parses the limits. An unknown key here may have been meant as a limit, so it makes the limits unreadable.
fn limits(entry: &Entry<'_, '_>, reader: &mut Reader<'_>) -> Limits {
    let mut limits = Limits::default();
    let before = reader.count();
    for part in reader.table(entry) {
        match part.key {
            "max_order" => limits.order = limit(&part, reader),
            "max_day" => limits.day = limit(&part, reader),
            _ => reader.unknown(&part),
        }
    }
    if reader.count() > before {
        return limits.or(Limits::unreadable("`limits` of the configuration holds something else"));
    }
    limits
}

fn limit(entry: &Entry<'_, '_>, reader: &mut Reader<'_>) -> Limit {
    let (what, instead) = ("an amount in quotes, as in \"200 EUR\"", "every order is asked about");
    match reader.checked_or(instead, entry, what, str::parse) {
        Some(most) => Limit::Most(most),
        None => Limit::Unreadable(Printable::new(&format!("`{}` of the configuration is none", entry.key))),
    }
}

fn keys(entry: &Entry<'_, '_>, reader: &mut Reader<'_>) -> Keymap {
    let (mut wishes, mut places) = (Vec::new(), Vec::new());
    for command in reader.table(entry) {
        if let Some(keys) = reader.texts(&command) {
            wishes.push(Wish { command: command.key.to_owned(), keys });
            places.push(command.at.clone());
        }
    }
    let (keymap, complaints) = remap(&wishes, COMMAND_SETS);
    for (place, sentence) in complaints {
        reader.complain(places.get(place).unwrap_or(&entry.at), sentence);
    }
    keymap
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Command;

    fn complaints(text: &str) -> Vec<String> {
        read(text).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_template_says_nothing_and_everything_in_it_is_right() {
        assert_eq!(complaints(TEMPLATE), [""; 0]);
        let uncommented: Vec<&str> = TEMPLATE
            .lines()
            .map(|line| line.strip_prefix('#').filter(|line| !line.starts_with(' ')).unwrap_or(line))
            .collect();
        let (settings, found) = read(&uncommented.join("\n"));
        assert_eq!(found, []);
        assert!(settings.country.is_some() && settings.tender.is_some() && settings.pace.is_some());
        assert!(settings.theme.is_some() && settings.colours.is_some() && settings.mouse.is_some());
        assert!(settings.images.is_some() && settings.notices.notify.is_some());
        assert!(settings.limits.order != Limit::None && settings.limits.day != Limit::None);
        assert_ne!(settings.keymap, Keymap::default());
    }

    #[test]
    fn what_is_said_is_taken() {
        let text = "country = 'de'\ntheme = \"dark\"\nascii = true\n[tender]\ncoin = \"BTC\"\n\
                    network = \"Lightning\"\n[keys]\nplace_order = [\"P\"]\n";
        let (settings, found) = read(text);
        assert_eq!(found, []);
        assert_eq!(settings.country.unwrap().as_str(), "DE");
        assert_eq!(settings.tender, Some(Tender::new("BTC", "Lightning")));
        assert_eq!(settings.ascii, Some(true));
        assert_eq!(settings.keymap.presses(Command::PlaceOrder).len(), 1);
    }

    #[test]
    fn notices_and_images_are_read() {
        let (settings, found) =
            read("images = false\n[notices]\nbell = false\ntitle = true\nnotify = \"osc9\"\n");
        assert!(found.is_empty(), "{found:?}");
        let wanted = Notices { bell: Some(false), title: Some(true), notify: Some(Notify::Osc9) };
        assert_eq!((settings.images, settings.notices), (Some(false), wanted));
        assert!(complaints("[notices]\nnotify = \"osc8\"")[0].contains("none of none, osc9 and osc777"));
    }

    #[test]
    fn limits_are_read() {
        let (settings, found) = read("[limits]\nmax_order = \"200 EUR\"\nmax_day = \"0.50 btc\"\n");
        assert!(found.is_empty(), "{found:?}");
        let limit = |text: &str| Limit::Most(text.parse().unwrap());
        assert_eq!(settings.limits, Limits { order: limit("200 EUR"), day: limit("0.50 BTC") });
    }

    #[test]
    fn a_limit_that_cannot_be_read_is_told_and_never_taken_for_none() {
        let unread = |limit: &Limit| matches!(limit, Limit::Unreadable(_));
        let most = "max_order = \"5 EUR\"";
        for (text, order, day) in [
            ("[limits]\nmax_order = 200\n".to_owned(), true, true),
            ("[limits]\nmax_day = \"20o EUR\"\n".to_owned(), true, true),
            (format!("[limits]\n{most}\nmax_dya = \"9 EUR\"\n"), false, true),
            ("limits = \"200 EUR\"\n".to_owned(), true, true),
            (format!("[limits\n{most}\n"), true, true),
            (format!("[limits]\n{most}\n[limits]\nmax_day = \"9 EUR\"\n"), true, true),
            (format!("[limits]\n{most}\nmax_day = \"9 EUR\n"), true, true),
        ] {
            let (settings, found) = read(&text);
            assert!(!found.is_empty(), "{text}");
            assert_eq!(
                (unread(&settings.limits.order), unread(&settings.limits.day)),
                (order, day),
                "{text}"
            );
        }
        // Errors elsewhere do not affect the limits.
        for text in ["mouse = 1", "this is not toml", "# limits\n[", "lang = "] {
            assert_eq!(read(text).0.limits, Limits::default(), "{text}");
        }
    }

    #[test]
    fn an_unknown_key_is_told_and_the_rest_counts() {
        let (settings, found) = read("contry = \"US\"\nmouse = true\n");
        assert_eq!(
            found[0].to_string(),
            "line 1, column 1: `contry` means nothing to giftty and is left out"
        );
        assert_eq!(settings.mouse, Some(true));
    }

    #[test]
    fn a_wrong_type_is_told_with_its_place_and_the_default_holds() {
        let (settings, found) = read("# mine\nmouse = \"yes\"\ncountry = 49\n");
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(told[0], "line 2, column 9: `mouse` has to be true or false; the default holds");
        assert_eq!(
            told[1],
            "line 3, column 11: `country` has to be two letters in quotes, as in \"US\"; the default holds"
        );
        assert!(settings.mouse.is_none() && settings.country.is_none());
    }

    #[test]
    fn a_wrong_word_is_told_too() {
        for text in
            ["country = \"Germany\"", "pace = \"warp\"", "colours = \"many\"", "api_base = \"ftp://x\""]
        {
            assert_eq!(complaints(text).len(), 1, "{text}");
        }
        assert!(complaints("partner_id = \"a\\r\\nb\"")[0].contains("only letters"));
        assert!(complaints("[tender]\ncoin = \"BTC\"\n")[0].contains("a coin and a network"));
    }

    #[test]
    fn what_is_not_toml_is_told_and_never_fatal() {
        let (settings, found) = read("ascii = true\nthis is not toml\nmouse = true\n");
        assert!(found[0].to_string().starts_with("line 2, column "), "{found:?}");
        assert_eq!(settings.ascii, Some(true));
        for text in ["[", "= 1", "a = ", "\u{0}", "[[keys]]", "keys = 3", "[keys]\norders = 1"] {
            assert!(!complaints(text).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn keys_that_would_mean_two_things_are_told_with_their_place() {
        let found = complaints("[keys]\ncopy_address = \"a\"\n");
        assert!(found[0].starts_with("line 2, column 1: `a` is also the key of copy_amount"), "{found:?}");
    }
}
