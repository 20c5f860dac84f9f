//! Where the journal lies: private, in its place, and refused with a reason where that cannot be.

use super::*;

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Asserts that nobody but the user gets at anything of it.
#[cfg(unix)]
fn assert_private(home: &Home) {
    assert_eq!(mode(&home.directory()), 0o700);
    assert_eq!(
        home.names(),
        ["journal.lock", "journal.sqlite3", "journal.sqlite3-shm", "journal.sqlite3-wal"]
    );
    for name in home.names() {
        assert_eq!(mode(&home.directory().join(&name)), 0o600, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_it() {
    let home = Home::new();
    let journal = home.open();
    intend(&journal);
    assert_private(&home);
    assert_eq!(mode(home.directory().parent().unwrap()), 0o700, "what had to be made above it, too");
}

/// Where the test below tells its second self to keep a journal.
#[cfg(unix)]
const ELSEWHERE: &str = "GIFTTY_TEST_JOURNAL";

#[cfg(unix)]
#[test]
fn a_loose_umask_changes_nothing() {
    if let Some(directory) = std::env::var_os(ELSEWHERE) {
        // The second self: it ends without a farewell, so that the log is still there to be seen.
        intend(&Journal::open(Path::new(&directory), SHOP).unwrap());
        let journal = Journal::open(Path::new(&directory), SHOP).unwrap();
        intend(&journal);
        std::process::exit(0);
    }
    let home = Home::new();
    // A umask belongs to the process, so it takes another one to have another umask.
    let name = "journal::tests::folder::a_loose_umask_changes_nothing";
    let status = std::process::Command::new("sh")
        .args(["-c", "umask 000; exec \"$0\" --exact \"$1\" --quiet"])
        .arg(std::env::current_exe().unwrap())
        .arg(name)
        .env(ELSEWHERE, home.directory())
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    assert_private(&home);
    assert_eq!(home.open().records().unwrap().len(), 2);
}

#[cfg(unix)]
#[test]
fn what_is_open_to_others_is_closed() {
    let home = Home::new();
    let journal = home.open();
    intend(&journal);
    set_mode(&home.directory(), 0o777);
    for name in home.names() {
        set_mode(&home.directory().join(name), 0o666);
    }
    let again = home.open();
    assert_private(&home);
    assert_eq!(again.records().unwrap().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_refused_and_not_followed() {
    for name in ["journal.sqlite3", "journal.lock", "journal.sqlite3-wal", "journal.sqlite3-shm"] {
        let home = Home::new();
        std::fs::create_dir_all(home.directory()).unwrap();
        let victim = home.above.path().join("victim");
        std::os::unix::fs::symlink(&victim, home.directory().join(name)).unwrap();
        assert_eq!(home.refusal(), "a file of the journal is a link; put the file itself there");
        assert!(!victim.exists());
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_of_ones_own_is_followed_and_that_folder_closed() {
    let home = Home::new();
    let real = home.above.path().join("real");
    std::fs::create_dir(&real).unwrap();
    set_mode(&real, 0o755);
    std::fs::create_dir_all(home.directory().parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&real, home.directory()).unwrap();
    intend(&home.open());
    assert_eq!(mode(&real), 0o700);
    assert_eq!(home.open().records().unwrap().len(), 1);
}

#[test]
fn something_else_in_the_place_of_the_file_is_refused() {
    let home = Home::new();
    std::fs::create_dir_all(home.file()).unwrap();
    assert_eq!(home.refusal(), "something else is in the journal's place");
}

#[test]
fn a_folder_that_cannot_be_made_is_refused_with_the_reason() {
    let home = Home::new();
    std::fs::write(home.above.path().join("data"), "a file").unwrap();
    assert_eq!(home.refusal(), "the folder cannot be made: a file is in its place");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_nobody_can_write_is_refused_with_the_reason() {
    let refusal = reason(Journal::open(Path::new("/proc/giftty"), SHOP).map(drop));
    assert!(refusal.starts_with("the folder cannot be made: "), "{refusal}");
}

#[test]
fn files_that_nobody_may_write_are_explained() {
    for (kind, words) in [
        (std::io::ErrorKind::PermissionDenied, "permission denied"),
        (std::io::ErrorKind::StorageFull, "the disk is full"),
        (std::io::ErrorKind::ReadOnlyFilesystem, "the disk is read-only"),
        (std::io::ErrorKind::NotFound, "it does not exist"),
    ] {
        let failure: Failure = JournalError::Files("the folder cannot be written", kind.into()).into();
        assert_eq!(
            failure,
            Failure::Unrecorded(format!("the folder cannot be written: {words}").as_str().into())
        );
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_was_moved_away_takes_no_more_orders() {
    let home = Home::new();
    let journal = home.open();
    intend(&journal);
    let before = std::fs::read(home.file()).unwrap();
    std::fs::remove_file(home.file()).unwrap();
    let why = why_not_intended(&journal);
    assert_eq!(why, "the journal was moved or deleted meanwhile");
    // Nor when another file has taken the name.
    std::fs::write(home.file(), before).unwrap();
    why_not_intended(&journal);
}

#[test]
fn while_another_program_writes_an_attempt_is_refused() {
    let home = Home::new();
    let (one, two) = (home.open(), home.open());
    two.connection().busy_timeout(std::time::Duration::ZERO).unwrap();
    let mut connection = one.connection();
    let writing = connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    assert_eq!(why_not_intended(&two), "another program holds the journal");
    assert_eq!(two.records(), Ok(vec![]), "reading goes on");
    drop(writing);
    intend(&two);
}

/// What is in the folder, with its bytes.
fn content(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn a_journal_that_cannot_be_written_is_read_and_left_as_it_is() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    let mut told = snapshot(ID, "Done", 2000);
    told.deliveries = vec![delivery("a", Some("AAAA"))];
    journal.record_outcome(attempt, &placed(told)).unwrap();
    journal.remember(&SavedChoice::Tender(Tender::recommended())).unwrap();
    // Killed: its log is still beside it. Copied, since a file that is open here would be locked.
    let killed = home.above.path().join("killed");
    std::fs::create_dir(&killed).unwrap();
    for (path, bytes) in content(&home.directory()) {
        std::fs::write(killed.join(path.file_name().unwrap()), bytes).unwrap();
    }
    drop(journal);
    for (directory, has_log) in [(&home.directory(), false), (&killed, true)] {
        assert_eq!(crate::journal::folder::log_length(&directory.join("journal.sqlite3")).is_some(), has_log);
        let before = content(directory);
        let read_only = JournalError::Files("", std::io::ErrorKind::ReadOnlyFilesystem.into());
        let journal = Journal::open_to_read(directory, SHOP, &read_only).unwrap();
        let records = journal.records().unwrap();
        assert_eq!(records.len(), 1);
        let order = records[0].order().unwrap();
        assert_eq!(order.known.deliveries[0].delivered.code, Some(Code::read("AAAA")));
        assert_eq!(journal.choices().tender, Some(Tender::recommended()));
        assert_eq!(
            journal.notice(),
            Some("Your orders can be read, but nothing can be kept or ordered: the disk is read-only.")
        );
        assert!(journal.is_read_only());
        assert_eq!(why_not_intended(&journal), "the disk is read-only");
        assert_eq!(reason(journal.keep(attempt, order)), "the disk is read-only");
        assert_eq!(reason(journal.remove(attempt, NOW)), "the disk is read-only");
        drop(journal);
        let names =
            |content: &[(PathBuf, Vec<u8>)]| content.iter().map(|one| one.0.clone()).collect::<Vec<_>>();
        assert_eq!(names(&content(directory)), names(&before));
        let file = |content: &[(PathBuf, Vec<u8>)]| {
            content.iter().find(|one| one.0.ends_with("journal.sqlite3")).cloned()
        };
        assert_eq!(file(&content(directory)), file(&before));
    }
}

#[test]
fn what_forbids_writing_is_told_from_what_is_broken() {
    let files =
        |kind: std::io::ErrorKind| JournalError::Files("the folder cannot be made private", kind.into());
    assert!(files(std::io::ErrorKind::ReadOnlyFilesystem).forbids_writing());
    assert_eq!(files(std::io::ErrorKind::ReadOnlyFilesystem).cause(), "the disk is read-only");
    assert!(!files(std::io::ErrorKind::NotADirectory).forbids_writing());
    assert!(!JournalError::Damaged.forbids_writing());
}
