//! Errors of the journal, with messages that contain no SQL, no path and no secret.

use std::io;

use rusqlite::ErrorCode;

use crate::domain::failure::Failure;
use crate::domain::text::Printable;

/// Why the journal could not be opened, read or written.
#[derive(Debug)]
pub(super) enum JournalError {
    /// `SQLite` returned an error.
    Database(rusqlite::Error),
    /// The file system returned an error for this step ("the folder cannot be made").
    Files(&'static str, io::Error),
    /// The file is damaged.
    Damaged,
    /// The file has a newer major version.
    Newer,
    /// Anything else, as a sentence without a full stop.
    Other(String),
}

impl JournalError {
    /// Creates an error with its own sentence, without a full stop.
    pub(super) fn other(reason: impl Into<String>) -> Self {
        Self::Other(reason.into())
    }

    /// Returns whether the file itself is damaged.
    pub(super) fn is_damage(&self) -> bool {
        match self {
            Self::Database(error) => matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
            ),
            Self::Damaged => true,
            Self::Files(..) | Self::Newer | Self::Other(_) => false,
        }
    }

    /// Returns whether the journal cannot be written but may still be readable.
    pub(super) fn forbids_writing(&self) -> bool {
        match self {
            Self::Database(error) => matches!(
                error.sqlite_error_code(),
                Some(
                    ErrorCode::ReadOnly
                        | ErrorCode::CannotOpen
                        | ErrorCode::PermissionDenied
                        | ErrorCode::DiskFull
                        | ErrorCode::SystemIoFailure
                )
            ),
            Self::Files(_, error) => matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied
                    | io::ErrorKind::ReadOnlyFilesystem
                    | io::ErrorKind::StorageFull
                    | io::ErrorKind::QuotaExceeded
            ),
            Self::Newer => true,
            Self::Damaged | Self::Other(_) => false,
        }
    }

    /// Returns the cause alone, without the step that failed.
    pub(super) fn cause(&self) -> String {
        match self {
            Self::Files(_, error) => of_files(error.kind()),
            Self::Newer => "the journal was written by a newer giftty".to_owned(),
            Self::Database(_) | Self::Damaged | Self::Other(_) => self.reason(),
        }
    }

    fn reason(&self) -> String {
        match self {
            Self::Database(error) => of_database(error),
            Self::Files(tried, error) => format!("{tried}: {}", of_files(error.kind())),
            Self::Damaged => "the journal is damaged".to_owned(),
            Self::Newer => {
                "the journal was written by a newer giftty, so this one leaves it alone".to_owned()
            }
            Self::Other(reason) => reason.clone(),
        }
    }
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        Self::Unrecorded(Printable::new(&error.reason()))
    }
}

/// Returns a sentence for an error of the file system.
fn of_files(kind: io::ErrorKind) -> String {
    match kind {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "a file is in its place".to_owned(),
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        other => other.to_string(),
    }
}

/// Returns a sentence for an error of `SQLite`. Its own messages may quote SQL, so they are not repeated.
fn of_database(error: &rusqlite::Error) -> String {
    let Some(error) = error.sqlite_error() else {
        return "the journal holds something unexpected".to_owned();
    };
    let known = match error.code {
        ErrorCode::DiskFull => "the disk is full",
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            "another program holds the journal"
        }
        ErrorCode::ReadOnly => "the journal cannot be written: it is read-only",
        ErrorCode::CannotOpen => "the journal cannot be opened",
        ErrorCode::PermissionDenied => "the journal cannot be written: permission denied",
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => "the journal is damaged",
        ErrorCode::OutOfMemory => "there is no memory left",
        ErrorCode::TooBig => "it is too large to be kept",
        ErrorCode::SystemIoFailure => "the disk cannot be read or written",
        _ => return format!("the journal does not work (error {})", error.extended_code),
    };
    known.to_owned()
}
