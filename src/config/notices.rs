//! How the user is notified when an order changes.

use std::str::FromStr;

/// The escape sequence for desktop notifications.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notify {
    /// None.
    #[default]
    None,
    /// OSC 9, which iTerm2, `WezTerm`, Ghostty and Windows Terminal support.
    Osc9,
    /// OSC 777, which foot, urxvt and VTE support.
    Osc777,
}

impl Notify {
    pub(super) const WORDS: &'static str = "none, osc9 or osc777, in quotes";
    const ALL: [(&'static str, Self); 3] =
        [("none", Self::None), ("osc9", Self::Osc9), ("osc777", Self::Osc777)];

    /// Returns its name in a configuration.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word)
    }
}

impl FromStr for Notify {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, notify)| *notify);
        found.ok_or_else(|| format!("`{word}` is none of none, osc9 and osc777"))
    }
}

/// Notification settings, each only if set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// Whether the terminal's bell rings.
    pub bell: Option<bool>,
    /// Whether the window's title shows it.
    pub title: Option<bool>,
    /// How the desktop is notified.
    pub notify: Option<Notify>,
}

/// How the user is notified when an order changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotifySettings {
    /// Whether the terminal's bell rings.
    pub bell: bool,
    /// Whether the window's title shows it.
    pub title: bool,
    /// How the desktop is notified.
    pub notify: Notify,
}

impl Default for NotifySettings {
    fn default() -> Self {
        Self { bell: true, title: true, notify: Notify::None }
    }
}

impl NotifySettings {
    /// Resolves the settings: the requested ones, then the file's, then the defaults.
    pub fn of(asked: Notices, file: Notices) -> Self {
        let rule = Self::default();
        Self {
            bell: asked.bell.or(file.bell).unwrap_or(rule.bell),
            title: asked.title.or(file.title).unwrap_or(rule.title),
            notify: asked.notify.or(file.notify).unwrap_or(rule.notify),
        }
    }
}
