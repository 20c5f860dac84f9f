//! What to run in a terminal: a command, an almost empty environment, a size.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::pty::Pty;

/// A command to be started in a terminal of its own.
pub(crate) struct Program {
    pub(super) command: Vec<OsString>,
    pub(super) env: BTreeMap<OsString, OsString>,
    pub(super) home: Option<PathBuf>,
    pub(super) columns: u16,
    pub(super) rows: u16,
}

impl Program {
    /// A program by its path or its name, in 80 columns and 24 rows.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let path = std::env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into());
        let env = [("TERM", "xterm-256color".into()), ("LANG", "C.UTF-8".into()), ("PATH", path)];
        Self {
            command: vec![program.as_ref().to_owned()],
            env: env.map(|(name, value): (_, OsString)| (name.into(), value)).into(),
            home: None,
            columns: 80,
            rows: 24,
        }
    }

    /// The program that this crate builds. `GIFTTY_PROGRAM` names another one, such as a release, by its full path.
    pub(crate) fn giftty() -> Self {
        Self::new(std::env::var_os("GIFTTY_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_giftty").into()))
    }

    /// A script for the system's shell.
    pub(crate) fn sh(script: &str) -> Self {
        Self::new("sh").arg("-c").arg(script)
    }

    /// One more argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.push(argument.as_ref().to_owned());
        self
    }

    /// One more variable; all that is set without asking is TERM, LANG, PATH and HOME.
    pub(crate) fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env.insert(name.as_ref().to_owned(), value.as_ref().to_owned());
        self
    }

    /// A home that outlives the program, so that the next one finds what this one kept.
    /// Without it, each program has an empty home of its own.
    pub(crate) fn home(mut self, home: &Path) -> Self {
        self.home = Some(home.to_owned());
        self
    }

    /// The size of the terminal.
    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Starts the program.
    pub(crate) fn start(self) -> Pty {
        Pty::start(self)
    }
}
