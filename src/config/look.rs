//! Appearance: themes as files, and the colours that a terminal can show.

use std::str::FromStr;

use super::reader::{Complaint, Reader, entries, expanded};
use crate::theme::Theme;
use crate::theme::depth::Depth;

/// The built-in themes. Without one, the terminal's own palette is used.
pub const THEMES: [(&str, &str); 3] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
];

/// The name of the terminal's own palette.
pub const OWN: &str = "terminal";

/// How many colours to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// As many as the terminal reports.
    #[default]
    Auto,
    /// A fixed number, whatever the terminal reports.
    Fixed(Depth),
}

impl Colours {
    pub(super) const WORDS: &'static str = "auto, none, 16, 256 or truecolor, in quotes";
    const ALL: [(&'static str, Self); 5] = [
        ("auto", Self::Auto),
        ("none", Self::Fixed(Depth::Mono)),
        ("16", Self::Fixed(Depth::Sixteen)),
        ("256", Self::Fixed(Depth::Indexed)),
        ("truecolor", Self::Fixed(Depth::Exact)),
    ];

    /// Returns its name in a configuration.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word)
    }
}

impl FromStr for Colours {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, colours)| *colours);
        found.ok_or_else(|| format!("`{word}` is none of auto, none, 16, 256 and truecolor"))
    }
}

/// What the environment says about the terminal.
#[derive(Clone, Debug, Default)]
pub struct TerminalEnv {
    /// `TERM`.
    pub term: String,
    /// `COLORTERM`.
    pub colorterm: String,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// The locale that determines the character encoding, such as `de_AT.UTF-8`.
    pub letters: String,
}

impl TerminalEnv {
    /// Returns whether the terminal probably supports more than ASCII: a console's font has few symbols, and
    /// without UTF-8 none can be sent.
    pub fn has_symbols(&self) -> bool {
        let console = matches!(self.term.as_str(), "linux" | "vt100" | "vt102" | "vt220" | "ansi" | "cons25");
        let locale = self.letters.split('@').next().unwrap_or_default();
        let written = match locale.split_once('.') {
            Some((_, code)) => matches!(code.to_ascii_lowercase().as_str(), "utf-8" | "utf8"),
            None => !matches!(locale, "C" | "POSIX"),
        };
        !console && written
    }
}

/// Returns the theme of a name or a file, and what in it is ignored.
pub fn theme(wanted: &str) -> Result<(Theme, Vec<Complaint>), String> {
    if wanted == OWN {
        return Ok((Theme::default(), Vec::new()));
    }
    if let Some((_, text)) = THEMES.iter().find(|(name, _)| *name == wanted) {
        return Ok(parsed(text));
    }
    // A plain word is a name; a file has a path or an extension.
    if !wanted.contains(['/', '.']) {
        let names: Vec<&str> = THEMES.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        return Err(format!("no theme is called `{wanted}`; there are {OWN}, {names}, and files"));
    }
    let text = std::fs::read(expanded(wanted)).map_err(|error| format!("{wanted}: {error}"))?;
    Ok(parsed(&String::from_utf8_lossy(&text)))
}

/// Parses a theme file over the terminal's own palette.
pub fn parsed(text: &str) -> (Theme, Vec<Complaint>) {
    let (mut reader, table) = Reader::new(text);
    let mut theme = Theme::default();
    for entry in entries(table.get_ref()) {
        if Theme::ROLES.contains(&entry.key) {
            reader.checked(&entry, "a style in quotes, as in \"bold cyan\"", |style| {
                theme.set(entry.key, style)
            });
        } else {
            reader.unknown(&entry);
        }
    }
    (theme, reader.done())
}

/// Fits a theme to the terminal's colours. The requested number of colours overrides `NO_COLOR`, which
/// overrides the file.
pub fn fitted(theme: Theme, asked: Option<Colours>, file: Option<Colours>, around: &TerminalEnv) -> Theme {
    let shown = Depth::of(&around.term, &around.colorterm);
    let unwanted = around.no_color.then_some(Colours::Fixed(Depth::Mono));
    match asked.or(unwanted).or(file).unwrap_or_default() {
        Colours::Auto => theme.fitted(shown),
        // Turning colours off should not make a QR code harder to scan.
        Colours::Fixed(Depth::Mono) => Theme::plain().fitted(shown.max(Depth::Sixteen)),
        Colours::Fixed(depth) => theme.fitted(depth),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(term: &str, no_color: bool) -> TerminalEnv {
        TerminalEnv { term: term.to_owned(), no_color, ..TerminalEnv::default() }
    }

    #[test]
    fn every_theme_of_the_program_gives_every_role_a_style() {
        for (name, text) in THEMES {
            let (theme, complaints) = theme(name).unwrap();
            assert_eq!(complaints, [], "{name}");
            assert_ne!(theme, Theme::default(), "{name}");
            for role in Theme::ROLES {
                assert!(text.contains(&format!("\n{role} = \"")), "{name} leaves {role} out");
            }
        }
    }

    #[test]
    fn what_is_wrong_in_a_theme_is_told_and_the_rest_counts() {
        let (theme, complaints) = parsed("acent = \"red\"\nalarm = \"pink\"\ngood = \"blue\"\nkey = 3\n");
        let told: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        assert!(told[0].contains("`acent` means nothing") && told[1].contains("`pink` is no colour"));
        assert!(told[2].starts_with("line 4, column 7: `key` has to be a style"), "{told:?}");
        assert_eq!(
            (theme.alarm, theme.style("accent")),
            (Theme::default().alarm, Theme::default().style("accent"))
        );
        assert_ne!(theme.good, Theme::default().good);
    }

    #[test]
    fn a_theme_that_is_not_there_is_told() {
        assert!(theme("drak").unwrap_err().contains("there are terminal, dark, light, high-contrast"));
        assert!(theme("/nowhere/mine.toml").is_err());
    }

    #[test]
    fn no_color_is_honoured_unless_colours_are_asked_for() {
        let (dark, _) = theme("dark").unwrap();
        let around = around("xterm-256color", true);
        let none = fitted(dark.clone(), None, Some(Colours::Auto), &around);
        assert_eq!(none.alarm, Theme::plain().alarm);
        let asked = fitted(dark.clone(), Some(Colours::Auto), None, &around);
        assert_eq!(asked.alarm, dark.fitted(Depth::Indexed).alarm);
    }

    #[test]
    fn symbols_are_for_terminals_that_have_them() {
        let has = |term: &str, letters: &str| {
            let around = TerminalEnv { letters: letters.to_owned(), ..around(term, false) };
            around.has_symbols()
        };
        for letters in ["", "de_AT.UTF-8", "en_US", "C.utf8", "ca_ES.UTF-8@valencia"] {
            assert!(has("xterm-256color", letters), "{letters}");
            assert!(!has("linux", letters), "{letters}");
        }
        for letters in ["C", "POSIX", "de_DE.ISO-8859-1", "de_DE.ISO-8859-15@euro", "ru_RU.KOI8-R"] {
            assert!(!has("xterm-256color", letters), "{letters}");
        }
    }

    #[test]
    fn without_colours_a_code_still_is_black_on_white() {
        let (_, style) = fitted(Theme::default(), None, None, &around("linux", true)).qr_cell(true, false);
        let (_, plain) = Theme::default().fitted(Depth::Sixteen).qr_cell(true, false);
        assert_eq!(style, plain);
        assert_ne!(style.fg, style.bg);
    }
}
