//! Journals of other versions: an older one is brought up to date, a newer one is read and, where that is
//! safe, written without losing what only the newer version knows.

use std::fs;

use super::*;
use crate::domain::reason::OutcomeReason;
use crate::journal::salvage::Salvage;

/// Long after everything that is written down here.
const LATER: Timestamp = Timestamp(NOW.0 + 400 * 24 * 60 * 60);

/// A file that the program of version 0.2 wrote.
fn older() -> (Home, Connection) {
    let home = Home::new();
    fs::create_dir_all(home.directory()).unwrap();
    let connection = Connection::open(home.file()).unwrap();
    connection.execute_batch(include_str!("version_0_2.sql")).unwrap();
    (home, connection)
}

fn text(connection: &Connection, query: &str) -> String {
    connection.query_row(query, [], |row| row.get(0)).unwrap()
}

/// The states of all rows, in the order of their numbers.
fn states(connection: &Connection) -> String {
    text(connection, "SELECT group_concat(state, ' ') FROM (SELECT state FROM attempts ORDER BY number)")
}

const STATES: &str =
    "doubtful doubtful closed closed closed open open closed open open closed closed closed open";

/// Opens the file, changes it, and closes it again: a later version at work.
fn later(home: &Home, sql: &str) {
    Connection::open(home.file()).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn an_older_file_is_brought_up_to_date_and_nothing_in_it_is_lost() {
    let (home, connection) = older();
    drop(connection);
    let journal = home.open();
    assert_eq!(journal.notice(), None);
    assert_eq!(states(&journal.connection()), STATES);

    let records = journal.records().unwrap();
    assert_eq!(records.len(), 14);
    let outcome = |number| outcome(&journal, Attempt(number));
    assert_eq!(outcome(1), Outcome::Intended);
    let sentence = |text: &str| OutcomeReason::Text(text.into());
    assert_eq!(outcome(2), Outcome::Unknown(sentence("The shop did not answer: the connection broke.")));
    let refused = "The shop refused this (HTTP 422). This product is out of stock.";
    assert_eq!(outcome(3), Outcome::Refused(sentence(refused)));
    assert_eq!(outcome(4), Outcome::NotSent(sentence("The shop cannot be reached: no network.")));
    let mut bought = snapshot(ID, "Done", 2000);
    bought.deliveries = vec![delivery("a", Some("AAAA-BBBB"))];
    assert_eq!(outcome(5), Outcome::Placed(Box::new(Order::new(bought))));

    let record = journal.record(Attempt(5)).unwrap().unwrap();
    assert_eq!((record.purchase, record.total), (Some(purchase()), Some(amount("101.40"))));
    assert_eq!(record.remarks.note.reveal(), "for Anna");
    assert_eq!(record.remarks.used.len(), 1);
    let choices = journal.choices();
    assert_eq!(choices.tender, Some(Tender::recommended()));
    assert_eq!(choices.cart.lines(), cart().lines());
    assert_eq!(intend(&journal), Attempt(15), "a number is never given twice");
}

#[test]
fn a_file_of_the_first_version_takes_every_step() {
    let (home, connection) = older();
    connection.execute_batch("DROP TABLE notes; DROP TABLE used; PRAGMA user_version = 1").unwrap();
    drop(connection);
    let journal = home.open();
    assert_eq!(journal.notice(), None);
    assert_eq!(states(&journal.connection()), STATES);
    let note = Remarks { note: Secret::new("for Anna"), ..Remarks::default() };
    journal.remark(&OrderId::parse(ID).unwrap(), &note).unwrap();
    assert_eq!(journal.record(Attempt(5)).unwrap().unwrap().remarks, note);
}

#[test]
fn the_states_that_are_filled_in_are_those_that_would_be_written() {
    let (home, connection) = older();
    drop(connection);
    let journal = home.open();
    for record in journal.records().unwrap() {
        let filled = text(
            &journal.connection(),
            &format!("SELECT state FROM attempts WHERE number = {}", record.attempt.0),
        );
        let wanted = match (record.is_doubtful(), record.is_open()) {
            (true, _) => "doubtful",
            (false, true) => "open",
            (false, false) => "closed",
        };
        assert_eq!(filled, wanted, "{}", record.attempt);
    }
    let found = rows::outstanding(&journal.connection(), SHOP, LATER, 0).unwrap();
    let open: Vec<i64> = found.into_iter().map(|attempt| attempt.0).collect();
    assert_eq!(open, [14, 10, 9, 7, 6, 2, 1]);
}

#[test]
fn an_older_file_is_changed_as_a_whole_or_not_at_all() {
    let (home, connection) = older();
    connection.execute_batch("CREATE TABLE favourites (mine)").unwrap();
    drop(connection);
    home.refusal();
    let connection = Connection::open(home.file()).unwrap();
    assert_eq!(connection.query_row("PRAGMA user_version", [], |row| row.get(0)), Ok(2));
    assert!(connection.prepare("SELECT state FROM attempts").is_err());
    connection.execute_batch("DROP TABLE favourites").unwrap();
    drop(connection);
    assert_eq!(states(&home.open().connection()), STATES);
}

#[test]
fn what_can_be_read_of_an_older_damaged_file_gets_its_states() {
    let (_home, damaged) = older();
    let salvage = Salvage::from(&damaged);
    let fresh = Home::new();
    let journal = fresh.open();
    assert_eq!(salvage.carry_over(&mut journal.connection()).unwrap(), 14);
    assert_eq!(states(&journal.connection()), STATES);
    assert_eq!(journal.record(Attempt(5)).unwrap().unwrap().remarks.note.reveal(), "for Anna");
}

#[test]
fn what_a_later_minor_version_added_survives_what_this_one_writes() {
    let home = Home::new();
    let journal = home.open();
    let (bought, pending) = (intend(&journal), intend(&journal));
    let mut told = snapshot(ID, "Created", 1000);
    told.deliveries = vec![delivery("a", None)];
    journal.record_outcome(bought, &placed(told.clone())).unwrap();
    let id = told.id.clone();
    let note = |note: &str| Remarks {
        note: Secret::new(note),
        used: [(Printable::from("a"), Timestamp(77))].into(),
    };
    journal.remark(&id, &note("for Anna")).unwrap();
    drop(journal);
    later(
        &home,
        r#"ALTER TABLE attempts ADD COLUMN score INTEGER DEFAULT 7;
        UPDATE attempts SET score = 42;
        UPDATE attempts SET placed_order = replace(replace(replace(placed_order,
            '"id":"f9', '"seller":{"rating":4.50},"id":"f9'), '"address"', '"priority":"high","address"'),
            '"brand"', '"warranty":"P2Y","brand"') WHERE placed_order IS NOT NULL;
        ALTER TABLE notes ADD COLUMN colour TEXT;
        ALTER TABLE used ADD COLUMN shared_with TEXT;
        ALTER TABLE preferences ADD COLUMN since INTEGER;
        UPDATE notes SET colour = 'red';
        UPDATE used SET shared_with = 'Anna';
        CREATE TABLE wishes (wish TEXT);
        CREATE INDEX attempts_by_score ON attempts (score);
        PRAGMA user_version = 1001"#,
    );

    let journal = home.open();
    assert_eq!((journal.notice(), journal.is_read_only()), (None, false));
    assert_eq!(outcome(&journal, bought), Outcome::Placed(Box::new(Order::new(told.clone()))));
    let news = Snapshot {
        state: OrderState::Done,
        updated_at: Some(Timestamp(3000)),
        deliveries: vec![delivery("a", Some("AAAA"))],
        ..told
    };
    journal.keep(bought, &Order::new(news.clone())).unwrap();
    journal.record_outcome(pending, &Placement::NotSent(Failure::TooLarge)).unwrap();
    journal.remark(&id, &note("for Ben")).unwrap();
    journal.remember(&SavedChoice::Cart(cart())).unwrap();
    let added = intend(&journal);
    assert_eq!(outcome(&journal, bought), Outcome::Placed(Box::new(Order::new(news))));
    assert!(matches!(outcome(&journal, pending), Outcome::NotSent(_)));

    let connection = journal.connection();
    let written = text(&connection, "SELECT placed_order FROM attempts WHERE number = 1");
    for field in [r#""seller":{"rating":4.50}"#, r#""priority":"high""#, r#""warranty":"P2Y""#] {
        assert_eq!(written.matches(field).count(), 1, "{field} in {written}");
    }
    let all = "SELECT (SELECT group_concat(score) FROM (SELECT score FROM attempts ORDER BY number)) || ' ' || note || ' ' || colour || ' ' ||
        shared_with FROM notes, used";
    assert_eq!(text(&connection, all), "42,42,7 for Ben red Anna");
    assert_eq!(added, Attempt(3));
    assert_eq!(connection.query_row("PRAGMA user_version", [], |row| row.get(0)), Ok(1001));
}

#[test]
fn a_file_of_a_newer_major_version_is_read_and_not_written() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    drop(journal);
    later(&home, "ALTER TABLE attempts ADD COLUMN score INTEGER; PRAGMA user_version = 2000");
    let before = fs::read(home.file()).unwrap();

    let journal = home.open();
    assert!(journal.is_read_only());
    let notice = "Your orders can be read, but nothing can be kept or ordered: the journal was written by a newer \
        giftty.";
    assert_eq!(journal.notice(), Some(notice));
    assert_eq!(outcome(&journal, attempt), Outcome::Intended);
    assert_eq!(journal.outstanding(NOW).unwrap().len(), 1);
    assert_eq!(why_not_intended(&journal), "the journal was written by a newer giftty");
    reason(journal.record_outcome(attempt, &Placement::NotSent(Failure::TooLarge)));
    drop(journal);
    assert_eq!(fs::read(home.file()).unwrap(), before);
}

#[test]
fn what_a_newer_program_writes_meanwhile_is_seen() {
    let home = Home::new();
    let theirs = home.open();
    theirs.connection().pragma_update(None, "user_version", 2000).unwrap();
    let ours = home.open();
    assert!(ours.is_read_only());
    assert_eq!(ours.records(), Ok(vec![]));
    intend(&theirs);
    assert_eq!(ours.records().unwrap().len(), 1);
}

#[test]
fn a_file_of_a_newer_major_version_that_cannot_be_read_is_left_alone() {
    let home = Home::new();
    let journal = home.open();
    intend(&journal);
    drop(journal);
    later(&home, "ALTER TABLE attempts RENAME COLUMN outcome TO ending; PRAGMA user_version = 2000");
    let before = fs::read(home.file()).unwrap();
    assert_eq!(home.refusal(), "the journal was written by a newer giftty, so this one leaves it alone");
    assert_eq!(fs::read(home.file()).unwrap(), before);
    assert!(home.names().iter().all(|name| !name.contains("damaged")));
}

#[test]
fn a_reason_is_stored_as_a_code_with_its_figures() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    let failure = Failure::Refused { status: 422, detail: Printable::default() };
    let problems = vec![crate::domain::problem::Problem::new("OUT_OF_STOCK")];
    journal.record_outcome(attempt, &Placement::Refused(failure.clone(), problems.clone())).unwrap();
    let stored = "SELECT reason_code || ' ' || (reason IS NULL) || ' ' || reason_data FROM attempts";
    assert_eq!(
        text(&journal.connection(), stored),
        r#"refused 1 {"v":1,"status":422,"detail":"","problems":[{"code":"OUT_OF_STOCK","details":null}]}"#
    );
    let wanted = Outcome::Refused(OutcomeReason::refusal(failure, problems));
    assert_eq!(outcome(&home.open(), attempt), wanted);
}
