//! Whether and how this terminal shows pictures, by its environment and the colours in use. The terminal is
//! never queried: one that does not answer would cost seconds, and keys.

use super::cell;
use crate::picture::{Display, Means};
use crate::theme::Theme;

/// The size of a cell in pixels if it is unknown.
const USUAL: (u16, u16) = (10, 20);

/// Returns how pictures are shown, or `None` if they are unwanted or impossible.
///
/// `wanted` is the setting, `theme` is the one fitted to the terminal, `variable` reads the environment.
pub fn pictures(
    wanted: Option<bool>,
    theme: &Theme,
    variable: impl Fn(&str) -> Option<String>,
) -> Option<Display> {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let is_set = |name: &str| variable(name).is_some();
    let far = is_set("SSH_TTY") || is_set("SSH_CONNECTION");
    if !cfg!(feature = "pictures") || is_set("NO_COLOR") || !theme.has_colours() || !wanted.unwrap_or(!far) {
        return None;
    }
    let means = means(&variable)?;
    let cell = cell();
    // Sixels are measured in pixels: with an unknown cell size they would cover the text.
    let is_possible = means != Means::Sixel || cell.is_some();
    is_possible.then(|| Display { means, cell: cell.unwrap_or(USUAL) })
}

fn means(variable: &impl Fn(&str) -> Option<String>) -> Option<Means> {
    let term = variable("TERM").unwrap_or_default();
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    // A multiplexer between the program and the terminal does not pass pictures on.
    let between = ["TMUX", "STY", "ZELLIJ"].iter().any(|name| variable(name).is_some())
        || ["screen", "tmux"].iter().any(|name| term.starts_with(name));
    match (term.as_str(), program.as_str()) {
        _ if between => None,
        ("xterm-kitty" | "xterm-ghostty", _) | (_, "ghostty") => Some(Means::Kitty),
        (_, "iTerm.app" | "WezTerm") => Some(Means::Iterm2),
        (term, _) if term.starts_with("foot") || term.starts_with("mlterm") => Some(Means::Sixel),
        // Other programs started from kitty inherit its variable, but often set a name of their own.
        (_, "") if variable("KITTY_WINDOW_ID").is_some() => Some(Means::Kitty),
        _ => None,
    }
}

#[cfg(all(test, feature = "pictures"))]
mod tests {
    use super::*;
    use crate::theme::depth::Depth;

    fn shown(wanted: Option<bool>, environment: &[(&str, &str)]) -> Option<Means> {
        let variable = |name: &str| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        pictures(wanted, &Theme::default(), variable).map(|display| display.means)
    }

    fn in_colours(depth: Depth, environment: &[(&str, &str)]) -> Option<Means> {
        let theme = Theme::default().fitted(depth);
        let variable = |name: &str| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        pictures(None, &theme, variable).map(|display| display.means)
    }

    #[test]
    fn the_environment_tells_what_the_terminal_can_do() {
        assert_eq!(shown(None, &[("TERM", "xterm-kitty")]), Some(Means::Kitty));
        let iterm = [("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")];
        assert_eq!(shown(None, &iterm), Some(Means::Iterm2));
        assert_eq!(shown(None, &[("TERM", "xterm-256color")]), None);
        let tmux = [("TERM", "tmux-256color"), ("TMUX", "1"), ("KITTY_WINDOW_ID", "1")];
        assert_eq!(shown(None, &tmux), None);
        assert_eq!(shown(None, &[("TERM", "linux")]), None);
    }

    #[test]
    fn what_was_started_from_kitty_is_not_taken_for_it() {
        let from_kitty = |term, program| {
            shown(None, &[("TERM", term), ("TERM_PROGRAM", program), ("KITTY_WINDOW_ID", "1")])
        };
        assert_eq!(from_kitty("xterm-256color", ""), Some(Means::Kitty));
        assert_eq!(from_kitty("xterm-256color", "WezTerm"), Some(Means::Iterm2));
        assert_eq!(from_kitty("xterm-256color", "vscode"), None);
        assert_ne!(from_kitty("foot", ""), Some(Means::Kitty));
    }

    #[test]
    fn pictures_need_colours_but_no_letters() {
        let kitty = [("TERM", "xterm-kitty")];
        assert_eq!(in_colours(Depth::Sixteen, &kitty), Some(Means::Kitty));
        assert_eq!(in_colours(Depth::Mono, &kitty), None);
    }

    #[test]
    fn pictures_are_not_shown_where_they_are_not_wanted() {
        let kitty = ("TERM", "xterm-kitty");
        assert_eq!(shown(Some(false), &[kitty]), None);
        assert_eq!(shown(None, &[kitty, ("NO_COLOR", "1")]), None);
        assert_eq!(shown(Some(true), &[kitty, ("NO_COLOR", "1")]), None);
        assert_eq!(shown(None, &[kitty, ("SSH_TTY", "/dev/pts/1")]), None);
        assert_eq!(shown(Some(true), &[kitty, ("SSH_CONNECTION", "1")]), Some(Means::Kitty));
        assert_eq!(shown(None, &[kitty, ("NO_COLOR", "")]), Some(Means::Kitty), "an empty one says nothing");
    }
}
