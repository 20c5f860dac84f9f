//! What can go wrong on this machine, in words that a person understands: no SQL, no path, no secret.

use std::io;

use rusqlite::ErrorCode;

use crate::domain::failure::Failure;
use crate::domain::text::Printable;

/// Why something could not be kept or read.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The database refused.
    Database(rusqlite::Error),
    /// The file system refused, while this was tried ("the folder cannot be made").
    Files(&'static str, io::Error),
    /// The file is no journal any more.
    Damaged,
    /// Something that needs no more words.
    Said(String),
}

impl Trouble {
    /// A reason in plain words, without a full stop.
    pub(super) fn said(reason: impl Into<String>) -> Self {
        Self::Said(reason.into())
    }

    /// Whether the file itself is broken, so that trying again cannot help.
    pub(super) fn is_damage(&self) -> bool {
        match self {
            Self::Database(error) => matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
            ),
            Self::Damaged => true,
            Self::Files(..) | Self::Said(_) => false,
        }
    }

    /// Whether nothing can be written, while what is there may well be read.
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
            Self::Damaged | Self::Said(_) => false,
        }
    }

    /// As the reason, without what was tried.
    pub(super) fn cause(&self) -> String {
        match self {
            Self::Files(_, error) => of_files(error.kind()),
            Self::Database(_) | Self::Damaged | Self::Said(_) => self.reason(),
        }
    }

    fn reason(&self) -> String {
        match self {
            Self::Database(error) => of_database(error),
            Self::Files(tried, error) => format!("{tried}: {}", of_files(error.kind())),
            Self::Damaged => "the journal is damaged".to_owned(),
            Self::Said(reason) => reason.clone(),
        }
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::Unrecorded(Printable::new(&trouble.reason()))
    }
}

/// What the file system has against it.
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

/// What the database has against it. Its own messages may quote SQL, so they are not repeated.
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
