//! The support log: requests and their outcome, in values that cannot contain a secret.

use std::fmt::{self, Write as _};
use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::domain::order::OrderId;

/// How much is logged; each level includes the ones before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Unexpected events.
    Warn,
    /// The user's actions and their results.
    #[default]
    Info,
    /// Every request, and changes of how order updates arrive.
    Debug,
    /// Every order update.
    Trace,
}

/// The error for a text that is not a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a log level is warn, info, debug or trace")]
pub struct NotALevel;

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

impl FromStr for Level {
    type Err = NotALevel;

    fn from_str(text: &str) -> Result<Self, NotALevel> {
        let all = [Self::Warn, Self::Info, Self::Debug, Self::Trace];
        all.into_iter().find(|level| level.word().eq_ignore_ascii_case(text)).ok_or(NotALevel)
    }
}

/// A value that can be logged. Text from services cannot be passed: that keeps codes, ids, addresses and
/// phone numbers out of the log, at every level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A word from the program itself.
    Word(&'static str),
    /// A number.
    Number(i64),
    /// A duration.
    Span(Duration),
    /// The beginning of an order's id, which is not enough to read the order.
    Order([u8; SHORT]),
}

/// How many bytes of an order's id are logged.
const SHORT: usize = 8;

impl From<&'static str> for Value {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<Duration> for Value {
    fn from(span: Duration) -> Self {
        Self::Span(span)
    }
}

impl From<&OrderId> for Value {
    fn from(id: &OrderId) -> Self {
        let mut short = [b'.'; SHORT];
        short.iter_mut().zip(id.short().bytes()).for_each(|(place, byte)| *place = byte);
        Self::Order(short)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Number(number) => write!(f, "{number}"),
            Self::Span(span) => write!(f, "{}ms", span.as_millis()),
            Self::Order(short) => write!(f, "{}…", std::str::from_utf8(short).unwrap_or_default()),
        }
    }
}

/// A log, or none. Clones write to the same file.
#[derive(Clone, Debug, Default)]
pub struct Log(Option<Arc<Open>>);

#[derive(Debug)]
struct Open {
    file: File,
    level: Level,
}

impl Log {
    /// Opens a file for appending. From then on only its owner can access it.
    pub fn open(path: &Path, level: Level) -> io::Result<Self> {
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
        // An existing file may have been readable by others.
        file.set_permissions(Permissions::from_mode(0o600))?;
        Ok(Self(Some(Arc::new(Open { file, level }))))
    }

    /// Whether messages of a level are written.
    pub fn keeps(&self, level: Level) -> bool {
        self.0.as_ref().is_some_and(|open| level <= open.level)
    }

    /// Writes a message and its values as one line.
    pub fn tell(&self, level: Level, what: &'static str, known: &[(&'static str, Value)]) {
        let Some(open) = self.0.as_ref().filter(|open| level <= open.level) else { return };
        let now = OffsetDateTime::now_utc().format(&Rfc3339).unwrap_or_default();
        let mut line = format!("{now} {} {what}", level.word());
        for (name, value) in known {
            // Writing to a string cannot fail.
            let _ = write!(line, " {name}={value}");
        }
        line.push('\n');
        // One write per line, so that two programs can share a file; a full disk must not stop a purchase.
        let _ = (&open.file).write_all(line.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_when_what_and_no_whole_id() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("log");
        std::fs::write(&path, "before\n").unwrap();
        let log = Log::open(&path, Level::Debug).unwrap();
        let id = OrderId::parse("f9d624ad-dc5e-4efd-9ecf-f8fb08a22677").unwrap();
        let known = [
            ("order", Value::from(&id)),
            ("status", 200_u16.into()),
            ("took", Duration::from_millis(12).into()),
        ];
        log.tell(Level::Debug, "request", &known);
        log.tell(Level::Trace, "never", &[]);
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "what was there stays, and trace is not debug: {text}");
        assert!(lines[1].ends_with(" debug request order=f9d624ad… status=200 took=12ms"), "{text}");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn without_a_file_nothing_is_kept() {
        assert!(!Log::default().keeps(Level::Warn));
        Log::default().tell(Level::Warn, "nothing", &[]);
    }

    #[test]
    fn levels_are_read_in_either_case() {
        assert_eq!("TRACE".parse(), Ok(Level::Trace));
        assert_eq!("loud".parse::<Level>(), Err(NotALevel));
    }
}
