//! How a command ends: its exit code, and its sentence on stderr.

use std::io::Write;
use std::process::ExitCode;

/// The exit codes, as `--help` explains them.
pub const HELP: &str = "Exit codes:
  0  done
  1  something unexpected went wrong
  2  the command line is wrong
  3  the shop refused, or has something against the purchase: nothing was ordered
  4  the shop could not be reached or understood: nothing was ordered
  5  unknown: an order may exist, do not pay twice
  6  the order ended without being delivered
  7  no record could be kept on this machine: nothing was ordered";

/// A command that did not do what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The exit code.
    pub code: u8,
    /// What happened, in a sentence.
    pub sentence: String,
}

impl Failed {
    /// Something unexpected.
    pub fn unexpected(sentence: impl Into<String>) -> Self {
        Self { code: 1, sentence: sentence.into() }
    }

    /// A command line that makes no sense.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self { code: 2, sentence: sentence.into() }
    }
}

/// The exit code of a command; its sentence goes to stderr.
pub fn code(done: Result<(), Failed>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            // Where stderr is gone too, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "giftty: {}", failed.sentence);
            ExitCode::from(failed.code)
        }
    }
}
