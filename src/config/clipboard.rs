//! The available clipboards, by what the environment says.

/// What runs between the program and the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Through {
    /// Nothing.
    #[default]
    Nothing,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// A program, with its arguments, that copies the text from its standard input.
pub type Tool = &'static [&'static str];

/// How a text reaches a clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clipboard {
    /// The multiplexer that OSC 52 has to pass.
    pub through: Through,
    /// The programs for this machine's own clipboard; the first that exists is used. Empty over ssh, where the
    /// user does not sit at this machine.
    pub tools: Vec<Tool>,
}

const MACOS: Tool = &["pbcopy"];
const WAYLAND: Tool = &["wl-copy"];
const X11: [Tool; 2] = [&["xclip", "-selection", "clipboard"], &["xsel", "--clipboard", "--input"]];

impl Clipboard {
    /// Returns what an environment makes available; `variable` reads it.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let is_set = |name: &str| variable(name).is_some();
        let term = variable("TERM").unwrap_or_default();
        // Over ssh only TERM is known. A terminal named screen may be tmux too. tmux ignores sequences meant
        // for screen, while screen would print those meant for tmux.
        let through = match () {
            () if is_set("TMUX") => Through::Tmux,
            () if is_set("STY") => Through::Screen,
            () if term.starts_with("tmux") => Through::Tmux,
            () if term.starts_with("screen") => Through::Screen,
            () => Through::Nothing,
        };
        let far = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(is_set);
        let mut tools = Vec::new();
        if !far && cfg!(target_os = "macos") {
            tools.push(MACOS);
        }
        if !far && is_set("WAYLAND_DISPLAY") {
            tools.push(WAYLAND);
        }
        if !far && is_set("DISPLAY") {
            tools.extend(X11);
        }
        Self { through, tools }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clipboard(environment: &[(&str, &str)]) -> Clipboard {
        Clipboard::of(|name| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn what_stands_between_is_told_by_the_environment() {
        let through = |environment: &[(&str, &str)]| clipboard(environment).through;
        assert_eq!(through(&[("TERM", "xterm-256color")]), Through::Nothing);
        assert_eq!(through(&[("TERM", "screen-256color"), ("TMUX", "/tmp/x,1,0")]), Through::Tmux);
        assert_eq!(through(&[("TERM", "screen"), ("STY", "1.tty")]), Through::Screen);
        assert_eq!(through(&[("TERM", "tmux-256color"), ("SSH_TTY", "/dev/pts/1")]), Through::Tmux);
        assert_eq!(through(&[("TERM", "screen-256color"), ("SSH_TTY", "/dev/pts/1")]), Through::Screen);
    }

    #[cfg(not(target_os = "macos"))]
    #[test]
    fn a_clipboard_of_this_machine_is_for_who_sits_at_it() {
        let tools = |environment: &[(&str, &str)]| clipboard(environment).tools;
        assert_eq!(tools(&[]), Vec::<Tool>::new());
        assert_eq!(tools(&[("DISPLAY", ":0")]), X11);
        assert_eq!(tools(&[("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0")]), [WAYLAND, X11[0], X11[1]]);
        for ssh in ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"] {
            assert_eq!(tools(&[("DISPLAY", ":10"), (ssh, "1")]), Vec::<Tool>::new(), "{ssh}");
        }
    }
}
