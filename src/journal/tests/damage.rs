//! Full disks, torn logs, damaged files: what was there stays there, and what is said is true.

use std::fs;

use super::*;
use crate::domain::reason::OutcomeReason;

/// Lets the file grow by no more than so many pages, as a disk does that is almost full.
fn fill_up(journal: &Journal, left: i64) {
    let connection = journal.connection();
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let _: i64 =
        connection.pragma_update_and_check(None, "max_page_count", pages + left, |row| row.get(0)).unwrap();
}

/// What was set aside under a name with this ending, without the index that `SQLite` makes.
fn aside(home: &Home, end: &str) -> Vec<PathBuf> {
    let digits = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let is_one = |name: &str| {
        name.strip_prefix("journal.sqlite3.damaged-")
            .and_then(|rest| rest.strip_suffix(end))
            .is_some_and(digits)
    };
    home.names().into_iter().filter(|name| is_one(name)).map(|name| home.directory().join(name)).collect()
}

#[test]
fn on_a_full_disk_nothing_is_intended_and_nothing_half_written() {
    let home = Home::new();
    let journal = home.open();
    let first = intend(&journal);
    fill_up(&journal, 3);
    assert_eq!(why_not_intended(&journal), "the disk is full");
    assert_eq!(journal.records().unwrap().len(), 1);
    assert_eq!(outcome(&home.open(), first), Outcome::Intended);
}

#[test]
fn the_answer_has_its_room_even_when_the_disk_filled_up_meanwhile() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    let log = || fs::metadata(home.directory().join("journal.sqlite3-wal")).unwrap().len();
    let before = log();
    fill_up(&journal, 0);
    let mut told = snapshot(ID, "Created", 1000);
    told.deliveries = (0..10).map(|number| delivery(&format!("line {number}"), None)).collect();
    journal.record_outcome(attempt, &placed(told)).unwrap();
    assert_eq!(log(), before, "the log needed no more room either");
    assert!(matches!(outcome(&home.open(), attempt), Outcome::Placed(_)));
}

#[test]
fn a_damaged_file_is_set_aside_with_every_byte() {
    let home = Home::new();
    fs::create_dir_all(home.directory()).unwrap();
    let garbage = b"this was a journal once, and it is none any more".repeat(100);
    fs::write(home.file(), &garbage).unwrap();
    let journal = home.open();
    let [path] = aside(&home, "").try_into().unwrap();
    assert_eq!(fs::read(&path).unwrap(), garbage);
    let notice = journal.notice().unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let wanted = format!("The journal was damaged and is kept aside as {name}. Nothing");
    assert!(notice.starts_with(&wanted), "{notice}");
    intend(&journal);
    drop(journal);
    assert_eq!(home.open().notice(), None);
    assert_eq!(home.open().records().unwrap().len(), 1);
}

#[test]
fn a_second_damaged_file_does_not_overwrite_the_first() {
    let home = Home::new();
    fs::create_dir_all(home.directory()).unwrap();
    for text in ["the first one", "the second one"] {
        fs::write(home.file(), text.repeat(100)).unwrap();
        home.open();
    }
    assert_eq!(aside(&home, "").len(), 2);
}

#[test]
fn what_can_be_read_of_a_damaged_file_is_carried_over() {
    let home = Home::new();
    let journal = home.open();
    let attempts: Vec<Attempt> = (0..40).map(|_| intend(&journal)).collect();
    journal.record_outcome(attempts[0], &placed(snapshot(ID, "Created", 1000))).unwrap();
    journal.record_outcome(attempts[39], &placed(snapshot(OTHER_ID, "Created", 1000))).unwrap();
    journal.remember(&SavedChoice::Email("ann@example.com".parse().unwrap())).unwrap();
    // The page that begins one of the attempts in the middle.
    drop(journal);
    let mut bytes = fs::read(home.file()).unwrap();
    let purchase = form::write_purchase(&purchase()).unwrap();
    let place = bytes.len() / 2;
    let found = bytes[place..].windows(purchase.len()).position(|text| text == purchase.as_bytes());
    let page = (place + found.unwrap()) / 4096 * 4096;
    bytes[page..page + 4096].fill(0xa5);
    fs::write(home.file(), &bytes).unwrap();

    let journal = home.open();
    let [path] = aside(&home, "").try_into().unwrap();
    assert_eq!(fs::read(path).unwrap(), bytes);
    let notice = journal.notice().unwrap();
    assert!(notice.contains("records could be read and were carried over"), "{notice}");
    assert!(matches!(outcome(&journal, attempts[0]), Outcome::Placed(_)), "before the damage");
    assert!(matches!(outcome(&journal, attempts[39]), Outcome::Placed(_)), "and behind it");
    assert_eq!(journal.choices().email, Some("ann@example.com".parse().unwrap()));
    assert!(intend(&journal) > attempts[39], "a number is never given twice");
}

#[test]
fn the_log_of_a_damaged_file_is_set_aside_with_it() {
    let home = Home::new();
    fs::create_dir_all(home.directory()).unwrap();
    fs::write(home.file(), "no journal".repeat(100)).unwrap();
    fs::write(home.directory().join("journal.sqlite3-wal"), "no log").unwrap();
    home.open();
    assert_eq!(aside(&home, "").len(), 1);
    let [log] = aside(&home, "-wal").try_into().unwrap();
    assert_eq!(fs::read(log).unwrap(), b"no log");
}

#[test]
fn a_log_without_its_file_is_set_aside() {
    let home = Home::new();
    let journal = home.open();
    intend(&journal);
    let log = fs::read(home.directory().join("journal.sqlite3-wal")).unwrap();
    let after = Home::new();
    fs::create_dir_all(after.directory()).unwrap();
    fs::write(after.directory().join("journal.sqlite3-wal"), &log).unwrap();
    let fresh = after.open();
    assert!(fresh.notice().is_some());
    assert_eq!(fresh.records(), Ok(vec![]));
    let [aside] = aside(&after, "-wal").try_into().unwrap();
    assert_eq!(fs::read(aside).unwrap(), log);
}

#[test]
fn a_torn_log_loses_nothing_that_was_promised() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    let file = fs::read(home.file()).unwrap();
    journal.record_outcome(attempt, &placed(snapshot(ID, "Created", 1000))).unwrap();
    assert_eq!(fs::read(home.file()).unwrap(), file, "the outcome stands in the log alone");
    let log = fs::read(home.directory().join("journal.sqlite3-wal")).unwrap();
    let mut outcomes = Vec::new();
    for cut in [0, 1, 31, 32, 100, 4096, 8200, log.len() / 2, log.len()] {
        let after = Home::new();
        fs::create_dir_all(after.directory()).unwrap();
        fs::write(after.file(), &file).unwrap();
        // A power cut leaves anything behind the last page that was synchronised.
        let mut torn = log[..cut].to_vec();
        torn.resize(log.len(), 0x5a);
        fs::write(after.directory().join("journal.sqlite3-wal"), torn).unwrap();
        let journal = after.open();
        assert_eq!(journal.notice(), None, "cut at {cut}");
        outcomes.push(outcome(&journal, attempt));
        intend(&journal);
    }
    assert_eq!(outcomes[0], Outcome::Intended);
    assert!(matches!(outcomes.pop(), Some(Outcome::Placed(_))));
}

#[test]
fn a_file_of_another_program_is_left_alone() {
    let home = Home::new();
    fs::create_dir_all(home.directory()).unwrap();
    Connection::open(home.file()).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    let before = fs::read(home.file()).unwrap();
    assert_eq!(home.refusal(), "the journal's file belongs to another program");
    assert_eq!(fs::read(home.file()).unwrap(), before);
}

#[test]
fn an_empty_file_becomes_a_journal() {
    let home = Home::new();
    fs::create_dir_all(home.directory()).unwrap();
    fs::write(home.file(), "").unwrap();
    let journal = home.open();
    assert_eq!(journal.notice(), None);
    intend(&journal);
}

#[test]
fn a_row_that_cannot_be_read_says_so_and_hides_nothing() {
    let home = Home::new();
    let journal = home.open();
    let attempts = [intend(&journal), intend(&journal), intend(&journal)];
    journal.record_outcome(attempts[1], &placed(snapshot(ID, "Created", 1000))).unwrap();
    journal
        .connection()
        .execute_batch(
            "UPDATE attempts SET purchase = '{' WHERE number = 1;
             UPDATE attempts SET placed_order = '{}' WHERE number = 2;",
        )
        .unwrap();
    let unread = Outcome::Unknown(OutcomeReason::Unreadable);
    let records = home.open().records().unwrap();
    let outcomes: Vec<&Outcome> = records.iter().map(|record| &record.outcome).collect();
    assert_eq!(outcomes, [&Outcome::Intended, &unread, &unread]);
    assert_eq!(records[2].purchase, None);
    assert_eq!(records[1].purchase, Some(purchase()));

    // News of the order are kept all the same, and so is what could not be read.
    journal.keep(attempts[1], &Order::new(snapshot(ID, "Done", 2000))).unwrap();
    assert!(matches!(outcome(&journal, attempts[1]), Outcome::Placed(_)));
    let put_by: String = journal
        .connection()
        .query_row("SELECT unread FROM attempts WHERE number = 2", [], |row| row.get(0))
        .unwrap();
    assert_eq!(put_by, "{}");
}

#[test]
fn a_reason_tells_no_sql_and_no_secret() {
    let home = Home::new();
    let journal = home.open();
    journal.connection().execute_batch("DROP TABLE attempts").unwrap();
    let why = reason(journal.import(&snapshot(ID, "Created", 1000), NOW));
    assert!(!why.contains("attempts") && !why.contains(&ID[..8]), "{why}");
}
