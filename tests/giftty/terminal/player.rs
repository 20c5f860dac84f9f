//! Plays a tape at a shell in a terminal, as fast as the program answers.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::tape::{Scope, Step, Tape};
use crate::support::cells::Cells;
use crate::support::program::Program;
use crate::support::pty::{LOOK, PATIENCE, Pty};

/// A screen that a tape kept.
pub(crate) struct Shot {
    /// The name that the tape gives its file.
    pub(crate) name: String,
    pub(crate) cells: Cells,
}

/// Plays a tape and returns the screens that it keeps, in order. A pause lasts until the screen has been still
/// for as long as somebody looks at it who presses a key on purpose; typing speed is left out.
///
/// The tape finds this crate's program in its PATH, a prompt `> `, and an empty home.
pub(crate) fn play(tape: &Tape, columns: u16, rows: u16) -> Result<Vec<Shot>, String> {
    let path = search_path();
    for program in &tape.required {
        if !std::env::split_paths(&path).any(|folder| folder.join(program).is_file()) {
            return Err(format!("{program} is required and not to be found"));
        }
    }
    // A shell on the way that takes no commands may drop the prompt from its variables.
    let shell = Program::new("env").arg("PS1=> ").arg("sh").arg("-i").env("PATH", &path).env("ENV", "");
    let shell = tape.env.iter().fold(shell, |shell, (name, value)| shell.env(name, value));
    let pty = shell.size(columns, rows).start();
    pty.wait_for(">");
    perform(tape, &pty)
}

/// Does what a tape says in a terminal that is there already, and returns the screens that it keeps.
pub(crate) fn perform(tape: &Tape, pty: &Pty) -> Result<Vec<Shot>, String> {
    let mut shots = Vec::new();
    let mut clipboard = String::new();
    for (line, step) in &tape.steps {
        match step {
            Step::Type(text) => pty.send(text),
            Step::Pause => pty.wait_quiet(LOOK),
            Step::Press(key, times) => pty.send(key.bytes().repeat(*times)),
            Step::Wait { on, pattern, timeout } => {
                let matches = |screen: &vt100::Screen| pattern.is_match(&seen(screen, *on));
                if !pty.comes_to(patient(*timeout), matches) {
                    let screen = pty.text();
                    return Err(format!("line {line}: waited for /{pattern}/ in vain, screen:\n{screen}"));
                }
            }
            Step::Screenshot(name) => {
                // The text that was waited for may stand there before the rest of its frame does.
                pty.wait_quiet(SETTLED);
                shots.push(shot(pty, name));
            }
            Step::Copy(text) => clipboard.clone_from(text),
            Step::Paste => pty.paste(&clipboard),
        }
    }
    Ok(shots)
}

/// After so much silence a screen is taken to be whole.
const SETTLED: Duration = Duration::from_millis(150);

/// A busy machine may take longer than the one on which the demo is filmed.
fn patient(timeout: Duration) -> Duration {
    timeout.max(PATIENCE)
}

fn seen(screen: &vt100::Screen, scope: Scope) -> String {
    let text = Cells::from(screen).text();
    match scope {
        Scope::Screen => text,
        Scope::Line => {
            text.lines().nth(usize::from(screen.cursor_position().0)).unwrap_or_default().to_owned()
        }
    }
}

fn shot(pty: &Pty, name: &str) -> Shot {
    Shot { name: name.to_owned(), cells: pty.cells() }
}

/// The folder of this crate's program before all others.
fn search_path() -> std::ffi::OsString {
    let folder = Path::new(env!("CARGO_BIN_EXE_giftty")).parent().map(PathBuf::from);
    let inherited = std::env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into());
    std::env::join_paths(folder.into_iter().chain(std::env::split_paths(&inherited))).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tape_is_played_and_its_screens_are_kept() {
        let tape = Tape::parse(include_str!("sample.tape")).unwrap();
        let shots = play(&tape, 60, 16).unwrap();
        let names: Vec<&str> = shots.iter().map(|shot| shot.name.as_str()).collect();
        assert_eq!(names, ["greeting.png", "end.png"]);
        assert!(shots[0].cells.text().contains("\ngood day\n"), "{}", shots[0].cells.text());
        let end = shots[1].cells.text();
        assert!(end.contains("got three") && end.contains("\npasted 2\n"), "{end}");
    }

    #[test]
    fn a_tape_that_needs_a_missing_program_is_not_played() {
        let tape = Tape::parse("Require no-such-program").unwrap();
        let error = play(&tape, 80, 24).err();
        assert_eq!(error.unwrap(), "no-such-program is required and not to be found");
    }

    #[test]
    fn a_wait_in_vain_names_its_line_and_shows_the_screen() {
        let tape = Tape::parse("Type 'exit' Enter\n\nWait+Screen /never/").unwrap();
        let error = play(&tape, 80, 24).err().unwrap();
        assert!(error.starts_with("line 3: waited for /never/ in vain, screen:\n> exit"), "{error}");
    }

    #[test]
    fn the_program_of_this_crate_is_in_the_path() {
        let tape = Tape::parse("Require giftty").unwrap();
        assert!(play(&tape, 80, 24).unwrap().is_empty());
    }
}
