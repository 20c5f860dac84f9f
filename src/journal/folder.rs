//! The folder and the files of the journal: private to the user, and opened by one process at a time.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::error::JournalError;

/// The journal's file.
pub(super) const FILE: &str = "journal.sqlite3";
/// The lock file that is held while the journal is opened.
const LOCK: &str = "journal.lock";
/// Suffixes of the files that `SQLite` creates beside a database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// How long a call waits for another process.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// The canonical path of the journal's folder.
pub(super) struct Folder {
    directory: PathBuf,
}

impl Folder {
    /// Creates the folder if needed, checks that it belongs to the user, and makes it private.
    pub(super) fn prepare(directory: &Path) -> Result<Self, JournalError> {
        make(directory)?;
        refuse_a_stranger(directory)?;
        let directory = directory
            .canonicalize()
            .map_err(|error| JournalError::Files("the folder cannot be entered", error))?;
        make_private(&directory, 0o700, "the folder cannot be made private")?;
        let folder = Self { directory };
        folder.holds_plain_files()?;
        Ok(folder)
    }

    /// Uses an existing folder as it is; nothing in it is created or changed.
    pub(super) fn found(directory: &Path) -> Result<Self, JournalError> {
        refuse_a_stranger(directory)?;
        let directory = directory
            .canonicalize()
            .map_err(|error| JournalError::Files("the folder cannot be entered", error))?;
        let folder = Self { directory };
        folder.holds_plain_files()?;
        Ok(folder)
    }

    fn holds_plain_files(&self) -> Result<(), JournalError> {
        let beside = BESIDE.map(|end| format!("{FILE}{end}"));
        let mut names = [FILE.to_owned(), LOCK.to_owned()].into_iter().chain(beside);
        names.try_for_each(|name| must_be_plain(&self.directory.join(name)))
    }

    /// The path of the journal's file.
    pub(super) fn file(&self) -> PathBuf {
        self.directory.join(FILE)
    }

    /// Waits until no other process is opening the journal. The lock is held as long as the file lives.
    ///
    /// `SQLite` guards the content of the file. This lock guards creating, checking and renaming the file
    /// itself.
    pub(super) fn lock(&self) -> Result<File, JournalError> {
        let path = self.directory.join(LOCK);
        let file = private(OpenOptions::new().write(true).create(true).truncate(false))
            .open(&path)
            .map_err(|error| JournalError::Files("the folder cannot be written", error))?;
        make_private(&path, 0o600, "the journal cannot be made private")?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(JournalError::other("another program holds the journal"));
                }
                // Some network drives do not support this lock; the database's own locks still work there.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok(file),
                Err(TryLockError::Error(error)) => {
                    return Err(JournalError::Files("the journal cannot be locked", error));
                }
            }
        }
    }

    /// Creates the file if it is missing, and makes every file private.
    ///
    /// A file that is there is never opened here: closing it again would drop the locks that the
    /// database holds on it in this process.
    pub(super) fn make_files(&self) -> Result<(), JournalError> {
        let file = self.file();
        match private(OpenOptions::new().write(true).create_new(true)).open(&file) {
            Ok(_) => self.sync()?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(JournalError::Files("the folder cannot be written", error)),
        }
        make_private(&file, 0o600, "the journal cannot be made private")?;
        for end in BESIDE {
            let path = beside(&file, end);
            if exists(&path) {
                make_private(&path, 0o600, "the journal cannot be made private")?;
            }
        }
        Ok(())
    }

    /// Returns whether there is a log without its database file. `SQLite` would delete it.
    pub(super) fn is_orphaned(&self) -> bool {
        let length = |path: &Path| fs::symlink_metadata(path).map_or(0, |facts| facts.len());
        length(&self.file()) == 0 && length(&beside(&self.file(), "-wal")) > 0
    }

    /// Renames the file and those beside it to an unused name. Returns that name.
    pub(super) fn set_aside(&self) -> Result<String, JournalError> {
        let mut when = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let ends = || std::iter::once("").chain(BESIDE);
        let name = loop {
            let name = format!("{FILE}.damaged-{when}");
            if !ends().any(|end| exists(&self.directory.join(format!("{name}{end}")))) {
                break name;
            }
            when += 1;
        };
        // The file goes first. If this is interrupted, the next start finds an orphaned log and renames that.
        for end in ends() {
            let from = beside(&self.file(), end);
            if exists(&from) {
                fs::rename(from, self.directory.join(format!("{name}{end}")))
                    .map_err(|error| JournalError::Files("the damaged journal cannot be set aside", error))?;
            }
        }
        self.sync()?;
        Ok(name)
    }

    /// Synchronises the folder, so that new and renamed files survive a power cut.
    fn sync(&self) -> Result<(), JournalError> {
        sync(&self.directory)
    }
}

/// The device and inode of a file, which do not change when it is renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    /// The identity of the file at a path, or `None` if there is none.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let facts = fs::symlink_metadata(path).ok()?;
        Some(identity(&facts))
    }
}

#[cfg(unix)]
fn identity(facts: &fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    Identity(facts.dev(), facts.ino())
}

/// On other systems an open file cannot be moved or deleted, so it is enough that it exists.
#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Identity {
    Identity(0, 0)
}

/// Returns the length of the write-ahead log beside a database, or `None` if there is none.
pub(super) fn log_length(file: &Path) -> Option<u64> {
    fs::symlink_metadata(beside(file, "-wal")).ok().map(|facts| facts.len())
}

/// Returns the path with a suffix.
fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Returns whether anything is at this path, including a dangling link.
fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Creates a folder and its parents, private to the user.
fn make(directory: &Path) -> Result<(), JournalError> {
    if directory.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .recursive(true)
        .create(directory)
        .map_err(|error| JournalError::Files("the folder cannot be made", error))?;
    directory.parent().map_or(Ok(()), sync)
}

/// Returns an error if the folder is a link to a folder of another user.
#[cfg(unix)]
fn refuse_a_stranger(directory: &Path) -> Result<(), JournalError> {
    use std::os::unix::fs::MetadataExt as _;
    let read = |error| JournalError::Files("the folder cannot be read", error);
    let link = fs::symlink_metadata(directory).map_err(read)?;
    let folder = fs::metadata(directory).map_err(read)?;
    if link.is_symlink() && link.uid() != folder.uid() {
        return Err(JournalError::other("the folder is a link to a folder of somebody else"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_a_stranger(_: &Path) -> Result<(), JournalError> {
    Ok(())
}

/// Returns an error if something at this path is not a plain file, such as a link.
fn must_be_plain(path: &Path) -> Result<(), JournalError> {
    match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_symlink() => {
            Err(JournalError::other("a file of the journal is a link; put the file itself there"))
        }
        Ok(facts) if !facts.is_file() => Err(JournalError::other("something else is in the journal's place")),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(JournalError::Files("the folder cannot be read", error)),
    }
}

/// Sets the mode. Only the owner can, so this also proves who owns the file.
#[cfg(unix)]
fn make_private(path: &Path, mode: u32, tried: &'static str) -> Result<(), JournalError> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|error| JournalError::Files(tried, error))
}

#[cfg(not(unix))]
fn make_private(_: &Path, _: u32, _: &'static str) -> Result<(), JournalError> {
    Ok(())
}

/// Creates the file with mode 0600; a umask can only remove permissions.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(unix)]
fn sync(directory: &Path) -> Result<(), JournalError> {
    // A bare relative name has the empty path above it.
    let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    match File::open(directory).and_then(|open| open.sync_all()) {
        // Some file systems keep folder entries safe by themselves and reject the call. A parent folder that we
        // did not create may be inaccessible.
        Err(error)
            if !matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied
            ) =>
        {
            Err(JournalError::Files("the folder cannot be written", error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// On other systems a folder cannot be opened as a file, and the file system keeps its entries safe.
#[cfg(not(unix))]
fn sync(_: &Path) -> Result<(), JournalError> {
    Ok(())
}
